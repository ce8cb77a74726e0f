package extract

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

// The language data: a folder per language below lang, and lang/common for what all share. A file is made
// of [sections]; a line is "key: form, form" or "form, form"; # starts a comment. doc/languages.md tells
// how to add a language.
//
//go:embed lang
var languageFiles embed.FS

// An entry is one line of a data file.
type entry struct {
	key   string   // what stands before the colon; "" for a bare list
	forms []string // as written
}

// data is the content of all files of a language by section.
type data map[string][]entry

// readData reads the folder of a language below lang in a file system. Sections of one name in several files add up.
func readData(files fs.FS, folder string) (data, error) {
	d := data{}
	names, err := fs.Glob(files, "lang/"+folder+"/*.txt")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("language data %s: no files", folder)
	}
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("language data: %w", err)
		}
		if err := d.read(string(b)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return d, nil
}

func (d data) read(text string) error {
	section := ""
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "# ") || line == "#" {
			continue
		}
		if strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") {
			section = line[1 : len(line)-1]
			continue
		}
		if section == "" {
			return fmt.Errorf("line %d: %q stands in no section", i+1, line)
		}
		e := entry{}
		rest := line
		if at := strings.Index(line, ": "); at > 0 {
			e.key, rest = line[:at], line[at+2:]
		}
		for _, form := range strings.Split(rest, ", ") {
			if form = strings.TrimSpace(form); form != "" {
				e.forms = append(e.forms, strings.TrimSuffix(form, ","))
			}
		}
		d[section] = append(d[section], e)
	}
	return nil
}

// tokenizer parts words as the language does, as far as its options say.
func (d data) tokenizer() *lexicon {
	lx := &lexicon{elided: d.set("elided")}
	for _, e := range d["options"] {
		if e.key == "apostrophe" && len(e.forms) > 0 {
			lx.apostrophe = e.forms[0]
		}
	}
	return lx
}

// set returns all forms of a section, normalised.
func (d data) set(section string) map[string]bool {
	out := map[string]bool{}
	for _, e := range d[section] {
		for _, f := range e.forms {
			out[normWord(f)] = true
		}
	}
	return out
}

// keyed returns form -> key of a section.
func (d data) keyed(section string) map[string]string {
	out := map[string]string{}
	for _, e := range d[section] {
		for _, f := range e.forms {
			out[normWord(f)] = e.key
		}
	}
	return out
}

// phrases returns the forms of a section, of one or several words, for look-up in running text.
func (d data) phrases(sections ...string) *phrases {
	p := newPhrases()
	p.lx = d.tokenizer()
	for _, section := range sections {
		for _, e := range d[section] {
			for _, f := range e.forms {
				p.add(f, e.key)
			}
		}
	}
	return p
}

// phrases finds word sequences in running text, the longest first.
type phrases struct {
	lx    *lexicon            // how its language parts words
	first map[string][]phrase // by first word, longest first
	last  map[string][]phrase // by last word, longest first
}

type phrase struct {
	words []string
	key   string
	exact string // the one way it is written, where case counts: "ALL"
}

func newPhrases() *phrases {
	return &phrases{lx: plainLexicon, first: map[string][]phrase{}, last: map[string][]phrase{}}
}

func (p *phrases) add(form, key string) {
	var words []string
	for _, t := range tokenize(form, p.lx) {
		words = append(words, t.norm)
	}
	if n := len(words); n > 1 && words[n-1] == "'" && strings.HasSuffix(form, "'") {
		words = append(words[:n-2], words[n-2]+"'") // "pas d'"
	}
	if len(words) == 0 {
		return
	}
	p.insert(phrase{words: words, key: key})
}

// addExact adds a single word that counts only as written: a currency code that is a word in lower case.
func (p *phrases) addExact(form, key string) {
	p.insert(phrase{words: []string{normWord(form)}, key: key, exact: form})
}

func (p *phrases) insert(ph phrase) {
	words := ph.words
	p.first[words[0]] = insertByLength(p.first[words[0]], ph)
	p.last[words[len(words)-1]] = insertByLength(p.last[words[len(words)-1]], ph)
}

func insertByLength(list []phrase, ph phrase) []phrase {
	i := 0
	for i < len(list) && len(list[i].words) >= len(ph.words) {
		i++
	}
	list = append(list, phrase{})
	copy(list[i+1:], list[i:])
	list[i] = ph
	return list
}

// at returns the longest phrase that starts at tokens[i]: its key and length, or 0.
func (p *phrases) at(tokens []token, i int) (key string, n int) {
	if i < 0 || i >= len(tokens) {
		return "", 0
	}
next:
	for _, ph := range p.first[tokens[i].norm] {
		if i+len(ph.words) > len(tokens) || ph.exact != "" && ph.exact != tokens[i].text {
			continue
		}
		for k := 1; k < len(ph.words); k++ {
			if tokens[i+k].norm != ph.words[k] || tokens[i+k].gap == paraGap {
				continue next
			}
		}
		return ph.key, len(ph.words)
	}
	return "", 0
}

// before returns the longest phrase whose last word is tokens[i-1] and that starts at or after low.
func (p *phrases) before(tokens []token, low, i int) (key string, n int) {
	if i-1 < low || i > len(tokens) {
		return "", 0
	}
next:
	for _, ph := range p.last[tokens[i-1].norm] {
		n := len(ph.words)
		if i-n < low || ph.exact != "" && ph.exact != tokens[i-1].text {
			continue
		}
		for k := 0; k < n-1; k++ {
			if tokens[i-n+k].norm != ph.words[k] {
				continue next
			}
		}
		return ph.key, n
	}
	return "", 0
}

// has reports whether the single word is a phrase of its own, and its key.
func (p *phrases) has(word string) (string, bool) {
	for _, ph := range p.first[word] {
		if len(ph.words) == 1 {
			return ph.key, true
		}
	}
	return "", false
}
