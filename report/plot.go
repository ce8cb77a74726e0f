package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"tallywire/claims"
)

// A Plot is a drawing of a claim's value over time, a row of signs a voice, with intervals as bars and the
// claim's status as bands below. Lengths are pixels in a view of Width by Height; templates/plot.svg.html
// draws it. What it shows stands as words in Points, for readers who see no drawing.
type Plot struct {
	ID            string // unique on a page, for labels
	Width, Height int
	Title, Words  string
	Ticks         []Tick // of the value, from the top
	Days          []Tick // of the time, from the left
	Points        []Point
	Voices        []string // in the order of the signs
	Bands         []Band
	Left, Right   float64 // of the plotting area
	Top, Bottom   float64
}

// A Tick is a mark on an axis.
type Tick struct {
	At   float64
	Text string
}

// A Point is one mention.
type Point struct {
	X, Y      float64
	Low, High float64 // ends of its interval on the value axis; equal to Y where it has none
	Known     bool    // there is a best value to draw a sign at
	Voice     int
	Stance    claims.Stance
	Value     string
	When      string
	Source    string
}

// A Band is a stretch of one status.
type Band struct {
	X, Width float64
	Status   claims.Status
	Sign     string
}

// The plot's measures, in pixels.
const (
	plotWidth, plotHeight = 720, 260
	plotLeft, plotRight   = 84, 664
	plotTop, plotBottom   = 16, 196
	maxPoints             = 400 // more cannot be told apart; the table beside the plot has them all
)

// NewPlot draws a claim; false where it has no mention with a time and a value.
func (e Edition) NewPlot(c *claims.Claim) (Plot, bool) {
	p := Plot{ID: string(c.ID), Width: plotWidth, Height: plotHeight, Left: plotLeft, Right: plotRight, Top: plotTop, Bottom: plotBottom, Title: Visible(c.Statement)}
	type said struct {
		m             *claims.Mention
		at            time.Time
		low, best, hi float64
	}
	var all []said
	for i := range c.Mentions {
		m := &c.Mentions[i]
		s := said{m: m, at: cmpTime(m.Published, m.Retrieved)}
		v := m.Value
		if s.at.IsZero() || !v.Low.Known() && !v.Best.Known() && !v.High.Known() {
			continue
		}
		if v.Best.Known() {
			s.best = v.Best.Decimal().InexactFloat64() // a place on a drawing, no figure
		}
		s.low, s.hi = s.best, s.best
		if v.Low.Known() {
			s.low = v.Low.Decimal().InexactFloat64()
		} else if v.High.Known() && !v.Best.Known() {
			s.low = v.High.Decimal().InexactFloat64()
		}
		if v.High.Known() {
			s.hi = v.High.Decimal().InexactFloat64()
		} else if !v.Best.Known() {
			s.hi = s.low
		}
		if !v.Best.Known() {
			s.best = s.low
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return p, false
	}
	slices.SortStableFunc(all, func(a, b said) int {
		return cmp.Or(a.at.Compare(b.at), strings.Compare(string(a.m.ID), string(b.m.ID)))
	})
	if len(all) > maxPoints {
		all = all[len(all)-maxPoints:]
	}
	first, last := all[0].at, all[len(all)-1].at
	for _, h := range c.History {
		if h.At.After(last) {
			last = h.At
		}
	}
	if !last.After(first) {
		first, last = first.Add(-12*time.Hour), first.Add(12*time.Hour)
	}
	low, high := all[0].low, all[0].hi
	for _, s := range all {
		low, high = min(low, s.low), max(high, s.hi)
	}
	pad := (high - low) * 0.1
	if pad == 0 {
		pad = max(abs(high)*0.1, 1)
	}
	low, high = low-pad, high+pad
	x := func(t time.Time) float64 {
		return round(plotLeft + (plotRight-plotLeft)*float64(t.Sub(first))/float64(last.Sub(first)))
	}
	y := func(v float64) float64 { return round(plotBottom - (plotBottom-plotTop)*(v-low)/(high-low)) }
	for _, s := range all {
		name := e.voiceName(c, s.m)
		voice := slices.Index(p.Voices, name)
		if voice < 0 {
			voice = len(p.Voices)
			p.Voices = append(p.Voices, name)
		}
		p.Points = append(p.Points, Point{X: x(s.at), Y: y(s.best), Low: y(s.low), High: y(s.hi), Known: s.m.Value.Best.Known(), Voice: voice, Stance: s.m.Stance,
			Value: ValueWords(s.m.Value), When: minuteWords(s.at), Source: Visible(e.name(s.m.Source))})
	}
	p.ticks(c, low, high, y)
	for i := range 5 {
		t := first.Add(last.Sub(first) * time.Duration(i) / 4)
		text := t.UTC().Format("2 Jan 15:04")
		if last.Sub(first) > 10*24*time.Hour {
			text = t.UTC().Format("2 Jan 2006")
		}
		p.Days = append(p.Days, Tick{x(t), text})
	}
	p.bands(c, first, last, x)
	p.Words = fmt.Sprintf("%s by %s between %s and %s; %s, %s.", Plural(len(p.Points), "mention"), Plural(len(p.Voices), "voice"), minuteWords(all[0].at), minuteWords(all[len(all)-1].at), ValueWords(c.Value), c.Status)
	return p, true
}

func cmpTime(a, b time.Time) time.Time {
	if a.IsZero() {
		return b
	}
	return a
}

func abs(f float64) float64 { return max(f, -f) }

// round keeps a tenth of a pixel.
func round(f float64) float64 { return float64(int(f*10+0.5)) / 10 }

// ticks marks the values that are said, at most eight of them, that stand far enough apart to be read.
func (p *Plot) ticks(c *claims.Claim, low, high float64, y func(float64) float64) {
	seen := map[string]bool{}
	var list []Tick
	for _, m := range c.Mentions {
		for _, n := range []claims.Number{m.Value.Best, m.Value.Low, m.Value.High} {
			if v := n.Decimal().InexactFloat64(); n.Known() && !seen[n.String()] && v >= low && v <= high {
				seen[n.String()] = true
				list = append(list, Tick{y(v), number(n)})
			}
		}
	}
	slices.SortFunc(list, func(a, b Tick) int { return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(a.Text, b.Text)) })
	for _, t := range list {
		if len(p.Ticks) < 8 && (len(p.Ticks) == 0 || t.At-p.Ticks[len(p.Ticks)-1].At >= 14) {
			p.Ticks = append(p.Ticks, t)
		}
	}
}

// bands are the claim's statuses over time.
func (p *Plot) bands(c *claims.Claim, first, last time.Time, x func(time.Time) float64) {
	history := sorted(c.History, func(a, b claims.Change) int { return a.At.Compare(b.At) })
	for i, h := range history {
		from, to := h.At, last
		if i+1 < len(history) {
			to = history[i+1].At
		}
		if from.Before(first) {
			from = first
		}
		if to.After(last) {
			to = last
		}
		if !to.After(from) {
			continue
		}
		b := Band{X: x(from), Width: round(x(to) - x(from)), Status: h.Status, Sign: Sign(h.Status)}
		if n := len(p.Bands); n > 0 && p.Bands[n-1].Status == b.Status {
			p.Bands[n-1].Width = round(b.X + b.Width - p.Bands[n-1].X)
			continue
		}
		p.Bands = append(p.Bands, b)
	}
}

// voiceName is the name of the voice whose word a mention is.
func (e Edition) voiceName(c *claims.Claim, m *claims.Mention) string {
	kind, rest, _ := strings.Cut(m.Origin, ":")
	for _, v := range c.Origins {
		switch {
		case kind == "party" && v.Party == rest,
			kind != "party" && v.Party == "" && slices.Contains(v.Carriers, m.Source) && (kind == "source" || kind == "owner" || kind == "social" && !v.Counts):
			return Visible(v.Name)
		}
	}
	switch {
	case kind == "source" || rest == "":
		return Visible(e.name(m.Source))
	}
	return Visible(rest)
}
