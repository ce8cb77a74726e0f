package claims

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tallywire/claims/lexicon"
)

// fold lowers a text and parts it into words of letters and digits; an apostrophe and what follows it
// at a word's end ("Ardan's") is dropped.
func fold(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' && r != 'ʼ'
	}) {
		w = strings.ReplaceAll(strings.ReplaceAll(w, "’", "'"), "ʼ", "'")
		w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "'")
		if w = strings.Trim(w, "'"); w != "" {
			out = append(out, unelided(w))
		}
	}
	return out
}

// elided are the articles and particles that French writes together with the next word.
var elided = lexicon.List("elided")

// unelided is a word without the article before its apostrophe: "agence" of "l'agence".
func unelided(w string) string {
	if !strings.Contains(w, "'") {
		return w
	}
	for _, e := range elided {
		if rest, ok := strings.CutPrefix(w, e); ok && len(rest) >= 3 {
			return rest
		}
	}
	return w
}

// foldSentence is fold without the names of months and weekdays, which mean other things in small letters: March, May.
func foldSentence(s string) []string {
	var kept []string
	for _, w := range strings.Fields(s) {
		if !lexicon.IsCalendar(strings.TrimFunc(w, unicode.IsPunct)) {
			kept = append(kept, w)
		}
	}
	return fold(strings.Join(kept, " "))
}

// stemEndings are cut off, the longest first.
var stemEndings = lexicon.List("stem endings")

// stem cuts a folded word to what its inflected forms share: Slavic words to their first five
// letters, others of their plural and verb endings. It is for comparing words, never for showing them.
func stem(w string) string {
	r := []rune(w)
	if len(r) > 0 && unicode.Is(unicode.Cyrillic, r[0]) {
		switch n := len(r); {
		case n > 5:
			return string(r[:5])
		case n > 3:
			return string(r[:n-1])
		}
		return w
	}
	for _, end := range stemEndings {
		if base, ok := strings.CutSuffix(w, end); ok && len(base) >= 4 {
			return base
		}
	}
	return w
}

// A bag is a set of words that are compared.
type bag map[string]struct{}

func (b bag) add(words ...string) {
	for _, w := range words {
		if w != "" {
			b[w] = struct{}{}
		}
	}
}

func (b bag) has(w string) bool { _, ok := b[w]; return ok }

// common counts the members of both.
func (b bag) common(c bag) int {
	if len(c) < len(b) {
		b, c = c, b
	}
	n := 0
	for w := range b {
		if c.has(w) {
			n++
		}
	}
	return n
}

// overlap is the share of the smaller bag that the larger one holds, in thousandths; 0 where one is empty.
func (b bag) overlap(c bag) int {
	n := min(len(b), len(c))
	if n == 0 {
		return 0
	}
	return 1000 * b.common(c) / n
}

// A set is a bag made for comparing often: the hashes of its words, ascending. The lowest bit of a hash says whether the
// word is in Cyrillic letters.
type set []uint64

// set hashes the words of a bag with FNV-1a.
func (b bag) set() set {
	out := make(set, 0, len(b))
	for w := range b {
		h := uint64(14695981039346656037)
		for i := range len(w) {
			h = (h ^ uint64(w[i])) * 1099511628211
		}
		h &^= 1
		if r, _ := utf8.DecodeRuneInString(w); unicode.Is(unicode.Cyrillic, r) {
			h |= 1
		}
		out = append(out, h)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// setOf is the set of some words, the empty word left out.
func setOf(words ...string) set {
	b := bag{}
	b.add(words...)
	return b.set()
}

// common counts the members of both.
func (s set) common(t set) int {
	n := 0
	for len(s) > 0 && len(t) > 0 {
		switch {
		case s[0] < t[0]:
			s = s[1:]
		case s[0] > t[0]:
			t = t[1:]
		default:
			n, s, t = n+1, s[1:], t[1:]
		}
	}
	return n
}

// overlap is the share of the smaller set that the larger one holds, in thousandths; 0 where one is empty.
func (s set) overlap(t set) int {
	n := min(len(s), len(t))
	if n == 0 {
		return 0
	}
	return 1000 * s.common(t) / n
}

// union is the members of either. It may be s itself.
func (s set) union(t set) set {
	if len(t) == 0 || s.common(t) == len(t) {
		return s
	}
	out := slices.Concat(s, t)
	slices.Sort(out)
	return slices.Compact(out)
}

// A script is the letters that names are written in.
type script int

const (
	noScript script = iota
	latin
	cyrillic
	mixed
)

// script is that of a set's words.
func (s set) script() script {
	out := noScript
	for _, h := range s {
		of := latin
		if h&1 == 1 {
			of = cyrillic
		}
		if out != noScript && out != of {
			return mixed
		}
		out = of
	}
	return out
}
