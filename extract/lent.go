package extract

import "tallywire/claims"

// lendUnit gives a bare figure of millions the currency of the one that it is a part of: "48.7 billion crowns, of which 6.2 billion
// go to defence".
func (r *reader) lendUnit(q *quantity, qi int) {
	if qi == 0 || q.class != claims.UnitCount || q.unit != "" || q.np.found() || !q.num.scale {
		return
	}
	p := &r.quants[qi-1]
	if p.sent != q.sent || p.class != claims.UnitCurrency || !p.num.scale {
		return
	}
	for k := p.last; k < q.first; k++ {
		if key, n := r.lx.src.scope.at(r.tokens[:q.first], k); n > 0 && key == "part" || r.is(opensParts, k) {
			q.class, q.unit = p.class, p.unit
			return
		}
	}
}
