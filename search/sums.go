package search

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The index's files are mapped into memory: one cut short or changed behind the library's back would end the
// program or give wrong answers. So Close writes down each file's checksum beside the folder, and Open compares.

func sumsName(dir string) string { return dir + ".sums" }

// sums lists the files of a folder with their checksums.
func sums(dir string) (string, error) {
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
		n, err := io.Copy(sum, f)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%08x %d %s\n", sum.Sum32(), n, filepath.ToSlash(rel))
		return nil
	})
	return b.String(), err
}

func writeSums(dir string) error {
	text, err := sums(dir)
	if err != nil {
		return fmt.Errorf("search index: %w", err)
	}
	return os.WriteFile(sumsName(dir), []byte(text), 0o600)
}

// checkSums compares a folder with what Close wrote; where the last process did not come to Close, there is nothing to compare.
func checkSums(dir string) error {
	want, err := os.ReadFile(sumsName(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	got, err := sums(dir)
	if err != nil {
		return err
	}
	if got != string(want) {
		return errors.New("its files are not what they were when it was closed")
	}
	return nil
}
