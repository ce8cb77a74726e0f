package extract

import (
	"strings"

	"tallywire/claims"
)

// figureBefore gives "the correct figure is 1,800" the head of the count that the figure is about.
func (r *reader) figureBefore(m *claims.Mention, q *quantity, qi int) {
	if m.Head != "" || q.class != claims.UnitCount || !r.lx.deep {
		return
	}
	at := strings.LastIndexByte(m.Subject, ' ') + 1
	if !r.lx.is(figures, normWord(m.Subject[at:])) {
		return
	}
	for j := qi - 1; j >= 0 && q.sent-r.quants[j].sent <= 2; j-- {
		if p := &r.quants[j]; p.class == claims.UnitCount && p.head != "" {
			m.Head = p.head
			if m.Predicate == "" {
				m.Predicate = p.predicate
			}
			return
		}
	}
}

// counted settles the head: states ("dead" is a person who died), and what an elliptical figure counts.
func (r *reader) counted(m *claims.Mention, q *quantity, qi int, c clause, s *sentence) {
	if q.class != claims.UnitCount {
		return
	}
	head := q.np.head
	if head == "people" {
		m.Head = "person"
		r.stateMods(m, q)
	}
	if r.genitiveHead(m, q) {
		return
	}
	if key := r.lx.src.states[r.headNorm(q)]; key != "" {
		verb, thing, _ := strings.Cut(key, " ")
		m.Head = thing
		m.Modifiers = append(append([]string{}, q.np.mods...), head)
		if m.Predicate == "" || r.weakVerb(m.Predicate) || !r.befalls(m.Predicate, q.verb) {
			m.Predicate = verb
		}
		return
	}
	if r.lx.is(severities, r.headNorm(q)) && qi > 0 && r.quants[qi-1].sent == q.sent && r.quants[qi-1].head != "" {
		p := &r.quants[qi-1]
		m.Head, m.Unit.Name, m.Modifiers = p.head, "", append(append([]string{}, q.np.mods...), r.headNorm(q))
		if p.predicate != "" {
			m.Predicate, m.PredicateSpan = p.predicate, nil
		}
		return
	}
	if head != "" && !q.np.partitive && !r.lx.is(wordOther, head) && head != "others" {
		if m.Predicate == "" {
			if key, _ := r.stateBehind(q, c); key != "" {
				m.Predicate, _, _ = strings.Cut(key, " ") // "3 personnes sont portées disparues"
			}
		}
		return
	}
	if key, at := r.stateBehind(q, c); key != "" && at <= q.last+1 {
		m.Predicate, m.Head, _ = strings.Cut(key, " ") // "the toll rose to 28, with 17 still missing"
		m.PredicateSpan = &claims.Span{int(r.tokens[at].start), int(r.tokens[at].end)}
		return
	}
	if r.numberOf(m, q, s) || r.stateBefore(m, q, s) {
		return
	}
	if h := r.dashComplement(q); h != "" {
		m.Head = h
		return
	}
	if n := qi + 1; q.last == q.num.last && r.ofAt(q.last) && n < len(r.quants) && r.quants[n].sent == q.sent && r.quants[n].first-q.last <= 3 && r.quants[n].np.found() {
		m.Head = r.quants[n].np.head // "1,150 of its 3,400 jobs"
		if m.Head == "people" {
			m.Head = "person"
		}
		if whole := &r.quants[n]; int(r.tokens[whole.last-1].end) <= m.End {
			m.Unit.Name = whole.unit // the text has the noun already: "38 of 45 drones"
		}
		return
	}
	if r.norm(q.first-1) == "magnitude" {
		m.Predicate, m.PredicateSpan = "", nil
		return // "a quake of magnitude 6.4 killed"
	}
	if noun, mods, ok := r.complement(q, c, s); ok {
		m.Head, m.Modifiers = noun, mods
		if key := r.lx.src.states[noun]; key != "" {
			m.Predicate, m.Head, _ = strings.Cut(key, " ")
		}
		return
	}
	if key, at := r.stateBehind(q, c); key != "" {
		verb, thing, _ := strings.Cut(key, " ")
		m.Head = thing
		if m.Predicate == "" || r.weakVerb(m.Predicate) || at < q.last+3 || r.norm(q.last) == "," && r.is(opensParts, q.last+1) {
			m.Predicate = verb
			m.PredicateSpan = &claims.Span{int(r.tokens[at].start), int(r.tokens[at].end)}
		}
		return
	}
	if head != "" && !r.lx.is(wordOther, head) && head != "others" {
		return
	}
	if r.is(wordOf, q.num.last) && (r.is(wordUs, q.num.last+1) || r.is(wordYou, q.num.last+1)) {
		m.Head = "person"
		return
	}
	if h, verb := r.ofWhole(q, s); h != "" {
		m.Head = h
		if verb != "" {
			m.Predicate = verb
		}
		return
	}
	if r.lx.src.personVerbs[m.Predicate] && !r.thingBefore(qi) {
		m.Head = "person"
		r.befallen(m, q)
		return
	}
	if h := r.headBefore(qi); h != "" {
		m.Head = h
		r.befallen(m, q)
		if p := &r.quants[qi-1]; m.Predicate == "" && p.sent == q.sent && p.head == h && r.secondVoice(p.last, q.first) {
			m.Predicate = p.predicate // "Kyiv says 303 were freed, Moscow says 307"
		}
		return
	}
	if r.lx.src.personVerbs[m.Predicate] {
		m.Head = "person"
	}
}

// secondVoice reports a reporting verb or a noun such as "count" between two figures.
func (r *reader) secondVoice(first, last int) bool {
	for k := first; k < last; k++ {
		if r.reports(k) || r.lx.src.sayNoun[r.norm(k)] {
			return true
		}
	}
	return false
}

// dashComplement reads "270 — військові": what stands behind a dash says what a bare figure counts.
func (r *reader) dashComplement(q *quantity) string {
	if !r.lx.cases || r.norm(q.last) != "-" || r.tokens[q.last].gap == noGap {
		return ""
	}
	return r.lx.gr.irregular[r.norm(q.last+1)]
}

// weakVerb reports verbs that say only that there is such a figure.
func (r *reader) weakVerb(lemma string) bool {
	return r.lx.is(weakVerbs, lemma)
}

// complement reads "270 of those let go were soldiers": the figure counts soldiers.
func (r *reader) complement(q *quantity, c clause, s *sentence) (string, []string, bool) {
	if !r.lx.deep {
		return "", nil, false
	}
	for k := q.last; k < c.last && k < q.last+10; k++ {
		if r.is(copulas, k) {
			np := r.nounPhrase(k+1, s.last, false)
			if np.found() && r.pluralAt(np.headAt) && np.headAt-k <= 3 {
				return np.head, np.mods, true
			}
			return "", nil, false
		}
		if r.tokens[k].kind == numberToken {
			return "", nil, false
		}
	}
	return "", nil, false
}

// headBefore is the head of the nearest earlier count in this or the previous two sentences.
func (r *reader) headBefore(qi int) string {
	q := &r.quants[qi]
	reach := 0
	if r.anaphoric(q) || r.is(wordA, q.last) && r.unitFollows(q.last+1) {
		reach = 2
	}
	if reach == 0 && qi > 0 && q.verb > 0 && q.sent-r.quants[qi-1].sent <= 2 && r.quants[qi-1].verb > 0 && r.lx.gr.verbs[r.norm(q.verb)].lemma == r.lx.gr.verbs[r.norm(r.quants[qi-1].verb)].lemma {
		reach = 2 // "500 lorries came ... On Monday 93 came"
	}
	if v, ok := r.verbAt(q.last); reach == 0 && ok && v.past {
		reach = 1 // "Organisers said 150,000 came": of what the sentence before counts
	}
	for j := qi - 1; j >= 0 && q.sent-r.quants[j].sent <= reach; j-- {
		if p := &r.quants[j]; p.class == claims.UnitCount && p.head != "" {
			return p.head
		}
	}
	return ""
}

// anaphoric reports words that tie an elliptical figure to one before it: "another 22", "of them 19", "the other 120".
func (r *reader) anaphoric(q *quantity) bool {
	for k := max(0, q.first-3); k < min(len(r.tokens), q.last+3); k++ {
		if r.lx.gr.anaphora[r.norm(k)] {
			return true
		}
	}
	return false
}

// thingBefore reports that the count before this one is of things, in the same sentence.
func (r *reader) thingBefore(qi int) bool {
	h := ""
	if qi > 0 && r.quants[qi-1].sent == r.quants[qi].sent {
		h = r.quants[qi-1].head
	}
	return h != "" && !r.lx.src.person[h]
}

// startsAfter reports a capital that only opens the sentence.
func (r *reader) startsAfter(k int, s *sentence) bool {
	return k == s.first && !r.nameWord(k, s.last)
}
