package archive

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// repair finishes the files that nobody writes any more: each is cut after its last whole record and
// loses its suffix. A file without a whole record is removed. Files that another process writes are let
// be, as are those that cannot be read: they are reported and kept for a person.
func (a *Archive) repair() error {
	left, err := filepath.Glob(filepath.Join(a.opts.Dir, "*"+extension+openSuffix))
	if err != nil {
		return err
	}
	for _, path := range left {
		if err := a.repairFile(path); err != nil {
			return fmt.Errorf("repair %s: %w", filepath.Base(path), err)
		}
	}
	return nil
}

func (a *Archive) repairFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, os.ErrNotExist) {
		return nil // finished while we looked
	}
	if err != nil {
		return err
	}
	defer file.Close()
	unlock, err := lockFile(file)
	if errors.Is(err, errLocked) {
		return nil
	}
	if err != nil {
		return err
	}
	defer unlock()
	good, records, damage := scan(file)
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if records == 0 {
		a.opts.Logger.Warn("removed an archive file without a whole record", "file", filepath.Base(path), "bytes", info.Size())
		return os.Remove(path)
	}
	if good < info.Size() {
		a.opts.Logger.Warn("cut a torn record off an archive file", "file", filepath.Base(path), "n", records, "bytes", info.Size()-good, "err", damage)
		if err := file.Truncate(good); err != nil {
			return err
		}
	}
	if err := file.Sync(); err != nil {
		return err
	}
	if err := os.Rename(path, strings.TrimSuffix(path, openSuffix)); err != nil {
		return err
	}
	return syncDir(a.opts.Dir)
}

// scan reads records from the start and returns where the last whole one ends, how many there are, and
// what is wrong with the next, nil at the file's end.
func scan(r io.Reader) (good int64, records int, damage error) {
	buffered := bufio.NewReaderSize(r, 1<<20)
	for {
		_, size, err := nextRecord(buffered)
		if errors.Is(err, io.EOF) {
			return good, records, nil
		}
		if err != nil {
			return good, records, err
		}
		good += size
		records++
	}
}
