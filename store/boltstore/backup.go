package boltstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	bolt "go.etcd.io/bbolt"

	"tallywire/claims"
	"tallywire/store"
)

// A Backuper is a store that can copy itself to a file while it is in use. Callers test for it: not every
// backend has a file.
type Backuper interface {
	// Backup writes a copy of the store as it is now to path, and the copy's checksum beside it.
	Backup(ctx context.Context, path string) error
}

var _ Backuper = (*DB)(nil)

// checksumPath is the checksum file of a backup: a line as sha256sum writes and reads it.
func checksumPath(path string) string { return path + ".sha256" }

// Backup implements Backuper. The copy goes to a local file, never to a slow client: it holds a read transaction
// for as long as it takes, about 5 s a gigabyte. It wraps claims.ErrConflict where path exists already, and
// leaves nothing behind where it fails.
func (d *DB) Backup(ctx context.Context, path string) error {
	if err := d.backup(ctx, path); err != nil {
		return fmt.Errorf("back up %s to %s: %w", d.path, path, err)
	}
	return nil
}

func (d *DB) backup(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("the file exists: %w", claims.ErrConflict)
	}
	temp, err := emptyTemp(path)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	f, err := os.OpenFile(temp, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	w := &summer{ctx: ctx, to: f, sum: sha256.New()}
	err = d.view(ctx, func(tx *bolt.Tx) error {
		_, err := tx.WriteTo(w)
		return err
	})
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := writeFile(checksumPath(path), fmt.Appendf(nil, "%x  %s\n", w.sum.Sum(nil), filepath.Base(path))); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return errors.Join(err, os.Remove(checksumPath(path)))
	}
	return syncDir(filepath.Dir(path))
}

// A summer writes through to a file, sums what it writes, and stops when its context is done.
type summer struct {
	ctx context.Context // of the one Backup call that made it
	to  io.Writer
	sum hash.Hash
}

func (s *summer) Write(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.to.Write(b)
	s.sum.Write(b[:n])
	return n, err
}

// Restore puts the backup in the file from in the place of the store at to. The backup is checked first: its
// checksum, where there is one beside it, then everything in it; it wraps store.ErrDamaged where either is
// wrong. A store that is already at to is refused with claims.ErrConflict, unless replace is set; then its
// file is kept as NAME.old. It wraps store.ErrInUse where another process has the store open.
func Restore(ctx context.Context, from, to string, replace bool) error {
	if err := restore(ctx, from, to, replace); err != nil {
		return fmt.Errorf("restore %s to %s: %w", from, to, err)
	}
	return nil
}

func restore(ctx context.Context, from, to string, replace bool) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	temp, err := emptyTemp(to)
	if err != nil {
		return err
	}
	defer removeStore(temp)
	sum, err := copyFile(ctx, from, temp)
	if err != nil {
		return err
	}
	switch want, err := os.ReadFile(checksumPath(from)); {
	case errors.Is(err, fs.ErrNotExist): // a copy made by other means; what is in it is checked all the same
	case err != nil:
		return err
	case !strings.HasPrefix(string(want), sum+" "):
		return fmt.Errorf("%w: the backup does not match its checksum file %s", store.ErrDamaged, checksumPath(from))
	}
	id, err := sound(ctx, temp)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(to); err == nil {
		if !replace {
			return fmt.Errorf("a store is there already: %w", claims.ErrConflict)
		}
		if err := vacant(to); err != nil {
			return err
		}
		if err := os.Rename(to, to+".old"); err != nil {
			return err
		}
	}
	if err := os.Rename(temp, to); err != nil {
		return err
	}
	if err := syncDir(filepath.Dir(to)); err != nil {
		return err
	}
	return writeMarker(to, id)
}

// sound opens the store in a file of its own, checks everything in it and returns its ID.
func sound(ctx context.Context, path string) (string, error) {
	d, err := Open(path, Options{})
	if err != nil {
		return "", err
	}
	wrong, err := d.Check(ctx)
	if err = errors.Join(err, d.Close()); err != nil {
		return "", err
	}
	if len(wrong) > 0 {
		return "", fmt.Errorf("%w: %d findings, the first is: %s", store.ErrDamaged, len(wrong), wrong[0])
	}
	return readMarker(path)
}

// vacant requires that no process has the file at path open. A file that is no store is vacant.
func vacant(path string) error {
	b, err := openBolt(path, &bolt.Options{Timeout: lockTimeout, ReadOnly: true})
	if errors.Is(err, store.ErrInUse) {
		return err
	}
	if err == nil {
		return b.Close()
	}
	return nil
}

// removeStore removes a file made by emptyTemp with what Open puts beside it.
func removeStore(path string) {
	for _, p := range []string{path, markerPath(path), pidPath(path)} {
		_ = os.Remove(p)
	}
}

// copyFile copies a file into one that exists, puts it on disk and returns its SHA-256 in hex.
func copyFile(ctx context.Context, from, to string) (string, error) {
	in, err := os.Open(from)
	if err != nil {
		return "", err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY, 0)
	if err != nil {
		return "", err
	}
	w := &summer{ctx: ctx, to: out, sum: sha256.New()}
	_, err = io.Copy(w, in)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return "", err
	}
	return hex.EncodeToString(w.sum.Sum(nil)), nil
}
