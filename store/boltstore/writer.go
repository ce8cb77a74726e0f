package boltstore

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"syscall"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"tallywire/claims"
	"tallywire/store"
)

// maxGroup is how many waiting writes are committed together. A commit costs two fdatasync whatever is in
// it; 64 callers in a group wrote 6 times as much as one by one (reliability.md 3.3).
const maxGroup = 64

// A write is one call's changes on their way to the writer goroutine.
type write struct {
	apply func(*bolt.Tx) error // may run more than once, each time in a transaction that knows nothing of the last
	err   error
	done  chan struct{}
}

// update runs apply in a write transaction, together with what other callers wait for, and returns when it
// is on disk. Cancelling ctx gives up only what the writer has not begun.
func (d *DB) update(ctx context.Context, apply func(*bolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select { // after Close nothing is taken any more, whatever else is ready
	case <-d.quit:
		return errClosed
	default:
	}
	w := &write{apply: apply, done: make(chan struct{})}
	select {
	case d.writes <- w:
	case <-ctx.Done():
		return ctx.Err()
	case <-d.quit:
		return errClosed
	}
	<-w.done
	return w.err
}

// run is the writer goroutine. It ends after Close.
//
//	callers -> writes -> group of up to maxGroup -> one transaction -> done, each with its own error
func (d *DB) run() {
	defer close(d.done)
	var stopped error // set once the file can no longer be trusted with writes
	for {
		var group []*write
		select {
		case w := <-d.writes:
			group = d.waiting(w)
		case <-d.quit:
			return
		}
		for len(group) > 0 {
			if stopped != nil {
				finish(group, stopped)
				break
			}
			failed, err := d.commit(group)
			if failed == nil {
				if err != nil && !spaceError(err) {
					// What an fsync error leaves on disk is unknown, and a second fsync may say all is well:
					// nothing more is written until the file has been opened and read anew.
					stopped = fmt.Errorf("store takes no more writes after %w: %w", err, claims.ErrUnavailable)
				}
				finish(group, err)
				break
			}
			failed.err = err // the others are tried again without it
			close(failed.done)
			group = without(group, failed)
		}
	}
}

// waiting is first and what else waits now.
func (d *DB) waiting(first *write) []*write {
	group := []*write{first}
	for len(group) < maxGroup {
		select {
		case w := <-d.writes:
			group = append(group, w)
		default:
			return group
		}
	}
	return group
}

// commit writes a group in one transaction. Where one of them is wrong, nothing is written and it is
// returned with its error; an error without a write is the transaction's own.
func (d *DB) commit(group []*write) (failed *write, err error) {
	defer func() {
		if p := recover(); p != nil { // bbolt on a damaged page: see rescue
			failed, err = nil, fmt.Errorf("%w: page of the store file: %v", store.ErrDamaged, p)
		}
	}()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	err = d.bolt.Update(func(tx *bolt.Tx) error {
		for _, w := range group {
			if err := w.apply(tx); err != nil {
				failed = w
				return err
			}
		}
		return nil
	})
	if err != nil && failed == nil {
		err = fmt.Errorf("write %s: %w", d.path, err)
	}
	return failed, err
}

// spaceError reports whether err goes away by itself when there is room again. bbolt leaves the file as it
// was and the next write works.
func spaceError(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, berrors.ErrMaxSizeReached)
}

// finish answers every caller of a group.
func finish(group []*write, err error) {
	for _, w := range group {
		w.err = err
		close(w.done)
	}
}

// without is group less one.
func without(group []*write, one *write) []*write {
	var rest []*write
	for _, w := range group {
		if w != one {
			rest = append(rest, w)
		}
	}
	return rest
}
