package article

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"sync"
)

// The word lists: files of [sections], an entry a line, # starts a comment line. A section whose name
// begins with "re " holds regular expressions (RE2, any case, written in lower case but for (?-i:...)).
//
//go:embed words/*.txt
var wordFiles embed.FS

// A wordList is what the files hold, by section: entries in order, and the compiled expressions of "re" sections.
type wordList struct {
	entries map[string][]string
	re      map[string][]expression
}

// An expression is compiled twice: for a text in lower case, which is three times as fast as folding at every
// step, and for a text as it stands. Many small ones are faster than one that holds them all, too: RE2 tracks
// small programs in a bit set (measured: 5 ms -> under 1 ms for a short page).
type expression struct {
	lower *regexp.Regexp // nil where the case of letters counts
	any   *regexp.Regexp
	need  []string // a text in lower case without one of these has no match; nil: any may have
}

// words reads the lists once. They are part of the program, so that a mistake in them is one in our code.
var words = sync.OnceValue(func() *wordList {
	w, err := readWords(wordFiles)
	if err != nil {
		panic(err) // an embedded file of ours is wrong: no input leads here, and a test reads them all
	}
	return w
})

func readWords(files fs.FS) (*wordList, error) {
	w := &wordList{entries: map[string][]string{}, re: map[string][]expression{}}
	names, err := fs.Glob(files, "words/*.txt")
	if err != nil {
		return nil, fmt.Errorf("word lists: %w", err)
	}
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("word lists: %w", err)
		}
		section := ""
		for line := range strings.Lines(string(b)) {
			line = strings.TrimSpace(line)
			switch {
			case line == "" || strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") && !strings.HasPrefix(line, "[^"):
				section = strings.Trim(line, "[]")
			default:
				w.entries[section] = append(w.entries[section], line)
			}
		}
	}
	for section, lines := range w.entries {
		name, ok := strings.CutPrefix(section, "re ")
		if !ok {
			continue
		}
		for _, l := range lines {
			l = allScripts(l)
			e := expression{need: literals(`(?i:` + l + `)`)}
			var err error
			if e.any, err = regexp.Compile(`(?i:` + l + `)`); err == nil && !strings.Contains(l, "(?-i:") {
				e.lower, err = regexp.Compile(l)
			}
			if err != nil {
				return nil, fmt.Errorf("word list %s: %w", section, err)
			}
			w.re[name] = append(w.re[name], e)
		}
	}
	return w, nil
}

// allScripts makes \w and \W of an expression mean the letters and digits of all scripts: RE2 knows ASCII only,
// and ^\W* would run over a whole line of Cyrillic. (\b stays ASCII: beside Cyrillic the lists do without.)
func allScripts(re string) string {
	var b strings.Builder
	class := false
	for i := 0; i < len(re); i++ {
		switch c := re[i]; {
		case c == '\\' && i+1 < len(re):
			i++
			switch {
			case re[i] == 'w' && class:
				b.WriteString(`\pL\pN_`)
			case re[i] == 'w':
				b.WriteString(`[\pL\pN_]`)
			case re[i] == 'W' && !class:
				b.WriteString(`[^\pL\pN_]`)
			default:
				b.WriteByte(c)
				b.WriteByte(re[i])
			}
		default:
			class = class && c != ']' || c == '['
			b.WriteByte(c)
		}
	}
	return b.String()
}

// is tells whether an expression of a section is found in a text.
func (w *wordList) is(section, text string) bool {
	lower := strings.ToLower(text)
	for i := range w.re[section] {
		e := &w.re[section][i]
		if !e.mayMatch(lower) {
			continue
		}
		if e.lower != nil && e.lower.MatchString(lower) || e.lower == nil && e.any.MatchString(text) {
			return true
		}
	}
	return false
}

// find gives the groups of the first expression of a section that is found in a text, nil for none.
func (w *wordList) find(section, text string) []string {
	lower := strings.ToLower(text)
	for i := range w.re[section] {
		e := &w.re[section][i]
		if !e.mayMatch(lower) {
			continue
		}
		if g := e.any.FindStringSubmatch(text); g != nil {
			return g
		}
	}
	return nil
}

// without takes all that the expressions of a section match out of a text, one expression after the other.
func (w *wordList) without(section, text string) string {
	lower := strings.ToLower(text)
	for i := range w.re[section] {
		e := &w.re[section][i]
		if !e.mayMatch(lower) {
			continue
		}
		text = e.any.ReplaceAllString(text, "")
	}
	return text
}

// set gives a section as a set.
func (w *wordList) set(section string) map[string]bool {
	s := make(map[string]bool, len(w.entries[section]))
	for _, e := range w.entries[section] {
		s[e] = true
	}
	return s
}
