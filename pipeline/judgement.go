package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"tallywire/claims"
)

// judgementSetting is where the store keeps up to where its claims were judged; absent or empty while they may lag behind
// what is kept in a way that only judging everything can mend.
const judgementSetting = "judgement"

// A judgement is up to where the claims of a store were judged.
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

// rules is the hash of the rules and settings in force.
func (p *Pipeline) rules() string {
	raw, err := json.Marshal(p.house())
	if err != nil {
		return "" // no stored hash is empty
	}
	sum := sha256.Sum256(append([]byte(claims.Rules+"\x00"), raw...))
	return hex.EncodeToString(sum[:16])
}

// A ledger knows what of a store has been judged. It is safe for concurrent use; its zero value knows nothing.
type ledger struct {
	mu       sync.Mutex
	recalled bool                // last has been read from the store
	last     *judgement          // nil: everything has to be judged
	ahead    bool                // the store says that claims may lag behind
	keeping  int                 // documents that are being kept at the moment
	touched  []claims.DocumentID // kept since the last judgement
}

// recall reads the last judgement, once. The caller holds the lock.
func (l *ledger) recall(ctx context.Context, s Store) error {
	if l.recalled {
		return nil
	}
	raw, err := s.Setting(ctx, judgementSetting)
	if err != nil && !errors.Is(err, claims.ErrNotFound) {
		return fmt.Errorf("read the last judgement: %w", err)
	}
	var last judgement
	if raw != "" && json.Unmarshal([]byte(raw), &last) == nil && last.Rules != "" {
		if last.Due == nil {
			last.Due = map[claims.ClaimID]time.Time{}
		}
		if last.Sources == nil {
			last.Sources = map[claims.SourceID]int{}
		}
		l.last = &last
	}
	l.recalled = true
	return nil
}

// begin notes in the store that claims may lag behind what is kept.
func (l *ledger) begin(ctx context.Context, s Store) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.note(ctx, s)
}

func (l *ledger) note(ctx context.Context, s Store) error {
	if err := l.recall(ctx, s); err != nil || l.ahead {
		return err
	}
	if err := s.PutSetting(ctx, judgementSetting, ""); err != nil {
		return fmt.Errorf("note that claims lag behind: %w", err)
	}
	l.ahead = true
	return nil
}

// keep calls put, which keeps a document and reports whether that changed anything, and remembers the document.
func (l *ledger) keep(ctx context.Context, s Store, doc claims.DocumentID, put func() (bool, error)) error {
	l.mu.Lock()
	if err := l.note(ctx, s); err != nil {
		l.mu.Unlock()
		return err
	}
	l.keeping++
	l.mu.Unlock()
	changed, err := put()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.keeping--
	if changed {
		l.touched = append(l.touched, doc)
	}
	return err
}

// take returns the last judgement by some rules, nil where there is none, and the documents kept since.
func (l *ledger) take(ctx context.Context, s Store, rules string) (*judgement, []claims.DocumentID, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.recall(ctx, s); err != nil {
		return nil, nil, err
	}
	touched := l.touched
	l.touched = nil
	if l.last == nil || l.last.Rules != rules {
		return nil, touched, nil
	}
	last := *l.last
	last.Due, last.Sources = maps.Clone(last.Due), maps.Clone(last.Sources)
	return &last, touched, nil
}

// judged is the last judgement; an empty one where there is none.
func (l *ledger) judged(ctx context.Context, s Store) (judgement, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.recall(ctx, s); err != nil || l.last == nil {
		return judgement{}, err
	}
	return *l.last, nil
}

// giveBack returns documents that were taken and could not be judged.
func (l *ledger) giveBack(touched []claims.DocumentID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.touched = append(touched, l.touched...)
}

// end notes a judgement, in the store too where nothing has been kept meanwhile.
func (l *ledger) end(ctx context.Context, s Store, j judgement) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last, l.recalled = &j, true
	if len(l.touched) > 0 || l.keeping > 0 {
		return nil // the next judgement is noted
	}
	raw, err := json.Marshal(j)
	if err != nil {
		return fmt.Errorf("note the judgement: %w", err)
	}
	if err := s.PutSetting(ctx, judgementSetting, string(raw)); err != nil {
		return fmt.Errorf("note the judgement: %w", err)
	}
	l.ahead = false
	return nil
}

// forget makes the next judgement one of everything.
func (l *ledger) forget(ctx context.Context, s Store) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.note(ctx, s); err != nil {
		return err
	}
	l.last = nil
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
