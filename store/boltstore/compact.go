package boltstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"tallywire/store"
)

// compactTx is how many bytes are copied in one transaction: enough that its two syncs do not count, little
// enough to keep in memory.
const compactTx = 16 << 20

// Compact writes the store at path anew without the space that deleting left, checks the result and puts it
// in the place of the old file. It returns the file's sizes in bytes. The store must not be open; killed at
// any moment it leaves the old file or the new one, never none.
func Compact(ctx context.Context, path string) (before, after int64, err error) {
	if before, after, err = compact(ctx, path); err != nil {
		return 0, 0, fmt.Errorf("compact %s: %w", path, err)
	}
	return before, after, nil
}

func compact(ctx context.Context, path string) (before, after int64, err error) {
	if info, err := os.Stat(path); err != nil {
		return 0, 0, err
	} else if before = info.Size(); before == 0 {
		return 0, 0, store.ErrNoStore
	}
	if err := inspect(path); err != nil {
		return 0, 0, err
	}
	old, err := openFile(path, Options{}) // holds the lock until the new file is in place
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, old.Close()) }()
	temp, err := emptyTemp(path)
	if err != nil {
		return 0, 0, err
	}
	defer removeStore(temp)
	if err := rewrite(ctx, old, temp); err != nil {
		return 0, 0, err
	}
	if _, err := sound(ctx, temp); err != nil {
		return 0, 0, err
	}
	info, err := os.Stat(temp)
	if err != nil {
		return 0, 0, err
	}
	if err := os.Rename(temp, path); err != nil {
		return 0, 0, err
	}
	return before, info.Size(), syncDir(filepath.Dir(path))
}

// rewrite copies everything in old to the empty file at path.
func rewrite(ctx context.Context, old *bolt.DB, path string) (err error) {
	defer rescue(&err)
	if err := ctx.Err(); err != nil {
		return err
	}
	o := boltOptions(Options{}, nil)
	o.InitialMmapSize = 0 // with it bbolt grows a file by 16 MiB at a time, however small it is
	fresh, err := bolt.Open(path, 0o600, o)
	if err != nil {
		return err
	}
	return errors.Join(bolt.Compact(fresh, old, compactTx), fresh.Close())
}
