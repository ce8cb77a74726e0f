package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"tallywire/claims"
)

func TestSocialStates(t *testing.T) {
	html := "-- http://s.example/%s --\nHTTP/1.1 %s\nContent-Type: text/html\n\n<title>Just a moment...</title>\n"
	for _, test := range []struct {
		name   string
		web    string
		source Source
		reason Reason
		state  string
	}{
		{"mastodon: no account", "", Source{Type: Mastodon, Account: "nobody"}, ReasonAccount, "gone"},
		{"mastodon: closed to strangers", "-- http://s.example/api/v1/accounts/lookup?acct=a --\nHTTP/1.1 401 No\n\n{\"error\":\"Unauthorized\"}\n", Source{Type: Mastodon, Account: "a"}, ReasonToken, "auth_needed"},
		{"mastodon: a bot check", fmt.Sprintf(html, "api/v1/accounts/lookup?acct=a", "403 No"), Source{Type: Mastodon, Account: "a"}, ReasonChallenge, "blocked"},
		{"mastodon: a page", fmt.Sprintf(html, "api/v1/accounts/lookup?acct=a", "200 OK"), Source{Type: Mastodon, Account: "a"}, ReasonNotAPI, "changed_format"},
		{"mastodon: too often", "-- http://s.example/api/v1/accounts/lookup?acct=a --\nHTTP/1.1 429 No\nX-Ratelimit-Remaining: 0\nX-Ratelimit-Reset: 2026-11-23T08:04:00.000Z\n\n{}\n", Source{Type: Mastodon, Account: "a"}, ReasonRateLimited, "rate_limited"},
		{"mastodon: broken", "-- http://s.example/api/v1/accounts/lookup?acct=a --\nHTTP/1.1 500 No\n\n{}\n", Source{Type: Mastodon, Account: "a"}, ReasonServerError, "failed"},
		{"mastodon: robots.txt", "-- http://s.example/robots.txt --\nHTTP/1.1 200 OK\n\nUser-agent: *\nDisallow: /api/\n", Source{Type: Mastodon, Account: "a"}, ReasonRobots, "blocked"},
		{"bluesky: no account", "-- http://s.example/xrpc/app.bsky.feed.getAuthorFeed?actor=a&filter=posts_and_author_threads&limit=100 --\nHTTP/1.1 400 No\n\n{\"error\":\"InvalidRequest\",\"message\":\"Profile not found\"}\n", Source{Type: Bluesky, Account: "a"}, ReasonAccount, "gone"},
		{"bluesky: search wants a session", "-- http://s.example/xrpc/app.bsky.feed.searchPosts?limit=100&q=dam&sort=latest --\nHTTP/1.1 403 No\n\n{}\n", Source{Type: Bluesky, Search: "dam"}, ReasonToken, "auth_needed"},
		{"telegram: no channel", "-- http://s.example/s/a --\nHTTP/1.1 302 Found\nLocation: /a\n\n-- http://s.example/a --\nHTTP/1.1 200 OK\n\n<html><body>contact @a</body></html>\n", Source{Type: Telegram, Account: "a"}, ReasonAccount, "gone"},
		{"telegram: no search", "", Source{Type: Telegram, Search: "dam"}, ReasonBadURL, "failed"},
		{"x: no token", "", Source{Type: X, Account: "a"}, ReasonToken, "auth_needed"},
		{"neither account nor search", "", Source{Type: Bluesky}, ReasonBadURL, "failed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRig(t, test.web, nil)
			test.source.ID, test.source.URL = "s", "http://s.example"
			sum, err := r.Crawl(t.Context(), test.source)
			if reasonOf(err) != test.reason || sum.State != test.state {
				t.Errorf("reason %q, state %q, want %q, %q: %v", reasonOf(err), sum.State, test.reason, test.state, err)
			}
			if test.name == "mastodon: too often" {
				if rest := time.Until(r.hosts.known["s.example"].rest); rest < 239*time.Second || rest > 240*time.Second {
					t.Errorf("rests %v", rest)
				}
			}
		})
	}
}

// The recorded answers of real servers are read whole.
func TestRecordedPayloads(t *testing.T) {
	read := func(name string) string {
		raw, err := os.ReadFile(shared(t, "reference/payloads/"+name))
		if err != nil {
			t.Fatal(err)
		}
		return "HTTP/1.1 200 OK\n\n" + string(raw) + "\n"
	}
	for _, test := range []struct {
		name, web string
		source    Source
		want      int
		first     string // text of the newest
	}{
		{"mastodon account", "-- http://s.example/api/v1/accounts/lookup?acct=statoffice --\n" + read("mastodon/accounts_lookup.json") +
			"-- http://s.example/api/v1/accounts/01RW7EX5RN31XFQACTQSCAXJQX/statuses?limit=40 --\n" + read("mastodon/accounts_statuses_p1.json"), Source{Type: Mastodon, Account: "statoffice"}, 3, "chiffres\n\nLe chômage recule à 7,1 % (2,4 millions)"},
		{"mastodon tag", "-- http://s.example/api/v1/timelines/tag/prices?limit=40 --\n" + read("mastodon/timelines_tag.json"), Source{Type: Mastodon, Search: "#prices"}, 2, ""},
		{"bluesky account", "-- http://s.example/xrpc/app.bsky.feed.getAuthorFeed?actor=ministry.test&filter=posts_and_author_threads&limit=100 --\n" + read("bluesky/getAuthorFeed_p1.json"), Source{Type: Bluesky, Account: "ministry.test"}, 5, "Daily figure 11: inflation at 3.1% — année 2021"},
		{"bluesky reposts", "-- http://s.example/xrpc/app.bsky.feed.getAuthorFeed?actor=reporter.test&filter=posts_and_author_threads&limit=100 --\n" + read("bluesky/getAuthorFeed_reporter.json"), Source{Type: Bluesky, Account: "reporter.test"}, 2, "That is wrong: it was 4.1%, source: national statistics office"},
		{"telegram", "-- http://s.example/s/ministrystat --\n" + read("telegram/t.me_s_channel_shape.html") + "-- http://s.example/s/ministrystat?before=101 --\n" + read("telegram/t.me_s_channel_shape.html"), Source{Type: Telegram, Account: "ministrystat"}, 3, "Budget: 1,2 млрд € за 2025 год"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRig(t, test.web, nil)
			test.source.ID, test.source.URL = "s", "http://s.example"
			_, err := r.Crawl(t.Context(), test.source)
			if err != nil && reasonOf(err) != ReasonNotFound && reasonOf(err) != ReasonAccount { // the second page of a listing
				t.Fatal(err)
			}
			for _, f := range r.shelf.got {
				t.Logf("%s %s %s %q", f.Post.URL, f.Post.Poster, f.Post.Published.Format(time.RFC3339), f.Post.Text)
			}
			if len(r.shelf.got) != test.want {
				t.Errorf("%d posts, want %d", len(r.shelf.got), test.want)
			}
			if test.first != "" && !slices.ContainsFunc(r.shelf.got, func(f Fetched) bool { return f.Post.Text == test.first }) {
				t.Errorf("no post %q", test.first)
			}
		})
	}
}

func TestParagraphs(t *testing.T) {
	for in, want := range map[string]string{"": "", " \n ": "", "a\n\n\n b \r\nc\r": "a\n\nb\nc", "\xffa": "\ufffda"} {
		if got := paragraphs(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// A post belongs to its account's source, whether that or a search or another's repost comes upon it
// first, and a repost taken back takes nothing down.
func TestPostOwners(t *testing.T) {
	server := &fakeMastodon{limit: 40, statuses: []map[string]any{status(2, "The dam at Ormdal holds")}}
	boosted := status(2, "The dam at Ormdal holds")
	boost := status(9, "")
	boost["reblog"], boost["account"] = boosted, map[string]any{"acct": "other"}
	other := &fakeMastodon{limit: 40, statuses: []map[string]any{status(8, "Own words"), boost}}
	other.statuses[0]["url"] = "http://m.example/@other/8"
	other.statuses[0]["account"] = map[string]any{"acct": "other"}
	sources := []Source{{ID: "office", Type: Mastodon, URL: "http://m.example", Account: "office"}, {ID: "search", Type: Mastodon, URL: "http://m.example", Search: "ormdal"}, {ID: "other", Type: Mastodon, URL: "http://m.example/", Account: "@other"}}
	for _, order := range [][]int{{0, 1, 2}, {1, 0, 2}, {2, 1, 0}} {
		r := newRig(t, "", func(o *Options) { o.Owners, o.Revisit = NewOwners(sources), []time.Duration{0} })
		r.web.Handle("http://m.example/*", server.ServeHTTP)
		r.web.Handle("http://m.example/api/v1/accounts/lookup?acct=other", func(out http.ResponseWriter, _ *http.Request) { fmt.Fprint(out, `{"id":"88"}`) })
		r.web.Handle("http://m.example/api/v1/accounts/88/statuses?limit=40", func(out http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(out).Encode(other.statuses) })
		for _, i := range order {
			r.crawl(t, sources[i])
		}
		for _, f := range r.shelf.got {
			want := claims.SourceID("office")
			if strings.Contains(f.URL, "@other") {
				want = "other"
			}
			if f.Source != want || f.Post.Source != want {
				t.Errorf("order %v: %s is %s's", order, f.URL, f.Source)
			}
		}
		if len(r.shelf.got) != 2 {
			t.Errorf("order %v: %q", order, r.shelf.urls())
		}
		kept := other.statuses
		other.statuses = other.statuses[:1]
		if sum := r.crawl(t, sources[2]); sum.Passed > 0 {
			t.Errorf("a repost taken back: %+v", sum)
		}
		other.statuses = kept
	}
}
