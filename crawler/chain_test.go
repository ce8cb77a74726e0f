package crawler

import (
	"errors"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tallywire/claims"
)

// A site that sets a cookie and sends back to the same page is read; the cookie ends with the chain.
func TestCookiesWithinAChain(t *testing.T) {
	r := newRig(t, "", nil)
	r.web.Handle("http://a.example/page", func(out http.ResponseWriter, in *http.Request) {
		if _, err := in.Cookie("consent"); err != nil {
			http.SetCookie(out, &http.Cookie{Name: "consent", Value: "1"})
			http.Redirect(out, in, "/page", http.StatusFound)
			return
		}
		_, _ = out.Write([]byte("hello"))
	})
	for range 2 {
		r.web.Forget()
		if got, err := r.fetch(t.Context(), request{url: "http://a.example/page"}); err != nil || string(got.body) != "hello" {
			t.Fatalf("%v", err)
		}
		if first := r.web.Requests()[0]; first.Header.Get("Cookie") != "" {
			t.Errorf("the cookie of an earlier chain was sent")
		}
	}
	// A site that sets a new cookie each time is a circle all the same.
	n := 0
	r.web.Handle("http://b.example/page", func(out http.ResponseWriter, in *http.Request) {
		n++
		http.SetCookie(out, &http.Cookie{Name: "n", Value: string(rune('a' + n))})
		http.Redirect(out, in, "/page", http.StatusFound)
	})
	if _, err := r.fetch(t.Context(), request{url: "http://b.example/page"}); reasonOf(err) != ReasonRedirects || n != maxRedirects+1 {
		t.Errorf("%d requests, %v", n, err)
	}
}

// What exclude closes is not asked by way of a redirect either.
func TestExcludedRedirect(t *testing.T) {
	r := newRig(t, `
-- http://a.example/feed --
HTTP/1.1 200 OK

<rss version="2.0"><channel><item><link>http://a.example/go</link></item></channel></rss>
-- http://a.example/go --
HTTP/1.1 302 Found
Location: /sponsored/x

-- http://a.example/sponsored/x --
HTTP/1.1 200 OK

buy
`, nil)
	sum := r.crawl(t, Source{ID: "a", Type: Feed, URL: "http://a.example/feed", Exclude: []*regexp.Regexp{regexp.MustCompile("/sponsored/")}})
	if sum.Reasons[ReasonExcluded] != 1 || sum.Failed != 0 || r.web.Asked("http://a.example/sponsored/x") > 0 {
		t.Errorf("%+v", sum)
	}
}

// A door that stumbles once is asked once more; a page is not.
func TestDoorStumbles(t *testing.T) {
	r := newRig(t, `
-- http://a.example/feed --
HTTP/1.1 502 Bad Gateway


-- http://a.example/feed#2 --
HTTP/1.1 200 OK

<rss version="2.0"><channel><item><link>http://a.example/page</link></item></channel></rss>
-- http://a.example/page --
HTTP/1.1 500 Oops


`, nil)
	if sum := r.crawl(t, Source{ID: "a", Type: Feed, URL: "http://a.example/feed"}); sum.Failed != 1 || r.web.Asked("http://a.example/page") != 1 {
		t.Errorf("%+v", sum)
	}
}

// A 304 that nobody asked for is no page.
func TestUnasked304(t *testing.T) {
	r := newRig(t, "-- http://a.example/feed --\nHTTP/1.1 200 OK\n\n<rss version=\"2.0\"><channel><item><link>http://a.example/page</link></item></channel></rss>\n-- http://a.example/page --\nHTTP/1.1 304 Not Modified\n\n\n", nil)
	if sum := r.crawl(t, Source{ID: "a", Type: Feed, URL: "http://a.example/feed"}); sum.Reasons[ReasonStatus] != 1 || sum.Unchanged != 0 {
		t.Errorf("%+v", sum)
	}
	if sum, err := r.Crawl(t.Context(), Source{ID: "b", Type: Feed, URL: "http://a.example/page"}); reasonOf(err) != ReasonStatus {
		t.Errorf("%+v, %v", sum, err)
	}
}

// A server that sends one ETag whatever it holds is seen through by the body (reliability.md, C13).
func TestLyingETag(t *testing.T) {
	r := newRig(t, "", func(o *Options) { o.Revisit = nil })
	text := "one"
	r.web.Handle("http://a.example/feed", func(out http.ResponseWriter, in *http.Request) {
		out.Header().Set("ETag", `"same"`)
		_, _ = out.Write([]byte(`<rss version="2.0"><channel><item><link>http://a.example/` + text + `</link></item></channel></rss>`))
	})
	source := Source{ID: "a", Type: Feed, URL: "http://a.example/feed"}
	r.crawl(t, source)
	text = "two"
	r.crawl(t, source)
	if r.web.Asked("http://a.example/two") != 1 {
		t.Error("the new item was not seen")
	}
	// And one that answers 304 to it for ever is asked in full once a day.
	r.web.Handle("http://a.example/feed", func(out http.ResponseWriter, in *http.Request) {
		if in.Header.Get("If-None-Match") != "" {
			out.WriteHeader(http.StatusNotModified)
			return
		}
		out.Header().Set("ETag", `"same"`)
		_, _ = out.Write([]byte(`<rss version="2.0"><channel><item><link>http://a.example/three</link></item></channel></rss>`))
	})
	r.crawl(t, source)
	if r.web.Asked("http://a.example/three") != 0 {
		t.Error("the feed was not asked conditionally")
	}
	r.clock = r.clock.AddDate(0, 0, 1)
	r.crawl(t, source)
	if r.web.Asked("http://a.example/three") != 1 {
		t.Error("the feed was not asked in full the next day")
	}
}

// A certificate that nobody vouches for is a failure of its own (reliability.md, D16).
func TestBadCertificate(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(testWriter{t}, "", 0)
	server.StartTLS()
	defer server.Close()
	r := newRig(t, "", func(o *Options) { o.Resolve = nil })
	if _, err := r.fetch(t.Context(), request{url: server.URL, free: true}); reasonOf(err) != ReasonTLS {
		t.Errorf("error %v", err)
	}
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	_, port, _ := net.SplitHostPort(plain.Listener.Addr().String())
	if _, err := r.fetch(t.Context(), request{url: "https://127.0.0.1:" + port, free: true}); reasonOf(err) != ReasonTLS {
		t.Errorf("error %v", err)
	}
}

// A server that knows dates alone is asked with the very date it gave, and one without validators in full.
func TestLastModified(t *testing.T) {
	const when = "Sun, 22 Nov 2026 10:00:00 GMT"
	r := newRig(t, "-- http://a.example/feed --\nHTTP/1.1 200 OK\n\n<rss version=\"2.0\"><channel><item><link>http://a.example/dated</link></item><item><link>http://a.example/bare</link></item></channel></rss>\n-- http://a.example/bare --\nHTTP/1.1 200 OK\n\nhello\n",
		func(o *Options) { o.Revisit = []time.Duration{0} })
	var asked []string
	r.web.Handle("http://a.example/dated", func(out http.ResponseWriter, in *http.Request) {
		asked = append(asked, in.Header.Get("If-Modified-Since"))
		out.Header().Set("Last-Modified", when)
		if in.Header.Get("If-Modified-Since") == when {
			out.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = out.Write([]byte("dated"))
	})
	source := Source{ID: "a", Type: Feed, URL: "http://a.example/feed"}
	for i, want := range []Summary{{New: 2, Fetched: 2}, {Unchanged: 2, Fetched: 1}, {Unchanged: 2, Fetched: 1}} {
		if sum := r.crawl(t, source); sum.New != want.New || sum.Unchanged != want.Unchanged || sum.Fetched != want.Fetched {
			t.Errorf("pass %d: %+v", i, sum)
		}
	}
	if !slices.Equal(asked, []string{"", when, when}) {
		t.Errorf("If-Modified-Since %q", asked)
	}
}

// TestSameBody holds that a page that comes again as it was, from a server without validators, is not read again (C13).
func TestSameBody(t *testing.T) {
	r := newRig(t, "-- http://a.example/feed --\nHTTP/1.1 200 OK\n\n<rss version=\"2.0\"><channel><item><link>http://a.example/1</link></item></channel></rss>\n-- http://a.example/1 --\nHTTP/1.1 200 OK\n\n<p>One</p>\n",
		func(o *Options) { o.Revisit = []time.Duration{0} })
	source := Source{ID: "a", Type: Feed, URL: "http://a.example/feed"}
	if sum := r.crawl(t, source); sum.New != 1 || len(r.shelf.got) != 1 {
		t.Fatalf("%+v", sum)
	}
	r.shelf.forget()
	if sum := r.crawl(t, source); sum.Unchanged != 1 || sum.Fetched != 1 || len(r.shelf.got) != 0 {
		t.Errorf("%+v, read again: %v", sum, r.shelf.urls())
	}
}

// TestNewRefuses holds that nobody crawls without a name that robots.txt can say no to, nor with a second header in it (C16).
func TestNewRefuses(t *testing.T) {
	state, sink := newMemory(), (&shelf{}).take
	for _, agent := range []string{"9bot", "(+https://desk.example)", " tallywire", "tallywire/1\r\nX-Forwarded-For: 127.0.0.1"} {
		if c, err := New(Options{UserAgent: agent, State: state, Sink: sink}); !errors.Is(err, claims.ErrInvalid) {
			t.Errorf("%q: %v, %v", agent, c, err)
		}
	}
	if _, err := New(Options{State: state}); !errors.Is(err, claims.ErrInvalid) {
		t.Errorf("without a Sink: %v", err)
	}
	c, err := New(Options{State: state, Sink: sink})
	if err != nil || !strings.Contains(c.opts.UserAgent, "+https://") {
		t.Errorf("%v; the standard User-Agent is %q", err, c.opts.UserAgent)
	}
}
