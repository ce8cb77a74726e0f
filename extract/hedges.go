package extract

import (
	"strings"
	"time"

	"tallywire/claims"
)

// hedging is what a language says of verbs that are not put as fact: lang/*/hedging.txt, whose comments tell what each list
// is. A language without that file hedges nothing.
type hedging struct {
	modals, conditional, future, infinitive map[string]bool
	conjunctions, once, any, that, question map[string]bool // open a hedge that waits for the next verb
	adverbs, inside, seldom, join, clause   map[string]bool
	facts, factCauses, factOrder, settled   map[string]bool // no hedge in spite of an infinitive
	belief, gerund, aspect, light           map[string]bool
	purpose, behindFor, objects             map[string]bool
	verbs                                   map[string]verbForm // besides those that the counts need
}

func newHedging(d data) hedging {
	set := func(name string) map[string]bool { return d.set("hedge " + name) }
	more := grammar{verbs: map[string]verbForm{}}
	for v := range set("verbs") {
		more.addRegular(v)
	}
	return hedging{
		modals: set("modals"), conditional: set("conditional"), future: set("future"), infinitive: set("infinitive"),
		conjunctions: set("if"), once: set("once"), any: set("any"), that: set("that"), question: set("question"),
		adverbs: set("adverbs"), inside: set("inside"), seldom: set("seldom"), join: set("join"), clause: set("clause"),
		facts: set("facts"), factCauses: set("fact causes"), factOrder: set("fact order"), settled: set("settled"),
		belief: set("belief"), gerund: set("gerund"), aspect: set("aspect"), light: set("light"),
		purpose: set("purpose"), behindFor: set("for"), objects: set("objects"), verbs: more.verbs,
	}
}

// Hedged returns the spans, in code points and text order, of the verbs that a text neither puts as fact nor announces as
// settled: what may, could or should be, what somebody wants, tries or fears, what stands under an "if" or in a question.
// English only so far.
func Hedged(text, lang string) []claims.Span {
	lx := pick(lang, text)
	if len(lx.hedge.modals) == 0 {
		return nil
	}
	r := newReader(text, lx, time.Time{})
	r.shouted = make([]bool, len(r.sents))
	var out []claims.Span
	for i := range r.sents {
		h := hedger{r: r, s: &r.sents[i], x: &lx.hedge}
		out = h.read(out)
	}
	return out
}

// A hedger walks one sentence. A hedge opened by a conjunction, a belief or a question waits for the next verb; one that a
// modal or an infinitive gave to a verb is carried on to the bare verbs beside it ("to stop and search").
type hedger struct {
	r       *reader
	s       *sentence
	x       *hedging
	waits   bool
	carries bool
	modal   bool // what carries is a modal
	last    int  // the last verb that was hedged, -1 for none
}

func (h *hedger) read(out []claims.Span) []claims.Span {
	h.last = -1
	for k := h.s.first; k < h.s.last; k++ {
		w := h.r.norm(k)
		switch {
		case h.x.conjunctions[w], h.x.once[w] && h.subjectAt(k+1), h.asks(k), h.anyThat(k):
			h.waits = true
			continue
		case w == "," || w == ";" || w == ":":
			h.waits, h.carries = false, h.carries && w == ","
			continue
		case h.x.clause[w]:
			h.carries = false
		}
		if h.r.tokens[k].kind != wordToken || !h.mayHappen(k) {
			continue
		}
		if h.hedged(k) {
			out = append(out, claims.Span{int(h.r.tokens[k].start), int(h.r.tokens[k].end)})
			h.last, h.waits = k, false
		}
		if v, _ := h.verb(k); h.x.belief[v.lemma] && !h.governed(k) {
			h.waits = true
		}
	}
	return out
}

// verb is the form of a verb at k.
func (h *hedger) verb(k int) (verbForm, bool) {
	w := h.r.norm(k)
	v, ok := h.r.lx.gr.verbs[w]
	if !ok {
		v, ok = h.x.verbs[w]
	}
	return v, ok
}

// subjectAt reports a pronoun or an article.
func (h *hedger) subjectAt(k int) bool {
	return h.r.lx.src.pronouns[h.r.norm(k)] || h.r.determiner(h.r.norm(k))
}

// asks reports the "do" of a question at k.
func (h *hedger) asks(k int) bool {
	if !h.x.question[h.r.norm(k)] || !h.subjectAt(k+1) || k > h.s.first && h.r.tokens[k-1].kind == wordToken {
		return false
	}
	for j := k; j < h.s.last; j++ {
		if h.r.norm(j) == "?" {
			return true
		}
	}
	return false
}

// anyThat reports the relative pronoun behind "any": "any firm that wants" says of none that it does.
func (h *hedger) anyThat(k int) bool {
	if !h.r.lx.src.relative[h.r.norm(k)] && !h.x.that[h.r.norm(k)] {
		return false
	}
	for j := k - 1; j >= h.s.first && j > k-4 && h.r.tokens[j].kind == wordToken; j-- {
		if h.x.any[h.r.norm(j)] {
			return true
		}
	}
	return false
}

// mayHappen reports a word that may name what happens: a verb form, or any word in the place of a verb or of what is asked for.
func (h *hedger) mayHappen(k int) bool {
	w := h.r.norm(k)
	if h.r.lx.gr.stop[w] && w != "have" && w != "do" && w != "be" || h.x.modals[w] || h.x.inside[w] && w != "have" && w != "be" {
		return false
	}
	if _, ok := h.verb(k); ok {
		return true
	}
	return h.governed(k) || h.wanted(k) || h.carried(k)
}

// governed reports a word right behind a modal or an infinitive marker, but for what may stand in between.
func (h *hedger) governed(k int) bool {
	w := h.r.norm(h.governor(k))
	return h.x.modals[w] || h.x.conditional[w] || h.x.future[w] || h.x.infinitive[w]
}

// governor is the nearest word before k that may not stand inside a verb group, at most six back.
func (h *hedger) governor(k int) int {
	j := k - 1
	for j >= h.s.first && j >= k-6 && (h.x.inside[h.r.norm(j)] || h.x.seldom[h.r.norm(j)] || strings.HasSuffix(h.r.norm(j), "ly") && !h.x.adverbs[h.r.norm(j)]) {
		j--
	}
	if j < h.s.first {
		return -1
	}
	return j
}

func (h *hedger) hedged(k int) bool {
	if h.waits && !h.helps(h.r.norm(k)) && !h.helps(h.r.norm(k+1)) {
		return true
	}
	j := h.governor(k)
	w := h.r.norm(j)
	switch {
	case j < 0:
		return h.commands(k)
	case h.x.adverbs[w]:
		return true
	case h.x.infinitive[w]:
		h.carries, h.modal = h.infinitive(j, k), false
		return h.carries
	case h.x.modals[w]:
		h.carries, h.modal = true, true
		return true
	case h.x.conditional[w]:
		h.carries, h.modal = !h.told(j), true
		return h.carries
	case h.x.future[w]:
		h.carries = false
		return false
	}
	return h.carried(k) || h.wanted(k) || h.partly(k) || h.gerund(k)
}

// helps reports modals and auxiliaries: what stands before one is a noun.
func (h *hedger) helps(w string) bool {
	return h.x.future[w] || h.x.modals[w] || h.x.conditional[w] || h.r.auxiliary(w)
}

// told reports a verb of saying before k: behind it the conditional is the future seen from the past.
func (h *hedger) told(k int) bool {
	for j := k - 1; j >= h.s.first; j-- {
		if _, ok := h.r.lx.src.say[h.r.norm(j)]; ok {
			return true
		}
	}
	return false
}

// infinitive reports "to" before a base form that names no deed done: "wants to cut", "in order to cut", but not "had to
// cut", "managed to cut", "agreed with the union to cut", "the first to cut".
func (h *hedger) infinitive(to, k int) bool {
	v, _ := h.verb(k)
	if (v.ing || v.past && !v.base && !v.part) && k == to+1 {
		return false
	}
	if h.x.facts[h.r.norm(to-1)] && to > h.s.first {
		return false
	}
	for j := to - 1; j >= h.s.first && j > to-9; j-- {
		w := h.r.norm(j)
		v, verb := h.verb(j)
		switch {
		case h.r.tokens[j].kind == signToken || h.x.clause[w]:
			return true
		case h.x.factOrder[w] && j < to-1 && j > to-6, h.x.factCauses[v.lemma], h.x.settled[v.lemma], j == to-1 && h.x.facts[v.lemma]:
			return false
		case verb:
			return true
		}
	}
	return true
}

// carried reports a bare verb beside one that is hedged, and what an aspect or a light verb under a hedge has for object:
// "may start paying", "could have consequences".
func (h *hedger) carried(k int) bool {
	v, _ := h.verb(k)
	if h.last >= 0 && h.last == k-1 {
		before, _ := h.verb(k - 1)
		return h.modal && h.x.light[before.lemma] || v.ing && h.x.aspect[before.lemma]
	}
	return h.carries && v.base && h.x.join[h.r.norm(h.governor(k))]
}

// wanted reports what stands behind the "for" of a demand: "asked for an explanation".
func (h *hedger) wanted(k int) bool {
	if v, _ := h.verb(k); !v.ing && k+1 < h.s.last && h.r.tokens[k+1].kind == wordToken && !h.r.lx.gr.stop[h.r.norm(k+1)] {
		return false // an adjective
	}
	for j := k - 1; j >= h.s.first && j >= k-4; j-- {
		w := h.r.norm(j)
		if h.x.purpose[w] {
			return h.demands(j)
		}
		if _, verb := h.verb(j); !h.r.determiner(w) && (verb && !h.r.lx.gr.modifiers[w] || h.r.tokens[j].kind != wordToken || h.r.lx.gr.stop[w]) {
			return false
		}
	}
	return false
}

// demands reports a word that asks for what stands behind the "for" at k.
func (h *hedger) demands(k int) bool {
	for j := k - 1; j >= h.s.first && j >= k-5; j-- {
		w := h.r.norm(j)
		v, verb := h.verb(j)
		if h.x.behindFor[w] || h.x.behindFor[v.lemma] || h.x.behindFor[strings.TrimSuffix(w, "s")] {
			return true
		}
		if verb || h.r.tokens[j].kind == signToken {
			return false
		}
	}
	return false
}

// partly reports a denial that leaves room: "does not often use", "are generally not counted".
func (h *hedger) partly(k int) bool {
	seldom, denied := false, false
	for j := k - 1; j > h.governor(k); j-- {
		w := h.r.norm(j)
		seldom = seldom || h.x.seldom[w]
		denied = denied || h.r.lx.src.negation[w]
	}
	return seldom && denied
}

// gerund reports what is only considered, proposed, avoided: "considers keeping".
func (h *hedger) gerund(k int) bool {
	v, _ := h.verb(k)
	before, _ := h.verb(k - 1)
	return k > h.s.first && v.ing && h.x.gerund[before.lemma]
}

// commands reports an order at the head of a sentence or a quotation: "Call me".
func (h *hedger) commands(k int) bool {
	v, _ := h.verb(k)
	return v.base && !v.past && h.x.objects[h.r.norm(k+1)]
}
