package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"tallywire/alert"
	"tallywire/claims"
	"tallywire/internal/config"
	"tallywire/search"
	"tallywire/store"
)

// versionSetting is the setting that changes before claims do: who keeps something derived from the board knows
// by it whether he has all of it.
const versionSetting = "board_version"

// A watched store tells the search index, and whoever listens, what is written to the board.
type watched struct {
	store.Store
	env   *env
	dir   string // of the search index
	mu    sync.Mutex
	index *search.Index
	// warming is set while warm opens the index: who searches is then told to come back, and does not wait for minutes.
	warming atomic.Bool
	// listen is told what was written, after it is on disk; nil: nobody.
	listen func(ctx context.Context, now []claims.Claim, removed []claims.ClaimID, version string) error
	alerts *alert.Engine // nil where there are no rules
}

// searchDir is where the search index of a configuration is: beside the store.
func searchDir(c config.Config) string {
	return strings.TrimSuffix(c.Store.Path, filepath.Ext(c.Store.Path)) + ".search"
}

// PutClaims writes claims, and first that the board changes.
func (w *watched) PutClaims(ctx context.Context, put []claims.Claim, remove []claims.ClaimID) error {
	if len(put)+len(remove) == 0 {
		return nil
	}
	x, err := w.search(ctx) // brought up to what is there before it changes
	if err != nil {
		w.env.logger().Warn("no search index", "dir", w.dir, "err", err)
	}
	was, err := w.version(ctx)
	if err != nil {
		return err
	}
	count, _, _ := strings.Cut(was, "@")
	n, _ := strconv.ParseUint(count, 10, 64) // 0 where there was none
	version := fmt.Sprintf("%d@%d", n+1, w.env.now().UnixNano())
	if err := w.PutSetting(ctx, versionSetting, version); err != nil {
		return err
	}
	if err := w.Store.PutClaims(ctx, put, remove); err != nil {
		return err
	}
	if x != nil {
		if err := x.Apply(ctx, put, remove, version); err != nil {
			w.env.logger().Warn("search index not brought up to date; the next search does it", "dir", w.dir, "err", err)
		}
	}
	if w.listen != nil {
		if err := w.listen(ctx, put, remove, version); err != nil {
			w.env.logger().Error("alerts not queued; the next start catches up", "err", err)
		}
	}
	return nil
}

func (w *watched) version(ctx context.Context) (string, error) {
	v, err := w.Setting(ctx, versionSetting)
	if errors.Is(err, claims.ErrNotFound) {
		return "", nil
	}
	return v, err
}

// search returns the index, opened and brought up to date on first use.
func (w *watched) search(ctx context.Context) (*search.Index, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.index != nil {
		return w.index, nil
	}
	x, err := search.Open(w.dir, w.Store, w.env.logger())
	if err != nil {
		return nil, err
	}
	version, err := w.version(ctx)
	if err == nil {
		err = x.Follow(ctx, version)
	}
	if err != nil {
		return nil, errors.Join(err, x.Close())
	}
	w.index = x
	return x, nil
}

// warm opens the index and brings it up to date, which takes minutes over a large board without one. The caller has set
// warming.
func (w *watched) warm(ctx context.Context) error {
	defer w.warming.Store(false)
	_, err := w.search(ctx)
	return err
}

// Search finds claims by words; see search.Parse for the query language. The error wraps claims.ErrUnavailable while the
// index is being opened by warm.
func (w *watched) Search(ctx context.Context, words string, limit int) ([]claims.ClaimID, error) {
	if _, err := search.Parse(words); err != nil {
		return nil, err
	}
	if w.warming.Load() {
		return nil, fmt.Errorf("the search index is being built: %w", claims.ErrUnavailable)
	}
	x, err := w.search(ctx)
	if err != nil {
		return nil, err
	}
	return x.Search(ctx, words, limit)
}

// Close closes the index, then the store.
func (w *watched) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	var err error
	if w.index != nil {
		err = w.index.Close()
	}
	return errors.Join(err, w.Store.Close())
}

// matching leaves the claims that a full-text query picks, by the index where the board is today's.
func matching(ctx context.Context, s store.Store, all []claims.Claim, words []string, today bool) ([]claims.Claim, error) {
	query := strings.Join(words, " ")
	q, err := search.Parse(query)
	if err != nil {
		return nil, err
	}
	var out []claims.Claim
	if finder, ok := s.(*watched); ok && today {
		ids, err := finder.Search(ctx, query, 0)
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		found := make(map[claims.ClaimID]bool, len(ids))
		for _, id := range ids {
			found[id] = true
		}
		for i := range all {
			if found[all[i].ID] {
				out = append(out, all[i])
			}
		}
		return out, nil
	}
	for _, typos := range []bool{false, true} {
		for i := range all {
			if q.Matches(&all[i], typos) {
				out = append(out, all[i])
			}
		}
		if len(out) > 0 {
			break
		}
	}
	return out, nil
}
