//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package archive

import (
	"errors"
	"os"
)

// errLocked is a file that another process writes. Here an open file cannot be renamed or removed, which
// is lock enough.
var errLocked = errors.New("in use by another process")

func lockFile(*os.File) (unlock func(), err error) { return func() {}, nil }

// ignoreUnsupported lets pass that folders cannot be flushed here.
func ignoreUnsupported(error) error { return nil }
