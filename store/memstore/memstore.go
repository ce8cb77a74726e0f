// Package memstore keeps a store in memory: for tests, for dry runs, and as the plain reference for what
// every other backend does. It holds everything as JSON, so that callers never share memory with it and
// read back exactly what a backend on disk would give them.
//
// Start with New.
package memstore

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"tallywire/claims"
	"tallywire/store"
)

var _ store.Store = (*Store)(nil)

// A Store is a store.Store without a disk. The zero value is not ready; call New.
type Store struct {
	mu        sync.RWMutex
	records   table[claims.DocumentID]
	versions  index[string, claims.DocumentID] // canonical URL
	blocks    index[string, claims.Ref]        // blocking key
	unjudged  []claims.DocumentID              // in the order in which they came
	judged    uint64                           // how many came before the first of unjudged
	claims    table[claims.ClaimID]
	claimsOf  index[claims.MentionID, claims.ClaimID]
	decisions [][]byte // in the order of arrival
	pages     table[string]
	pagesOf   index[claims.SourceID, string]
	sources   table[claims.SourceID]
	settings  map[string]string
	closed    bool
}

// A table maps an ID to a record's JSON.
type table[K ~string] map[K][]byte

// An index maps a key to the set of what is found under it.
type index[K, V comparable] map[K]map[V]bool

func (x index[K, V]) add(k K, v V) {
	if x[k] == nil {
		x[k] = map[V]bool{}
	}
	x[k][v] = true
}

func (x index[K, V]) remove(k K, v V) {
	delete(x[k], v)
	if len(x[k]) == 0 {
		delete(x, k)
	}
}

// New returns an empty store.
func New() *Store {
	return &Store{
		records: table[claims.DocumentID]{}, versions: index[string, claims.DocumentID]{}, blocks: index[string, claims.Ref]{},
		claims: table[claims.ClaimID]{}, claimsOf: index[claims.MentionID, claims.ClaimID]{},
		pages: table[string]{}, pagesOf: index[claims.SourceID, string]{},
		sources: table[claims.SourceID]{}, settings: map[string]string{},
	}
}

// read takes the lock for reading; the caller gives it back with s.mu.RUnlock where the error is nil.
func (s *Store) read(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.RLock()
	if s.closed {
		s.mu.RUnlock()
		return fmt.Errorf("store is closed: %w", claims.ErrUnavailable)
	}
	return nil
}

// write takes the lock for writing; the caller gives it back with s.mu.Unlock where the error is nil.
func (s *Store) write(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return fmt.Errorf("store is closed: %w", claims.ErrUnavailable)
	}
	return nil
}

// one decodes the record under id, or wraps claims.ErrNotFound.
func one[V any, K ~string](t table[K], kind string, id K) (V, error) {
	var v V
	data, ok := t[id]
	if !ok {
		return v, fmt.Errorf("%s %s: %w", kind, id, claims.ErrNotFound)
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return v, fmt.Errorf("%s %s: %w: %w", kind, id, store.ErrDamaged, err)
	}
	return v, nil
}

// page decodes up to limit records of the sorted ids that follow after, and gives the next cursor.
func page[V any, K ~string](t table[K], kind string, ids []K, after K, limit int) ([]V, K, error) {
	if err := store.ValidateLimit(limit); err != nil {
		return nil, "", err
	}
	from, found := slices.BinarySearch(ids, after)
	if found {
		from++
	}
	ids = ids[from:]
	var next K
	if len(ids) > limit {
		ids, next = ids[:limit], ids[limit-1]
	}
	var list []V
	for _, id := range ids {
		v, err := one[V](t, kind, id)
		if err != nil {
			return nil, "", err
		}
		list = append(list, v)
	}
	return list, next, nil
}

// Setting implements store.Store.
func (s *Store) Setting(ctx context.Context, name string) (string, error) {
	if err := s.read(ctx); err != nil {
		return "", err
	}
	defer s.mu.RUnlock()
	v, ok := s.settings[name]
	if !ok {
		return "", fmt.Errorf("setting %s: %w", name, claims.ErrNotFound)
	}
	return v, nil
}

// PutSetting implements store.Store.
func (s *Store) PutSetting(ctx context.Context, name, value string) error {
	if err := store.ValidateName("setting", name); err != nil {
		return err
	}
	if err := s.write(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	s.settings[name] = value
	return nil
}

// PutDecision implements store.Store.
func (s *Store) PutDecision(ctx context.Context, d claims.Decision) error {
	if err := store.ValidateDecision(d); err != nil {
		return err
	}
	data, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("decision %s: %w: %w", d.ID, claims.ErrInvalid, err)
	}
	if err := s.write(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	known, err := s.decoded()
	if err != nil {
		return err
	}
	for i, k := range known {
		if k.ID != d.ID {
			continue
		}
		if !bytes.Equal(s.decisions[i], data) {
			return fmt.Errorf("decision %s is kept already and says something else: %w", d.ID, claims.ErrConflict)
		}
		return nil
	}
	s.decisions = append(s.decisions, data)
	return nil
}

// Decisions implements store.Store.
func (s *Store) Decisions(ctx context.Context) ([]claims.Decision, error) {
	if err := s.read(ctx); err != nil {
		return nil, err
	}
	defer s.mu.RUnlock()
	return s.decoded()
}

// decoded returns the decisions. The lock is held.
func (s *Store) decoded() ([]claims.Decision, error) {
	var list []claims.Decision
	for _, data := range s.decisions {
		var d claims.Decision
		if err := json.Unmarshal(data, &d); err != nil {
			return nil, fmt.Errorf("decision: %w: %w", store.ErrDamaged, err)
		}
		list = append(list, d)
	}
	return list, nil
}

// Check implements store.Store. Memory has nothing to check but that each record can be read.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	if err := s.read(ctx); err != nil {
		return nil, err
	}
	defer s.mu.RUnlock()
	var wrong []string
	for _, id := range slices.Sorted(maps.Keys(s.records)) {
		if _, err := one[store.Record](s.records, "document", id); err != nil {
			wrong = append(wrong, err.Error())
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.claims)) {
		if _, err := one[claims.Claim](s.claims, "claim", id); err != nil {
			wrong = append(wrong, err.Error())
		}
	}
	return wrong, nil
}

// Close implements store.Store. What was kept is gone.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return nil
}
