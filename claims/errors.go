package claims

import "errors"

// The kinds of error that callers tell apart with errors.Is; the text is never compared.
var (
	ErrNotFound    = errors.New("not found")
	ErrConflict    = errors.New("conflict")
	ErrInvalid     = errors.New("invalid")
	ErrUnavailable = errors.New("unavailable")
)
