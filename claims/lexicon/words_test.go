package lexicon

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// asked are the sections that the code of this package and of claims asks for.
func asked(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, pattern := range []string{"*.go", "../*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if s := sectionOf(n); s != "" {
					out = append(out, s)
				}
				return true
			})
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// sectionOf is the section of a call of Words or List, or of a reading of a language's sections by name.
func sectionOf(n ast.Node) string {
	literal := func(e ast.Expr) string {
		if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
			s, err := strconv.Unquote(l.Value)
			if err == nil {
				return s
			}
		}
		return ""
	}
	switch n := n.(type) {
	case *ast.CallExpr:
		name := ""
		switch f := n.Fun.(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		if (name == "Words" || name == "List" || name == "ByLanguage") && len(n.Args) == 1 {
			return literal(n.Args[0])
		}
	case *ast.IndexExpr:
		if of, ok := n.X.(*ast.Ident); ok && of.Name == "lists" {
			return literal(n.Index)
		}
	}
	return ""
}

func TestSectionsAreThoseAskedFor(t *testing.T) {
	want := asked(t)
	if len(want) < 20 {
		t.Fatalf("only %d sections found in the code: %v", len(want), want)
	}
	for lang, lists := range wordLists() {
		for _, s := range want {
			if _, ok := lists[s]; !ok {
				t.Errorf("words.%s.txt has no section [%s]; one without words says why after a dash", lang, s)
			}
		}
		for s := range lists {
			if !slices.Contains(want, s) {
				t.Errorf("words.%s.txt: no code asks for [%s]", lang, s)
			}
		}
	}
}

// Every list of concepts has its word lists, every file says where its words are from, and every section what it is for.
func TestSectionsExplainThemselves(t *testing.T) {
	for lang := range Default().words {
		name := "data/words." + lang + ".txt"
		b, err := data.ReadFile(name)
		if err != nil {
			t.Errorf("%s: %v", lang, err)
			continue
		}
		head, body, _ := strings.Cut(string(b), "\n\n")
		if !strings.HasPrefix(head, "# ") || !strings.Contains(head, "Source: ") {
			t.Errorf("%s does not open with where its words are from", name)
		}
		for part := range strings.SplitSeq(body, "\n\n") {
			lines := strings.Split(strings.TrimSpace(part), "\n")
			if len(lines) < 3 || !strings.HasPrefix(lines[0], "[") || !strings.HasPrefix(lines[1], "# ") || strings.HasPrefix(lines[len(lines)-1], "#") {
				t.Errorf("%s: a section is a head, a comment on what it is for, and words or a dash and why there are none; got\n%s", name, part)
			}
		}
	}
}

func TestByLanguage(t *testing.T) {
	intending := ByLanguage("intending")
	if _, ok := intending["de"]["will"]; !ok {
		t.Error("German lacks will")
	}
	if _, ok := intending["en"]["will"]; ok {
		t.Error("English has the German will")
	}
}

func TestLists(t *testing.T) {
	both := Words("both")
	for _, w := range []string{"both", "обидві", "оба", "beide", "deux", "ambos"} {
		if _, ok := both[w]; !ok {
			t.Errorf("Words(both) lacks %q", w)
		}
	}
	list := List("for")
	if !slices.IsSortedFunc(list, func(a, b string) int { return len(b) - len(a) }) || !slices.Contains(list, "for the") {
		t.Errorf("List(for) = %q, want the longest first", list)
	}
	if got := CapitalOf("moscow"); got != "Russia" {
		t.Errorf("CapitalOf(moscow) = %q", got)
	}
}

// wordless is how many concepts a language has no words for. It only falls: a new concept comes with its words in every
// language, and who fills a gap takes one off. English lacks the release rate of a dam: with words for it, figures
// parted of which one text names the measure and another does not, and more was judged wrong.
var wordless = map[string]int{"en": 1, "uk": 0, "ru": 0, "de": 0, "fr": 0, "es": 0}

func TestConceptsHaveWordsInEveryLanguage(t *testing.T) {
	l := Default()
	for lang := range l.words {
		known := map[Concept]bool{}
		for _, rows := range []map[string][]Concept{l.words[lang], l.stems[lang]} {
			for _, list := range rows {
				for _, c := range list {
					known[c] = true
				}
			}
		}
		var lacks []Concept
		for _, c := range l.Concepts() {
			if !known[c] {
				lacks = append(lacks, c)
			}
		}
		if len(lacks) != wordless[lang] {
			t.Errorf("%s.tsv has no words for %d concepts, %v; wordless says %d", lang, len(lacks), lacks, wordless[lang])
		}
	}
}
