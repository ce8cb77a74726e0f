package archive

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tallywire/claims"
)

// A File is one WARC file of the folder.
type File struct {
	Name  string    // as in claims.Archive
	Size  int64     // bytes now
	Start time.Time // when it was begun, UTC; zero where its name does not say
	Open  bool      // still written, or left open by a killed process
}

// Files lists the folder's files, oldest first.
func (a *Archive) Files() ([]File, error) {
	if a.opts.Dir == "" {
		return nil, nil
	}
	entries, err := os.ReadDir(a.opts.Dir)
	if err != nil {
		return nil, fmt.Errorf("list archive: %w", err)
	}
	var out []File
	for _, entry := range entries {
		name, open := strings.CutSuffix(entry.Name(), openSuffix)
		if !strings.HasSuffix(name, extension) || !entry.Type().IsRegular() {
			continue
		}
		info, err := entry.Info()
		if errors.Is(err, os.ErrNotExist) {
			continue // finished or removed while we looked
		}
		if err != nil {
			return nil, fmt.Errorf("list archive: %w", err)
		}
		f := File{Name: name, Size: info.Size(), Open: open}
		if parts := strings.Split(name, "-"); len(parts) > 1 {
			f.Start, _ = time.Parse("20060102150405", parts[1])
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(x, y File) int { return strings.Compare(x.Name, y.Name) })
	return out, nil
}

// A Record is one response found by Check.
type Record struct {
	At  claims.Archive
	URL string
}

// Check reads a whole file and calls found for each response record, in order. It returns nil where every
// record holds what its digests say, else ErrDamaged with the place. What comes before the damage has
// been reported then. A torn last record of an open file is damage too: Open repairs it.
func (a *Archive) Check(ctx context.Context, name string, found func(Record) error) error {
	file, err := a.open(name)
	if err != nil {
		return fmt.Errorf("check archive %s: %w", name, err)
	}
	defer file.Close()
	r := bufio.NewReaderSize(file, 1<<20)
	for offset := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		rec, size, err := nextRecord(r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("check archive %s at %d: %w: %w", name, offset, ErrDamaged, err)
		}
		if rec.header.Get(fieldType) == "response" {
			at := claims.Archive{File: name, RecordID: rec.id, Digest: rec.header.Get(fieldPayload), Offset: offset}
			if _, err := rec.exchange(at.Digest); err != nil {
				return fmt.Errorf("check archive %s at %d: %w", name, offset, err)
			}
			if err := found(Record{At: at, URL: rec.header.Get(fieldTarget)}); err != nil {
				return err
			}
		}
		offset += size
	}
}

// Prune removes the closed files that were begun before a time and that keep does not want, and returns
// their names and how many bytes they took. Claims point into files: keep must hold on to those. A file
// whose name does not say when it was begun stays.
func (a *Archive) Prune(ctx context.Context, before time.Time, keep func(name string) (bool, error)) (removed []string, freed int64, err error) {
	files, err := a.Files()
	if err != nil {
		return nil, 0, err
	}
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return removed, freed, err
		}
		if f.Open || f.Start.IsZero() || !f.Start.Before(before) {
			continue
		}
		wanted, err := keep(f.Name)
		if err != nil {
			return removed, freed, fmt.Errorf("prune archive: %w", err)
		}
		if wanted {
			continue
		}
		if err := os.Remove(filepath.Join(a.opts.Dir, f.Name)); err != nil {
			return removed, freed, fmt.Errorf("prune archive: %w", err)
		}
		removed, freed = append(removed, f.Name), freed+f.Size
	}
	return removed, freed, nil
}

const (
	// minFree is how much room is left on the disk for others: the store beside it must still be able to
	// say what happened. On small disks it is a fiftieth of them.
	minFree = 100 << 20
	// freeEvery is how many bytes are written between two looks at the disk.
	freeEvery = 8 << 20
)

// room refuses to write where the disk is nearly full. It is called under mu.
func (a *Archive) room(n int64) error {
	a.sinceLook += n
	if !a.low && a.sinceLook < freeEvery && a.looked {
		return nil
	}
	free, total, err := a.diskSpace(a.opts.Dir)
	if err != nil {
		return nil // where the system cannot say, the write itself will
	}
	a.looked, a.sinceLook = true, 0
	floor := min(minFree, total/50)
	if free < floor+n {
		if !a.low {
			a.opts.Logger.Warn("disk nearly full: nothing more is archived", "dir", a.opts.Dir, "free", free, "wanted", floor)
		}
		a.low = true
		return fmt.Errorf("disk nearly full: %d MiB free, %d MiB wanted: %w", free>>20, floor>>20, claims.ErrUnavailable)
	}
	a.low = false
	return nil
}
