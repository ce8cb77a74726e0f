package article

import (
	"strings"
	"testing"
)

func TestTitle(t *testing.T) {
	t.Parallel()
	const og = `<meta property="og:site_name" content="Harbor Post"><meta property="og:title" content="Bridge at Port Averin closes">`
	for name, c := range map[string]struct{ head, h1, want string }{
		"the visible form":              {og, "<h1>Bridge at Port Averin closes for the winter</h1>", "Bridge at Port Averin closes for the winter"},
		"a line above the headline":     {og, "<h1>Traffic: Bridge at Port Averin closes</h1>", "Bridge at Port Averin closes"},
		"an h1 of the section":          {og, "<h1>News of the day</h1>", "Bridge at Port Averin closes"},
		"two h1":                        {og, "<h1>Bridge at Port Averin shut</h1><h1>More of it</h1>", "Bridge at Port Averin closes"},
		"an h1 that is the site's name": {og, "<h1>Harbor Post</h1>", "Bridge at Port Averin closes"},
		"feeds are told another headline": {og + `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Why drivers will need patience"}</script>`,
			"<h1>Bridge at Port Averin closes</h1>", "Bridge at Port Averin closes"},
	} {
		_, m, err := open(Input{Body: []byte("<html><head>" + c.head + "</head><body>" + c.h1 + "<p>The council met in the old hall.</p></body></html>")})
		if err != nil {
			t.Fatal(err)
		}
		if m.title != c.want {
			t.Errorf("%s: title %q, want %q", name, m.title, c.want)
		}
	}
}

func TestAuthors(t *testing.T) {
	t.Parallel()
	const text = "<p>The council met in the old hall and spoke for hours about the bridge, the ferry and the road to the upper valley.</p>"
	const graph = `<script type="application/ld+json">{"@graph":[{"@type":"Article","headline":"The bridge"},{"@type":"Person","@id":"#1","name":"webmaster-7"}]}</script>`
	for name, c := range map[string]struct{ head, top, end, want string }{
		"a link to the author's page":         {top: `<a href="/staff/mira-lund/">Mira Lund</a>`, want: "Mira Lund"},
		"links of a list":                     {top: `<a href="/staff/a/">Ada A</a><a href="/staff/b/">Bea B</a><a href="/staff/c/">Cem C</a><a href="/staff/d/">Dov D</a>`, want: ""},
		"a byline before a person of the CMS": {head: graph, top: `<p class="byline">By Mira Lund</p>`, want: "Mira Lund"},
		"a person of the CMS alone":           {head: graph, want: "webmaster-7"},
		"an organisation before a name":       {head: `<meta name="author" content="Valley Ferries e. V.">`, end: "<p>Author: Mira Lund, director of the ferry</p>", want: "Mira Lund"},
		"an organisation alone":               {head: `<meta name="author" content="Valley Ferries e. V.">`, want: "Valley Ferries e. V."},
		"a name below the text":               {end: "<p><b><i>Mira Lund</i></b></p>", want: "Mira Lund"},
		"bold words below the text":           {end: "<p><b>To be continued</b></p>", want: ""},
		"nobody and others":                   {head: `<meta name="author" content="Staff and wire reports">`, want: "Staff and wire reports"},
		"a weblog's line":                     {top: `<div class="author">By Mira Lund under Ferries, Bridges</div>`, want: "Mira Lund"},
	} {
		_, m, err := open(Input{Body: []byte("<html><head>" + c.head + "</head><body><h1>The bridge</h1>" + c.top + strings.Repeat(text, 3) + c.end + "</body></html>")})
		if err != nil {
			t.Fatal(err)
		}
		if m.author != c.want {
			t.Errorf("%s: author %q, want %q", name, m.author, c.want)
		}
	}
}
