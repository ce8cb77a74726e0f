package extract

import "tallywire/claims"

// disclaimed marks a figure that the next sentence takes back: "The union asserts that the plant made 8 million. That is
// not correct.", or that its own sentence calls false. Who denies it is whoever speaks in that sentence: the text's own voice
// where it names nobody.
func (r *reader) disclaimed(m *claims.Mention, q *quantity, before *quantity) {
	if before != nil && before.sent == q.sent && r.contrasted(q, before) {
		m.Modality = claims.Denied
		if m.Predicate == "" {
			m.Predicate = before.predicate
		}
		return
	}
	if r.calledFalse(q) {
		m.Modality = claims.Denied
		if v := r.voiceOf(q, r.voices[q.sent]); v == nil || v.cue < q.last || v.attr.Kind != claims.OriginNamed {
			m.Attribution = claims.Attribution{} // whoever stands before the figure is the one contradicted
		}
		return
	}
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

// calledFalse reports whether a sentence only tells of its figure to call it false: "Reports that 900 will go are false."
func (r *reader) calledFalse(q *quantity) bool {
	s := &r.sents[q.sent]
	if _, n := r.lx.src.falseStart.at(r.tokens[:s.last], s.first); n == 0 {
		return false
	}
	_, n := r.phraseIn(r.lx.src.falseEnd, q.last, s.last)
	return n > 0
}

// contrasted reports whether a figure is only named to say that it is not so: the 28 of "33, not 28".
func (r *reader) contrasted(q, before *quantity) bool {
	for at := before.last; at < q.first && at < before.last+7; at++ {
		if r.norm(at) != "," && !r.is(wordAnd, at) && r.norm(at) != "-" {
			continue
		}
		if _, n := r.lx.src.contrast.at(r.tokens, at+1); n > 0 && at+1+n == q.first {
			return true
		}
	}
	return false
}
