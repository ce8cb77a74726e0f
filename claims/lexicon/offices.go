package lexicon

import (
	"strings"
	"sync"
)

// An Office is what a word says of a public body's name.
type Office struct {
	Kind  string   // "ministry", "police", "company" ...
	Words []string // of its full name, where the word is an abbreviation of it
}

var offices = sync.OnceValue(func() map[string]Office {
	out := map[string]Office{}
	err := rows("data/offices.tsv", 3, func(f []string) error {
		out[f[0]] = Office{Kind: f[1], Words: strings.Fields(f[2])}
		return nil
	})
	if err != nil {
		panic(err) // an embedded file is malformed, which a test rules out
	}
	return out
})

// OfficeOf tells what kind of office a word (lower case, of any language) names.
func OfficeOf(word string) (Office, bool) {
	all := offices()
	if o, ok := all[word]; ok {
		return o, true
	}
	runes := []rune(word)
	for n := len(runes); n >= 3; n-- {
		if o, ok := all[string(runes[:n])+"*"]; ok {
			return o, true
		}
	}
	return Office{}, false
}
