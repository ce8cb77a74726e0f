package lexicon

import (
	"slices"
	"strings"
)

// endings lead from the regular forms of a language's words to their lemmas, in the order in which they are tried.
type endings []ending

type ending struct {
	cut, add string
	doubles  bool // the consonant before it may be doubled: "stopped"
}

func endingsOf(lists map[string][]string) endings {
	var out endings
	for _, entry := range lists["lemma endings"] {
		cut, add, _ := strings.Cut(entry, " > ")
		out = append(out, ending{cut: cut, add: add, doubles: add == "" && slices.Contains(lists["doubling endings"], cut)})
	}
	return out
}

// lemmas are what a word may be a form of; nil for one without a known ending.
func (e endings) lemmas(w string) []string {
	var out []string
	for _, end := range e {
		if base, ok := strings.CutSuffix(w, end.cut); ok && len(base) > 2 {
			out = append(out, base+end.add)
			if n := len(base); end.doubles && n > 3 && base[n-1] == base[n-2] {
				out = append(out, base[:n-1])
			}
		}
	}
	return out
}
