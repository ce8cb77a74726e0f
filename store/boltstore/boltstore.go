// Package boltstore keeps a store in one bbolt file. It is the backend of one machine: reads are fast and
// never wait, writes go through one goroutine that commits whatever waits as one transaction.
//
// A write that has returned nil survives kill -9 and power loss. Every record has a checksum; every index
// stands in the transaction of what it is derived from. Start with Open; Check, Backup, Compact and Restore
// are the care of a store.
package boltstore

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"tallywire/claims"
	"tallywire/store"
)

var _ store.Store = (*DB)(nil)

// A DB is an open store. One process at a time can have it open. All methods are safe for concurrent use.
type DB struct {
	bolt   *bolt.DB
	path   string
	codec  *codec
	writes chan *write   // to the writer goroutine; unbuffered, so that what is sent is being written
	quit   chan struct{} // closed by Close
	done   chan struct{} // closed by the writer goroutine when it ends
	once   sync.Once
	err    error // of Close
}

// errClosed is returned by every method after Close.
var errClosed = fmt.Errorf("store is closed: %w", claims.ErrUnavailable)

// Path is the store's file.
func (d *DB) Path() string { return d.path }

// Close waits for running writes and reads and gives the file back. A second call does nothing.
func (d *DB) Close() error {
	d.once.Do(func() {
		close(d.quit)
		<-d.done
		removePID(d.path) // before the lock is given back: then it may be another's
		d.err = d.bolt.Close()
	})
	return d.err
}

// view runs fn in a read transaction. fn copies out what it needs and returns soon: an open read
// transaction keeps the file growing and can stop the writer.
func (d *DB) view(ctx context.Context, fn func(*bolt.Tx) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	defer rescue(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // a page past the end of a cut file
	if err := d.bolt.View(fn); !errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return err
	}
	return errClosed
}

// rescue turns a panic of bbolt on a damaged page into an error. bbolt asserts where it should report; none
// of it can be ruled out beforehand without reading the whole file.
func rescue(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%w: page of the store file: %v", store.ErrDamaged, p)
	}
}

// get reads the record at key into v, a pointer. It wraps claims.ErrNotFound or store.ErrDamaged.
func (d *DB) get(ctx context.Context, bucket []byte, key string, v any) error {
	var rec []byte
	err := d.view(ctx, func(tx *bolt.Tx) error {
		rec = clone(tx.Bucket(bucket).Get([]byte(key)))
		return nil
	})
	if err != nil {
		return err
	}
	if rec == nil {
		return notFound(bucket, key)
	}
	return d.codec.unpack(bucket, []byte(key), rec, v)
}

func notFound(bucket []byte, key string) error {
	return fmt.Errorf("%s %s: %w", bucket, key, claims.ErrNotFound)
}

// clone copies what belongs to a transaction; nil stays nil.
func clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append(make([]byte, 0, len(b)), b...)
}

// A raw is a key and its value, copied out of a transaction.
type raw struct{ key, value []byte }
