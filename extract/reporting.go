package extract

import (
	"slices"
	"strings"
)

// accordingTo reads "according to X" and its like; X speaks for the whole clause around.
func (r *reader) accordingTo(k, n int, s *sentence) (voice, bool) {
	first := k + n
	if w := r.norm(first - 1); len(w) > len("angaben") && strings.HasSuffix(w, "angaben") {
		return r.newVoice(k, [2]int{first - 1, first}, [2]int{s.first, s.last}, "say"), true // "nach Polizeiangaben"
	}
	last := r.sourceEnd(first, s)
	for last > first && r.preposition(r.norm(last-1)) {
		last-- // "a poll of" before a figure
	}
	if last == first {
		return voice{}, false
	}
	content := [2]int{s.first, s.last}
	return r.newVoice(k, [2]int{first, last}, content, "say"), true
}

// sayVerb reads a reporting verb with its subject on the left or, inverted, on the right.
func (r *reader) sayVerb(k int, lemma string, s *sentence) (voice, bool) {
	if !r.sayFits(k, lemma, s) || !r.particleFollows(k, s) {
		return voice{}, false
	}
	if r.lx.deep && !r.lx.is(noPassive, lemma) {
		if by, ok := r.passiveBy(k, s); ok {
			return r.newVoice(k, by, [2]int{s.first, s.last}, lemma), true
		}
	}
	if src, ok := r.inverted(k, s); ok && (lemma != "tell" || !r.lx.deep) && r.mayReport(k, lemma, src, s) {
		v := r.newVoice(k, src, [2]int{s.first, k}, lemma)
		if r.quoteResumes(src[1], s) {
			v.content = [2]int{s.first, s.last}
		}
		return v, true
	}
	if src, ok := r.sourceLeft(k, s); ok {
		if !r.mayReport(k, lemma, src, s) {
			return voice{}, false
		}
		v := r.newVoice(k, src, [2]int{k + 1, r.semicolonAfter(k, s)}, lemma)
		if r.lx.src.quote[lemma] {
			return r.quoting(v, k, s)
		}
		if (r.tailOnly(k+1, s) || lemma == "tell" && r.toldOnly(k+1, s) && r.commaBefore(src[0])) && src[0] > s.first+1 {
			v.content = [2]int{r.semicolonBefore(src[0], s), src[0]}
			if r.hasComma(k+1, s) {
				v.content[1] = s.last // "..., the ministry said, up from 41"
			}
		} else if src[0] > s.first && r.commaBefore(src[0]) && r.quoteResumes(k+1, s) {
			v.content = [2]int{s.first, s.last}
		}
		return v, true
	}
	if src, ok := r.sourceRight(k, s); ok {
		if !r.mayReport(k, lemma, src, s) {
			return voice{}, false
		}
		v := r.newVoice(k, src, [2]int{s.first, k}, lemma)
		if k == s.first || r.quoteResumes(src[1], s) || r.thatFollows(src[1], s) {
			v.content = [2]int{s.first, s.last}
		}
		return v, true
	}
	return voice{}, false
}

// particleFollows reports that a verb which reports only with its particle has it: "gab am Montag bekannt", but not "der Dax gab
// nach".
func (r *reader) particleFollows(k int, s *sentence) bool {
	for _, e := range r.lx.src.sayParticles {
		if !slices.Contains(e.forms, r.norm(k)) {
			continue
		}
		particles := strings.Split(e.key, ", ")
		for j := k + 1; j < s.last; j++ {
			if slices.Contains(particles, r.norm(j)) && r.clauseCloses(j+1) {
				return true
			}
		}
		return false
	}
	return true
}

// mayReport guards the weaker verbs of saying: "everyone now found" reports nothing, "everyone found that" does.
func (r *reader) mayReport(k int, lemma string, src [2]int, s *sentence) bool {
	if src[1]-src[0] == 1 && r.lx.src.expletive[r.norm(src[0])] {
		return false
	}
	if next := r.norm(k + 1); r.eventHead(src) && src[1] <= k && (r.lx.src.weakSay[lemma] || r.preposition(next) || r.lx.gr.places[next]) && !r.thatFollows(k+1, s) {
		return false
	}
	if !r.lx.src.weakSay[lemma] {
		return true
	}
	if r.is(asks, src[0]-1) && !r.lx.src.that[r.norm(k+1)] {
		return false // "what we know"
	}
	return r.speaks(src) && (src[1]-src[0] > 1 || !r.lx.src.anyone[r.norm(src[0])] || r.lx.src.that[r.norm(k+1)])
}

// sayFits drops reporting words that are nouns here ("claims", "reports", "a call") or infinitives without subject.
func (r *reader) sayFits(k int, lemma string, s *sentence) bool {
	if !r.lx.deep {
		return true
	}
	t := &r.tokens[k]
	v := r.lx.gr.verbs[t.norm]
	prev := r.norm(k - 1)
	if k == s.first {
		prev = ""
	}
	if t.upper && prev != "" && !r.startsSentence(k) && r.tokens[k-1].norm != "\"" {
		return false // "the United States"
	}
	if next := r.norm(k + 1); v.part && (r.lx.src.states[next] != "" || r.lx.gr.verbs[next].part && !r.lx.is(wordThat, next)) && lemma == "report" {
		return false // "people reported missing"
	}
	if v.base && r.is(wordThat, k+1) && (r.pluralAt(max(k-1, 0)) || r.tokens[max(k-1, 0)].kind == numberToken || r.lx.src.pronouns[prev]) {
		return true // "guards at door 2 report that"
	}
	if v.third && r.is(wordThat, k+1) && !r.lx.is(wordThe, prev) && !r.lx.is(wordOf, prev) && !r.lx.is(wordGenitive, prev) && !r.lx.is(wordA, prev) {
		return true
	}
	if r.lx.is(beforeNoun, prev) {
		return false
	}
	if r.lx.is(wordTo, prev) && v.base && !v.past {
		return false
	}
	if r.lx.gr.passive[prev] && v.part {
		_, by := r.passiveBy(k, s)
		return by
	}
	if v.base && !v.past {
		if r.lx.is(modalHelpers, prev) {
			return r.lx.is(plainSay, lemma)
		}
		// "officials say", "they say": a plural subject
		return r.lx.is(barePlural, lemma)
	}
	if v.third && !v.base {
		next := r.norm(k + 1)
		if r.lx.is(sayOrNoun, lemma) {
			if k == s.first || r.lx.gr.stop[prev] && !r.lx.src.pronouns[prev] {
				return false
			}
			return r.lx.is(wordThat, next) || next == "it" || r.lx.is(wordThe, next) || r.lx.is(wordA, next) || r.tokens[k-1].upper || r.lx.src.organisation[prev] || r.lx.src.person[prev] || r.lx.src.pronouns[prev] || next == "," || r.tokens[min(k+1, len(r.tokens)-1)].kind == numberToken || next == "."
		}
	}
	return true
}

// passiveBy reads "was reported by X" and "announced by X".
func (r *reader) passiveBy(k int, s *sentence) ([2]int, bool) {
	if v := r.lx.gr.verbs[r.norm(k)]; !v.part || !r.is(wordBy, k+1) {
		return [2]int{}, false
	}
	end := r.sourceEnd(k+2, s)
	return [2]int{k + 2, end}, end > k+2
}

// selfIn reports that the outlet's own people are the source: "our reporter saw".
func (r *reader) selfIn(src [2]int) bool {
	for k := src[0]; k < src[1]; k++ {
		if r.lx.src.self[r.norm(k)] {
			return true
		}
	}
	return false
}

func (r *reader) hasComma(k int, s *sentence) bool {
	for j := k; j < s.last; j++ {
		if r.norm(j) == "," {
			return true
		}
	}
	return false
}

// toldOnly reports that behind "told" only the hearer follows: "..., the governor told reporters."
func (r *reader) toldOnly(k int, s *sentence) bool {
	for j := k; j < s.last; j++ {
		switch t := &r.tokens[j]; {
		case t.text == ".":
			return true
		case r.lx.src.that[t.norm] || t.norm == "\"" || t.kind == numberToken || j > k+7:
			return false
		}
	}
	return true
}

// semicolonBefore is the start of the part of the sentence that ends at k.
func (r *reader) semicolonBefore(k int, s *sentence) int {
	for j := k - 1; j > s.first; j-- {
		if r.norm(j) == ";" {
			return j + 1
		}
	}
	return s.first
}

// semicolonAfter is the end of the part of the sentence that starts at k.
func (r *reader) semicolonAfter(k int, s *sentence) int {
	for j := k; j < s.last; j++ {
		if r.norm(j) == ";" {
			return j
		}
	}
	return s.last
}
