package claims

import (
	"slices"

	"github.com/shopspring/decimal"

	"tallywire/claims/lexicon"
)

// Widths are the settings that turn words into intervals (verdicts.md 1). All are shares of the figure said.
type Widths struct {
	About    decimal.Decimal // "about 400": how far to either side
	Nearly   decimal.Decimal // "nearly 400": how far below
	Rounding decimal.Decimal // how far a figure may lie from its rounded form
	Says     decimal.Decimal // how far inside a bound a figure may lie and still be said by it
}

// DefaultWidths are those of the rulebook: 10 %, 10 %, 3 % and 30 %.
func DefaultWidths() Widths {
	return Widths{
		About:    decimal.New(1, -1),
		Nearly:   decimal.New(1, -1),
		Rounding: decimal.New(3, -2),
		Says:     decimal.New(3, -1),
	}
}

// A figure is a mention's word on the size of a thing, ready to be compared.
type figure struct {
	low, high decimal.Decimal
	noLow     bool            // no lower end
	noHigh    bool            // no upper end
	over      bool            // "more than": the low end itself is not meant
	under     bool            // "fewer than": nor is the high end
	point     decimal.Decimal // the number said; of a vague word its low end
	bare      bool            // a plain figure, without hedge or bound
	bound     bool            // a one-sided bound or a range
	vague     bool            // "dozens": ends and no number
	written   decimal.Decimal // the number said, in its own unit
	place     int             // power of ten of its last digit
	unit      string          // its unit, where figures of other units are compared with it after conversion
	half      decimal.Decimal // half of the last written place, in the base unit; set where unit is
}

// figureOf reads the interval of a mention, in the base unit where there is one. The mention must have a known end.
func figureOf(m *Mention, w Widths) figure {
	f := figureSaid(m, w)
	f.written, f.place = f.point, writtenPlace(f.point)
	u, ok := measureOf(m)
	if !ok {
		return f
	}
	f.unit, f.half = m.Unit.Name, decimal.New(5, int32(f.place)-1).Mul(u.factor)
	f.point, f.low, f.high = u.base(f.point), u.base(f.low), u.base(f.high)
	return f
}

// figureSaid reads the interval of a mention in its own unit.
func figureSaid(m *Mention, w Widths) figure {
	v := m.Value
	f := figure{vague: !v.Best.Known() && m.Compare != Range && v.Low.Known() && v.High.Known() && !v.Low.Equal(v.High)}
	switch {
	case v.Best.Known():
		f.point = v.Best.Decimal()
	case v.Low.Known():
		f.point = v.Low.Decimal()
	default:
		f.point = v.High.Decimal()
	}
	f.low, f.high = f.point, f.point
	if v.Low.Known() {
		f.low = v.Low.Decimal()
	}
	if v.High.Known() {
		f.high = v.High.Decimal()
	}
	if f.low.GreaterThan(f.high) {
		f.low, f.high = f.high, f.low
	}
	switch m.Compare {
	case Above, AtLeast:
		f.bound, f.low, f.noHigh, f.over = true, f.point, true, m.Compare == Above
	case Below, AtMost:
		f.bound, f.high, f.under = true, f.point, m.Compare == Below
		f.low = decimal.Min(decimal.Zero, f.point)
	case Range:
		f.bound = true
		if isMove(m) { // "corrected from 7,000 to 9,000" says 26,000
			f.bound, f.point = false, f.high
			if m.Falling {
				f.point = f.low
			}
			f.low, f.high = f.point, f.point
		}
	}
	if m.Approx && !f.bound && !f.vague && f.low.Equal(f.high) {
		if saysNearly(m) {
			f.low = f.point.Sub(f.point.Abs().Mul(w.Nearly))
		} else {
			wide := f.point.Abs().Mul(w.About)
			f.low, f.high = f.point.Sub(wide), f.point.Add(wide)
		}
	}
	f.bare = !m.Approx && !f.bound && !f.vague && f.low.Equal(f.high)
	return f
}

// isMove reports whether a range is a figure and the one that took its place: "from 7,000 to 9,000" of something
// that was revised or that rose.
func isMove(m *Mention) bool {
	return slices.ContainsFunc(fold(m.Predicate), func(w string) bool { return slices.Contains(lexicon.Default().Of(m.language(), w), "move") })
}

// saysNearly reports whether a mention's hedge is one that never means more than the figure: nearly, almost.
func saysNearly(m *Mention) bool {
	return slices.ContainsFunc(fold(m.Text), func(w string) bool { return slices.Contains(lexicon.Default().Of(m.language(), w), "nearly") })
}

// meets reports whether the two intervals have a point in common.
func (f figure) meets(g figure) bool {
	return f.reaches(g) && g.reaches(f)
}

// reaches reports whether f does not end below where g begins.
func (f figure) reaches(g figure) bool {
	if f.noHigh || g.noLow {
		return true
	}
	if c := f.high.Cmp(g.low); c != 0 {
		return c > 0
	}
	return !f.under && !g.over || f.under && g.over || f.point.Equal(g.point) && !f.bare && !g.bare && (f.over == g.over)
}

// rounds reports whether one of two figures is the other one rounded at its written precision, no further than the
// rounding width apart: 1,027 and "1,000" are, 390 and 420 are not. Figures of two units, 1,000 hectares and 2,471 acres,
// round to each other where they lie no further apart than half of the coarser one's last written place.
func (f figure) rounds(g figure, w Widths) bool {
	gap := f.point.Sub(g.point).Abs()
	switch {
	case gap.IsZero():
		return true
	case gap.GreaterThan(decimal.Max(f.point.Abs(), g.point.Abs()).Mul(w.Rounding)):
		return false
	case f.unit != g.unit:
		return gap.LessThanOrEqual(decimal.Max(f.half, g.half))
	case f.place == g.place:
		return false // neither is the rounder one
	case f.unit != "":
		return gap.LessThanOrEqual(decimal.Max(f.half, g.half))
	case f.place < g.place:
		f, g = g, f
	}
	return g.point.Round(-int32(f.place)).Equal(f.point)
}

// roundings are the figures, other than itself, that a bare figure of no unit may be rounded to; see rounds.
func (f figure) roundings() []decimal.Decimal {
	if !f.bare || f.unit != "" {
		return nil
	}
	var out []decimal.Decimal
	widest := DefaultWidths().Rounding
	for place := f.place + 1; place <= f.place+f.point.NumDigits(); place++ {
		r := f.point.Round(-int32(place))
		near := f.point.Sub(r).Abs().LessThanOrEqual(decimal.Max(f.point.Abs(), r.Abs()).Mul(widest))
		if near && !r.Equal(f.point) && (len(out) == 0 || !r.Equal(out[len(out)-1])) {
			out = append(out, r)
		}
	}
	return out
}

// writtenPlace is the power of ten of the last digit that a figure gives: 3 for 1,000, 1 for 390, -1 for 48.2.
func writtenPlace(d decimal.Decimal) int {
	if d.IsZero() {
		return 0
	}
	place := int(d.Exponent())
	if c := d.CoefficientInt64(); c > 0 && d.NumDigits() < 18 {
		for c%10 == 0 {
			c, place = c/10, place+1
		}
		return place
	}
	s := d.Coefficient().String()
	for len(s) > 1 && s[len(s)-1] == '0' {
		s, place = s[:len(s)-1], place+1
	}
	return place
}

// compatible is the rulebook's: the intervals meet, or one bare figure is the other one rounded.
func (f figure) compatible(g figure, w Widths) bool {
	return f.meets(g) || f.bare && !g.vague && !g.bound && f.rounds(g, w) || g.bare && !f.vague && !f.bound && f.rounds(g, w)
}

// A word is what one mention's figure does to another figure.
type word int

const (
	silent      word = iota // too loose to say it, and not against it
	says                    // says the same
	contradicts             // cannot both be true
)

// about tells what f says of the figure g: a bound or range says g only when g is near the number said, and neither does
// a figure far inside a bound say the bound; a vague word never says a figure.
func (f figure) about(g figure, w Widths) word {
	switch {
	case !f.compatible(g, w):
		return contradicts
	case f.vague:
		return silent
	case f.point.Equal(g.point):
		return says
	case f.bound && !near(f.point, g.point, w), g.bound && !near(g.point, f.point, w):
		return silent
	}
	return says
}

// near reports whether a figure lies within the share of a bound's number that still says it.
func near(bound, point decimal.Decimal, w Widths) bool {
	return point.Sub(bound).Abs().LessThanOrEqual(bound.Abs().Mul(w.Says))
}
