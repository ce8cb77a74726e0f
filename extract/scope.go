package extract

import "tallywire/claims"

// scope reads what the figure covers from the clause around it.
func (r *reader) scope(m *claims.Mention, q *quantity, c clause, s *sentence) {
	if q.each || q.perSide {
		m.Scope = claims.ScopePerSide
		return
	}
	best, dist := "", 12
	for k := c.first; k < c.last; k++ {
		if !r.tokens[k].word.scope {
			continue
		}
		key, n := r.lx.src.scope.at(r.tokens[:s.last], k)
		if n == 0 {
			continue
		}
		d := 0
		if k < q.first {
			d = q.first - k - n
		} else if k >= q.last {
			d = k - q.last
		}
		if key == "daily" && (k >= q.last+2 || k+n < q.first-2) {
			continue
		}
		if key == "total" && d > 4 || key == "part" && (k >= q.last+6 || k >= q.last && (r.is(opensParts, k) || r.partFollows(k+n, q) || r.nextBefore(k, q))) {
			continue
		}
		if d < dist {
			best, dist = key, d
		}
	}
	if best == "" && r.lx.deep && q.class == claims.UnitCount {
		for k := max(c.first, q.first-8); k < min(c.last, q.last+8); k++ {
			if r.is(wordEach, k) && len(r.factsOf(q.sent).parties) >= 2 {
				best = "per_side"
			}
		}
	}
	_, part := r.lx.src.ofThe.at(r.tokens[:s.last], q.num.last)
	if best == "" && (part > 0 && !q.num.scale && !q.vague || q.np.partitive || r.ofAt(q.num.last) && q.last == q.num.last && !q.vague || r.is(wordOf, q.num.last) && !q.vague) && q.class == claims.UnitCount {
		best = "part"
	}
	if best == "" && q.listed {
		best = "part"
	}
	m.Scope = claims.Scope(best)
}

// partFollows reports that the words for a part which end at k belong to the next figure: "8 людей, серед них троє дітей".
func (r *reader) partFollows(k int, q *quantity) bool {
	next := q.at + 1
	return next < len(r.quants) && r.quants[next].sent == q.sent && r.quants[next].first >= k && r.quants[next].first-k <= 2
}

// nextBefore reports that the next figure of the sentence stands before token k, so that words for a part behind it are said
// of that one: "thirty hostages, eleven of them women".
func (r *reader) nextBefore(k int, q *quantity) bool {
	next := q.at + 1
	return next < len(r.quants) && r.quants[next].sent == q.sent && r.quants[next].first < k
}
