package main

import (
	"io"
	"os"
)

// terminal reports whether a stream is a person's terminal.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// colourful reports whether results may be coloured: on a terminal, and NO_COLOR is not set.
func colourful(e *env) bool { return terminal(e.out) && e.getenv("NO_COLOR") == "" }
