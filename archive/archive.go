package archive

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"tallywire/claims"
)

const (
	// openSuffix marks a file that is being written.
	openSuffix = ".open"
	// extension of a file of gzipped records.
	extension = ".warc.gz"
	// defaultMaxSize is when a file is full: 1 GiB, as the standard advises (annex C) and Common Crawl
	// does.
	defaultMaxSize = 1 << 30
)

// Options are an Archive's settings.
type Options struct {
	Dir      string           // folder of the files, made where it is missing; "" keeps nothing
	MaxSize  int64            // bytes after which a new file is begun; 1 GiB
	Software string           // who wrote it, for the warcinfo record; "tallywire"
	Agent    string           // the User-Agent of the crawl, for the warcinfo record
	Now      func() time.Time // time.Now
	Logger   *slog.Logger     // discards
}

// An Archive is a folder of WARC files. Its methods may be called from several goroutines at once, and
// several processes may write to one folder, each to its own file.
type Archive struct {
	opts Options

	mu     sync.Mutex // over the file, for writing records
	file   *os.File   // nil until the first record
	lock   func()     // gives the file's lock back
	name   string     // without openSuffix
	day    string     // of the file's start
	size   int64      // bytes written
	serial int
	closed bool
	broken error // a write or flush that failed: nothing may be promised after it

	diskSpace func(dir string) (free, total int64, err error)
	looked    bool  // the disk has been looked at
	low       bool  // and was nearly full
	sinceLook int64 // bytes written since

	flush sync.Mutex // over synced; taken before mu
	// synced is how much of the file is on the disk, of the file named syncedIn.
	synced   int64
	syncedIn string
}

// Open opens the folder and repairs what a killed process left behind.
func Open(o Options) (*Archive, error) {
	if o.MaxSize <= 0 {
		o.MaxSize = defaultMaxSize
	}
	if o.Software == "" {
		o.Software = "tallywire"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	a := &Archive{opts: o, diskSpace: diskSpace}
	if o.Dir == "" {
		return a, nil
	}
	if err := os.MkdirAll(o.Dir, 0o750); err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	if err := a.repair(); err != nil {
		return nil, fmt.Errorf("open archive %s: %w", o.Dir, err)
	}
	return a, nil
}

// Write keeps an exchange and returns where, when it is safe on the disk. An Archive without a folder
// keeps nothing and returns the zero value. A disk that is nearly full is claims.ErrUnavailable, until
// there is room again. After a failed flush every Write fails: what the disk holds is then unknown, and
// only Open can find out.
func (a *Archive) Write(ctx context.Context, e Exchange) (claims.Archive, error) {
	if a.opts.Dir == "" {
		return claims.Archive{}, nil
	}
	if err := ctx.Err(); err != nil {
		return claims.Archive{}, err
	}
	packed, err := packExchange(e)
	if err != nil {
		return claims.Archive{}, fmt.Errorf("archive %.200s: %w", e.URL, err)
	}
	at, end, err := a.append(packed.bytes)
	if err != nil {
		return claims.Archive{}, fmt.Errorf("archive %.200s: %w", e.URL, err)
	}
	if err := a.sync(at.File, end); err != nil {
		return claims.Archive{}, fmt.Errorf("archive %.200s: %w", e.URL, err)
	}
	at.RecordID, at.Digest = packed.id, packed.digest
	return at, nil
}

// append writes to the current file and returns where the bytes begin and end.
func (a *Archive) append(b []byte) (at claims.Archive, end int64, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return at, 0, errors.New("archive is closed")
	}
	if a.broken != nil {
		return at, 0, fmt.Errorf("an earlier write failed: %w", a.broken)
	}
	if err := a.room(int64(len(b))); err != nil {
		return at, 0, err
	}
	if err := a.rotate(int64(len(b))); err != nil {
		return at, 0, err
	}
	at = claims.Archive{File: a.name, Offset: a.size}
	n, err := a.file.Write(b)
	if err != nil {
		// Take the torn record back, so that the file stays whole and a full disk can be got over.
		if n > 0 && a.file.Truncate(a.size) != nil {
			a.broken = err
		} else if _, seekErr := a.file.Seek(a.size, 0); seekErr != nil {
			a.broken = err
		}
		return at, 0, err
	}
	a.size += int64(n)
	return at, a.size, nil
}

// sync returns when the file is on the disk up to end. Callers that wait for one flush together are
// served by the next one.
func (a *Archive) sync(name string, end int64) error {
	a.flush.Lock()
	defer a.flush.Unlock()
	if a.syncedIn == name && a.synced >= end {
		return nil
	}
	a.mu.Lock()
	file, current, size, broken := a.file, a.name, a.size, a.broken
	a.mu.Unlock()
	if broken != nil {
		return broken
	}
	if current != name {
		return nil // rotated away, which flushed it
	}
	if err := file.Sync(); err != nil {
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.broken == nil && a.name != current {
			return nil // rotated away meanwhile, which flushed it
		}
		if a.broken == nil {
			a.broken = err // a second fsync would report success over lost pages
		}
		return a.broken
	}
	a.synced, a.syncedIn = size, current
	return nil
}

// rotate sees to it that there is a file with room for n more bytes. It is called under mu.
func (a *Archive) rotate(n int64) error {
	now := a.opts.Now().UTC()
	day := now.Format(time.DateOnly)
	if a.file != nil && (a.size+n <= a.opts.MaxSize || a.size == 0) && a.day == day {
		return nil
	}
	if err := a.finish(); err != nil {
		return err
	}
	return a.begin(now)
}

// begin makes a new file with its warcinfo record. It is called under mu.
func (a *Archive) begin(now time.Time) error {
	for try := 0; try < 10_000; try++ {
		a.serial++
		name := fmt.Sprintf("tallywire-%s-%05d%s", now.Format("20060102150405"), a.serial, extension)
		if _, err := os.Stat(filepath.Join(a.opts.Dir, name)); err == nil {
			continue
		}
		file, err := os.OpenFile(filepath.Join(a.opts.Dir, name+openSuffix), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o640)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		unlock, err := lockFile(file)
		if err != nil {
			return errors.Join(err, file.Close())
		}
		info, err := packInfo(name, a.opts, now)
		if err == nil {
			_, err = file.Write(info)
		}
		if err == nil {
			err = syncDir(a.opts.Dir)
		}
		if err != nil {
			unlock()
			return errors.Join(err, file.Close(), os.Remove(file.Name()))
		}
		a.file, a.lock, a.name, a.size, a.day = file, unlock, name, int64(len(info)), now.Format(time.DateOnly)
		return nil
	}
	return errors.New("no free file name")
}

// finish flushes, closes and renames the current file. It is called under mu.
func (a *Archive) finish() error {
	if a.file == nil {
		return nil
	}
	file := a.file
	err := file.Sync()
	if err != nil {
		a.broken = err
	}
	a.lock()
	err = errors.Join(err, file.Close())
	if err == nil {
		err = os.Rename(file.Name(), strings.TrimSuffix(file.Name(), openSuffix))
		if errors.Is(err, os.ErrNotExist) {
			err = nil // another process's Open took it for left behind, and finished it
		}
	}
	err = errors.Join(err, syncDir(a.opts.Dir))
	a.file, a.lock, a.name = nil, nil, ""
	return err
}

// Close finishes the current file. A closed Archive can still be read.
func (a *Archive) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return nil
	}
	a.closed = true
	if err := a.finish(); err != nil {
		return fmt.Errorf("close archive: %w", err)
	}
	return nil
}

// syncDir flushes a folder, so that a new or renamed file survives a power cut.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(ignoreUnsupported(d.Sync()), d.Close())
}
