package crawler

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"tallywire/claims"
)

// frontier sorts a door's links: those to ask for now, and the pages among them not known before.
func (p *pass) frontier(ctx context.Context, links []link) (jobs []job, fresh []claims.Page, err error) {
	now, seen := p.c.now(), map[string]bool{p.source.URL: true}
	left := maxSitemapURLs
	if p.state.Cursor["trap"] != "" {
		left = trapAllowance
	}
	for _, l := range links {
		if seen[l.url] || !p.wanted(l.url) {
			continue
		}
		seen[l.url] = true
		l.item.Published, l.item.Updated = plausible(l.item.Published, now), plausible(l.item.Updated, now)
		page, err := p.c.opts.State.Page(ctx, l.url)
		switch {
		case errors.Is(err, claims.ErrNotFound):
			if p.tooOld(newest(l.item.Published, l.item.Updated)) {
				p.count(ReasonTooOld)
				continue
			}
			if left--; left < 0 || trapPath(l.url) || p.source.Type == Page && p.trap.listed(l.url) {
				p.count(ReasonTrap)
				continue
			}
			page = claims.Page{URL: l.url, Source: p.siteOwner(l.url), Kind: kindArticle, First: now, Due: now, Published: l.item.Published}
			fresh = append(fresh, page)
			jobs = append(jobs, job{page: page, item: &l.item})
			continue
		case err != nil:
			return nil, nil, fmt.Errorf("frontier: %w", err)
		case page.Source != p.source.ID:
			continue // another source's article: it looks after it
		case len(p.c.opts.Revisit) > 0 && page.Canonical != "" && l.item.Updated.After(page.Fetched) && !l.item.Updated.After(now):
			page.Due = now // the door says that it was changed
		case page.Reason == string(ReasonTooOld) && !page.Published.IsZero() && !p.tooOld(page.Published):
			page.Due = now // max_age has been raised
		}
		if isDue(page, now) {
			jobs = append(jobs, job{page: page, item: &l.item})
		}
	}
	return jobs, fresh, nil
}

// due lists the source's other pages whose time has come, longest overdue first.
func (p *pass) due(ctx context.Context, jobs []job) ([]job, error) {
	taken := map[string]bool{}
	for _, j := range jobs {
		taken[j.page.URL] = true
	}
	var out []job
	now := p.c.now()
	err := p.eachPage(ctx, func(page claims.Page) {
		if page.Kind == kindArticle && isDue(page, now) && !taken[page.URL] && p.wanted(page.URL) {
			out = append(out, job{page: page})
		}
	})
	slices.SortStableFunc(out, func(a, b job) int { return a.page.Due.Compare(b.page.Due) })
	return out, err
}

// eachPage goes through all pages of the source.
func (p *pass) eachPage(ctx context.Context, do func(claims.Page)) error {
	for after := ""; ; {
		pages, next, err := p.c.opts.State.Pages(ctx, p.source.ID, after, statePage)
		if err != nil {
			return fmt.Errorf("pages: %w", err)
		}
		for _, page := range pages {
			do(page)
		}
		if next == "" {
			return nil
		}
		after = next
	}
}

// plausible is a date that a door or page gives, or zero where it cannot be one: before the web, or more
// than a day ahead, which no time zone explains.
func plausible(t, now time.Time) time.Time {
	if t.Year() < 1991 || t.After(now.Add(24*time.Hour)) {
		return time.Time{}
	}
	return t
}

// isDue reports whether a page is to be asked in a pass that begins now. One whose server asked for a
// short rest is: its job waits for that.
func isDue(page claims.Page, now time.Time) bool {
	if page.Reason == string(ReasonRateLimited) {
		now = now.Add(maxWait)
	}
	return !page.Due.IsZero() && !page.Due.After(now)
}

// wanted applies the source's include and exclude expressions.
func (p *pass) wanted(address string) bool {
	if p.excluded(address) {
		return false
	}
	for _, re := range p.source.Include {
		if re.MatchString(address) {
			return true
		}
	}
	return len(p.source.Include) == 0
}

func (p *pass) excluded(address string) bool {
	for _, re := range p.source.Exclude {
		if re.MatchString(address) {
			return true
		}
	}
	return false
}

// notBefore is the start of what is young enough, zero where all is.
func (p *pass) notBefore() time.Time {
	if p.c.opts.MaxAge <= 0 {
		return time.Time{}
	}
	return p.c.now().Add(-p.c.opts.MaxAge)
}

func (p *pass) tooOld(published time.Time) bool {
	return !published.IsZero() && published.Before(p.notBefore())
}

// nextVisit is when a known article is asked again: at the next of the configured ages. Its age runs from
// its publication, or from when it was first seen where that is unknown or later.
func (p *pass) nextVisit(page claims.Page) time.Time {
	now, begin := p.c.now(), page.First
	if !page.Published.IsZero() && page.Published.Before(begin) {
		begin = page.Published
	}
	var next time.Time
	for _, age := range p.c.opts.Revisit {
		if age <= 0 {
			return now
		}
		if at := begin.Add(age); at.After(now) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}
