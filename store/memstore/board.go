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

// PutClaims implements store.Store. A claim that is both written and removed is written.
func (s *Store) PutClaims(ctx context.Context, put []claims.Claim, remove []claims.ClaimID) error {
	encoded := make([][]byte, len(put))
	for i, c := range put {
		if err := store.ValidateClaim(c); err != nil {
			return err
		}
		data, err := json.Marshal(c)
		if err != nil {
			return fmt.Errorf("claim %s: %w: %w", c.ID, claims.ErrInvalid, err)
		}
		encoded[i] = data
	}
	if err := s.write(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	for _, id := range remove {
		s.dropClaim(id)
	}
	for i, c := range put {
		s.dropClaim(c.ID)
		s.claims[c.ID] = encoded[i]
		for _, m := range c.Mentions {
			s.claimsOf.add(m.ID, c.ID)
		}
	}
	return nil
}

// dropClaim removes a claim, where there is one, and what the index says of it.
func (s *Store) dropClaim(id claims.ClaimID) {
	old, err := one[claims.Claim](s.claims, "claim", id)
	if err != nil {
		return
	}
	for _, m := range old.Mentions {
		s.claimsOf.remove(m.ID, id)
	}
	delete(s.claims, id)
}

// Claim implements store.Store.
func (s *Store) Claim(ctx context.Context, id claims.ClaimID) (claims.Claim, error) {
	if err := s.read(ctx); err != nil {
		return claims.Claim{}, err
	}
	defer s.mu.RUnlock()
	if _, ok := s.claims[id]; !ok {
		decisions, err := s.decoded()
		if err != nil {
			return claims.Claim{}, err
		}
		if next, merged := store.Successor(decisions, id); merged {
			id = next
		}
	}
	return one[claims.Claim](s.claims, "claim", id)
}

// ClaimsOf implements store.Store.
func (s *Store) ClaimsOf(ctx context.Context, ids ...claims.MentionID) ([]claims.ClaimID, error) {
	if err := s.read(ctx); err != nil {
		return nil, err
	}
	defer s.mu.RUnlock()
	found := map[claims.ClaimID]bool{}
	for _, id := range ids {
		maps.Copy(found, s.claimsOf[id])
	}
	return slices.Sorted(maps.Keys(found)), nil
}

// Claims implements store.Store.
func (s *Store) Claims(ctx context.Context, after claims.ClaimID, limit int) ([]claims.Claim, claims.ClaimID, error) {
	if err := s.read(ctx); err != nil {
		return nil, "", err
	}
	defer s.mu.RUnlock()
	return page[claims.Claim](s.claims, "claim", slices.Sorted(maps.Keys(s.claims)), after, limit)
}
