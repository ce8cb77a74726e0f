package claims

import (
	"cmp"
	"fmt"
	"iter"
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
	// Language is that of a mention: "en", "uk".
	Language string
	Since    time.Time // last changed at or after
	Until    time.Time // last changed before
	Unit     string    // unit class or name
	Min      Number    // of the best value
	Max      Number
	Sort     string // one of Sorts; "" is "changed"
	Limit    int    // 0 takes all
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
	s := Summarise(c)
	return f.Takes(&s) && Said(c, f.Words)
}

// Takes reports whether a row is picked by all of the filter but its Words.
func (f Filter) Takes(s *Summary) bool {
	best := s.Value.Best
	switch {
	case f.Status != "" && f.Status != s.Status && f.Status != s.Reviewed,
		f.Topic != "" && !slices.Contains(s.Topics, f.Topic),
		f.Source != "" && !slices.Contains(s.Sources, f.Source),
		f.Language != "" && !slices.Contains(s.Languages, f.Language),
		!f.Since.IsZero() && s.LastChanged.Before(f.Since),
		!f.Until.IsZero() && !s.LastChanged.Before(f.Until),
		f.Unit != "" && !strings.EqualFold(f.Unit, string(s.Unit.Class)) && !strings.EqualFold(f.Unit, s.Unit.Name),
		f.Min.Known() && (!best.Known() || best.Decimal().LessThan(f.Min.Decimal())),
		f.Max.Known() && (!best.Known() || best.Decimal().GreaterThan(f.Max.Decimal())):
		return false
	}
	return true
}

// Said reports whether every word stands in what a claim's Texts say, in any case.
func Said(c *Claim, words []string) bool {
	if len(words) == 0 {
		return true
	}
	var b strings.Builder
	for text := range Texts(c) {
		b.WriteString(strings.ToLower(text) + "\n")
	}
	all := b.String()
	for _, w := range words {
		if !strings.Contains(all, strings.ToLower(w)) {
			return false
		}
	}
	return true
}

// Texts are what the words of a Filter are looked for in.
func Texts(c *Claim) iter.Seq[string] {
	return func(yield func(string) bool) {
		if !yield(c.Statement) || !yield(c.Measure) || !yield(string(c.ID)) {
			return
		}
		for i := range c.Mentions {
			if !yield(c.Mentions[i].Sentence) || !yield(c.Mentions[i].Title) {
				return
			}
		}
	}
}

// Order sorts claims by the filter's order, claims that are equal in it by ID, and cuts them to its limit.
func (f Filter) Order(cs []Claim) []Claim {
	slices.SortFunc(cs, func(a, b Claim) int {
		return CompareRows(f.Sort, &Summary{ID: a.ID, Statement: a.Statement, Value: a.Value, Confidence: a.Confidence, Voices: a.Voices, LastChanged: a.LastChanged},
			&Summary{ID: b.ID, Statement: b.Statement, Value: b.Value, Confidence: b.Confidence, Voices: b.Voices, LastChanged: b.LastChanged})
	})
	if f.Limit > 0 && len(cs) > f.Limit {
		cs = cs[:f.Limit]
	}
	return cs
}

// CompareRows says which of two rows stands first in an order of Sorts; those that are equal in it stand by ID.
func CompareRows(order string, a, b *Summary) int {
	var c int
	switch order {
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
}

func numberOr(n Number) decimal.Decimal {
	if !n.Known() {
		return decimal.New(-1, 18)
	}
	return n.Decimal()
}
