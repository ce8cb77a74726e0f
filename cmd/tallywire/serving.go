package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"tallywire/access"
	"tallywire/claims"
	"tallywire/extract"
	"tallywire/internal/config"
	"tallywire/pipeline"
	"tallywire/report"
	"tallywire/server"
	"tallywire/server/api"
	"tallywire/store"
)

// api joins the JSON API to a configuration and a desk.
func (e *env) api(c config.Config, d *desk) *api.API {
	s := d.store
	board := rows{board: d.board, plain: api.Scan{Store: s}}
	if w, ok := s.(*watched); ok {
		board.plain = picker{api.Scan{Store: s}, w.Search}
	}
	return api.New(api.Options{
		Store: s, Board: board, Tokens: access.NewTokens(s, e.now), Audit: access.NewLog(s, e.now), Log: e.logger(), Now: e.now, Version: version,
		Editor:  d.editor,
		Edition: editionOf(c, report.Edition{}),
		Check:   server.Checker{Store: s, Board: d.board, Settings: settings(c), Extract: extract.Text, Now: e.now}.Check,
		Sources: func(ctx context.Context) ([]api.Source, error) { return healths(ctx, c, s) },
		Pack:    func(ctx context.Context, cs []claims.Claim, w io.Writer) error { return e.pack(ctx, c, s, cs, w) },
	})
}

// healths lists a configuration's sources with how they fare.
func healths(ctx context.Context, c config.Config, s store.Store) ([]api.Source, error) {
	list := []api.Source{}
	known := settings(c).Sources
	for i, src := range c.Sources {
		state, err := s.SourceState(ctx, claims.SourceID(src.ID))
		if err != nil && !errors.Is(err, claims.ErrNotFound) {
			return nil, err
		}
		state.Source = claims.SourceID(src.ID)
		list = append(list, api.Source{Source: known[i], Type: src.Type, URL: src.URL, Now: state})
	}
	return list, nil
}

// An editor keeps editors' decisions and judges again, one at a time.
type editor struct {
	store    store.Store
	pipeline *pipeline.Pipeline
	now      func() time.Time
	mu       sync.Mutex
	changes  pipeline.Changes // of the last decision
}

// Decide keeps a decision, of which it sets ID and At, and judges again.
func (ed *editor) Decide(ctx context.Context, d claims.Decision) (claims.Decision, error) {
	ed.mu.Lock()
	defer ed.mu.Unlock()
	d.At = ed.now().UTC()
	raw, err := json.Marshal(d)
	if err != nil {
		return d, err
	}
	sum := sha256.Sum256(raw)
	d.ID = "d_" + hex.EncodeToString(sum[:8])
	if err := ed.store.PutDecision(ctx, d); err != nil {
		return d, fmt.Errorf("keep decision: %w", err)
	}
	ed.changes, err = ed.pipeline.Judge(ctx, false)
	return d, err
}
