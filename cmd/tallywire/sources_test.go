package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tallywire/internal/config"
)

// TestSourcesTest holds that a front page leads to its feed, and that the entry printed is one that config.yaml takes.
func TestSourcesTest(t *testing.T) {
	t.Parallel()
	var site *httptest.Server
	site = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			fmt.Fprint(w, `<html lang="en"><head><title>Quay Post</title><link rel="alternate" type="application/rss+xml" href="/news.xml"></head><body><p>News</p></body></html>`)
		case "/news.xml":
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprintf(w, `<rss version="2.0"><channel><title>Quay Post</title><item><title>Flood at Marsa</title><link>%s/1</link></item></channel></rss>`, site.URL)
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()
	file := filepath.Join(t.TempDir(), "config.yaml")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("crawler: {allow_private_networks: true, delay: 0s}\n")
	code, out, errs := call(t, "--config", file, "sources", "test", site.URL+"/")
	if code != exitOK || !strings.Contains(out, "feed "+site.URL+"/news.xml: 1 item") || !strings.Contains(out, "Flood at Marsa") {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	_, entry, ok := strings.Cut(out, "\n\n")
	if !ok {
		t.Fatalf("no entry in %s", out)
	}
	write("sources:\n" + entry)
	if strings.Contains(entry, "sources:") {
		write(entry)
	}
	c, err := config.Load(file)
	if err != nil {
		t.Fatalf("the entry is no configuration: %v\n%s", err, entry)
	}
	if len(c.Sources) != 1 || c.Sources[0].URL != site.URL+"/news.xml" {
		t.Errorf("sources are %+v", c.Sources)
	}
	if code, _, errs := call(t, "--config", file, "sources", "test", "http://127.0.0.1:1/"); code != exitFailed || !strings.Contains(errs, "private_address") || !strings.Contains(errs, "hint: ") || !strings.Contains(errs, "allow_private_networks") {
		t.Errorf("a private address: exit %d, %s", code, errs)
	}
}

// TestDryRun holds that a dry run names the articles and asks for none, stores none, and fails where the crawl would.
func TestDryRun(t *testing.T) {
	t.Parallel()
	var site *httptest.Server
	site = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /closed\n")
		case "/news.xml":
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprintf(w, `<rss version="2.0"><channel><item><link>%[1]s/open</link></item><item><link>%[1]s/closed</link></item></channel></rss>`, site.URL)
		default:
			t.Errorf("asked %s", r.URL)
		}
	}))
	defer site.Close()
	dir := t.TempDir()
	file := filepath.Join(dir, "config.yaml")
	text := fmt.Sprintf("store: {path: %s}\narchive: {dir: %s}\ncrawler: {allow_private_networks: true, delay: 0s}\nsources:\n  - {id: quay, name: Quay, type: feed, url: %q, schedule: \"@every 15m\"}\n",
		filepath.Join(dir, "t.db"), filepath.Join(dir, "archive"), site.URL+"/news.xml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time as the first: nothing was stored
		code, out, errs := call(t, "--config", file, "crawl", "--dry-run")
		if code != exitOK || !strings.Contains(out, site.URL+"/open") || !strings.Contains(out, "quay: would ask for 1 page; passed over: robots 1") {
			t.Fatalf("exit %d\n%s%s", code, out, errs)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "archive")); err == nil {
		t.Error("an archive was made")
	}
	if code, out, _ := call(t, "--config", file, "crawl", "--dry-run", "--format", "json"); code != exitOK || !strings.Contains(out, `"why": "new"`) {
		t.Errorf("exit %d\n%s", code, out)
	}
	site.Close()
	if code, out, errs := call(t, "--config", file, "crawl", "--dry-run"); code != exitFailed || !strings.Contains(out, "the door failed") || !strings.Contains(errs, "quay") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}
