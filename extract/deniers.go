package extract

import "tallywire/claims"

// maxDenial is the most words of a sentence that only denies the one before it.
const maxDenial = 16

// untrue reads a clause that says that what follows is not so: "It is not true that 40 died, as the union says." The denial is
// whoever's the sentence is; a speaker named behind the figure is the one contradicted.
func (r *reader) untrue(m *claims.Mention, q *quantity, s *sentence) {
	_, n := r.phraseIn(r.lx.src.untrue, s.first, q.first)
	if n == 0 && !r.notAsClaimed(q, s) {
		return
	}
	m.Modality = claims.Denied
	if v := r.voiceOf(q, r.voices[q.sent]); v == nil || v.cue > q.last && (r.lx.src.asSaid[r.norm(v.cue-1)] || r.lx.src.asSaid[r.norm(min(v.cue, v.source[0])-1)] || r.lx.src.asSaid[r.norm(v.cue)]) {
		m.Attribution = claims.Attribution{}
	}
}

// notAsClaimed reads a denial that says what it denies: "The mill has not sent 350 workers away, as has been claimed".
func (r *reader) notAsClaimed(q *quantity, s *sentence) bool {
	negated := false
	for k := s.first; k < q.first; k++ {
		negated = negated || r.lx.src.negation[r.norm(k)]
	}
	if !negated {
		return false
	}
	for k := q.last; k+1 < s.last; k++ {
		if !r.lx.src.asSaid[r.norm(k)] || r.norm(k-1) != "," {
			continue
		}
		for j := k + 1; j < min(s.last, k+6); j++ {
			if r.lx.src.say[r.norm(j)] != "" {
				return true
			}
		}
	}
	return false
}

// denied finds who denies a figure that somebody else gives: behind it in its own sentence, "three depots, which the
// administration denied", or in a short one that follows: "The company denies it."
func (r *reader) denied(m *claims.Mention, q *quantity) {
	if m.Modality == claims.Denied {
		for i := range r.voices[q.sent] {
			if v := &r.voices[q.sent][i]; v.attr.Text != "" && r.deniesBehind(v, q) {
				r.assertedDespite(m, q, v)
				return
			}
		}
	}
	if m.Modality == claims.Denied || m.Modality == claims.Planned && m.Attribution.Text == "" {
		return
	}
	for i := range r.voices[q.sent] {
		if v := &r.voices[q.sent][i]; v.attr.Text != "" && v.attr.Text != m.Attribution.Text && r.deniesBehind(v, q) {
			m.DeniedBy = &claims.Attribution{}
			*m.DeniedBy = v.attr
			return
		}
	}
	s := &r.sents[q.sent]
	for k := q.last; k < s.last; k++ {
		if r.norm(k) == ";" {
			tail := *s
			tail.first = k + 1
			m.DeniedBy = r.denierIn(&tail, nil)
			return
		}
	}
	if next := q.sent + 1; next < len(r.sents) && r.sents[next].para == s.para && !r.figureIn(q.last, s.last) {
		m.DeniedBy = r.denierIn(&r.sents[next], r.voices[next])
	}
}

// deniesBehind reports a voice that denies a figure in a clause of its own behind it.
func (r *reader) deniesBehind(v *voice, q *quantity) bool {
	from := min(v.cue, v.source[0])
	if !v.deny || from < q.last {
		return false
	}
	for k := q.last; k < from; k++ {
		if c := r.norm(k); c == "," || c == ";" || c == "-" {
			return true
		}
	}
	return false
}

// assertedDespite gives a figure to who else says it, with the voice that denies it beside.
func (r *reader) assertedDespite(m *claims.Mention, q *quantity, denier *voice) {
	var others []voice
	for _, v := range r.voices[q.sent] {
		if v.cue != denier.cue {
			others = append(others, v)
		}
	}
	v := r.voiceOf(q, others)
	if v == nil {
		return // nobody but the denier is named
	}
	deniedBy := denier.attr
	m.DeniedBy, m.Modality, m.Attribution = &deniedBy, claims.Asserted, v.attr
	if v.hedged {
		m.Modality = claims.Hedged
	}
}

// denierIn is who a short sentence without figures lets deny what was said before it; nil for nobody.
func (r *reader) denierIn(s *sentence, voices []voice) *claims.Attribution {
	if s.last-s.first > maxDenial || r.figureIn(s.first, s.last) {
		return nil
	}
	for i := range voices {
		v := &voices[i]
		if !v.deny || v.attr.Text == "" || v.source[1] == v.source[0] {
			continue
		}
		src := v.source
		if right, ok := r.sourceRight(v.cue, s); ok && !r.isSource(src) && r.isSource(right) {
			src = right // "Das bestreitet der Konzern."
		}
		a := r.attribution(src)
		return &a
	}
	for k := s.first; k < s.last; k++ {
		if key, n := r.lx.src.modality.at(r.tokens[:s.last], k); n == 0 || key != "denied" {
			continue
		}
		span := r.leadingSource(s)
		if span[1] == span[0] || span[1] > k || !r.isSource(span) || r.lx.src.pronouns[r.norm(span[0])] {
			return nil
		}
		a := r.attribution(span)
		return &a
	}
	return nil
}
