package crawler

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

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
