package search

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"golang.org/x/text/unicode/norm"
)

// languages are those whose words are brought to their stems, ascending.
var languages = []string{"de", "en", "es", "fr", "it", "pt", "ru", "uk"}

// stemmers are Snowball's; Ukrainian, which Snowball has not, is our own (ukrainian).
var stemmers = map[string]func(*snowballstem.Env) bool{
	"de": german.Stem, "en": english.Stem, "es": spanish.Stem, "fr": french.Stem, "it": italian.Stem, "pt": portuguese.Stem, "ru": russian.Stem,
}

//go:embed data/uk.txt
var ukrainianData string

// ukrainianEndings are the endings of data/uk.txt, longest first.
var ukrainianEndings = sync.OnceValue(func() []string {
	var out []string
	for line := range strings.Lines(ukrainianData) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, strings.Fields(line)...)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
})

// maxWord is the longest word that is kept, in characters: longer ones are no words.
const maxWord = 64

// words parts a text into words, small, in order. A number is one word however its digits are grouped
// ("1,000", "1 000", "1.000"), with a point before its fraction; an apostrophe within a word is dropped.
func words(s string) []string {
	r := []rune(strings.ToLower(norm.NFC.String(s)))
	var out []string
	for i := 0; i < len(r); {
		switch {
		case isDigit(r[i]):
			n, end := numeral(r, i)
			out, i = append(out, n), end
		case unicode.IsLetter(r[i]):
			start := i
			var b strings.Builder
			for ; i < len(r); i++ {
				if unicode.IsLetter(r[i]) || unicode.IsDigit(r[i]) || unicode.IsMark(r[i]) || r[i] == '_' {
					b.WriteRune(r[i])
				} else if !strings.ContainsRune("'’ʼ`", r[i]) || i+1 >= len(r) || !unicode.IsLetter(r[i+1]) {
					break
				}
			}
			if i-start <= maxWord {
				out = append(out, b.String())
			}
		default:
			i++
		}
	}
	return out
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// groupSigns stand between groups of three digits.
const groupSigns = ",.' ’\u00a0\u202f\u2009"

// numeral reads the number that begins at i: groups of three digits parted by one kind of sign, and a fraction.
func numeral(r []rune, i int) (string, int) {
	var b strings.Builder
	start := i
	for i < len(r) && isDigit(r[i]) {
		b.WriteRune(r[i])
		i++
	}
	var sign rune
	three := func(at int) bool { // exactly three digits at at
		return at+3 <= len(r) && isDigit(r[at]) && isDigit(r[at+1]) && isDigit(r[at+2]) && (at+3 == len(r) || !isDigit(r[at+3]))
	}
	for i-start <= 30 && i < len(r) && strings.ContainsRune(groupSigns, r[i]) && (sign == 0 && i-start <= 3 || sign == r[i]) && three(i+1) {
		sign = r[i]
		b.WriteString(string(r[i+1 : i+4]))
		i += 4
	}
	if i+1 < len(r) && (r[i] == '.' || r[i] == ',') && r[i] != sign && isDigit(r[i+1]) {
		b.WriteByte('.')
		for i++; i < len(r) && isDigit(r[i]); i++ {
			b.WriteRune(r[i])
		}
	}
	for i < len(r) && (unicode.IsLetter(r[i]) || isDigit(r[i])) { // 20th, c3po
		b.WriteRune(r[i])
		i++
	}
	n := b.String()
	return n[:min(len(n), maxWord)], i
}

// plain takes the marks off Latin letters, so that "Munchen" finds "München"; ё is written as е.
func plain(w string) string {
	ascii := true
	for i := range len(w) {
		ascii = ascii && w[i] < 0x80
	}
	if ascii {
		return w
	}
	var b strings.Builder
	for _, r := range w {
		switch {
		case r == 'ё':
			b.WriteRune('е')
		case r == 'ß':
			b.WriteString("ss")
		case r == 'ø':
			b.WriteByte('o')
		case r == 'ł':
			b.WriteByte('l')
		case unicode.Is(unicode.Latin, r):
			for _, part := range norm.NFD.String(string(r)) {
				if !unicode.Is(unicode.Mn, part) {
					b.WriteRune(part)
				}
			}
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// stem brings a word to its stem in a language of languages; a word of another script, a number, and any
// word in another language stays as it is but for its marks.
func stem(w, lang string) string {
	cyrillic := lang == "uk" || lang == "ru"
	for _, r := range w {
		if isDigit(r) || r == '_' || cyrillic != unicode.Is(unicode.Cyrillic, r) && !unicode.IsMark(r) {
			return plain(w)
		}
	}
	if lang == "uk" {
		return plain(ukrainian(w))
	}
	f := stemmers[lang]
	if f == nil {
		return plain(w)
	}
	env := snowballstem.NewEnv(w)
	f(env)
	return plain(env.Current())
}

// ukrainian takes the longest ending off that leaves at least three letters.
func ukrainian(w string) string {
	r := []rune(w)
	for _, end := range ukrainianEndings() {
		if n := len([]rune(end)); len(r)-n >= 3 && strings.HasSuffix(w, end) {
			return string(r[:len(r)-n])
		}
	}
	return w
}

// language is the language part of a tag that is one of languages, else "".
func language(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
	if slices.Contains(languages, tag) {
		return tag
	}
	return ""
}

// join makes a field of words: the index parts it at blanks again.
func join(list []string) string { return strings.Join(list, " ") }
