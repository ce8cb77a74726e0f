package crawler

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tallywire/claims"
)

// A Planned is one address that a pass begun now would ask for.
type Planned struct {
	URL       string    `json:"url"`
	Why       string    `json:"why"`                // new, revisit, or retry after a failure
	Published time.Time `json:"published,omitzero"` // as the door or an earlier visit has it; UTC
}

// A Plan is what a pass over a source would do.
type Plan struct {
	Source  claims.SourceID `json:"source"`
	Pages   []Planned       `json:"pages"`             // in the order in which they would be asked; none of a social source
	Reasons map[Reason]int  `json:"reasons,omitempty"` // of addresses that would be passed over
	Note    string          `json:"note,omitempty"`    // what cannot be told without doing it
	Error   string          `json:"error,omitempty"`   // the door's failure; Pages then holds what is due without it
}

// Plan looks at a source's door, with all the manners of a pass, and at robots.txt of the articles behind it, and tells what a
// pass would ask for. It stores nothing, archives nothing and asks for no article. The error is State's or ctx's; that of the
// door is in the Plan.
func (c *Crawler) Plan(ctx context.Context, source Source) (Plan, error) {
	p := &pass{c: c, source: source, dry: true, trap: newTrapWatch(), log: c.opts.Logger.With("source", source.ID), sum: Summary{Source: source.ID, Reasons: map[Reason]int{}}}
	plan := Plan{Source: source.ID, Pages: []Planned{}}
	state, err := c.opts.State.SourceState(ctx, source.ID)
	if err != nil && !errors.Is(err, claims.ErrNotFound) {
		return plan, fmt.Errorf("source %s: %w", source.ID, err)
	}
	p.state = state
	p.state.Cursor = maps.Clone(state.Cursor)
	if source.Type != Feed && source.Type != Sitemap && source.Type != Page {
		plan.Note = "the list of posts of " + strings.TrimSpace(source.Account+" "+source.Search) + ", back to the last one known"
		return plan, nil
	}
	links, _, closed := p.door(ctx)
	var f *Failure
	switch {
	case errors.As(closed, &f):
		plan.Error = closed.Error()
	case closed != nil:
		return plan, fmt.Errorf("source %s: %w", source.ID, closed)
	}
	jobs, _, err := p.frontier(ctx, links)
	if err != nil {
		return plan, fmt.Errorf("source %s: %w", source.ID, err)
	}
	due, err := p.due(ctx, jobs)
	if err != nil {
		return plan, fmt.Errorf("source %s: %w", source.ID, err)
	}
	for _, j := range slices.Concat(jobs, due)[:min(len(jobs)+len(due), passBudget)] {
		u, err := parseURL(j.page.URL)
		if err == nil {
			err = c.robots.allowed(ctx, u)
		}
		if ctx.Err() != nil {
			return plan, ctx.Err()
		}
		if err != nil {
			p.count(reasonOf(err))
			continue
		}
		plan.Pages = append(plan.Pages, Planned{URL: j.page.URL, Why: j.why(), Published: j.published()})
	}
	if len(p.sum.Reasons) > 0 {
		plan.Reasons = p.sum.Reasons
	}
	return plan, nil
}

// why tells in a word what a job is for.
func (j job) why() string {
	switch {
	case j.page.Fails > 0 || j.page.Reason != "" && j.page.Canonical == "":
		return "retry"
	case j.page.Fetched.IsZero():
		return "new"
	}
	return "revisit"
}

func (j job) published() time.Time {
	if j.page.Published.IsZero() && j.item != nil {
		return j.item.Published
	}
	return j.page.Published
}
