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

// verbAt returns the verb form at k where the word is used as a verb.
func (r *reader) verbAt(k int) (verbForm, bool) {
	if k < 0 || k >= len(r.tokens) || r.tokens[k].kind != wordToken {
		return verbForm{}, false
	}
	v, ok := r.lx.gr.verbs[r.norm(k)]
	if !ok || r.marks[k] == markUsed {
		return v, false
	}
	if !r.lx.deep {
		return v, true
	}
	if (r.is(wordLast, k) || r.norm(k) == "lasts") && k+1 < len(r.tokens) && (r.unitOfTime(k+1) || r.timeWord(k+1)) {
		return v, false // "last month"
	}
	if r.tokens[k].upper && !r.startsSentence(k) && !r.shouted[r.sentAt(k)] {
		return v, false
	}
	prev := r.norm(k - 1)
	if k == 0 {
		prev = ""
	}
	if v.base && !v.past || v.third {
		if r.lx.is(beforeVerb, prev) || prev == "" {
			return v, prev != ""
		}
		before := &r.tokens[k-1]
		if v.third {
			if r.determiner(prev) || r.lx.is(wordGenitive, prev) || before.kind != wordToken && before.norm != ")" {
				return v, false
			}
			if next := r.norm(k + 1); next == "." || next == "," || r.lx.is(behindNoun, next) {
				return v, false
			}
			if r.lx.gr.stop[prev] && !before.upper {
				return v, false
			}
			return v, before.upper && !demonym(prev) || !before.upper && r.singularNoun(k-1)
		}
		if before.kind == numberToken || before.word.number {
			return v, r.lx.gr.particles[v.lemma][r.norm(k+1)] // "12,000 walk out"
		}
		return v, r.pluralAt(k-1) && before.kind == wordToken && !r.lx.gr.stop[prev]
	}
	if (v.past || v.part || v.ing) && (r.determiner(prev) || r.lx.is(wordGenitive, prev) || r.lx.is(wordOf, prev)) && prev != "all" && prev != "both" && !r.lx.is(wordThose, prev) {
		return v, false
	}
	if v.base && v.past && k > 0 { // "cost", "cut", "hit" are nouns behind an adjective or noun and before a preposition
		if next := r.norm(k + 1); next == "." || next == "," || r.lx.is(nounAt, next) {
			if b := &r.tokens[k-1]; b.kind == wordToken && !b.upper && !r.pluralAt(k-1) && !r.lx.gr.stop[prev] && !r.lx.src.pronouns[prev] && !r.auxiliary(prev) && !strings.HasSuffix(prev, "ly") {
				return v, false
			}
		}
	}
	if v.ing && (r.lx.is(wordOf, prev) || r.lx.is(wordFor, prev) || r.lx.is(wordIn, prev) || r.lx.is(wordA, prev)) {
		return v, false
	}
	return v, true
}

// demonym reports an adjective of nationality by its ending.
func demonym(w string) bool {
	for _, e := range []string{"ian", "ish", "ese", "ean", "ench", "utch", "aeli", "aqi", "ani", "erman", "rican"} {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// singularNoun reports a word that may be the singular subject of a third person verb.
func (r *reader) singularNoun(k int) bool {
	w := r.norm(k)
	return len(w) > 2 && !r.pluralAt(k) && !r.lx.gr.stop[w] && !strings.HasSuffix(w, "ly")
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
	prev, next := r.norm(q.first-1), r.norm(q.last)
	starts := q.first == c.first || r.lx.is(wordThat, prev) || prev == "," || r.reports(q.first-1) || r.lx.is(wordAnd, prev) || r.timeWord(q.first-1)
	switch {
	case back < 0:
		at = fwd
	case fwd < 0:
	case r.lx.src.relative[next] || r.lx.is(wordThat, next) || next == "whom" || r.lx.src.pronouns[next] && !r.lx.is(wordYou, next) || r.lx.is(wordIts, next):
		at = fwd
	case starts && !(r.lx.is(wordAnd, prev) && fwd-q.last > 1 && !r.auxiliary(next)):
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
	if at >= 0 {
		r.setPredicate(m, q, r.chained(at, c), c)
	}
	r.action(m, q, s)
}

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

func (r *reader) auxiliary(w string) bool { return r.lx.is(auxiliaries, w) }

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
		if r.marks[k] == markUsed && r.quantityStart(k) && !r.is(wordAnd, k-1) && !r.is(wordOr, k-1) && !(!r.lx.deep && r.preposition(r.norm(k-1))) && participle < 0 && !r.ageStarts(k, q) {
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

// ageStarts reports that an age of what the figure counts starts at token k: "two men aged 34 and 41 were held".
func (r *reader) ageStarts(k int, q *quantity) bool {
	for j := q.at + 1; j < len(r.quants) && r.quants[j].first <= k; j++ {
		if p := &r.quants[j]; p.first == k && p.class == claims.UnitAge {
			return true
		}
	}
	return false
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

// clauseCloses reports that a clause ends before token k.
func (r *reader) clauseCloses(k int) bool {
	return k >= len(r.tokens) || r.tokens[k].kind == signToken || r.tokens[k].gap == paraGap || r.lx.and[r.norm(k)] || r.is(breaksClause, k)
}

// reports tells a verb of saying, which is never what was done to the counted thing.
func (r *reader) reports(k int) bool {
	if k < 0 {
		return false
	}
	lemma, ok := r.lx.src.say[r.norm(k)]
	if ok && r.lx.deep && k > 0 && r.lx.gr.verbs[r.norm(k)].part && !r.is(wordThat, k+1) && !r.is(wordTo, k+1) {
		if r.lx.gr.passive[r.norm(k-1)] {
			return false // "5,100 children were admitted"
		}
	}
	return ok && !r.lx.src.weakSay[lemma]
}

func (r *reader) timeWord(k int) bool {
	if k < 0 {
		return false
	}
	w := r.norm(k)
	if r.lx.cal.weekdays[w] > 0 || r.marks[k] == markDate || r.marks[k] == markClock {
		return true
	}
	_, day := r.lx.cal.days.has(w)
	return day
}

func (r *reader) preposition(w string) bool { return r.lx.is(prepositions, w) }

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
