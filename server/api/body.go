package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"tallywire/claims"
)

// checkJSON refuses JSON that is none, is nested deeper than maxDepth, or has a key twice in one object.
// Nothing at all is let through: whoever needs a body says so.
func checkJSON(raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var keys []map[string]bool // of the open objects; nil for an array
	wantKey := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && len(keys) == 0 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: the body is no JSON: %w", claims.ErrInvalid, err)
		}
		inObject := len(keys) > 0 && keys[len(keys)-1] != nil
		switch t := token.(type) {
		case json.Delim:
			switch t {
			case '{':
				keys = append(keys, map[string]bool{})
				wantKey = true
			case '[':
				keys = append(keys, nil)
			default:
				keys = keys[:len(keys)-1]
				wantKey = len(keys) > 0 && keys[len(keys)-1] != nil
			}
			if len(keys) > maxDepth {
				return fmt.Errorf("%w: the body is nested deeper than %d", claims.ErrInvalid, maxDepth)
			}
			continue
		case string:
			if inObject && wantKey {
				if open := keys[len(keys)-1]; open[t] {
					return fmt.Errorf("%w: the body has the key %.40q twice", claims.ErrInvalid, t)
				} else {
					open[t] = true
				}
				wantKey = false
				continue
			}
		}
		wantKey = inObject
	}
}
