package crawler

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestReadSitemap(t *testing.T) {
	const base = "https://news.example/sitemap.xml"
	at := time.Date(2025, 5, 23, 9, 0, 0, 0, time.UTC)
	urlset := `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
		<url><loc> https://news.example/a?x=1&amp;utm_source=s </loc><lastmod>2025-05-24</lastmod>
		<news:news><news:publication><news:name>N</news:name><news:language>en</news:language></news:publication><news:publication_date>2025-05-23T11:00:00+02:00</news:publication_date><news:title>Rock &amp; roll</news:title></news:news>
		<image:image><image:loc>https://cdn.example/p.jpg</image:loc><image:title>Not this</image:title></image:image></url>
		<url><loc>/relative</loc></url><url><loc>https://elsewhere.example/b</loc></url><url></url><url><loc>javascript:alert(1)</loc></url></urlset>`
	wanted := []link{
		{"https://news.example/a?x=1", Item{Title: "Rock & roll", Language: "en", Published: at, Updated: time.Date(2025, 5, 24, 0, 0, 0, 0, time.UTC)}},
		{"https://news.example/relative", Item{}},
	}
	for _, test := range []struct {
		name, text string
		want       sitemapFile
		reason     Reason
	}{
		{"news sitemap", urlset, sitemapFile{links: wanted}, ""},
		{"gzipped", string(regzip(t, []byte(urlset))), sitemapFile{links: wanted}, ""},
		{"index", `<sitemapindex><sitemap><loc>https://www.news.example/1.xml</loc><lastmod>2025-05-23T09:00:00Z</lastmod></sitemap><sitemap><loc>https://other.example/2.xml</loc></sitemap></sitemapindex>`,
			sitemapFile{children: []sitemapChild{{"https://www.news.example/1.xml", at}}}, ""},
		{"plain text", "https://news.example/a\r\nhttps://news.example/b\n\nhttps://elsewhere.example/c\nnonsense\n", sitemapFile{links: []link{{url: "https://news.example/a"}, {url: "https://news.example/b"}, {url: "https://news.example/nonsense"}}}, ""},
		{"a feed", `<rss version="2.0"><channel><item><link>https://news.example/a</link></item></channel></rss>`, sitemapFile{links: []link{{url: "https://news.example/a"}}}, ""},
		{"breaks off", `<urlset><url><loc>https://news.example/a</loc></url><url><loc>https://news.ex`, sitemapFile{links: []link{{url: "https://news.example/a"}}}, ""},
		{"empty set", `<urlset></urlset>`, sitemapFile{}, ""},
		{"HTML", "<!doctype html><html></html>", sitemapFile{}, ReasonNotSitemap},
		{"another root", "<opml><a/></opml>", sitemapFile{}, ReasonNotSitemap},
		{"nothing", " \n", sitemapFile{}, ReasonEmpty},
		{"no XML", "hello", sitemapFile{}, ReasonNotSitemap},
		{"deep", "<urlset>" + strings.Repeat("<a>", 2_000_000), sitemapFile{}, ReasonBadSitemap},
		{"entities", `<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY e SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://news.example/&b;&e;</loc></url></urlset>`,
			sitemapFile{links: []link{{url: "https://news.example/&b;&e;"}}}, ""},
		{"gzip of nothing", string(regzip(t, nil)), sitemapFile{}, ReasonEmpty},
		{"gzip that breaks off", string(regzip(t, []byte(urlset)))[:60], sitemapFile{}, ReasonBadSitemap},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := readSitemap([]byte(test.text), "application/xml", base)
			if reasonOf(err) != test.reason {
				t.Errorf("error %v, want %q", err, test.reason)
			}
			if test.reason == "" {
				if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(sitemapFile{}, sitemapChild{}, link{})); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
		})
	}
}

// A sitemap of open elements alone ends where it is deeper than any sitemap is: encoding/xml would keep them all (D5).
func TestSitemapDeep(t *testing.T) {
	before := allocated()
	if _, err := readSitemap([]byte("<urlset>"+strings.Repeat("<a>", 2_000_000)), "", "https://news.example/sitemap.xml"); reasonOf(err) != ReasonBadSitemap {
		t.Errorf("error %v", err)
	}
	if used := allocated() - before; used > 64<<20 {
		t.Errorf("%d MiB allocated", used>>20)
	}
}

// More addresses are cut at the 50,000 of the standard.
func TestSitemapTooLong(t *testing.T) {
	var b strings.Builder
	b.WriteString("<urlset>")
	for i := range 50_100 {
		fmt.Fprintf(&b, "<url><loc>https://news.example/%d</loc></url>", i)
	}
	got, err := readSitemap([]byte(b.String()), "", "https://news.example/sitemap.xml")
	if err != nil || len(got.links) != maxSitemapURLs {
		t.Errorf("%d links, %v", len(got.links), err)
	}
}

// Indexes that name themselves, or each other for ever, end (reliability.md, D6); one that fails is
// counted and the rest is read.
func TestSitemapIndexes(t *testing.T) {
	web := `
-- http://a.example/index.xml --
HTTP/1.1 200 OK

<sitemapindex><sitemap><loc>http://a.example/index.xml</loc></sitemap><sitemap><loc>http://a.example/level1.xml</loc><lastmod>2026-01-01</lastmod></sitemap>
<sitemap><loc>http://a.example/lost.xml</loc></sitemap><sitemap><loc>http://a.example/news.xml</loc><lastmod>2026-11-22</lastmod></sitemap></sitemapindex>
-- http://a.example/news.xml --
HTTP/1.1 200 OK
ETag: "n"

<urlset><url><loc>http://a.example/one</loc></url></urlset>
-- http://a.example/one --
HTTP/1.1 200 OK

hello
`
	for i := 1; i < 10; i++ {
		web += fmt.Sprintf("-- http://a.example/level%d.xml --\nHTTP/1.1 200 OK\n\n<sitemapindex><sitemap><loc>http://a.example/level%d.xml</loc></sitemap><sitemap><loc>http://a.example/level1.xml</loc></sitemap></sitemapindex>\n", i, i+1)
	}
	r := newRig(t, web, nil)
	source := Source{ID: "a", Type: Sitemap, URL: "http://a.example/index.xml"}
	sum := r.crawl(t, source)
	if sum.New != 1 || sum.Failed != 1 || sum.Reasons[ReasonNotFound] != 1 {
		t.Errorf("%+v", sum)
	}
	for _, req := range r.web.Requests() {
		if n := r.web.Asked(req.URL); n > 1 {
			t.Errorf("%s was asked %d times", req.URL, n)
		}
	}
	if r.web.Asked("http://a.example/level3.xml") > 0 || r.web.Asked("http://a.example/level2.xml") != 1 {
		t.Error("the indexes were not followed to their depth")
	}
	// Old sitemaps are left alone where only young articles are wanted.
	r.web.Forget()
	r.opts.MaxAge = 720 * time.Hour
	r.crawl(t, source)
	if r.web.Asked("http://a.example/level1.xml") > 0 || r.web.Asked("http://a.example/news.xml") != 1 {
		t.Errorf("asked %v", r.web.Requests())
	}
}

// The sitemaps of trafilatura's and gopher-parse-sitemap's tests.
func TestSitemapFiles(t *testing.T) {
	for name, want := range map[string][2]int{"sitemap.xml": {84, 0}, "sitemap2.xml": {0, 2}, "sitemap.xml.gz": {84, 0}, "sitemap-hreflang.xml": {3, 1}} {
		body, err := os.ReadFile(shared(t, "eval/web/sitemaps/"+name))
		if err != nil {
			t.Fatal(err)
		}
		base := "https://www.sitemaps.org/"
		if i := strings.Index(string(body), "<loc>"); i > 0 {
			base = strings.TrimSpace(strings.SplitN(string(body)[i+5:], "<", 2)[0])
		}
		got, err := readSitemap(body, "", base)
		if err != nil || len(got.links) != want[0] || len(got.children) != want[1] {
			t.Errorf("%s: %d links, %d sitemaps, %v, want %v", name, len(got.links), len(got.children), err, want)
		}
	}
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte(`<urlset><url><loc>https://a.example/x</loc><lastmod>2025-01-01</lastmod></url></urlset>`))
	f.Add([]byte(`<sitemapindex><sitemap><loc>https://a.example/x.xml</loc></sitemap></sitemapindex>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := readSitemap(body, "", "https://a.example/sitemap.xml")
		if err != nil && reasonOf(err) == "" {
			t.Fatalf("an error without a reason: %v", err)
		}
		for _, l := range got.links {
			if !sameSite("https://a.example/", l.url) && !strings.Contains(string(body), "<") {
				t.Fatalf("%q is another site's", l.url)
			}
		}
	})
}
