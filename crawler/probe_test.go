package crawler

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const probed = `
-- http://named.example/ --
HTTP/1.1 200 OK
Content-Type: text/html

<html><head><title>Named</title><link rel="alternate" type="application/rss+xml" href="/comments/feed"><link rel="alternate" type="application/rss+xml" href="/broken"><link rel="alternate" type="application/rss+xml" href="/main.rss"></head><body><a href="/story">Story</a></body></html>
-- http://named.example/broken --
HTTP/1.1 200 OK

<html></html>
-- http://named.example/main.rss --
HTTP/1.1 200 OK

<rss version="2.0"><channel><title>The "Named" Times</title><language>en</language><item><title>One</title><link>/one</link><pubDate>Mon, 23 Nov 2026 07:00:00 GMT</pubDate></item></channel></rss>
-- http://usual.example/ --
HTTP/1.1 200 OK
Content-Type: text/html

<html><title>Usual</title></html>
-- http://usual.example/feed.xml --
HTTP/1.1 200 OK

<rss version="2.0"><channel><title>Usual</title><item><link>/one</link></item></channel></rss>
-- http://mapped.example/robots.txt --
HTTP/1.1 200 OK

Sitemap: http://mapped.example/all.xml
Sitemap: http://mapped.example/news.xml
-- http://mapped.example/section/ --
HTTP/1.1 200 OK
Content-Type: text/html

<html><title>Mapped</title><a href="/a">A</a></html>
-- http://mapped.example/news.xml --
HTTP/1.1 200 OK

<urlset><url><loc>http://mapped.example/a</loc></url><url><loc>http://mapped.example/b</loc></url></urlset>
-- http://bare.example/news/ --
HTTP/1.1 200 OK
Content-Type: text/html

<html><head><title>Bare News</title></head><body><a href="/news/a">A story</a></body></html>
-- http://empty.example/ --
HTTP/1.1 200 OK
Content-Type: text/html

<html><body>nothing</body></html>
`

func TestProbe(t *testing.T) {
	r := newRig(t, probed, nil)
	server := &fakeMastodon{limit: 40, statuses: []map[string]any{status(1, "Hello there")}}
	r.web.Handle("http://m.example/*", server.ServeHTTP)
	for _, test := range []struct {
		address string
		want    Finding
		yaml    string
	}{
		{"http://named.example", Finding{Type: Feed, URL: "http://named.example/main.rss", Name: `The "Named" Times`, Lang: "en", Count: 1,
			Items: []FoundItem{{"http://named.example/one", "One", time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)}}}, `  - id: named-example
    name: "The \"Named\" Times"
    type: feed
    url: "http://named.example/main.rss"
    class: outlet  # outlet, wire, official, party, ngo or social
    owner: "The \"Named\" Times"  # one owner's outlets are one voice
    language: "en"
    schedule: "@every 15m"
`},
		{"http://named.example/main.rss#x", Finding{Type: Feed, URL: "http://named.example/main.rss", Name: `The "Named" Times`, Lang: "en", Count: 1,
			Items: []FoundItem{{"http://named.example/one", "One", time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)}}}, ""},
		{"http://usual.example/", Finding{Type: Feed, URL: "http://usual.example/feed.xml", Name: "Usual", Count: 1, Items: []FoundItem{{URL: "http://usual.example/one"}}}, ""},
		{"http://mapped.example/section/", Finding{Type: Sitemap, URL: "http://mapped.example/news.xml", Name: "mapped.example", Count: 2, Items: []FoundItem{{URL: "http://mapped.example/a"}, {URL: "http://mapped.example/b"}}}, ""},
		{"http://bare.example/news/", Finding{Type: Page, URL: "http://bare.example/news/", Name: "Bare News", Count: 1, Items: []FoundItem{{URL: "http://bare.example/news/a", Title: "A story"}}}, ""},
		{"http://m.example/@office", Finding{Type: Mastodon, URL: "http://m.example", Account: "office", Name: "The Office", Lang: "en", Count: 1, Items: []FoundItem{{"http://m.example/@office/1", "Hello there", epoch.Add(-99 * time.Minute)}}}, `  - id: office
    name: "The Office"
    type: mastodon
    url: "http://m.example"
    account: "office"
    class: social  # outlet, wire, official, party, ngo or social
    owner: "The Office"  # one owner's outlets are one voice
    language: "en"
    schedule: "@every 15m"
`},
	} {
		t.Run(test.address, func(t *testing.T) {
			got, err := r.Probe(t.Context(), test.address)
			if err != nil {
				t.Fatal(err)
			}
			got.Tried = nil
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.yaml, got.YAML()); test.yaml != "" && diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for address, want := range map[string]Reason{"http://empty.example/": ReasonNotPage, "http://lost.example/": ReasonNotFound, "http://nowhere.missing/": ReasonDNS} {
		if _, err := r.Probe(t.Context(), address); reasonOf(err) != want {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
	}
	if _, err := r.Probe(t.Context(), "ftp://a.example/"); err == nil || !strings.Contains(err.Error(), "neither http") {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Probe(ctx, "http://named.example/"); err == nil {
		t.Error("no error")
	}
}
