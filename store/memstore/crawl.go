package memstore

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"tallywire/claims"
	"tallywire/store"
)

// Page implements store.Store.
func (s *Store) Page(ctx context.Context, url string) (claims.Page, error) {
	if err := s.read(ctx); err != nil {
		return claims.Page{}, err
	}
	defer s.mu.RUnlock()
	return one[claims.Page](s.pages, "page", url)
}

// PutPages implements store.Store.
func (s *Store) PutPages(ctx context.Context, pages ...claims.Page) error {
	encoded := make([][]byte, len(pages))
	for i, p := range pages {
		if err := store.ValidatePage(p); err != nil {
			return err
		}
		data, err := json.Marshal(p)
		if err != nil {
			return fmt.Errorf("page %s: %w: %w", p.URL, claims.ErrInvalid, err)
		}
		encoded[i] = data
	}
	if err := s.write(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	for i, p := range pages {
		if old, err := one[claims.Page](s.pages, "page", p.URL); err == nil {
			s.pagesOf.remove(old.Source, p.URL)
		}
		s.pages[p.URL] = encoded[i]
		s.pagesOf.add(p.Source, p.URL)
	}
	return nil
}

// Pages implements store.Store.
func (s *Store) Pages(ctx context.Context, source claims.SourceID, after string, limit int) ([]claims.Page, string, error) {
	if err := s.read(ctx); err != nil {
		return nil, "", err
	}
	defer s.mu.RUnlock()
	return page[claims.Page](s.pages, "page", slices.Sorted(maps.Keys(s.pagesOf[source])), after, limit)
}

// SourceState implements store.Store.
func (s *Store) SourceState(ctx context.Context, id claims.SourceID) (claims.SourceState, error) {
	if err := s.read(ctx); err != nil {
		return claims.SourceState{}, err
	}
	defer s.mu.RUnlock()
	return one[claims.SourceState](s.sources, "source", id)
}

// PutSourceState implements store.Store.
func (s *Store) PutSourceState(ctx context.Context, state claims.SourceState) error {
	if err := store.ValidateName("source", string(state.Source)); err != nil {
		return err
	}
	data, err := json.Marshal(state)
	if err != nil {
		return fmt.Errorf("source %s: %w: %w", state.Source, claims.ErrInvalid, err)
	}
	if err := s.write(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	s.sources[state.Source] = data
	return nil
}
