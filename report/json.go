// Package report writes claims as files that other programs read: JSON, JSON lines, CSV. Every writer
// takes claims in the order in which they are to stand and writes them whole.
package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"tallywire/claims"
)

// Formats are the names that Write knows, in the order of help texts.
var Formats = []string{"json", "jsonl", "csv"}

// Write writes claims in a format of Formats. It returns an error that wraps claims.ErrInvalid for another one.
func Write(w io.Writer, format string, cs []claims.Claim) error {
	switch format {
	case "json":
		return JSON(w, cs)
	case "jsonl":
		return JSONLines(w, cs)
	case "csv":
		return CSV(w, cs)
	}
	return fmt.Errorf("%w: format %q; want one of %v", claims.ErrInvalid, format, Formats)
}

// JSON writes the contract's document {"claims": [...]}.
func JSON(w io.Writer, cs []claims.Claim) error {
	if cs == nil {
		cs = []claims.Claim{}
	}
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(struct {
		Claims []claims.Claim `json:"claims"`
	}{cs}); err != nil {
		return err
	}
	return b.Flush()
}

// JSONLines writes a claim a line.
func JSONLines(w io.Writer, cs []claims.Claim) error {
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for i := range cs {
		if err := enc.Encode(&cs[i]); err != nil {
			return err
		}
	}
	return b.Flush()
}
