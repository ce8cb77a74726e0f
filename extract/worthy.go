package extract

import (
	"strings"

	"tallywire/claims"
)

// worthy decides whether a board should hold the figure. Ages, stretches of time, the word "one", figures of page
// furniture and figures of which the text says neither what they count nor what befell it should not.
func (r *reader) worthy(m *claims.Mention, q *quantity, s *sentence) bool {
	switch q.class {
	case claims.UnitAge, claims.UnitDate, claims.UnitOrdinal:
		return false
	case claims.UnitDuration:
		return r.paid(q, s) || r.lasts(q, s)
	}
	if q.gloss || r.norm(q.first-1) == "=" || r.norm(q.last) == "=" {
		return false // an exchange rate or a conversion
	}
	if q.class == claims.UnitCount && r.lx.src.sides[strings.ToLower(q.head)] && q.value.Best.Known() && !less(claims.Int(4), q.value.Best) {
		return false // "the two sides", "three parties": who takes part
	}
	if r.lx.gr.unworthy[q.unit] || q.num.times {
		return false
	}
	if q.num.one && q.class == claims.UnitCount {
		return (r.lx.is(befalls, m.Predicate) || r.lx.src.states[r.headNorm(q)] != "") && r.personHead(m, q) && r.fateTold(q.first, q.last, s)
	}
	if r.furniture(q, s) {
		return false
	}
	if q.class == claims.UnitCount && m.Head == "" && m.Predicate == "" && m.Subject == "" && m.Unit.Name == "" && !q.perSide && m.Attribution.Text == "" {
		return r.says(s)
	}
	return true
}

// personHead reports a figure that counts persons, alone or "of" others: "one of the wounded".
func (r *reader) personHead(m *claims.Mention, q *quantity) bool {
	w := r.headNorm(q)
	return m.Head == "person" || r.onesPerson(w) || r.onesPerson(m.Head)
}

func (r *reader) onesPerson(w string) bool {
	return w != "" && (r.lx.is(persons, w) || r.lx.src.person[w] || r.lx.is(young, w) || r.lx.src.states[w] != "")
}

// maxFate is how many tokens may stand between one person and the verb of what befell them.
const maxFate = 14

// fateTold reports that the clause around tokens [first:last], which name one person, tells what befell that person, and not what
// the person did: "one man was arrested", "arrested one man", but not "one man killed three".
func (r *reader) fateTold(first, last int, s *sentence) bool {
	if prev := first - 1; prev >= s.first && !(r.is(personalTo, prev) && r.lx.is(befalls, r.lx.gr.verbs[r.norm(prev-1)].lemma)) && (r.preposition(r.norm(prev)) || r.lx.of[r.norm(prev)] || r.is(wordBy, prev)) {
		return false
	}
	if r.is(wordGenitive, last) || r.is(relatives, last) && !r.lx.verbSecond || r.lx.src.relative[r.norm(last)] {
		return false
	}
	if last > first && r.lx.src.states[r.norm(last-1)] != "" {
		return last >= s.last || !r.reports(last)
	}
	helped := false
	for k := last; k < min(s.last, last+maxFate); k++ {
		t := &r.tokens[k]
		if t.kind == numberToken || t.kind == wordToken && (r.is(relatives, k) && !r.lx.verbSecond || r.is(breaksClause, k) || r.reports(k) && !r.lx.is(befalls, r.lx.gr.verbs[t.norm].lemma)) || t.kind == signToken && t.norm != "-" && t.norm != "'" {
			break
		}
		if r.lx.src.states[t.norm] != "" || r.lx.is(befalls, r.lx.gr.verbs[t.norm].lemma) {
			return helped || !r.objectAt(k+1, s)
		}
		helped = helped || r.lx.gr.passive[t.norm] || r.is(passiveHelpers, k)
	}
	for k := first - 1; k >= max(s.first, first-maxFate); k-- {
		t := &r.tokens[k]
		if t.kind == signToken && t.norm != "-" && t.norm != "'" || t.kind == wordToken && r.is(relatives, k) && !r.lx.verbSecond {
			break
		}
		if t.kind == wordToken && r.lx.is(befalls, r.lx.gr.verbs[t.norm].lemma) {
			return true
		}
	}
	return false
}

// objectAt reports a noun phrase with its number or article at token k: what the verb before it was done to.
func (r *reader) objectAt(k int, s *sentence) bool {
	if k < s.last && r.is(personalTo, k) {
		k++
	}
	if k >= s.last {
		return false
	}
	w := r.norm(k)
	_, number := r.lx.num[w]
	return number || r.tokens[k].kind == numberToken || r.determiner(w) || r.lx.is(articles, w)
}

// onePerson reports the word for one before a noun for a person whose fate the clause tells: "одна людина загинула".
func (r *reader) onePerson(n *numeral, s *sentence) bool {
	if v, ok := r.verbAt(n.last); ok && r.lx.is(befalls, v.lemma) && !r.objectAt(n.last+1, s) {
		return true // "один загинув, двоє поранені"
	}
	np := r.nounPhrase(n.last, s.last, true)
	return np.found() && np.headAt >= 0 && r.onesPerson(r.norm(np.headAt)) && r.fateTold(n.first, np.last, s)
}

// paid reports a stretch of time that is a sum: "18 months' pay", "10 years in prison".
func (r *reader) paid(q *quantity, s *sentence) bool {
	for k := q.last; k < min(s.last, q.last+4); k++ {
		if r.is(sentenced, k) {
			return true
		}
	}
	return false
}

// furniture reports a line of the page that is no text: "204 comments", "5 min read", "7 коментарів".
func (r *reader) furniture(q *quantity, s *sentence) bool {
	if q.np.headAt < 0 && q.class == claims.UnitCount && s.last-s.first > 4 {
		return false
	}
	if s.last-s.first > 7 {
		return false
	}
	for k := s.first; k < s.last; k++ {
		if r.lx.gr.furniture[r.norm(k)] && !r.lx.gr.stop[r.norm(k)] {
			return q.class == claims.UnitCount || q.class == claims.UnitDuration
		}
	}
	return false
}

// clauseEnds reports that punctuation or a relative follows.
func (r *reader) clauseEnds(k int, s *sentence) bool {
	if k >= s.last {
		return true
	}
	switch r.norm(k) {
	case ",", ".", ")", ";", ":", "\"":
		return true
	}
	return r.is(behindClause, k)
}

// says reports a sentence with a verb: one that states something.
func (r *reader) says(s *sentence) bool {
	for k := s.first; k < s.last; k++ {
		if _, ok := r.verbAt(k); ok || r.auxiliary(r.norm(k)) {
			return true
		}
	}
	return false
}
