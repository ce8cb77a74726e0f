package article

import (
	"slices"
	"strings"
	"testing"
)

// TestFill shows what comes in between blocks of an article; the page's text is given, kept lines are marked by "+".
func TestFill(t *testing.T) {
	t.Parallel()
	const body = "<p>+The committee named the finalists of the prize on Monday evening in the town hall, before four hundred guests.</p>"
	for name, c := range map[string]struct {
		html string
		want string // lines that come in, in order
	}{
		"the writer and date of a quoted post":   {`<blockquote><p>+Our bridge will open on Friday, and the ferry will stop.</p>— Mira Lund (@miralund) <a href="/s">June 4, 2024</a></blockquote>`, "— Mira Lund (@miralund) June 4, 2024"},
		"a quoted post of which nothing is kept": {`<blockquote><p>Our bridge will open.</p>— Mira Lund (@miralund) <a href="/s">June 4, 2024</a></blockquote>`, ""},
		"a list of names":                        {`<h2>+Best novel</h2><ul><li>Port Averin</li><li>The Valley</li></ul>`, "Port Averin\nThe Valley"},
		"a list of links":                        {`<ul><li><a href="/a">Port Averin</a></li><li><a href="/b">The Valley</a></li></ul>`, ""},
		"a list with one link":                   {`<ul><li>Port Averin</li><li><a href="/b">The Valley</a></li></ul>`, ""},
		"a list in a sidebar":                    {`<aside><ul><li>Port Averin</li><li>The Valley</li></ul></aside>`, ""},
		"a price and its name":                   {`<div><div><a href="/x">Ferry ticket, return</a><div><a href="/x">€12.50</a></div></div><a href="/x">Buy now</a></div>`, "Ferry ticket, return\n€12.50"},
		"a price in furniture":                   {`<div class="related"><div><a href="/x">Ferry ticket, return</a><div><a href="/x">€12.50</a></div></div></div>`, ""},
		"a price without a name":                 {`<div><section><p>€12.50</p></section></div>`, ""},
	} {
		root, err := parse([]byte("<html><body><main><article>" + body + c.html + body + "</article></main></body></html>"))
		if err != nil {
			t.Fatal(err)
		}
		p := cut(root)
		keep, voices := make([]bool, len(p.blocks)), make([]int, len(p.blocks))
		for i := range keep {
			keep[i], voices[i] = strings.HasPrefix(p.blocks[i].text, "+"), 1
		}
		before := slices.Clone(keep)
		container := p.container()
		p.fill(keep, container)
		p.fillLists(keep, voices, container)
		p.fillPrices(keep, container)
		var in []string
		for i := range keep {
			if keep[i] && !before[i] {
				in = append(in, p.blocks[i].text)
			}
		}
		if got := strings.Join(in, "\n"); got != c.want {
			t.Errorf("%s: %q came in, want %q", name, got, c.want)
		}
	}
}

// TestBoxOverWord: a name over which a box opens stays in its sentence, the box does not.
func TestBoxOverWord(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ html, want string }{
		"name and box in one element": {`<p>The mayor, <span class="tooltip"><a href="/lund">Mira Lund</a><span class="tooltip-text">Mira Lund has been mayor since 2019</span></span>, opened it.</p>`, "The mayor, Mira Lund, opened it."},
		"the box alone":               {`<p>The mayor, Mira Lund<span class="tooltip">mayor since 2019</span>, opened it.</p>`, "The mayor, Mira Lund, opened it."},
	} {
		root, err := parse([]byte(c.html))
		if err != nil {
			t.Fatal(err)
		}
		if p := cut(root); len(p.blocks) != 1 || p.blocks[0].text != c.want {
			t.Errorf("%s: %q, want %q", name, p.blocks[0].text, c.want)
		}
	}
}

// TestOnceOnly: the caption below every picture stands once, the question to every person stays.
func TestOnceOnly(t *testing.T) {
	t.Parallel()
	const caption, question = "The bridge at Port Averin in the evening", "What made you move to the upper valley?"
	root, err := parse([]byte("<html><body>" + strings.Repeat("<p>"+caption+"</p><p>"+question+"</p><p>An answer.</p>", 4) + "</body></html>"))
	if err != nil {
		t.Fatal(err)
	}
	p := cut(root)
	keep := make([]bool, len(p.blocks))
	for i := range keep {
		keep[i] = true
	}
	p.onceOnly(keep)
	count := map[string]int{}
	for i := range keep {
		if keep[i] {
			count[p.blocks[i].text]++
		}
	}
	if count[caption] != 1 || count[question] != 4 {
		t.Errorf("caption %d times, question %d times, want 1 and 4", count[caption], count[question])
	}
}
