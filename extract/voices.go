package extract

import (
	"strings"

	"tallywire/claims"
)

// byTheirCount reads "60,000 by their count", "by our estimate", "7,000 by the police's".
func (r *reader) byTheirCount(k int, s *sentence) (voice, bool) {
	start := k
	for start > s.first && r.norm(start-1) != "," && !r.is(wordAnd, start-1) && r.norm(start-1) != ";" {
		start--
	}
	content := [2]int{start, s.last}
	if k > s.first {
		content[1] = k
	}
	switch w := r.norm(k + 1); w {
	case "that":
		if !r.is(wordOf, k+2) {
			return voice{}, false
		}
		end := r.sourceEnd(k+3, s)
		return r.newVoice(k, [2]int{k + 3, end}, content, "say"), end > k+3
	case "our", "their", "its", "his", "her":
		j := k + 2
		if r.norm(j) == "own" {
			j++
		}
		if !r.lx.src.sayNoun[r.norm(j)] {
			return voice{}, false
		}
		v := voice{cue: k, content: content, attr: r.who.last}
		if w == "our" {
			v.attr = claims.Attribution{Text: r.textOf(k+1, k+2), Kind: claims.OriginSelf}
		} else if who := r.personsBefore(k, s); who[1] > who[0] {
			v.attr = r.attribution(who)
		}
		return v, v.attr.Text != ""
	default: // "by the organisers' count"
		for j := k + 2; j+1 < s.last && j < k+7; j++ {
			if (r.is(wordGenitive, j) || r.norm(j) == "'") && r.lx.src.sayNoun[r.norm(j+1)] {
				return r.newVoice(k, [2]int{k + 1, j}, content, "say"), true
			}
			if r.tokens[j].kind == signToken {
				break
			}
		}
	}
	return voice{}, false
}

// personsBefore is the nearest noun phrase of a source before k in the sentence.
func (r *reader) personsBefore(k int, s *sentence) [2]int {
	for j := k - 1; j >= s.first; j-- {
		if w := r.norm(j); r.lx.src.organisation[w] || r.lx.src.person[w] || r.lx.src.person[strings.TrimSuffix(w, "s")] {
			return [2]int{r.phraseStart(j+1, s), j + 1}
		}
	}
	return [2]int{}
}

// maxGapped is the most words of a source whose verb is left out.
const maxGapped = 6

// gappedVoice is who gives a figure whose verb of saying a speaker before left behind: "the government says 96, the health office
// 141", "die Polizei sprach von 400, die Veranstalter von 900", "Киев говорит о 303, Москва — о 307".
func (r *reader) gappedVoice(q *quantity, s *sentence) *claims.Attribution {
	k := q.first
	if r.is(speaksOf, k-1) {
		k--
	}
	if r.norm(k-1) == "-" && k-1 > s.first {
		k--
	}
	first := k
	for first > s.first && k-first <= maxGapped {
		t := &r.tokens[first-1]
		_, verb := r.verbAt(first - 1)
		if t.kind != wordToken && (t.norm != "-" || t.gap != noGap) || r.lx.is(joinsSources, t.norm) || verb && !t.upper || r.lx.src.that[t.norm] {
			break
		}
		first--
	}
	if first == k || first <= s.first || k-first > maxGapped {
		return nil
	}
	if c := r.norm(first - 1); c != "," && c != ";" && !r.is(joinsSources, first-1) || !r.saidBefore(first, s) {
		return nil
	}
	if q.np.head != "" && !r.is(speaksOf, q.first-1) {
		return nil // "the ministry said 12 died, the fire 3 firefighters"
	}
	src, named := [2]int{first, k}, first
	if r.determiner(r.norm(first)) {
		named++
	}
	for j := first; j < k; j++ {
		if w := r.norm(j); r.lx.src.say[w] != "" || r.is(opensParts, j) || r.lx.src.relative[w] || r.preposition(w) && !r.lx.of[w] || r.auxiliary(w) {
			return nil
		}
	}
	if !r.isSource(src) && (r.lx.nouns == "capital" || named == k || !r.allNames(named, k)) && !(r.lx.cases && k-first == 1 && r.tokens[first].upper) && !(r.lx.verbSecond && r.is(speaksOf, q.first-1)) {
		return nil
	}
	a := r.attribution(src)
	return &a
}

// saidBefore reports a speaker before token k whose verb of saying has a figure close behind it, so that the next speaker may leave
// the verb out.
func (r *reader) saidBefore(k int, s *sentence) bool {
	voices := r.voices[r.sentAt(k-1)]
	for i := range voices {
		if v := &voices[i]; v.source[1] > v.source[0] && v.source[1] <= v.cue && v.cue < k && r.lx.src.say[r.norm(v.cue)] != "" && r.figureIn(v.cue+1, min(k, v.cue+6)) {
			return true
		}
	}
	return false
}

// claimOf reads "the mayor's claim that ...".
func (r *reader) claimOf(k int, s *sentence) (voice, bool) {
	of := k - 1
	if r.is(counterWords, of) { // "the union's own count was"
		of--
	}
	if of < s.first+1 || !r.is(wordGenitive, of) {
		return voice{}, false
	}
	if r.norm(k+1) != ":" && !r.is(behindClaim, k+1) {
		return voice{}, false
	}
	first := r.phraseStart(of, s)
	if first >= of {
		return voice{}, false
	}
	return r.newVoice(k, [2]int{first, of}, [2]int{k + 1, r.semicolonAfter(k, s)}, "say"), true
}

// figureVerb reads "put the number at 20,000", "gave 12,400": the subject owns the figure.
func (r *reader) figureVerb(k int, lemma string, s *sentence) (voice, bool) {
	if !r.lx.deep || !r.sayFits(k, lemma, s) {
		return voice{}, false
	}
	src, ok := r.sourceLeft(k, s)
	if !ok {
		return voice{}, false
	}
	if !r.isSource(src) {
		return voice{}, false
	}
	figure := false
	for j := k + 1; j < s.last; j++ {
		if r.tokens[j].kind == numberToken || r.lx.numberWord(r.norm(j)) {
			figure = true
			break
		}
	}
	if !figure {
		return voice{}, false
	}
	return r.newVoice(k, src, [2]int{k + 1, r.semicolonAfter(k, s)}, lemma), true
}

// actOf reads an announced act, whose figure is its actor's: "Halm AG has offered the workers a bonus of 1,800 crowns".
func (r *reader) actOf(k int, s *sentence) (voice, bool) {
	v := r.lx.gr.verbs[r.norm(k)]
	if r.lx.deep && (v.ing || r.is(beforeNoun, k-1) || r.is(wordTo, k-1) || v.part && r.lx.gr.passive[r.norm(k-1)]) || k == s.first {
		return voice{}, false
	}
	verb, first := k, k+1
	if r.lx.verbSecond && r.clauseCloses(k+1) {
		for j := k - 1; j > s.first && r.tokens[j].kind != signToken; j-- {
			if r.auxiliary(r.norm(j)) {
				verb, first = j, j+1 // "hat den Beschäftigten 1.800 Kronen angeboten"
				break
			}
		}
	}
	last := r.semicolonAfter(first, s)
	for j := first + 1; j < last; j++ {
		if r.is(breaksClause, j) || r.is(startsClause, j) && r.figureIn(first, j) && !r.is(joinsSources, j) && !r.is(wordThan, j) && !r.is(wordOr, j) && !r.is(wordAs, j) {
			last = j // "promised 300 jobs after 12 people died"
			break
		}
	}
	src, ok := r.sourceLeft(verb, s)
	if !ok || !r.figureIn(first, last) || r.figureIn(src[0], src[1]) || !r.speaks(src) && !r.mayBeSource(src[0], src[1]) || r.eventHead(src) {
		return voice{}, false
	}
	out := r.newVoice(k, src, [2]int{first, last}, "say")
	out.act = true
	return out, true
}

// eventHead reports a noun phrase that names what happened, which says nothing: "the exchange agreed in Istanbul".
func (r *reader) eventHead(src [2]int) bool {
	w := r.norm(src[1] - 1)
	return r.lx.is(events, w) || r.lx.gr.actions[w] != ""
}

// quoting reads "AP quoted the ministry as saying": the ministry speaks, AP is the medium.
func (r *reader) quoting(v voice, k int, s *sentence) (voice, bool) {
	end := r.sourceEnd(k+1, s)
	if end == k+1 {
		return v, true
	}
	inner := r.newVoice(k, [2]int{k + 1, end}, [2]int{end, s.last}, "say")
	inner.attr.Medium = v.attr.Text
	if v.source[0] > s.first+2 {
		inner.content = [2]int{s.first, s.last}
	}
	return inner, true
}

// maxTail is the most words of a source behind the last dash of a headline.
const maxTail = 5

// dashTail reads a headline's "41 dead in Halm - civil defence", "Число жертв возросло до 71 — МЧС", "14 killed: ministry".
func (r *reader) dashTail(s *sentence) (voice, bool) {
	end := s.last
	for end > s.first && (r.norm(end-1) == "." || r.norm(end-1) == "!") {
		end--
	}
	for k := end - 1; k > s.first+2 && k >= end-maxTail-1; k-- {
		t := &r.tokens[k]
		if (t.norm == "-" && t.gap == blankGap || t.norm == ":") && k+1 < end && r.tokens[k+1].gap == blankGap {
			src := [2]int{k + 1, end}
			if !r.isSource(src) && !(end == k+2 && r.tokens[k+1].upper && r.lx.src.parties[r.norm(k+1)] != "") || r.anyPronoun(src) || t.norm == ":" && !(end == s.last && r.figureIn(s.first, k) && r.shortSource(src)) {
				return voice{}, false
			}
			return r.newVoice(k, src, [2]int{s.first, k}, "say"), true
		}
		_, say := r.lx.src.say[t.norm]
		if _, verb := r.verbAt(k); verb || say && !r.lx.src.sayNoun[t.norm] || t.kind != wordToken {
			return voice{}, false
		}
	}
	return voice{}, false
}

// shortSource reports a bare source without article or conjunction, as headlines end in: "14 killed: ministry".
func (r *reader) shortSource(src [2]int) bool {
	for k := src[0]; k < src[1]; k++ {
		if t := &r.tokens[k]; t.kind != wordToken || r.determiner(t.norm) || r.lx.is(articles, t.norm) || r.is(joinsSources, k) {
			return false
		}
	}
	return true
}

// anyPronoun reports a pronoun in a span: "14 killed: what we know" names no source.
func (r *reader) anyPronoun(src [2]int) bool {
	for k := src[0]; k < src[1]; k++ {
		if r.lx.src.pronouns[r.norm(k)] {
			return true
		}
	}
	return false
}

// figureIn reports a figure in tokens[first:last].
func (r *reader) figureIn(first, last int) bool {
	for k := first; k < last; k++ {
		if r.tokens[k].kind == numberToken || r.lx.numberWord(r.norm(k)) {
			return true
		}
	}
	return false
}

// saysIn reports a verb of saying in a span.
func (r *reader) saysIn(span [2]int) bool {
	for k := span[0] + 1; k < span[1]; k++ {
		if r.lx.src.say[r.norm(k)] != "" && !r.lx.src.sayNoun[r.norm(k)] {
			return true
		}
	}
	return false
}

// colonHead reads a headline's "Ministry: 41 dead".
func (r *reader) colonHead(s *sentence) (voice, bool) {
	for k := s.first; k < s.last && k < s.first+7; k++ {
		if r.norm(k) != ":" || k == s.first || k+1 >= s.last {
			continue
		}
		src := [2]int{s.first, k}
		if r.saysIn(src) {
			return voice{}, false // "The union insists: 38 were hurt" has its verb
		}
		if k+2 >= s.last && r.tokens[k+1].kind == numberToken {
			return voice{}, false // "Rescuers on site: 900"
		}
		if r.tokens[k].gap != noGap && r.lx.apostrophe != "elision" || !r.isSource(src) || r.tokens[k+1].gap == noGap {
			return voice{}, false
		}
		return r.newVoice(k, src, [2]int{k + 1, s.last}, "say"), true
	}
	return voice{}, false
}
