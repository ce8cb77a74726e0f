package claims

import (
	"strings"
	"unicode"

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
			out = append(out, w)
		}
	}
	return out
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
	for _, end := range []string{"ations", "ation", "ings", "ing", "ies", "ied", "ers", "es", "ed", "s", "e", "y"} {
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
