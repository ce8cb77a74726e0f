// Package lexicon says what counted things and acts are, over all languages: that captives are
// prisoners, that "63 dead" counts people who were killed, that військовополонені are captives too.
// The knowledge lies in data: concepts.tsv, and for each language its words for them (xx.tsv) and the words that rules of the
// judge turn on (words.xx.txt); a linguist adds a language by adding these two.
package lexicon

import (
	"bufio"
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/*.tsv data/words.*.txt
var data embed.FS

// A Concept is the ID of a thing, act or measure in data/concepts.tsv: "captive", "release", "turnout".
type Concept string

// A Kind is what a Concept is.
type Kind string

// The kinds of Concept.
const (
	Thing   Kind = "thing"
	Act     Kind = "act"
	Measure Kind = "measure"
	Side    Kind = "side"   // whose they are: Ukrainians, Russians
	Speech  Kind = "speech" // what a speaker does with a figure: admits it, denies it
)

// A Lexicon is read-only after loading and safe for concurrent use.
type Lexicon struct {
	kind    map[Concept]Kind
	label   map[Concept]string
	parents map[Concept][]Concept
	facet   map[Concept]string
	words   map[string]map[string][]Concept // language -> whole word or phrase
	stems   map[string]map[string][]Concept // language -> stem written with *
	longest map[string]int                  // language -> runes of its longest stem
	endings map[string]endings              // language -> how its forms lead to lemmas
}

// Default returns the embedded lexicon. It panics only where an embedded file is malformed, which a
// test rules out.
var Default = sync.OnceValue(func() *Lexicon {
	l, err := load()
	if err != nil {
		panic(err)
	}
	return l
})

func load() (*Lexicon, error) {
	l := &Lexicon{
		kind: map[Concept]Kind{}, label: map[Concept]string{}, parents: map[Concept][]Concept{}, facet: map[Concept]string{},
		words: map[string]map[string][]Concept{}, stems: map[string]map[string][]Concept{}, longest: map[string]int{}, endings: map[string]endings{},
	}
	err := rows("data/concepts.tsv", 5, func(f []string) error {
		id := Concept(f[0])
		l.kind[id], l.label[id], l.facet[id] = Kind(f[1]), f[3], f[4]
		if f[2] != "" {
			for _, p := range strings.Split(f[2], ",") {
				if _, ok := l.kind[Concept(p)]; !ok {
					return fmt.Errorf("concept %s: parent %s comes later or not at all", id, p)
				}
				l.parents[id] = append(l.parents[id], Concept(p))
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	files, err := data.ReadDir("data")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		lang := strings.TrimSuffix(file.Name(), ".tsv")
		if !strings.HasSuffix(file.Name(), ".tsv") || slices.Contains(notLanguages, lang) {
			continue
		}
		l.words[lang], l.stems[lang] = map[string][]Concept{}, map[string][]Concept{}
		err := rows(path.Join("data", file.Name()), 2, func(f []string) error {
			var ids []Concept
			for _, id := range strings.Split(f[1], ",") {
				if _, ok := l.kind[Concept(id)]; !ok {
					return fmt.Errorf("%s: %s: no concept %s", file.Name(), f[0], id)
				}
				ids = append(ids, Concept(id))
			}
			stem, ok := strings.CutSuffix(f[0], "*")
			if strings.Contains(stem, "*") {
				return fmt.Errorf("%s: %s: only a trailing * matches any ending", file.Name(), f[0])
			}
			if ok {
				l.stems[lang][stem] = merge(l.stems[lang][stem], ids)
				l.longest[lang] = max(l.longest[lang], len([]rune(stem)))
			} else {
				l.words[lang][f[0]] = merge(l.words[lang][f[0]], ids)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for lang, lists := range wordLists() {
		l.endings[lang] = endingsOf(lists)
	}
	return l, nil
}

// notLanguages are the files of data that are no language's list of concepts.
var notLanguages = []string{"concepts", "offices", "calendar", "capitals"}

func merge(a, b []Concept) []Concept {
	for _, c := range b {
		if !slices.Contains(a, c) {
			a = append(a, c)
		}
	}
	return a
}

// rows calls f with the tab-separated fields of each line that is no comment.
func rows(name string, fields int, f func([]string) error) error {
	b, err := data.ReadFile(name)
	if err != nil {
		return err
	}
	s := bufio.NewScanner(strings.NewReader(string(b)))
	for n := 1; s.Scan(); n++ {
		line := s.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, "\t")
		if len(parts) != fields {
			return fmt.Errorf("%s:%d: %d fields, want %d", name, n, len(parts), fields)
		}
		if err := f(parts); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return s.Err()
}

// Of returns the concepts of a word or phrase (lower case) in a language, nil where it is unknown.
func (l *Lexicon) Of(lang, word string) []Concept {
	if c := l.words[lang][word]; c != nil {
		return c
	}
	for _, form := range l.endings[lang].lemmas(word) {
		if c := l.words[lang][form]; c != nil {
			return c
		}
	}
	runes := []rune(word)
	last := strings.LastIndexByte(word, ' ') + 1 // a stem reaches into the last word: "загину*" is not "загинули від обстрілу"
	least := max(3, utf8.RuneCountInString(word[:last])+1)
	for n := min(len(runes), l.longest[lang]); n >= least; n-- {
		if c := l.stems[lang][string(runes[:n])]; c != nil {
			return c
		}
	}
	return nil
}

// Has reports whether a whole phrase stands in a language's list.
func (l *Lexicon) Has(lang, phrase string) bool { return l.words[lang][phrase] != nil }

// Kind tells what a concept is.
func (l *Lexicon) Kind(c Concept) Kind { return l.kind[c] }

// Label is the concept in English words, for statements.
func (l *Lexicon) Label(c Concept) string { return l.label[c] }

// Is reports whether c is kind or descends from it.
func (l *Lexicon) Is(c, kind Concept) bool {
	if c == kind {
		return true
	}
	return slices.ContainsFunc(l.parents[c], func(p Concept) bool { return l.Is(p, kind) })
}

// Parents are the concepts that c descends from directly.
func (l *Lexicon) Parents(c Concept) []Concept { return l.parents[c] }

// Related reports whether one of the two descends from the other.
func (l *Lexicon) Related(a, b Concept) bool { return l.Is(a, b) || l.Is(b, a) }

// Facet is the respect in which a concept of a person is told from others ("combatant"), or "weak" of an act that keeps
// nothing apart; "" for none. A concept without one has that of its parents.
func (l *Lexicon) Facet(c Concept) string {
	if f := l.facet[c]; f != "" {
		return f
	}
	for _, p := range l.parents[c] {
		if f := l.Facet(p); f != "" {
			return f
		}
	}
	return ""
}

// Concepts lists all of them in ascending order.
func (l *Lexicon) Concepts() []Concept {
	out := make([]Concept, 0, len(l.kind))
	for c := range l.kind {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}
