package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"

	"tallywire/claims"
	"tallywire/store"
)

// PutClaims implements store.Store. A claim that is both written and removed is written.
func (d *DB) PutClaims(ctx context.Context, put []claims.Claim, remove []claims.ClaimID) error {
	packed, last := make([][]byte, len(put)), map[claims.ClaimID]int{}
	for i, c := range put {
		last[c.ID] = i
		if err := store.ValidateClaim(c); err != nil {
			return err
		}
		rec, err := d.codec.pack(claimBucket, []byte(c.ID), c)
		if err != nil {
			return err
		}
		packed[i] = rec
	}
	return d.update(ctx, func(tx *bolt.Tx) error {
		for _, id := range remove {
			if err := d.dropClaim(tx, id); err != nil {
				return err
			}
		}
		b, of := tx.Bucket(claimBucket), tx.Bucket(claimOfBucket)
		var held [][]byte
		for i, c := range put {
			if last[c.ID] != i || bytes.Equal(b.Get([]byte(c.ID)), packed[i]) {
				continue
			}
			if err := d.dropClaim(tx, c.ID); err != nil {
				return err
			}
			if err := b.Put([]byte(c.ID), packed[i]); err != nil {
				return err
			}
			for _, m := range c.Mentions {
				held = append(held, pair(string(m.ID), string(c.ID)))
			}
		}
		// In order: a page of the file is one growing list until the transaction ends, and every key put in the midst of
		// it moves what lies behind.
		slices.SortFunc(held, bytes.Compare)
		for _, k := range held {
			if err := of.Put(k, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// dropClaim removes a claim, where there is one, and what the index says of it.
func (d *DB) dropClaim(tx *bolt.Tx, id claims.ClaimID) error {
	b, of := tx.Bucket(claimBucket), tx.Bucket(claimOfBucket)
	rec := clone(b.Get([]byte(id)))
	if rec == nil {
		return nil
	}
	var drop [][]byte
	var old claims.Claim
	if err := d.codec.unpack(claimBucket, []byte(id), rec, &old); err == nil {
		for _, m := range old.Mentions {
			drop = append(drop, pair(string(m.ID), string(id)))
		}
	} else { // its mentions cannot be told any more: read them all
		c := of.Cursor()
		for k, _ := c.First(); k != nil; k, _ = c.Next() {
			if bytes.HasSuffix(k, pair("", string(id))) {
				drop = append(drop, clone(k))
			}
		}
	}
	for _, k := range drop {
		if err := of.Delete(k); err != nil {
			return err
		}
	}
	return b.Delete([]byte(id))
}

// Claim implements store.Store.
func (d *DB) Claim(ctx context.Context, id claims.ClaimID) (claims.Claim, error) {
	var c claims.Claim
	err := d.get(ctx, claimBucket, string(id), &c)
	if !errors.Is(err, claims.ErrNotFound) {
		return c, err
	}
	decisions, err := d.Decisions(ctx)
	if err != nil {
		return claims.Claim{}, err
	}
	next, _ := store.Successor(decisions, id)
	err = d.get(ctx, claimBucket, string(next), &c)
	return c, err
}

// ClaimsOf implements store.Store.
func (d *DB) ClaimsOf(ctx context.Context, ids ...claims.MentionID) ([]claims.ClaimID, error) {
	var list []claims.ClaimID
	err := d.view(ctx, func(tx *bolt.Tx) error {
		for _, id := range ids {
			prefix := pair(string(id), "")
			for _, e := range scan(tx.Bucket(claimOfBucket), prefix) {
				list = append(list, claims.ClaimID(e.key[len(prefix):]))
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// Claims implements store.Store.
func (d *DB) Claims(ctx context.Context, after claims.ClaimID, limit int) ([]claims.Claim, claims.ClaimID, error) {
	var list []claims.Claim
	next, err := d.pages(ctx, claimBucket, nil, string(after), limit, func(tx *bolt.Tx, key []byte) func() error {
		rec := clone(tx.Bucket(claimBucket).Get(key))
		return func() error {
			var c claims.Claim
			err := d.codec.unpack(claimBucket, key, rec, &c)
			list = append(list, c)
			return err
		}
	})
	if err != nil {
		return nil, "", err
	}
	return list, claims.ClaimID(next), nil
}

// PutDecision implements store.Store.
func (d *DB) PutDecision(ctx context.Context, decision claims.Decision) error {
	if err := store.ValidateDecision(decision); err != nil {
		return err
	}
	return d.update(ctx, func(tx *bolt.Tx) error {
		b, ids := tx.Bucket(decisionBucket), tx.Bucket(decisionIDBucket)
		if seq := ids.Get([]byte(decision.ID)); seq != nil {
			rec, err := d.codec.pack(decisionBucket, seq, decision)
			if err == nil && !bytes.Equal(rec, b.Get(seq)) {
				err = fmt.Errorf("decision %s is kept already and says something else: %w", decision.ID, claims.ErrConflict)
			}
			return err
		}
		n := uint64(1)
		if last, _ := b.Cursor().Last(); last != nil {
			n += binary.BigEndian.Uint64(last)
		}
		seq := seqKey(n)
		rec, err := d.codec.pack(decisionBucket, seq, decision)
		if err != nil {
			return err
		}
		if err := b.Put(seq, rec); err != nil {
			return err
		}
		return ids.Put([]byte(decision.ID), seq)
	})
}

// Decisions implements store.Store.
func (d *DB) Decisions(ctx context.Context) ([]claims.Decision, error) {
	var list []claims.Decision
	for after, more := "", true; more; more = after != "" {
		var err error
		after, err = d.pages(ctx, decisionBucket, nil, after, viewRecords, func(tx *bolt.Tx, key []byte) func() error {
			rec := clone(tx.Bucket(decisionBucket).Get(key))
			return func() error {
				var dec claims.Decision
				err := d.codec.unpack(decisionBucket, key, rec, &dec)
				list = append(list, dec)
				return err
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}
