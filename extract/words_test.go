package extract

import (
	"go/ast"
	goparser "go/parser"
	gotoken "go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// TestLists holds that every list a rule asks for has words in some language, and that the data have no list that no
// rule asks for.
func TestLists(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for l, name := range listNames {
		known[name] = true
		found := false
		for _, code := range languages {
			lx := lexiconOf(code)
			found = found || len(lx.lists[l]) > 0
		}
		if !found {
			t.Errorf("list %q has no words in any language", name)
		}
	}
	for _, code := range append([]string{"common"}, languages...) {
		b, err := languageFiles.ReadFile("lang/" + code + "/words.txt")
		if err != nil {
			t.Fatal(err)
		}
		d := data{}
		if err := d.read(string(b)); err != nil {
			t.Fatal(err)
		}
		for name := range d {
			if !known[name] {
				t.Errorf("%s/words.txt: no rule asks for [%s]", code, name)
			}
		}
	}
}

// The most literals that the package may hold of words of a language. Language knowledge is data (lang/*): these numbers
// only fall, in the commit that moves words out of the code.
const (
	allowedForeign  = 26  // words with letters outside ASCII
	allowedFunction = 116 // English function words: those of [stop] in lang/en/grammar.txt
	allowedBranches = 54  // comparisons with the code of a language
)

// TestLiterals counts the words of a language in the code of the package, and what it does for one language only.
func TestLiterals(t *testing.T) {
	t.Parallel()
	stop := lexiconOf("en").gr.stop
	foreign, function, branches := map[string]int{}, map[string]int{}, map[string]int{}
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	sum := func(m map[string]int) (n int) {
		for _, c := range m {
			n += c
		}
		return n
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := goparser.ParseFile(gotoken.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				word, err := strconv.Unquote(n.Value)
				if n.Kind != gotoken.STRING || err != nil {
					return true
				}
				if stop[word] {
					function[path]++
				}
				if strings.IndexFunc(word, func(c rune) bool { return c > unicode.MaxASCII && unicode.IsLetter(c) }) >= 0 {
					foreign[path]++
				}
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.SelectorExpr); n.Sel.Name == "code" && ok && x.Sel.Name == "lx" {
					branches[path]++
				}
			}
			return true
		})
	}
	for _, c := range []struct {
		what    string
		found   map[string]int
		allowed int
	}{
		{"words outside ASCII", foreign, allowedForeign}, {"English function words", function, allowedFunction}, {"branches on a language", branches, allowedBranches},
	} {
		switch n := sum(c.found); {
		case n > c.allowed:
			t.Errorf("%d %s in the code, want at most %d: move them to lang; by file %v", n, c.what, c.allowed, c.found)
		case n < c.allowed:
			t.Errorf("%d %s in the code: lower the allowance from %d", n, c.what, c.allowed)
		}
	}
}
