package api

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

// FilterParams are the filters of the contract, the same on every route that takes them.
type FilterParams struct {
	Q      string `query:"q" doc:"Full-text query: words, \"phrases\", field:value, -without"`
	Status string `query:"status" enum:"verified,disputed,unverified" doc:"The machine's status, or the editor's"`
	Topic  string `query:"topic" doc:"Topic ID of config.yaml"`
	Source string `query:"source" doc:"Source ID of config.yaml"`
	// Language is that of a mention.
	Language string `query:"language" doc:"Language of a mention, a BCP 47 tag" example:"uk"`

	Since string `query:"since" doc:"Last changed at or after: YYYY-MM-DD or RFC 3339" example:"2025-05-23"`
	Until string `query:"until" doc:"Last changed before"`
	Unit  string `query:"unit" doc:"Unit class or name: count, percent, captive, EUR"`
	Min   string `query:"min" doc:"Least best value"`
	Max   string `query:"max" doc:"Greatest best value"`
	Sort  string `query:"sort" enum:"changed,statement,value,confidence,voices" doc:"Order"`
}

// filter reads them. The error wraps claims.ErrInvalid.
func (p FilterParams) filter() (claims.Filter, error) {
	f := claims.Filter{Status: claims.Status(p.Status), Topic: p.Topic, Source: claims.SourceID(p.Source), Language: p.Language, Unit: p.Unit, Sort: p.Sort}
	if q := strings.TrimSpace(p.Q); q != "" {
		f.Words = strings.Fields(q)
	}
	for name, at := range map[string]struct {
		text string
		to   *time.Time
	}{"since": {p.Since, &f.Since}, "until": {p.Until, &f.Until}} {
		if at.text == "" {
			continue
		}
		t, err := time.Parse(time.RFC3339, at.text)
		if err != nil {
			if t, err = time.Parse(time.DateOnly, at.text); err != nil {
				return f, fmt.Errorf("%w: %s %.40q; want YYYY-MM-DD or RFC 3339", claims.ErrInvalid, name, at.text)
			}
		}
		*at.to = t.UTC()
	}
	for name, n := range map[string]struct {
		text string
		to   *claims.Number
	}{"min": {p.Min, &f.Min}, "max": {p.Max, &f.Max}} {
		if n.text == "" {
			continue
		}
		v, err := claims.ParseNumber(n.text)
		if err != nil {
			return f, fmt.Errorf("%s: %w; want a plain number such as 390", name, err)
		}
		*n.to = v
	}
	return f, f.Validate()
}

// Scan is a Board that reads every claim of a store each time: right for a small one, and for tests.
type Scan struct{ Store Store }

// Pick implements Board.
func (s Scan) Pick(ctx context.Context, f claims.Filter, cursor string, limit int) (Picked, error) {
	var all []claims.Claim
	var after claims.ClaimID
	for {
		page, next, err := s.Store.Claims(ctx, after, maxPage)
		if err != nil {
			return Picked{}, err
		}
		for i := range page {
			if f.Matches(&page[i]) {
				page[i].Mentions, page[i].History = nil, nil
				all = append(all, page[i])
			}
		}
		if after = next; next == "" {
			break
		}
	}
	f.Limit = 0
	all = f.Order(all)
	return paged(f, all, cursor, limit)
}

// place is where a page ended: the last claim as far as the order looks at it, so that the next page goes on
// behind it whatever has changed in between.
type place struct {
	ID    claims.ClaimID `json:"i"`
	Text  string         `json:"t,omitempty"`
	Best  claims.Number  `json:"v"`
	Sure  claims.Number  `json:"c"`
	Count int            `json:"n,omitempty"`
	At    time.Time      `json:"a"`
}

// paged cuts ordered claims to the page behind a cursor.
func paged(f claims.Filter, all []claims.Claim, cursor string, limit int) (Picked, error) {
	out := Picked{Total: len(all)}
	start := 0
	if cursor != "" {
		var p place
		raw, err := base64.RawURLEncoding.DecodeString(cursor)
		if err == nil {
			err = json.Unmarshal(raw, &p)
		}
		if err != nil {
			return out, fmt.Errorf("%w: cursor %.20q; take the one that the page before gave, or none for the first", claims.ErrInvalid, cursor)
		}
		last := claims.Claim{ID: p.ID, Statement: p.Text, Confidence: p.Sure, Voices: p.Count, LastChanged: p.At}
		last.Value.Best = p.Best
		start, _ = slices.BinarySearchFunc(all, last, func(c, want claims.Claim) int {
			if c.ID == want.ID {
				return -1 // the page begins behind it
			}
			if two := f.Order([]claims.Claim{want, c}); two[0].ID == c.ID {
				return -1
			}
			return 1
		})
	}
	end := len(all)
	if limit > 0 {
		end = min(start+limit, end)
	}
	for _, c := range all[start:end] {
		out.IDs = append(out.IDs, c.ID)
	}
	if end < len(all) && end > start {
		c := all[end-1]
		raw, err := json.Marshal(place{ID: c.ID, Text: c.Statement, Best: c.Value.Best, Sure: c.Confidence, Count: c.Voices, At: c.LastChanged})
		if err != nil {
			return out, err
		}
		out.Next = base64.RawURLEncoding.EncodeToString(raw)
	}
	return out, nil
}

// load reads whole claims. One that went away since it was picked is left out.
func (a *API) load(ctx context.Context, ids []claims.ClaimID) ([]claims.Claim, error) {
	out := make([]claims.Claim, 0, len(ids))
	for _, id := range ids {
		c, err := a.Store.Claim(ctx, id)
		if statusOf(err) == 404 && err != nil {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}
