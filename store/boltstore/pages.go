package boltstore

import (
	"bytes"
	"context"

	bolt "go.etcd.io/bbolt"

	"tallywire/store"
)

// pages walks the keys of a bucket that begin with prefix and follow prefix+after, up to limit of them, at
// most viewRecords in one read transaction. In it copy takes what it needs of a key (without prefix) and
// returns the unpacking, which runs after the transaction. The result is the cursor for the next call.
func (d *DB) pages(ctx context.Context, bucket, prefix []byte, after string, limit int, copy func(tx *bolt.Tx, key []byte) func() error) (string, error) {
	if err := store.ValidateLimit(limit); err != nil {
		return "", err
	}
	for done := 0; ; {
		var unpack []func() error
		more := false
		err := d.view(ctx, func(tx *bolt.Tx) error {
			start := append(clone(prefix), after...)
			c := tx.Bucket(bucket).Cursor()
			k, _ := c.Seek(start)
			if after != "" && bytes.Equal(k, start) {
				k, _ = c.Next()
			}
			for ; k != nil && bytes.HasPrefix(k, prefix); k, _ = c.Next() {
				if len(unpack) == viewRecords || done+len(unpack) == limit {
					more = true
					break
				}
				key := clone(k[len(prefix):])
				unpack = append(unpack, copy(tx, key))
				after = string(key)
			}
			return nil
		})
		if err != nil {
			return "", err
		}
		for _, u := range unpack {
			if err := u(); err != nil {
				return "", err
			}
		}
		done += len(unpack)
		if !more {
			return "", nil
		}
		if done == limit {
			return after, nil
		}
	}
}
