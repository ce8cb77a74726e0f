package crawler

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// inBubble runs a test with a Crawler and a Web in memory, whose clock moves only when all wait. The
// delay between two requests to one host is a second.
func inBubble(t *testing.T, web string, test func(*testing.T, *rig)) {
	synctest.Test(t, func(t *testing.T) {
		r := newBubbleRig(t, web, func(o *Options) { o.Delay = time.Second })
		test(t, r)
	})
}

// arrivals are the times at which a host is asked, after the bubble's start.
func arrivals(r *rig, host string, status int, header http.Header) *[]time.Duration {
	var at []time.Duration
	begin := time.Now()
	r.web.Handle("http://"+host+"/*", func(out http.ResponseWriter, _ *http.Request) {
		at = append(at, time.Since(begin))
		for name, values := range header {
			out.Header()[name] = values
		}
		out.WriteHeader(status)
	})
	return &at
}

func TestPauses(t *testing.T) {
	inBubble(t, "-- http://a.example/robots.txt --\nHTTP/1.1 200 OK\n\nUser-agent: *\nCrawl-delay: 7\n", func(t *testing.T, r *rig) {
		at := arrivals(r, "a.example", 200, nil)
		for i := range 3 {
			if _, err := r.fetch(t.Context(), request{url: fmt.Sprintf("http://a.example/%d", i)}); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := fmt.Sprint(*at), "[7s 14s 21s]"; got != want {
			t.Errorf("asked at %s, want %s: robots.txt first, and its delay after every request", got, want)
		}
	})
}

// A 429 is waited for by the whole host, where that is short, and puts its pages off where it is long.
func TestRetryAfter(t *testing.T) {
	for _, test := range []struct {
		name, value string
		status      int
		want        time.Duration // of the host's rest, at least
		most        time.Duration
	}{
		{"seconds", "120", 429, 120 * time.Second, 120 * time.Second},
		{"503", "120", 503, 120 * time.Second, 120 * time.Second},
		{"a date", "Sat, 01 Jan 2000 00:03:20 GMT", 429, 200 * time.Second, 200 * time.Second}, // bubbles begin at midnight
		{"a date gone by", "Fri, 31 Dec 1999 00:00:00 GMT", 429, restAfter429, restAfter429 * 11 / 10},
		{"negative", "-1", 429, restAfter429, restAfter429 * 11 / 10},
		{"ten years", "315360000", 429, maxRest, maxRest},
		{"absurd", "9e99", 429, maxRest, maxRest},
		{"words", "soon", 429, restAfter429, restAfter429 * 11 / 10},
		{"none", "", 429, restAfter429, restAfter429 * 11 / 10},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, "", func(t *testing.T, r *rig) {
				r.opts.Now = time.Now
				header := http.Header{}
				if test.value != "" {
					header.Set("Retry-After", test.value)
				}
				at := arrivals(r, "a.example", test.status, header)
				if _, err := r.fetch(t.Context(), request{url: "http://a.example/1", free: true}); reasonOf(err) != ReasonRateLimited {
					t.Fatal(err)
				}
				rest := time.Until(r.hosts.known["a.example"].rest)
				if rest < test.want || rest > test.most {
					t.Errorf("rests %v, want %v to %v", rest, test.want, test.most)
				}
				if rest > maxWait {
					begin := time.Now()
					if _, err := r.fetch(t.Context(), request{url: "http://a.example/2", free: true}); reasonOf(err) != ReasonRateLimited || time.Since(begin) > 0 {
						t.Errorf("after %v: %v", time.Since(begin), err)
					}
				}
				if len(*at) != 1 {
					t.Errorf("asked %d times", len(*at))
				}
				time.Sleep(rest)
				_, _ = r.fetch(t.Context(), request{url: "http://a.example/3", free: true})
				if len(*at) != 2 {
					t.Errorf("asked %d times after the rest", len(*at))
				}
			})
		})
	}
}

// Failures in a row make longer rests, up to a day, and one good answer ends them.
func TestBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(0)
		var last time.Duration
		for i := range 20 {
			rest := h.outcome("a.example", ReasonUnreachable, 0)
			if rest < last && rest != maxRest {
				t.Errorf("rest %d is %v after %v", i, rest, last)
			}
			last = rest
		}
		if last != maxRest {
			t.Errorf("the last rest is %v", last)
		}
		h.outcome("a.example", "", 0)
		if rest := h.outcome("a.example", ReasonUnreachable, 0); rest > 2*restAfterFailure {
			t.Errorf("rest after a good answer: %v", rest)
		}
	})
}

// A dead host costs the others nothing, and its own pages one attempt.
func TestDeadHost(t *testing.T) {
	r := newRig(t, `
-- http://a.example/feed --
HTTP/1.1 200 OK

<rss version="2.0"><channel>
<item><link>http://dead.missing/1</link></item><item><link>http://dead.missing/2</link></item><item><link>http://dead.missing/3</link></item>
<item><link>http://a.example/1</link></item>
</channel></rss>
-- http://a.example/1 --
HTTP/1.1 200 OK

hello
`, nil)
	sum := r.crawl(t, Source{ID: "a", Type: Feed, URL: "http://a.example/feed"})
	if sum.New != 1 || sum.Reasons[ReasonDNS] != 3 {
		t.Errorf("%+v", sum)
	}
	page, err := r.state.Page(t.Context(), "http://dead.missing/1")
	if err != nil || !page.Due.After(r.clock) || page.Reason != string(ReasonDNS) {
		t.Errorf("page %+v, %v", page, err)
	}
}

func TestWaitOf(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"1.5": 1500 * time.Millisecond, "0": 0, "-5": 0, "NaN": 0, "Inf": maxRest, "1795420860": time.Minute, "1795420740": 0,
		"2026-11-23T08:01:00Z": time.Minute, "Mon, 23 Nov 2026 08:01:00 GMT": time.Minute, "": 0, "later": 0,
	} {
		if got := waitOf(value, epoch); got != want {
			t.Errorf("%q: got %v, want %v", value, got, want)
		}
	}
}

// A Retry-After outlives the process: another Crawler over the same State waits a short one out, and
// leaves a source alone for a long one.
func TestRetryAfterOutlivesTheProcess(t *testing.T) {
	for _, test := range []struct {
		retry string
		asks  bool
	}{{"20", true}, {"600", false}} {
		t.Run(test.retry, func(t *testing.T) {
			const text = "-- http://a.example/feed --\nHTTP/1.1 429 No\nRetry-After: %s\n\n\n-- http://a.example/feed#2 --\nHTTP/1.1 200 OK\n\n<rss version=\"2.0\"><channel><item><link>http://b.example/page</link></item></channel></rss>\n" +
				"-- http://b.example/page --\nHTTP/1.1 503 No\nRetry-After: %[1]s\n\n\n-- http://b.example/page#2 --\nHTTP/1.1 200 OK\n\nhello\n"
			synctest.Test(t, func(t *testing.T) {
				r := newBubbleRig(t, fmt.Sprintf(text, test.retry), func(o *Options) { o.Now = time.Now })
				again := func() *Crawler {
					c, err := New(r.opts)
					if err != nil {
						t.Fatal(err)
					}
					c.transport.base.DialContext = r.Crawler.transport.base.DialContext
					t.Cleanup(c.Close)
					return c
				}
				source := Source{ID: "a", Type: Feed, URL: "http://a.example/feed"}
				if _, err := r.Crawl(t.Context(), source); reasonOf(err) != ReasonRateLimited {
					t.Fatal(err)
				}
				begin := time.Now()
				sum, err := again().Crawl(t.Context(), source)
				if !test.asks {
					if reasonOf(err) != ReasonRateLimited || sum.State != "rate_limited" || r.web.Asked("http://a.example/feed") != 1 || time.Since(begin) > 0 {
						t.Errorf("%+v, %v after %v", sum, err, time.Since(begin))
					}
					time.Sleep(10 * time.Minute)
					begin = time.Now()
					sum, err = again().Crawl(t.Context(), source)
				}
				if err != nil || sum.Reasons[ReasonRateLimited] != 1 || r.web.Asked("http://a.example/feed") != 2 {
					t.Errorf("%+v, %v", sum, err)
				}
				if wait := time.Since(begin); test.asks && wait != 20*time.Second {
					t.Errorf("waited %v", wait)
				}
				begin = time.Now()
				sum, err = again().Crawl(t.Context(), source)
				if wait := time.Since(begin); err != nil || test.asks && (sum.New != 1 || wait != 20*time.Second) || !test.asks && (sum.New+sum.Failed != 0 || wait > 0) {
					t.Errorf("%+v, %v after %v", sum, err, wait)
				}
			})
		})
	}
}

// A host whose pages never end holds a pass up twice, not once a page.
func TestDrippingHost(t *testing.T) {
	inBubble(t, "", func(t *testing.T, r *rig) {
		r.web.Handle("http://a.example/feed", func(out http.ResponseWriter, _ *http.Request) {
			for i := range 20 {
				fmt.Fprintf(out, "%s<item><link>http://b.example/%d</link></item>", map[bool]string{true: "<rss version=\"2.0\"><channel>"}[i == 0], i)
			}
			fmt.Fprint(out, "</channel></rss>")
		})
		r.web.Handle("http://b.example/robots.txt", http.NotFound)
		r.web.Handle("http://b.example/*", func(out http.ResponseWriter, in *http.Request) {
			for in.Context().Err() == nil {
				if _, err := out.Write([]byte("x")); err != nil {
					return
				}
				_ = http.NewResponseController(out).Flush()
				if !sleep(in.Context(), time.Second) {
					return
				}
			}
		})
		begin := time.Now()
		sum := r.crawl(t, Source{ID: "a", Type: Feed, URL: "http://a.example/feed"})
		if took := time.Since(begin); took > 45*time.Second || sum.Reasons[ReasonTooSlow] != 2 || sum.Reasons[ReasonRateLimited] != 18 {
			t.Errorf("%+v after %v", sum, took)
		}
	})
}
