package config

import (
	"errors"
	"fmt"
	"strings"
)

// ErrNoFile is wrapped by Find's error where there is no configuration file to read.
var ErrNoFile = errors.New("no configuration file")

// A Problem is one thing wrong with a file.
type Problem struct {
	File    string // as given to Load
	Line    int    // from 1; 0 where the problem has no place
	Column  int    // from 1, in characters
	Message string // what is wrong and what was expected, in words
}

// String is "file:line:column: message".
func (p Problem) String() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.File, p.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// An Error is everything wrong with one file, in the order of the file. It has at least one Problem.
type Error struct{ Problems []Problem }

// Error gives each problem a line of its own.
func (e *Error) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}
