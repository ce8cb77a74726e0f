package crawl

import (
	"context"
	"fmt"
	"html"
	"net"
	"net/http"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/gocolly/colly/v2"

	"tallywire/archive"
	"tallywire/bench/usage"
	"tallywire/claims"
	"tallywire/crawler"
	"tallywire/internal/pacing"
	"tallywire/internal/webtest"
	"tallywire/pipeline"
	"tallywire/store/boltstore"
)

const (
	pageCount = 2000
	hostCount = 10
	pageSize  = 200 << 10
)

type resolver = func(ctx context.Context, hostPort string) (string, error)

// serve puts the pages, their feeds and section pages on loopback.
func serve(b *testing.B, pages []page) resolver {
	b.Helper()
	byHost := map[string]map[string]*page{}
	for i := range pages {
		p := &pages[i]
		if byHost[p.host] == nil {
			byHost[p.host] = map[string]*page{}
		}
		byHost[p.host][p.path] = p
	}
	web := webtest.New(b, "")
	for host, its := range byHost {
		var items, links strings.Builder
		for i := range pages {
			if p := &pages[i]; p.host == host && p.section {
				fmt.Fprintf(&links, "<li><a href=\"%s\">%s</a></li>\n", p.path, html.EscapeString(p.title))
			} else if p.host == host {
				fmt.Fprintf(&items, "<item><title>%s</title><link>http://%s%s</link><pubDate>%s</pubDate></item>\n", html.EscapeString(p.title), host, p.path, p.at.Format(time.RFC1123Z))
			}
		}
		feed := "<rss version=\"2.0\"><channel><title>" + host + "</title>" + items.String() + "</channel></rss>"
		section := "<html><body><ul>" + links.String() + "</ul></body></html>"
		web.Handle("http://"+host+"/*", func(w http.ResponseWriter, r *http.Request) {
			switch p := its[r.URL.Path]; {
			case p != nil:
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				_, _ = w.Write(p.body())
			case r.URL.Path == "/feed.xml":
				w.Header().Set("Content-Type", "application/rss+xml")
				_, _ = w.Write([]byte(feed))
			case r.URL.Path == "/news/":
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				_, _ = w.Write([]byte(section))
			default:
				http.NotFound(w, r)
			}
		})
	}
	return web.Listen(b)
}

// BenchmarkChain reports pages a second of the whole chain and of bare colly on the same pages, their ratio, that of the
// processor time they take, which other work on the machine does not change, the most memory that the chain's heap took, and the
// most that the process had, with the server of the pages. The goal is a ratio of 0.5 and 300 MB. The chain runs as the program
// runs it, with the program's pace of collecting garbage; GOGC=100 in the environment takes that away.
func BenchmarkChain(b *testing.B) {
	pages, sources := sites(pageCount, hostCount, pageSize)
	resolve := serve(b, pages)
	for b.Loop() {
		c0 := usage.CPU()
		bare := bareColly(b, pages, resolve)
		c1 := usage.CPU()
		ours, peak := chain(b, pages, sources, resolve)
		c2 := usage.CPU()
		b.ReportMetric((c1-c0)/float64(len(pages))*1000, "bare-cpu-ms/page")
		b.ReportMetric((c2-c1)/float64(len(pages))*1000, "chain-cpu-ms/page")
		b.ReportMetric(bare, "bare-pages/s")
		b.ReportMetric(ours, "chain-pages/s")
		b.ReportMetric(ours/bare, "ratio")
		b.ReportMetric((c1-c0)/(c2-c1), "cpu-ratio")
		b.ReportMetric(float64(peak)/(1<<20), "peak-heap-MB")
		b.ReportMetric(usage.PeakMemory()/(1<<20), "peak-rss-MB")
	}
}

// bareColly fetches every page with colly and takes the text of its paragraphs with goquery.
func bareColly(b *testing.B, pages []page, resolve resolver) float64 {
	b.Helper()
	c := colly.NewCollector(colly.Async(true), colly.MaxBodySize(10<<20))
	c.WithTransport(&http.Transport{MaxIdleConnsPerHost: 4, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		at, err := resolve(ctx, address)
		if err != nil {
			return nil, err
		}
		var d net.Dialer
		return d.DialContext(ctx, network, at)
	}})
	if err := c.Limit(&colly.LimitRule{DomainGlob: "*", Parallelism: 16}); err != nil {
		b.Fatal(err)
	}
	var letters, read atomic.Int64
	c.OnHTML("html", func(e *colly.HTMLElement) {
		e.DOM.Find("p").Each(func(_ int, p *goquery.Selection) { letters.Add(int64(len(p.Text()))) })
		read.Add(1)
	})
	began := time.Now()
	for i := range pages {
		if err := c.Visit("http://" + pages[i].host + pages[i].path); err != nil {
			b.Fatal(err)
		}
	}
	c.Wait()
	if read.Load() != int64(len(pages)) || letters.Load() == 0 {
		b.Fatalf("colly read %d of %d pages", read.Load(), len(pages))
	}
	return float64(len(pages)) / time.Since(began).Seconds()
}

// chain crawls every page through its feed or section page, keeps the evidence, reads, extracts, stores and judges.
func chain(b *testing.B, pages []page, sources []claims.Source, resolve resolver) (perSecond float64, peak uint64) {
	b.Helper()
	defer pacing.Start(pacing.Size)()
	dir := b.TempDir()
	s, err := boltstore.Open(filepath.Join(dir, "bench.db"), boltstore.Options{})
	if err != nil {
		b.Fatal(err)
	}
	a, err := archive.Open(archive.Options{Dir: filepath.Join(dir, "archive")})
	if err != nil {
		b.Fatal(err)
	}
	settings := claims.DefaultSettings()
	settings.Sources = sources
	p := &pipeline.Pipeline{Store: s, Settings: settings, Now: time.Now}
	c, err := crawler.New(crawler.Options{AllowPrivateNetworks: true, Resolve: resolve, State: s, Archive: a, Sink: p.Sink})
	if err != nil {
		b.Fatal(err)
	}
	var doors []crawler.Source
	for i := range hostCount {
		doors = append(doors,
			crawler.Source{ID: sources[i].ID, Type: crawler.Feed, URL: fmt.Sprintf("http://paper%d.example/feed.xml", i)},
			crawler.Source{ID: sources[i].ID + "-section", Type: crawler.Page, URL: fmt.Sprintf("http://paper%d.example/news/", i)})
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before := m.HeapInuse + m.StackInuse // the pages themselves, and the server that gives them
	stop := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		for {
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapInuse+m.StackInuse-min(before, m.HeapInuse+m.StackInuse))
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	})
	began := time.Now()
	report, err := p.Crawl(b.Context(), c, doors)
	took := time.Since(began)
	close(stop)
	watch.Wait()
	if err != nil {
		b.Fatal(err)
	}
	fresh := 0
	for _, r := range report.Sources {
		fresh += r.New
	}
	if fresh != len(pages) || report.Board.Claims == 0 {
		b.Fatalf("%d of %d pages came in, %d claims: %+v", fresh, len(pages), report.Board.Claims, report.Sources)
	}
	c.Close()
	if err := a.Close(); err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return float64(len(pages)) / took.Seconds(), peak
}
