package boltstore

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// Beside a store file lie
//
//	NAME.id   the store's ID, which also stands inside: a file that is empty or gone is not taken for a new store
//	NAME.pid  the process that has the store open, for the message of a second one; it is no lock

func markerPath(path string) string { return path + ".id" }
func pidPath(path string) string    { return path + ".pid" }

// readMarker returns the ID of the store that was made at path. It wraps fs.ErrNotExist where none was.
func readMarker(path string) (string, error) {
	data, err := os.ReadFile(markerPath(path))
	return strings.TrimSpace(string(data)), err
}

// writeMarker says that the store id is at path.
func writeMarker(path, id string) error {
	return writeFile(markerPath(path), []byte(id+"\n"))
}

// writePID says that this process has the store open.
func writePID(path string) error {
	return os.WriteFile(pidPath(path), fmt.Appendf(nil, "%d\n", os.Getpid()), 0o600)
}

// removePID takes it back. A file that stays behind does no harm.
func removePID(path string) { _ = os.Remove(pidPath(path)) }

// holder is " by process N" where the process that holds the store is known, else "".
func holder(path string) string {
	data, err := os.ReadFile(pidPath(path))
	if err != nil {
		return ""
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		return ""
	}
	return fmt.Sprintf(" by process %d", pid)
}

// emptyTemp makes an empty file of a new name in path's folder.
func emptyTemp(path string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// writeFile puts data at path, whole or not at all, and on disk when it returns.
func writeFile(path string, data []byte) error {
	temp, err := emptyTemp(path)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	if err := os.WriteFile(temp, data, 0o600); err != nil {
		return err
	}
	if err := syncFile(temp); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncFile puts a written file on disk.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncDir puts the names in a folder on disk. Windows does so by itself and refuses to be asked.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) { // some network file systems cannot
		err = nil
	}
	return errors.Join(err, f.Close())
}
