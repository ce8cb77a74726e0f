package board

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"tallywire/claims"
)

// Store is what a board reads.
type Store interface {
	Claim(ctx context.Context, id claims.ClaimID) (claims.Claim, error)
	Claims(ctx context.Context, after claims.ClaimID, limit int) ([]claims.Claim, claims.ClaimID, error)
}

// A Searcher finds claims by words: those that hold all of them, the best first, at most limit, or all in any order for 0.
type Searcher interface {
	Search(ctx context.Context, words string, limit int) ([]claims.ClaimID, error)
}

// loadPage is how many claims are read at a time.
const loadPage = 200

// A Board is safe for concurrent use. Readers see one whole state of it and never wait for a refresh.
type Board struct {
	store  Store
	search Searcher
	words  *wordIndex // the plain Searcher; nil where another one was given

	writing sync.Mutex // one refresh at a time
	state   atomic.Pointer[state]
	cache   resultCache
	news    broadcast
}

// New makes an empty board over a store. A nil search is plain matching of words, as claims.Said does it.
func New(s Store, search Searcher) *Board {
	b := &Board{store: s, search: search}
	if search == nil {
		b.words = newWordIndex()
	}
	b.state.Store(&state{slots: map[claims.ClaimID]uint32{}, codes: newCodes()})
	return b
}

// Loaded reports whether the first Load has ended.
func (b *Board) Loaded() bool { return b.state.Load().generation > 0 }

// Len is the number of claims on the board.
func (b *Board) Len() int { return b.state.Load().count }

// Generation grows by one with every refresh that changed anything; 0 until the first Load has ended.
func (b *Board) Generation() uint64 { return b.state.Load().generation }

// Load reads every claim of the store and brings the board to what they say. It is how a board begins, and how it
// catches up with another process's writes.
func (b *Board) Load(ctx context.Context) error {
	b.writing.Lock()
	defer b.writing.Unlock()
	was := b.state.Load()
	edit := newEdit(was, b.words)
	seen := make(map[claims.ClaimID]bool, was.count)
	var after claims.ClaimID
	for {
		page, next, err := b.store.Claims(ctx, after, loadPage)
		if err != nil {
			return fmt.Errorf("read the board: %w", err)
		}
		for i := range page {
			seen[page[i].ID] = true
			edit.put(&page[i])
		}
		if after = next; next == "" {
			break
		}
	}
	for id := range was.slots {
		if !seen[id] {
			edit.remove(id)
		}
	}
	b.publish(edit)
	if b.words != nil {
		b.words.compact()
	}
	return nil
}

// Refresh reads claims again, those that are gone too. An ID that was merged into another is gone.
func (b *Board) Refresh(ctx context.Context, ids ...claims.ClaimID) error {
	if len(ids) == 0 {
		return nil
	}
	b.writing.Lock()
	defer b.writing.Unlock()
	edit := newEdit(b.state.Load(), b.words)
	for _, id := range ids {
		c, err := b.store.Claim(ctx, id)
		switch {
		case errors.Is(err, claims.ErrNotFound) || err == nil && c.ID != id:
			edit.remove(id)
		case err != nil:
			return fmt.Errorf("refresh claim %s: %w", id, err)
		default:
			edit.put(&c)
		}
	}
	b.publish(edit)
	return nil
}

// publish makes an edit the board's state and tells who listens. It is called under writing.
func (b *Board) publish(e *edit) {
	next, change := e.finish()
	if next == nil {
		return
	}
	b.cache.clear()
	b.state.Store(next)
	change.Generation = next.generation
	b.news.send(change)
}

// Row returns the row of one claim, false where the board has none.
func (b *Board) Row(id claims.ClaimID) (claims.Summary, bool) {
	s := b.state.Load()
	slot, ok := s.slots[id]
	if !ok {
		return claims.Summary{}, false
	}
	return s.rows[slot].sum, true
}

// Search finds the words of a query in the board's claims.
func (b *Board) Search(ctx context.Context, words string, limit int) ([]claims.ClaimID, error) {
	if b.search != nil {
		return b.search.Search(ctx, words, limit)
	}
	s := b.state.Load()
	out := []claims.ClaimID{}
	for _, slot := range b.words.find(words) {
		if int(slot) < len(s.rows) && s.rows[slot] != nil {
			out = append(out, s.rows[slot].sum.ID)
		}
	}
	slices.Sort(out)
	if limit > 0 && len(out) > limit {
		out = out[:limit]
	}
	return out, nil
}
