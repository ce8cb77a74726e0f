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
func readings(whole *Claim, w Widths) []reading {
	first := map[string]reading{}
	for i := range whole.Mentions {
		m := &whole.Mentions[i]
		f, day := figureOf(m, w), dayOf(m, whole.Basis)
		if !f.bare || m.Stance == Context || day == "" {
			continue
		}
		key := f.written.String()
		if old, ok := first[key]; !ok || day < old.day {
			first[key] = reading{f.written, day}
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
func growth(whole *Claim, instalments []*card, w Widths) []string {
	if whole.Basis != BasisRunning || len(instalments) == 0 {
		return nil
	}
	var out []string
	points := readings(whole, w)
	for i := range points[:max(0, len(points)-1)] {
		a, b := points[i], points[i+1]
		sum, terms := decimal.Zero, []string{}
		for _, p := range instalments {
			if p.day > a.day && p.day <= b.day {
				sum = sum.Add(p.Value.Best.Decimal())
				terms = append(terms, p.Value.Best.String())
			}
		}
		if len(terms) == 0 {
			continue
		}
		slices.Sort(terms)
		grew := b.value.Sub(a.value)
		switch c := sum.Cmp(grew); {
		case c == 0:
			out = appendNew(out, fmt.Sprintf(reasonSum+"the growth from %s to %s = %s", a.value, b.value, strings.Join(terms, " + ")))
		case c < 0:
			out = appendNew(out, fmt.Sprintf(reasonDerived+"%s - %s - %s = %s, which no source here gives; it verifies nothing", b.value, a.value, strings.Join(terms, " - "), grew.Sub(sum)))
		default:
			out = appendNew(out, fmt.Sprintf(reasonFlag+"%s = %s is more than the growth from %s to %s, %s", strings.Join(terms, " + "), sum, a.value, b.value, grew))
		}
	}
	return out
}

// mayCollide reports whether a claim, by its face, may have been mixed up with another one of the same figure and day.
func mayCollide(face *frame) bool {
	return face.kind == "count" && face.fig.bare && face.digits >= 2 && len(face.things) > 0 && len(face.acts) > 0
}

// collide reports whether one figure is told of two things on one day. Warnings of it change no status.
func collide(l *lexicon.Lexicon, x, y *frame) bool {
	return mayCollide(x) && mayCollide(y) && x.fig.point.Equal(y.fig.point) && x.day() == y.day() && x.basis == y.basis && season(x.at)-season(y.at) <= 1 && season(y.at)-season(x.at) <= 1 &&
		compareConcepts(l, x.acts, y.acts) == same && compareConcepts(l, x.things, y.things) == apart
}

const (
	warnSameFigure = reasonWarning + "the same figure is told of something else"
	warnSwapped    = reasonWarning + "two texts give this breakdown the other way round"
)

func warning(what string, of *Claim) string {
	return fmt.Sprintf("%s, %s (%s)", what, of.Statement, of.ID)
}

// swaps warns of breakdowns that two texts give the other way round: two disputed parts of one whole with the same two figures.
func (w *web) swaps(c *Claim) []string {
	var out []string
	for _, whole := range w.related(c, asWhole) {
		for _, p := range w.related(whole.Claim, asPart) {
			if p.ID != c.ID && swapped(c, p.Claim) {
				out = appendNew(out, warning(warnSwapped, p.Claim))
			}
		}
	}
	return out
}

// swapped reports whether two disputed claims have the same two figures.
func swapped(a, b *Claim) bool {
	return a.Status == Disputed && b.Status == Disputed && a.Value.Low.Known() && !a.Value.Low.Equal(a.Value.High) && a.Value.Low.Equal(b.Value.Low) && a.Value.High.Equal(b.Value.High)
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
