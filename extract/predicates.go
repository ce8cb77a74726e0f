package extract

import (
	"strings"

	"tallywire/claims"
)

// A clause is the run of tokens around a quantity that one verb governs, half open.
type clause struct{ first, last int }

// clauseOf bounds the clause of q by strong punctuation, quotation marks and subordinators.
func (r *reader) clauseOf(q *quantity, s *sentence) clause {
	c := clause{q.first, q.last}
	for c.first > s.first && !r.breaks(c.first-1) {
		c.first--
	}
	for c.last < s.last && !r.breaks(c.last) {
		c.last++
	}
	return c
}

func (r *reader) breaks(k int) bool {
	if r.breakAt[k] == 0 {
		r.breakAt[k] = 1
		if r.breaksClause(k) {
			r.breakAt[k] = 2
		}
	}
	return r.breakAt[k] == 2
}

// breaksClause reports what breaks works out once a token.
func (r *reader) breaksClause(k int) bool {
	t := &r.tokens[k]
	switch t.norm {
	case ";", ":", "\"", "(", ")", "!", "?", "|":
		return true
	case "-":
		return t.gap == blankGap && k+1 < len(r.tokens) && r.tokens[k+1].gap == blankGap
	}
	if r.lx.deep && r.lx.src.asSaid[t.norm] { // "as he said", but no "as many as"
		return t.kind == wordToken && (r.lx.src.pronouns[r.norm(k+1)] || r.determiner(r.norm(k+1)) && !r.is(quantifiers, k+1)) && !r.lx.src.asSaid[r.norm(k-1)]
	}
	return t.word.on(breaksClause)
}

// predicate finds what was done to or by the counted thing.
func (r *reader) predicate(m *claims.Mention, q *quantity, c clause, s *sentence) {
	if at := r.ofParticiple(q, s); at > 0 {
		r.setPredicate(m, q, at, c)
		return
	}
	back := r.verbBack(q, c)
	fwd := r.verbForward(q, c)
	at := back
	behind := q.last
	if r.is(respectively, behind) {
		behind++
	}
	prev, next := r.norm(q.first-1), r.norm(behind)
	starts := q.first == c.first || r.lx.is(wordThat, prev) || prev == "," || r.reports(q.first-1) || r.lx.is(wordAnd, prev) || r.timeWord(q.first-1)
	switch {
	case back < 0:
		at = fwd
	case fwd < 0:
	case r.lx.verbSecond && strings.HasSuffix(r.lx.gr.verbs[r.norm(fwd)].lemma, r.lx.gr.verbs[r.norm(back)].lemma):
		at = fwd // "kamen vier Menschen ums Leben"
	case r.lx.src.relative[next] || r.lx.is(wordThat, next) || next == "whom" || r.lx.src.pronouns[next] && !r.lx.is(wordYou, next) || r.lx.is(wordIts, next):
		at = fwd
	case starts && !(r.lx.is(wordAnd, prev) && fwd-behind > 1 && !r.auxiliary(next)):
		at = fwd
	case r.preposition(prev) && !r.lx.is(wordTo, prev) && !r.lx.is(wordBy, prev) && !r.lx.is(wordAt, prev) && fwd-q.last <= 3:
		at = fwd
	case q.class == claims.UnitCount && q.first-back > 1 && fwd == q.last:
		if v := r.lx.gr.verbs[r.norm(fwd)]; v.part || v.past {
			at = fwd
		}
	case !r.lx.deep && (fwd-q.last < q.first-back-1 || !q.np.found() && fwd-q.last <= 1):
		at = fwd // "114 maisons ont été détruites et 38 autres endommagées"
	}
	if at < 0 {
		at = r.looseParticiple(q, s)
	}
	if at >= 0 && r.wholeOf(q) && (at != q.last || r.lx.deep && !r.is(wordBy, at+1)) {
		at = -1 // "38 of 45 drones downed": not all of them
	}
	if k := r.relativeVerb(q, s); k > 0 {
		at = k
	}
	if at >= c.first && at < q.first && q.np.found() && r.lx.is(perceives, r.lx.gr.verbs[r.norm(at)].lemma) {
		if v, ok := r.verbAt(q.last); ok && (v.part || v.base || v.ing || !r.lx.deep) {
			at = q.last // "we saw 390 prisoners released"
		}
	}
	if at >= 0 {
		r.setPredicate(m, q, r.chained(at, c), c)
	}
	r.action(m, q, s)
}

// chained follows a verb that only leads to another: "were known to have died", "are meant to be exchanged".
func (r *reader) chained(k int, c clause) int {
	if r.lx.is(leadsOn, r.lx.gr.verbs[r.norm(k)].lemma) {
		for j := k + 1; j < min(c.last, k+3); j++ {
			if _, ok := r.verbAt(j); ok {
				return j // "quedaron destruidas"
			}
		}
	}
	for range 3 {
		if !r.lx.gr.catenative[r.lx.gr.verbs[r.norm(k)].lemma] || !r.is(wordTo, k+1) {
			return k
		}
		next := -1
		for j := k + 2; j < min(c.last, k+7); j++ {
			if r.auxiliary(r.norm(j)) || strings.HasSuffix(r.norm(j), "ly") {
				continue
			}
			if _, ok := r.lx.gr.verbs[r.norm(j)]; ok {
				next = j
			}
			break
		}
		if next < 0 {
			return k
		}
		k = next
	}
	return k
}

// verbBack is the nearest verb before the quantity in its clause, -1 for none.
func (r *reader) verbBack(q *quantity, c clause) int {
	for k := q.first - 1; k >= c.first; k-- {
		if _, ok := r.verbAt(k); ok && !r.reports(k) && !(r.lx.gr.verbs[r.norm(k)].part && (r.between(k) || r.is(comparesWith, k))) {
			return k
		}
		if r.reports(k) && r.lx.deep {
			if k == q.first-1 && q.class == claims.UnitCount && q.np.found() {
				return k // "reported 6 new cases"
			}
			return -1
		}
		if r.norm(k) == "," && q.first-k > 1 && r.lx.deep && !r.listComma(k, c) && !r.parenthesis(k, c) {
			return -1
		}
	}
	return -1
}

// between is true for a participle right behind a noun and before a preposition: "buses with drawn curtains".
func (r *reader) between(k int) bool {
	return k > 0 && r.is(wordWith, k-1) || r.is(wordOf, k-1)
}

// parenthesis reports a comma that closes an insertion: "Ukraine, which on Sunday ..., released".
func (r *reader) parenthesis(k int, c clause) bool {
	for j := k - 1; j > c.first && j > k-8; j-- {
		if r.norm(j) == "," {
			return true
		}
		if _, ok := r.verbAt(j); ok {
			return false
		}
	}
	return false
}

// verbForward is the nearest verb behind the quantity in its clause, -1 for none.
func (r *reader) verbForward(q *quantity, c clause) int {
	participle := -1
	for k := q.last; k < c.last && k < q.last+16; k++ {
		if r.marks[k] == markUsed && r.quantityStart(k) && !r.is(wordAnd, k-1) && !r.is(wordOr, k-1) && !(!r.lx.deep && r.preposition(r.norm(k-1))) && participle < 0 && !r.ageStarts(k, q) && !(k-q.last <= 2 && q.last == q.num.last && r.ofAt(q.last)) {
			break
		}
		if r.norm(k) == "," && r.lx.deep && k > q.last {
			if _, ok := r.verbAt(k + 1); !ok && !r.auxiliary(r.norm(k+1)) && !r.lx.src.relative[r.norm(k+1)] && !r.appositionEnds(k+1, c) {
				break
			}
		}
		v, ok := r.verbAt(k)
		if ok && v.ing && r.lx.deep && participle < 0 && k == q.last && q.np.found() {
			participle = k // "25 lorries carrying 400 tonnes reached"
			continue
		}
		if ok && !r.reports(k) && !r.is(comparesWith, k) && (participle < 0 || v.past && !r.is(wordBy, k+1) || r.auxiliary(r.norm(k-1))) {
			return k
		}
	}
	return participle
}

// appositionEnds reports that a comma pair closes soon and a verb follows: "270 people, soldiers all, were freed".
func (r *reader) appositionEnds(k int, c clause) bool {
	for j := k; j < c.last && j < k+9; j++ {
		if r.norm(j) == "," {
			_, ok := r.verbAt(j + 1)
			return ok || r.auxiliary(r.norm(j+1))
		}
	}
	return false
}

func (r *reader) quantityStart(k int) bool { return k > 0 && r.marks[k-1] != markUsed }

// setPredicate names the verb at k, with its particle: "brought 40 people back" is bring back.
func (r *reader) setPredicate(m *claims.Mention, q *quantity, k int, c clause) {
	m.Predicate = r.lx.gr.verbs[r.norm(k)].lemma
	m.PredicateSpan = &claims.Span{int(r.tokens[k].start), int(r.tokens[k].end)}
	q.verb = k
	if particles := r.lx.gr.particles[m.Predicate]; particles != nil {
		reach := 10
		if r.lx.verbSecond {
			reach = 18 // the particle closes the clause
		}
		for j := k + 1; j < min(len(r.tokens), k+reach); j++ {
			w := r.norm(j)
			if r.lx.verbSecond {
				if particles[w] && r.lx.is(farParticles, w) && r.clauseCloses(j+1) && !strings.HasPrefix(m.Predicate, w) {
					m.Predicate = w + m.Predicate // "nahm 57 Personen fest"
					break
				}
			} else if particles[w] && (j == k+1 || r.lx.is(farParticles, w) && (r.marks[j-1] == markUsed || j-k <= 6)) {
				m.Predicate += " " + w
				break
			}
			if r.tokens[j].kind == signToken && w != "-" {
				break
			}
			if _, verb := r.verbAt(j); verb && j > k+1 {
				break
			}
		}
	}
	for j := max(c.first, k-4); j < k; j++ {
		if r.lx.src.negation[r.norm(j)] && !r.tokens[j].upper {
			m.Negated = true
		}
	}
}

// listComma reports a comma that only parts members of a list.
func (r *reader) listComma(k int, c clause) bool {
	return k > c.first && (r.marks[k-1] == markUsed || r.tokens[k-1].kind == numberToken)
}

// agent is who does it: the subject of the active verb, or what stands behind "by".
func (r *reader) agent(m *claims.Mention, q *quantity, c clause, s *sentence) {
	if q.verb <= 0 || !r.lx.deep {
		return
	}
	if r.passive(q.verb, c) || q.verb >= q.last {
		for k := q.verb + 1; k < c.last && k < q.verb+10; k++ {
			if r.is(wordBy, k) {
				end := r.sourceEnd(k+1, s)
				if end > k+1 && r.marks[k+1] == markNone && !r.timeWord(k+1) && !r.lx.cal.dayParts[r.norm(k+1)] {
					m.Agent = r.textOf(k+1, end)
				}
				return
			}
		}
		return
	}
	end := q.verb
	for end > c.first && (r.betweenSubjectAndVerb(end-1, s) || r.auxiliary(r.norm(end-1)) || r.is(wordTo, end-1) || r.is(wordEach, end-1)) {
		end--
	}
	first := r.phraseStart(end, s)
	if first < c.first {
		first = c.first
	}
	if first < end && r.nominal(first, end) && end-first <= 8 {
		m.Agent = r.textOf(first, end)
	}
}
