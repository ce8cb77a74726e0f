package search

import (
	"context"
	"errors"
	"fmt"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"tallywire/claims"
)

// Search returns the claims that a query picks: the best ones first, at most limit, or all of them by ID for 0, which takes
// half the time. Where nothing is found, it looks again and forgives typos. The error wraps claims.ErrInvalid where the query cannot be meant.
//
// A damaged index is no error: the store is read instead, and the index built anew in the meantime.
func (x *Index) Search(ctx context.Context, words string, limit int) ([]claims.ClaimID, error) {
	q, err := Parse(words)
	if err != nil {
		return nil, err
	}
	found, err := x.ask(ctx, q, limit)
	if err == nil || ctx.Err() != nil {
		return found, err
	}
	x.log.Warn("search index does not answer; the store is read instead", "dir", x.dir, "err", err)
	x.repair()
	return x.scan(ctx, q, limit)
}

// repair builds the index anew beside whoever searches; one at a time.
func (x *Index) repair() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.broken || x.bleve == nil {
		return
	}
	x.broken = true
	x.mending.Go(func() {
		ctx := context.Background() // Close waits for it
		_, err := x.Rebuild(ctx, "")
		if err != nil {
			x.log.Error("search index could not be built anew", "dir", x.dir, "err", err)
		}
		x.mu.Lock()
		x.broken = false
		x.mu.Unlock()
	})
}

// ask asks the index, without and then with typos.
func (x *Index) ask(ctx context.Context, q Query, limit int) ([]claims.ClaimID, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.bleve == nil {
		return nil, errClosed
	}
	for _, typos := range []bool{false, true} {
		var out []claims.ClaimID
		err := guarded(func() (err error) {
			out, err = x.run(ctx, q.build(typos), q, limit)
			return err
		})
		if err != nil || len(out) > 0 {
			return out, err
		}
	}
	return []claims.ClaimID{}, nil
}

func (x *Index) run(ctx context.Context, built query.Query, q Query, limit int) ([]claims.ClaimID, error) {
	size := len(x.known)
	exact := q.hasValue() // the index holds values as binary floats: the store says what is within
	if limit > 0 && !exact {
		size = min(size, limit)
	}
	request := bleve.NewSearchRequestOptions(built, size, 0, false)
	request.SortBy([]string{"-_score", "_id"})
	if limit == 0 {
		request.Score = "none" // who takes all has an order of his own
		request.SortBy([]string{"_id"})
	}
	result, err := x.bleve.SearchInContext(ctx, request)
	if err != nil {
		return nil, err
	}
	if result.Status != nil && result.Status.Failed > 0 {
		return nil, errors.New("part of the index does not answer")
	}
	out := make([]claims.ClaimID, 0, len(result.Hits))
	for _, hit := range result.Hits {
		id := claimID(hit.ID)
		if exact {
			c, err := x.store.Claim(ctx, id)
			if errors.Is(err, claims.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("read claim: %w", err)
			}
			if !q.within(&c) {
				continue
			}
		}
		if out = append(out, id); limit > 0 && len(out) == limit {
			break
		}
	}
	return out, nil
}

func (q Query) hasValue() bool {
	for i := range q.Terms {
		if q.Terms[i].Field == "value" {
			return true
		}
	}
	return false
}

func (q Query) within(c *claims.Claim) bool {
	for i := range q.Terms {
		if t := &q.Terms[i]; t.Field == "value" && t.within(c) == t.Not {
			return false
		}
	}
	return true
}

// scan reads every claim of the store.
func (x *Index) scan(ctx context.Context, q Query, limit int) ([]claims.ClaimID, error) {
	for _, typos := range []bool{false, true} {
		out := []claims.ClaimID{}
		var after claims.ClaimID
		for {
			page, next, err := x.store.Claims(ctx, after, pageSize)
			if err != nil {
				return nil, fmt.Errorf("read claims: %w", err)
			}
			for i := range page {
				if q.Matches(&page[i], typos) && (limit == 0 || len(out) < limit) {
					out = append(out, page[i].ID)
				}
			}
			if after = next; next == "" {
				break
			}
		}
		if len(out) > 0 {
			return out, nil
		}
	}
	return []claims.ClaimID{}, nil
}

// build makes the library's query.
func (q Query) build(typos bool) query.Query {
	b := bleve.NewBooleanQuery()
	some := false
	for i := range q.Terms {
		t := &q.Terms[i]
		if part := t.build(typos && !t.Not); part == nil {
			continue
		} else if t.Not {
			b.AddMustNot(part)
		} else {
			b.AddMust(part)
			some = true
		}
	}
	if !some {
		b.AddMust(bleve.NewMatchAllQuery()) // only then: it would walk over every claim besides
	}
	return b
}

func (t *Term) build(typos bool) query.Query {
	switch t.Field {
	case "":
		return t.buildText(typos)
	case "value":
		if t.Not {
			return nil // what lies within is not exact here; within leaves it out
		}
		var from, to *float64
		if t.From.Known() {
			v := t.From.Decimal().InexactFloat64()
			from = &v
		}
		if t.To.Known() {
			v := t.To.Decimal().InexactFloat64()
			to = &v
		}
		yes := true
		n := bleve.NewNumericRangeInclusiveQuery(from, to, &yes, &yes)
		n.SetField("v")
		return n
	case "since", "until":
		var from, to *float64
		if t.Field == "since" {
			v := float64(t.Since.Unix())
			from = &v
		} else {
			v := float64(t.Until.Unix())
			to = &v
		}
		yes, no := true, false
		n := bleve.NewNumericRangeInclusiveQuery(from, to, &yes, &no)
		n.SetField("c")
		return n
	case "speaker", "place", "party":
		return row(t.plainWords(), "n."+t.Field)
	}
	k := bleve.NewTermQuery(t.Value)
	k.SetField("k." + t.Field)
	return k
}

// buildText finds words as they stand first, in other forms next, with wrong letters last.
func (t *Term) buildText(typos bool) query.Query {
	plain := t.plainWords()
	if t.Prefix {
		p := bleve.NewPrefixQuery(plain[0])
		p.SetField("w")
		return p
	}
	any := bleve.NewDisjunctionQuery(boosted(row(plain, "w"), 3))
	for _, l := range languages {
		any.AddQuery(boosted(row(t.stems(l), "s."+l), 2))
	}
	if n := forgiven(plain); typos && n > 0 {
		f := bleve.NewFuzzyQuery(plain[0])
		f.SetField("w")
		f.SetFuzziness(n)
		f.SetPrefix(1)
		any.AddQuery(f)
	}
	return any
}

// row finds words in a row in a field.
func row(words []string, field string) query.Query {
	if len(words) == 1 {
		q := bleve.NewTermQuery(words[0])
		q.SetField(field)
		return q
	}
	return bleve.NewPhraseQuery(words, field)
}

func boosted(q query.Query, by float64) query.Query {
	if b, ok := q.(query.BoostableQuery); ok {
		b.SetBoost(by)
	}
	return q
}
