package extract

import (
	"strings"
	"time"

	"tallywire/claims"
)

// describe fills in what the sentence says about a quantity besides its size and unit.
func (r *reader) describe(m *claims.Mention, q *quantity, qi int) {
	s := &r.sents[q.sent]
	day := r.dayOf(s)
	c := r.clauseOf(q, s)
	r.predicate(m, q, c, s)
	if q.rule == "magnitude/1" {
		m.Predicate, m.PredicateSpan = "", nil // "a quake of magnitude 6.4 killed"
	}
	r.listed(m, q, s)
	r.partOf(m, q)
	r.counted(m, q, qi, c, s)
	r.partKind(m, q, s)
	r.readLabel(m, q, s)
	if _, n := r.lx.src.instead.before(r.tokens, s.first, q.first); n > 0 && q.compare == claims.Equal {
		m.Negated = true // "4,000 workers, not 2,500"
	}
	r.subject(m, q, c, s)
	r.figureBefore(m, q, qi)
	r.modality(m, q, c, s)
	r.scope(m, q, c, s)
	if p := max(qi-1, 0); m.Predicate == "" && m.Scope == claims.ScopePart && p < qi && q.np.head == "" && r.anaphoric(q) && q.sent-r.quants[p].sent <= 1 {
		m.Predicate = r.quants[p].predicate // "63 died. Of them, 19 were children."
	}
	r.date(m, q, s, day)
	r.basis(m, q, c, s)
	r.agent(m, q, c, s)
	f := r.factsOf(q.sent)
	m.Names = append([]string(nil), f.names...)
	m.Parties = append([]string{}, f.parties...)
	m.Place = r.place(q, s)
	if v := r.gappedVoice(q, s); v != nil {
		m.Attribution, q.gapped = *v, true
	} else if v := r.voiceOf(q, r.voices[q.sent]); v != nil {
		m.Attribution = v.attr
		if v.deny {
			m.Modality = claims.Denied
		} else if v.act && m.Modality == claims.Asserted {
			m.Modality = claims.Planned
		} else if v.hedged && m.Modality == claims.Asserted {
			m.Modality = claims.Hedged
		}
	}
	var before *quantity
	if qi > 0 {
		before = &r.quants[qi-1]
	}
	r.disclaimed(m, q, before)
	r.untrue(m, q, s)
	r.denied(m, q)
	if q.zero != nil {
		r.settleZero(m, q)
	}
	m.Unsure = f.unsure
	m.Measure = strings.TrimSpace(m.Unit.Name + " " + m.Predicate)
	m.Concept = r.concept(q, c, s)
	m.Checkworthy = r.worthy(m, q, s)
}

// facts is what a sentence says whatever its figures: worked out once, however many they are.
type facts struct {
	names, parties []string
	unsure         bool
}

func (r *reader) factsOf(si int) *facts {
	if r.facts[si] == nil {
		s := &r.sents[si]
		r.facts[si] = &facts{r.properNames(s.first, s.last), r.partiesIn(s), r.unsureIn(s)}
	}
	return r.facts[si]
}

// dayOf is the day that relative dates of a sentence count from: the block's own time, else publication.
func (r *reader) dayOf(s *sentence) time.Time {
	if s.para < len(r.blocks) && !r.blocks[s.para].Time.IsZero() {
		return r.blocks[s.para].Time
	}
	return r.published
}

// sentAt is the sentence that holds token k.
func (r *reader) sentAt(k int) int {
	low, high := 0, len(r.sents)-1
	for low < high {
		mid := (low + high) / 2
		if r.sents[mid].last > k {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}
