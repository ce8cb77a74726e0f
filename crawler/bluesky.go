package crawler

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"tallywire/claims"
)

// bluesky reads an AT Protocol AppView: Bluesky's public one, or the server in url.
type bluesky struct {
	api  string // address of the service
	home string // where sessions are opened and searches asked with one
	site string // what post addresses begin with
}

type blueskyPost struct {
	URI    string
	Author struct {
		DID         string
		Handle      string
		DisplayName string
	}
	Record    blueskyRecord
	IndexedAt time.Time
	Embed     *blueskyEmbed
}

type blueskyRecord struct {
	Text      string
	CreatedAt string // as the client declares it
	Langs     []string
	Facets    []struct {
		Index    struct{ ByteStart, ByteEnd int } // of the text's UTF-8
		Features []struct{ URI string }
	}
}

type blueskyEmbed struct {
	Record *struct {
		blueskyQuoted
		Record *blueskyQuoted // of recordWithMedia#view
	}
}

type blueskyQuoted struct {
	URI    string
	Author *struct {
		DID         string
		Handle      string
		DisplayName string
	}
	Value     *blueskyRecord
	IndexedAt time.Time
}

func (b *bluesky) open(_ context.Context, p *pass) error {
	b.api = p.server("https://public.api.bsky.app")
	b.site, b.home = b.api, b.api
	if host := b.api[strings.Index(b.api, "//")+2:]; host == "public.api.bsky.app" || host == "api.bsky.app" || host == "bsky.social" || host == "bsky.app" {
		b.site, b.home = "https://bsky.app", "https://bsky.social"
		if host == "bsky.app" {
			b.api = "https://public.api.bsky.app"
		}
	}
	return nil
}

func (b *bluesky) list(ctx context.Context, p *pass, from, _ string) (listing, error) {
	query, call := url.Values{"limit": {"100"}}, "app.bsky.feed.getAuthorFeed"
	if name := p.account(); name != "" {
		query.Set("actor", name)
		query.Set("filter", "posts_and_author_threads")
	} else {
		call = "app.bsky.feed.searchPosts"
		query.Set("q", p.source.Search)
		query.Set("sort", "latest")
	}
	if from != "" {
		query.Set("cursor", from)
	}
	base, header := b.api, http.Header{}
	if call == "app.bsky.feed.searchPosts" && p.c.opts.BlueskyHandle != "" {
		token, err := b.login(ctx, p, "")
		if err != nil {
			return listing{}, err
		}
		base = b.home
		header.Set("Authorization", "Bearer "+token)
	}
	var page struct {
		Cursor string
		Feed   []struct {
			Post   blueskyPost
			Reason *struct {
				Type      string `json:"$type"`
				IndexedAt time.Time
			}
		}
		Posts []blueskyPost
	}
	at := base + "/xrpc/" + call + "?" + query.Encode()
	got, err := p.api(ctx, at, header, false, &page)
	if used := header.Get("Authorization"); used != "" && expired(err) {
		token, again := b.login(ctx, p, strings.TrimPrefix(used, "Bearer "))
		if again != nil {
			return listing{}, again
		}
		header.Set("Authorization", "Bearer "+token)
		got, err = p.api(ctx, at, header, false, &page)
	}
	if err != nil {
		var f *Failure
		if errors.As(err, &f) {
			switch {
			case f.Status == 400 && f.Err != nil && strings.Contains(f.Err.Error(), "not found"):
				f.Reason = ReasonAccount
			case f.Status == 403 && f.Reason != ReasonChallenge && call != "app.bsky.feed.getAuthorFeed":
				f.Reason = ReasonToken // search wants a session (atproto issue 3423)
			}
		}
		return listing{}, err
	}
	out := listing{archive: got.archive, digest: digest(got.body), next: page.Cursor}
	for _, entry := range page.Feed {
		at, pinned := entry.Post.IndexedAt, false
		if entry.Reason != nil {
			pinned = strings.HasSuffix(entry.Reason.Type, "#reasonPin")
			if !entry.Reason.IndexedAt.IsZero() {
				at = entry.Reason.IndexedAt
			}
		}
		out.posts = append(out.posts, b.posts(entry.Post, at, pinned)...)
	}
	for _, one := range page.Posts {
		out.posts = append(out.posts, b.posts(one, one.IndexedAt, false)...)
	}
	return out, nil
}

// login returns an access token for searches: the one at hand, or a new one where that is `stale`. The
// server gives 300 a day (ecosystem.md B), so it is kept for all sources.
func (b *bluesky) login(ctx context.Context, p *pass, stale string) (string, error) {
	p.c.sessionLock.Lock()
	defer p.c.sessionLock.Unlock()
	if p.c.session != "" && p.c.session != stale {
		return p.c.session, nil
	}
	p.c.session = ""
	body, err := json.Marshal(map[string]string{"identifier": p.c.opts.BlueskyHandle, "password": p.c.opts.BlueskyPassword})
	if err != nil {
		return "", err
	}
	at := b.home + "/xrpc/com.atproto.server.createSession"
	got, err := p.c.fetch(ctx, request{url: at, post: body, header: http.Header{"Accept": {"application/json"}}, limit: maxAPI, free: true})
	if err != nil {
		var f *Failure
		if errors.As(err, &f) && (f.Status == 401 || f.Status == 400) {
			f.Reason = ReasonToken
		}
		return "", err
	}
	var session struct{ AccessJwt string }
	if json.Unmarshal(got.body, &session) != nil || session.AccessJwt == "" {
		return "", fail(ReasonNotAPI, at, errors.New("a session without a token"))
	}
	p.c.session = session.AccessJwt
	return p.c.session, nil
}

// expired reports an answer that wants a fresh session.
func expired(err error) bool {
	var f *Failure
	return errors.As(err, &f) && (f.Status == 401 || f.Status == 400 && f.Err != nil && strings.Contains(f.Err.Error(), "oken"))
}

// posts makes the posts of one entry: itself and the one it quotes.
func (b *bluesky) posts(one blueskyPost, at time.Time, pinned bool) []post {
	doc := b.document(one.URI, one.Author.Handle, one.Author.DID, one.Author.DisplayName, one.Record, one.IndexedAt)
	out := []post{{id: one.URI, at: at, pinned: pinned, doc: doc}}
	if one.Embed != nil && one.Embed.Record != nil {
		quoted := &one.Embed.Record.blueskyQuoted
		if one.Embed.Record.Record != nil {
			quoted = one.Embed.Record.Record
		}
		if quoted.Author != nil && quoted.Value != nil && strings.Contains(quoted.URI, "/app.bsky.feed.post/") {
			doc := b.document(quoted.URI, quoted.Author.Handle, quoted.Author.DID, quoted.Author.DisplayName, *quoted.Value, quoted.IndexedAt)
			out = append(out, post{id: one.URI, at: at, pinned: pinned, doc: doc})
		}
	}
	return out
}

func (b *bluesky) document(uri, handle, did, name string, r blueskyRecord, indexed time.Time) claims.Document {
	if handle == "" || handle == "handle.invalid" {
		handle = did
	}
	doc := claims.Document{
		URL:    b.site + "/profile/" + handle + "/post/" + uri[strings.LastIndex(uri, "/")+1:],
		Author: name, Poster: "@" + handle, Text: paragraphs(r.fullText()), Published: indexed.UTC(),
	}
	// The client's word for when it was written, unless it lies in the server's future.
	if made, err := time.Parse(time.RFC3339, r.CreatedAt); err == nil && (indexed.IsZero() || !made.After(indexed)) {
		doc.Published = made.UTC()
	}
	if len(r.Langs) > 0 {
		doc.Lang = r.Langs[0]
	}
	return doc
}

// fullText is the text with its shortened links whole.
func (r *blueskyRecord) fullText() string {
	text := r.Text
	facets := slices.Clone(r.Facets)
	slices.SortFunc(facets, func(a, b struct {
		Index    struct{ ByteStart, ByteEnd int }
		Features []struct{ URI string }
	}) int {
		return b.Index.ByteStart - a.Index.ByteStart
	})
	limit := len(text)
	for _, f := range facets {
		from, to := f.Index.ByteStart, f.Index.ByteEnd
		if from < 0 || to > limit || from >= to {
			continue
		}
		for _, feature := range f.Features {
			if feature.URI != "" && strings.HasSuffix(text[from:to], "...") {
				text = text[:from] + feature.URI + text[to:]
				limit = from
				break
			}
		}
	}
	return text
}
