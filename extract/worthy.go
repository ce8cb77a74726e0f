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
		return r.paid(q, s)
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
		return false
	}
	if r.furniture(q, s) {
		return false
	}
	if q.class == claims.UnitCount && m.Head == "" && m.Predicate == "" && m.Subject == "" && m.Unit.Name == "" && !q.perSide && m.Attribution.Text == "" {
		return r.says(s)
	}
	return true
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
