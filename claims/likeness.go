package claims

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"tallywire/claims/lexicon"
)

// How alike the groups of two different figures are, and what keeps them apart.

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
