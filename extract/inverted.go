package extract

// inverted finds the subject behind a verb that follows a comma or quotation mark: `..., said the mayor.`
func (r *reader) inverted(k int, s *sentence) ([2]int, bool) {
	if k <= s.first {
		return [2]int{}, false
	}
	if c := r.norm(k - 1); c != "," && c != "\"" && c != "-" {
		return [2]int{}, false
	}
	src, ok := r.sourceRight(k, s)
	if !ok {
		return src, false
	}
	if !r.lx.deep && r.lx.code != "de" {
		return src, true
	}
	if src[1] >= s.last {
		return src, true
	}
	switch t := &r.tokens[src[1]]; {
	case t.kind == signToken:
		return src, true
	default:
		return src, r.lx.src.tail[t.norm] || r.lx.src.relative[t.norm] || r.norm(k-1) == "\""
	}
}

// sourceRight finds an inverted subject: `said the mayor`, "сообщило Министерство обороны".
func (r *reader) sourceRight(k int, s *sentence) ([2]int, bool) {
	first := k + 1
	if first >= s.last {
		return [2]int{}, false
	}
	if r.lx.deep && k > s.first {
		if c := r.norm(k - 1); c != "," && c != "\"" && c != "'" && c != "?" && c != "!" {
			return [2]int{}, false
		}
	}
	if r.lx.deep && k == s.first && (r.lx.gr.verbs[r.norm(k)].ing || r.preposition(r.norm(first))) {
		return [2]int{}, false // "Counting at the bridge, we saw"
	}
	first = r.overTimes(first, s)
	if r.lx.src.that[r.norm(first)] || r.tokens[first].kind != wordToken {
		return [2]int{}, false
	}
	last := r.sourceEnd(first, s)
	if last == first || !r.nominal(first, last) {
		return [2]int{}, false
	}
	if !r.lx.deep && r.lx.src.pronouns[r.norm(first)] {
		last = first + 1
	}
	return [2]int{first, last}, true
}

// overTimes passes over the day between a reporting verb and its subject: "a annoncé lundi le ministère", "informó el lunes el
// Ministerio", "teilte am Montag die Polizei mit".
func (r *reader) overTimes(k int, s *sentence) int {
	if r.lx.deep {
		return k
	}
	for k+1 < s.last {
		switch {
		case r.lx.cal.weekdays[r.norm(k)] > 0, r.lx.cal.dayParts[r.norm(k)], r.lx.is(insideVerb, r.norm(k)) && r.lx.verbSecond:
			k++
			continue
		case (r.lx.cal.on[r.norm(k)] || r.determiner(r.norm(k))) && r.lx.cal.weekdays[r.norm(k+1)] > 0:
			k += 2
			continue
		}
		_, n := r.lx.cal.days.at(r.tokens[:s.last], k)
		if n == 0 {
			return k
		}
		k += n
	}
	return k
}

// tailOnly reports that behind a reporting verb only time and place follow, so that what it reports stands before.
func (r *reader) tailOnly(k int, s *sentence) bool {
	if k >= s.last {
		return true
	}
	t := &r.tokens[k]
	if t.kind == signToken && t.norm != "\"" && t.norm != "'" && t.norm != "(" && t.norm != ":" && t.norm != "-" && t.norm != "$" && t.norm != "," {
		return true
	}
	if t.norm == "," {
		return !r.hasQuote(k, s)
	}
	if t.kind == wordToken && r.lx.src.tail[t.norm] {
		// "said on Friday that ..." reports what follows
		for j := k; j < s.last; j++ {
			if r.norm(j) == "\"" {
				return false
			}
			if r.lx.src.that[r.norm(j)] {
				return j > k && r.lx.deep && !r.lx.is(wordOn, t.norm) && r.lx.cal.weekdays[t.norm] == 0 && !r.timeWord(j-1) && r.tokens[j-1].kind == wordToken
			}
			if r.norm(j) == "," {
				return true
			}
			if v, ok := r.lx.gr.verbs[r.norm(j)]; ok && v.past && !v.part {
				return false
			}
		}
		return true
	}
	return false
}

func (r *reader) hasQuote(k int, s *sentence) bool {
	for j := k; j < s.last; j++ {
		if r.norm(j) == "\"" {
			return true
		}
	}
	return false
}

func (r *reader) commaBefore(k int) bool {
	w := r.norm(k - 1)
	return w == "," || w == "\"" || w == "'"
}

func (r *reader) quoteResumes(k int, s *sentence) bool {
	return r.hasQuote(k, s) && r.commaBefore(k+1) || r.norm(k) == ":"
}

func (r *reader) thatFollows(k int, s *sentence) bool {
	for j := k; j < s.last && j < k+3; j++ {
		if r.lx.src.that[r.norm(j)] {
			return true
		}
	}
	return false
}
