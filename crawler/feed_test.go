package crawler

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestReadFeed(t *testing.T) {
	at := func(s string) time.Time {
		out, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return out.UTC()
	}
	const base = "https://news.example/feeds/main.xml"
	for _, test := range []struct {
		name, kind, text string
		want             []link
	}{
		{"RSS", "", `<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><title>N</title><link>https://news.example/</link><language>en-gb</language>
			<item><title>Rock &amp;amp; roll</title><link>/a?utm_medium=rss&amp;amp;id=7</link><author>desk@news.example (Ann Lee)</author><pubDate>Fri, 23 May 2025 10:00:00 +0200</pubDate><description>&lt;p&gt;Text&lt;/p&gt;</description></item>
			<item><title>By GUID</title><guid isPermaLink="true">https://news.example/guid</guid></item>
			<item><title>No address</title><guid>tag:1</guid></item>
			<item><title>Elsewhere</title><link>javascript:alert(1)</link></item></channel></rss>`,
			[]link{
				{"https://news.example/a?id=7", Item{Title: "Rock & roll", Author: "Ann Lee", Language: "en-gb", Summary: "<p>Text</p>", Published: at("2025-05-23T08:00:00Z")}},
				{"https://news.example/guid", Item{Title: "By GUID", Language: "en-gb"}},
			}},
		{"Atom with a relative base", "application/atom+xml", `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>N</title><link href="https://news.example/"/>
			<entry><title>Eins</title><link rel="alternate" href="2025/eins.html"/><updated>2025-05-24T09:00:00Z</updated><published>2025-05-23T09:00:00Z</published><author><name>A</name></author><author><name>B</name></author></entry></feed>`,
			[]link{{"https://news.example/2025/eins.html", Item{Title: "Eins", Author: "A, B", Language: "de", Published: at("2025-05-23T09:00:00Z"), Updated: at("2025-05-24T09:00:00Z")}}}},
		{"JSON Feed", "application/json", `{"version":"https://jsonfeed.org/version/1.1","title":"N","home_page_url":"https://news.example/","language":"uk",
			"items":[{"id":"1","url":"https://news.example/j","title":"J","content_text":"x","date_published":"2025-05-23T09:00:00Z","date_modified":"2025-05-23T10:00:00Z"}]}`,
			[]link{{"https://news.example/j", Item{Title: "J", Language: "uk", Published: at("2025-05-23T09:00:00Z"), Updated: at("2025-05-23T10:00:00Z")}}}},
		{"cut off", "", `<rss version="2.0"><channel><title>N</title><item><title>Whole</title><link>https://news.example/w</link></item><item><title>Ha`,
			[]link{{"https://news.example/w", Item{Title: "Whole"}}}},
		{"no items", "", `<rss version="2.0"><channel><title>N</title></channel></rss>`, nil},
		{"entities that are not expanded", "", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>T &b; &c;</title><link>https://news.example/x</link></item></channel></rss>`,
			[]link{{"https://news.example/x", Item{Title: "T &b; &c;"}}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := readFeed([]byte(test.text), test.kind, base)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(link{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFeedOfHTMLNamesTheFeeds(t *testing.T) {
	page := `<!-- x --><!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head></html>`
	_, err := readFeed([]byte(page), "text/html", "https://news.example/")
	if reasonOf(err) != ReasonNotFeed || !strings.Contains(err.Error(), "https://news.example/rss.xml") {
		t.Errorf("error %v", err)
	}
}

// Ten megabytes of elements, the most that max_body lets in, cost the reader no more than a large feed (reliability.md, D5).
func TestFeedBounds(t *testing.T) {
	for name, text := range map[string]string{
		"deep":         "<rss><channel><item>" + strings.Repeat("<a>", 3_300_000),
		"deep atom":    `<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">` + strings.Repeat("<a>", 3_300_000),
		"open items":   "<rss><channel>" + strings.Repeat("<item>", 1_600_000),
		"empty items":  "<rss><channel>" + strings.Repeat("<item><a/></item>", 600_000) + "</channel></rss>",
		"attributes":   "<rss><channel " + strings.Repeat(`a="b" `, 1_600_000) + "></channel></rss>",
		"namespaces":   "<rss><channel>" + strings.Repeat(`<x:a xmlns:x="u"/>`, 500_000) + "</channel></rss>",
		"JSON objects": `{"version":"https://jsonfeed.org/version/1","items":[` + strings.Repeat("{},", 3_000_000) + "{}]}",
		"JSON lists":   `{"version":"https://jsonfeed.org/version/1","items":` + strings.Repeat("[", 10_000_000),
	} {
		t.Run(name, func(t *testing.T) {
			before := allocated()
			_, err := readFeed([]byte(text), "", "https://a.example/feed")
			if used := allocated() - before; used > 100<<20 {
				t.Errorf("%d MiB allocated", used>>20)
			}
			if reasonOf(err) != ReasonBadFeed {
				t.Errorf("error %v", err)
			}
		})
	}
	for name, c := range map[string][3]string{ // more entries than are looked at: the first of them, in every dialect
		"RSS 2.0": {`<rss version="2.0"><channel><title>T</title>`, "<item><link>https://a.example/%d</link></item>", "</channel></rss>"},
		"RSS 1.0": {`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>T</title></channel>`, "<item><link>https://a.example/%d</link></item>", "</rdf:RDF>"},
		"Atom":    {`<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>`, `<entry><link href="https://a.example/%d"/></entry>`, "</feed>"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, n := range []int{maxItems - 1, maxItems, maxItems + 1, 2 * maxItems} {
				var b strings.Builder
				b.WriteString(c[0])
				for i := range n {
					fmt.Fprintf(&b, c[1], i)
				}
				b.WriteString(c[2])
				links, err := readFeed([]byte(b.String()), "", "https://a.example/feed")
				if want := min(n, maxItems); err != nil || len(links) != want || links[want-1].url != fmt.Sprintf("https://a.example/%d", want-1) {
					t.Errorf("%d entries: %d links, %v", n, len(links), err)
				}
			}
		})
	}
}

// Deep nesting, many attributes and many items end soon.
func TestHostileFeeds(t *testing.T) {
	for name, text := range map[string]string{
		"deep":       "<rss><channel>" + strings.Repeat("<item>", 200_000),
		"attributes": "<rss><channel " + strings.Repeat(`a="b" `, 100_000) + "></channel></rss>",
		"comments":   "<rss><channel>" + strings.Repeat("<!-- x -->", 100_000) + "</channel></rss>",
		"items":      "<rss><channel>" + strings.Repeat("<item><link>https://a.example/x</link></item>", 20_000) + "</channel></rss>",
		"nothing":    strings.Repeat("<", 1_000_000),
		"not UTF-8":  "<rss><channel><title>" + strings.Repeat("\xff", 100_000) + "</title></channel></rss>",
	} {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			links, err := readFeed([]byte(text), "", "https://a.example/feed")
			if len(links) > maxItems {
				t.Errorf("%d links", len(links))
			}
			t.Logf("%d links, %v, %v", len(links), err, time.Since(begin))
		})
	}
}

func FuzzFeed(f *testing.F) {
	f.Add([]byte(`<rss version="2.0"><channel><item><link>/a</link></item></channel></rss>`), "text/xml; charset=koi8-r")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"url":"x"}]}`), "")
	f.Add([]byte("\xff\xfe<\x00r\x00"), "application/xml")
	f.Fuzz(func(t *testing.T, body []byte, kind string) {
		links, err := readFeed(body, kind, "https://a.example/feed")
		if err != nil && reasonOf(err) == "" {
			t.Fatalf("an error without a reason: %v", err)
		}
		for _, l := range links {
			if again, err := Canonical(l.url); err != nil || again != l.url {
				t.Fatalf("%q is not canonical", l.url)
			}
		}
	})
}
