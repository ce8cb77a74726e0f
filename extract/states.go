package extract

import (
	"strings"

	"tallywire/claims"
)

// befallen adds how the text words what befell those it counts, where it names no noun: "212 поранено".
func (r *reader) befallen(m *claims.Mention, q *quantity) {
	if r.lx.cases && r.lx.src.personVerbs[m.Predicate] && q.verb > 0 {
		m.Modifiers = append(m.Modifiers, r.norm(q.verb))
	}
}

// befalls reports a verb of what is done to persons, and no word for the state of others: "rescued 12 injured", but not "boat
// capsizes, 40 missing".
func (r *reader) befalls(lemma string, verb int) bool {
	return r.lx.src.personVerbs[lemma] && (verb <= 0 || r.lx.src.states[r.norm(verb)] == "")
}

// numberOf reads "кількість загиблих зросла до 47": the figure counts what stands in the genitive before the verb.
func (r *reader) numberOf(m *claims.Mention, q *quantity, s *sentence) bool {
	if len(r.lx.gr.numberOf) == 0 {
		return false
	}
	for k := q.first - 1; k >= max(s.first, q.first-12); k-- {
		if r.marks[k] == markUsed || r.norm(k) == ";" {
			return false
		}
		if !r.lx.gr.numberOf[r.norm(k)] {
			continue
		}
		for j := k + 1; j < min(k+4, q.first); j++ {
			if key := r.lx.src.states[r.norm(j)]; key != "" {
				m.Predicate, m.Head, _ = strings.Cut(key, " ")
				return true
			}
			if lemma, known := r.lx.gr.irregular[r.norm(j)]; known {
				m.Head = lemma
				return true
			}
			if r.lx.cases || r.lx.gr.stop[r.norm(j)] || r.tokens[j].kind != wordToken {
				continue
			}
			if np := r.nounPhrase(j, q.first, false); np.found() {
				m.Head, m.Modifiers = np.head, np.mods
				return true
			}
		}
		return false
	}
	return false
}

// stateBefore reads "загиблих уже 19", "пострадавших: 12", "los fallecidos son 43": a state right before a bare figure, in languages
// without cases with a form of "be" between them.
func (r *reader) stateBefore(m *claims.Mention, q *quantity, s *sentence) bool {
	if q.np.found() || r.lx.deep {
		return false
	}
	if be := r.isBefore(q.first, s); !r.lx.cases {
		if be < 0 || be == s.first {
			return false
		}
		key := r.lx.src.states[r.norm(be-1)]
		if key == "" {
			return false
		}
		m.Predicate, m.Head, _ = strings.Cut(key, " ")
		m.PredicateSpan = nil
		return true
	}
	for k := q.first - 1; k >= max(s.first, q.first-3); k-- {
		if key := r.lx.src.states[r.norm(k)]; key != "" {
			m.Predicate, m.Head, _ = strings.Cut(key, " ")
			return true
		}
		if t := &r.tokens[k]; r.marks[k] == markUsed || t.kind == signToken && t.norm != ":" && t.norm != "-" {
			return false
		}
	}
	return false
}

// isBefore is the token of a form of "be" right before a figure, one adverb apart at most; -1 where there is none.
func (r *reader) isBefore(first int, s *sentence) int {
	for k := first - 1; k >= max(s.first, first-2); k-- {
		if r.is(copulas, k) {
			return k
		}
	}
	return -1
}

// stateMods turns "displaced people" into what befell them.
func (r *reader) stateMods(m *claims.Mention, q *quantity) {
	for _, w := range q.np.mods {
		if key := r.lx.src.states[w]; key != "" && (m.Predicate == "" || r.weakVerb(m.Predicate)) {
			m.Predicate, _, _ = strings.Cut(key, " ")
		}
	}
}

// stateBehind finds a state behind an elliptical figure: "22 are missing", "640 hurt", "12 were dead".
func (r *reader) stateBehind(q *quantity, c clause) (string, int) {
	if r.norm(q.last) == "," && r.is(opensParts, q.last+1) {
		end := r.sents[q.sent].last
		for k := q.last + 2; k+1 < end && k < q.last+10; k++ { // "17, including four children, hurt"
			if r.norm(k) == "," {
				if key := r.lx.src.states[r.norm(k+1)]; key != "" {
					return key, k + 1
				}
				break
			}
		}
	}
	for k := q.last; k < c.last && k < q.last+7; k++ {
		if key := r.lx.src.states[r.norm(k)]; key != "" {
			return key, k
		}
		if r.tokens[k].kind != wordToken || r.marks[k] != markNone {
			break
		}
		if _, ok := r.verbAt(k); ok && !r.auxiliary(r.norm(k)) && !r.weakVerb(r.lx.gr.verbs[r.norm(k)].lemma) {
			break
		}
	}
	return "", 0
}

func (r *reader) headNorm(q *quantity) string {
	if q.np.headAt >= 0 && q.np.head != "" {
		return r.norm(q.np.headAt)
	}
	return ""
}

// genitiveHead reads what the figure hangs on: "the deaths of 41 people" are persons who died, "the bodies of 500
// soldiers" are bodies, "тіла 478 загиблих" too.
func (r *reader) genitiveHead(m *claims.Mention, q *quantity) bool {
	k := q.first - 1
	if r.lx.deep {
		if !r.is(wordOf, k) {
			return false
		}
		k--
	}
	if k < 0 || q.np.head == "" {
		return false
	}
	w := r.norm(k)
	if thing := r.lx.src.containers[w]; thing != "" {
		m.Modifiers = append(append([]string{}, q.np.mods...), q.np.head)
		m.Head = thing
		return true
	}
	key := r.lx.src.states[w]
	if key == "" || !r.lx.deep {
		return false
	}
	m.Predicate, _, _ = strings.Cut(key, " ")
	if m.Head == "" || m.Head == "people" {
		m.Head = "person"
	}
	return true
}
