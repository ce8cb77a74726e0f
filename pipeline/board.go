package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"tallywire/claims"
	"tallywire/store"
)

// pageSize is how many records are read from the store at a time, so that no read transaction lasts.
const pageSize = 200

// Changes says what judging did to the board.
type Changes struct {
	Claims  int    `json:"claims"` // on the board now
	New     int    `json:"new"`
	Changed int    `json:"changed"` // in anything
	Removed int    `json:"removed"`
	Flips   []Flip `json:"flips"` // changes of status, in order of claim ID

	// Written are the claims that were put or removed, ascending.
	Written []claims.ClaimID `json:"-"`
}

// A Flip is a change of a claim's status.
type Flip struct {
	Claim     claims.ClaimID `json:"claim"`
	Statement string         `json:"statement"`
	From      claims.Status  `json:"from"`
	To        claims.Status  `json:"to"`
}

func (p *Pipeline) mentions(ctx context.Context) ([]claims.Mention, error) {
	var out []claims.Mention
	err := p.each(ctx, func(r store.Record) error {
		out = append(out, r.Mentions...)
		return nil
	})
	return out, err
}

// each calls f for every stored record.
func (p *Pipeline) each(ctx context.Context, f func(store.Record) error) error {
	return eachPage(func(after claims.DocumentID) (claims.DocumentID, error) {
		records, next, err := p.Store.Records(ctx, after, pageSize)
		if err != nil {
			return "", fmt.Errorf("read documents: %w", err)
		}
		for _, r := range records {
			if err := f(r); err != nil {
				return "", err
			}
		}
		return next, nil
	})
}

// rewrite calls f for every stored record and keeps what it returns, page by page: a write to disk takes as long for one record
// as for many. Nothing else is kept while a page is in hand.
func (p *Pipeline) rewrite(ctx context.Context, f func(store.Record) *store.Record) error {
	return eachPage(func(after claims.DocumentID) (claims.DocumentID, error) {
		p.keeping.Lock()
		defer p.keeping.Unlock()
		records, next, err := p.Store.Records(ctx, after, pageSize)
		if err != nil {
			return "", fmt.Errorf("read documents: %w", err)
		}
		var put []store.Record
		for _, r := range records {
			if changed := f(r); changed != nil {
				put = append(put, *changed)
			}
		}
		if len(put) > 0 {
			if _, err := p.Store.PutRecords(ctx, put...); err != nil {
				return "", fmt.Errorf("keep documents: %w", err)
			}
		}
		return next, nil
	})
}

// eachPage calls page with the cursor that it returned last, until that is "".
func eachPage(page func(after claims.DocumentID) (claims.DocumentID, error)) error {
	var after claims.DocumentID
	for {
		var err error
		if after, err = page(after); err != nil || after == "" {
			return err
		}
	}
}

// All reads every claim of a store, whole, in ascending order of ID.
func All(ctx context.Context, s interface {
	Claims(ctx context.Context, after claims.ClaimID, limit int) ([]claims.Claim, claims.ClaimID, error)
}) ([]claims.Claim, error) {
	var out []claims.Claim
	for c, err := range stored(ctx, s) {
		if err != nil {
			return nil, err
		}
		out = append(out, *c)
	}
	return out, nil
}

func equal(a, b *claims.Claim) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
