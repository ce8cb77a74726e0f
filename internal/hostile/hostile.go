// Package hostile holds texts that try to be more than text, for tests of whatever shows crawled words. Start with Markup.
package hostile

import (
	_ "embed"
	"encoding/json"
	"strings"
)

//go:embed markup.jsonl
var markup string

// Markup are some 400 texts that browsers have run or loaded something from, the tests of bluemonday with AntiSamy's and OWASP's
// among them (LICENSE), in the order of its file. Each call makes a new slice.
func Markup() []string {
	var out []string
	for line := range strings.Lines(markup) {
		var s string
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			panic(err) // the file is embedded
		}
		out = append(out, s)
	}
	return out
}
