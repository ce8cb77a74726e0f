package claims

import (
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"tallywire/claims/lexicon"
)

// contradict reports whether any part of two keys keeps the mentions of one figure apart.
func contradict(l *lexicon.Lexicon, a, b *frame) bool {
	telling := a.digits >= 3
	sure := !a.inferred && !b.inferred
	switch {
	case !a.fig.meets(b.fig), !(a.fig.bare && b.fig.bare) && compareConcepts(l, a.sides, b.sides) == apart:
		return true
	case a.plan != b.plan && (!telling && a.kind == "count" || done(a) || done(b)),
		sure && compareConcepts(l, a.things, b.things) == apart,
		sure && compareConcepts(l, a.acts, b.acts) == apart && !a.plan,
		slices.Contains(a.acts, "need") != slices.Contains(b.acts, "need") && !telling,
		compareConcepts(l, a.measures, b.measures) == apart,
		gap(a, b) > sameStory,
		a.basis == BasisPeriod && b.basis == BasisPeriod && a.m.Dated && b.m.Dated && daysApart(a, b) > dayTolerance(a) && !(telling && farDates(a, b)),
		startsApart(a, b),
		elsewhere(a.where, a.story, b.where, b.story) && spelledAlike([]*frame{a}, []*frame{b}) && (!telling || a.story.common(b.story) == 0),
		farDates(a, b) && !telling:
		return true
	}
	return false
}

// elsewhere reports whether two texts tell of different places: each says where, and neither names the other's place at
// all. Names in other letters are not compared.
func elsewhere(where, story, where2, story2 set) bool {
	if len(where) == 0 || len(where2) == 0 || where.common(story2) > 0 || where2.common(story) > 0 {
		return false
	}
	a, b := where.script(), where2.script()
	return a == b && a != mixed
}

// spelledAlike reports whether names of two texts can be told apart by their spelling: what one language writes in Cyrillic the
// next one writes otherwise (Харків, Харьков). People are kept apart all the same: they are counted everywhere.
func spelledAlike(x, y []*frame) bool {
	l := lexicon.Default()
	if slices.ContainsFunc(append(slices.Clone(x), y...), func(f *frame) bool {
		return len(f.things) == 0 || slices.ContainsFunc(f.things, func(c lexicon.Concept) bool { return l.Is(c, "person") })
	}) {
		return true
	}
	return slices.ContainsFunc(x, func(a *frame) bool {
		return slices.ContainsFunc(y, func(b *frame) bool {
			return a.m.language() == b.m.language() || a.where.script() != cyrillic || b.where.script() != cyrillic
		})
	})
}

// farDates reports whether two texts name times so far apart that they cannot mean one event.
func farDates(a, b *frame) bool {
	return a.m.Dated && b.m.Dated && daysApart(a, b) > int(sameStory.Hours()/24)
}

// done reports whether a mention says that so many were dealt with or so much was paid, and not only what there is or was granted.
func done(f *frame) bool {
	l := lexicon.Default()
	return !f.plan && !f.inferred && (f.kind == "count" || strings.HasPrefix(f.kind, "currency")) && f.m.Modality == Asserted && slices.ContainsFunc(f.acts, func(c lexicon.Concept) bool { return !l.Is(c, "grant") })
}

// dayTolerance is how many days two mentions of one figure may differ in their dates and still be one: a long figure
// does not come back the next day by chance, and "overnight" is two dates.
func dayTolerance(f *frame) int {
	if f.digits >= 3 {
		return 1
	}
	return 0
}

// daysApart counts the days between two periods, 0 where they meet or one is unknown.
func daysApart(a, b *frame) int {
	if a.from == "" || a.to == "" || b.from == "" || b.to == "" || a.from <= b.to && b.from <= a.to {
		return 0
	}
	end, start := a.to, b.from
	if b.to < a.from {
		end, start = b.to, a.from
	}
	x, errX := time.Parse(time.DateOnly, end)
	y, errY := time.Parse(time.DateOnly, start)
	if errX != nil || errY != nil {
		return 0
	}
	return int(y.Sub(x).Hours() / 24)
}

// startsApart reports whether two running counts began at different times: since 2022, since Friday.
func startsApart(a, b *frame) bool {
	if a.basis != BasisRunning || b.basis != BasisRunning || a.from == "" || b.from == "" || a.from >= a.to || b.from >= b.to {
		return false
	}
	if a.from[:4] == b.from[:4] && (strings.HasSuffix(a.from, "-01-01") || strings.HasSuffix(b.from, "-01-01")) {
		return false // "since 2022" may be since March of it
	}
	x, errX := time.Parse(time.DateOnly, a.from)
	y, errY := time.Parse(time.DateOnly, b.from)
	return errX == nil && errY == nil && x.Sub(y).Abs() > 7*24*time.Hour
}

// longer reports whether x counts over weeks or years what y counts of a single day.
func longer(x, y *frame) bool {
	if x.from == "" || x.to == "" || y.from == "" || y.from != y.to {
		return false
	}
	a, errA := time.Parse(time.DateOnly, x.from)
	b, errB := time.Parse(time.DateOnly, x.to)
	return errA == nil && errB == nil && b.Sub(a) >= 3*24*time.Hour
}

func gap(a, b *frame) time.Duration {
	if a.at.IsZero() || b.at.IsZero() {
		return 0
	}
	return a.at.Sub(b.at).Abs()
}

// figureNeeds is how alike two mentions of a figure must be: less where its unit is one that few things of a day are
// measured in.
func figureNeeds(f *frame) int {
	needs := sameFigureNeeds[min(4, f.digits)]
	if k := f.kind; k != "count" && k != "percent" && k != "points" && !strings.HasPrefix(k, "currency") {
		needs = max(0, needs-80)
	}
	return needs
}

// digitsOf counts how telling a figure is: its significant digits (1 for 3 and 400, 4 for 5,147), and one more where it
// comes with a unit that few figures of a day share.
func digitsOf(fig figure, kind string) int {
	s := strings.TrimRight(strings.TrimLeft(fig.written.Abs().Coefficient().String(), "0"), "0")
	n := max(1, len(s))
	if kind != "count" && kind != "percent" {
		n++
	}
	return n
}

// alike measures what two mentions of one figure share, in thousandths.
func alike(l *lexicon.Lexicon, a, b *frame) int {
	s := 0
	switch compareConcepts(l, a.things, b.things) {
	case same:
		s += 300
		if slices.Equal(a.things, people) && slices.Equal(b.things, people) {
			s -= 150
			if (len(a.acts) == 0) != (len(b.acts) == 0) && !a.inferred && !b.inferred {
				s -= 250 // people killed, and people aboard
			}
		}
	case kin:
		s += 200
	}
	switch {
	case a.head != "" && a.head == b.head:
		s += 350
	case a.head != "" && b.head != "" || a.head != "" && len(b.things) > 0 || b.head != "" && len(a.things) > 0:
		s -= 150
	}
	switch compareConcepts(l, a.acts, b.acts) {
	case same:
		s += 300
	case kin:
		s += 200
	}
	if compareConcepts(l, a.measures, b.measures) == same {
		s += 350
	} else if a.subject != "" && a.subject == b.subject {
		s += 150
	}
	if a.inferred || b.inferred {
		s = s * 2 / 3
	}
	s += a.words.overlap(b.words) * 3 / 10
	s += min(240, 40*a.context.common(b.context))
	s += min(300, 150*a.numbers.common(b.numbers))
	if a.m.Scope != "" && a.m.Scope == b.m.Scope {
		s += 80
	}
	if a.plan != b.plan && a.kind == "count" {
		s -= 150
	}
	if a.m.Dated && b.m.Dated && a.from == b.from && a.to == b.to {
		s += 100
	}
	if a.who.voice == b.who.voice && !a.who.vague && a.m.Document != b.m.Document && gap(a, b) < sameSpeech {
		s += 200 // one speaker, one figure
	}
	s += min(300, 100*a.names.common(b.names))
	s += min(storyMost, 30*a.story.common(b.story))
	s += min(200, 100*a.narrow.common(b.narrow))
	if a.shingles.overlap(b.shingles) >= copyOverlap {
		s += 600
	}
	if a.m.URL == b.m.URL {
		s += 100
	}
	return s
}

// people are the things of a figure that says only that it counts people.
var people = []lexicon.Concept{"person"}

// clash reports whether two groups of different figures must stay apart.
func clash(l *lexicon.Lexicon, g, h *group) bool {
	a, b := g.frames[0], h.frames[0]
	compatible := agree(a.fig, b.fig)
	things := compareConcepts(l, g.exact(l), h.exact(l))
	bond := bondOf(g, h)
	switch {
	case a.kind != b.kind,
		(g.basis() == BasisPlan) != (h.basis() == BasisPlan) && (!compatible || slices.ContainsFunc(g.frames, done) || slices.ContainsFunc(h.frames, done) || a.fig.point.Equal(b.fig.point) && a.digits < 3),
		!sameDeed(l, g.acts, h.acts), g.scope() != h.scope() && !compatible && !(g.scope() != ScopeDaily && h.scope() != ScopeDaily && things == same && !onlyPeople(g, h) && g.where.common(h.where) > 0),
		compareConcepts(l, g.measures, h.measures) == apart,
		things == apart, things == kin && !compatible && bond != linked && !(shareThing(g, h) && len(g.acts) > 0 && len(h.acts) > 0),
		len(g.narrow) > 0 && len(h.narrow) > 0 && g.narrow.common(h.narrow) == 0 && !compatible && a.kind != "count",
		!compatible && bond != linked && someApart(g, h),
		bond != linked && elsewhere(g.where, g.story, h.where, h.story) && spelledAlike(g.frames, h.frames),
		compareConcepts(l, g.sides, h.sides) == apart,
		bond == told,
		!compatible && eachOthers(g, h),
		!compatible && bond != linked && !sameDays(g, h):
		return true
	}
	for _, x := range g.frames {
		for _, y := range h.frames {
			if gap(x, y) <= sameStory {
				return false
			}
		}
	}
	return true
}

// shareThing reports a thing other than people that both groups name, whatever else they call it: "290,000 vehicles, cars of one
// series", and "312,000 vehicles".
func shareThing(g, h *group) bool {
	return slices.ContainsFunc(g.things, func(c lexicon.Concept) bool { return c != "person" && slices.Contains(h.things, c) })
}

// eachOthers reports two figures of what is done to an enemy, each told by a side about the other: the drones that two armies
// say they shot down are not the same drones.
func eachOthers(g, h *group) bool {
	a, b := g.frames[0].who, h.frames[0].who
	if a.party == "" || b.party == "" || a.party == b.party || !slices.Contains(g.acts, "shootdown") || !slices.Contains(h.acts, "shootdown") {
		return false
	}
	of := func(f *group, party string) bool {
		return !slices.ContainsFunc(f.frames, func(x *frame) bool { return x.who.party != party || x.admits })
	}
	return of(g, a.party) && of(h, b.party)
}

// agree reports whether one of two figures says the other: compatible, and no loose bound or vague word.
func agree(a, b figure) bool {
	w := DefaultWidths()
	return a.about(b, w) == says && b.about(a, w) == says
}

// sameDeed reports whether two lists of acts may be one: either is empty, or they share one, weak ones counted too.
func sameDeed(l *lexicon.Lexicon, a, b []lexicon.Concept) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(x lexicon.Concept) bool {
		return slices.ContainsFunc(b, func(y lexicon.Concept) bool { return l.Related(x, y) })
	})
}

// movesOn reports whether a figure is a running count or a stock.
func movesOn(g *group) bool { b := g.basis(); return b == BasisRunning || b == BasisStock }

// someApart reports whether two figures, by the dates that most of their mentions give, began to be counted at
// different times, mean different events, or count over a long and a short time.
func someApart(g, h *group) bool {
	x, y := g.face(), h.face()
	return startsApart(x, y) || farDates(x, y) || longer(x, y) || longer(y, x)
}

// sameDays reports whether two figures may speak of one point or stretch of time: running counts and stocks always,
// counts of a day or period only where the day that most of their mentions give is the same.
func sameDays(g, h *group) bool {
	if movesOn(g) && movesOn(h) || g.frames[0].kind != "count" && (movesOn(g) || movesOn(h)) && g.subjects.common(h.subjects) > 0 {
		return true
	}
	if g.frames[0].kind == "count" && (movesOn(g) || movesOn(h)) && undated(g) && undated(h) {
		return true // "we are aware of 25 fires now", after "it knows of 23 fires"
	}
	a, b := g.usual(), h.usual()
	return a == b || a.To == b.To && (movesOn(g) || movesOn(h) || a.From == "" || b.From == "")
}

// undated reports whether no text of a group gives it a day.
func undated(g *group) bool {
	return !slices.ContainsFunc(g.frames, func(f *frame) bool { return f.m.Dated })
}

// farOff reports whether one figure is more than twelve times another, of vague words their nearer ends.
func farOff(a, b figure) bool {
	small, large := a.point.Abs(), b.point.Abs()
	if a.vague {
		small = a.high.Abs()
	}
	return small.IsPositive() && large.GreaterThan(small.Mul(decimal.NewFromInt(12)))
}

// onlyPeople reports whether all that two groups share of things is that they are people.
func onlyPeople(g, h *group) bool { return !shareThing(g, h) }

// likenessRest is the most that words, context, names and owners can add to the likeness of two groups.
const likenessRest = 200 + 160 + 150 + 250

// likeness measures how well the keys of two figures agree, 0 where they may not meet. What decides comes first, so that
// most pairs need no more.
func likeness(l *lexicon.Lexicon, g, h *group) int {
	if g.docs.common(h.docs) == 0 && elsewhere(g.where, g.story, h.where, h.story) && spelledAlike(g.frames, h.frames) {
		return 0 // as clash would say, for less
	}
	a, b := g.frames[0], h.frames[0]
	agreed, needs := agree(a.fig, b.fig), rivalNeeds
	switch {
	case agreed:
		needs = max(figureNeeds(a), figureNeeds(b))
	case (a.fig.vague || b.fig.vague) && !a.fig.compatible(b.fig, DefaultWidths()):
		needs = vagueNeeds
	}
	s := keyLikeness(l, g, h)
	if bondOf(g, h) == linked {
		s += 450
	}
	if a.who.voice == b.who.voice {
		s += 60 // the next figure of a series
		if movesOn(g) && movesOn(h) && shareThing(g, h) && len(g.acts)+len(h.acts) == 0 {
			s += 100 // which says nothing but how many there are
		}
	}
	if farOff(a.fig, b.fig) || farOff(b.fig, a.fig) {
		s -= 200 // twelve times as much is seldom the same thing; ten times may be a misprint
	}
	if !agreed && s+likenessRest < needs {
		return 0
	}
	s += g.words.overlap(h.words) * 2 / 10
	s += min(160, 20*g.context.common(h.context))
	s += min(150, 50*g.names.common(h.names))
	switch n := g.narrow.common(h.narrow); {
	case n > 0:
		s += 250
	case len(g.narrow) > 0 && len(h.narrow) > 0:
		s -= 300
	}
	if agreed {
		for _, x := range g.frames {
			for _, y := range h.frames {
				if !contradict(l, x, y) {
					s = max(s, alike(l, x, y))
				}
			}
		}
	}
	if s < needs {
		return 0
	}
	return s
}

// keyLikeness is what the things, acts, measures, subjects and units of two groups are worth.
func keyLikeness(l *lexicon.Lexicon, g, h *group) int {
	s := 0
	acts := compareConcepts(l, g.acts, h.acts)
	switch things := compareConcepts(l, g.exact(l), h.exact(l)); {
	case things == same && acts != same && onlyPeople(g, h):
		s += 120
	case things == same:
		s += 250
	case g.heads.common(h.heads) > 0:
		s += 300
	case things == kin:
		s += 100
	}
	switch {
	case acts == same || acts == kin:
		s += 300
	case len(g.acts) > 0 && len(h.acts) > 0:
	case len(g.acts)+len(h.acts) > 0:
		s -= 100
	}
	if compareConcepts(l, g.measures, h.measures) == same {
		s += 350
	}
	kind := g.frames[0].kind
	if kind != "count" && g.subjects.common(h.subjects) > 0 {
		if s += 100; movesOn(g) && movesOn(h) {
			s += 330
		}
	}
	if kind != "count" && kind != "percent" && kind != "points" && !strings.HasPrefix(kind, "currency") {
		s += 150 // a physical unit says what is measured
		if kind == "speed" || strings.Contains(kind, " per ") {
			s += 250 // a rate of one nearly alone
		}
	}
	return s
}
