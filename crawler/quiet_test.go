package crawler

import (
	"net/http"
	"testing"
	"time"

	"tallywire/claims"
)

// TestQuietDoor follows a feed on a schedule of a quarter of an hour through a night without news: it is asked less and
// less, its articles are asked for all the same when their time comes, and one new item has it asked at every slot again.
func TestQuietDoor(t *testing.T) {
	const slot = 15 * time.Minute
	r := newRig(t, "-- http://a.example/1 --\nHTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>One</p>\n-- http://a.example/2 --\nHTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>Two</p>\n",
		func(o *Options) { o.Revisit = []time.Duration{7 * time.Hour} })
	asked, items := 0, "<item><link>http://a.example/1</link></item>"
	r.web.Handle("http://a.example/feed", func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = w.Write([]byte("<rss version=\"2.0\"><channel><title>A</title>" + items + "</channel></rss>"))
	})
	source := Source{ID: "a", Type: Feed, URL: "http://a.example/feed", Every: slot}
	doorAt := func() (asks int, sum Summary) {
		before := asked
		sum = r.crawl(t, source)
		r.clock = r.clock.Add(slot)
		return asked - before, sum
	}
	var pattern string
	for range 32 { // eight hours, with the one article due again in the last
		n, sum := doorAt()
		pattern += string(rune('0' + n))
		if n == 0 && sum.State != "ok" {
			t.Errorf("a pass without its door is %+v", sum)
		}
	}
	// The first pass brings the article; after four quiet ones every second slot, every third, every fourth.
	if want := "11111" + "01010101" + "001001001001" + "0001000"; pattern != want {
		t.Errorf("the door was asked %s\nwant               %s", pattern, want)
	}
	page, err := r.state.Page(t.Context(), "http://a.example/1")
	if err != nil || page.Fetched.Sub(epoch) != 7*time.Hour {
		t.Errorf("the article was asked again %v after the first time, want 7h: %v", page.Fetched.Sub(epoch), err)
	}
	state, err := r.state.SourceState(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if passes, until := Quiet(state); passes < 12 || !until.After(r.clock.Add(-slot)) || until.After(r.clock.Add(quietMost*slot)) {
		t.Errorf("quiet for %d passes, until %v", passes, until)
	}

	items += "<item><link>http://a.example/2</link></item>"
	manual := source
	manual.Every = 0
	if sum := r.crawl(t, manual); sum.New != 1 {
		t.Errorf("a pass that is asked for leaves the door alone: %+v", sum)
	}
	for range 4 {
		if n, _ := doorAt(); n != 1 {
			t.Error("a door with news is not asked at every slot")
		}
	}
}

func TestQuietRest(t *testing.T) {
	for _, c := range []struct {
		passes      int
		every, want time.Duration
	}{
		{0, time.Minute, time.Minute}, {3, time.Minute, time.Minute}, {4, time.Minute, 2 * time.Minute}, {1000, time.Minute, 4 * time.Minute},
		{1000, 10 * time.Hour, 24 * time.Hour}, {1000, 48 * time.Hour, 48 * time.Hour},
	} {
		if got := quietRest(c.passes, c.every); got != c.want {
			t.Errorf("quietRest(%d, %v) = %v, want %v", c.passes, c.every, got, c.want)
		}
	}
	p := &pass{c: &Crawler{opts: Options{Now: func() time.Time { return epoch }}}, source: Source{Every: time.Hour}}
	p.state = claims.SourceState{Cursor: map[string]string{cursorAsk: epoch.Add(300 * time.Hour).Format(time.RFC3339)}}
	if p.leaveDoor() {
		t.Error("a time far ahead, as a clock that was wrong leaves it, closes the door")
	}
}
