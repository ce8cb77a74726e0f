package crawler

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tallywire/claims"
)

const (
	// maxListings is how many pages of posts one pass asks for: 20 to 100 posts each.
	maxListings = 50
	// maxPaidListings is the same for X, where a post read costs 0.005 USD: at most 2.50 USD a pass.
	maxPaidListings = 5
	// maxAPI is the size of one API answer: 100 posts with all their links are under 1 MiB (payloads).
	maxAPI = 8 << 20
)

// A post is one post as its platform gives it.
type post struct {
	doc    claims.Document // URL, Poster, Author, Lang, Published, Modified, Text
	id     string          // of the entry in the listing: of the repost, where it is one
	at     time.Time       // when it came into the listing, which is newest first by it
	pinned bool            // stands first whatever its age
}

// A listing is one page of posts, newest first.
type listing struct {
	posts   []post
	next    string // where to go on, in the platform's own terms; "" at the end
	archive claims.Archive
	digest  string // of the answer
}

// A platform lists the posts of an account or of a search.
type platform interface {
	// open finds out what the listing needs to know of the account and may remember it in the pass's
	// Cursor.
	open(ctx context.Context, p *pass) error
	// list asks for one page: the newest where from is "", else the one that a listing's next names.
	// With since, posts up to that id may be left out.
	list(ctx context.Context, p *pass, from, since string) (listing, error)
}

// posts reads a social source: from the newest post back to the last one seen, and further back where
// known posts are due to be looked at again for edits. Posts that an account's listing no longer holds,
// though it goes back beyond them, have been taken down.
func (p *pass) posts(ctx context.Context) error {
	if p.source.Account == "" && p.source.Search == "" {
		return fail(ReasonBadURL, p.source.URL, errors.New("neither account nor search"))
	}
	if p.state.Cursor == nil {
		p.state.Cursor = map[string]string{}
	}
	// A source whose address or account has been changed in the configuration starts anew.
	if what := strings.Join([]string{string(p.source.Type), p.source.URL, p.source.Account, p.source.Search}, " "); p.state.Cursor["of"] != what {
		p.state.Cursor = map[string]string{"of": what}
	}
	from := platformOf(p.source.Type)
	if err := from.open(ctx, p); err != nil {
		return err
	}
	due := map[string]claims.Page{} // known posts to look at again
	var oldest time.Time
	now := p.c.now()
	err := p.eachPage(ctx, func(page claims.Page) {
		if page.Kind != kindPost || !isDue(page, now) || page.Published.Before(p.notBefore()) {
			return
		}
		due[page.URL] = page
		if oldest.IsZero() || page.Published.Before(oldest) {
			oldest = page.Published
		}
	})
	if err != nil {
		return err
	}
	return p.list(ctx, from, due, oldest)
}

// platformOf returns the reader of a social type.
func platformOf(t Type) platform {
	switch t {
	case Mastodon:
		return &mastodon{}
	case Bluesky:
		return &bluesky{}
	case Telegram:
		return &telegram{}
	default:
		return &xPlatform{}
	}
}

// list goes through the listings. due are the posts to see again, the oldest of them published at oldest.
func (p *pass) list(ctx context.Context, from platform, due map[string]claims.Page, oldest time.Time) error {
	lastID, since := p.state.Cursor["last_id"], ""
	lastAt, _ := time.Parse(time.RFC3339Nano, p.state.Cursor["last_at"])
	if len(due) == 0 {
		since = lastID
	}
	seen := map[string]bool{}
	var reached time.Time // how far back the listing has come
	ended := false
	newestID, newestAt := lastID, lastAt
	token, first := "", ""
	most := maxListings
	if p.source.Type == X {
		most = maxPaidListings
	}
	for n := 0; n < most && !ended; n++ {
		got, err := from.list(ctx, p, token, since)
		if err != nil {
			return err
		}
		if n == 0 {
			first = got.digest
		}
		p.found(len(got.posts))
		if err := p.take(ctx, got, due, seen); err != nil {
			return err
		}
		p.done(len(got.posts))
		for _, one := range got.posts {
			if one.at.After(newestAt) || newestID == "" {
				newestID, newestAt = one.id, one.at
			}
			if !one.pinned && (reached.IsZero() || one.at.Before(reached)) {
				reached = one.at
			}
		}
		if token = got.next; token == "" || len(got.posts) == 0 {
			ended = true
			if since == "" {
				reached = time.Time{}
			}
			break
		}
		beyondLast := !lastAt.IsZero() && !reached.After(lastAt)
		beyondDue := len(due) == 0 || reached.Before(oldest)
		if beyondLast && beyondDue || p.tooOld(reached) {
			break
		}
	}
	if p.source.Account != "" && since == "" {
		if err := p.takenDown(ctx, due, seen, reached, ended); err != nil {
			return err
		}
	}
	// The same answer next time holds nothing to archive: all its posts are known.
	p.state.Cursor["digest"] = first
	if newestID != "" {
		p.state.Cursor["last_id"], p.state.Cursor["last_at"] = newestID, newestAt.UTC().Format(time.RFC3339Nano)
	}
	return nil
}

// take hands a listing's posts to the Sink, but for those that are known as they are, and stores their
// pages together.
func (p *pass) take(ctx context.Context, got listing, due map[string]claims.Page, seen map[string]bool) error {
	now := p.c.now()
	var pages []claims.Page
	for i := len(got.posts) - 1; i >= 0; i-- { // oldest first, as they were written
		one := got.posts[i]
		owner := p.postOwner(one.doc.Poster)
		one.doc.Source, one.doc.Fetched, one.doc.Archive = owner, now, got.archive
		address := one.doc.URL
		if seen[address] || !p.wanted(address) || strings.TrimSpace(one.doc.Text) == "" {
			seen[address] = true
			continue
		}
		seen[address] = true
		if p.tooOld(one.doc.Published) {
			p.count(ReasonTooOld)
			continue
		}
		page, err := p.c.opts.State.Page(ctx, address)
		switch {
		case errors.Is(err, claims.ErrNotFound):
			page = claims.Page{URL: address, Source: owner, Kind: kindPost, First: now}
		case err != nil:
			return fmt.Errorf("post: %w", err)
		case page.Source != owner:
			continue // read by another source
		}
		text := digest([]byte(one.doc.Poster + "\x00" + one.doc.Text))
		p.add(func(s *Summary) { s.Fetched++ })
		known := page.Digest == text && page.Reason == ""
		_, wasDue := due[address]
		if known && !wasDue {
			p.add(func(s *Summary) { s.Unchanged++ })
			continue
		}
		page.Fetched, page.Status, page.Published, page.Digest = now, http.StatusOK, one.doc.Published, text
		if known {
			p.add(func(s *Summary) { s.Unchanged++ })
			page.Due = p.nextVisit(page)
		} else {
			result, err := p.c.opts.Sink(ctx, Fetched{Source: owner, URL: address, Final: address, Status: http.StatusOK, Post: &one.doc, At: now, Archive: got.archive, NotBefore: p.notBefore()})
			if err != nil {
				return fmt.Errorf("take in %s: %w", address, err)
			}
			page.Final = address
			p.settle(&page, result)
		}
		pages = append(pages, page)
	}
	if len(pages) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTimeout) // as in article
	defer cancel()
	if err := p.c.opts.State.PutPages(ctx, pages...); err != nil {
		return fmt.Errorf("store posts: %w", err)
	}
	return nil
}

// takenDown tells the Sink of posts that were due and that a listing reaching back beyond them no longer
// holds. reached is how far back it came, zero where it held all there is. A listing without any post says
// nothing: platforms send one where something is wrong on their side.
func (p *pass) takenDown(ctx context.Context, due map[string]claims.Page, seen map[string]bool, reached time.Time, ended bool) error {
	if len(seen) == 0 {
		return nil
	}
	for _, page := range due {
		if seen[page.URL] || page.Canonical == "" || page.Reason == string(ReasonGone) || !p.isOwn(page.URL) {
			continue // another's post may be passed on no more and be there still
		}
		if !(ended && reached.IsZero()) && !page.Published.After(reached) {
			continue
		}
		page.Reason, page.Status, page.Due, page.Fetched = string(ReasonGone), http.StatusGone, time.Time{}, p.c.now()
		p.add(func(s *Summary) { s.Passed++; s.Reasons[ReasonGone]++ })
		_, err := p.c.opts.Sink(ctx, Fetched{Source: p.source.ID, URL: page.Canonical, Final: page.Canonical, Status: http.StatusGone, At: p.c.now(), Gone: true})
		if err != nil {
			return fmt.Errorf("take in the end of %s: %w", page.URL, err)
		}
		if err := p.c.opts.State.PutPages(ctx, page); err != nil {
			return fmt.Errorf("store post: %w", err)
		}
	}
	return nil
}

// api asks a platform's API and reads its JSON into v. free skips robots.txt (request.free).
func (p *pass) api(ctx context.Context, address string, header http.Header, free bool, v any) (*answer, error) {
	if header == nil {
		header = http.Header{}
	}
	header.Set("Accept", "application/json")
	if p.source.Type == Mastodon {
		if u, err := url.Parse(address); err == nil && p.c.opts.Tokens[u.Host] != "" {
			header.Set("Authorization", "Bearer "+p.c.opts.Tokens[u.Host])
			free = true
		}
	}
	got, err := p.c.fetch(ctx, request{url: address, header: header, limit: maxAPI, keep: true, known: p.state.Cursor["digest"], free: free})
	if err != nil {
		var f *Failure
		if errors.As(err, &f) && f.Status == http.StatusUnauthorized {
			f.Reason = ReasonToken
		}
		return got, err
	}
	if err := json.Unmarshal(got.body, v); err != nil {
		return got, fail(ReasonNotAPI, address, errors.New("no JSON of the expected shape"))
	}
	return got, nil
}

// apiMessage is what an API's error answer says in words, nil where it says nothing.
func apiMessage(got *answer) error {
	var said struct {
		Error            any
		Message          string
		Detail           string
		Title            string
		ErrorDescription string `json:"error_description"`
	}
	if len(got.body) > 64<<10 || json.Unmarshal(got.body, &said) != nil {
		return nil
	}
	word, _ := said.Error.(string)
	for _, text := range []string{said.Detail, said.Message, said.ErrorDescription, word, said.Title} {
		if text != "" {
			return fmt.Errorf("%.200q", text)
		}
	}
	return nil
}

// server is the address that a platform is asked at, without a trailing slash.
func (p *pass) server(standard string) string {
	if p.source.URL == "" {
		return standard
	}
	return strings.TrimRight(p.source.URL, "/")
}

// account is the configured account's bare name.
func (p *pass) account() string { return strings.TrimPrefix(strings.TrimSpace(p.source.Account), "@") }

// paragraphs sets a post's text as a Document wants it: paragraphs parted by one blank line, no white
// space at the ends of lines.
func paragraphs(text string) string {
	var out []string
	var open []string
	flush := func() {
		if len(open) > 0 {
			out = append(out, strings.Join(open, "\n"))
			open = nil
		}
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	for line := range strings.SplitSeq(strings.ToValidUTF8(text, "\ufffd"), "\n") {
		if line = strings.TrimSpace(line); line == "" {
			flush()
		} else {
			open = append(open, line)
		}
	}
	flush()
	return strings.Join(out, "\n\n")
}
