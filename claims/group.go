package claims

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"tallywire/claims/lexicon"
)

// Grouping works in two steps. First the mentions of one figure that no part of their keys keeps apart are
// brought together: what one report leaves out ("says 112") another one gives. Then the groups of different figures are
// brought together where the keys, now fuller, agree: those are the values that the judge compares.
// Both steps take their pairs in one fixed order, so the order of the mentions does not matter.

// Thresholds of likeness in thousandths, chosen on own worlds: how much two keys must share, beyond not
// contradicting each other, before one figure's mentions meet. A long figure seldom meets itself by chance.
var sameFigureNeeds = [...]int{1: 380, 2: 230, 3: 120, 4: 0}

const (
	storyMost   = 120                 // what two documents that name the same people and places are worth at most
	rivalNeeds  = 520                 // two different figures
	sameStory   = 45 * 24 * time.Hour // mentions further apart are other events, whatever their figures
	copyOverlap = 500                 // thousandths of the shorter sentence's 4-word shingles (status-research.md 1.7)
)

// A group is the mentions of one figure, with what they say together.
type group struct {
	frames   []*frame
	things   []lexicon.Concept
	acts     []lexicon.Concept
	measures []lexicon.Concept
	sides    []lexicon.Concept
	heads    bag
	words    bag
	narrow   bag
	names    bag
	context  bag
	subjects bag
	inferred bool // no frame says itself what it counts
}

func newGroup() *group {
	return &group{heads: bag{}, words: bag{}, narrow: bag{}, names: bag{}, context: bag{}, subjects: bag{}}
}

func clusters(frames []*frame, decisions *decided) [][]*frame {
	l := lexicon.Default()
	buckets := map[string][]*frame{}
	for _, f := range frames {
		key := f.kind + " " + f.fig.point.String()
		buckets[key] = append(buckets[key], f)
	}
	var groups []*group
	for _, key := range sortedKeys(buckets) {
		groups = append(groups, sameFigure(l, buckets[key], decisions)...)
	}
	merged := agglomerate(len(groups),
		func(i, j int) int { return likeness(l, groups[i], groups[j]) },
		func(i, j int) bool {
			return decisions.apart(groups[i].frames, groups[j].frames) || clash(l, groups[i], groups[j])
		})
	out := make([][]*frame, 0, len(merged))
	for _, members := range merged {
		var c []*frame
		for _, i := range members {
			c = append(c, groups[i].frames...)
		}
		slices.SortFunc(c, compareFrames)
		out = append(out, c)
	}
	return decisions.join(out)
}

func sortedKeys[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// agglomerate brings items together by descending likeness (0: never); a pair that is forbidden keeps the
// groups of both apart.
func agglomerate(n int, like func(i, j int) int, forbidden func(i, j int) bool) [][]int {
	type pair struct{ i, j, like int }
	var pairs []pair
	veto := map[[2]int]bool{}
	for i := range n {
		for j := i + 1; j < n; j++ {
			if forbidden(i, j) {
				veto[[2]int{i, j}] = true
			} else if s := like(i, j); s > 0 {
				pairs = append(pairs, pair{i, j, s})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.like, a.like), cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j))
	})
	home := make([]int, n)
	members := make([][]int, n)
	for i := range n {
		home[i], members[i] = i, []int{i}
	}
	for _, p := range pairs {
		a, b := home[p.i], home[p.j]
		if a == b {
			continue
		}
		ok := true
		for _, x := range members[a] {
			for _, y := range members[b] {
				if veto[[2]int{min(x, y), max(x, y)}] {
					ok = false
				}
			}
		}
		if !ok {
			continue
		}
		if b < a {
			a, b = b, a
		}
		for _, y := range members[b] {
			home[y] = a
		}
		members[a] = append(members[a], members[b]...)
		members[b] = nil
	}
	var out [][]int
	for _, m := range members {
		if len(m) > 0 {
			out = append(out, m)
		}
	}
	return out
}

// sameFigure groups the mentions of one figure and kind.
func sameFigure(l *lexicon.Lexicon, bucket []*frame, decisions *decided) []*group {
	slices.SortFunc(bucket, compareFrames)
	needs := figureNeeds(bucket[0])
	parts := agglomerate(len(bucket),
		func(i, j int) int {
			s := alike(l, bucket[i], bucket[j])
			if s < needs {
				return 0
			}
			return s + 1
		},
		func(i, j int) bool {
			return decisions.apart(bucket[i:i+1], bucket[j:j+1]) || contradict(l, bucket[i], bucket[j])
		})
	var out []*group
	for _, p := range parts {
		g := newGroup()
		for _, i := range p {
			g.add(bucket[i])
		}
		out = append(out, g)
	}
	return out
}

func (g *group) add(f *frame) {
	if g.frames = append(g.frames, f); len(g.frames) == 1 {
		g.inferred = f.inferred
	}
	switch sure := len(g.frames) > 1 && !g.inferred; {
	case f.inferred && sure: // what its surroundings suggest adds nothing to what others say outright
	case !f.inferred && g.inferred:
		g.things, g.acts, g.inferred = slices.Clone(f.things), slices.Clone(f.acts), false
	default:
		g.things, g.acts = union(g.things, f.things), union(g.acts, f.acts)
	}
	g.measures = union(g.measures, f.measures)
	g.sides = union(g.sides, f.sides)
	g.heads.add(f.head)
	g.subjects.add(f.subject)
	for w := range f.words {
		g.words.add(w)
	}
	for w := range f.narrow {
		g.narrow.add(w)
	}
	for w := range f.names {
		g.names.add(w)
	}
	for w := range f.context {
		g.context.add(w)
	}
}

// specific leaves out of a list what another member of it says more exactly: people, where they are soldiers.
func specific(l *lexicon.Lexicon, list []lexicon.Concept) []lexicon.Concept {
	return slices.DeleteFunc(slices.Clone(list), func(c lexicon.Concept) bool {
		return slices.ContainsFunc(list, func(d lexicon.Concept) bool { return d != c && l.Is(d, c) })
	})
}

func union(a, b []lexicon.Concept) []lexicon.Concept {
	for _, c := range b {
		if !slices.Contains(a, c) {
			a = append(a, c)
		}
	}
	slices.Sort(a)
	return a
}

func compareFrames(a, b *frame) int {
	return cmp.Or(a.at.Compare(b.at), strings.Compare(a.m.URL, b.m.URL), cmp.Compare(a.m.Start, b.m.Start), strings.Compare(string(a.m.ID), string(b.m.ID)))
}

// figureNeeds is how alike two mentions of a figure must be: less where its unit is one that few things of a day are
// measured in.
func figureNeeds(f *frame) int {
	needs := sameFigureNeeds[min(4, digits(f))]
	if k := f.kind; k != "count" && k != "percent" && k != "points" && !strings.HasPrefix(k, "currency") {
		needs = max(0, needs-80)
	}
	return needs
}

// digits counts how telling a figure is: its significant digits (1 for 3 and 400, 4 for 5,147), and one more where it
// comes with a unit that few figures of a day share.
func digits(f *frame) int {
	s := strings.TrimRight(strings.TrimLeft(f.fig.point.Abs().Coefficient().String(), "0"), "0")
	n := max(1, len(s))
	if f.kind != "count" && f.kind != "percent" {
		n++
	}
	return n
}

// contradict reports whether any part of two keys keeps the mentions of one figure apart.
func contradict(l *lexicon.Lexicon, a, b *frame) bool {
	telling := digits(a) >= 3
	sure := !a.inferred && !b.inferred
	switch {
	case !a.fig.meets(b.fig), !(a.fig.bare && b.fig.bare) && compareConcepts(l, a.sides, b.sides) == apart:
		return true
	case a.plan != b.plan && !telling && a.kind == "count",
		sure && compareConcepts(l, a.things, b.things) == apart,
		sure && compareConcepts(l, a.acts, b.acts) == apart && !a.plan,
		slices.Contains(a.acts, "need") != slices.Contains(b.acts, "need") && !telling,
		compareConcepts(l, a.measures, b.measures) == apart,
		gap(a, b) > sameStory,
		a.basis == BasisPeriod && b.basis == BasisPeriod && a.m.Dated && b.m.Dated && daysApart(a, b) > dayTolerance(a) && !(telling && farDates(a, b)),
		startsApart(a, b),
		farDates(a, b) && !telling:
		return true
	}
	return false
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

// farDates reports whether two texts name times so far apart that they cannot mean one event.
func farDates(a, b *frame) bool {
	return a.m.Dated && b.m.Dated && daysApart(a, b) > int(sameStory.Hours()/24)
}

// dayTolerance is how many days two mentions of one figure may differ in their dates and still be one: a long figure
// does not come back the next day by chance, and "overnight" is two dates.
func dayTolerance(f *frame) int {
	if digits(f) >= 3 {
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

func gap(a, b *frame) time.Duration {
	if a.at.IsZero() || b.at.IsZero() {
		return 0
	}
	return a.at.Sub(b.at).Abs()
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
	if a.who.voice == b.who.voice && !a.who.vague && a.m.Document != b.m.Document && gap(a, b) < 4*24*time.Hour {
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
	things := compareConcepts(l, specific(l, g.things), specific(l, h.things))
	bond := bondOf(g, h)
	switch {
	case a.kind != b.kind,
		(g.basis() == BasisPlan) != (h.basis() == BasisPlan) && (!compatible || a.fig.point.Equal(b.fig.point) && digits(a) < 3),
		!sameDeed(l, g.acts, h.acts), g.scope() != h.scope() && !compatible,
		compareConcepts(l, g.measures, h.measures) == apart,
		things == apart, things == kin && !compatible && bond != linked,
		len(g.narrow) > 0 && len(h.narrow) > 0 && g.narrow.common(h.narrow) == 0 && !compatible && a.kind != "count",
		!compatible && bond != linked && someApart(g, h),
		compareConcepts(l, g.sides, h.sides) == apart,
		bond == told,
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

// scope is ScopeDaily where any mention of a group is a rate a day, ScopePart where most are told as parts of others, else "".
func (g *group) scope() Scope {
	parts := 0
	for _, f := range g.frames {
		if f.m.Scope == ScopePart || f.alone {
			parts++
		}
	}
	if 2*parts > len(g.frames) {
		return ScopePart
	}
	if slices.ContainsFunc(g.frames, func(f *frame) bool { return f.m.Scope == ScopeDaily }) {
		return ScopeDaily
	}
	return ScopeNone
}

// movesOn reports whether a figure is a running count or a stock.
func movesOn(g *group) bool { b := g.basis(); return b == BasisRunning || b == BasisStock }

// basis is what most of a group's mentions have; what one of them shows to be a share or level is one in all.
func (g *group) basis() Basis {
	b := basisOf(g.frames)
	if b == BasisPeriod && anyRelated(lexicon.Default(), g.measures, stockActs) {
		return BasisStock
	}
	return b
}

// someApart reports whether two figures, by the dates that most of their mentions give, began to be counted at
// different times, mean different events, or count over a long and a short time.
func someApart(g, h *group) bool {
	x, y := g.face(), h.face()
	return startsApart(x, y) || farDates(x, y) || longer(x, y) || longer(y, x)
}

// face is a group's first mention of its usual period.
func (g *group) face() *frame {
	p := g.usual()
	for _, f := range g.frames {
		if f.from == p.From && f.to == p.To {
			return f
		}
	}
	return g.frames[0]
}

// sameDays reports whether two figures may speak of one point or stretch of time: running counts and stocks always,
// counts of a day or period only where the day that most of their mentions give is the same.
func sameDays(g, h *group) bool {
	if movesOn(g) && movesOn(h) || g.frames[0].kind != "count" && (movesOn(g) || movesOn(h)) && g.subjects.common(h.subjects) > 0 {
		return true
	}
	a, b := g.usual(), h.usual()
	return a == b || a.To == b.To && (movesOn(g) || movesOn(h) || a.From == "" || b.From == "")
}

// usual is the period that most of a group's mentions give: of those that their text dates, else of all. A date that lies
// far back is likelier something else's, and counts only where there is no other. At a tie the earliest.
func (g *group) usual() Period {
	for _, counts := range []func(*frame) bool{
		func(f *frame) bool { return f.m.Dated && daysBetween(f.to, f.at) < int(sameStory.Hours()/24) },
		func(f *frame) bool { return !f.m.Dated },
		func(*frame) bool { return true },
	} {
		n := map[Period]int{}
		for _, f := range g.frames {
			if counts(f) {
				n[Period{f.from, f.to}]++
			}
		}
		var best Period
		for p, k := range n {
			if k > n[best] || k == n[best] && (p.To < best.To || p.To == best.To && p.From < best.From) {
				best = p
			}
		}
		if len(n) > 0 {
			return best
		}
	}
	return Period{}
}

// bond is what two figures of one document have to do with each other.
type bond int

const (
	none   bond = iota
	linked      // the text itself sets them against each other: rivals, or "to 6.2 from 6.4"
	told        // one voice gives both of one time: two facts
)

func bondOf(g, h *group) bond {
	out := none
	for _, x := range g.frames {
		for _, y := range h.frames {
			if x.m.Document != y.m.Document {
				continue
			}
			if x.m.Sentence == y.m.Sentence && (x.m.Rivals && y.m.Rivals || movedFrom(x, y)) || setAgainst(x, y) {
				return linked
			}
			if x.who.voice == y.who.voice && x.from == y.from && x.to == y.to && x.m.Stance != Outdated && y.m.Stance != Outdated && x.m.Part == y.m.Part {
				out = told
			}
		}
	}
	return out
}

// setAgainst reports whether a passage gives two bare figures of two voices one after the other: "The police say 18,000.
// The organisers say 60,000."
func setAgainst(x, y *frame) bool {
	apartBy := y.m.Paragraph - x.m.Paragraph
	return (x.inferred || y.inferred) && x.who.voice != y.who.voice && x.m.Part == y.m.Part && apartBy >= -1 && apartBy <= 1 &&
		!x.who.own && !y.who.own && x.m.Attribution.Text != "" && y.m.Attribution.Text != "" && abs(x.order-y.order) == 1
}

func abs(n int) int { return max(n, -n) }

// movedFrom reports whether a sentence moves one figure from the other: "revised to 6.2 from 6.4", "63, up from 41".
func movedFrom(x, y *frame) bool {
	if x.m.Start > y.m.Start {
		x, y = y, x
	}
	i := strings.Index(x.m.Sentence, x.m.Text)
	j := strings.LastIndex(x.m.Sentence, y.m.Text)
	if i < 0 || j <= i+len(x.m.Text) {
		return false
	}
	between := fold(x.m.Sentence[i+len(x.m.Text) : j])
	if before := fold(x.m.Sentence[:i]); len(before) > 0 && notWords.has(before[len(before)-1]) || len(between) > 0 && notWords.has(between[len(between)-1]) {
		return true // "not 18,000 but 26,000", "33, not 28"
	}
	return len(between) <= 12 && slices.ContainsFunc(between, func(w string) bool { return fromWords.has(w) })
}

// notWords deny the figure that follows. Source: English, Ukrainian, Russian, German, French and Spanish usage.
var notWords = func() bag {
	b := bag{}
	b.add("not", "не", "nicht", "pas", "no")
	return b
}()

// fromWords stand before the figure that another one replaces. Source: English, Ukrainian, Russian, German, French and Spanish usage.
var fromWords = func() bag {
	b := bag{}
	b.add("from", "із", "з", "с", "со", "von", "gegenüber", "contre", "frente")
	return b
}()

func farOff(small, large decimal.Decimal) bool {
	return small.IsPositive() && large.GreaterThan(small.Mul(decimal.NewFromInt(12)))
}

// onlyPeople reports whether all that two groups share of things is that they are people.
func onlyPeople(g, h *group) bool {
	return !slices.ContainsFunc(g.things, func(c lexicon.Concept) bool { return c != "person" && slices.Contains(h.things, c) })
}

// likeness measures how well the keys of two figures agree, 0 where they may not meet.
func likeness(l *lexicon.Lexicon, g, h *group) int {
	s := 0
	switch things := compareConcepts(l, specific(l, g.things), specific(l, h.things)); {
	case things == same && onlyPeople(g, h) && compareConcepts(l, g.acts, h.acts) != same:
		s += 120
	case things == same:
		s += 250
	case g.heads.common(h.heads) > 0:
		s += 300
	case things == kin:
		s += 100
	}
	switch acts := compareConcepts(l, g.acts, h.acts); {
	case acts == same || acts == kin:
		s += 300
	case len(g.acts) > 0 && len(h.acts) > 0:
	case len(g.acts)+len(h.acts) > 0:
		s -= 100
	}
	if compareConcepts(l, g.measures, h.measures) == same {
		s += 350
	}
	s += g.words.overlap(h.words) * 2 / 10
	s += min(160, 20*g.context.common(h.context))
	if k := g.frames[0].kind; k != "count" && k != "percent" && k != "points" && !strings.HasPrefix(k, "currency") {
		s += 150 // a physical unit says what is measured
		if strings.Contains(k, " per ") {
			s += 250 // a rate of one nearly alone
		}
	}
	s += min(150, 50*g.names.common(h.names))
	switch n := g.narrow.common(h.narrow); {
	case n > 0:
		s += 250
	case len(g.narrow) > 0 && len(h.narrow) > 0:
		s -= 300
	}
	if bondOf(g, h) == linked {
		s += 450
	}
	if small, large := g.frames[0].fig.point.Abs(), h.frames[0].fig.point.Abs(); farOff(small, large) || farOff(large, small) {
		s -= 200 // twelve times as much is seldom the same thing; ten times may be a misprint
	}
	if g.frames[0].kind != "count" && g.subjects.common(h.subjects) > 0 {
		if s += 100; movesOn(g) && movesOn(h) {
			s += 330
		}
	}
	if g.frames[0].who.voice == h.frames[0].who.voice {
		s += 60 // the next figure of a series
	}
	needs := rivalNeeds
	if a, b := g.frames[0], h.frames[0]; agree(a.fig, b.fig) {
		needs = max(figureNeeds(a), figureNeeds(b))
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
