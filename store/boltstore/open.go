package boltstore

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"tallywire/store"
)

// Options are how a store is opened. The zero value is right for a newsroom.
type Options struct {
	// MaxSize bounds the file, in bytes, rounded up to a page; writes that need more fail and change
	// nothing. 0: as much as the disk holds.
	MaxSize int64
}

// lockTimeout is how long Open waits for another process to give the file back.
const lockTimeout = time.Second

// mapBytes is the address space taken at once, so that a growing file need not wait for its readers to be
// mapped anew (reliability.md 1, finding 6). It costs no memory, but on Windows the file would get that size.
func mapBytes() int {
	if runtime.GOOS == "windows" || ^uint(0)>>32 == 0 {
		return 0
	}
	return int(int64(8) << 30)
}

// boltOptions are bbolt's options for a store that is read and written. It never makes a file: only create
// makes a store. Where file is not nil it receives what bbolt opened.
func boltOptions(o Options, file **os.File) *bolt.Options {
	return &bolt.Options{
		Timeout:         lockTimeout,
		FreelistType:    bolt.FreelistMapType,
		NoFreelistSync:  true,
		InitialMmapSize: mapBytes(),
		MaxSize:         int(o.MaxSize),
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			f, err := os.OpenFile(name, flag&^os.O_CREATE, mode)
			if file != nil {
				*file = f
			}
			return f, err
		},
	}
}

// Open opens the store in the file at path and makes one where there never was one. Its errors wrap
//
//   - store.ErrInUse: another process has it open; the text names its process ID where that is known
//   - store.ErrNoStore: the file is empty, is no store, belongs to another store or a newer tallywire, or is
//     missing though the marker beside it says there was one
//   - store.ErrDamaged: the file is a store and cannot be read
func Open(path string, o Options) (*DB, error) {
	if err := prepare(path); err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	if err := inspect(path); err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	b, err := openFile(path, o)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	if err := adopt(b, path); err != nil {
		b.Close()
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	c, err := newCodec()
	if err != nil {
		b.Close()
		return nil, err
	}
	d := &DB{bolt: b, path: path, codec: c, writes: make(chan *write), quit: make(chan struct{}), done: make(chan struct{})}
	go d.run()
	return d, nil
}

// prepare makes a new store where there never was one and refuses what is plainly none.
func prepare(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if id, err := readMarker(path); err == nil {
			return fmt.Errorf("%w: the file is missing, but %s says that store %s was here; restore a backup, or remove that marker to begin anew", store.ErrNoStore, markerPath(path), id)
		}
		return create(path)
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%w: not a file", store.ErrNoStore)
	case info.Size() == 0:
		return fmt.Errorf("%w: the file is empty; restore a backup, or remove the file and %s to begin anew", store.ErrNoStore, markerPath(path))
	}
	return nil
}

// inspect visits every page of the file for reading only. Opened for writing, bbolt visits them in a
// goroutine of its own to find the free ones, and what it meets there with a panic nobody can recover from:
// a page of zeros would end the program with a trace. The second visit finds the file in the page cache.
func inspect(path string) error {
	b, err := openBolt(path, &bolt.Options{Timeout: lockTimeout, ReadOnly: true})
	if err != nil {
		return err
	}
	defer b.Close()
	return visit(b)
}

// visit touches every page and reports the first that cannot be one.
func visit(b *bolt.DB) (err error) {
	defer rescue(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	return b.View(func(tx *bolt.Tx) error {
		info, err := os.Stat(b.Path())
		if err != nil {
			return err
		}
		if tx.Size() > info.Size() {
			return fmt.Errorf("%w: cut short, %d of %d bytes are left; restore a backup", store.ErrDamaged, info.Size(), tx.Size())
		}
		return tx.ForEach(func(_ []byte, bucket *bolt.Bucket) error {
			bucket.Stats()
			return nil
		})
	})
}

// openFile opens an existing file for reading and writing.
func openFile(path string, o Options) (*bolt.DB, error) {
	for {
		var file *os.File
		b, err := openBolt(path, boltOptions(o, &file))
		if err != nil {
			return nil, err
		}
		// While this process waited for the lock, Compact or Restore may have put another file in place.
		here, err := os.Stat(path)
		if err != nil {
			return nil, errors.Join(err, b.Close())
		}
		mine, err := file.Stat()
		if err != nil {
			return nil, errors.Join(err, b.Close())
		}
		if os.SameFile(here, mine) {
			return b, nil
		}
		if err := b.Close(); err != nil {
			return nil, err
		}
	}
}

// openBolt opens an existing file with bbolt, which panics over some damage and reports other.
func openBolt(path string, o *bolt.Options) (b *bolt.DB, err error) {
	var file *os.File
	inner := o.OpenFile
	o.OpenFile = func(name string, flag int, mode os.FileMode) (f *os.File, err error) {
		if inner != nil {
			f, err = inner(name, flag, mode)
		} else {
			f, err = os.OpenFile(name, flag, mode)
		}
		file = f
		return f, err
	}
	defer func() {
		if p := recover(); p != nil {
			if file != nil {
				file.Close() // gives the lock back
			}
			b, err = nil, fmt.Errorf("%w: %v; restore a backup", store.ErrDamaged, p)
		}
	}()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	if b, err = bolt.Open(path, 0o600, o); err != nil {
		return nil, openError(path, err)
	}
	return b, nil
}

// openError says what bbolt's refusal of a file means.
func openError(path string, err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return fmt.Errorf("%w%s", store.ErrInUse, holder(path))
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch):
		return fmt.Errorf("%w: %w; restore a backup if there was a store in it", store.ErrNoStore, err)
	case errors.Is(err, fs.ErrPermission):
		return err
	}
	var disk *fs.PathError
	if errors.As(err, &disk) {
		return err
	}
	return fmt.Errorf("%w: %w; restore a backup", store.ErrDamaged, err)
}

// adopt checks that an open file is a store of this schema and the one that its marker names, writes the
// marker where it is missing, and says who holds the store.
func adopt(b *bolt.DB, path string) (err error) {
	defer rescue(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	var id, version string
	err = b.View(func(tx *bolt.Tx) error {
		for _, name := range buckets {
			if tx.Bucket(name) == nil {
				return fmt.Errorf("%w: it has no bucket %q", store.ErrNoStore, name)
			}
		}
		meta := tx.Bucket(metaBucket)
		id, version = string(meta.Get(storeIDKey)), string(meta.Get(schemaKey))
		return nil
	})
	if err != nil {
		return err
	}
	if version != schema {
		return fmt.Errorf("%w: its schema is %q, this program reads %q", store.ErrNoStore, version, schema)
	}
	switch marked, err := readMarker(path); {
	case errors.Is(err, fs.ErrNotExist):
		if err := writeMarker(path, id); err != nil {
			return err
		}
	case err != nil:
		return err
	case marked != id:
		return fmt.Errorf("%w of this place: it is store %s, %s names %s", store.ErrNoStore, id, markerPath(path), marked)
	}
	return writePID(path)
}

// create makes an empty store at path, of which a power failure leaves all or nothing: it is written under
// another name, synced, and only then linked to its own.
func create(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	temp, err := emptyTemp(path)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	b, err := bolt.Open(temp, 0o600, boltOptions(Options{}, nil))
	if err != nil {
		return err
	}
	err = b.Update(func(tx *bolt.Tx) error {
		for _, name := range buckets {
			if _, err := tx.CreateBucket(name); err != nil {
				return err
			}
		}
		var id [16]byte
		rand.Read(id[:]) // never fails: crypto/rand
		meta := tx.Bucket(metaBucket)
		if err := meta.Put(storeIDKey, []byte(hex.EncodeToString(id[:]))); err != nil {
			return err
		}
		return meta.Put(schemaKey, []byte(schema))
	})
	if err != nil {
		b.Close()
		return err
	}
	if err := b.Close(); err != nil {
		return err
	}
	// A link, unlike a rename, never puts a new store over one that another process has just made.
	if err := os.Link(temp, path); err != nil && !errors.Is(err, fs.ErrExist) {
		if err := os.Rename(temp, path); err != nil { // a file system without links
			return err
		}
	}
	return syncDir(dir)
}
