package crawler

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"tallywire/claims"
	"tallywire/internal/webtest"
)

// One pass over eight sources of 250 pages of 210 KB each, the size and number of crawling.md 7, without
// pauses: pages/s is the figure to compare (colly with title and text alone gave 428 there).
func BenchmarkCrawl(b *testing.B) {
	const sources, pages = 8, 250
	body := []byte("<!DOCTYPE html><html><title>Story</title>" + strings.Repeat("<p>Some 390 captives came home on Friday, the ministry said.</p>\n", 3400))
	web := webtest.New(b, "")
	for s := range sources {
		host := fmt.Sprintf("http://s%d.example", s)
		var items strings.Builder
		for i := range pages {
			fmt.Fprintf(&items, "<item><title>Story %d</title><link>%s/%d</link></item>", i, host, i)
		}
		feed := "<rss version=\"2.0\"><channel>" + items.String() + "</channel></rss>"
		web.Handle(host+"/*", func(out http.ResponseWriter, in *http.Request) {
			switch in.URL.Path {
			case "/robots.txt":
				http.NotFound(out, in)
			case "/feed":
				fmt.Fprint(out, feed)
			default:
				fmt.Fprintf(out, "<!-- %s -->", in.URL.Path)
				_, _ = out.Write(body)
			}
		})
	}
	resolve := web.Listen(b)
	var taken atomic.Int64
	for b.Loop() {
		c, err := New(Options{AllowPrivateNetworks: true, Resolve: resolve, State: newMemory(), Sink: func(_ context.Context, f Fetched) (Result, error) {
			taken.Add(1)
			return Result{Outcome: Added, Canonical: f.URL}, nil
		}})
		if err != nil {
			b.Fatal(err)
		}
		var all sync.WaitGroup
		for s := range sources {
			all.Go(func() {
				sum, err := c.Crawl(b.Context(), Source{ID: claims.SourceID(fmt.Sprint(s)), Type: Feed, URL: fmt.Sprintf("http://s%d.example/feed", s)})
				if err != nil || sum.New != pages {
					b.Errorf("%+v, %v", sum, err)
				}
			})
		}
		all.Wait()
		c.Close()
	}
	b.ReportMetric(float64(taken.Load())/b.Elapsed().Seconds(), "pages/s")
}

func BenchmarkCanonical(b *testing.B) {
	for b.Loop() {
		if _, err := Canonical("HTTPS://www.Harbor.example:443/news/2026/11/23/a-story.html?utm_source=rss&id=7#top"); err != nil {
			b.Fatal(err)
		}
	}
}

// A server that sends headers and body in two writes, as Python's does, with Nagle's algorithm on.
func BenchmarkTwoWrites(b *testing.B) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_ = c.(*net.TCPConn).SetNoDelay(false)
			go func() {
				defer c.Close()
				for r := bufio.NewReader(c); ; {
					if _, err := http.ReadRequest(r); err != nil {
						return
					}
					_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
					_, _ = io.WriteString(c, "hello")
				}
			}()
		}
	}()
	c, err := New(Options{AllowPrivateNetworks: true, State: newMemory(), Sink: (&shelf{}).take})
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	for b.Loop() {
		if _, err := c.fetch(b.Context(), request{url: "http://" + l.Addr().String() + "/", free: true}); err != nil {
			b.Fatal(err)
		}
	}
}
