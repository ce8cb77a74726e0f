package extract

import "tallywire/claims"

// wholeOf reports the whole that another figure is a part of: the 45 of "38 of 45 drones".
func (r *reader) wholeOf(q *quantity) bool {
	if q.at == 0 || q.class != claims.UnitCount {
		return false
	}
	p := &r.quants[q.at-1]
	return p.sent == q.sent && p.last == p.num.last && r.ofAt(p.last) && q.first-p.last <= 2
}

// relativeVerb is the verb of a relative clause right behind the counted thing: "45 дронів, які Росія запустила".
func (r *reader) relativeVerb(q *quantity, s *sentence) int {
	if r.lx.deep || !q.np.found() || r.norm(q.last) != "," || !r.is(relatives, q.last+1) {
		return -1
	}
	for k := q.last + 2; k < min(s.last, q.last+9); k++ {
		if _, ok := r.verbAt(k); ok && !r.reports(k) {
			return k
		}
		if r.tokens[k].kind == signToken {
			break
		}
	}
	return -1
}

// action reads the noun of what was done right before what it was done to: "the release of 48 hostages", "обмін 150
// військових". It says more than the verb of the sentence ("took place", "was agreed").
func (r *reader) action(m *claims.Mention, q *quantity, s *sentence) {
	k := q.first - 1
	of := k >= s.first && r.lx.of[r.norm(k)]
	if of {
		k--
	}
	if k < s.first || q.class != claims.UnitCount && q.class != claims.UnitMass || !of && !r.lx.cases {
		return
	}
	lemma := r.lx.gr.actions[r.norm(k)]
	if lemma == "" {
		return
	}
	m.Predicate, m.PredicateSpan = lemma, &claims.Span{int(r.tokens[k].start), int(r.tokens[k].end)}
}

// ageStarts reports that an age of what the figure counts starts at token k: "two men aged 34 and 41 were held".
func (r *reader) ageStarts(k int, q *quantity) bool {
	for j := q.at + 1; j < len(r.quants) && r.quants[j].first <= k; j++ {
		if p := &r.quants[j]; p.first == k && p.class == claims.UnitAge {
			return true
		}
	}
	return false
}

// ofParticiple reads "270 of those let go", "three of the released", "19 of the dead".
func (r *reader) ofParticiple(q *quantity, s *sentence) int {
	if !r.lx.deep || !r.is(wordOf, q.num.last) {
		return -1
	}
	for k := q.num.last + 1; k < s.last && k < q.num.last+5; k++ {
		w := r.norm(k)
		if r.lx.gr.partitive[w] || r.lx.is(wordGenitive, w) {
			continue
		}
		if v, ok := r.lx.gr.verbs[w]; ok && (v.part || v.past) {
			return k
		}
		if w != "people" && w != "captives" && w != "persons" {
			break
		}
	}
	return -1
}

// looseParticiple finds "Among those returned are 270 soldiers" and "the released include".
func (r *reader) looseParticiple(q *quantity, s *sentence) int {
	if !r.lx.deep {
		return -1
	}
	for k := q.first - 1; k > s.first; k-- {
		v, ok := r.lx.gr.verbs[r.norm(k)]
		if ok && v.part && !r.lx.gr.stop[r.norm(k)] && (r.is(wordThose, k-1) || r.is(wordThe, k-1)) {
			return k
		}
		if r.norm(k) == ";" || r.norm(k) == ":" {
			break
		}
	}
	return -1
}
