package memstore

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"tallywire/claims"
	"tallywire/store"
)

// PutRecords implements store.Store.
func (s *Store) PutRecords(ctx context.Context, records ...store.Record) ([]bool, error) {
	for _, r := range records {
		if err := store.ValidateRecord(r); err != nil {
			return nil, err
		}
	}
	if err := s.write(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	encoded := make([][]byte, len(records))
	first := map[claims.DocumentID]claims.Document{} // what this call itself makes known
	for i, r := range records {                      // all are encoded before any is kept: one transaction
		known, ok := first[r.Document.ID]
		if old, err := one[store.Record](s.records, "document", r.Document.ID); !ok && err == nil {
			known, ok = old.Document, true
		}
		if ok {
			r.Document = store.Keep(known, r.Document)
		}
		first[r.Document.ID] = r.Document
		data, err := json.Marshal(r)
		if err != nil {
			return nil, fmt.Errorf("document %s: %w: %w", r.Document.ID, claims.ErrInvalid, err)
		}
		encoded[i] = data
	}
	fresh := make([]bool, len(records))
	for i, r := range records {
		fresh[i] = s.putRecord(r, encoded[i])
	}
	return fresh, nil
}

// putRecord replaces one record and what the indexes say of it; it reports whether the document is new.
func (s *Store) putRecord(r store.Record, data []byte) bool {
	id := r.Document.ID
	old, err := one[store.Record](s.records, "document", id)
	if !bytes.Equal(s.records[id], data) {
		s.unjudged = append(s.unjudged, id)
	}
	if err == nil {
		s.versions.remove(old.Document.URL, id)
		for i := range old.Mentions {
			for _, k := range old.Blocks[i] {
				s.blocks.remove(k, claims.Ref{Document: id, Ord: i})
			}
		}
	}
	s.records[id] = data
	s.versions.add(r.Document.URL, id)
	for i := range r.Mentions {
		for _, k := range r.Blocks[i] {
			s.blocks.add(k, claims.Ref{Document: id, Ord: i})
		}
	}
	return err != nil
}

// Record implements store.Store.
func (s *Store) Record(ctx context.Context, id claims.DocumentID) (store.Record, error) {
	if err := s.read(ctx); err != nil {
		return store.Record{}, err
	}
	defer s.mu.RUnlock()
	return one[store.Record](s.records, "document", id)
}

// Versions implements store.Store.
func (s *Store) Versions(ctx context.Context, url string) ([]claims.Document, error) {
	if err := s.read(ctx); err != nil {
		return nil, err
	}
	defer s.mu.RUnlock()
	var list []claims.Document
	for id := range s.versions[url] {
		r, err := one[store.Record](s.records, "document", id)
		if err != nil {
			return nil, err
		}
		list = append(list, r.Document)
	}
	slices.SortFunc(list, func(a, b claims.Document) int {
		return cmp.Or(a.Fetched.Compare(b.Fetched), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// Records implements store.Store.
func (s *Store) Records(ctx context.Context, after claims.DocumentID, limit int) ([]store.Record, claims.DocumentID, error) {
	if err := s.read(ctx); err != nil {
		return nil, "", err
	}
	defer s.mu.RUnlock()
	return page[store.Record](s.records, "document", slices.Sorted(maps.Keys(s.records)), after, limit)
}

// Block implements store.Store.
func (s *Store) Block(ctx context.Context, keys ...string) ([]claims.Ref, error) {
	if err := s.read(ctx); err != nil {
		return nil, err
	}
	defer s.mu.RUnlock()
	found := map[claims.Ref]bool{}
	for _, k := range keys {
		maps.Copy(found, s.blocks[k])
	}
	return slices.SortedFunc(maps.Keys(found), claims.Ref.Compare), nil
}

// Unjudged implements store.Store.
func (s *Store) Unjudged(ctx context.Context) ([]claims.DocumentID, uint64, error) {
	if err := s.read(ctx); err != nil {
		return nil, 0, err
	}
	defer s.mu.RUnlock()
	var docs []claims.DocumentID
	seen := map[claims.DocumentID]bool{}
	for _, id := range s.unjudged {
		if !seen[id] {
			seen[id] = true
			docs = append(docs, id)
		}
	}
	return docs, s.judged + uint64(len(s.unjudged)), nil
}

// Judged implements store.Store.
func (s *Store) Judged(ctx context.Context, upTo uint64) error {
	if err := s.write(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	if upTo > s.judged {
		n := min(upTo-s.judged, uint64(len(s.unjudged)))
		s.unjudged, s.judged = s.unjudged[n:], s.judged+n
	}
	return nil
}
