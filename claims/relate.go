package claims

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"tallywire/claims/lexicon"
)

// A tied claim is one with what its face says, for tying it to others.
type tied struct {
	claim *Claim
	face  *frame
	docs  bag
}

// relate ties claims that speak of one matter (verdicts.md 6): parts and wholes that one text gives, plans and facts,
// instalments and the total they make up. Sums that close are added to the reasons, sums that do not are flagged there; nothing is
// repaired, and no tie changes a status but that of D3.
func relate(out []Claim, frames []*frame) {
	byMention := map[MentionID]*frame{}
	for _, f := range frames {
		byMention[f.m.ID] = f
	}
	all := make([]*tied, len(out))
	type told struct {
		in *tied
		by *frame // the claim's first mention in the document
	}
	inDoc := map[DocumentID][]told{}
	for i := range out {
		t := &tied{claim: &out[i], docs: bag{}}
		for _, m := range out[i].Mentions {
			f := byMention[m.ID]
			if f == nil {
				continue
			}
			if t.face == nil || m.Stance == Supports && richness(f) > richness(t.face) {
				t.face = f
			}
			if !t.docs.has(string(m.Document)) {
				t.docs.add(string(m.Document))
				inDoc[m.Document] = append(inDoc[m.Document], told{t, f})
			}
		}
		all[i] = t
	}
	l := lexicon.Default()
	done := map[[2]ClaimID]bool{}
	for _, doc := range sortedKeys(inDoc) {
		list := inDoc[doc]
		for i, a := range list {
			for _, b := range list[i+1:] {
				key := [2]ClaimID{min(a.in.claim.ID, b.in.claim.ID), max(a.in.claim.ID, b.in.claim.ID)}
				if !done[key] && a.by.kind == b.by.kind {
					done[key] = tie(l, a.in, b.in, a.by, b.by)
				}
			}
		}
	}
	for _, t := range all {
		slices.SortFunc(t.claim.Related, func(a, b Relation) int {
			return strings.Compare(string(a.Claim)+a.As, string(b.Claim)+b.As)
		})
	}
	byID := map[ClaimID]*tied{}
	for _, t := range all {
		byID[t.claim.ID] = t
	}
	for _, t := range all {
		sums(t, byID, byMention)
	}
	collisions(all, l)
}

// tie says what two claims are to each other by the mentions x and y of them in one document, and reports whether they
// are anything.
func tie(l *lexicon.Lexicon, a, b *tied, x, y *frame) bool {
	deed := compareConcepts(l, x.acts, y.acts)
	things := compareConcepts(l, x.things, y.things)
	if deed == apart || things == apart && !(x.m.Scope == ScopePart || y.m.Scope == ScopePart) {
		return false
	}
	switch {
	case x.plan != y.plan:
		if things != same || !x.fig.compatible(y.fig, DefaultWidths()) {
			return false
		}
		plan, fact := a, b
		if y.plan {
			plan, fact = b, a
		}
		link(plan, fact, "plan", "fact")
	case smaller(x, y) && partOf(l, x, y):
		link(a, b, "part", "whole")
	case smaller(y, x) && partOf(l, y, x):
		link(b, a, "part", "whole")
	case deed == same && (things == same || things == kin) && x.basis == BasisPeriod && y.basis == BasisRunning && within(x, y) && smaller(x, y):
		link(a, b, "instalment", "whole")
	case deed == same && (things == same || things == kin) && y.basis == BasisPeriod && x.basis == BasisRunning && within(y, x) && smaller(y, x):
		link(b, a, "instalment", "whole")
	default:
		return false
	}
	return true
}

func smaller(x, y *frame) bool { return x.fig.point.LessThan(y.fig.point) }

// partOf reports whether x is told as a part of y: of a narrower kind of thing, or by its words, of the same time.
func partOf(l *lexicon.Lexicon, x, y *frame) bool {
	if x.basis == BasisPeriod && y.basis == BasisPeriod && daysApart(x, y) > 0 {
		return false
	}
	narrower := compareConcepts(l, x.things, y.things) == kin && !slices.ContainsFunc(y.things, func(c lexicon.Concept) bool {
		return slices.ContainsFunc(x.things, func(d lexicon.Concept) bool { return l.Is(c, d) })
	})
	return narrower && compareConcepts(l, x.acts, y.acts) != apart || x.m.Scope == ScopePart && y.m.Scope != ScopePart && x.m.Document == y.m.Document
}

// within reports whether the days of a period lie inside those of a running count.
func within(x, y *frame) bool {
	return x.from != "" && y.to != "" && x.to <= y.to && (y.from == "" || y.from == y.to || x.from >= y.from)
}

// link writes down what each of two claims is to the other.
func link(a, b *tied, aIs, bIs string) {
	a.claim.Related = append(a.claim.Related, Relation{Claim: b.claim.ID, As: bIs})
	b.claim.Related = append(b.claim.Related, Relation{Claim: a.claim.ID, As: aIs})
}

// sums adds up the parts of a whole that one sentence gives side by side, and the instalments of a total.
func sums(whole *tied, byID map[ClaimID]*tied, byMention map[MentionID]*frame) {
	if whole.face == nil || !whole.claim.Value.Best.Known() {
		return
	}
	var parts, instalments []*tied
	for _, r := range whole.claim.Related {
		p := byID[r.Claim]
		if p == nil || p.face == nil || !p.face.fig.bare || !p.claim.Value.Best.Known() {
			continue
		}
		switch r.As {
		case "part":
			parts = append(parts, p)
		case "instalment":
			instalments = append(instalments, p)
		}
	}
	for _, group := range sideBySide(parts) {
		addUp(whole, group, true)
	}
	addUp(whole, instalments, false)
	growth(whole, instalments, byMention)
}

// addUp compares the sum of some claims with their whole.
func addUp(whole *tied, parts []*tied, exclusive bool) {
	if len(parts) < 2 {
		return
	}
	slices.SortFunc(parts, func(a, b *tied) int {
		if c := b.face.fig.point.Cmp(a.face.fig.point); c != 0 {
			return c
		}
		return strings.Compare(string(a.claim.ID), string(b.claim.ID))
	})
	total, sum, terms := whole.claim.Value.Best.Decimal(), decimal.Zero, []string{}
	for _, p := range parts {
		sum = sum.Add(p.claim.Value.Best.Decimal())
		terms = append(terms, p.claim.Value.Best.String())
	}
	words := strings.Join(terms, " + ")
	switch {
	case sum.Equal(total):
		whole.claim.Reasons = appendNew(whole.claim.Reasons, fmt.Sprintf("sum: %s = %s", words, total))
	case exclusive && sum.GreaterThan(total) && otherVoices(parts, whole):
		whole.claim.Reasons = append([]string{fmt.Sprintf("D3: the parts %s = %s are more than the whole, %s, and both cannot be true", words, sum, total)}, whole.claim.Reasons...)
		whole.claim.Status = Disputed
		for _, p := range parts {
			p.claim.Reasons = append(p.claim.Reasons, fmt.Sprintf("flag: with its sisters (%s = %s) it is more than the whole, %s", words, sum, total))
		}
	}
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// sideBySide gathers the parts that one sentence gives together, in the order of documents and sentences.
func sideBySide(parts []*tied) [][]*tied {
	bySentence := map[string][]*tied{}
	for _, p := range parts {
		for _, m := range p.claim.Mentions {
			key := string(m.Document) + "\x00" + m.Sentence
			if list := bySentence[key]; !slices.Contains(list, p) {
				bySentence[key] = append(list, p)
			}
		}
	}
	var out [][]*tied
	for _, key := range sortedKeys(bySentence) {
		out = append(out, bySentence[key])
	}
	return out
}

// otherVoices reports whether the parts come from voices that do not give the whole.
func otherVoices(parts []*tied, whole *tied) bool {
	give := bag{}
	for _, v := range whole.claim.Origins {
		if v.Stance == Supports {
			give.add(v.Name)
		}
	}
	for _, p := range parts {
		for _, v := range p.claim.Origins {
			if v.Counts && v.Stance == Supports && give.has(v.Name) {
				return false
			}
		}
	}
	return true
}
