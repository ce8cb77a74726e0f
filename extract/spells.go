package extract

// lasts reports a stretch of time that is news itself: how long something lasted, or for how long a truce or mourning was
// agreed or ordered. The verb may have been read as part of the figure: "is to last 60 days", but not "in the last 60 days".
// How long a meeting or a match was is none.
func (r *reader) lasts(q *quantity, s *sentence) bool {
	for k := s.first; k < q.first; k++ {
		if r.is(sittings, k) {
			return false
		}
	}
	verb := q.first - 1
	if q.first < q.num.first && r.is(lasting, q.first) {
		verb = q.first
	}
	if verb >= s.first && r.is(lasting, verb) && !(verb > s.first && (r.determiner(r.norm(verb-1)) || r.is(articles, verb-1))) {
		return true
	}
	if q.last < s.last && r.is(lasting, q.last) {
		return true // "soll 60 Tage dauern"
	}
	for k := max(s.first, q.first-2); k < min(s.last, q.last+2); k++ {
		if r.is(spells, k) {
			return true
		}
	}
	return false
}
