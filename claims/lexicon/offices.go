package lexicon

import (
	"fmt"
	"strings"
	"sync"
)

// topic is the kind of a word that names no office but what one is for.
const topic = "topic"

// An Office is what a word says of a public body's name.
type Office struct {
	Kind  string   // "ministry", "police", "company" ...
	Words []string // of its full name, where the word is an abbreviation of it
}

var offices = sync.OnceValue(func() map[string]Office {
	out := map[string]Office{}
	err := rows("data/offices.tsv", 3, func(f []string) error {
		if _, twice := out[f[0]]; twice {
			return fmt.Errorf("%q stands twice", f[0])
		}
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
	o, ok := officeRow(word)
	return o, ok && o.Kind != topic
}

// TopicOf is what an office is for by a word of its name, in one word over languages: "health" of "santé"; "" where the word says
// nothing of that.
func TopicOf(word string) string {
	if o, ok := officeRow(word); ok && o.Kind == topic {
		return o.Words[0]
	}
	return ""
}

// officeRow is the row that a word falls under: its own, else the longest beginning, else the longest ending.
func officeRow(word string) (Office, bool) {
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
	for n := 1; n <= len(runes)-4; n++ {
		if o, ok := all["*"+string(runes[n:])]; ok {
			return o, true
		}
	}
	return Office{}, false
}
