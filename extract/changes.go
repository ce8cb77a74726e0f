package extract

import "tallywire/claims"

// change tells a movement from a level: "rose by 12", "up 3 per cent", "+0.2%", "3 points lower".
func (r *reader) change(q *quantity, low int, s *sentence) string {
	if q.class == claims.UnitAge {
		return ""
	}
	if q.compare == claims.Range && r.is(wordFrom, q.first) {
		return "" // two levels
	}
	if q.class == claims.UnitPercent && r.lx.deep {
		switch next, than := r.norm(q.last), r.norm(q.last+1); {
		case !r.lx.is(wordThan, than) && !r.lx.is(wordOn, than) && !r.lx.is(wordFrom, than):
		case r.lx.is(wordMore, next) || next == "higher" || r.lx.is(wordUp, next):
			return "up"
		case next == "less" || next == "fewer" || next == "lower" || r.lx.is(wordDown, next):
			return "down"
		}
	}
	k := q.first - 1
	if k >= low && r.norm(k) == "+" && r.tokens[k+1].gap == noGap {
		return "up"
	}
	by, article := false, false
	for k >= low {
		w := r.norm(k)
		article = article || r.lx.is(wordA, w)
		if r.lx.is(byHowMuch, w) {
			by = true
			k--
			continue
		}
		if r.lx.is(intensifiers, w) || r.lx.adverb(w) {
			k--
			continue
		}
		break
	}
	if k >= low {
		if c := r.movement(k, q, by); c != "" && !(article && r.lx.is(sumVerbs, r.lx.gr.verbs[r.norm(k)].lemma)) {
			return c
		}
	}
	if by {
		for j := k; j >= max(low, k-7); j-- {
			if c := r.movement(j, q, true); c != "" {
				return c
			}
			if r.tokens[j].kind == signToken && r.norm(j) != "-" {
				break
			}
		}
	}
	return ""
}

// movement reads the word at k: a verb or adverb of movement.
func (r *reader) movement(k int, q *quantity, by bool) string {
	w := r.norm(k)
	switch {
	case r.lx.is(upwards, w):
		return r.upDown(k, q, "up")
	case r.lx.is(downwards, w):
		return r.upDown(k, q, "down")
	}
	v, ok := r.lx.gr.verbs[w]
	if !ok {
		return ""
	}
	measured := q.class != claims.UnitCount || !q.np.found() || q.np.head == "point" || q.np.head == "seat" || q.np.head == "vote" || by
	switch {
	case r.lx.gr.up[v.lemma] && measured:
		if r.lx.is(sumVerbs, v.lemma) && !by && q.class == claims.UnitCurrency {
			return "" // raised $5m: a sum, no movement
		}
		return "up"
	case r.lx.gr.down[v.lemma] && measured:
		if r.lx.is(sumVerbs, v.lemma) && !by && q.class == claims.UnitCurrency {
			return ""
		}
		return "down"
	}
	return ""
}

// upDown guards "up" and "down" as particles and bounds: "up to 40", "set up 3 tents", "brought down 95 drones".
func (r *reader) upDown(k int, q *quantity, way string) string {
	if r.is(wordTo, k+1) {
		return ""
	}
	if k > 0 {
		if v, ok := r.lx.gr.verbs[r.norm(k-1)]; ok && r.lx.gr.particles[v.lemma][r.norm(k)] {
			return ""
		}
	}
	if q.class == claims.UnitCount && q.np.found() && q.np.head != "point" && q.np.head != "seat" && !r.auxiliary(r.norm(k-1)) && r.norm(k-1) != "," {
		return ""
	}
	return way
}

// movesTo reports verbs behind which "from A to B" says what was and what is: "was corrected from 7,000 to 9,000".
func (r *reader) movesTo(lemma string) bool {
	return r.lx.is(levelVerbs, lemma) || r.lx.gr.up[lemma] || r.lx.gr.down[lemma]
}
