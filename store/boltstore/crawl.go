package boltstore

import (
	"bytes"
	"context"

	bolt "go.etcd.io/bbolt"

	"tallywire/claims"
	"tallywire/store"
)

// Page implements store.Store.
func (d *DB) Page(ctx context.Context, url string) (claims.Page, error) {
	var p claims.Page
	err := d.get(ctx, pageBucket, url, &p)
	return p, err
}

// PutPages implements store.Store.
func (d *DB) PutPages(ctx context.Context, pages ...claims.Page) error {
	packed := make([][]byte, len(pages))
	for i, p := range pages {
		if err := store.ValidatePage(p); err != nil {
			return err
		}
		rec, err := d.codec.pack(pageBucket, []byte(p.URL), p)
		if err != nil {
			return err
		}
		packed[i] = rec
	}
	return d.update(ctx, func(tx *bolt.Tx) error {
		b, of := tx.Bucket(pageBucket), tx.Bucket(pageOfBucket)
		for i, p := range pages {
			key := []byte(p.URL)
			old := clone(b.Get(key))
			if bytes.Equal(old, packed[i]) {
				continue
			}
			var known claims.Page
			if old != nil && d.codec.unpack(pageBucket, key, old, &known) == nil && known.Source != p.Source {
				if err := of.Delete(pair(string(known.Source), p.URL)); err != nil {
					return err
				}
			}
			if err := b.Put(key, packed[i]); err != nil {
				return err
			}
			if err := of.Put(pair(string(p.Source), p.URL), nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// Pages implements store.Store.
func (d *DB) Pages(ctx context.Context, source claims.SourceID, after string, limit int) ([]claims.Page, string, error) {
	var list []claims.Page
	next, err := d.pages(ctx, pageOfBucket, pair(string(source), ""), after, limit, func(tx *bolt.Tx, key []byte) func() error {
		rec := clone(tx.Bucket(pageBucket).Get(key))
		return func() error {
			var p claims.Page
			err := d.codec.unpack(pageBucket, key, rec, &p)
			list = append(list, p)
			return err
		}
	})
	if err != nil {
		return nil, "", err
	}
	return list, next, nil
}

// SourceState implements store.Store.
func (d *DB) SourceState(ctx context.Context, id claims.SourceID) (claims.SourceState, error) {
	var s claims.SourceState
	err := d.get(ctx, sourceBucket, string(id), &s)
	return s, err
}

// PutSourceState implements store.Store.
func (d *DB) PutSourceState(ctx context.Context, s claims.SourceState) error {
	return d.put(ctx, sourceBucket, "source", string(s.Source), s)
}

// Setting implements store.Store.
func (d *DB) Setting(ctx context.Context, name string) (string, error) {
	var v string
	err := d.get(ctx, settingBucket, name, &v)
	return v, err
}

// PutSetting implements store.Store.
func (d *DB) PutSetting(ctx context.Context, name, value string) error {
	return d.put(ctx, settingBucket, "setting", name, value)
}

// put writes a record that no index knows of.
func (d *DB) put(ctx context.Context, bucket []byte, kind, name string, v any) error {
	if err := store.ValidateName(kind, name); err != nil {
		return err
	}
	rec, err := d.codec.pack(bucket, []byte(name), v)
	if err != nil {
		return err
	}
	return d.update(ctx, func(tx *bolt.Tx) error {
		b := tx.Bucket(bucket)
		if bytes.Equal(b.Get([]byte(name)), rec) {
			return nil
		}
		return b.Put([]byte(name), rec)
	})
}
