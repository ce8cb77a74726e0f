package claims

import (
	"slices"
	"strings"
	"time"

	"tallywire/claims/lexicon"
)

// How alike two mentions of one figure are, and what keeps them apart.

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
