package claims

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"tallywire/claims/lexicon"
)

// What claims are to each other (verdicts.md 6): parts and wholes that one text gives, plans and facts, instalments and the
// total they make up. Sums that close are told in the reasons, sums that do not are flagged there; nothing is repaired, and no
// tie changes a status but that of D3. All of it follows from the claims themselves, so that it can be worked out again for
// those that a new document touches.

// What a related claim is to the one it is listed with.
const (
	asPart       = "part"
	asWhole      = "whole"
	asInstalment = "instalment"
	asPlan       = "plan"
	asFact       = "fact"
)

// Prefixes of the reasons that come from other claims; all others are the claim's own.
const (
	reasonD3      = "D3: "
	reasonSum     = "sum: "
	reasonDerived = "derived: "
	reasonFlag    = "flag: "
	reasonWarning = "warning: "
)

// settleParts is what would settle D3.
const settleParts = "the total, or one of its parts, being corrected"

// A web is the claims that are looked at together, as far as they are asked for.
type web struct {
	widths Widths
	claim  func(ClaimID) *Claim // with its relations, and its own status and reasons as evaluated; nil where there is none
	cards  map[ClaimID]*card
}

// A card is what other claims need to know of a claim.
type card struct {
	*Claim
	face *Mention // its earliest mention of the figure shown, a bare one where there is one
	fig  figure
	day  string
}

func newCard(c *Claim, w Widths) *card {
	k := &card{Claim: c}
	for i := range c.Mentions {
		m := &c.Mentions[i]
		f := figureOf(m, w)
		good := m.Stance == Supports && c.Value.Best.Known() && f.written.Equal(c.Value.Best.Decimal())
		known := k.face != nil && k.face.Stance == Supports && c.Value.Best.Known() && k.fig.written.Equal(c.Value.Best.Decimal())
		if k.face == nil || good && (!known || f.bare && !k.fig.bare) {
			k.face, k.fig = m, f
		}
	}
	if k.face != nil {
		k.day = dayOf(k.face, c.Basis)
	}
	return k
}

func (w *web) card(id ClaimID) *card {
	if k, ok := w.cards[id]; ok {
		return k
	}
	var k *card
	if c := w.claim(id); c != nil {
		k = newCard(c, w.widths)
	}
	w.cards[id] = k
	return k
}

// related are the claims that are something to this one, in order of ID.
func (w *web) related(c *Claim, as string) []*card {
	var out []*card
	for _, r := range c.Related {
		if k := w.card(r.Claim); r.As == as && k != nil && k.face != nil {
			out = append(out, k)
		}
	}
	return out
}

// tie says what the claims of two figures of one document are to each other; "" where they are nothing.
func tie(l *lexicon.Lexicon, x, y *frame) (xIs, yIs string) {
	deed := compareConcepts(l, x.acts, y.acts)
	things := compareConcepts(l, x.things, y.things)
	if x.kind != y.kind || deed == apart || things == apart && !(x.m.Scope == ScopePart || y.m.Scope == ScopePart) {
		return "", ""
	}
	switch {
	case x.plan != y.plan:
		if things != same || !x.fig.compatible(y.fig, DefaultWidths()) {
			return "", ""
		}
		if x.plan {
			return asPlan, asFact
		}
		return asFact, asPlan
	case smaller(x, y) && partOf(l, x, y):
		return asPart, asWhole
	case smaller(y, x) && partOf(l, y, x):
		return asWhole, asPart
	case deed == same && (things == same || things == kin) && x.basis == BasisPeriod && y.basis == BasisRunning && within(x, y) && smaller(x, y):
		return asInstalment, asWhole
	case deed == same && (things == same || things == kin) && y.basis == BasisPeriod && x.basis == BasisRunning && within(y, x) && smaller(y, x):
		return asWhole, asInstalment
	}
	return "", ""
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

// A bound is how one claim is tied to another.
type bound struct {
	to           ClaimID
	fromIs, toIs string
}

// ties finds what each of some claims is to those that its documents tell of. told gives, for a document, the first
// mention of each claim in it; each claim is tied by the first document, in order of ID, that says how.
func ties(of []ClaimID, docs func(ClaimID) []DocumentID, told func(DocumentID) map[ClaimID]*frame) map[ClaimID][]bound {
	l := lexicon.Default()
	out := map[ClaimID][]bound{}
	for _, a := range of {
		tied := map[ClaimID]bool{a: true}
		for _, doc := range docs(a) {
			list := told(doc)
			x := list[a]
			if x == nil {
				continue
			}
			for b, y := range list {
				if tied[b] {
					continue
				}
				if aIs, bIs := tie(l, x, y); bIs != "" {
					tied[b] = true
					out[a] = append(out[a], bound{b, aIs, bIs})
				}
			}
		}
		slices.SortFunc(out[a], func(x, y bound) int { return strings.Compare(string(x.to), string(y.to)) })
	}
	return out
}

func sortRelations(list []Relation) {
	slices.SortFunc(list, func(a, b Relation) int {
		return cmp.Or(strings.Compare(string(a.Claim), string(b.Claim)), strings.Compare(a.As, b.As))
	})
}

// relate works out what the claims of a whole board, in order of ID, are to each other.
func relate(out []Claim, frames []*frame, widths Widths) {
	byMention := map[MentionID]*frame{}
	for _, f := range frames {
		byMention[f.m.ID] = f
	}
	byID, ids := map[ClaimID]*Claim{}, make([]ClaimID, len(out))
	first := map[DocumentID]map[ClaimID]*frame{}
	w := &web{widths: widths, claim: func(id ClaimID) *Claim { return byID[id] }, cards: map[ClaimID]*card{}}
	alike := map[string][]*card{} // by figure and day
	for i := range out {
		c := &out[i]
		byID[c.ID], ids[i] = c, c.ID
		for _, m := range c.Mentions {
			if first[m.Document] == nil {
				first[m.Document] = map[ClaimID]*frame{}
			}
			if first[m.Document][c.ID] == nil {
				first[m.Document][c.ID] = byMention[m.ID]
			}
		}
		if k := w.card(c.ID); k.face != nil && mayCollide(byMention[k.face.ID]) {
			key := k.fig.point.String() + " " + k.day
			alike[key] = append(alike[key], k)
		}
	}
	for id, list := range ties(ids, func(id ClaimID) []DocumentID { return documents(byID[id]) }, func(d DocumentID) map[ClaimID]*frame { return first[d] }) {
		for _, t := range list {
			byID[id].Related = append(byID[id].Related, Relation{Claim: t.to, As: t.toIs})
		}
	}
	l := lexicon.Default()
	warnings := make([][]string, len(out))
	for i := range out {
		c := &out[i]
		warnings[i] = w.swaps(c)
		k := w.card(c.ID)
		if k.face == nil {
			continue
		}
		for _, o := range alike[k.fig.point.String()+" "+k.day] {
			if o.ID != c.ID && collide(l, byMention[k.face.ID], byMention[o.face.ID]) {
				warnings[i] = append(warnings[i], warning(warnSameFigure, o.Claim))
			}
		}
	}
	settled := make([]Claim, len(out)) // what claims say of each other rests on what each says itself
	for i := range out {
		settled[i] = out[i]
		w.settleSums(&settled[i], warnings[i])
	}
	copy(out, settled)
}

// documents are those of a claim's mentions, in order of ID.
func documents(c *Claim) []DocumentID {
	var out []DocumentID
	for _, m := range c.Mentions {
		out = append(out, m.Document)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// settleSums gives a claim what its relations and warnings say, in reasons, and the status that D3 gives. The claim's own
// reasons and status are as evaluated.
func (w *web) settleSums(c *Claim, warnings []string) {
	sums := w.sums(c)
	if sums.broken != "" {
		c.Status = Disputed
		c.Reasons = append([]string{sums.broken}, c.Reasons...)
		c.Settle = append(slices.Clone(c.Settle), settleParts)
	}
	for _, s := range sums.told {
		c.Reasons = appendNew(c.Reasons, s)
	}
	for _, whole := range w.related(c, asWhole) {
		for _, flagged := range w.sums(whole.Claim).over {
			if slices.Contains(flagged.parts, c.ID) {
				c.Reasons = appendNew(c.Reasons, flagged.words)
			}
		}
	}
	slices.Sort(warnings)
	for _, s := range warnings {
		c.Reasons = appendNew(c.Reasons, s)
	}
}

// own takes away what relations and warnings added to a claim: its status and reasons are as evaluated again.
func own(c *Claim) {
	c.Settle = slices.DeleteFunc(slices.Clone(c.Settle), func(s string) bool { return s == settleParts })
	c.Reasons = slices.DeleteFunc(slices.Clone(c.Reasons), func(s string) bool {
		return slices.ContainsFunc([]string{reasonD3, reasonSum, reasonDerived, reasonFlag, reasonWarning}, func(p string) bool { return strings.HasPrefix(s, p) })
	})
	for _, h := range slices.Backward(c.History) {
		if h.Kind != Reviewed {
			c.Status = h.Status
			return
		}
	}
}

// A summed is what the parts and instalments of a claim add up to.
type summed struct {
	told   []string // what closes, what is missing, what is too much, in words
	broken string   // D3, "" where it does not hold
	over   []struct {
		parts []ClaimID
		words string // for each of the parts
	}
}

// sums adds up the parts of a whole that one sentence gives side by side, and the instalments of a total.
func (w *web) sums(c *Claim) summed {
	var out summed
	if !c.Value.Best.Known() {
		return out
	}
	vague := func(k *card) bool { return !k.fig.bare || !k.Value.Best.Known() }
	parts := slices.DeleteFunc(w.related(c, asPart), vague)
	instalments := slices.DeleteFunc(w.related(c, asInstalment), vague)
	for _, group := range sideBySide(parts) {
		out.add(c, group, true)
	}
	out.add(c, instalments, false)
	out.told = append(out.told, growth(c, instalments, w.widths)...)
	return out
}

// add compares the sum of some claims with their whole.
func (o *summed) add(whole *Claim, parts []*card, exclusive bool) {
	if len(parts) < 2 {
		return
	}
	slices.SortFunc(parts, func(a, b *card) int {
		return cmp.Or(b.fig.point.Cmp(a.fig.point), strings.Compare(string(a.ID), string(b.ID)))
	})
	total, sum := whole.Value.Best.Decimal(), decimal.Zero
	var terms []string
	var ids []ClaimID
	for _, p := range parts {
		sum = sum.Add(p.Value.Best.Decimal())
		terms, ids = append(terms, p.Value.Best.String()), append(ids, p.ID)
	}
	words := strings.Join(terms, " + ")
	switch {
	case sum.Equal(total):
		o.told = appendNew(o.told, fmt.Sprintf(reasonSum+"%s = %s", words, total))
	case exclusive && sum.GreaterThan(total) && otherVoices(parts, whole):
		if o.broken == "" {
			o.broken = fmt.Sprintf(reasonD3+"the parts %s = %s are more than the whole, %s, and both cannot be true", words, sum, total)
		}
		o.over = append(o.over, struct {
			parts []ClaimID
			words string
		}{ids, fmt.Sprintf(reasonFlag+"with its sisters (%s = %s) it is more than the whole, %s", words, sum, total)})
	}
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// sideBySide gathers the parts that one sentence gives together, in the order of documents and sentences.
func sideBySide(parts []*card) [][]*card {
	bySentence := map[string][]*card{}
	for _, p := range parts {
		for _, m := range p.Mentions {
			key := string(m.Document) + "\x00" + m.Sentence
			if list := bySentence[key]; !slices.Contains(list, p) {
				bySentence[key] = append(list, p)
			}
		}
	}
	var out [][]*card
	for _, key := range sortedKeys(bySentence) {
		out = append(out, bySentence[key])
	}
	return out
}

// otherVoices reports whether the parts come from voices that do not give the whole.
func otherVoices(parts []*card, whole *Claim) bool {
	give := bag{}
	for _, v := range whole.Origins {
		if v.Stance == Supports {
			give.add(v.Name)
		}
	}
	for _, p := range parts {
		for _, v := range p.Origins {
			if v.Counts && v.Stance == Supports && give.has(v.Name) {
				return false
			}
		}
	}
	return true
}
