package server

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"tallywire/claims"
)

// A plot draws what each voice said and when, over bands of the claim's status. All lengths are in units of the drawing.
type plot struct {
	Width, Height       int
	Left, Right, Bottom int // edges of the field; its top is plotTop
	Top                 int
	Bands               []band
	Marks               []mark
	Steps               string // path of the value shown; "" where there is none
	Rows                []tick // values
	Columns             []tick // times
	Legend              []legend
	Describe            string
}

type band struct {
	X, Width int
	Status   claims.Status
	Title    string
}

// A mark is one mention: a point, or an interval from Y1 to Y2, open above or below.
type mark struct {
	X, Y, Y1, Y2 int
	Interval     bool
	Up, Down     bool // no end
	Class        string
	Shape        string // path around 0,0
	Title        string
	Point        bool
}

type tick struct {
	At    int
	Label string
}

type legend struct {
	Shape, Class, Name string
	X, Y               int
}

// shapes tell voices apart without colour: circle, square, triangle, diamond, cross, bar.
var shapes = []string{
	"M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z", "M-5 -5H5V5H-5Z", "M0 -6L6 5H-6Z", "M0 -7L7 0L0 7L-7 0Z", "M-6 -2H-2V-6H2V-2H6V2H2V6H-2V2H-6Z", "M-7 -3H7V3H-7Z",
	"M0 6L6 -5H-6Z",
}

// The field of a plot.
const (
	plotWidth  = 720
	plotHeight = 250
	plotTop    = 14
	plotHead   = 26 // of the field, above the highest value: the bands' words
	plotFoot   = 10 // below the lowest
	plotLeft   = 78
	plotRight  = 706
	maxMarks   = 120 // more are thinned: those that say the same at nearly one place, then every other one
)

// newPlot returns nil where no mention has both a time and a figure.
func (s *Server) newPlot(v *view, c *claims.Claim) *plot {
	type said struct {
		m  *claims.Mention
		at time.Time
	}
	var all []said
	var low, high decimal.Decimal
	var first, last time.Time
	known := false
	grow := func(n claims.Number) {
		if n.Known() {
			d := n.Decimal()
			if !known {
				low, high, known = d, d, true
			}
			low, high = decimal.Min(low, d), decimal.Max(high, d)
		}
	}
	for i := range c.Mentions {
		m := &c.Mentions[i]
		at := m.Published
		if at.IsZero() {
			at = m.Retrieved
		}
		if at.IsZero() {
			continue
		}
		grow(m.Value.Low)
		grow(m.Value.Best)
		grow(m.Value.High)
		all = append(all, said{m, at})
	}
	if !known || len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b said) int { return a.at.Compare(b.at) })
	total := len(all)
	first, last = all[0].at, all[len(all)-1].at
	for len(all) > maxMarks {
		near := max(last.Sub(first)/maxMarks, time.Minute)
		kept := all[:0]
		before := map[string]said{}
		for i, x := range all {
			b, ok := before[x.m.Origin]
			if ok && x.at.Sub(b.at) < near && x.m.Value.Equal(b.m.Value) && x.m.Stance == b.m.Stance {
				continue
			}
			before[x.m.Origin] = x
			if i%2 == 0 || len(all) <= 2*maxMarks {
				kept = append(kept, x)
			}
		}
		if len(kept) == len(all) {
			kept = kept[:0]
			for i := 0; i < len(all); i += 2 {
				kept = append(kept, all[i])
			}
		}
		all = kept
	}
	for _, h := range c.History {
		if h.At.After(last) {
			last = h.At
		}
	}
	if last.Sub(first) < time.Hour {
		first, last = first.Add(-time.Hour), last.Add(time.Hour)
	}
	margin := last.Sub(first) / 20
	first, last = first.Add(-margin), last.Add(margin)
	p := &plot{Width: plotWidth, Left: plotLeft, Right: plotRight, Top: plotTop}
	var voices []string
	names := voiceNames(c)
	for _, x := range all {
		if !slices.Contains(voices, x.m.Origin) {
			voices = append(voices, x.m.Origin)
		}
	}
	legendRows := (min(len(voices), len(shapes)) + 2) / 3
	p.Bottom = plotHeight - 34
	p.Height = plotHeight + 22*legendRows
	span := last.Sub(first)
	x := func(t time.Time) int {
		return plotLeft + int(int64(plotRight-plotLeft)*int64(t.Sub(first)/time.Second)/max(int64(span/time.Second), 1))
	}
	lo, hi, steps := scale(low, high)
	y := func(d decimal.Decimal) int {
		part := d.Sub(lo).Mul(decimal.NewFromInt(int64(p.Bottom - plotFoot - plotHead - plotTop))).Div(hi.Sub(lo))
		return min(max(p.Bottom-plotFoot-int(part.IntPart()), plotTop), p.Bottom)
	}
	for _, d := range steps {
		p.Rows = append(p.Rows, tick{y(d), v.Number(claims.NumberOf(d))})
	}
	p.Columns = columns(v, first, last, x)
	p.bands(v, c, first, last, x)
	p.steps(c, last, x, y)
	for i, origin := range voices[:min(len(voices), len(shapes))] {
		name := names[origin]
		if i == len(shapes)-1 && len(voices) > len(shapes) {
			name = v.T("plot.others", len(voices)-i)
		}
		p.Legend = append(p.Legend, legend{Shape: shapes[i], Class: fmt.Sprintf("v%d", i), Name: cut(name, 30), X: plotLeft + i%3*214, Y: plotHeight + 8 + 22*(i/3)})
	}
	for _, said := range all {
		p.Marks = append(p.Marks, p.mark(v, said.m, said.at, min(slices.Index(voices, said.m.Origin), len(shapes)-1), names, s, x, y))
	}
	p.Describe = v.T("plot.describe", total, len(voices), v.Number(claims.NumberOf(low)), v.Number(claims.NumberOf(high)), v.Date(first), v.Date(last))
	return p
}

// voiceNames gives each origin the name under which the claim lists it.
func voiceNames(c *claims.Claim) map[string]string {
	out := map[string]string{}
	for i := range c.Mentions {
		m := &c.Mentions[i]
		if out[m.Origin] != "" {
			continue
		}
		_, name, ok := strings.Cut(m.Origin, ":")
		if !ok {
			name = m.Origin
		}
		known := func(o claims.Voice) bool { return strings.EqualFold(o.Name, name) }
		carried := func(o claims.Voice) bool {
			return slices.Contains(o.Carriers, m.Source) && (o.Party == "" || m.Origin == "party:"+o.Party) && (o.Party != "") == strings.HasPrefix(m.Origin, "party:")
		}
		for _, fits := range []func(claims.Voice) bool{known, carried} {
			if i := slices.IndexFunc(c.Origins, fits); i >= 0 {
				name = c.Origins[i].Name
				break
			}
		}
		out[m.Origin] = plain(name)
	}
	return out
}

func (p *plot) mark(v *view, m *claims.Mention, at time.Time, voice int, names map[string]string, s *Server, x func(time.Time) int, y func(decimal.Decimal) int) mark {
	k := mark{X: x(at), Class: fmt.Sprintf("v%d %s", voice, m.Stance), Shape: shapes[voice], Point: m.Value.Best.Known()}
	val := m.Value
	if k.Point {
		k.Y = y(val.Best.Decimal())
	}
	if k.Interval = !val.Low.Equal(val.High); k.Interval {
		k.Y1, k.Y2 = p.Bottom, p.Top
		if val.Low.Known() {
			k.Y1 = y(val.Low.Decimal())
		} else {
			k.Down = true
		}
		if val.High.Known() {
			k.Y2 = y(val.High.Decimal())
		} else {
			k.Up = true
		}
	}
	k.Title = fmt.Sprintf("%s: %s, %s, %s", names[m.Origin], v.Value(val), s.sourceName(m.Source), v.Time(at))
	return k
}

// bands are the stretches of one status, by the history.
func (p *plot) bands(v *view, c *claims.Claim, first, last time.Time, x func(time.Time) int) {
	for i, h := range c.History {
		from, to := h.At, last
		if i == 0 {
			from = first
		}
		if i+1 < len(c.History) {
			to = c.History[i+1].At
		}
		if from.Before(first) {
			from = first
		}
		if !to.After(from) {
			continue
		}
		if n := len(p.Bands); n > 0 && p.Bands[n-1].Status == h.Status {
			p.Bands[n-1].Width = x(to) - p.Bands[n-1].X
			continue
		}
		p.Bands = append(p.Bands, band{X: x(from), Width: max(x(to)-x(from), 1), Status: h.Status, Title: v.T("status."+string(h.Status)) + ", " + v.Time(h.At)})
	}
}

// steps draws the value that the board showed.
func (p *plot) steps(c *claims.Claim, last time.Time, x func(time.Time) int, y func(decimal.Decimal) int) {
	var b strings.Builder
	for i, h := range c.History {
		if !h.Value.Best.Known() {
			continue
		}
		to := last
		if i+1 < len(c.History) {
			to = c.History[i+1].At
		}
		verb := "L"
		if b.Len() == 0 {
			verb = "M"
		}
		at := y(h.Value.Best.Decimal())
		fmt.Fprintf(&b, "%s%d %dL%d %d", verb, x(h.At), at, x(to), at)
	}
	p.Steps = b.String()
}

// scale gives round ends around a range, and the values to draw lines at.
func scale(low, high decimal.Decimal) (lo, hi decimal.Decimal, steps []decimal.Decimal) {
	span := high.Sub(low)
	if span.IsZero() {
		span = decimal.Max(high.Abs().Mul(decimal.NewFromFloat32(0.1)), decimal.NewFromInt(1)) // a flat line in the middle
		low, high = low.Sub(span.Div(decimal.NewFromInt(2))), high.Add(span.Div(decimal.NewFromInt(2)))
	}
	step := roundStep(span.Div(decimal.NewFromInt(4)))
	lo, hi = low.Div(step).Floor().Mul(step), high.Div(step).Ceil().Mul(step)
	if lo.IsNegative() && !low.IsNegative() {
		lo = decimal.Zero
	}
	for d := lo; d.Cmp(hi) <= 0 && len(steps) < 12; d = d.Add(step) {
		steps = append(steps, d)
	}
	return lo, hi, steps
}

// roundStep is the next of 1, 2, 5, 10, 20, ... at or above d.
func roundStep(d decimal.Decimal) decimal.Decimal {
	exponent := int32(d.NumDigits()) + d.Exponent() - 1 // #nosec: numerals are at most 40 characters
	for e := exponent; ; e++ {
		for _, m := range []int64{1, 2, 5} {
			if s := decimal.New(m, e); s.Cmp(d) >= 0 {
				return s
			}
		}
	}
}

// columns are about five times along the field, at whole hours, days or months.
func columns(v *view, first, last time.Time, x func(time.Time) int) []tick {
	var out []tick
	span := last.Sub(first)
	steps := []time.Duration{time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour, 48 * time.Hour, 7 * 24 * time.Hour, 14 * 24 * time.Hour, 30 * 24 * time.Hour, 91 * 24 * time.Hour, 365 * 24 * time.Hour}
	at, _ := slices.BinarySearchFunc(steps, span/5, func(a, b time.Duration) int { return cmp.Compare(a, b) })
	step := steps[min(at, len(steps)-1)]
	for t := first.Truncate(step).Add(step); t.Before(last) && len(out) < 8; t = t.Add(step) {
		label := v.Date(t)
		if step < 24*time.Hour {
			label = fmt.Sprintf("%02d:%02d", t.Hour(), t.Minute())
			if t.Hour() == 0 || len(out) == 0 {
				label = fmt.Sprintf("%s %s", v.Day(t), label)
			}
		}
		if n := len(out); n > 0 && x(t)-out[n-1].At < 84 {
			continue
		}
		out = append(out, tick{x(t), label})
	}
	return out
}
