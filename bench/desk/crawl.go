package main

import (
	"context"
	"errors"
	"fmt"
	"html"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A newsroom is the web that the measured program crawls: some outlets with a feed each, whose articles are new at
// every pass.
type newsroom struct {
	base     string
	articles atomic.Int64 // served

	mu   sync.Mutex
	next map[string]int // number of an outlet's next article
}

// Of the outlets so many are crawled, each at every interval, and each pass finds so many new articles.
const (
	crawled  = 10
	interval = "@every 10s"
	fresh    = 5
)

// crawling starts the program on a store of its own, which crawls a newsroom until stop. articles counts what it was served.
func crawling(ctx context.Context, bin, dir string) (articles func() int64, stop func(), err error) {
	web, closeIt, err := openNewsroom()
	if err != nil {
		return nil, nil, err
	}
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		return nil, nil, errors.Join(err, closeIt())
	}
	var b strings.Builder
	b.WriteString("store: {path: crawl.db}\narchive: {dir: archive}\ncrawler: {delay: 0s, allow_private_networks: true}\nsources:\n")
	for i := range crawled {
		fmt.Fprintf(&b, "  - {id: outlet-%d, type: feed, url: \"%s/outlet-%d/rss\", schedule: \"%s\"}\n", i, web.base, i, interval)
	}
	file := filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		return nil, nil, errors.Join(err, closeIt())
	}
	cmd := exec.CommandContext(ctx, bin, "run", "--config", file, "--listen", "127.0.0.1:0")
	if err := cmd.Start(); err != nil {
		return nil, nil, errors.Join(err, closeIt())
	}
	return web.articles.Load, func() { _ = cmd.Process.Signal(os.Interrupt); _ = cmd.Wait(); _ = closeIt() }, nil
}

// openNewsroom serves it on loopback until close.
func openNewsroom() (n *newsroom, closeIt func() error, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	n = &newsroom{base: "http://" + l.Addr().String(), next: map[string]int{}}
	s := &http.Server{Handler: n, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = s.Serve(l) }() // ends at Close
	return n, s.Close, nil
}

func (n *newsroom) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	outlet, what, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch {
	case what == "rss":
		n.mu.Lock()
		from := n.next[outlet]
		n.next[outlet] += fresh
		n.mu.Unlock()
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprintf(w, "<rss version=\"2.0\"><channel><title>%s</title>", outlet)
		for i := from; i < from+fresh; i++ {
			fmt.Fprintf(w, "<item><title>Report %d</title><link>%s/%s/a/%d</link><pubDate>%s</pubDate></item>", i, n.base, outlet, i, time.Now().UTC().Format(time.RFC1123Z))
		}
		fmt.Fprint(w, "</channel></rss>")
	case strings.HasPrefix(what, "a/"):
		n.articles.Add(1)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, article(outlet, what))
	default:
		http.NotFound(w, r) // robots.txt: all is open
	}
}

// article is a page of some 20 KB with six figures in the words of the store's claims.
func article(outlet, what string) string {
	seed := uint64(len(what))
	for _, c := range outlet + what {
		seed = seed*31 + uint64(c) // #nosec: any number does
	}
	r := rand.New(rand.NewPCG(seed, 5))
	var b strings.Builder
	fmt.Fprintf(&b, "<!doctype html><html lang=en><head><meta charset=utf-8><title>Report %s</title></head><body><main><article><h1>Report %s</h1>", html.EscapeString(what), html.EscapeString(what))
	for range 6 {
		fmt.Fprintf(&b, "<p>Officials in %s said that %d %s had been %s on Tuesday, and that nobody could say more before the evening.</p>", towns[r.IntN(len(towns))], 1+r.IntN(20_000), nouns[r.IntN(len(nouns))], acts[r.IntN(len(acts))])
		fmt.Fprintf(&b, "<p>%s</p>", strings.Repeat("More was said about it in the course of the day, and nothing of it was a number. ", 40))
	}
	b.WriteString("</article></main></body></html>")
	return b.String()
}
