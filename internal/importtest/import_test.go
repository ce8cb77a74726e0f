package importtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is what our own import paths begin with.
const module = "tallywire/"

// TestImports reads the imports of every non-test file, whatever its build tags, and holds them to the table.
func TestImports(t *testing.T) {
	t.Parallel()
	root := os.DirFS(filepath.Join("..", ".."))
	used := map[string]bool{}
	err := fs.WalkDir(root, ".", func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (e.Name() == "testdata" || e.Name() == "vendor" || len(e.Name()) > 1 && strings.HasPrefix(e.Name(), ".")) {
			return fs.SkipDir
		}
		if _, err := fs.Stat(root, path.Join(file, "go.mod")); e.IsDir() && file != "." && err == nil {
			return fs.SkipDir // a module of its own
		}
		if e.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		pkg := path.Dir(file)
		name, r, ok := rowOf(pkg)
		if !ok {
			t.Errorf("package %s has no row in the table of internal/importtest; add one that says what it may import", pkg)
			return nil
		}
		used[name] = true
		data, err := fs.ReadFile(root, file)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, data, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if why := refusal(r, imported); why != "" {
				t.Errorf("%s imports %s: %s", file, imported, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !used["claims"] || !used["store"] {
		t.Errorf("rows used: %v; the walk did not reach the packages", used)
	}
}

// rowOf finds the row of a package: its own, else the nearest "X/..." around it.
func rowOf(pkg string) (name string, r row, ok bool) {
	if r, ok := table[pkg]; ok {
		return pkg, r, true
	}
	for dir := pkg; dir != "."; dir = path.Dir(dir) {
		if r, ok := table[dir+"/..."]; ok {
			return dir + "/...", r, true
		}
	}
	return "", row{}, false
}

// refusal says why a row does not allow an import, "" where it does.
func refusal(r row, imported string) string {
	if ours, ok := strings.CutPrefix(imported, module); ok {
		switch {
		case strings.HasPrefix(ours, "cmd/"):
			return "nobody imports cmd"
		case slices.ContainsFunc(r.ours, func(allowed string) bool { return within(allowed, ours) }):
			return ""
		}
		return "not among the packages of ours in its row"
	}
	if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") { // standard library
		for _, n := range r.never {
			// net/url and net/netip only take text apart.
			if (imported == n || strings.HasPrefix(imported, n+"/")) && imported != "net/url" && imported != "net/netip" {
				return "its row refuses " + n
			}
		}
		return ""
	}
	if slices.ContainsFunc(r.others, func(allowed string) bool { return allowed == "*" || within(allowed+"/...", imported) }) {
		return ""
	}
	return "not among the other modules in its row"
}

// within reports whether pkg is what allowed names: itself, "X/..." for X and all below it, "*" for all.
func within(allowed, pkg string) bool {
	tree, isTree := strings.CutSuffix(allowed, "/...")
	return allowed == "*" || pkg == tree || isTree && strings.HasPrefix(pkg, tree+"/")
}

// TestRefusal shows that the table refuses what it should: a test of imports that allows all would pass too.
func TestRefusal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pkg, imported string
		refused       bool
	}{
		{"claims", "time", false},
		{"claims", "net/url", false},
		{"claims", "net/http", true},
		{"claims", "os", true},
		{"claims", "tallywire/store", true},
		{"claims/lexicon", "tallywire/claims", false},
		{"store", "go.etcd.io/bbolt", true},
		{"store/boltstore", "go.etcd.io/bbolt/errors", false},
		{"store/boltstore", "tallywire/store/memstore", true},
		{"pipeline", "tallywire/store/boltstore", true},
		{"pipeline", "tallywire/extract/article", false},
		{"crawler", "tallywire/extract", true},
		{"crawler", "golang.org/x/net/html/charset", false},
		{"crawler", "golang.org/x/network", true},
		{"server", "tallywire/pipeline", true},
		{"cmd/tallywire", "tallywire/pipeline", false},
		{"pipeline", "tallywire/cmd/tallywire", true},
	} {
		_, r, ok := rowOf(c.pkg)
		if !ok {
			t.Errorf("%s has no row", c.pkg)
			continue
		}
		if why := refusal(r, c.imported); (why != "") != c.refused {
			t.Errorf("%s importing %s: %q; want refused %v", c.pkg, c.imported, why, c.refused)
		}
	}
	if _, _, ok := rowOf("util"); ok {
		t.Error("package util has a row")
	}
}
