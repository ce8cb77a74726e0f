package extract

import "tallywire/claims"

// markAges finds ages that no unit names: "Yaroslav, 34,", "aged 7", "the oldest 59", "a boy of twelve",
// "Сергею 27 лет". They become quantities of class age.
func (r *reader) ageOf(q *quantity, s *sentence) bool {
	if (r.norm(q.first-1) == "aged" || r.norm(q.first-1) == "ages") && q.class == claims.UnitCount && q.compare == claims.Range && !q.np.found() {
		return true // "men aged 18 to 34"
	}
	if q.class != claims.UnitCount && q.class != claims.UnitDuration || q.num.vague || q.compare != claims.Equal {
		return false
	}
	v := q.num.value
	if !v.Known() || less(claims.Int(120), v) {
		return false
	}
	i := q.num.first
	if q.class == claims.UnitCount {
		if _, _, ok := r.commaAge(i, s); ok {
			return true
		}
		if r.lx.gr.ageWords[r.norm(i-1)] && i > s.first && (!q.np.found() || r.norm(i-1) == "aged") {
			return true
		}
		if q.np.found() && (q.np.headAt >= 0 || !r.is(wordWho, q.num.last)) {
			return false
		}
		if i-2 >= s.first && r.is(wordOf, i-1) && r.personNoun(i-2) && r.clauseEnds(q.num.last, s) {
			return true
		}
		if i-2 >= s.first && r.is(wordAt, i-1) && r.clauseEnds(q.num.last, s) && r.norm(i-2) != "stood" && (r.personNoun(i-2) || r.norm(i-2) == "veteran" || r.norm(i-2) == "died" || r.norm(i-2) == "married") {
			return true
		}
	}
	if q.class == claims.UnitCount && i-2 >= s.first && r.is(wordWho, i-2) && r.clauseEnds(q.num.last, s) && (r.is(wordWas, i-1) || r.is(wordIs, i-1)) {
		return true // "a daughter, who is 9"
	}
	if q.class == claims.UnitCount && r.saysAge(q, s) {
		return true
	}
	if q.class == claims.UnitDuration && q.unit != "year" && q.unit != "month" {
		return false
	}
	if r.agedBefore(q, s) || q.class == claims.UnitCount && r.bracketAge(q, s) {
		return true
	}
	for k := s.first; k < i; k++ {
		if r.superlativeAge(r.norm(k)) && (q.class == claims.UnitDuration || i-k <= 12) {
			return true
		}
	}
	if r.is(ofAge, i-1) {
		return i > s.first
	}
	return q.class == claims.UnitDuration && i-1 == s.first && r.tokens[i-1].upper && r.lx.ends(dativeEnds, r.norm(i-1)) && r.clauseEnds(q.last, s)
}

// agedBefore reads "un homme de 34 ans", "âgés de 34 et 41 ans", "чоловік 34 років": years behind a noun for persons. A bare
// figure joined before takes the age too.
func (r *reader) agedBefore(q *quantity, s *sentence) bool {
	if q.class != claims.UnitDuration || r.lx.deep {
		return false
	}
	k := q.first - 1
	if n := len(r.quants); n > 0 {
		if b := &r.quants[n-1]; b.sent == q.sent && b.class == claims.UnitCount && b.last == q.first-1 && r.lx.and[r.norm(k)] && b.num.digits {
			if !r.agedAt(b.first-1, s) {
				return false
			}
			b.class, b.unit, b.rule, b.np = claims.UnitAge, "year of age", "age/1", nounPhrase{headAt: -1}
			return true
		}
	}
	return r.agedAt(k, s)
}

// agedAt reports a word for persons, or one for their age, that ends at k, over a preposition.
func (r *reader) agedAt(k int, s *sentence) bool {
	if k > s.first && r.lx.of[r.norm(k)] {
		k--
	}
	return k >= s.first && (r.lx.gr.ageWords[r.norm(k)] || r.is(young, k))
}

// bracketAge reads "Zwei Männer (34 und 41)" and "Olena Koval (34)": an age in brackets behind a person.
func (r *reader) bracketAge(q *quantity, s *sentence) bool {
	i := q.num.first
	if !q.num.digits || less(q.num.value, claims.Int(5)) || less(claims.Int(110), q.num.value) || q.last != q.num.last {
		return false
	}
	open := i - 1
	for open > s.first && open > i-6 && (r.tokens[open].kind == numberToken || r.lx.and[r.norm(open)] || r.norm(open) == ",") {
		open--
	}
	if open <= s.first || r.norm(open) != "(" || r.norm(q.last) != ")" && !r.lx.and[r.norm(q.last)] && r.norm(q.last) != "," {
		return false
	}
	return r.personNoun(open-1) || open-2 >= s.first && r.tokens[open-1].upper && r.tokens[open-2].upper && r.tokens[open-1].gap == blankGap && len(r.norm(i)) == 2
}

// saysAge reads "the average age of the crew is 43" and "life expectancy is around 73".
func (r *reader) saysAge(q *quantity, s *sentence) bool {
	if !r.lx.deep {
		return false
	}
	for k := q.first - 1; k >= max(s.first, q.first-8); k-- {
		switch w := r.norm(k); {
		case w == "age" || w == "expectancy":
			return k > s.first && (w == "expectancy" || r.norm(k-1) == "average" || r.norm(k-1) == "median" || r.norm(k-1) == "mean")
		case r.tokens[k].kind != wordToken || r.marks[k] == markUsed:
			return false
		}
	}
	return false
}

func (r *reader) superlativeAge(w string) bool {
	return r.lx.is(ageSuperlatives, w) || r.lx.starts(ageStems, w)
}

func (r *reader) personNoun(k int) bool {
	w := r.norm(k)
	return r.lx.src.person[w] || r.lx.is(young, w)
}

// ageOfBefore reads "the age of 82" and "younger than 5 years" as ages, the noun with them.
func (r *reader) ageOfBefore(q *quantity, low int) {
	i := q.first
	if i-2 < low || !r.is(wordOf, i-1) || r.norm(i-2) != "age" && r.norm(i-2) != "ages" || q.class != claims.UnitCount && q.class != claims.UnitDuration {
		return
	}
	if q.class == claims.UnitCount && q.np.found() {
		return
	}
	if q.class == claims.UnitDuration {
		q.unit += " of age"
	} else {
		q.unit = "year of age"
	}
	q.class, q.rule, q.first = claims.UnitAge, "age/1", i-2
	if i-3 >= low && r.is(wordThe, i-3) {
		if _, n := r.lx.before.before(r.tokens, low, i-3); n > 0 {
			q.first = i - 3 // so that "under" is seen
		}
	}
}
