package main

import (
	"context"
	"strings"

	readmodel "tallywire/board"
	"tallywire/claims"
	"tallywire/server/api"
)

// rows is the API's board over the pages' one: both pick alike, and neither reads the whole store for it.
type rows struct {
	board *readmodel.Board
	plain api.Board // while the board is still being read
}

// Pick implements api.Board.
func (r rows) Pick(ctx context.Context, f claims.Filter, cursor string, limit int) (api.Picked, error) {
	if !r.board.Loaded() {
		return r.plain.Pick(ctx, f, cursor, limit)
	}
	var out api.Picked
	for {
		f.Limit = readmodel.MaxPage
		if limit > 0 {
			f.Limit = min(limit-len(out.IDs), readmodel.MaxPage)
		}
		found, err := r.board.Find(ctx, readmodel.Query{Filter: f, Cursor: cursor})
		if err != nil {
			return api.Picked{}, err
		}
		for i := range found.Rows {
			out.IDs = append(out.IDs, found.Rows[i].ID)
		}
		out.Total, out.Next, cursor = found.Total, found.Next, found.Next
		if cursor == "" || limit > 0 && len(out.IDs) >= limit {
			return out, nil
		}
	}
}

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
