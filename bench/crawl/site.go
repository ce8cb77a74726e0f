// Package crawl measures the whole chain on pages like those of news sites: fetch, evidence, article, mentions, store, judge,
// beside what colly with goquery alone makes of the same pages in the same run.
package crawl

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
	"time"

	"tallywire/claims"
	"tallywire/internal/newsgen"
)

// A page is one article of a site.
type page struct {
	host, path string
	title      string
	section    bool // its door is the section page, not the feed
	at         time.Time

	doc  claims.Document
	seed uint64
	size int
}

// body writes the page anew each time, so that the pages themselves weigh nothing in what is measured.
func (p *page) body() []byte {
	return render(rand.New(rand.NewPCG(p.seed, 5)), p.host, p.doc, p.size)
}

// sites makes news sites that carry a made-up region's news: n pages in all on the given number of hosts, with all that such
// pages carry besides, about size bytes each. Half of a host's pages stand in its feed, half on its section page.
func sites(n, hosts, size int) (pages []page, sources []claims.Source) {
	o := newsgen.DefaultOptions()
	o.Events = n / 4
	w := newsgen.New(o)
	rng := rand.New(rand.NewPCG(3, 5))
	for i, r := range w.Reports {
		d := r.Document
		if len(pages) == n {
			break
		}
		if d.Poster != "" {
			continue
		}
		host := fmt.Sprintf("paper%d.example", i%hosts)
		pages = append(pages, page{
			host: host, path: fmt.Sprintf("/news/%s/story-%d.html", d.Published.Format("2006/01/02"), i), title: d.Title, at: d.Published, section: rng.IntN(2) == 0,
			doc: d, seed: uint64(i), size: size/2 + rng.IntN(size),
		})
	}
	for i := range hosts {
		sources = append(sources, claims.Source{ID: claims.SourceID(fmt.Sprintf("paper%d", i)), Name: fmt.Sprintf("Paper %d", i), Class: claims.ClassOutlet})
	}
	return pages, sources
}

// render writes a page: scripts, styles, menus, teasers of other stories, the article, comments, footer.
func render(rng *rand.Rand, host string, d claims.Document, size int) []byte {
	var b strings.Builder
	b.Grow(size + 4096)
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s | %s</title>\n", html.EscapeString(d.Title), host)
	fmt.Fprintf(&b, "<meta property=\"og:title\" content=\"%s\"><meta property=\"article:published_time\" content=\"%s\"><meta name=\"author\" content=\"Ada Quill\">\n", html.EscapeString(d.Title), d.Published.Format(time.RFC3339))
	b.WriteString("<style>" + strings.Repeat(".card{margin:0 auto;padding:4px 8px;color:#222}\n", size/400) + "</style>\n")
	b.WriteString("<script>window.__data={" + strings.Repeat("\"k\":\"some state that the page's scripts carry along\",", size/160) + "\"z\":0};</script></head><body>\n")
	b.WriteString("<header><nav><ul>")
	for _, s := range []string{"Home", "World", "Region", "Economy", "Culture", "Sport", "Weather", "Letters"} {
		fmt.Fprintf(&b, "<li><a href=\"/%s/\">%s</a></li>", strings.ToLower(s), s)
	}
	b.WriteString("</ul></nav></header>\n<main><article><h1>" + html.EscapeString(d.Title) + "</h1>\n")
	fmt.Fprintf(&b, "<p class=\"byline\">By Ada Quill, <time datetime=\"%s\">%s</time></p>\n", d.Published.Format(time.RFC3339), d.Published.Format("2 January 2006"))
	for _, p := range strings.Split(d.Text, "\n\n") {
		b.WriteString("<p>" + html.EscapeString(p) + "</p>\n")
	}
	for range 6 + rng.IntN(8) {
		b.WriteString("<p>" + strings.Join(pickSome(rng, 3+rng.IntN(4)), " ") + "</p>\n")
	}
	b.WriteString("</article><aside><h2>More on this</h2>\n")
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "<div class=\"card teaser\" data-id=\"%d\"><a href=\"/more/%d\"><img src=\"/img/%d.jpg\" alt=\"\" width=\"320\" height=\"180\"><span>Other news of the day</span></a></div>\n", i, i, i)
	}
	fmt.Fprintf(&b, "</aside></main><footer><p>All rights reserved by %s. Imprint, privacy, terms.</p></footer></body></html>\n", host)
	return []byte(b.String())
}

// pickSome are a few sentences of an article that say nothing in figures.
func pickSome(rng *rand.Rand, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = sentences[rng.IntN(len(sentences))]
	}
	return out
}

var sentences = []string{
	"The mayor had called for calm the day before, and most people in the valley followed his word.",
	"Those who live by the river know how fast the water comes when the snow melts in the hills.",
	"A teacher from the upper town said that her class had raised the question long ago.",
	"What follows from this for the coming winter is a matter on which the council is divided.",
	"The ministry promised to look into the matter and to publish what it finds.",
	"On the market square the traders had put up their stalls as on any other morning.",
	"Experts warn that such things will be seen more often, and that money alone will not help.",
	"In the evening the bells rang, and the streets were empty but for a few dogs.",
}
