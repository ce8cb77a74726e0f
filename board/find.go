package board

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"tallywire/claims"
)

// MaxPage is the greatest number of rows in one Result.
const MaxPage = 200

// A Query is a filter with a place to go on from. Its Filter's Limit is the size of a page: 0 is 50.
type Query struct {
	claims.Filter
	Cursor string // Result.Next of the page before; "" for the first page
}

// A Result is one page of what a Query picks.
type Result struct {
	Rows       []claims.Summary
	Total      int    // over all pages
	From       int    // rows before this page
	Next       string // cursor of the next page, "" at the end
	Facets     Facets
	Generation uint64 // of the board that was asked
}

// matched is what a filter picks of one state, whatever the page: kept, since people page and poll.
type matched struct {
	generation uint64
	slots      []uint32 // in the filter's order
	facets     Facets
}

// Find picks rows. Facet counts are over everything that the rest of the filter picks. The error wraps
// claims.ErrInvalid where the query cannot be meant.
func (b *Board) Find(ctx context.Context, q Query) (Result, error) {
	if err := q.Validate(); err != nil {
		return Result{}, err
	}
	limit := q.Limit
	if limit == 0 {
		limit = 50
	}
	limit = min(limit, MaxPage)
	s := b.state.Load()
	key := keyOf(q.Filter)
	m := b.cache.get(key, s.generation)
	if m == nil {
		var words map[uint32]bool
		if len(q.Words) > 0 {
			ids, err := b.Search(ctx, strings.Join(q.Words, " "), 0)
			if err != nil {
				return Result{}, fmt.Errorf("search: %w", err)
			}
			words = make(map[uint32]bool, len(ids))
			for _, id := range ids {
				if slot, ok := s.slots[id]; ok {
					words[slot] = true
				}
			}
		}
		m = s.match(q.Filter, words)
		b.cache.put(key, m)
	}
	start, err := s.seek(m.slots, q)
	if err != nil {
		return Result{}, err
	}
	end := min(start+limit, len(m.slots))
	out := Result{Rows: make([]claims.Summary, 0, end-start), Total: len(m.slots), From: start, Facets: m.facets, Generation: s.generation}
	for _, slot := range m.slots[start:end] {
		out.Rows = append(out.Rows, s.rows[slot].sum)
	}
	if end < len(m.slots) {
		out.Next = cursorAfter(q.Sort, &out.Rows[len(out.Rows)-1])
	}
	return out, nil
}

// First returns the first rows that a filter without words picks, in its order, at most limit, and looks no further: for
// where neither facets nor a total are wanted.
func (b *Board) First(f claims.Filter, limit int) []claims.Summary {
	s := b.state.Load()
	var out []claims.Summary
	for _, slot := range s.orders[max(slices.Index(claims.Sorts, f.Sort), 0)] {
		if len(out) == limit {
			break
		}
		if f.Takes(&s.rows[slot].sum) {
			out = append(out, s.rows[slot].sum)
		}
	}
	return out
}

// The dimensions of facets, as bits.
const (
	byStatus = 1 << iota
	byTopic
	bySource
	byLanguage
	byDay
)

// match walks a state once. A row that fails in exactly one facet's part of the filter still counts in that facet:
// its counts say what one click would show.
func (s *state) match(f claims.Filter, words map[uint32]bool) *matched {
	rest := f // what is no facet
	rest.Status, rest.Topic, rest.Source, rest.Language, rest.Since, rest.Until = "", "", "", "", time.Time{}, time.Time{}
	plain := rest.Unit == "" && !rest.Min.Known() && !rest.Max.Known()
	status := int8(slices.Index(statuses, f.Status)) // #nosec: -1 to 2
	topic, source, language := s.codes.topics.want(f.Topic), s.codes.sources.want(string(f.Source)), s.codes.languages.want(f.Language)
	n := newCounts(s)
	order := s.orders[max(slices.Index(claims.Sorts, f.Sort), 0)]
	m := &matched{generation: s.generation}
	if words != nil && len(words) < len(order)/8 {
		order = s.inOrder(words, f.Sort)
	}
	m.slots = make([]uint32, 0, min(len(order), 1024))
	for _, slot := range order {
		if words != nil && !words[slot] || !plain && !rest.Takes(&s.rows[slot].sum) {
			continue
		}
		r := &s.facts[slot]
		var fails uint8
		if status >= 0 && r.status[0] != status && r.status[1] != status {
			fails |= byStatus
		}
		if !f.Since.IsZero() && !s.since(slot, f.Since) || !f.Until.IsZero() && s.since(slot, f.Until) {
			fails |= byDay
		}
		if fails == byStatus|byDay {
			continue // two facets: it counts nowhere, and most rows of a filtered board end here or below
		}
		topics, sources, languages := s.of(r)
		if lacks(topics, topic) {
			if fails != 0 {
				continue
			}
			fails = byTopic
		}
		if lacks(sources, source) {
			if fails != 0 {
				continue
			}
			fails = bySource
		}
		if lacks(languages, language) {
			if fails != 0 {
				continue
			}
			fails = byLanguage
		}
		if fails == 0 {
			m.slots = append(m.slots, slot)
		}
		n.add(r, topics, sources, languages, fails)
	}
	m.facets = n.facets(s)
	return m
}

// What want gives beside codes.
const (
	anything = -1      // the filter does not ask
	nothing  = 1 << 16 // no row has it
)

func (t *table) want(name string) int {
	if name == "" {
		return anything
	}
	if c, ok := t.code[name]; ok {
		return int(c)
	}
	return nothing
}

// since reports whether a row changed at or after a time.
func (s *state) since(slot uint32, at time.Time) bool {
	if d := s.facts[slot].changed - at.Unix(); d != 0 {
		return d > 0
	}
	return !s.rows[slot].sum.LastChanged.Before(at)
}

// inOrder sorts the few slots that hold some words.
func (s *state) inOrder(words map[uint32]bool, order string) []uint32 {
	out := make([]uint32, 0, len(words))
	for slot := range words {
		out = append(out, slot)
	}
	slices.SortFunc(out, func(a, b uint32) int { return claims.CompareRows(order, &s.rows[a].sum, &s.rows[b].sum) })
	return out
}

// lacks reports whether a row's codes fail what a filter wants.
func lacks(codes []uint16, want int) bool {
	return want == nothing || want != anything && !slices.Contains(codes, uint16(want)) // #nosec: a code, below 1<<16
}

// keyOf names a filter for the cache, whatever the page.
func keyOf(f claims.Filter) string {
	return fmt.Sprintf("%q %s %q %q %q %d %d %q %s %s %s", f.Words, f.Status, f.Topic, f.Source, f.Language, f.Since.UnixNano(), f.Until.UnixNano(), f.Unit, f.Min, f.Max, f.Sort)
}

// A cursor is the last row of a page, as far as the order looks at it: a page goes on behind it whatever has changed
// in between.
type cursor struct {
	ID    claims.ClaimID `json:"i"`
	Text  string         `json:"t,omitempty"`
	Value claims.Number  `json:"v"`
	Count int            `json:"n,omitempty"`
	At    time.Time      `json:"a,omitzero"`
}

func cursorAfter(order string, s *claims.Summary) string {
	c := cursor{ID: s.ID}
	switch order {
	case "statement":
		c.Text = s.Statement
	case "value":
		c.Value = s.Value.Best
	case "confidence":
		c.Value = s.Confidence
	case "voices":
		c.Count = s.Voices
	default:
		c.At = s.LastChanged
	}
	raw, err := json.Marshal(c)
	if err != nil {
		panic(err) // strings, numbers and times read before
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// seek is the place behind a query's cursor.
func (s *state) seek(slots []uint32, q Query) (int, error) {
	if q.Cursor == "" {
		return 0, nil
	}
	var c cursor
	raw, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err != nil {
		return 0, fmt.Errorf("%w: cursor %.20q; take the one that the page before gave, or none for the first page", claims.ErrInvalid, q.Cursor)
	}
	last := claims.Summary{ID: c.ID, Statement: c.Text, Confidence: c.Value, Voices: c.Count, LastChanged: c.At}
	last.Value.Best = c.Value
	at, found := slices.BinarySearchFunc(slots, &last, func(slot uint32, want *claims.Summary) int {
		return claims.CompareRows(q.Sort, &s.rows[slot].sum, want)
	})
	if found {
		at++
	}
	return at, nil
}
