package lexicon

import (
	"bufio"
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// sections are the word lists of data/words.*.txt: language -> section -> entries in the order of the file.
type sections map[string]map[string][]string

var wordLists = sync.OnceValue(func() sections {
	s, err := readWords()
	if err != nil {
		panic(err) // an embedded file is malformed, which a test rules out
	}
	return s
})

// Words is the set of what a section of data/words.*.txt holds, over all languages. It is made anew by each call, so callers keep
// it. It panics where there is no such section, which a test rules out.
func Words(section string) map[string]struct{} {
	out := map[string]struct{}{}
	for _, w := range List(section) {
		out[w] = struct{}{}
	}
	return out
}

// ByLanguage is what a section of data/words.*.txt holds, for words that mean something else in another language: the German
// "will" wants. A language that has none has an empty set. It panics where there is no such section, which a test rules out.
func ByLanguage(section string) map[string]map[string]struct{} {
	out := map[string]map[string]struct{}{}
	for lang, lists := range wordLists() {
		entries, ok := lists[section]
		if !ok {
			panic(fmt.Sprintf("lexicon: no section %q in %s", section, lang))
		}
		out[lang] = map[string]struct{}{}
		for _, w := range entries {
			out[lang][w] = struct{}{}
		}
	}
	return out
}

// List is Words for entries that are looked for in a text: each once, the longest first, then in alphabetical order.
func List(section string) []string {
	var out []string
	found := false
	for _, lang := range wordLists() {
		entries, ok := lang[section]
		out, found = append(out, entries...), found || ok
	}
	if !found {
		panic(fmt.Sprintf("lexicon: no section %q", section))
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b)) })
	return slices.Compact(out)
}

// readWords reads all word files. A line is "[section]", entries parted by commas, or "- " and why the section has none.
func readWords() (sections, error) {
	files, err := fs.Glob(data, "data/words.*.txt")
	if err != nil {
		return nil, err
	}
	out := sections{}
	for _, name := range files {
		lang := strings.TrimSuffix(strings.TrimPrefix(path.Base(name), "words."), ".txt")
		if out[lang], err = readSections(name); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func readSections(name string) (map[string][]string, error) {
	b, err := data.ReadFile(name)
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	section := ""
	s := bufio.NewScanner(strings.NewReader(string(b)))
	for n := 1; s.Scan(); n++ {
		line := strings.TrimSpace(s.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if head, ok := strings.CutPrefix(line, "["); ok {
			section = strings.TrimSuffix(head, "]")
			if _, twice := out[section]; twice || section == head {
				return nil, fmt.Errorf("%s:%d: section %q is there before, or its bracket is not closed", name, n, section)
			}
			out[section] = nil
			continue
		}
		if section == "" {
			return nil, fmt.Errorf("%s:%d: words before the first section", name, n)
		}
		if strings.HasPrefix(line, "- ") {
			continue
		}
		for w := range strings.SplitSeq(strings.TrimSuffix(line, ","), ",") {
			if w = strings.TrimSpace(w); w == "" || slices.Contains(out[section], w) {
				return nil, fmt.Errorf("%s:%d: %q is empty or there before", name, n, w)
			}
			out[section] = append(out[section], w)
		}
	}
	return out, s.Err()
}
