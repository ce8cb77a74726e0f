package extract

import "tallywire/claims"

// disclaimed marks a figure that the next sentence takes back: "The union asserts that the plant made 8 million. That is
// not correct." Who denies it is whoever speaks in that sentence: the text's own voice where it names nobody.
func (r *reader) disclaimed(m *claims.Mention, q *quantity) {
	next := q.sent + 1
	if next >= len(r.sents) || r.sents[next].para != r.sents[q.sent].para {
		return
	}
	s := &r.sents[next]
	if _, n := r.lx.src.disclaim.at(r.tokens[:s.last], s.first); n == 0 {
		return
	}
	m.Modality, m.Attribution = claims.Denied, claims.Attribution{}
}
