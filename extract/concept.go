package extract

// concept lists the words that say what the figure is about besides its unit: the subject of its clause, or the
// noun phrase it is tied to by a preposition.
func (r *reader) concept(q *quantity, c clause, s *sentence) []string {
	out := []string{}
	if r.lx.code != "en" {
		return out
	}
	if first, last := r.tiedBehind(q, s); first < last {
		return r.contentWords(first, last)
	}
	first, last := r.clauseSubject(q, c)
	if first < last {
		return r.contentWords(first, last)
	}
	return out
}

// tiedBehind is the noun phrase behind "of", "in", "for" or right behind the figure: "6% of the company", "a 6kW motor".
func (r *reader) tiedBehind(q *quantity, s *sentence) (int, int) {
	k := q.last
	if k >= s.last {
		return 0, 0
	}
	switch r.norm(k) {
	case "of", "in", "for":
		k++
		for k < s.last && (r.determiner(r.norm(k)) || r.norm(k) == "'s") {
			k++
		}
	default:
		if q.np.found() || r.lx.gr.stop[r.norm(k)] {
			return 0, 0
		}
	}
	first := k
	for k < s.last && k < first+6 && r.tokens[k].kind == wordToken && !r.lx.gr.stop[r.norm(k)] && r.marks[k] == markNone {
		if v, ok := r.lx.gr.verbs[r.norm(k)]; ok && !v.base && k > first {
			break
		}
		k++
	}
	return first, k
}

// clauseSubject is the subject of the verb that governs the figure.
func (r *reader) clauseSubject(q *quantity, c clause) (int, int) {
	verb := -1
	for k := q.first - 1; k >= c.first; k-- {
		if _, ok := r.verbAt(k); ok || r.auxiliary(r.norm(k)) {
			verb = k
		} else if verb >= 0 && verb-k > 1 {
			break
		}
	}
	last := verb
	if last < 0 {
		return 0, 0
	}
	first := last
	for first > c.first && last-first < 10 {
		t := &r.tokens[first-1]
		if t.norm == "," || t.norm == ";" || r.marks[first-1] == markUsed || t.norm == "that" || t.norm == "and" && last-first > 0 && r.verbFollows(c.first, first-1) {
			break
		}
		first--
	}
	return first, last
}

// contentWords are the words of a span without those of grammar, as written.
func (r *reader) contentWords(first, last int) []string {
	out := []string{}
	for k := first; k < last; k++ {
		t := &r.tokens[k]
		if t.kind == wordToken && !r.lx.gr.stop[t.norm] && len(out) < 8 {
			out = append(out, t.text)
		}
	}
	return out
}
