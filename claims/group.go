package claims

import (
	"cmp"
	"slices"
	"strings"
	"time"

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
	vagueNeeds  = 760                 // a vague word and a figure outside it: likelier of something else
	sameStory   = 45 * 24 * time.Hour // mentions further apart are other events, whatever their figures
	sameSpeech  = 4 * 24 * time.Hour  // within which one speaker's figure is likely the same one
	copyOverlap = 500                 // thousandths of the shorter sentence's 4-word shingles (status-research.md 1.7)
)

// A group is the mentions of one figure, with what they say together.
type group struct {
	frames   []*frame
	things   []lexicon.Concept
	acts     []lexicon.Concept
	measures []lexicon.Concept
	sides    []lexicon.Concept
	heads    set
	words    set
	narrow   set
	names    set
	context  set
	subjects set
	where    set
	story    set
	docs     set
	inferred bool // no frame says itself what it counts

	leaves []lexicon.Concept // things without those that others of them say more exactly; see exact
	size   int               // number of frames that leaves was worked out for
}

// exact is the group's things without those that others of them say more exactly.
func (g *group) exact(l *lexicon.Lexicon) []lexicon.Concept {
	if g.size != len(g.frames) {
		g.leaves, g.size = specific(l, g.things), len(g.frames)
	}
	return g.leaves
}

// figureMentions are the mentions of one figure and kind, by time, with the pairs of them that share a key.
type figureMentions struct {
	frames []*frame
	pairs  [][2]int
}

// byFigure parts mentions by figure and kind.
func byFigure(frames []*frame) []figureMentions {
	l := lexicon.Default()
	by := map[string][]*frame{}
	for _, f := range frames {
		key := f.figureName()
		by[key] = append(by[key], f)
	}
	var out []figureMentions
	for _, key := range sortedKeys(by) {
		list := by[key]
		slices.SortFunc(list, compareFrames)
		out = append(out, figureMentions{list, candidates(len(list), func(i int) []blockKey { return list[i].figureKeys(l) })})
	}
	return out
}

// groupsOf brings together the mentions of one figure that mean the same.
func groupsOf(figures []figureMentions, decisions *decided) []*group {
	l := lexicon.Default()
	var groups []*group
	for _, f := range figures {
		groups = append(groups, sameFigure(l, f, decisions)...)
	}
	return groups
}

// clusters brings together the mentions of one claim.
func clusters(groups []*group, decisions *decided) [][]*frame {
	l := lexicon.Default()
	merged := agglomerate(len(groups), candidates(len(groups), func(i int) []blockKey { return groups[i].topicKeys(l) }),
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

// sameFigureLike is how alike two mentions of one figure are, in thousandths and one more; 0 where it is too little. a is
// the earlier one.
func sameFigureLike(l *lexicon.Lexicon, a, b *frame) int {
	if s := alike(l, a, b); s >= max(figureNeeds(a), figureNeeds(b)) {
		return s + 1
	}
	return 0
}

// sameFigure groups the mentions of one figure and kind.
func sameFigure(l *lexicon.Lexicon, of figureMentions, decisions *decided) []*group {
	list := of.frames
	parts := agglomerate(len(list), of.pairs,
		func(i, j int) int {
			return sameFigureLike(l, list[i], list[j])
		},
		func(i, j int) bool {
			return decisions.apart(list[i:i+1], list[j:j+1]) || contradict(l, list[i], list[j])
		})
	var out []*group
	for _, p := range parts {
		g := &group{}
		for _, i := range p {
			g.add(list[i])
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
	g.heads = g.heads.union(setOf(f.head))
	g.subjects = g.subjects.union(setOf(f.subject))
	g.docs = g.docs.union(setOf(string(f.m.Document)))
	g.words = g.words.union(f.words)
	g.narrow = g.narrow.union(f.narrow)
	g.where = g.where.union(f.where)
	g.story = g.story.union(f.story)
	g.names = g.names.union(f.names)
	g.context = g.context.union(f.context)
}

// docKey begins the key of a document, which groups share and the store need not keep.
const docKey = "d "

// print is a number that tells the group's mentions from others.
func (g *group) print() uint64 {
	ids := bag{}
	for _, f := range g.frames {
		ids.add(string(f.m.ID))
	}
	out := uint64(len(ids))
	for _, h := range ids.set() {
		out = out*1099511628211 + h
	}
	return out
}

// topicKeys are those of the group's mentions, and their documents.
func (g *group) topicKeys(l *lexicon.Lexicon) []blockKey {
	var out []blockKey
	seen := map[blockKey]bool{}
	add := func(k blockKey) {
		if !seen[k] {
			seen[k] = true
			out = append(out, k)
		}
	}
	for _, f := range g.frames {
		for _, k := range f.topicKeys(l) {
			add(k)
		}
		add(blockKey{what: docKey + string(f.m.Document), size: noSize})
	}
	return out
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
	if c := a.at.Compare(b.at); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.m.URL, b.m.URL), cmp.Compare(a.m.Start, b.m.Start), strings.Compare(string(a.m.ID), string(b.m.ID)))
}

// scope is ScopeDaily where any mention of a group is a rate a day, ScopePart where most are told as parts of others, else "".
func (g *group) scope() Scope {
	parts := 0
	for _, f := range g.frames {
		if f.m.Scope == ScopePart || f.alone {
			parts++
		}
	}
	if 2*parts >= len(g.frames) {
		return ScopePart
	}
	if slices.ContainsFunc(g.frames, func(f *frame) bool { return f.m.Scope == ScopeDaily }) {
		return ScopeDaily
	}
	return ScopeNone
}

// basis is what most of a group's mentions have; what one of them shows to be a share or level is one in all.
func (g *group) basis() Basis {
	b := basisOf(g.frames)
	if b == BasisPeriod && anyRelated(lexicon.Default(), g.measures, stockActs) {
		return BasisStock
	}
	return b
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
