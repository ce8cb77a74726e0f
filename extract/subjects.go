package extract

import (
	"strings"

	"tallywire/claims"
)

// subject finds what a figure without a counted noun is said of: "attendance was 71.5 per cent", "the toll stands at 63".
func (r *reader) subject(m *claims.Mention, q *quantity, c clause, s *sentence) {
	if !r.lx.deep || q.class == claims.UnitCount && q.np.found() && !q.np.partitive {
		return
	}
	if r.is(wordOf, q.first-1) && q.class != claims.UnitCount {
		if r.nominalSubject(m, q, c); m.Subject != "" {
			return
		}
	}
	if first, last := r.ownerOf(q, s); first < last {
		r.setSubject(m, q, first, last)
		return
	}
	verb := -1
	for k := q.first - 1; k >= c.first; k-- {
		w := r.norm(k)
		_, isVerb := r.verbAt(k)
		if isVerb && !(r.lx.gr.verbs[w].part && k > c.first && r.pluralAt(k-1) && !r.auxiliary(r.norm(k-1)) && r.verbFollows(k+1, q.first)) || r.auxiliary(w) {
			verb = k
			break
		}
	}
	if verb <= c.first || r.reports(verb) {
		r.nominalSubject(m, q, c)
		return
	}
	end := verb
	for end > c.first && (r.betweenSubjectAndVerb(end-1, s) || r.auxiliary(r.norm(end-1))) {
		end--
	}
	if r.is(wordTo, end-1) { // "sales are expected to grow"
		for k := end - 2; k >= max(c.first+1, end-6); k-- {
			if r.auxiliary(r.norm(k)) {
				end = k
				break
			}
		}
	}
	for end > c.first && (r.is(wordWho, end-1) || r.is(wordWhich, end-1) || r.auxiliary(r.norm(end-1))) {
		end--
	}
	first := end
	for first > c.first && end-first < 14 {
		w := r.norm(first - 1)
		if r.tokens[first-1].kind == signToken && w != "-" || r.lx.is(wordThat, w) || r.lx.is(wordAnd, w) || r.reports(first-1) || r.marks[first-1] == markUsed {
			break
		}
		first--
	}
	for first < end && (r.lx.gr.stop[r.norm(first)] || r.timeWord(first)) {
		first++
	}
	for first < end && (r.timeWord(end-1) || r.lx.cal.on[r.norm(end-1)] || r.lx.cal.since[r.norm(end-1)]) {
		end--
	}
	if first < end {
		r.setSubject(m, q, first, end)
	}
	if q.verb == 0 && verb > 0 && !r.reports(verb) && m.Predicate == "" {
		if v, ok := r.verbAt(verb); ok {
			m.Predicate = v.lemma
		}
	}
	if verb >= c.first && m.Subject != "" && r.objectSubject(m, q, verb, c) {
		return
	}
}

// objectSubject prefers the object before "at" or "as": "put the number of homeless at 900".
func (r *reader) objectSubject(m *claims.Mention, q *quantity, verb int, c clause) bool {
	w := r.norm(q.first - 1)
	if !r.lx.is(wordAt, w) && !r.lx.is(wordAs, w) && !r.lx.is(wordTo, w) && !r.lx.is(wordBy, w) && !r.lx.is(wordFrom, w) {
		return false
	}
	first, last := verb+1, q.first-1
	for k := last - 1; k > verb; k-- {
		if r.marks[k] == markUsed { // "the height as 12 metres and the width as 5"
			first = k + 1
			break
		}
	}
	for first < last && (r.lx.gr.stop[r.norm(first)] || r.timeWord(first) || r.month(first) > 0) {
		first++
	}
	for first+1 < last && (r.is(wordLast, first) || r.is(wordNext, first)) && r.unitOfTime(first+1) {
		first += 2
	}
	for first < last && (r.timeWord(last-1) || r.lx.cal.on[r.norm(last-1)]) {
		last--
	}
	if first >= last || last-first > 12 || !r.nominal(first, last) {
		return false
	}
	r.setSubject(m, q, first, last)
	return true
}

// setSubject writes the subject down, and reads "the number of displaced people" and "death toll" as counts.
func (r *reader) setSubject(m *claims.Mention, q *quantity, first, last int) {
	m.Subject = r.textOf(first, last)
	if q.class != claims.UnitCount {
		return
	}
	if key, n := r.phraseIn(r.lx.src.toll, first, last); n > 0 {
		if v, thing, ok := strings.Cut(key, " "); ok {
			m.Predicate, m.Head = v, thing
		}
		return
	}
	for k := first; k < last; k++ {
		switch {
		case r.is(crowds, k):
			if m.Head == "" && k == last-1 {
				m.Head = "person"
			}
			return
		case r.is(counts, k):
			if r.is(wordOf, k+1) {
				j := k + 2
				for j < last && r.determiner(r.norm(j)) {
					j++
				}
				np := r.nounEnglish(j, len(r.tokens), false)
				if np.found() && np.headAt <= last+1 {
					m.Head, m.Modifiers = np.head, np.mods
					if np.head == "people" {
						m.Head = "person"
					}
					r.stateHead(m, np)
				}
				return
			}
		}
		if key := r.lx.src.states[r.norm(k)]; key != "" {
			v, thing, _ := strings.Cut(key, " ")
			m.Predicate, m.Head = v, thing
			return
		}
	}
}

// stateHead reads a state in a noun phrase: "displaced people", "the injured", "confirmed dead".
func (r *reader) stateHead(m *claims.Mention, np nounPhrase) {
	for k := np.first; k < np.last; k++ {
		if key := r.lx.src.states[r.norm(k)]; key != "" {
			v, thing, _ := strings.Cut(key, " ")
			m.Predicate, m.Head = v, thing
		}
	}
	if v, ok := r.lx.gr.verbs[r.norm(np.last)]; ok && v.part && np.last < len(r.tokens) {
		m.Predicate = v.lemma
	}
}

// nominalSubject reads "magnitude of 6.4", "turnout: 66.2 per cent" where there is no verb.
func (r *reader) nominalSubject(m *claims.Mention, q *quantity, c clause) {
	w := r.norm(q.first - 1)
	if !r.lx.is(wordOf, w) && w != ":" && !r.lx.is(wordAt, w) && r.tokens[max(q.first-1, 0)].kind != wordToken {
		return
	}
	last := q.first
	if r.lx.is(wordOf, w) || w == ":" || r.lx.is(wordAt, w) {
		last--
	}
	now := false
	for last > c.first && (r.is(wordNow, last-1) || r.norm(last-1) == "still" || r.norm(last-1) == "already") {
		last--
		now = true
	}
	first := last
	for first > 0 && last-first < 4 && r.tokens[first-1].kind == wordToken && !r.lx.gr.stop[r.norm(first-1)] && r.marks[first-1] == markNone && r.tokens[first].gap != paraGap {
		first--
	}
	for k := first; k < last; k++ {
		if r.reports(k) {
			return // "organisers said 150,000 came"
		}
	}
	switch {
	case first == last:
	case now: // "toll now 71"
		r.setSubject(m, q, first, last)
	default:
		m.Subject = r.textOf(first, last)
	}
}

func (r *reader) verbFollows(k, end int) bool {
	for ; k < end; k++ {
		if _, ok := r.verbAt(k); ok || r.auxiliary(r.norm(k)) {
			return true
		}
	}
	return false
}
