package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
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
	server := &fakeMastodon{limit: 40, statuses: []map[string]any{status(2, "The dam at Ormdal holds"), status(1, "Something else")}}
	r := newRig(t, "", nil)
	r.web.Handle("http://m.example/*", server.ServeHTTP)
	if sum := r.crawl(t, Source{ID: "words", Type: Mastodon, URL: "http://m.example", Search: "ormdal dam"}); sum.New != 1 {
		t.Errorf("words: %+v", sum)
	}
	if sum := r.crawl(t, Source{ID: "tag", Type: Mastodon, URL: "http://m.example", Search: "#ormdal"}); sum.New != 1 || r.web.Asked("http://m.example/api/v1/timelines/tag/ormdal?limit=40") != 1 {
		t.Errorf("tag: %+v", sum) // the other post is the first source's
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
