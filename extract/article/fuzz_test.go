package article

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"
)

// pagesOf gives the pages of testdata/pages.
func pagesOf(tb testing.TB) [][]byte {
	tb.Helper()
	files, err := filepath.Glob("testdata/pages/*.txtar")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no pages: %v", err)
	}
	var pages [][]byte
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		for _, f := range txtar.Parse(data).Files {
			if f.Name == "page.html" {
				pages = append(pages, f.Data)
			}
		}
	}
	return pages
}

// FuzzRead: no input makes Read panic; a document has valid UTF-8, one block a paragraph, no empty one, and no
// more characters than the page has bytes.
func FuzzRead(f *testing.F) {
	for _, p := range pagesOf(f) {
		f.Add(p, "text/html")
	}
	f.Add([]byte("<p>\xff\xfe x"), "text/html; charset=utf-16")
	f.Add([]byte("<table><tr><td>1<td>2<tr><td>3"), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		doc, err := Read(Input{URL: "https://fuzz.example/a", ContentType: contentType, Body: body})
		if err != nil && Reason(err) == "" {
			t.Errorf("an error without a reason: %v", err)
		}
		for _, s := range []string{doc.Text, doc.Title, doc.Author, doc.Credit, doc.Correction, doc.Site} {
			if !utf8.ValidString(s) {
				t.Errorf("%q is not valid UTF-8", s)
			}
		}
		if n := utf8.RuneCountInString(doc.Text); n > len(body) {
			t.Errorf("%d characters out of %d bytes", n, len(body))
		}
		if doc.Text == "" {
			return
		}
		parts := strings.Split(doc.Text, "\n\n")
		if len(parts) != len(doc.Blocks) {
			t.Errorf("%d paragraphs, %d blocks", len(parts), len(doc.Blocks))
		}
		for _, p := range parts {
			if p == "" || strings.TrimSpace(p) != p || strings.Contains(p, "\n") || strings.Contains(p, "  ") {
				t.Errorf("paragraph %q", p)
			}
		}
	})
}

// BenchmarkRead measures a page read by consensus, BenchmarkReader one read by its host's template.
func BenchmarkRead(b *testing.B) {
	page := hostPage(7)
	b.SetBytes(int64(len(page.Body)))
	for b.Loop() {
		if _, err := Read(page); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReader(b *testing.B) {
	var r Reader
	for n := range 6 {
		if _, err := r.Read(hostPage(n)); err != nil {
			b.Fatal(err)
		}
	}
	page := hostPage(7)
	b.SetBytes(int64(len(page.Body)))
	for b.Loop() {
		if _, err := r.Read(page); err != nil {
			b.Fatal(err)
		}
	}
}
