package article

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"tallywire/claims"
)

var update = flag.Bool("update", false, "rewrite the expected documents in testdata/pages")

// TestPages reads the pages of testdata/pages: "url", "page.html" and "want", the document as printed by show.
// All pages were written for this test. go test -update writes what is read now; a person reads the change.
func TestPages(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/pages/*.txtar")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d pages: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			parts := map[string][]byte{}
			for _, f := range a.Files {
				parts[f.Name] = f.Data
			}
			doc, err := Read(Input{URL: strings.TrimSpace(string(parts["url"])), Body: parts["page.html"]})
			got := show(doc, err)
			if *update {
				a.Files = append(a.Files[:2:2], txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(got, string(parts["want"])); diff != "" {
				t.Errorf("%s (-got +want):\n%s", file, diff)
			}
		})
	}
}

// show prints a document: its fields, then its blocks with kind and time.
func show(doc claims.Document, err error) string {
	var b strings.Builder
	if err != nil {
		fmt.Fprintf(&b, "refused: %s\n", Reason(err))
	}
	stamp := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.RFC3339)
	}
	for _, f := range [][2]string{{"url", doc.URL}, {"title", doc.Title}, {"author", doc.Author}, {"site", doc.Site}, {"section", doc.Section}, {"lang", doc.Lang},
		{"published", stamp(doc.Published)}, {"modified", stamp(doc.Modified)}, {"credit", doc.Credit}, {"correction", doc.Correction}} {
		if f[1] != "" {
			fmt.Fprintf(&b, "%s: %s\n", f[0], f[1])
		}
	}
	if doc.Text != "" {
		for i, text := range strings.Split(doc.Text, "\n\n") {
			fmt.Fprintf(&b, "%s", doc.Blocks[i].Kind)
			if t := doc.Blocks[i].Time; !t.IsZero() {
				fmt.Fprintf(&b, " %s", stamp(t))
			}
			fmt.Fprintf(&b, "| %s\n", text)
		}
	}
	return b.String()
}
