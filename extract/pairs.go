package extract

import (
	"strings"

	"tallywire/claims"
)

// paired gives two bare figures the nouns of the two counts before them, in turn: "479 drones and 20 missiles, of which 460 and 19 were
// shot down", "... 3 and 2 respectively".
func (r *reader) paired(out []claims.Mention) {
	for i := 2; i+1 < len(out); i++ {
		a, b, c, d := &r.quants[i-2], &r.quants[i-1], &r.quants[i], &r.quants[i+1]
		if a.sent != d.sent || !r.inTurn(a, b, c, d) || out[i-2].Head == "" || out[i-1].Head == "" {
			continue
		}
		out[i].Head, out[i].Modifiers = out[i-2].Head, out[i-2].Modifiers
		out[i+1].Head, out[i+1].Modifiers = out[i-1].Head, out[i-1].Modifiers
		if out[i+1].Predicate != "" {
			out[i].Predicate, out[i].PredicateSpan = out[i+1].Predicate, out[i+1].PredicateSpan
		}
		for j := i; j <= i+1; j++ {
			out[j].Measure = strings.TrimSpace(out[j].Unit.Name + " " + out[j].Predicate)
		}
	}
}

// inTurn reports two counts with nouns and, behind a relative or with a word that says so, two bare figures joined by "and".
func (r *reader) inTurn(a, b, c, d *quantity) bool {
	for _, q := range []*quantity{a, b, c, d} {
		if q.class != claims.UnitCount {
			return false
		}
	}
	if !a.np.found() || !b.np.found() || c.np.found() || d.np.found() || d.first-c.last != 1 || !r.lx.and[r.norm(c.last)] && !r.is(respectively, c.last) {
		return false
	}
	s := &r.sents[a.sent]
	for k := b.last; k < min(s.last, d.last+6); k++ {
		if r.is(respectively, k) {
			return true
		}
		if k < c.first && c.first-k <= 2 && r.is(relatives, k) {
			return true
		}
	}
	return false
}
