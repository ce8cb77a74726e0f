//go:build linux || darwin || freebsd

package archive

import "syscall"

// diskSpace returns how many bytes of the folder's file system are free to us, and how many it has.
func diskSpace(dir string) (free, total int64, err error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, 0, err
	}
	//nolint:unconvert // the fields have other types on each system
	return int64(s.Bavail) * int64(s.Bsize), int64(s.Blocks) * int64(s.Bsize), nil
}
