package claims

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"tallywire/claims/lexicon"
)

// A reading is a figure of a running total and the day on which it was first said.
type reading struct {
	value decimal.Decimal
	day   string
}

// readings are the bare figures of a running total that voices that count gave, each with its first day, in ascending order
// of both. A figure that was said later than a higher one is left out: a running total does not fall.
func readings(whole *tied, byMention map[MentionID]*frame) []reading {
	first := map[string]reading{}
	for _, m := range whole.claim.Mentions {
		f := byMention[m.ID]
		if f == nil || !f.fig.bare || !f.who.counts || f.day() == "" {
			continue
		}
		key := f.fig.written.String()
		if old, ok := first[key]; !ok || f.day() < old.day {
			first[key] = reading{f.fig.written, f.day()}
		}
	}
	var out []reading
	for _, key := range sortedKeys(first) {
		out = append(out, first[key])
	}
	slices.SortFunc(out, func(a, b reading) int { return a.value.Cmp(b.value) })
	return slices.DeleteFunc(out, func(a reading) bool {
		return slices.ContainsFunc(out, func(b reading) bool { return b.value.GreaterThan(a.value) && b.day < a.day })
	})
}

// growth sets what a running total grew by against the instalments of the time in between (verdicts.md 6). What is missing is
// derived and marked so; it is told in the reasons and verifies nothing.
func growth(whole *tied, instalments []*tied, byMention map[MentionID]*frame) {
	if whole.claim.Basis != BasisRunning || len(instalments) == 0 {
		return
	}
	points := readings(whole, byMention)
	for i := range points[:max(0, len(points)-1)] {
		a, b := points[i], points[i+1]
		sum, terms := decimal.Zero, []string{}
		for _, p := range instalments {
			if day := p.face.day(); day > a.day && day <= b.day {
				sum = sum.Add(p.claim.Value.Best.Decimal())
				terms = append(terms, p.claim.Value.Best.String())
			}
		}
		if len(terms) == 0 {
			continue
		}
		slices.Sort(terms)
		grew := b.value.Sub(a.value)
		switch c := sum.Cmp(grew); {
		case c == 0:
			whole.claim.Reasons = appendNew(whole.claim.Reasons, fmt.Sprintf("sum: the growth from %s to %s = %s", a.value, b.value, strings.Join(terms, " + ")))
		case c < 0:
			whole.claim.Reasons = appendNew(whole.claim.Reasons, fmt.Sprintf("derived: %s - %s - %s = %s, which no source here gives; it verifies nothing", b.value, a.value, strings.Join(terms, " - "), grew.Sub(sum)))
		default:
			whole.claim.Reasons = appendNew(whole.claim.Reasons, fmt.Sprintf("flag: %s = %s is more than the growth from %s to %s, %s", strings.Join(terms, " + "), sum, a.value, b.value, grew))
		}
	}
}

// collisions warns of figures that may have been mixed up: one figure told of two things on one day, and breakdowns that two
// texts give the other way round. Warnings change no status.
func collisions(all []*tied, l *lexicon.Lexicon) {
	byFigure := map[string][]*tied{}
	for _, t := range all {
		if t.face != nil && t.face.kind == "count" && t.face.fig.bare && digits(t.face) >= 2 && len(t.face.things) > 0 && len(t.face.acts) > 0 {
			key := t.face.fig.point.String() + " " + t.face.day()
			byFigure[key] = append(byFigure[key], t)
		}
	}
	for _, key := range sortedKeys(byFigure) {
		list := byFigure[key]
		for i, a := range list {
			for _, b := range list[i+1:] {
				if compareConcepts(l, a.face.acts, b.face.acts) == same && compareConcepts(l, a.face.things, b.face.things) == apart && a.face.basis == b.face.basis {
					warn(a, b, "the same figure is told of something else")
				}
			}
		}
	}
	parts := map[ClaimID][]*tied{}
	for _, t := range all {
		for _, r := range t.claim.Related {
			if r.As == "whole" {
				parts[r.Claim] = append(parts[r.Claim], t)
			}
		}
	}
	for _, id := range sortedKeys(parts) {
		for i, a := range parts[id] {
			for _, b := range parts[id][i+1:] {
				if swapped(a.claim, b.claim) {
					warn(a, b, "two texts give this breakdown the other way round")
				}
			}
		}
	}
}

// swapped reports whether two disputed claims have the same two figures.
func swapped(a, b *Claim) bool {
	return a.Status == Disputed && b.Status == Disputed && a.Value.Low.Known() && !a.Value.Low.Equal(a.Value.High) && a.Value.Low.Equal(b.Value.Low) && a.Value.High.Equal(b.Value.High)
}

func warn(a, b *tied, what string) {
	a.claim.Reasons = appendNew(a.claim.Reasons, fmt.Sprintf("warning: %s, %s (%s)", what, b.claim.Statement, b.claim.ID))
	b.claim.Reasons = appendNew(b.claim.Reasons, fmt.Sprintf("warning: %s, %s (%s)", what, a.claim.Statement, a.claim.ID))
}

// misprint words the suspicion that one of two rival figures has a digit too many: 400 and 4,000.
func misprint(all []camp) string {
	for _, c := range all {
		for _, d := range all {
			small, large := c.figure.fig.written, d.figure.fig.written
			if small.IsPositive() && c.figure.fig.bare && d.figure.fig.bare && c.figure.fig.unit == d.figure.fig.unit && large.Equal(small.Mul(decimal.NewFromInt(10))) {
				return fmt.Sprintf("; warning: %s is ten times %s, one of them may be a misprint", large, small)
			}
		}
	}
	return ""
}
