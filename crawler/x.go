package crawler

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tallywire/claims"
)

// xPlatform reads the X API v2. Every post read costs money there (0.005 USD, ecosystem.md B), so what is
// known is left out by since_id wherever nothing is due.
type xPlatform struct {
	api, site string
	path      string // of the listing
	query     url.Values
	posts     bool // the spelling of 2026-08-07: post.fields, referenced_posts
}

// xPost decodes both spellings.
type xPost struct {
	ID          string
	Text        string
	AuthorID    string    `json:"author_id"`
	CreatedAt   time.Time `json:"created_at"`
	Lang        string
	NoteTweet   *struct{ Text string } `json:"note_tweet"`
	NotePost    *struct{ Text string } `json:"note_post"`
	RefTweets   []xReference           `json:"referenced_tweets"`
	RefPosts    []xReference           `json:"referenced_posts"`
	EditsTweets []string               `json:"edit_history_tweet_ids"`
	EditsPosts  []string               `json:"edit_history_post_ids"`
	Entities    struct {
		URLs []struct {
			URL         string
			ExpandedURL string `json:"expanded_url"`
		}
	}
}

type xReference struct{ Type, ID string }

type xUser struct{ ID, Username, Name string }

type xProblem struct{ Title, Detail, Type string }

func (x *xPlatform) open(ctx context.Context, p *pass) error {
	x.api = p.server("https://api.x.com")
	x.site = x.api
	if host := x.api[strings.Index(x.api, "//")+2:]; host == "api.x.com" || host == "x.com" || host == "api.twitter.com" || host == "twitter.com" {
		x.api, x.site = "https://api.x.com", "https://x.com"
	}
	if p.c.opts.BearerToken == "" {
		return fail(ReasonToken, x.api, errors.New("X_BEARER_TOKEN is not set"))
	}
	x.posts = p.state.Cursor["spelling"] == "post"
	name := p.account()
	if name == "" {
		x.path, x.query = "/2/tweets/search/recent", url.Values{"query": {p.source.Search}}
		return nil
	}
	id := p.state.Cursor["account_id"]
	if id == "" {
		var who struct {
			Data   *xUser
			Errors []xProblem
		}
		if _, err := x.ask(ctx, p, "/2/users/by/username/"+url.PathEscape(name), nil, &who); err != nil {
			if reasonOf(err) == ReasonNotFound {
				return fail(ReasonAccount, x.api, errors.New("no account "+name))
			}
			return err
		}
		if who.Data == nil || who.Data.ID == "" {
			return fail(ReasonAccount, x.api, errors.New("no account "+name))
		}
		id = who.Data.ID
		p.state.Cursor["account_id"] = id
	}
	x.path, x.query = "/2/users/"+url.PathEscape(id)+"/tweets", url.Values{}
	return nil
}

// ask makes one call with the bearer token.
func (x *xPlatform) ask(ctx context.Context, p *pass, path string, query url.Values, v any) (*answer, error) {
	at := x.api + path
	if len(query) > 0 {
		at += "?" + query.Encode()
	}
	got, err := p.api(ctx, at, http.Header{"Authorization": {"Bearer " + p.c.opts.BearerToken}}, true, v)
	var f *Failure
	if errors.As(err, &f) && f.Status == 403 && f.Reason == ReasonForbidden {
		f.Reason = ReasonToken // the token's plan does not cover it
	}
	return got, err
}

func (x *xPlatform) list(ctx context.Context, p *pass, from, since string) (listing, error) {
	var page struct {
		Data     []xPost
		Includes struct {
			Users  []xUser
			Tweets []xPost
			Posts  []xPost
		}
		Meta struct {
			NextToken string `json:"next_token"`
		}
		Errors []xProblem
	}
	query := x.fields()
	for k, v := range x.query {
		query[k] = v
	}
	if since != "" {
		query.Set("since_id", since)
	}
	if from != "" {
		query.Set("pagination_token", from)
	}
	got, err := x.ask(ctx, p, x.path, query, &page)
	var f *Failure
	if errors.As(err, &f) && f.Status == http.StatusBadRequest && from == "" {
		// The specification renamed tweet.fields to post.fields while its prose did not: try the other.
		x.posts = !x.posts
		query = x.fields()
		for k, v := range x.query {
			query[k] = v
		}
		if since != "" {
			query.Set("since_id", since)
		}
		if got, err = x.ask(ctx, p, x.path, query, &page); err == nil && x.posts {
			p.state.Cursor["spelling"] = "post"
		}
	}
	if err != nil {
		return listing{}, err
	}
	users, others := map[string]xUser{}, map[string]xPost{}
	for _, u := range page.Includes.Users {
		users[u.ID] = u
	}
	for _, one := range append(page.Includes.Tweets, page.Includes.Posts...) {
		others[one.ID] = one
	}
	out := listing{archive: got.archive, digest: digest(got.body), next: page.Meta.NextToken}
	for _, one := range page.Data {
		out.posts = append(out.posts, x.make(p, one, users, others)...)
	}
	return out, nil
}

// fields asks for what a document needs, in the spelling that the server knows.
func (x *xPlatform) fields() url.Values {
	q := url.Values{"max_results": {"100"}, "user.fields": {"username,name"}}
	if x.posts {
		q.Set("post.fields", "created_at,author_id,lang,entities,note_post,referenced_posts,edit_history_post_ids")
		q.Set("expansions", "author_id,referenced_posts,referenced_posts.author_id")
	} else {
		q.Set("tweet.fields", "created_at,author_id,lang,entities,note_tweet,referenced_tweets,edit_history_tweet_ids")
		q.Set("expansions", "author_id,referenced_tweets.id,referenced_tweets.id.author_id")
	}
	return q
}

// make makes the posts of one entry. A retweet's text is cut: the post it passes on stands for it. A
// quoted post comes beside the one that quotes it.
func (x *xPlatform) make(p *pass, one xPost, users map[string]xUser, others map[string]xPost) []post {
	out := []post{{id: one.ID, at: one.CreatedAt, doc: x.document(p, one, users)}}
	for _, ref := range append(one.RefTweets, one.RefPosts...) {
		other, ok := others[ref.ID]
		if !ok {
			continue
		}
		switch ref.Type {
		case "retweeted", "reposted":
			out[0].doc = x.document(p, other, users)
		case "quoted":
			out = append(out, post{id: one.ID, at: one.CreatedAt, doc: x.document(p, other, users)})
		}
	}
	return out
}

func (x *xPlatform) document(p *pass, one xPost, users map[string]xUser) claims.Document {
	text := one.Text
	for _, note := range []*struct{ Text string }{one.NoteTweet, one.NotePost} {
		if note != nil && note.Text != "" {
			text = note.Text
		}
	}
	for _, link := range one.Entities.URLs {
		if link.URL != "" && link.ExpandedURL != "" {
			text = strings.ReplaceAll(text, link.URL, link.ExpandedURL)
		}
	}
	name := users[one.AuthorID].Username
	if name == "" && p.account() != "" && len(one.RefTweets)+len(one.RefPosts) == 0 {
		name = p.account()
	}
	if name == "" {
		name = "i" // X's own way to name a post whose author is not at hand
	}
	// An edit is a new post with a new id: the first one names them all.
	id := one.ID
	if edits := append(one.EditsTweets, one.EditsPosts...); len(edits) > 1 {
		id = edits[0]
	}
	doc := claims.Document{
		URL: x.site + "/" + name + "/status/" + id, Author: users[one.AuthorID].Name, Poster: "@" + name,
		Text: paragraphs(unescapeX(text)), Published: one.CreatedAt.UTC(),
	}
	if one.Lang != "und" && !strings.HasPrefix(one.Lang, "q") && one.Lang != "zxx" { // X's codes for no language
		doc.Lang = one.Lang
	}
	return doc
}

// unescapeX undoes the three entities that the API escapes.
func unescapeX(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}
