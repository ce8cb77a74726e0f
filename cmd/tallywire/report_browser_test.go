package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// TestHTMLReportWithoutNetwork opens the report from a file in a browser whose network is off: it asks for nothing, logs nothing, and
// shows every claim with its plot.
func TestHTMLReportWithoutNetwork(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: a browser takes seconds")
	}
	// Every request, to this machine too, goes to a proxy that is not there: the network is off.
	browser := chromium(t, chromedp.Flag("proxy-server", "127.0.0.1:9"), chromedp.Flag("proxy-bypass-list", "<-loopback>"))
	conf := sampleNewsroom(t)
	mustRun(t, "crawl", "--config", conf, "--quiet")
	file := filepath.Join(t.TempDir(), "report.html")
	mustRun(t, "export", "--config", conf, "--format", "html", "--title", "Three days in May", "--out", file)
	b := newTab(t, browser, "")
	var asked atomic.Int64
	if err := chromedp.Listen(b.ctx, func(e any) {
		if r, ok := e.(*network.EventRequestWillBeSent); ok && !strings.HasPrefix(r.Request.URL, "file:") && !strings.HasPrefix(r.Request.URL, "about:") {
			asked.Add(1)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(b.ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	b.open((&url.URL{Scheme: "file", Path: file}).String())
	if n := js[int](b, `document.querySelectorAll('svg').length`); n < 7 {
		t.Errorf("%d plots; want one of every claim", n)
	}
	if n := js[int](b, `[...document.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().width < 100).length`); n > 0 {
		t.Errorf("%d plots have no size", n)
	}
	if text := js[string](b, `document.body.innerText`); !strings.Contains(text, "390 captives") || !strings.Contains(text, "полонених") {
		t.Errorf("the report reads %.400q", text)
	}
	if n := js[int](b, `performance.getEntriesByType('resource').length`); n != 0 || asked.Load() != 0 {
		t.Errorf("the report loaded %d resources and asked for %d", n, asked.Load())
	}
	if color := js[string](b, `getComputedStyle(document.querySelector('h1')).fontWeight`); color == "" {
		t.Error("the report's own style is not at work")
	}
	// The control: a page that does load something is seen to, and gets nothing.
	var got atomic.Int64
	outside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { got.Add(1) }))
	t.Cleanup(outside.Close)
	bad := filepath.Join(t.TempDir(), "bad.html")
	if err := os.WriteFile(bad, []byte(`<img src="`+outside.URL+`/x">`), 0o600); err != nil {
		t.Fatal(err)
	}
	b.open((&url.URL{Scheme: "file", Path: bad}).String())
	if asked.Load() == 0 || got.Load() != 0 {
		t.Errorf("the control asked %d times, %d arrived; want some and none", asked.Load(), got.Load())
	}
}
