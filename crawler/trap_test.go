package crawler

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"tallywire/claims"
)

func TestTrapPath(t *testing.T) {
	for path, want := range map[string]bool{
		"/": false, "/a/b/c": false, "/2025/05/05/05/story": false, "/news/news/story": false, "/a/a/a/b": false,
		"/a/a/a/a": true, "/a/b/a/b/a/b/a/b": true, "/x/a/b/c/a/b/c/a/b/c/a/b/c": true, strings.Repeat("/x/y", 11): true,
		"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20": false, "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21": true,
	} {
		if got := trapPath("http://a.example" + path); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
}

// page serves a section page with links, and bodies for them.
func sectionServer(r *rig, links func(pass int64) []string, body func(path string) string) {
	var passes atomic.Int64
	r.web.Handle("http://a.example/*", func(out http.ResponseWriter, in *http.Request) {
		switch in.URL.Path {
		case "/robots.txt":
			http.NotFound(out, in)
		case "/news/":
			fmt.Fprint(out, "<!DOCTYPE html><html>")
			for _, at := range links(passes.Add(1)) {
				fmt.Fprintf(out, "<a href=%q>x</a>", at)
			}
		default:
			fmt.Fprint(out, body(in.URL.RequestURI()))
		}
	})
}

// Calendars, circles, session ids and soft 404s end at their budgets; a real archive is read whole
// (reliability.md, C9).
func TestTraps(t *testing.T) {
	many := func(n int, format string) func(int64) []string {
		return func(pass int64) []string {
			var out []string
			for i := range n {
				out = append(out, fmt.Sprintf(format, int64(i)+pass*10_000))
			}
			return out
		}
	}
	for _, test := range []struct {
		name  string
		links func(int64) []string
		body  func(string) string
		first int // most requests for articles of the first pass
		later int // and of each later one
	}{
		{"calendar", many(1500, "/cal?day=%d"), func(path string) string { return "page of " + path }, 200, 200},
		{"soft 404", many(1500, "/story/%d"), func(string) string { return "Sorry, not found" }, trapSample + passWorkers + 1, trapAllowance},
		{"session ids", many(1500, "/story;jsessionid=%d"), func(path string) string { return "the story" }, 1, 1},
		{"random sessions", many(1500, "/s%d/story"), func(string) string { return "the story" }, trapSample + passWorkers + 1, trapAllowance},
		{"circles", many(1500, "/a/b/a/b/a/b/a/b/%d"), func(path string) string { return path }, 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRig(t, "", func(o *Options) { o.Logger = nil })
			sectionServer(r, test.links, test.body)
			source := Source{ID: "a", Type: Page, URL: "http://a.example/news/"}
			for pass := range 3 {
				r.web.Forget()
				sum := r.crawl(t, source)
				most := test.first
				if pass > 0 {
					most = test.later
				}
				n := 0
				for _, req := range r.web.Requests() {
					if !strings.HasSuffix(req.URL, "/news/") && !strings.HasSuffix(req.URL, "robots.txt") {
						n++
					}
				}
				if n > most {
					t.Errorf("pass %d: %d requests, at most %d wanted; %+v", pass, n, most, sum)
				}
				if n < most/2 {
					t.Errorf("pass %d: %d requests, about %d wanted; %+v", pass, n, most, sum)
				}
				if sum.Reasons[ReasonTrap] == 0 && test.name != "session ids" {
					t.Errorf("pass %d: the trap is not named: %+v", pass, sum)
				}
			}
		})
	}
	t.Run("a real archive", func(t *testing.T) {
		r := newRig(t, "", func(o *Options) { o.Logger = nil })
		sectionServer(r, func(int64) []string {
			var out []string
			for i := range 2000 {
				out = append(out, fmt.Sprintf("/2025/%02d/%02d/story-%d", i/28%12+1, i%28+1, i))
			}
			return out
		}, func(path string) string { return "the story at " + path })
		if sum := r.crawl(t, Source{ID: "a", Type: Page, URL: "http://a.example/news/"}); sum.New != 2000 {
			t.Errorf("%+v", sum)
		}
	})
}

// mortal is a State that dies after some writes, as a killed process does.
type mortal struct {
	*memory
	left atomic.Int64
}

var errDead = errors.New("killed")

func (m *mortal) PutPages(ctx context.Context, pages ...claims.Page) error {
	if m.left.Add(-1) < 0 {
		return errDead
	}
	return m.memory.PutPages(ctx, pages...)
}

func (m *mortal) PutSourceState(ctx context.Context, s claims.SourceState) error {
	if m.left.Load() < 0 {
		return errDead
	}
	return m.memory.PutSourceState(ctx, s)
}

// Ten deaths at any moment lose no page of 500 and fetch none more often than there were deaths
// (reliability.md, A3 and C11).
func TestKilledTenTimes(t *testing.T) {
	const pages, deaths = 500, 10
	state := &mortal{memory: newMemory()}
	r := newRig(t, "", func(o *Options) { o.State, o.Logger = state, nil })
	var items strings.Builder
	for i := range pages {
		fmt.Fprintf(&items, "<item><link>http://a.example/%d</link></item>", i)
	}
	r.web.Add(t, "-- http://a.example/feed --\nHTTP/1.1 200 OK\nETag: \"x\"\n\n<rss version=\"2.0\"><channel>"+items.String()+"</channel></rss>\n")
	r.web.Handle("http://a.example/*", func(out http.ResponseWriter, in *http.Request) { fmt.Fprint(out, "story ", in.URL.Path) })
	source := Source{ID: "a", Type: Feed, URL: "http://a.example/feed"}
	rng := rand.New(rand.NewPCG(1, 2))
	for death := range deaths {
		state.left.Store(rng.Int64N(80))
		if death == 0 {
			state.left.Store(0) // before anything is remembered
		}
		if _, err := r.Crawl(t.Context(), source); !errors.Is(err, errDead) {
			t.Fatalf("death %d: %v", death, err)
		}
	}
	state.left.Store(1 << 40)
	r.crawl(t, source)
	got := map[string]int{}
	for _, f := range r.shelf.got {
		got[f.URL]++
	}
	if len(got) != pages {
		t.Errorf("%d pages of %d", len(got), pages)
	}
	for address, n := range got {
		if n > 1+deaths {
			t.Errorf("%s was taken %d times", address, n)
		}
	}
	if n := len(r.shelf.got) - pages; n > deaths*passWorkers {
		t.Errorf("%d pages were taken again, at most %d workers died with one", n, deaths*passWorkers)
	}
}

// TestKilledAtEveryWrite dies once after each of a pass's writes, one after the other: wherever that is, the next pass takes
// what the door named, also where the door answers that nothing has changed (reliability.md, C11).
func TestKilledAtEveryWrite(t *testing.T) {
	const pages = 5
	for writes := range int64(pages + 3) {
		t.Run(fmt.Sprintf("after %d", writes), func(t *testing.T) {
			state := &mortal{memory: newMemory()}
			r := newRig(t, "", func(o *Options) { o.State, o.Logger = state, nil })
			var items strings.Builder
			for i := range pages {
				fmt.Fprintf(&items, "<item><link>http://a.example/%d</link></item>", i)
			}
			r.web.Add(t, "-- http://a.example/feed --\nHTTP/1.1 200 OK\nETag: \"x\"\n\n<rss version=\"2.0\"><channel>"+items.String()+"</channel></rss>\n")
			r.web.Handle("http://a.example/*", func(out http.ResponseWriter, in *http.Request) { fmt.Fprint(out, "story ", in.URL.Path) })
			source := Source{ID: "a", Type: Feed, URL: "http://a.example/feed"}
			state.left.Store(writes)
			if _, err := r.Crawl(t.Context(), source); err != nil && !errors.Is(err, errDead) {
				t.Fatal(err)
			}
			state.left.Store(1 << 40)
			r.crawl(t, source)
			got := map[string]bool{}
			for _, f := range r.shelf.got {
				got[f.URL] = true
			}
			if len(got) != pages {
				t.Errorf("%d pages of %d: %v", len(got), pages, r.shelf.urls())
			}
		})
	}
}
