package extract_test

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
	"tallywire/extract"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got, rewrite with -update after reading):\n%s", path, diff)
	}
}

// TestGolden extracts from the passages in testdata/golden/*.txtar and compares with what stands beside them. A
// passage NAME.LANG.txt is published on 11 June 2025, a Wednesday; its mentions are NAME.LANG.want, one a line.
func TestGolden(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("golden passages: %v, %d files", err, len(paths))
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			goldenFile(t, path)
		})
	}
}

func goldenFile(t *testing.T, path string) {
	ar, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, f := range ar.Files {
		want[f.Name] = string(f.Data)
	}
	out := txtar.Archive{Comment: ar.Comment}
	for _, f := range ar.Files {
		name, isText := strings.CutSuffix(f.Name, ".txt")
		if !isText {
			continue
		}
		parts := strings.Split(name, ".")
		lang := parts[len(parts)-1]
		got := describeAll(extract.Mentions(passage(string(f.Data), lang)))
		out.Files = append(out.Files, f, txtar.File{Name: name + ".want", Data: []byte(got)})
		if diff := cmp.Diff(want[name+".want"], got); diff != "" && !*update {
			t.Errorf("%s:\n%s(-want +got):\n%s", name, f.Data, diff)
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(&out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// passage makes a document of a golden text: "TITLE: ..." is its title, "| ..." a table row, "* ..." a list item, "^ ..." a
// caption, "2025-06-10 09:40 @ ..." a live entry of that time.
func passage(text, lang string) claims.Document {
	doc := claims.Document{URL: "https://paper.example/a", Lang: lang, Published: time.Date(2025, 6, 11, 15, 0, 0, 0, time.UTC)}
	var paras []string
	for _, p := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if title, ok := strings.CutPrefix(p, "TITLE: "); ok {
			doc.Title = title
			continue
		}
		block := claims.Block{Kind: claims.BlockParagraph}
		if row, ok := strings.CutPrefix(p, "| "); ok {
			p, block.Kind = row, claims.BlockRow
		} else if item, ok := strings.CutPrefix(p, "* "); ok {
			p, block.Kind = item, claims.BlockList
		} else if caption, ok := strings.CutPrefix(p, "^ "); ok {
			p, block.Kind = caption, claims.BlockCaption
		} else if clock, entry, ok := strings.Cut(p, " @ "); ok {
			at, err := time.Parse("2006-01-02 15:04", clock)
			if err != nil {
				panic(err) // a golden text of ours
			}
			p, block.Time = entry, at
		}
		paras, doc.Blocks = append(paras, p), append(doc.Blocks, block)
	}
	doc.Text = strings.Join(paras, "\n\n")
	doc.ID = claims.NewDocumentID(doc.URL, doc.Text)
	return doc
}

// describeAll writes mentions one a line, with the fields the judge needs.
func describeAll(mentions []claims.Mention) string {
	var b strings.Builder
	for i := range mentions {
		m := &mentions[i]
		fmt.Fprintf(&b, "%s: %s%s", m.Text, m.Compare, shown(m))
		field := func(name, value string) {
			if value != "" {
				fmt.Fprintf(&b, " %s=%s", name, strings.ReplaceAll(value, " ", "_"))
			}
		}
		if m.Approx {
			field("approx", "yes")
		}
		field("change", m.Change)
		field("class", string(m.Unit.Class))
		field("unit", m.Unit.Name)
		field("head", m.Head)
		field("predicate", m.Predicate)
		field("subject", m.Subject)
		field("scope", string(m.Scope))
		field("basis", string(m.Basis))
		if m.Modality != claims.Asserted {
			field("modality", string(m.Modality))
		}
		if m.Dated {
			field("date", m.Date.From+"/"+m.Date.To)
		}
		field("place", m.Place)
		field("parties", strings.Join(m.Parties, ","))
		field("by", m.Attribution.Text)
		field("kind", string(m.Attribution.Kind))
		field("party", m.Attribution.Party)
		field("medium", m.Attribution.Medium)
		field("part", string(m.Part))
		for _, flag := range []struct {
			name string
			set  bool
		}{{"negated", m.Negated}, {"unsure", m.Unsure}, {"rivals", m.Rivals}, {"unworthy", !m.Checkworthy}} {
			if flag.set {
				field(flag.name, "yes")
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}
