package server

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"tallywire/board"
	"tallywire/claims"
)

// wholeBoard is up to how many claims a draft is set against all of them. A larger board is asked for candidates.
const wholeBoard = 2000

// A Checker sets drafts against the board; page and API share one. It is safe for concurrent use.
type Checker struct {
	Store    Store
	Board    *board.Board
	Settings claims.Settings
	// Extract finds the numbers of a draft; lang is a BCP 47 tag or "", at the time by which "on Friday" is read, zero for none.
	Extract func(text, lang string, at time.Time) []claims.Mention
	Now     func() time.Time
}

// Check sets the numbers of a draft against the board, in text order. lang is the draft's, "" where it is to be found out.
func (c Checker) Check(ctx context.Context, draft, lang string) ([]claims.Checked, error) {
	numbers, _, err := c.check(ctx, draft, lang)
	return numbers, err
}

// check gives the numbers, and the mentions that they were read as.
func (c Checker) check(ctx context.Context, draft, lang string) ([]claims.Checked, []claims.Mention, error) {
	undated := c.Extract(draft, lang, time.Time{})
	against, err := c.against(ctx, undated)
	if err != nil {
		return nil, nil, err
	}
	return CheckDraft(c.Extract(draft, lang, c.Now()), undated, against, c.Settings), undated, nil
}

// CheckDraft sets a draft's numbers, read as written today and as written at no known time, against claims. The first reading
// knows which day "on Friday" is; a draft about last year is not held to it: where it finds no claim, the second one's answer stands.
func CheckDraft(today, undated []claims.Mention, against []claims.Claim, s claims.Settings) []claims.Checked {
	out := claims.Check(undated, against, s)
	for _, n := range claims.Check(today, against, s) {
		i := slices.IndexFunc(out, func(o claims.Checked) bool { return o.Start == n.Start && o.End == n.End })
		if i >= 0 && n.Claim != nil {
			out[i] = n
		}
	}
	return out
}

// against are the claims that a draft's numbers may speak of, by ID.
func (c Checker) against(ctx context.Context, mentions []claims.Mention) ([]claims.Claim, error) {
	var out []claims.Claim
	if c.Board.Loaded() && c.Board.Len() <= wholeBoard {
		var after claims.ClaimID
		for {
			page, next, err := c.Store.Claims(ctx, after, 200)
			if err != nil {
				return nil, err
			}
			out = append(out, page...)
			if after = next; next == "" {
				return out, nil
			}
		}
	}
	ids := map[claims.ClaimID]bool{}
	for i := range mentions {
		if m := &mentions[i]; m.Checkworthy && len(ids) < wholeBoard {
			if err := c.candidates(ctx, m, ids); err != nil {
				return nil, err
			}
		}
	}
	for id := range ids {
		claim, err := c.Store.Claim(ctx, id)
		if errors.Is(err, claims.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, claim)
	}
	slices.SortFunc(out, func(a, b claims.Claim) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out, nil
}

// candidates adds the claims that a draft's number may speak of: those with a mention of the same figure, and the latest
// that count the same thing.
func (c Checker) candidates(ctx context.Context, m *claims.Mention, ids map[claims.ClaimID]bool) error {
	same, err := c.Store.Block(ctx, claims.FigureKey(m))
	if err != nil {
		return err
	}
	var mentions []claims.MentionID
	for _, at := range same[:min(len(same), 200)] {
		r, err := c.Store.Record(ctx, at.Document)
		if err != nil && !errors.Is(err, claims.ErrNotFound) {
			return err
		}
		if at.Ord < len(r.Mentions) {
			mentions = append(mentions, r.Mentions[at.Ord].ID)
		}
	}
	found, err := c.Store.ClaimsOf(ctx, mentions...)
	if err != nil {
		return err
	}
	for _, id := range found {
		ids[id] = true
	}
	if m.Unit.Name == "" {
		return nil
	}
	for _, r := range c.Board.First(claims.Filter{Unit: m.Unit.Name}, 100) {
		ids[r.ID] = true
	}
	return nil
}

// At most so many claims stand beside a number that none of them speaks of, and beside so many numbers.
const (
	maxNear    = 3
	maxNearFor = 50
)

// near are the latest claims of the same figure and thing, for a number that no claim clearly speaks of: a short draft often
// says too little to tell.
func (c Checker) near(n *claims.Checked, mentions []claims.Mention) []claims.Summary {
	i := slices.IndexFunc(mentions, func(m claims.Mention) bool { return m.Start == n.Start && m.End == n.End })
	if i < 0 || !n.Value.Best.Known() || mentions[i].Unit.Name == "" {
		return nil
	}
	return c.Board.First(claims.Filter{Unit: mentions[i].Unit.Name, Min: n.Value.Best, Max: n.Value.Best}, maxNear)
}

// checker is the pages' own.
func (s *Server) checker() Checker { return Checker{s.Store, s.Board, s.Settings, s.Extract, s.Now} }
