package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tallywire/claims"
)

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
