package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"

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

func (p *Pipeline) each(ctx context.Context, f func(store.Record) error) error {
	var after claims.DocumentID
	for {
		records, next, err := p.Store.Records(ctx, after, pageSize)
		if err != nil {
			return fmt.Errorf("read documents: %w", err)
		}
		for _, r := range records {
			if err := f(r); err != nil {
				return err
			}
		}
		if after = next; next == "" {
			return nil
		}
	}
}

// All reads every claim of a store, whole, in ascending order of ID.
func All(ctx context.Context, s interface {
	Claims(ctx context.Context, after claims.ClaimID, limit int) ([]claims.Claim, claims.ClaimID, error)
}) ([]claims.Claim, error) {
	var out []claims.Claim
	var after claims.ClaimID
	for {
		page, next, err := s.Claims(ctx, after, pageSize)
		if err != nil {
			return nil, fmt.Errorf("read claims: %w", err)
		}
		out = append(out, page...)
		if after = next; next == "" {
			return out, nil
		}
	}
}

func compare(before, now []claims.Claim) (out Changes, put []claims.Claim, remove []claims.ClaimID) {
	old := make(map[claims.ClaimID]*claims.Claim, len(before))
	for i := range before {
		old[before[i].ID] = &before[i]
	}
	out.Claims = len(now)
	for _, c := range now {
		was := old[c.ID]
		delete(old, c.ID)
		switch {
		case was == nil:
			out.New++
		case equal(was, &c):
			continue
		default:
			out.Changed++
			if was.Status != c.Status {
				out.Flips = append(out.Flips, Flip{c.ID, c.Statement, was.Status, c.Status})
			}
		}
		put = append(put, c)
	}
	for _, c := range before {
		if old[c.ID] != nil {
			remove = append(remove, c.ID)
		}
	}
	out.Removed = len(remove)
	for _, c := range put {
		out.Written = append(out.Written, c.ID)
	}
	out.Written = append(out.Written, remove...)
	slices.Sort(out.Written)
	return out, put, remove
}

func equal(a, b *claims.Claim) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
