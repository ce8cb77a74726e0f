package claims

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// A Filter picks claims for the board, a report or a feed. Zero fields pick everything.
type Filter struct {
	Words  []string // every word must stand in the statement, the measure, a mention's sentence or a title; any case
	Status Status   // the machine's status, or the editor's where there is a review
	Topic  string
	Source SourceID
	Since  time.Time // last changed at or after
	Until  time.Time // last changed before
	Unit   string    // unit class or name
	Min    Number    // of the best value
	Max    Number
	Sort   string // one of Sorts; "" is "changed"
	Limit  int    // 0 takes all
}

// Sorts are the orders of a board: last change first, statement, value descending, confidence descending, most voices first.
var Sorts = []string{"changed", "statement", "value", "confidence", "voices"}

// Validate reports a filter that cannot be meant, with what was expected.
func (f Filter) Validate() error {
	switch {
	case f.Status != "" && f.Status != Verified && f.Status != Disputed && f.Status != Unverified:
		return fmt.Errorf("%w: status %q; want verified, disputed or unverified", ErrInvalid, f.Status)
	case f.Sort != "" && !slices.Contains(Sorts, f.Sort):
		return fmt.Errorf("%w: sort %q; want one of %s", ErrInvalid, f.Sort, strings.Join(Sorts, ", "))
	case f.Limit < 0:
		return fmt.Errorf("%w: limit %d; want 0 (all) or more", ErrInvalid, f.Limit)
	}
	return nil
}

// Matches reports whether a whole claim, with its mentions, is picked.
func (f Filter) Matches(c *Claim) bool {
	status := c.Status
	if c.Review != nil {
		status = c.Review.Status
	}
	best := c.Value.Best
	switch {
	case f.Status != "" && f.Status != status && f.Status != c.Status,
		f.Topic != "" && !slices.Contains(c.Topics, f.Topic),
		f.Source != "" && !slices.ContainsFunc(c.Mentions, func(m Mention) bool { return m.Source == f.Source }),
		!f.Since.IsZero() && c.LastChanged.Before(f.Since),
		!f.Until.IsZero() && !c.LastChanged.Before(f.Until),
		f.Unit != "" && !strings.EqualFold(f.Unit, string(c.Unit.Class)) && !strings.EqualFold(f.Unit, c.Unit.Name),
		f.Min.Known() && (!best.Known() || best.Decimal().LessThan(f.Min.Decimal())),
		f.Max.Known() && (!best.Known() || best.Decimal().GreaterThan(f.Max.Decimal())):
		return false
	}
	return f.said(c)
}

func (f Filter) said(c *Claim) bool {
	if len(f.Words) == 0 {
		return true
	}
	var b strings.Builder
	b.WriteString(strings.ToLower(c.Statement + "\n" + c.Measure + "\n" + string(c.ID)))
	for _, m := range c.Mentions {
		b.WriteString("\n" + strings.ToLower(m.Sentence+"\n"+m.Title))
	}
	text := b.String()
	for _, w := range f.Words {
		if !strings.Contains(text, strings.ToLower(w)) {
			return false
		}
	}
	return true
}

// Order sorts claims by the filter's order, claims that are equal in it by ID, and cuts them to its limit.
func (f Filter) Order(cs []Claim) []Claim {
	slices.SortFunc(cs, func(a, b Claim) int {
		var c int
		switch f.Sort {
		case "statement":
			c = strings.Compare(a.Statement, b.Statement)
		case "value":
			c = numberOr(b.Value.Best).Cmp(numberOr(a.Value.Best))
		case "confidence":
			c = numberOr(b.Confidence).Cmp(numberOr(a.Confidence))
		case "voices":
			c = cmp.Compare(b.Voices, a.Voices)
		default:
			c = b.LastChanged.Compare(a.LastChanged)
		}
		return cmp.Or(c, strings.Compare(string(a.ID), string(b.ID)))
	})
	if f.Limit > 0 && len(cs) > f.Limit {
		cs = cs[:f.Limit]
	}
	return cs
}

func numberOr(n Number) decimal.Decimal {
	if !n.Known() {
		return decimal.New(-1, 18)
	}
	return n.Decimal()
}
