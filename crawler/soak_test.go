package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/robfig/cron/v3"

	"tallywire/archive"
	"tallywire/claims"
	"tallywire/crawler"
	"tallywire/internal/webtest"
	"tallywire/pipeline"
	"tallywire/store/boltstore"
)

const (
	soakSites  = 8 // of the day's soak
	shortSites = 3
	soakPage   = 100 << 10 // bytes of an article's page
)

// TestSoak runs the whole service but its web pages (scheduler, crawler, archive, reading, judging, store) over hours of a
// clock that moves only when all wait, on sites that publish and edit every hour and on some that are hostile, and holds that
// memory, goroutines and file handles stay as they were. TALLYWIRE_SOAK=24 soaks for 24 hours (two to five minutes); without
// it there are four, with fewer sites, which is enough to see a page, a connection or a goroutine that is kept.
func TestSoak(t *testing.T) {
	hours, sites := 4, shortSites
	if n, err := strconv.Atoi(os.Getenv("TALLYWIRE_SOAK")); err == nil && n > hours {
		hours, sites = n, soakSites
	} else {
		t.Logf("the short form: %d hours (TALLYWIRE_SOAK=24 for a day)", hours)
	}
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		web := webtest.New(t, "")
		settings := claims.DefaultSettings()
		var timed []pipeline.Timed
		when, err := cron.ParseStandard("@every 15m")
		if err != nil {
			t.Fatal(err)
		}
		add := func(s crawler.Source) {
			timed = append(timed, pipeline.Timed{Source: s, When: when})
			settings.Sources = append(settings.Sources, claims.Source{ID: s.ID, Name: string(s.ID), Class: claims.ClassOutlet})
		}
		begin := time.Now()
		for i := range sites {
			host := fmt.Sprintf("paper%d.example", i)
			web.Handle("http://"+host+"/*", paper(i, begin))
			add(crawler.Source{ID: claims.SourceID(fmt.Sprintf("paper%d", i)), Type: crawler.Feed, URL: "http://" + host + "/feed.xml"})
		}
		for name, h := range hostileSites() {
			web.Handle("http://"+name+".example/*", h)
			add(crawler.Source{ID: claims.SourceID(name), Type: crawler.Page, URL: "http://" + name + ".example/news/"})
		}
		add(crawler.Source{ID: "dead", Type: crawler.Feed, URL: "http://dead.example/feed.xml"})

		s, err := boltstore.Open(filepath.Join(dir, "soak.db"), boltstore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		a, err := archive.Open(archive.Options{Dir: filepath.Join(dir, "archive"), MaxSize: 32 << 10})
		if err != nil {
			t.Fatal(err)
		}
		p := &pipeline.Pipeline{Store: s, Settings: settings, Now: time.Now, Log: slog.New(slog.DiscardHandler)}
		c, err := crawler.New(crawler.Options{AllowPrivateNetworks: true, Delay: time.Second, MaxBody: 1 << 20, State: s, Archive: a, Sink: p.Sink,
			Revisit: []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour}})
		if err != nil {
			t.Fatal(err)
		}
		memory := web.Dial(t)
		crawler.SetDial(c, func(ctx context.Context, network, address string) (net.Conn, error) {
			if strings.HasPrefix(address, "dead.") {
				return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("connection refused")}
			}
			return memory(ctx, network, address)
		})
		ctx, stop := context.WithCancel(t.Context())
		over := make(chan error)
		go func() { over <- p.Run(ctx, c, s, timed) }()

		time.Sleep(8 * time.Minute) // from here on, hours are counted between two slots
		var early, late vitals
		for hour := 1; hour <= hours; hour++ {
			time.Sleep(time.Hour)
			synctest.Wait()
			web.Forget()
			now := measure(t)
			if hour == 2 {
				early = now
			}
			late = now
			if hour <= 4 || hour%4 == 0 {
				t.Logf("hour %2d: %s", hour, now)
			}
		}
		records, _, err := s.Records(ctx, "", 200)
		if err != nil || len(records) < sites*hours/2 {
			t.Errorf("%d documents after %d hours, %v", len(records), hours, err)
		}
		stop()
		if err := <-over; err != nil {
			t.Error(err)
		}
		c.Close()
		if err := errors.Join(a.Close(), s.Close()); err != nil {
			t.Error(err)
		}
		// Measured: 20 KiB an hour, which is the news itself. Bodies that are kept would be 1.6 MB an hour, a goroutine kept a
		// pass 52 an hour, a file of the archive kept open two.
		if more, most := late.heap-early.heap, int64(1<<20+(hours-2)*100<<10); more > most {
			t.Errorf("the heap grew by %d KiB from hour 2 to hour %d, more than %d", more>>10, hours, most>>10)
		}
		if more := late.goroutines - early.goroutines; more > 3 {
			t.Errorf("%d goroutines more in hour %d than in hour 2", more, hours)
		}
		if more := late.handles - early.handles; more > 3 {
			t.Errorf("%d file handles more in hour %d than in hour 2", more, hours)
		}
	})
}

// vitals are what a service must not use more of as time goes by.
type vitals struct {
	heap       int64 // bytes alive after a collection
	goroutines int
	handles    int // open files, 0 where the system does not tell
}

func (v vitals) String() string {
	return fmt.Sprintf("%5d KiB of heap, %d goroutines, %d file handles", v.heap>>10, v.goroutines, v.handles)
}

func measure(t *testing.T) vitals {
	t.Helper()
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what finalizers and pools held
	runtime.ReadMemStats(&m)
	v := vitals{heap: int64(m.HeapAlloc), goroutines: runtime.NumGoroutine()}
	if open, err := os.ReadDir("/proc/self/fd"); err == nil {
		v.handles = len(open)
	}
	return v
}

// paper is a news site that publishes an article at every hour and edits it two hours later. Its feed holds the last ten.
func paper(site int, begin time.Time) http.HandlerFunc {
	filler := strings.Repeat(`<div class="teaser"><a href="/more">Other news of the day</a></div>`, soakPage/70)
	places := []string{"Marsa", "Vell", "Tarn", "Oskel", "Brann"}
	return func(w http.ResponseWriter, r *http.Request) {
		hour := int(time.Since(begin)/time.Hour) + 1
		if r.URL.Path == "/feed.xml" {
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprintf(w, `<rss version="2.0"><channel><title>Paper %d</title>`, site)
			for n := max(1, hour-9); n <= hour; n++ {
				fmt.Fprintf(w, "<item><title>Report %d</title><link>http://%s/news/%d</link></item>", n, r.Host, n)
			}
			fmt.Fprint(w, "</channel></rss>")
			return
		}
		n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/news/"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		edited := ""
		if hour-n >= 2 {
			edited = " The figure was confirmed later in the day."
		}
		at := begin.Add(time.Duration(n-1) * time.Hour)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!DOCTYPE html><html lang="en"><head><title>Report %d of %d</title><meta property="article:published_time" content="%s"></head><body><nav><a href="/">Home</a></nav><main><article><h1>Report %d of %d</h1>
<p>At least %d people were treated at the hospital of %s on %s after the storm, the district office said.%s</p>
<p>The road to the upper valley stayed closed for hours, and the ferry did not run because of the wind, a speaker of the harbour said in the evening.</p>
<p>Those who live by the river know how fast the water comes when the snow melts in the hills, and most had left before noon.</p></article></main><aside>%s</aside></body></html>`,
			n, site, at.Format(time.RFC3339), n, site, 20+n+site, places[(n+site)%len(places)], at.Format("Monday"), edited, filler)
	}
}

// hostileSites are section pages that never end, in as many ways.
func hostileSites() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"drip": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write([]byte("x")); err != nil || http.NewResponseController(w).Flush() != nil {
					return
				}
				time.Sleep(time.Second) // of the bubble's clock
			}
		},
		"broken": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		"huge":   func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 2<<20)) },
		"calendar": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<!DOCTYPE html><html><body><p>Nothing on this day, nor on the one before.</p>")
			for i := range 20 {
				fmt.Fprintf(w, `<a href="/d%d/%d">next day</a> `, time.Now().Unix(), i)
			}
		},
	}
}
