package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// The numbers are those of crawling.md 5, which measured what colly v2.3.0 does when it is left to
// itself. Those not here are turned round in robots_test.go (1 to 4), hostile_test.go (5, 6, 16, 23) and
// crawl_test.go (2, 14, 17, 18); 21, 24 and 25 are parts of colly that are not used.

// 7: a 304, and any status over 203, is an answer.
func TestCollyStatus(t *testing.T) {
	r := newRig(t, "-- http://a.example/page --\nHTTP/1.1 200 OK\nETag: \"x\"\n\nhello\n", nil)
	got, err := r.fetch(t.Context(), request{url: "http://a.example/page", header: http.Header{"If-None-Match": {`"x"`}}})
	if err != nil || got.status != http.StatusNotModified {
		t.Errorf("status %v, %v", got, err)
	}
}

// 8 and 9: whatever the header and the page say of the charset, the bytes come as they were sent, and
// the header too.
func TestCollyCharset(t *testing.T) {
	for name, body := range map[string][]byte{
		"windows-1251 in the page": []byte("<meta charset=windows-1251>\xcf\xf0\xe8\xe2\xe5\xf2"),
		"UTF-8":                    []byte("Привет"),
		"random":                   {0xff, 0xfe, 0x00, 0x80, 0x1f, 0x8b, 0x08},
	} {
		for _, header := range []string{"text/html", "text/html; charset=utf-8", "text/html; charset=koi8-r", "application/x-gzip", ""} {
			t.Run(name+" "+header, func(t *testing.T) {
				r := newRig(t, "", nil)
				r.web.Handle("http://a.example/page", func(out http.ResponseWriter, _ *http.Request) {
					out.Header()["Content-Type"] = []string{header}
					_, _ = out.Write(body)
				})
				got, err := r.fetch(t.Context(), request{url: "http://a.example/page"})
				if err != nil || !bytes.Equal(got.body, body) || got.header.Get("Content-Type") != header {
					t.Errorf("got %q of type %q, %v", got.body, got.header.Get("Content-Type"), err)
				}
			})
		}
	}
}

// 10: hosts do not wait for each other, and one host has one request at a time.
func TestCollyHostsApart(t *testing.T) {
	inBubble(t, "", func(t *testing.T, r *rig) {
		var inFlight, most, all, allMost atomic.Int64
		for _, host := range []string{"a", "b", "c", "d"} {
			r.web.Handle("http://"+host+".example/*", func(http.ResponseWriter, *http.Request) {
				if n := all.Add(1); n > allMost.Load() {
					allMost.Store(n)
				}
				if host == "a" {
					if n := inFlight.Add(1); n > most.Load() {
						most.Store(n)
					}
					defer inFlight.Add(-1)
				}
				time.Sleep(time.Second)
				all.Add(-1)
			})
		}
		begin := time.Now()
		done := make(chan error)
		for i := range 12 {
			go func() {
				_, err := r.fetch(t.Context(), request{url: fmt.Sprintf("http://%c.example/%d", "abcd"[i%4], i), free: true})
				done <- err
			}()
		}
		for range 12 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if most.Load() != 1 || allMost.Load() != 4 {
			t.Errorf("at once: %d at one host, %d in all", most.Load(), allMost.Load())
		}
		// Three requests of a second each, two pauses of a second.
		if took := time.Since(begin); took != 5*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

// 11: goroutines do not grow with the pages.
func TestCollyGoroutines(t *testing.T) {
	var items strings.Builder
	for i := range 300 {
		fmt.Fprintf(&items, "<item><link>http://a.example/%d</link></item>", i)
	}
	r := newRig(t, "-- http://a.example/feed --\nHTTP/1.1 200 OK\n\n<rss version=\"2.0\"><channel>"+items.String()+"</channel></rss>\n", nil)
	var most atomic.Int64
	before := runtime.NumGoroutine()
	r.web.Handle("http://a.example/*", func(out http.ResponseWriter, in *http.Request) {
		if n := int64(runtime.NumGoroutine()); n > most.Load() {
			most.Store(n)
		}
		fmt.Fprint(out, "hello from ", in.URL.Path)
	})
	if sum := r.crawl(t, Source{ID: "a", Type: Feed, URL: "http://a.example/feed"}); sum.New != 300 {
		t.Errorf("%+v", sum)
	}
	if more := most.Load() - int64(before); more > 40 {
		t.Errorf("%d goroutines more", more)
	}
}

// 12: who is called off stops at once, whether he waits for a pause, for a slot or for an answer.
func TestCollyCancel(t *testing.T) {
	inBubble(t, "", func(t *testing.T, r *rig) {
		r.web.Handle("http://a.example/*", func(_ http.ResponseWriter, in *http.Request) { <-in.Context().Done() })
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		for i := range 5 {
			go func() {
				_, err := r.fetch(ctx, request{url: fmt.Sprintf("http://a.example/%d", i), free: true})
				done <- err
			}()
		}
		synctest.Wait()
		begin := time.Now()
		cancel()
		for range 5 {
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
		}
		if took := time.Since(begin); took != 0 {
			t.Errorf("took %v", took)
		}
	})
}

// 12, the pause: who is called off between two requests to one host does not wait for it to end.
func TestCollyCancelPause(t *testing.T) {
	inBubble(t, "-- http://a.example/page --\nHTTP/1.1 200 OK\n\nhello\n", func(t *testing.T, r *rig) {
		if _, err := r.fetch(t.Context(), request{url: "http://a.example/page", free: true}); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() {
			_, err := r.fetch(ctx, request{url: "http://a.example/page", free: true})
			done <- err
		}()
		synctest.Wait()
		begin := time.Now()
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) || time.Since(begin) != 0 {
			t.Errorf("error %v after %v", err, time.Since(begin))
		}
		if r.web.Asked("http://a.example/page") != 1 {
			t.Error("asked again all the same")
		}
	})
}

// 14: an address that failed can be asked again.
func TestCollyAskAgain(t *testing.T) {
	r := newRig(t, "-- http://a.example/page --\nHTTP/1.1 500 Oops\n\n\n-- http://a.example/page#2 --\nHTTP/1.1 200 OK\n\nhello\n", nil)
	if _, err := r.fetch(t.Context(), request{url: "http://a.example/page"}); reasonOf(err) != ReasonServerError {
		t.Error(err)
	}
	if _, err := r.fetch(t.Context(), request{url: "http://a.example/page"}); err != nil {
		t.Error(err)
	}
}

// 15: a 404 page at an address that ends in .xml.gz is a 404.
func TestCollyGzipPath(t *testing.T) {
	r := newRig(t, "", nil)
	if _, err := r.fetch(t.Context(), request{url: "http://a.example/sitemap.xml.gz"}); reasonOf(err) != ReasonNotFound {
		t.Error(err)
	}
}

// 18: the address asked for, the last one and every hop's robots.txt are known after redirects, also
// where two ways lead to one page.
func TestCollyRedirectTwice(t *testing.T) {
	r := newRig(t, `
-- http://a.example/one --
HTTP/1.1 301 Moved
Location: /page

-- http://a.example/two --
HTTP/1.1 308 Moved
Location: http://b.example/page?utm_source=a

-- http://b.example/page?utm_source=a --
HTTP/1.1 302 Found
Location: http://a.example/page

-- http://a.example/page --
HTTP/1.1 200 OK

hello
`, nil)
	for _, from := range []string{"http://a.example/one", "http://a.example/two", "http://a.example/page", "http://a.example/one"} {
		got, err := r.fetch(t.Context(), request{url: from})
		if err != nil || got.final != "http://a.example/page" {
			t.Errorf("%s: %v, %v", from, got, err)
		}
	}
	if r.web.Asked("http://b.example/robots.txt") != 1 {
		t.Error("the middle host's robots.txt was not asked")
	}
}

// 20 and 22: neither the environment nor cookies change what is asked.
func TestCollyEnvironment(t *testing.T) {
	for name, value := range map[string]string{"HTTP_PROXY": "http://127.0.0.1:1", "http_proxy": "http://127.0.0.1:1", "COLLY_MAX_BODY_SIZE": "3",
		"COLLY_IGNORE_ROBOTSTXT": "n", "COLLY_USER_AGENT": "other", "COLLY_ALLOWED_DOMAINS": "b.example", "COLLY_MAX_DEPTH": "0", "COLLY_DETECT_CHARSET": "y", "COLLY_PARSE_HTTP_ERROR_RESPONSE": "n",
		"COLLY_DISABLE_COOKIES": "n", "COLLY_CACHE_DIR": t.TempDir(), "COLLY_FOLLOW_REDIRECTS": "y", "COLLY_MAX_REQUESTS": "1"} {
		t.Setenv(name, value)
	}
	r := newRig(t, "-- http://a.example/page --\nHTTP/1.1 200 OK\nSet-Cookie: who=me\n\nhello\n-- http://a.example/lost --\nHTTP/1.1 404 No\n\n\n", nil)
	// net/http reads the environment's proxies once a process, so asking shows nothing for sure.
	if r.Crawler.transport.base.Proxy != nil {
		t.Error("a proxy may be used")
	}
	for range 3 {
		if got, err := r.fetch(t.Context(), request{url: "http://a.example/page"}); err != nil || string(got.body) != "hello" {
			t.Fatalf("%v, %v", got, err)
		}
	}
	if _, err := r.fetch(t.Context(), request{url: "http://a.example/lost"}); reasonOf(err) != ReasonNotFound {
		t.Error(err)
	}
	if n := r.web.Asked("http://a.example/page"); n != 3 {
		t.Errorf("asked %d times", n)
	}
	for _, req := range r.web.Requests() {
		if req.Header.Get("Cookie") != "" || !strings.HasPrefix(req.Header.Get("User-Agent"), "tallywire/") {
			t.Errorf("sent %v", req.Header)
		}
	}
}
