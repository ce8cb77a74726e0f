package extract

import "tallywire/claims"

// doubts carries a doubt back: "Those claims were not confirmed." makes the figures of the sentence before it
// unsure, where it has none of its own and stands in the same paragraph.
func (r *reader) doubts(out []claims.Mention) {
	for si := 1; si < len(r.sents); si++ {
		s := &r.sents[si]
		if r.dates[si] != nil || r.sents[si-1].para != s.para || s.first >= s.last || !r.lx.src.back[r.tokens[s.first].norm] || !r.unsureIn(s) {
			continue
		}
		for i := range r.quants {
			if r.quants[i].sent == si-1 {
				out[i].Unsure = true
			}
		}
	}
}

func (r *reader) unsureIn(s *sentence) bool {
	for k := s.first; k < s.last; k++ {
		if _, n := r.lx.src.unsure.at(r.tokens[:s.last], k); n > 0 {
			return true
		}
	}
	return false
}

// rivals marks figures of one kind that a sentence, or two in a row, give from different sources: "the ministry says 78,
// the agency 112".
func rivals(out []claims.Mention, quants []quantity) {
	for i := 1; i < len(out); i++ {
		a, b := &out[i-1], &out[i]
		said := a.Attribution.Kind == claims.OriginNamed && b.Attribution.Kind == claims.OriginNamed && a.Attribution.Text != b.Attribution.Text && b.Head == "" && b.Predicate == ""
		if (quants[i].gapped || said) && quants[i-1].sent == quants[i].sent && b.Unit.Class == claims.UnitCount && a.Unit.Class == claims.UnitCount && quants[i].np.head == "" {
			b.Head, b.Predicate, b.Modality, b.Basis, b.Date, b.Dated = a.Head, a.Predicate, a.Modality, a.Basis, a.Date, a.Dated // the rest of the clause goes for both
		}
		if quants[i].sent-quants[i-1].sent > 1 || a.Attribution.Kind != claims.OriginNamed || b.Attribution.Kind != claims.OriginNamed || a.Attribution.Text == b.Attribution.Text {
			continue
		}
		if a.Unit.Class != b.Unit.Class || a.Head != b.Head || a.Unit.Class != claims.UnitCount && a.Unit != b.Unit || a.Value.Equal(b.Value) {
			continue
		}
		if a.Predicate != "" && b.Predicate != "" && a.Predicate != b.Predicate || a.Unit.Class != claims.UnitCount && a.Subject != b.Subject {
			continue
		}
		a.Rivals, b.Rivals = true, true
	}
}
