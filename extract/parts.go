package extract

import (
	"strings"

	"tallywire/claims"
)

// ofAt reports a word between a part and its whole: "1,150 of its 3,400 jobs", "38 із 45 дронів".
func (r *reader) ofAt(k int) bool {
	return r.is(wordOf, k) || r.lx.of[r.norm(k)] || r.is(looseRatio, k) && !r.lx.deep
}

// ofWhole reads the whole that a sentence names before an elliptical part: "Of those who were missing, 8 ...".
func (r *reader) ofWhole(q *quantity, s *sentence) (head, verb string) {
	if w := r.norm(s.first); !r.lx.deep || !r.lx.is(wordOf, w) && w != "among" || q.first-s.first < 3 || q.first-s.first > 10 {
		return "", ""
	}
	k := s.first + 1
	for k < q.first && r.determiner(r.norm(k)) {
		k++
	}
	np := r.nounEnglish(k, q.first, false)
	if !np.found() {
		return "", ""
	}
	if head = np.head; head == "people" {
		head = "person"
	}
	for j := s.first; j < q.first; j++ {
		if key := r.lx.src.states[r.norm(j)]; key != "" {
			verb, _, _ = strings.Cut(key, " ")
		}
	}
	return head, verb
}

// partOf gives a part behind "including" what befell its whole: "killed 8, including 3 children, and left 25 homeless".
func (r *reader) partOf(m *claims.Mention, q *quantity) {
	key, _ := r.lx.src.scope.before(r.tokens, 0, q.first)
	if q.at == 0 || !r.is(opensParts, q.first-1) && key != "part" || q.verb > 0 && q.verb == q.last {
		return
	}
	p := &r.quants[q.at-1]
	if p.sent == q.sent && q.first-p.last <= 5 && p.class == claims.UnitCount && p.predicate != "" {
		m.Predicate, m.PredicateSpan = p.predicate, nil
	}
}

// listed gives the members of a list behind a colon the predicate of what stands before it: "112 came home: 94
// soldiers and 18 civilians".
func (r *reader) listed(m *claims.Mention, q *quantity, s *sentence) {
	if m.Predicate != "" || q.at == 0 || q.class != claims.UnitCount {
		return
	}
	p := &r.quants[q.at-1]
	if p.sent != q.sent || p.class != claims.UnitCount || p.predicate == "" {
		return
	}
	colon := r.hasSign(":", p.last, q.first) || p.listed && q.first-p.last <= 3
	if !colon {
		return
	}
	m.Predicate, q.listed = p.predicate, true
	if m.Scope == claims.ScopeNone {
		m.Scope = claims.ScopePart
	}
}
