package webtest

import (
	"context"
	"io"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

const text = `
-- http://a.example/page?x=1 --
HTTP/1.1 200 OK
Content-Type: text/plain
ETag: "1"

first

-- http://a.example/page?x=1#2 --
HTTP/1.1 503 Busy

-- http://b.example/ --
HTTP/1.1 200 OK

b
`

func TestWeb(t *testing.T) {
	for name, transport := range map[string]func(*Web) *http.Transport{
		"in memory": func(w *Web) *http.Transport { return &http.Transport{DialContext: w.Dial(t)} },
		"on loopback": func(w *Web) *http.Transport {
			at, err := w.Listen(t)(t.Context(), "a.example:80")
			if err != nil {
				t.Fatal(err)
			}
			return &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
				return new(net.Dialer).DialContext(ctx, network, at)
			}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := New(t, text)
			tr := transport(w)
			defer tr.CloseIdleConnections()
			ask := func(address, tag string) (int, string) {
				t.Helper()
				req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
				if err != nil {
					t.Fatal(err)
				}
				if tag != "" {
					req.Header.Set("If-None-Match", tag)
				}
				res, err := (&http.Client{Transport: tr}).Do(req)
				if err != nil {
					t.Fatal(err)
				}
				defer res.Body.Close()
				body, err := io.ReadAll(res.Body)
				if err != nil {
					t.Fatal(err)
				}
				return res.StatusCode, string(body)
			}
			for i, step := range []struct {
				address, tag string
				status       int
				body         string
			}{
				{"http://a.example/page?x=1", "", 200, "first\n"},
				{"http://a.example/page?x=1", "", 503, ""},
				{"http://a.example/page?x=1", "", 503, ""},
				{"http://b.example/", "", 200, "b"},
				{"http://b.example/other", "", 404, "404 page not found\n"},
			} {
				if status, body := ask(step.address, step.tag); status != step.status || body != step.body {
					t.Errorf("step %d: %d %q", i, status, body)
				}
			}
			w.Add(t, "-- http://a.example/page?x=1 --\nHTTP/1.1 200 OK\nETag: \"2\"\n\nnew\n")
			if status, body := ask("http://a.example/page?x=1", `"2"`); status != 304 || body != "" {
				t.Errorf("%d %q", status, body)
			}
			if n := w.Asked("http://a.example/page?x=1"); n != 4 {
				t.Errorf("asked %d times", n)
			}
		})
	}
}

// In a bubble the clock stands still while an answer is under way, and moves while all wait.
func TestBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New(t, "")
		w.Handle("http://a.example/*", func(http.ResponseWriter, *http.Request) { time.Sleep(time.Hour) })
		tr := &http.Transport{DialContext: w.Dial(t)}
		defer tr.CloseIdleConnections()
		begin := time.Now()
		res, err := (&http.Client{Transport: tr}).Get("http://a.example/")
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if took := time.Since(begin); took != time.Hour {
			t.Errorf("took %v", took)
		}
	})
}
