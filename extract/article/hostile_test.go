package article

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// TestHostile reads pages that break or stall extractors: each must be done in two seconds. The race detector
// and busy machines are given ten; an unbounded extractor takes far more.
func TestHostile(t *testing.T) {
	const limit = 10 * time.Second
	long := strings.Repeat("The harbour office counted the ships again and came to another number. ", 20)
	for name, body := range map[string]string{
		"deep":            "<p>" + long + strings.Repeat("<div>", 3000) + "x",
		"unclosed bold":   "<p>" + strings.Repeat("<b>word ", 20000),
		"fonts":           strings.Repeat("<p><font size=1>word ", 5000),
		"brs":             "<div>" + strings.Repeat("a line<br>", 100_000) + "</div>",
		"paragraphs":      "<article>" + strings.Repeat("<p>"+long[:200]+"</p>", 10_000) + "</article>",
		"short lines":     "<article>" + strings.Repeat("<p>one two three</p>", 100_000) + "</article>",
		"links":           strings.Repeat(`<a href="/x">link text</a> `, 60_000),
		"table":           "<table>" + strings.Repeat("<tr><td>1</td><td>2</td></tr>", 60_000) + "</table>",
		"nested tables":   strings.Repeat("<table><tr><td>", 400) + long,
		"nested lists":    strings.Repeat("<ul><li>item", 400) + long,
		"long class":      `<div class="` + strings.Repeat("a ", 1_000_000) + `"><p>` + long + "</p></div>",
		"long text":       "<p>" + strings.Repeat(long, 3000) + "</p>",
		"long JSON-LD":    `<script type="application/ld+json">{"@type":"NewsArticle","headline":"` + strings.Repeat("x", 3<<20) + `"}</script><p>` + long,
		"deep JSON-LD":    `<script type="application/ld+json">` + strings.Repeat("[", 200_000) + "</script><p>" + long,
		"broken entities": "<p>" + strings.Repeat("&#xD800;&#0;&lt;&bogus", 20_000),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			doc, _ := Read(Input{URL: "https://hostile.example/a", Body: []byte("<!doctype html><html><body>" + body)})
			if took := time.Since(began); took > limit {
				t.Errorf("took %v", took)
			}
			if !utf8.ValidString(doc.Text) {
				t.Error("text is not valid UTF-8")
			}
			if strings.Contains(body, long) && !strings.Contains(doc.Text, "harbour office") {
				t.Errorf("the text is lost: %q", clip(doc.Text, 200))
			}
		})
	}
}
