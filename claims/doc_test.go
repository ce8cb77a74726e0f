package claims

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The package comment's tour of the files leaves none out.
func TestTourNamesEveryFile(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, tour, _ := strings.Cut(string(doc), "The files")
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(file, ".go")
		if name == "doc" || strings.HasSuffix(name, "_test") {
			continue
		}
		if !regexp.MustCompile(`\b` + name + `\b`).MatchString(tour) {
			t.Errorf("doc.go does not say what %s is for", file)
		}
	}
}
