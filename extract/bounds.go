package extract

import "tallywire/claims"

// boundsBefore takes the words that bound the figure into the phrase, the nearest first.
func (r *reader) boundsBefore(q *quantity, low int) {
	if q.num.fraction && q.first == q.num.first && q.first-1 > low && r.determiner(r.norm(q.first-1)) {
		if key, n := r.lx.before.before(r.tokens, low, q.first-1); n > 0 && key != "-" && key != "=" && r.marks[q.first-1-n] == markNone {
			q.bound, q.first = r.textOf(q.first-1-n, q.first-1), q.first-1-n // "mehr als die Hälfte"
			r.applyBound(q, key)
		}
	}
	for range 4 {
		if q.first-1 < low || r.tokens[q.first].gap == paraGap {
			return
		}
		key, n := r.lx.before.before(r.tokens, low, q.first)
		if n == 0 || !r.boundFits(q, q.first-n, n) {
			return
		}
		start := q.first - n
		if r.marks[start] != markNone || key == "-" {
			return
		}
		q.first = start
		q.bound = r.textOf(start, start+n)
		r.applyBound(q, key)
	}
}

// boundFits refuses bound words in another sense: "some" and "like" are hedges, "over", "by", "past" may not be.
func (r *reader) boundFits(q *quantity, i, n int) bool {
	if n > 1 {
		return true
	}
	if r.is(upTo, i) && i > 0 {
		reach := 3
		if w := r.norm(i - 1); w == "-" || w == "," || r.marks[i-1] == markUsed {
			reach = 8 // "зріс на 12 копійок — до 41,87", "subió 3 dólares, hasta 82,40"
		}
		for k := i - 1; k >= max(0, i-reach); k-- {
			if v, ok := r.lx.gr.verbs[r.norm(k)]; ok && (r.lx.gr.up[v.lemma] || r.lx.gr.down[v.lemma]) {
				return false // "упала до минус 31 градуса"
			}
		}
	}
	switch {
	case r.is(boundParticles, i):
		if i > 0 {
			if v, ok := r.lx.gr.verbs[r.norm(i-1)]; ok && r.lx.gr.particles[v.lemma][r.norm(i)] {
				return false
			}
		}
		if r.norm(i) == "past" {
			return q.class == claims.UnitDuration
		}
		if q.class == claims.UnitDuration && r.is(wordOver, i) {
			return r.overBounds(i)
		}
		return true
	case r.is(noBounds, i):
		return false
	case r.norm(i) == "c":
		return r.tokens[i].gap == blankGap
	}
	return true
}

// overBounds tells "for over two years" (more than) from "over two years" (in the course of).
func (r *reader) overBounds(i int) bool {
	prev := r.norm(i - 1)
	return r.lx.is(overLead, prev) || r.auxiliary(prev)
}

// applyBound narrows the interval by a bound of the language data.
func (r *reader) applyBound(q *quantity, key string) {
	v := q.num.value
	switch key {
	case "~", "~<":
		q.approx = true
		return
	case "=":
		return
	}
	if q.compare != claims.Equal {
		return
	}
	switch key {
	case ">=", ">":
		q.compare = claims.Comparator(key)
		if q.vague {
			q.value = claims.Value{Low: q.num.low}
			return
		}
		q.value = claims.Value{Low: v, Best: v}
	case "<=", "<":
		q.compare = claims.Comparator(key)
		if q.vague {
			q.value = claims.Value{High: q.num.high}
			return
		}
		q.value = claims.Value{Best: v, High: v}
	}
}

// boundsAfter reads "or more", "at least", "apiece" behind the phrase.
func (r *reader) boundsAfter(q *quantity, s *sentence) {
	for range 2 {
		key, n := r.lx.after.at(r.tokens[:s.last], q.last)
		if n == 0 || r.tokens[q.last].gap == paraGap || r.norm(q.last) == "+" && r.norm(q.last+1) == "+" {
			return // "+++ 29 verletzt +++"
		}
		if w := r.norm(q.last); (w == "+" || r.lx.is(boundsNext, w)) && q.last+n < s.last && r.tokens[q.last+n].kind == numberToken {
			return
		}
		if after := r.norm(q.last + n); q.last+n < s.last && r.lx.is(comparison, after) {
			return // "plus de 7 et moins de 12"
		}
		if _, bn := r.lx.before.at(r.tokens[:s.last], q.last+n-1); n > 1 && bn > 1 {
			return // "7 et plus petit que 12"
		}
		if q.last+n < s.last && r.lx.and[r.norm(q.last)] && (r.tokens[q.last+n].kind == numberToken || r.lx.numberWord(r.norm(q.last+n)) || r.lx.article[r.norm(q.last+n)]) {
			return
		}
		q.last += n
		r.applyBound(q, key)
	}
}
