package store

import "errors"

// Errors that a Store returns besides those of package claims.
var (
	ErrDamaged = errors.New("damaged record")         // a stored record fails its checksum
	ErrInUse   = errors.New("store in use")           // another process holds the store
	ErrNoStore = errors.New("store file is no store") // empty, missing where one was, or of another format
)
