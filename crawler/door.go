package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"tallywire/claims"
)

// door asks the source's door and returns its links and the pages of the door to store once the links are
// safe. A door that answers 304 has no links. The error is the door's Failure, or one that stops a pass.
func (p *pass) door(ctx context.Context) ([]link, []claims.Page, error) {
	// As configured, tracking parameters too: a feed may need what a page does not.
	u, err := parseURL(p.source.URL)
	if err != nil {
		return nil, nil, fail(ReasonBadURL, p.source.URL, err)
	}
	u.Fragment, u.RawFragment = "", ""
	root := u.String()
	p.source.URL = root
	if p.source.Type == Sitemap {
		return p.sitemaps(ctx, root)
	}
	page, got, err := p.askDoor(ctx, root, p.c.opts.MaxBody)
	if err != nil || got == nil {
		return nil, compact(page), err
	}
	var links []link
	kind := got.header.Get("Content-Type")
	if isGzip(got.body) { // packed by name (feed.xml.gz) and not by header
		if got.body, err = unpack(got.body, "gzip", p.c.opts.MaxBody); err != nil {
			return nil, nil, fail(errorReason(err), root, err)
		}
	}
	if p.source.Type == Page {
		return p.section(ctx, page, got)
	}
	links, err = readFeed(got.body, kind, got.final)
	if err != nil {
		return nil, nil, err
	}
	return links, compact(page), nil
}

// maxSection is how many pages of one list are read in a pass: a list that is new, or that has grown by more than a page
// since the last pass, has its news on the later ones.
const maxSection = 10

// section reads a section page and those that it goes on with, as long as each of them names what is not known.
func (p *pass) section(ctx context.Context, page claims.Page, got *answer) (links []link, doors []claims.Page, err error) {
	for seen := map[string]bool{page.URL: true}; ; {
		here, next, err := readSection(got.body, got.header.Get("Content-Type"), got.final, p.source.Include)
		if err != nil && len(doors) == 0 {
			return nil, nil, err
		}
		links, doors = append(links, here...), append(doors, page)
		if err != nil || next == "" || seen[next] || len(doors) >= maxSection || len(links) >= maxItems {
			return links, doors, nil
		}
		if fresh, err := p.anyNew(ctx, here); err != nil || !fresh {
			return links, doors, err
		}
		seen[next] = true
		if page, got, err = p.askDoor(ctx, next, p.c.opts.MaxBody); err != nil || got == nil {
			var f *Failure
			if err == nil || errors.As(err, &f) { // the list ends here; what it has so far is good
				return links, doors, nil
			}
			return nil, nil, err
		}
	}
}

// anyNew reports whether one of the links is wanted, young enough and not known.
func (p *pass) anyNew(ctx context.Context, links []link) (bool, error) {
	for _, l := range links {
		if !p.wanted(l.url) || p.tooOld(newest(l.item.Published, l.item.Updated)) {
			continue
		}
		switch _, err := p.c.opts.State.Page(ctx, l.url); {
		case errors.Is(err, claims.ErrNotFound):
			return true, nil
		case err != nil:
			return false, fmt.Errorf("section: %w", err)
		}
	}
	return false, nil
}

// sitemaps reads a sitemap and those it names, newest first, each once.
func (p *pass) sitemaps(ctx context.Context, root string) (links []link, doors []claims.Page, err error) {
	type file struct {
		url   string
		depth int
	}
	queue, seen := []file{{url: root}}, map[string]bool{root: true}
	for n := 0; len(queue) > 0 && n < maxSitemaps; n++ {
		one := queue[0]
		queue = queue[1:]
		page, got, err := p.askDoor(ctx, one.url, max(p.c.opts.MaxBody, maxSitemap))
		var found sitemapFile
		if err == nil && got != nil {
			found, err = readSitemap(got.body, got.header.Get("Content-Type"), got.final)
		}
		var f *Failure
		if err != nil {
			if one.depth == 0 || !errors.As(err, &f) {
				return nil, nil, err
			}
			p.log.Warn("sitemap failed", "url", one.url, "reason", f.Reason, "err", f.Err)
			p.count(f.Reason)
			continue
		}
		// An index is asked in full each time: behind one that stayed the same, others may have changed.
		if len(found.children) > 0 {
			page.ETag, page.LastModified = "", ""
		}
		doors = append(doors, page)
		links = append(links, found.links...)
		slices.SortStableFunc(found.children, func(a, b sitemapChild) int { return b.lastmod.Compare(a.lastmod) })
		for _, child := range found.children {
			if one.depth+1 < maxSitemapDepth && !seen[child.url] && !p.tooOld(child.lastmod) {
				seen[child.url] = true
				queue = append(queue, file{child.url, one.depth + 1})
			}
		}
		if len(links) > maxSitemapURLs {
			break
		}
	}
	slices.SortStableFunc(links, func(a, b link) int {
		return newest(b.item.Published, b.item.Updated).Compare(newest(a.item.Published, a.item.Updated))
	})
	return links[:min(len(links), maxSitemapURLs)], doors, nil
}

// askDoor asks for one file of a door, conditionally but for the first time of each day: some feeds send
// one ETag whatever they hold (Media Cloud, crawling.md 6). A 304 gives no answer.
func (p *pass) askDoor(ctx context.Context, address string, limit int64) (claims.Page, *answer, error) {
	now := p.c.now()
	page, err := p.c.opts.State.Page(ctx, address)
	if err != nil && !errors.Is(err, claims.ErrNotFound) {
		return page, nil, fmt.Errorf("door: %w", err)
	}
	if errors.Is(err, claims.ErrNotFound) || page.Source != p.source.ID || page.Kind != kindDoor {
		page = claims.Page{URL: address, Source: p.source.ID, Kind: kindDoor, First: now}
	}
	header := p.conditional(page)
	if !sameDay(page.Fetched, now) {
		header.Del("If-None-Match")
		header.Del("If-Modified-Since")
	}
	header.Set("Accept", doorAccept[p.source.Type])
	req := request{url: address, header: header, limit: limit, keep: !p.dry, known: page.Digest}
	got, err := p.c.fetch(ctx, req)
	if r := reasonOf(err); r == ReasonServerError || r == ReasonTruncated {
		// A whole source hangs on this one answer, and servers stumble: once more, in the host's next turn.
		got, err = p.c.fetch(ctx, req)
	}
	if err != nil {
		return page, nil, err
	}
	if got.status == http.StatusNotModified && page.Digest == "" {
		return page, nil, fail(ReasonStatus, address, errors.New("304 to an unconditional request"))
	}
	p.note(&page, got)
	page.Reason, page.Fails = "", 0
	if got.status == http.StatusNotModified {
		return page, nil, nil
	}
	return page, got, nil
}

// doorAccept says what is wanted at each door.
var doorAccept = map[Type]string{
	Feed:    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5",
	Sitemap: "application/xml, text/xml, */*;q=0.5",
	Page:    "text/html, application/xhtml+xml, */*;q=0.5",
}

func sameDay(a, b time.Time) bool {
	return a.UTC().Format(time.DateOnly) == b.UTC().Format(time.DateOnly)
}

// compact is a page as a list, empty where it has no address.
func compact(page claims.Page) []claims.Page {
	if page.URL == "" {
		return nil
	}
	return []claims.Page{page}
}
