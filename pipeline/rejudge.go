package pipeline

import (
	"context"
	"fmt"
	"time"

	"tallywire/claims"
	"tallywire/store"
)

// Extract reads every stored document again with today's rules.
func (p *Pipeline) Extract(ctx context.Context) (documents int, err error) {
	return documents, p.rewrite(ctx, func(r store.Record) *store.Record {
		documents++
		again := p.record(r.Document)
		return &again
	})
}

// Rejudge extracts and judges again everything stored. dry shows what would change and changes nothing.
func (p *Pipeline) Rejudge(ctx context.Context, dry bool) (Changes, error) {
	if !dry {
		if err := p.forget(ctx); err != nil {
			return Changes{}, err
		}
		if _, err := p.Extract(ctx); err != nil {
			return Changes{}, err
		}
		return p.Judge(ctx, false)
	}
	var mentions []claims.Mention
	if err := p.each(ctx, func(r store.Record) error {
		mentions = append(mentions, p.record(r.Document).Mentions...)
		return nil
	}); err != nil {
		return Changes{}, err
	}
	decisions, err := p.Store.Decisions(ctx)
	if err != nil {
		return Changes{}, fmt.Errorf("read decisions: %w", err)
	}
	return p.wouldChange(ctx, mentions, decisions)
}

// At judges what had come out by a moment: mentions published (or, where that is unknown, fetched) until then, and the
// editors' decisions of that time.
func (p *Pipeline) At(ctx context.Context, moment time.Time) ([]claims.Claim, error) {
	all, err := p.mentions(ctx)
	if err != nil {
		return nil, err
	}
	var mentions []claims.Mention
	for _, m := range all {
		at := m.Published
		if at.IsZero() {
			at = m.Retrieved
		}
		if m.Withdrawn.After(moment) {
			m.Withdrawn = time.Time{} // taken down later
		}
		if !at.After(moment) {
			mentions = append(mentions, m)
		}
	}
	made, err := p.Store.Decisions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read decisions: %w", err)
	}
	var decisions []claims.Decision
	for _, d := range made {
		if !d.At.After(moment) {
			decisions = append(decisions, d)
		}
	}
	return claims.Judge(mentions, decisions, p.house()), nil
}
