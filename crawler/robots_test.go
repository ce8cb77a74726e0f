package crawler

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// Google's own test cases: 140 of 140.
func TestRobotsGoogle(t *testing.T) {
	raw, err := os.ReadFile(shared(t, "eval/web/google_cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Test, Robots, Agent, URL string
		Allowed                  bool
	}
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	right := 0
	for i, c := range cases {
		if got := robotsAllow(c.Robots, c.Agent, c.URL); got == c.Allowed {
			right++
		} else {
			t.Errorf("case %d, %s: %q for %q at %q: got %v", i, c.Test, c.Robots, c.Agent, c.URL, got)
		}
	}
	t.Logf("%d of %d", right, len(cases))
}

func TestRobotsDelay(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       time.Duration
	}{
		{"none", "User-agent: *\nDisallow: /a\n", 0},
		{"everybody", "User-agent: *\nCrawl-delay: 2\nDisallow: /a\n", 2 * time.Second},
		{"ours outweighs", "User-agent: *\nCrawl-delay: 2\n\nUser-agent: tallywire\nCrawl-delay: 0.5\n", 500 * time.Millisecond},
		{"grouped agents", "User-agent: other\nUser-agent: TallyWire\nCrawl-delay: 7\n", 7 * time.Second},
		{"another's", "User-agent: other\nCrawl-delay: 7\n", 0},
		{"the group has ended", "User-agent: tallywire\nDisallow: /a\n\nUser-agent: other\nCrawl-delay: 7\n", 0},
		{"absurd", "User-agent: *\nCrawl-delay: 99999999999\n", maxCrawlDelay},
		{"negative", "User-agent: *\nCrawl-delay: -3\n", 0},
		{"words", "User-agent: *\nCrawl-delay: slowly\n", 0},
		{"nothing", "", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := robotsDelay(test.text, "tallywire"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// What each answer for robots.txt means for a page (RFC 9309, 2.3.1).
func TestRobotsAnswers(t *testing.T) {
	const page = "-- http://a.example/page --\nHTTP/1.1 200 OK\n\nhello\n"
	redirects := ""
	for _, hop := range []string{"robots.txt /1", "1 /2", "2 /3", "3 /4", "4 /5"} {
		from, to, _ := strings.Cut(hop, " ")
		redirects += "-- http://a.example/" + from + " --\nHTTP/1.1 302 Found\nLocation: " + to + "\n\n"
	}
	const closed = "HTTP/1.1 200 OK\n\nUser-agent: *\nDisallow: /\n"
	for _, test := range []struct {
		name, web string
		want      Reason
	}{
		{"404", page, ""},
		{"403", page + "-- http://a.example/robots.txt --\nHTTP/1.1 403 No\n\n", ""},
		{"401", page + "-- http://a.example/robots.txt --\nHTTP/1.1 401 No\n\n", ""},
		{"410", page + "-- http://a.example/robots.txt --\nHTTP/1.1 410 No\n\n", ""},
		{"429", page + "-- http://a.example/robots.txt --\nHTTP/1.1 429 No\nRetry-After: 100\n\n", ReasonRateLimited},
		{"500", page + "-- http://a.example/robots.txt --\nHTTP/1.1 500 No\n\n", ReasonRobotsDown},
		{"503", page + "-- http://a.example/robots.txt --\nHTTP/1.1 503 No\n\n", ReasonRobotsDown},
		{"an HTML page", page + "-- http://a.example/robots.txt --\nHTTP/1.1 200 OK\nContent-Type: text/html\n\n<html>Disallow: /</html>\n", ""},
		{"closed", page + "-- http://a.example/robots.txt --\nHTTP/1.1 200 OK\n\nUser-agent: *\nDisallow: /\n", ReasonRobots},
		{"with a byte order mark", page + "-- http://a.example/robots.txt --\nHTTP/1.1 200 OK\n\n\ufeffUser-agent: *\nDisallow: /\n", ReasonRobots},
		{"five redirects", page + redirects + "-- http://a.example/5 --\n" + closed, ReasonRobots},
		{"six redirects", page + redirects + "-- http://a.example/5 --\nHTTP/1.1 302 Found\nLocation: /6\n\n-- http://a.example/6 --\n" + closed, ""},
		{"a redirect to another host", page + "-- http://a.example/robots.txt --\nHTTP/1.1 301 Moved\nLocation: http://b.example/rules\n\n-- http://b.example/rules --\nHTTP/1.1 200 OK\n\nUser-agent: *\nDisallow: /page\n", ReasonRobots},
		{"query as written", "-- http://a.example/robots.txt --\nHTTP/1.1 200 OK\n\nUser-agent: *\nDisallow: /page?b=1&a=2\n", ReasonNotFound},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRig(t, test.web, nil)
			_, err := r.fetch(t.Context(), request{url: "http://a.example/page"})
			if got := reasonOf(err); got != test.want {
				t.Errorf("reason %q, want %q: %v", got, test.want, err)
			}
			if test.want != "" && test.want != ReasonNotFound && r.web.Asked("http://a.example/page") > 0 {
				t.Error("the page was asked for")
			}
		})
	}
	t.Run("query in its own order", func(t *testing.T) {
		r := newRig(t, "-- http://a.example/robots.txt --\nHTTP/1.1 200 OK\n\nUser-agent: *\nDisallow: /q?b=1&a=2\n", nil)
		if _, err := r.fetch(t.Context(), request{url: "http://a.example/q?b=1&a=2"}); reasonOf(err) != ReasonRobots {
			t.Error(err)
		}
	})
	t.Run("no answer", func(t *testing.T) {
		r := newRig(t, page, func(o *Options) { o.Timeout = 100 * time.Millisecond })
		r.web.Handle("http://a.example/robots.txt", func(_ http.ResponseWriter, in *http.Request) { <-in.Context().Done() })
		if _, err := r.fetch(t.Context(), request{url: "http://a.example/page"}); reasonOf(err) != ReasonTimeout || r.web.Asked("http://a.example/page") > 0 {
			t.Error(err)
		}
	})
}

// A page that redirects to where robots.txt closes the door is not followed there, on its own host or on another
// (reliability.md, C4).
func TestRobotsOfRedirects(t *testing.T) {
	for _, target := range []string{"http://a.example/secret", "http://b.example/secret"} {
		t.Run(target, func(t *testing.T) {
			r := newRig(t, "-- http://a.example/open --\nHTTP/1.1 302 Found\nLocation: "+target+"\n\n-- "+target+" --\nHTTP/1.1 200 OK\n\nsecret\n"+
				"-- http://a.example/robots.txt --\nHTTP/1.1 200 OK\n\nUser-agent: *\nDisallow: /secret\n-- http://b.example/robots.txt --\nHTTP/1.1 200 OK\n\nUser-agent: *\nDisallow: /\n", nil)
			if _, err := r.fetch(t.Context(), request{url: "http://a.example/open"}); reasonOf(err) != ReasonRobots {
				t.Errorf("error %v", err)
			}
			if n := r.web.Asked(target); n != 0 {
				t.Errorf("%s was asked %d times", target, n)
			}
		})
	}
}

// An endless robots.txt is read to 500 KiB, and the rules there hold.
func TestRobotsEndless(t *testing.T) {
	r := newRig(t, "-- http://a.example/open --\nHTTP/1.1 200 OK\n\nx\n", nil)
	sent := 0
	r.web.Handle("http://a.example/robots.txt", func(out http.ResponseWriter, in *http.Request) {
		_, _ = out.Write([]byte("User-agent: *\nDisallow: /closed\n"))
		line := []byte(strings.Repeat("# nothing of interest here\n", 1000))
		for in.Context().Err() == nil && sent < 200<<20 {
			n, err := out.Write(line)
			sent += n
			if err != nil {
				return
			}
		}
	})
	if _, err := r.fetch(t.Context(), request{url: "http://a.example/closed"}); reasonOf(err) != ReasonRobots {
		t.Errorf("error %v", err)
	}
	if _, err := r.fetch(t.Context(), request{url: "http://a.example/open"}); err != nil {
		t.Error(err)
	}
	if sent > 32<<20 {
		t.Errorf("%d bytes were sent", sent)
	}
}

// Twenty first visits at once read robots.txt once, and it is read again after a day.
func TestRobotsOnce(t *testing.T) {
	r := newRig(t, "-- http://a.example/page --\nHTTP/1.1 200 OK\n\nhello\n", nil)
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if _, err := r.fetch(t.Context(), request{url: "http://a.example/page"}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := r.web.Asked("http://a.example/robots.txt"); n != 1 {
		t.Errorf("asked %d times", n)
	}
	r.clock = r.clock.Add(robotsLife + time.Second)
	if _, err := r.fetch(t.Context(), request{url: "http://a.example/page"}); err != nil {
		t.Error(err)
	}
	if n := r.web.Asked("http://a.example/robots.txt"); n != 2 {
		t.Errorf("asked %d times in two days", n)
	}
}

// One who is called off while he reads robots.txt leaves no verdict for others.
func TestRobotsCalledOff(t *testing.T) {
	r := newRig(t, "-- http://a.example/page --\nHTTP/1.1 200 OK\n\nhello\n", nil)
	ctx, cancel := context.WithCancel(t.Context())
	first := make(chan struct{}, 1)
	first <- struct{}{}
	r.web.Handle("http://a.example/robots.txt", func(out http.ResponseWriter, in *http.Request) {
		select {
		case <-first:
			cancel()
			<-in.Context().Done()
		default:
			http.NotFound(out, in)
		}
	})
	if _, err := r.fetch(ctx, request{url: "http://a.example/page"}); err == nil {
		t.Error("no error")
	}
	if _, err := r.fetch(t.Context(), request{url: "http://a.example/page"}); err != nil {
		t.Error(err)
	}
}

func TestProductToken(t *testing.T) {
	for agent, want := range map[string]string{"tallywire/1 (+https://example.org/bot)": "tallywire", "Desk-Bot": "desk-bot", "9bot": "", "": "", "Täl": "t"} {
		if got := productToken(agent); got != want {
			t.Errorf("%q: got %q, want %q", agent, got, want)
		}
	}
}

// Whatever the file, there is an answer soon, robots.txt of nothing allows all, and a delay stays in its
// bounds.
func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nCrawl-delay: 3\n", "/a/b")
	f.Add("\xff\xfeuser-agent:tallywire\r\rallow:/\x00", "/%zz")
	f.Fuzz(func(t *testing.T, text, path string) {
		robotsAllow(text, "tallywire", "http://a.example/"+path)
		if d := robotsDelay(text, "tallywire"); d < 0 || d > maxCrawlDelay {
			t.Fatalf("delay %v", d)
		}
	})
}
