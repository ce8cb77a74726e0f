package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"tallywire/claims"
)

// judgementSetting is where the store keeps how its claims were judged; absent or empty where everything has to be judged. Which
// documents came since, the store lists itself.
const judgementSetting = "judgement"

// A judgement is how the claims of a store were judged.
type judgement struct {
	Rules     string                       `json:"rules"` // hash of the rules and settings
	Newest    time.Time                    `json:"newest"`
	Due       map[claims.ClaimID]time.Time `json:"due,omitempty"`
	Decisions int                          `json:"decisions"` // how many were heeded
	Claims    int                          `json:"claims"`
	Sources   map[claims.SourceID]int      `json:"sources"` // claims that mention each
}

// count adds a claim to the counts of its sources, or takes it away.
func (j *judgement) count(c *claims.Claim, n int) {
	var seen []claims.SourceID
	for _, m := range c.Mentions {
		if !slices.Contains(seen, m.Source) {
			seen = append(seen, m.Source)
			if j.Sources[m.Source] += n; j.Sources[m.Source] == 0 {
				delete(j.Sources, m.Source)
			}
		}
	}
}

// dues takes over when disputes end by their own.
func (j *judgement) dues(v claims.Verdicts) {
	for id, due := range v.Due {
		if j.Due[id] = due; due.IsZero() {
			delete(j.Due, id)
		}
	}
	for _, id := range v.Remove {
		delete(j.Due, id)
	}
}

// rules is the hash of the rules and settings in force.
func (p *Pipeline) rules() string {
	raw, err := json.Marshal(p.house())
	if err != nil {
		return "" // no stored hash is empty
	}
	sum := sha256.Sum256(append([]byte(claims.Rules+"\x00"), raw...))
	return hex.EncodeToString(sum[:16])
}

// lastJudgement reads up to where the claims were judged; nil where everything has to be judged: never done, forgotten, or by
// other rules or settings.
func (p *Pipeline) lastJudgement(ctx context.Context) (*judgement, error) {
	raw, err := p.Store.Setting(ctx, judgementSetting)
	if err != nil && !errors.Is(err, claims.ErrNotFound) {
		return nil, fmt.Errorf("read the last judgement: %w", err)
	}
	var last judgement
	if raw == "" || json.Unmarshal([]byte(raw), &last) != nil || last.Rules != p.rules() {
		return nil, nil
	}
	if last.Due == nil {
		last.Due = map[claims.ClaimID]time.Time{}
	}
	if last.Sources == nil {
		last.Sources = map[claims.SourceID]int{}
	}
	return &last, nil
}

// begin looks, before anything is kept, whether an earlier process left documents to be judged.
func (p *Pipeline) begin(ctx context.Context) error {
	if p.begun.Load() {
		return nil
	}
	p.judging.Lock()
	defer p.judging.Unlock()
	if p.begun.Load() {
		return nil
	}
	docs, _, err := p.Store.Unjudged(ctx)
	if err != nil {
		return fmt.Errorf("read what is to be judged: %w", err)
	}
	p.inherited = len(docs) > 0
	p.begun.Store(true)
	return nil
}

// note writes down a judgement, and that the documents up to a mark are judged. Where a process ends before it has, they are
// judged again.
func (p *Pipeline) note(ctx context.Context, j judgement, upTo uint64) error {
	raw, err := json.Marshal(j)
	if err != nil {
		return fmt.Errorf("note the judgement: %w", err)
	}
	if err := p.Store.PutSetting(ctx, judgementSetting, string(raw)); err != nil {
		return fmt.Errorf("note the judgement: %w", err)
	}
	if err := p.Store.Judged(ctx, upTo); err != nil {
		return fmt.Errorf("note the judgement: %w", err)
	}
	return nil
}

// forget makes the next judgement one of everything.
func (p *Pipeline) forget(ctx context.Context) error {
	if err := p.Store.PutSetting(ctx, judgementSetting, ""); err != nil {
		return fmt.Errorf("forget the last judgement: %w", err)
	}
	return nil
}

// A docket is what claims.Bench.Update looks things up in.
type docket struct {
	ctx context.Context
	Store
}

// Page implements claims.Docket.
func (d docket) Page(doc claims.DocumentID) ([]claims.Mention, error) {
	r, err := d.Store.Record(d.ctx, doc)
	if errors.Is(err, claims.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read document %s: %w", doc, err)
	}
	versions, err := d.Store.Versions(d.ctx, r.Document.URL)
	if err != nil {
		return nil, fmt.Errorf("read versions of %s: %w", r.Document.URL, err)
	}
	var out []claims.Mention
	for _, v := range versions {
		if v.ID != doc {
			other, err := d.Store.Record(d.ctx, v.ID)
			if err != nil {
				return nil, fmt.Errorf("read document %s: %w", v.ID, err)
			}
			out = append(out, other.Mentions...)
		} else {
			out = append(out, r.Mentions...)
		}
	}
	return out, nil
}

// Near implements claims.Docket.
func (d docket) Near(key string) ([]claims.Ref, error) { return d.Store.Block(d.ctx, key) }

// ClaimOf implements claims.Docket.
func (d docket) ClaimOf(m claims.MentionID) (claims.ClaimID, error) {
	ids, err := d.Store.ClaimsOf(d.ctx, m)
	if err != nil || len(ids) == 0 {
		return "", err
	}
	return ids[0], nil
}

// Claim implements claims.Docket.
func (d docket) Claim(id claims.ClaimID) (*claims.Claim, error) {
	c, err := d.Store.Claim(d.ctx, id)
	if errors.Is(err, claims.ErrNotFound) || err == nil && c.ID != id { // one that it was merged into
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read claim %s: %w", id, err)
	}
	return &c, nil
}
