package extract

import "tallywire/claims"

// extent is the whole phrase that a mention shows: the figure with its bounds and noun, the verb of movement right
// before it ("rose 72 cents"), and what belongs to it behind ("33 years after", "240,000 of them", "a 30-minute speech").
func (r *reader) extent(q *quantity, s *sentence) (int, int) {
	first, last := q.first, q.last
	if !r.lx.deep {
		return first, last
	}
	return r.extentBefore(q, first, s), r.extentBehind(q, last, s)
}

func (r *reader) extentBefore(q *quantity, first int, s *sentence) int {
	k := first - 1
	if k < s.first || r.marks[k] != markNone {
		return first
	}
	w := r.norm(k)
	if w == "every" && q.class == claims.UnitDuration || w == "all" && q.class == claims.UnitCount {
		return k
	}
	if q.class == claims.UnitAge && w == "aged" {
		return k
	}
	if q.change != "" && (q.class == claims.UnitPercent || q.class == claims.UnitCurrency) {
		if r.lx.is(wordBy, w) && k-1 >= s.first {
			k--
		}
		if v, ok := r.lx.gr.verbs[r.norm(k)]; ok && (r.lx.gr.up[v.lemma] || r.lx.gr.down[v.lemma]) && !v.ing {
			return k
		}
	}
	return first
}

func (r *reader) extentBehind(q *quantity, last int, s *sentence) int {
	if last >= s.last || r.tokens[last].gap == paraGap {
		return last
	}
	w := r.norm(last)
	if q.class != claims.UnitCount && !q.np.found() && r.lx.gr.behind[w] && q.last > q.num.last {
		return last + 1
	}
	// "3,000 pregnancies a year", "five times a week"
	if r.lx.per[w] && q.np.found() && q.class == claims.UnitCount && r.unitFollows(last+1) {
		return last + 2
	}
	if n := q.at + 1; r.lx.is(wordOf, w) && !q.np.found() && (q.class == claims.UnitCount || q.class == claims.UnitRatio) && n < len(r.quants) && r.quants[n].sent == q.sent && r.quants[n].first-last <= 2 && r.quants[n].np.found() && (r.quants[n].first == last+1 || r.partitiveAt(last+1) || r.lx.gr.possessive[r.norm(last+1)]) {
		return r.quants[n].last // "11 of the 12 states"
	}
	if r.lx.is(wordOf, w) && !q.np.found() && q.class == claims.UnitCount {
		if r.is(wholes, last+1) {
			return last + 2
		}
		if q.num.fraction || r.partitiveAt(last+1) {
			np := r.partitiveNoun(last+1, s)
			if np.found() {
				return np.last
			}
		}
	}
	if r.glued(q) {
		np := r.nounEnglish(last, s.last, true)
		if np.found() && np.last-last == 1 && !r.isVerbForm(last) {
			return np.last
		}
	}
	return last
}

// partitiveAt reports a determiner behind "of".
func (r *reader) partitiveAt(k int) bool {
	return r.lx.gr.partitive[r.norm(k)] || r.determiner(r.norm(k))
}

// partitiveNoun is the noun phrase behind "of the": "two-thirds of the vote", "twenty-five of the dead".
func (r *reader) partitiveNoun(k int, s *sentence) nounPhrase {
	for k < s.last && r.partitiveAt(k) {
		k++
	}
	return r.nounEnglish(k, s.last, false)
}

// glued reports a measure that stands before its noun like an adjective: "30-minute", "$1.5 million".
func (r *reader) glued(q *quantity) bool {
	switch q.class {
	case claims.UnitCount, claims.UnitAge, claims.UnitRatio:
		return false
	case claims.UnitCurrency:
		return q.num.scale && q.last == q.num.last
	}
	return q.num.last < q.last && r.norm(q.num.last) == "-"
}

func (r *reader) isVerbForm(k int) bool {
	v, ok := r.lx.gr.verbs[r.norm(k)]
	return ok && (v.past || v.ing) && !r.lx.gr.modifiers[r.norm(k)]
}
