package article

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// hostile are bodies of pages that a reader may stumble over; those that hold long hold a text that must be found. Each is a little
// beyond the bound that it is about (see candidates.go and jsonld.go), and one is beyond the last of them.
func hostile() (bodies map[string]string, long string) {
	long = strings.Repeat("The harbour office counted the ships again and came to another number. ", 20)
	var dates strings.Builder
	for i := range 500 {
		fmt.Fprintf(&dates, "<p>%d janvier %d x%d</p>", i%40, 1990+i%40, i)
	}
	return map[string]string{
		"dates":           dates.String(),
		"deep":            "<p>" + long + strings.Repeat("<div>", 3000) + "x",
		"unclosed bold":   "<p>" + strings.Repeat("<b>word ", 20000),
		"fonts":           strings.Repeat("<p><font size=1>word ", 5000),
		"brs":             "<div>" + strings.Repeat("a line<br>", maxElementsAll+1) + "</div>",
		"paragraphs":      "<article>" + strings.Repeat("<p>"+long[:200]+"</p>", maxBlocksAll+1) + "</article>",
		"short lines":     "<article>" + strings.Repeat("<p>one two three</p>", maxElementsAll+1) + "</article>",
		"links":           strings.Repeat(`<a href="/x">link text</a> `, maxElementsAll+1),
		"table":           "<table>" + strings.Repeat("<tr><td>1</td><td>2</td></tr>", maxElementsOne/3+1) + "</table>",
		"nested tables":   strings.Repeat("<table><tr><td>", 400) + long,
		"nested lists":    strings.Repeat("<ul><li>item", 400) + long,
		"long class":      `<div class="` + strings.Repeat("a ", 200*maxAttribute) + `"><p>` + long + "</p></div>",
		"long text":       "<p>" + strings.Repeat(long, maxWordsOne/200) + "</p>",
		"long JSON-LD":    `<script type="application/ld+json">{"@type":"NewsArticle","headline":"` + strings.Repeat("x", 256<<10) + `"}</script><p>` + long,
		"deep JSON-LD":    `<script type="application/ld+json">` + strings.Repeat("[", 200_000) + "</script><p>" + long,
		"broken entities": "<p>" + strings.Repeat("&#xD800;&#0;&lt;&bogus", 20_000),
	}, long
}

func hostilePage(body string) Input {
	return Input{URL: "https://hostile.example/a", Body: []byte("<!doctype html><html><body>" + body)}
}

// TestHostile reads them all: what comes back is valid UTF-8 and holds the text. How long each takes is BenchmarkHostile's to show.
func TestHostile(t *testing.T) {
	t.Parallel()
	bodies, long := hostile()
	for name, body := range bodies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, _ := Read(hostilePage(body))
			if !utf8.ValidString(doc.Text) {
				t.Error("text is not valid UTF-8")
			}
			if strings.Contains(body, long) && !strings.Contains(doc.Text, "harbour office") {
				t.Errorf("the text is lost: %q", clip(doc.Text, 200))
			}
		})
	}
}

// TestExtractorsAreBounded holds which extractors may see a page of which size: no time is measured here, because the
// bounds are what keeps the quadratic ones away (reliability.md, D7).
func TestExtractorsAreBounded(t *testing.T) {
	t.Parallel()
	const line = "<p>One two three four five six seven eight nine ten.</p>"
	for name, c := range map[string]struct {
		body string
		want int
	}{
		"an article":           {strings.Repeat(line, 50), 4},
		"many blocks":          {strings.Repeat(line, maxBlocksAll+1), 1},
		"many elements":        {line + strings.Repeat("<i></i>", maxElementsAll), 1},
		"many words":           {"<p>" + strings.Repeat("word ", maxWordsAll+1), 1},
		"elements without end": {line + strings.Repeat("<i></i>", maxElementsOne), 0},
		"words without end":    {"<p>" + strings.Repeat("word ", maxWordsOne+1), 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, _, err := open(hostilePage(c.body))
			if err != nil {
				t.Fatal(err)
			}
			if got := len(candidates(p, "https://hostile.example/a")); got != c.want {
				t.Errorf("%d extractors ran over %d elements, %d blocks, %d words; want %d", got, len(p.elems), len(p.blocks), p.words, c.want)
			}
		})
	}
}

// BenchmarkHostile is to stay under 2 s a page.
func BenchmarkHostile(b *testing.B) {
	bodies, _ := hostile()
	for _, name := range slices.Sorted(maps.Keys(bodies)) {
		in := hostilePage(bodies[name])
		b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
			for b.Loop() {
				_, _ = Read(in)
			}
		})
	}
}
