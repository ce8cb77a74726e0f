package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tallywire/claims"
)

// fakeMastodon serves one account's statuses as Mastodon does: newest first, paged by Link.
type fakeMastodon struct {
	statuses []map[string]any // newest first; ids are numbers
	limit    int
}

func (m *fakeMastodon) ServeHTTP(out http.ResponseWriter, in *http.Request) {
	out.Header().Set("Content-Type", "application/json")
	switch {
	case in.URL.Path == "/robots.txt":
		http.NotFound(out, in)
	case in.URL.Path == "/api/v1/accounts/lookup" && in.FormValue("acct") == "office":
		fmt.Fprint(out, `{"id":"77","acct":"office"}`)
	case in.URL.Path == "/api/v1/accounts/77/statuses", strings.HasPrefix(in.URL.Path, "/api/v1/timelines/"):
		var rows []map[string]any
		for _, s := range m.statuses {
			id, _ := strconv.Atoi(s["id"].(string))
			most, err := strconv.Atoi(in.FormValue("max_id"))
			if err == nil && id >= most {
				continue
			}
			if since, err := strconv.Atoi(in.FormValue("since_id")); err == nil && id <= since {
				continue
			}
			rows = append(rows, s)
		}
		if len(rows) > m.limit {
			rows = rows[:m.limit]
			out.Header().Set("Link", fmt.Sprintf(`<http://%s%s?max_id=%s>; rel="next", <http://%s/x?min_id=1>; rel="prev"`, in.Host, in.URL.Path, rows[m.limit-1]["id"], in.Host))
		}
		_ = json.NewEncoder(out).Encode(rows)
	default:
		out.WriteHeader(http.StatusNotFound)
		fmt.Fprint(out, `{"error":"Record not found"}`)
	}
}

func status(id int, text string) map[string]any {
	return map[string]any{"id": strconv.Itoa(id), "created_at": epoch.Add(time.Duration(id-100) * time.Minute).Format(time.RFC3339), "content": "<p>" + text + "</p>",
		"url": fmt.Sprintf("http://m.example/@office/%d", id), "visibility": "public", "language": "en", "account": map[string]any{"id": "77", "acct": "office", "display_name": "The Office"}}
}

func TestMastodon(t *testing.T) {
	server := &fakeMastodon{limit: 2}
	for id := 7; id >= 1; id-- {
		server.statuses = append(server.statuses, status(id, fmt.Sprintf("Post %d", id)))
	}
	r := newRig(t, "", func(o *Options) { o.Revisit = []time.Duration{0} })
	r.web.Handle("http://m.example/*", server.ServeHTTP)
	source := Source{ID: "m", Type: Mastodon, URL: "http://m.example/", Account: "@office"}
	if sum := r.crawl(t, source); sum.New != 7 || sum.Fetched != 7 {
		t.Fatalf("%+v", sum)
	}
	want := &claims.Document{Source: "m", URL: "http://m.example/@office/7", Author: "The Office", Lang: "en", Published: epoch.Add(-93 * time.Minute), Fetched: epoch, Text: "Post 7", Poster: "@office"}
	if diff := cmp.Diff(want, r.shelf.got[len(r.shelf.got)-1].Post); diff != "" && r.shelf.got[1].Post.URL != want.URL {
		t.Errorf("document (-want +got):\n%s", diff)
	}
	t.Run("an edit, a new one and one taken down", func(t *testing.T) {
		r.shelf.forget()
		server.statuses[2] = status(5, "Post 5, corrected")
		server.statuses = append([]map[string]any{status(8, "Post 8")}, append(server.statuses[:3:3], server.statuses[4:]...)...)
		sum := r.crawl(t, source)
		if sum.New != 2 || sum.Unchanged != 5 || sum.Passed != 1 || sum.Reasons[ReasonGone] != 1 {
			t.Errorf("%+v", sum)
		}
		var gone []string
		for _, f := range r.shelf.got {
			if f.Gone {
				gone = append(gone, f.URL)
			}
		}
		if !slices.Equal(gone, []string{"http://m.example/@office/4"}) {
			t.Errorf("gone %q", gone)
		}
	})
	t.Run("an empty answer takes nothing down", func(t *testing.T) {
		kept := server.statuses
		server.statuses = nil
		if sum := r.crawl(t, source); sum.Passed+sum.Failed != 0 {
			t.Errorf("%+v", sum)
		}
		server.statuses = kept
	})
	t.Run("without revisits only what is new is asked", func(t *testing.T) {
		r.opts.Revisit = nil
		for id, page := range r.state.pages {
			page.Due = time.Time{}
			r.state.pages[id] = page
		}
		r.web.Forget()
		server.statuses = append([]map[string]any{status(9, "Post 9")}, server.statuses...)
		if sum := r.crawl(t, source); sum.New != 1 || sum.Failed != 0 || len(r.web.Requests()) != 1 {
			t.Errorf("%+v, %d requests", sum, len(r.web.Requests()))
		}
		if u, _ := url.Parse(r.web.Requests()[0].URL); u.Query().Get("since_id") != "8" {
			t.Errorf("asked %s", u)
		}
	})
}

// A repost's origin is its author; a quote brings the quoted post along; private posts stay private.
func TestMastodonOrigins(t *testing.T) {
	boosted := status(3, "Someone else's words")
	boosted["account"] = map[string]any{"acct": "witness@far.example", "display_name": "W"}
	boosted["url"] = "http://far.example/@witness/3"
	boost := status(5, "")
	boost["reblog"], boost["created_at"] = boosted, epoch.Format(time.RFC3339)
	quote := status(6, "Is it so?")
	quote["quote"] = map[string]any{"state": "accepted", "quoted_status": boosted}
	private := status(7, "Between us")
	private["visibility"] = "private"
	warned := status(8, `Full <a href="https://stats.example/unemployment"><span class="invisible">https://</span><span class="ellipsis">stats.example/unemp</span><span class="invisible">loyment</span></a> link<br>and <a href="http://m.example/tags/x" class="mention hashtag">#<span>x</span></a></p><p>&lt;b&gt; second`)
	warned["spoiler_text"] = "figures"
	var got []claims.Document
	m := &mastodon{}
	for _, s := range []map[string]any{boost, quote, private, warned} {
		raw, _ := json.Marshal(s)
		var one mastodonStatus
		if err := json.Unmarshal(raw, &one); err != nil {
			t.Fatal(err)
		}
		for _, p := range m.posts(one) {
			got = append(got, p.doc)
		}
	}
	want := []claims.Document{
		{URL: "http://far.example/@witness/3", Author: "W", Lang: "en", Published: epoch.Add(-97 * time.Minute), Text: "Someone else's words", Poster: "@witness@far.example"},
		{URL: "http://m.example/@office/6", Author: "The Office", Lang: "en", Published: epoch.Add(-94 * time.Minute), Text: "Is it so?", Poster: "@office"},
		{URL: "http://far.example/@witness/3", Author: "W", Lang: "en", Published: epoch.Add(-97 * time.Minute), Text: "Someone else's words", Poster: "@witness@far.example"},
		{URL: "http://m.example/@office/8", Author: "The Office", Lang: "en", Published: epoch.Add(-92 * time.Minute), Text: "figures\n\nFull https://stats.example/unemployment link\nand #x\n\n<b> second", Poster: "@office"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMastodonSearch(t *testing.T) {
	server := &fakeMastodon{limit: 40, statuses: []map[string]any{status(2, "The dam at Veska holds"), status(1, "Something else")}}
	r := newRig(t, "", nil)
	r.web.Handle("http://m.example/*", server.ServeHTTP)
	if sum := r.crawl(t, Source{ID: "words", Type: Mastodon, URL: "http://m.example", Search: "veska dam"}); sum.New != 1 {
		t.Errorf("words: %+v", sum)
	}
	if sum := r.crawl(t, Source{ID: "tag", Type: Mastodon, URL: "http://m.example", Search: "#veska"}); sum.New != 1 || r.web.Asked("http://m.example/api/v1/timelines/tag/veska?limit=40") != 1 {
		t.Errorf("tag: %+v", sum) // the other post is the first source's
	}
}

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

func TestBluesky(t *testing.T) {
	post := func(key, text, more string) string {
		return fmt.Sprintf(`{"post":{"uri":"at://did:plc:x/app.bsky.feed.post/%s","author":{"did":"did:plc:x","handle":"office.example","displayName":"Office"},
			"record":{"text":%q,"createdAt":"2026-11-23T07:00:00Z","langs":["uk","en"]},"indexedAt":"2026-11-23T07:00:01Z"}%s}`, key, text, more)
	}
	const feed = "http://b.example/xrpc/app.bsky.feed.getAuthorFeed?actor=office.example&"
	repost := `,"reason":{"$type":"app.bsky.feed.defs#reasonRepost","by":{"handle":"office.example"},"indexedAt":"2026-11-23T07:30:00Z"}`
	other := strings.Replace(post("r1", "Far words", repost), `"handle":"office.example","displayName":"Office"`, `"handle":"witness.example"`, 1)
	quoting := strings.Replace(post("q1", "Really?", ""), `"indexedAt"`, `"embed":{"$type":"app.bsky.embed.record#view","record":{"$type":"app.bsky.embed.record#viewRecord",
		"uri":"at://did:plc:y/app.bsky.feed.post/y1","author":{"did":"did:plc:y","handle":"far.example"},"value":{"text":"Quoted","createdAt":"2026-11-22T07:00:00Z"},"indexedAt":"2026-11-22T07:00:01Z"}},"indexedAt"`, 1)
	linked := strings.Replace(post("l1", "See stats.example/unem... now €", ""), `"langs"`, `"facets":[{"index":{"byteStart":4,"byteEnd":25},"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://stats.example/unemployment"}]}],"langs"`, 1)
	r := newRig(t, "-- "+feed+"filter=posts_and_author_threads&limit=100 --\nHTTP/1.1 200 OK\n\n{\"cursor\":\"c2\",\"feed\":["+other+","+quoting+"]}\n"+
		"-- "+strings.Replace(feed, "actor=office.example&", "actor=office.example&cursor=c2&", 1)+"filter=posts_and_author_threads&limit=100 --\nHTTP/1.1 200 OK\n\n{\"cursor\":\"c3\",\"feed\":["+linked+"]}\n"+
		"-- "+strings.Replace(feed, "actor=office.example&", "actor=office.example&cursor=c3&", 1)+"filter=posts_and_author_threads&limit=100 --\nHTTP/1.1 200 OK\n\n{\"cursor\":\"c4\",\"feed\":[]}\n", nil)
	if sum := r.crawl(t, Source{ID: "b", Type: Bluesky, URL: "http://b.example", Account: "office.example"}); sum.New != 4 {
		t.Errorf("%+v", sum)
	}
	got := map[string]string{}
	for _, f := range r.shelf.got {
		got[f.Post.URL] = f.Post.Poster + " " + f.Post.Lang + " " + f.Post.Text
	}
	want := map[string]string{
		"http://b.example/profile/witness.example/post/r1": "@witness.example uk Far words",
		"http://b.example/profile/office.example/post/q1":  "@office.example uk Really?",
		"http://b.example/profile/far.example/post/y1":     "@far.example  Quoted",
		"http://b.example/profile/office.example/post/l1":  "@office.example uk See https://stats.example/unemployment now €",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestX(t *testing.T) {
	answer := func(path, body string) string {
		return "-- http://x.example" + path + " --\nHTTP/1.1 200 OK\n\n" + body + "\n"
	}
	const fields = "expansions=author_id%2Creferenced_tweets.id%2Creferenced_tweets.id.author_id&max_results=100&tweet.fields=created_at%2Cauthor_id%2Clang%2Centities%2Cnote_tweet%2Creferenced_tweets%2Cedit_history_tweet_ids&user.fields=username%2Cname"
	first := `{"data":[
		{"id":"30","text":"cut...","note_tweet":{"text":"The long &amp; whole text"},"author_id":"1","created_at":"2026-11-23T07:30:00.000Z","lang":"en","edit_history_tweet_ids":["28","30"]},
		{"id":"20","text":"RT @w: far...","author_id":"1","created_at":"2026-11-23T07:20:00.000Z","lang":"qme","referenced_tweets":[{"type":"retweeted","id":"5"}]}],
		"includes":{"users":[{"id":"1","username":"office","name":"Office"},{"id":"2","username":"witness","name":"W"}],"tweets":[{"id":"5","text":"far words https://t.co/a","author_id":"2","created_at":"2026-11-22T07:00:00.000Z","entities":{"urls":[{"url":"https://t.co/a","expanded_url":"https://stats.example/a"}]}}]},
		"meta":{"next_token":"n2","newest_id":"30"}}`
	second := `{"data":[{"id":"10","text":"new spelling","note_post":{"text":"new spelling, whole"},"author_id":"1","created_at":"2026-11-23T07:10:00.000Z","referenced_posts":[{"type":"quoted","id":"5"}]}],
		"includes":{"users":[{"id":"1","username":"office","name":"Office"}],"posts":[{"id":"6","text":"unrelated","author_id":"9"}]},"meta":{"result_count":1}}`
	r := newRig(t, answer("/2/users/by/username/office", `{"data":{"id":"1","username":"office","name":"Office"}}`)+
		answer("/2/users/by/username/nobody", `{"errors":[{"title":"Not Found Error","detail":"Could not find user"}]}`)+
		answer("/2/users/1/tweets?"+fields, first)+answer("/2/users/1/tweets?"+strings.Replace(fields, "&tweet.fields", "&pagination_token=n2&tweet.fields", 1), second)+
		answer("/2/users/1/tweets?"+strings.Replace(fields, "&tweet.fields", "&since_id=30&tweet.fields", 1), `{"meta":{"result_count":0}}`)+
		"-- http://x.example/robots.txt --\nHTTP/1.1 200 OK\n\nUser-agent: *\nDisallow: /\n", func(o *Options) { o.BearerToken = "secret" })
	source := Source{ID: "x", Type: X, URL: "http://x.example", Account: "office"}
	if sum := r.crawl(t, source); sum.New != 3 {
		t.Errorf("%+v", sum)
	}
	got := map[string]string{}
	for _, f := range r.shelf.got {
		got[f.Post.URL] = f.Post.Poster + " " + f.Post.Lang + " " + f.Post.Text
	}
	want := map[string]string{
		"http://x.example/office/status/28": "@office en The long & whole text",
		"http://x.example/witness/status/5": "@witness  far words https://stats.example/a",
		"http://x.example/office/status/10": "@office  new spelling, whole",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, req := range r.web.Requests() {
		if req.Header.Get("Authorization") != "Bearer secret" {
			t.Errorf("%s without the token", req.URL)
		}
	}
	if sum := r.crawl(t, source); sum.New != 0 || sum.Fetched != 0 {
		t.Errorf("second pass: %+v", sum)
	}
	if _, err := r.Crawl(t.Context(), Source{ID: "n", Type: X, URL: "http://x.example", Account: "nobody"}); reasonOf(err) != ReasonAccount {
		t.Errorf("error %v", err)
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

// A Bluesky search opens one session for all sources and a new one when that has ended; the password
// goes nowhere else and is not archived.
func TestBlueskySession(t *testing.T) {
	var kept []Exchange
	r := newRig(t, "", func(o *Options) {
		o.BlueskyHandle, o.BlueskyPassword = "desk.example", "secret"
		o.Archive = archiveFunc(func(e Exchange) { kept = append(kept, e) })
	})
	logins, valid := 0, ""
	r.web.Handle("http://b.example/*", func(out http.ResponseWriter, in *http.Request) {
		switch in.URL.Path {
		case "/xrpc/com.atproto.server.createSession":
			var who struct{ Identifier, Password string }
			if err := json.NewDecoder(in.Body).Decode(&who); err != nil || in.Method != "POST" || who.Identifier != "desk.example" || who.Password != "secret" {
				out.WriteHeader(401)
				return
			}
			logins++
			valid = fmt.Sprintf("token%d", logins)
			fmt.Fprintf(out, `{"accessJwt":%q}`, valid)
		case "/xrpc/app.bsky.feed.searchPosts":
			if in.Header.Get("Authorization") != "Bearer "+valid {
				out.WriteHeader(400)
				fmt.Fprint(out, `{"error":"ExpiredToken","message":"Token has expired"}`)
				return
			}
			fmt.Fprintf(out, `{"posts":[{"uri":"at://did:plc:x/app.bsky.feed.post/%s","author":{"handle":"a.example"},"record":{"text":"dam %s"},"indexedAt":"2026-11-23T07:00:00Z"}]}`, valid, valid)
		default:
			http.NotFound(out, in)
		}
	})
	for i, want := range []int{1, 1, 2} {
		if i == 2 {
			valid = "" // the session ends
		}
		source := Source{ID: claims.SourceID(fmt.Sprint(i)), Type: Bluesky, URL: "http://b.example", Search: "dam"}
		if r.crawl(t, source); logins != want {
			t.Errorf("pass %d: %d logins, want %d", i, logins, want)
		}
	}
	for _, e := range kept {
		if strings.Contains(fmt.Sprint(e.RequestHeader, e.URL, string(e.Body)), "secret") || strings.Contains(fmt.Sprint(e.RequestHeader), "token") {
			t.Errorf("archived %+v", e)
		}
	}
	if len(kept) == 0 {
		t.Error("nothing was archived")
	}
	r = newRig(t, "-- http://b.example/xrpc/com.atproto.server.createSession --\nHTTP/1.1 401 No\n\n{\"error\":\"AuthenticationRequired\"}\n", func(o *Options) { o.BlueskyHandle = "desk.example" })
	if sum, err := r.Crawl(t.Context(), Source{ID: "b", Type: Bluesky, URL: "http://b.example", Search: "dam"}); sum.State != "auth_needed" {
		t.Errorf("%+v, %v", sum, err)
	}
}

// A Mastodon token goes to its own server.
func TestMastodonToken(t *testing.T) {
	r := newRig(t, `
-- http://m.example/api/v2/search?type=statuses&limit=40&q=dam --
HTTP/1.1 200 OK

{"statuses":[]}
-- http://m.example/api/v1/timelines/public?limit=40 --
HTTP/1.1 302 Found
Location: http://n.example/

-- http://n.example/ --
HTTP/1.1 200 OK

[]
`, func(o *Options) { o.Tokens = map[string]string{"m.example": "secret"} })
	r.crawl(t, Source{ID: "m", Type: Mastodon, URL: "http://m.example", Search: "dam"})
	for _, req := range r.web.Requests() {
		if got := req.Header.Get("Authorization"); (got == "Bearer secret") != strings.HasPrefix(req.URL, "http://m.example/api") {
			t.Errorf("%s was sent %q", req.URL, got)
		}
	}
}

// A post belongs to its account's source, whether that or a search or another's repost comes upon it
// first, and a repost taken back takes nothing down.
func TestPostOwners(t *testing.T) {
	server := &fakeMastodon{limit: 40, statuses: []map[string]any{status(2, "The dam at Veska holds")}}
	boosted := status(2, "The dam at Veska holds")
	boost := status(9, "")
	boost["reblog"], boost["account"] = boosted, map[string]any{"acct": "other"}
	other := &fakeMastodon{limit: 40, statuses: []map[string]any{status(8, "Own words"), boost}}
	other.statuses[0]["url"] = "http://m.example/@other/8"
	other.statuses[0]["account"] = map[string]any{"acct": "other"}
	sources := []Source{{ID: "office", Type: Mastodon, URL: "http://m.example", Account: "office"}, {ID: "search", Type: Mastodon, URL: "http://m.example", Search: "veska"}, {ID: "other", Type: Mastodon, URL: "http://m.example/", Account: "@other"}}
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
