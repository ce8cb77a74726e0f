package crawler

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestPlan holds that a plan names what the next pass asks for, in its order, and that it changes nothing.
func TestPlan(t *testing.T) {
	r := newRig(t, `
-- http://a.example/robots.txt --
HTTP/1.1 200 OK

User-agent: *
Disallow: /closed
-- http://a.example/feed --
HTTP/1.1 200 OK

<rss version="2.0"><channel><item><link>http://a.example/1</link></item><item><link>http://a.example/broken</link></item><item><link>http://a.example/closed</link></item></channel></rss>
-- http://a.example/feed#2 --
HTTP/1.1 200 OK

<rss version="2.0"><channel><item><link>http://a.example/2</link><pubDate>Mon, 23 Nov 2026 07:30:00 GMT</pubDate></item><item><link>http://a.example/1</link></item></channel></rss>
-- http://a.example/1 --
HTTP/1.1 200 OK

<p>One</p>
-- http://a.example/2 --
HTTP/1.1 200 OK

<p>Two</p>
-- http://a.example/broken --
HTTP/1.1 500 No

`, func(o *Options) { o.Revisit = []time.Duration{time.Hour} })
	kept := 0
	r.opts.Archive = archiveFunc(func(Exchange) { kept++ })
	source := Source{ID: "a", Type: Feed, URL: "http://a.example/feed"}
	r.crawl(t, source)
	r.clock = r.clock.Add(2 * time.Hour)
	r.web.Forget()
	r.shelf.forget()
	pages, states, before := fmt.Sprint(r.state.pages), fmt.Sprint(r.state.sources), kept

	plan, err := r.Plan(t.Context(), source)
	if err != nil || plan.Error != "" {
		t.Fatalf("%v, %+v", err, plan)
	}
	var got []string
	for _, p := range plan.Pages {
		got = append(got, p.Why+" "+strings.TrimPrefix(p.URL, "http://a.example/"))
	}
	if want := "[new 2 revisit 1 retry broken]"; fmt.Sprint(got) != want {
		t.Errorf("planned %v, want %s", got, want)
	}
	if !plan.Pages[0].Published.Equal(epoch.Add(-30 * time.Minute)) {
		t.Errorf("published %v", plan.Pages[0].Published)
	}
	if fmt.Sprint(r.state.pages) != pages || fmt.Sprint(r.state.sources) != states || kept != before || len(r.shelf.got) != 0 {
		t.Error("the plan has changed something")
	}
	for _, req := range r.web.Requests() {
		if !strings.HasSuffix(req.URL, "/feed") && !strings.HasSuffix(req.URL, "/robots.txt") {
			t.Errorf("asked %s", req.URL)
		}
	}
	r.web.Forget()
	r.crawl(t, source)
	var asked []string
	for _, req := range r.web.Requests() {
		if name := strings.TrimPrefix(req.URL, "http://a.example/"); name != "feed" && name != "robots.txt" {
			asked = append(asked, name)
		}
	}
	if len(asked) != len(got) {
		t.Errorf("planned %v, then asked %v", got, asked)
	}
	for name, s := range map[string]Source{"a door that is not there": {ID: "b", Type: Feed, URL: "http://a.example/lost"}, "an account": {ID: "c", Type: Mastodon, URL: "http://a.example", Account: "ministry"}} {
		if plan, err := r.Plan(t.Context(), s); err != nil || plan.Error == "" && plan.Note == "" || len(plan.Pages) > 0 {
			t.Errorf("%s: %+v, %v", name, plan, err)
		}
	}
}
