package report

import (
	"bufio"
	"encoding/json"
	"io"

	"tallywire/claims"
)

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
