package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAddSource(t *testing.T) {
	t.Parallel()
	n := NewSource{ID: "harbor", Name: `Harbor "Post": #1`, Type: "feed", URL: "https://harbor.example/rss.xml", Class: "outlet", Language: "en"}
	lines := "  - id: \"harbor\"\n    name: \"Harbor \\\"Post\\\": #1\"\n    type: \"feed\"\n    url: \"https://harbor.example/rss.xml\"\n    class: \"outlet\"\n    language: \"en\"\n"
	for name, c := range map[string]struct{ before, after string }{
		"last":          {"# ours\nsources:\n  - {id: a, type: feed, url: \"https://a.example/\"} # first\n", "# ours\nsources:\n  - {id: a, type: feed, url: \"https://a.example/\"} # first\n" + lines},
		"in the middle": {"sources:\n- id: a\n  type: feed\n  url: https://a.example/\n\n# next\ntopics: []\n", "sources:\n- id: a\n  type: feed\n  url: https://a.example/\n" + strings.ReplaceAll(lines[2:], "\n  ", "\n") + "\n# next\ntopics: []\n"},
		"empty list":    {"topics: []\nsources: []\n", "topics: []\nsources: \n" + lines},
	} {
		file := filepath.Join(t.TempDir(), "config.yaml")
		if err := os.WriteFile(file, []byte(c.before), 0o640); err != nil {
			t.Fatal(err)
		}
		got, err := AddSource(file, n)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		raw, err := os.ReadFile(file)
		if err != nil || string(raw) != c.after {
			t.Errorf("%s: the file is\n%s\nwant\n%s", name, raw, c.after)
		}
		if last := got.Sources[len(got.Sources)-1]; last.Name != n.Name || last.URL != n.URL {
			t.Errorf("%s: read as %+v", name, last)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o640 {
			t.Errorf("%s: the file's mode is now %v", name, info.Mode())
		}
	}
}

func TestAddSourceLeavesAFileItCannotMend(t *testing.T) {
	t.Parallel()
	good := NewSource{ID: "harbor", Type: "feed", URL: "https://harbor.example/rss.xml"}
	for name, c := range map[string]struct {
		file string
		add  NewSource
	}{
		"flow list":    {"sources: [{id: a, type: feed, url: \"https://a.example/\"}]\n", good},
		"no sources":   {"topics: []\n", good},
		"bad type":     {"sources:\n  - {id: a, type: feed, url: \"https://a.example/\"}\n", NewSource{ID: "b", Type: "fax", URL: "https://b.example/"}},
		"same id":      {"sources:\n  - {id: harbor, type: feed, url: \"https://a.example/\"}\n", good},
		"line in name": {"sources:\n  - {id: a, type: feed, url: \"https://a.example/\"}\n", NewSource{ID: "x\nstore: {path: /etc}", Type: "feed", URL: "https://b.example/"}},
	} {
		file := filepath.Join(t.TempDir(), "config.yaml")
		if err := os.WriteFile(file, []byte(c.file), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := AddSource(file, c.add); err == nil {
			t.Errorf("%s: no error", name)
		}
		if raw, err := os.ReadFile(file); err != nil || string(raw) != c.file {
			t.Errorf("%s: the file is now\n%s", name, raw)
		}
	}
	if _, err := AddSource("demo", good); err == nil {
		t.Error("a configuration that is no file was written")
	}
}
