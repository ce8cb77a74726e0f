package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// An Evidence is where what was fetched is kept, in files that can be let go.
type Evidence interface {
	Prune(ctx context.Context, before time.Time, keep func(name string) (bool, error)) (removed []string, freed int64, err error)
}

// KeepTidy lets go of evidence older than a retention, now and then once a day, until ctx ends; a retention of 0 keeps
// everything. What fails is logged and tried again the next day.
func (p *Pipeline) KeepTidy(ctx context.Context, e Evidence, retention time.Duration) {
	if retention <= 0 {
		return
	}
	day := time.NewTicker(24 * time.Hour)
	defer day.Stop()
	for {
		removed, freed, err := p.Prune(ctx, e, p.Now().Add(-retention))
		switch {
		case err != nil && !errors.Is(err, context.Canceled):
			p.Log.Warn("old evidence could not be let go", "err", err)
		case len(removed) > 0:
			p.Log.Info("old evidence let go", "files", len(removed), "bytes", freed)
		}
		select {
		case <-ctx.Done():
			return
		case <-day.C:
		}
	}
}

// Prune removes the files of evidence that were begun before a time and that no claim on the board rests on.
func (p *Pipeline) Prune(ctx context.Context, e Evidence, before time.Time) (removed []string, freed int64, err error) {
	all, err := All(ctx, p.Store)
	if err != nil {
		return nil, 0, err
	}
	wanted := map[string]bool{}
	for i := range all {
		for _, m := range all[i].Mentions {
			if m.Archive != nil {
				wanted[m.Archive.File] = true
			}
		}
	}
	removed, freed, err = e.Prune(ctx, before, func(name string) (bool, error) { return wanted[name], nil })
	if err != nil {
		return removed, freed, fmt.Errorf("let go of evidence from before %s: %w", before.UTC().Format(time.DateOnly), err)
	}
	return removed, freed, nil
}
