package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tallywire/claims"
)

const harbor = `
-- http://harbor.example/robots.txt --
HTTP/1.1 200 OK
Content-Type: text/plain

User-agent: *
Disallow: /members/
-- http://harbor.example/rss.xml --
HTTP/1.1 200 OK
Content-Type: application/rss+xml
ETag: "feed-1"

<?xml version="1.0"?>
<rss version="2.0"><channel><title>Harbor</title><link>http://harbor.example/</link>
<item><title>Two boats</title><link>/news/boats.html?utm_source=rss#top</link><pubDate>Mon, 23 Nov 2026 07:00:00 GMT</pubDate></item>
<item><title>A moved page</title><link>http://harbor.example/old</link></item>
<item><title>Members only</title><link>http://harbor.example/members/secret.html</link></item>
<item><title>Lost</title><link>http://harbor.example/lost.html</link></item>
<item><title>Away</title><link>http://harbor.example/away</link></item>
<item><title>Long ago</title><link>http://harbor.example/old-news.html</link><pubDate>Mon, 05 Jan 2026 07:00:00 GMT</pubDate></item>
</channel></rss>
-- http://harbor.example/news/boats.html --
HTTP/1.1 200 OK
Content-Type: text/html
ETag: "boats-1"

<p>Two boats came in.</p>
-- http://harbor.example/old --
HTTP/1.1 301 Moved Permanently
Location: /new

-- http://harbor.example/new --
HTTP/1.1 200 OK
Content-Type: text/html

<p>Here now.</p>
-- http://harbor.example/away --
HTTP/1.1 302 Found
Location: http://closed.example/page

-- http://closed.example/robots.txt --
HTTP/1.1 200 OK

User-agent: *
Disallow: /
-- http://closed.example/page --
HTTP/1.1 200 OK

Nobody may read this.
`

func TestCrawlFeed(t *testing.T) {
	r := newRig(t, harbor, func(o *Options) {
		o.MaxAge = 720 * time.Hour
		o.Revisit = []time.Duration{time.Hour, 6 * time.Hour}
	})
	source := Source{ID: "harbor", Type: Feed, URL: "http://harbor.example/rss.xml"}
	sum := r.crawl(t, source)
	want := Summary{Source: "harbor", Fetched: 2, New: 2, Failed: 1, Passed: 3, State: "ok",
		Reasons: map[Reason]int{ReasonRobots: 2, ReasonNotFound: 1, ReasonTooOld: 1}}
	if diff := cmp.Diff(want, sum); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
	if got, want := r.shelf.urls(), []string{"http://harbor.example/news/boats.html", "http://harbor.example/old"}; !slices.Equal(got, want) {
		t.Errorf("sink got %q, want %q", got, want)
	}
	for _, f := range r.shelf.got {
		if f.URL == "http://harbor.example/old" && f.Final != "http://harbor.example/new" {
			t.Errorf("final address %q", f.Final)
		}
		if f.URL == "http://harbor.example/news/boats.html" && (f.Item == nil || f.Item.Title != "Two boats" || f.Item.Published.Hour() != 7) {
			t.Errorf("item %+v", f.Item)
		}
	}
	for _, closed := range []string{"http://harbor.example/members/secret.html", "http://closed.example/page", "http://harbor.example/old-news.html"} {
		if r.web.Asked(closed) > 0 {
			t.Errorf("asked for %s", closed)
		}
	}

	t.Run("nothing is due", func(t *testing.T) {
		r.web.Forget()
		sum := r.crawl(t, source)
		if sum.Fetched != 0 || sum.New != 0 || sum.Failed != 0 {
			t.Errorf("summary %+v", sum)
		}
		if n := len(r.web.Requests()); n != 1 {
			t.Errorf("%d requests, want the feed's: %v", n, r.web.Requests())
		}
		if tag := r.web.Requests()[0].Header.Get("If-None-Match"); tag != `"feed-1"` {
			t.Errorf("If-None-Match %q", tag)
		}
	})
	t.Run("an hour later", func(t *testing.T) {
		r.clock = epoch.Add(time.Hour + time.Minute)
		r.web.Add(t, "-- http://harbor.example/new --\nHTTP/1.1 200 OK\n\n<p>Edited.</p>\n")
		sum := r.crawl(t, source)
		if sum.Unchanged != 0 || sum.New != 1 || sum.Reasons[ReasonNotFound] != 1 {
			t.Errorf("summary %+v", sum)
		}
		// boats.html was published at 7:00: its next visit is at 13:00, not at 9:00.
		r.clock = epoch.Add(5*time.Hour + time.Minute)
		if sum := r.crawl(t, source); sum.Unchanged != 1 {
			t.Errorf("summary %+v", sum)
		}
	})
	state, err := r.state.SourceState(t.Context(), "harbor")
	if err != nil || state.State != "ok" || state.LastOK.IsZero() || state.Counts["unchanged"] != 1 {
		t.Errorf("state %+v, %v", state, err)
	}
}

func TestRevisit(t *testing.T) {
	for _, test := range []struct {
		name      string
		revisit   []time.Duration
		published time.Duration // before epoch; 0: unknown
		now       time.Duration // after epoch
		want      time.Duration // after epoch; -1: never
	}{
		{"first age", []time.Duration{time.Hour, 6 * time.Hour}, 0, 0, time.Hour},
		{"second age", []time.Duration{time.Hour, 6 * time.Hour}, 0, 2 * time.Hour, 6 * time.Hour},
		{"unsorted", []time.Duration{6 * time.Hour, time.Hour}, 0, 0, time.Hour},
		{"past the last", []time.Duration{time.Hour, 6 * time.Hour}, 0, 7 * time.Hour, -1},
		{"age runs from publication", []time.Duration{time.Hour, 6 * time.Hour}, 5 * time.Hour, 0, time.Hour},
		{"too old for all", []time.Duration{time.Hour}, 5 * time.Hour, 0, -1},
		{"at every pass", []time.Duration{0}, 100 * time.Hour, 3 * time.Hour, 3 * time.Hour},
		{"never", nil, 0, 0, -1},
		{"published in the future", []time.Duration{time.Hour}, -time.Hour, 0, time.Hour},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := &pass{c: &Crawler{opts: Options{Revisit: test.revisit, Now: func() time.Time { return epoch.Add(test.now) }}}}
			page := claims.Page{First: epoch}
			if test.published != 0 {
				page.Published = epoch.Add(-test.published)
			}
			want := epoch.Add(test.want)
			if test.want < 0 {
				want = time.Time{}
			}
			if got := p.nextVisit(page); !got.Equal(want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

func TestIncludeExclude(t *testing.T) {
	r := newRig(t, harbor, nil)
	sum := r.crawl(t, Source{ID: "h", Type: Feed, URL: "http://harbor.example/rss.xml",
		Include: []*regexp.Regexp{regexp.MustCompile("/news/"), regexp.MustCompile("example/old")}, Exclude: []*regexp.Regexp{regexp.MustCompile("old-")}})
	if got, want := r.shelf.urls(), []string{"http://harbor.example/news/boats.html", "http://harbor.example/old"}; !slices.Equal(got, want) || sum.Failed+sum.Passed != 0 {
		t.Errorf("got %q, want %q; %+v", got, want, sum)
	}
}

func TestDoorFails(t *testing.T) {
	for _, test := range []struct {
		name, web string
		kind      Type
		reason    Reason
		state     string
	}{
		{"not found", "", Feed, ReasonNotFound, "gone"},
		{"HTML for a feed", "-- http://a.example/door --\nHTTP/1.1 200 OK\nContent-Type: application/rss+xml\n\n<!DOCTYPE html><title>Hello</title>\n", Feed, ReasonNotFeed, "changed_format"},
		{"JSON that is no feed", "-- http://a.example/door --\nHTTP/1.1 200 OK\n\n{\"a\": 1}\n", Feed, ReasonNotFeed, "changed_format"},
		{"empty", "-- http://a.example/door --\nHTTP/1.1 200 OK\n\n", Feed, ReasonEmpty, "changed_format"},
		{"broken", "-- http://a.example/door --\nHTTP/1.1 500 Oops\n\nx\n", Feed, ReasonServerError, "failed"},
		{"forbidden", "-- http://a.example/door --\nHTTP/1.1 403 No\n\nx\n", Sitemap, ReasonForbidden, "blocked"},
		{"slow down", "-- http://a.example/door --\nHTTP/1.1 429 No\nRetry-After: 90\n\nx\n", Page, ReasonRateLimited, "rate_limited"},
		{"a bot check", "-- http://a.example/door --\nHTTP/1.1 403 No\nCf-Mitigated: challenge\n\n<title>Just a moment...</title>\n", Page, ReasonChallenge, "blocked"},
		{"HTML for a sitemap", "-- http://a.example/door --\nHTTP/1.1 200 OK\n\n<html><body>x</body></html>\n", Sitemap, ReasonNotSitemap, "changed_format"},
		{"robots.txt closes it", "-- http://a.example/robots.txt --\nHTTP/1.1 200 OK\n\nUser-agent: tallywire\nDisallow: /door\n", Page, ReasonRobots, "blocked"},
		{"robots.txt broken", "-- http://a.example/robots.txt --\nHTTP/1.1 503 No\n\n", Page, ReasonRobotsDown, "failed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRig(t, test.web, nil)
			sum, err := r.Crawl(t.Context(), Source{ID: "a", Type: test.kind, URL: "http://a.example/door"})
			if got := reasonOf(err); got != test.reason || sum.State != test.state {
				t.Errorf("reason %q, state %q, want %q, %q (%v)", got, sum.State, test.reason, test.state, err)
			}
			state, _ := r.state.SourceState(t.Context(), "a")
			if state.State != test.state || state.Error == "" || state.Fails != 1 {
				t.Errorf("stored state %+v", state)
			}
		})
	}
}

// A pass that is stopped leaves everything it has not done in the frontier, though the door then answers
// 304, and does nothing twice.
func TestStopAndGoOn(t *testing.T) {
	r := newRig(t, harbor, nil)
	source := Source{ID: "harbor", Type: Feed, URL: "http://harbor.example/rss.xml"}
	ctx, stop := context.WithCancel(t.Context())
	sink := r.opts.Sink
	r.opts.Sink = func(c context.Context, f Fetched) (Result, error) {
		stop()
		return sink(c, f)
	}
	_, err := r.Crawl(ctx, source)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
	r.opts.Sink = sink
	r.crawl(t, source)
	got := map[string]int{}
	for _, f := range r.shelf.got {
		got[f.URL]++
	}
	for _, want := range []string{"http://harbor.example/news/boats.html", "http://harbor.example/old", "http://harbor.example/old-news.html"} {
		if got[want] == 0 && want != "http://harbor.example/old-news.html" {
			t.Errorf("%s is lost", want)
		}
	}
}

// A store that fails stops the pass with its error.
func TestSinkFails(t *testing.T) {
	r := newRig(t, harbor, nil)
	disk := errors.New("disk full")
	r.opts.Sink = func(context.Context, Fetched) (Result, error) { return Result{}, disk }
	sum, err := r.Crawl(t.Context(), Source{ID: "h", Type: Feed, URL: "http://harbor.example/rss.xml"})
	if !errors.Is(err, disk) || sum.State != "failed" {
		t.Errorf("error %v, state %s", err, sum.State)
	}
}

func TestSinkPanics(t *testing.T) {
	r := newRig(t, harbor, nil)
	r.opts.Sink = func(_ context.Context, f Fetched) (Result, error) {
		if f.URL == "http://harbor.example/old" {
			panic("a parser's mistake")
		}
		return Result{Outcome: Added, Canonical: f.URL}, nil
	}
	sum := r.crawl(t, Source{ID: "h", Type: Feed, URL: "http://harbor.example/rss.xml"})
	if sum.Reasons[ReasonPanic] != 1 || sum.New != 1 {
		t.Errorf("summary %+v", sum)
	}
}

// An address that gave a document and is no more is told of once.
func TestGone(t *testing.T) {
	r := newRig(t, harbor, func(o *Options) { o.Revisit = []time.Duration{0} })
	source := Source{ID: "h", Type: Feed, URL: "http://harbor.example/rss.xml"}
	r.crawl(t, source)
	r.shelf.forget()
	r.web.Add(t, "-- http://harbor.example/news/boats.html --\nHTTP/1.1 410 Gone\n\n\n")
	for range 2 {
		r.crawl(t, source)
	}
	var gone []string
	for _, f := range r.shelf.got {
		if f.Gone {
			gone = append(gone, f.URL)
		}
	}
	if !slices.Equal(gone, []string{"http://harbor.example/news/boats.html"}) {
		t.Errorf("gone %q", gone)
	}
}

// A door that fails is to be left alone longer each time, or as long as its server asks.
func TestNextPass(t *testing.T) {
	r := newRig(t, "-- http://b.example/feed --\nHTTP/1.1 429 No\nRetry-After: 7200\n\n\n", nil)
	for _, test := range []struct {
		url  string
		want []time.Duration
	}{
		{"http://a.example/lost", []time.Duration{5 * time.Minute, 10 * time.Minute, 20 * time.Minute}},
		{"http://b.example/feed", []time.Duration{2 * time.Hour}},
	} {
		for i, want := range test.want {
			if _, err := r.Crawl(t.Context(), Source{ID: "s", Type: Feed, URL: test.url}); err == nil {
				t.Fatal("no error")
			}
			state, err := r.state.SourceState(t.Context(), "s")
			if rest := state.NextPass.Sub(r.clock); err != nil || rest != want && test.url[7] == 'a' || rest < want {
				t.Errorf("%s, failure %d: rests %v, want %v", test.url, i, rest, want)
			}
		}
		r.state = newMemory()
		r.opts.State = r.state
	}
}

// Dates that cannot be are as good as none.
func TestPlausible(t *testing.T) {
	for at, want := range map[string]bool{"2026-11-22T00:00:00Z": true, "2026-11-24T07:00:00Z": true, "2026-11-25T07:00:00Z": false, "1970-01-01T00:00:00Z": false, "1995-01-01T00:00:00Z": true, "2099-01-01T00:00:00Z": false} {
		when, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := !plausible(when, epoch).IsZero(); got != want {
			t.Errorf("%s: %v", at, got)
		}
	}
	r := newRig(t, "-- http://a.example/feed --\nHTTP/1.1 200 OK\n\n<rss version=\"2.0\"><channel><item><link>http://a.example/x</link><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate></item></channel></rss>\n-- http://a.example/x --\nHTTP/1.1 200 OK\n\nhello\n", func(o *Options) { o.MaxAge = time.Hour })
	if sum := r.crawl(t, Source{ID: "a", Type: Feed, URL: "http://a.example/feed"}); sum.New != 1 {
		t.Errorf("%+v", sum)
	}
}

// The list of reasons is closed, and a user finds every one of them in the documentation.
func TestReasonsDocumented(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "doc", "crawling.md"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[Reason]bool{}
	for _, reason := range Reasons {
		if seen[reason] || !strings.Contains(string(text), "`"+string(reason)+"`") {
			t.Errorf("%s is listed twice or not documented", reason)
		}
		seen[reason] = true
	}
}

// More than one pass can ask for stays in the frontier, though the door then answers 304.
func TestMoreThanAPass(t *testing.T) {
	r := newRig(t, "", func(o *Options) { o.Logger = nil })
	r.web.Handle("http://a.example/*", func(out http.ResponseWriter, in *http.Request) {
		if in.URL.Path != "/sitemap.xml" {
			fmt.Fprint(out, in.URL.Path)
			return
		}
		out.Header().Set("ETag", `"x"`)
		if in.Header.Get("If-None-Match") != "" {
			out.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(out, "<urlset>")
		for i := range passBudget + 300 {
			fmt.Fprintf(out, "<url><loc>http://a.example/%d</loc></url>", i)
		}
		fmt.Fprint(out, "</urlset>")
	})
	source := Source{ID: "a", Type: Sitemap, URL: "http://a.example/sitemap.xml"}
	for i, want := range []int{passBudget, 300, 0} {
		if sum := r.crawl(t, source); sum.New != want || sum.Passed+sum.Failed > 0 {
			t.Errorf("pass %d: %+v", i, sum)
		}
	}
}

// A feed that is gone fails its source, and the articles known are looked after all the same.
func TestDoorGoneArticlesStay(t *testing.T) {
	r := newRig(t, harbor, func(o *Options) { o.Revisit = []time.Duration{0} })
	source := Source{ID: "harbor", Type: Feed, URL: "http://harbor.example/rss.xml"}
	r.crawl(t, source)
	r.web.Add(t, "-- http://harbor.example/rss.xml --\nHTTP/1.1 404 Not Found\n\n\n-- http://harbor.example/new --\nHTTP/1.1 200 OK\n\nCorrected.\n")
	sum, err := r.Crawl(t.Context(), source)
	if reasonOf(err) != ReasonNotFound || sum.State != "gone" || sum.New != 1 || sum.Unchanged == 0 {
		t.Errorf("%+v, %v", sum, err)
	}
}

// An article belongs to the source whose site it is on, whoever lists it and in whatever order.
func TestOwners(t *testing.T) {
	const web = `
-- http://a.example/feed --
HTTP/1.1 200 OK

<rss version="2.0"><channel><item><link>http://a.example/one</link></item></channel></rss>
-- http://digest.example/feed --
HTTP/1.1 200 OK

<rss version="2.0"><channel><item><link>http://www.a.example/two</link></item><item><link>http://a.example/one</link></item><item><link>http://far.example/three</link></item></channel></rss>
-- http://a.example/one --
HTTP/1.1 200 OK

one
-- http://www.a.example/two --
HTTP/1.1 200 OK

two
-- http://far.example/three --
HTTP/1.1 200 OK

three
`
	sources := []Source{{ID: "a", Type: Feed, URL: "http://a.example/feed"}, {ID: "digest", Type: Feed, URL: "http://digest.example/feed"}, {ID: "m", Type: Mastodon, URL: "http://far.example"}}
	for _, order := range [][]int{{0, 1}, {1, 0}} {
		r := newRig(t, web, func(o *Options) { o.Owners = NewOwners(sources) })
		for _, i := range order {
			r.crawl(t, sources[i])
		}
		got := map[string]claims.SourceID{}
		for _, f := range r.shelf.got {
			got[f.URL] = f.Source
		}
		want := map[string]claims.SourceID{"http://a.example/one": "a", "http://www.a.example/two": "a", "http://far.example/three": "digest"}
		if diff := cmp.Diff(want, got); diff != "" || len(r.shelf.got) != 3 {
			t.Errorf("order %v (-want +got):\n%s", order, diff)
		}
	}
	shared := NewOwners([]Source{{ID: "a", Type: Feed, URL: "http://a.example/1"}, {ID: "b", Type: Page, URL: "http://www.a.example/2"}})
	if id := shared.site("http://a.example/x"); id != "" {
		t.Errorf("a site of two sources belongs to %s", id)
	}
}
