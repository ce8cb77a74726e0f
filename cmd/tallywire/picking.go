package main

import (
	"context"
	"strings"

	"tallywire/claims"
	"tallywire/server/api"
)

// A picker is the API's board over a bare store, with full-text search by the index.
type picker struct {
	api.Scan
	search func(ctx context.Context, words string, limit int) ([]claims.ClaimID, error)
}

// Pick implements api.Board.
func (p picker) Pick(ctx context.Context, f claims.Filter, cursor string, limit int) (api.Picked, error) {
	if len(f.Words) == 0 {
		return p.Scan.Pick(ctx, f, cursor, limit)
	}
	ids, err := p.search(ctx, strings.Join(f.Words, " "), 0)
	if err != nil {
		return api.Picked{}, err
	}
	f.Words = nil
	return api.Scan{Store: found{p.Store, ids}}.Pick(ctx, f, cursor, limit)
}

// found is a store of which only some claims are read.
type found struct {
	api.Store
	ids []claims.ClaimID
}

// Claims reads the found claims, all at once.
func (f found) Claims(ctx context.Context, _ claims.ClaimID, _ int) ([]claims.Claim, claims.ClaimID, error) {
	out := make([]claims.Claim, 0, len(f.ids))
	for _, id := range f.ids {
		c, err := f.Claim(ctx, id)
		if err != nil {
			continue // gone since it was found, or damaged: the others are shown
		}
		out = append(out, c)
	}
	return out, "", nil
}
