package extract

import "tallywire/claims"

// concept lists the words that say what the figure is about besides its unit: those of the subject of its clause,
// of the noun phrase right before it ("sales of 5,835"), and of the one it is tied to behind ("6% of the company").
func (r *reader) concept(q *quantity, c clause, s *sentence) []string {
	if !r.lx.deep || q.num.one && q.class == claims.UnitCount {
		return []string{}
	}
	if g := r.glossOf(q); g != nil {
		return r.concept(g, r.clauseOf(g, s), s)
	}
	w := words{r: r}
	first := r.topicStart(q, s)
	subject := r.topicEnd(first, q)
	w.add(first, subject)
	if at := r.nounBefore(q, max(subject, first)); at < q.first {
		w.add(at, q.first)
	}
	a, b := r.tiedBehind(q, s)
	w.add(a, b)
	if len(w.out) == 0 && first > s.first && r.norm(first-1) == ";" {
		w.add(s.first, r.topicEnd(s.first, q)) // "homes from A to B stay 70 days; B to C, 99 days"
	}
	if len(w.out) == 0 && q.class != claims.UnitCount && q.class != claims.UnitDuration {
		w.add(r.nearestNoun(q, s))
	}
	return w.out
}

// nearestNoun is the noun phrase next before the figure, over the verbs between: "guess what the outcome would be
// at $220".
func (r *reader) nearestNoun(q *quantity, s *sentence) (int, int) {
	end := q.first
	for end > s.first && end > q.first-8 && r.marks[end-1] != markUsed {
		w := &r.tokens[end-1]
		_, verb := r.verbAt(end - 1)
		if w.kind == wordToken && !verb && !r.lx.gr.stop[w.norm] && !r.timeWord(end-1) {
			break
		}
		end--
	}
	first := end
	for first > s.first && end-first < 4 && r.tokens[first-1].kind == wordToken && !r.lx.gr.stop[r.norm(first-1)] && r.marks[first-1] != markUsed {
		if _, verb := r.verbAt(first - 1); verb {
			break
		}
		first--
	}
	return first, end
}

// glossOf is the quantity that q repeats in brackets in another unit: "87 mph (140 km/h)".
func (r *reader) glossOf(q *quantity) *quantity {
	if q.at == 0 {
		return nil
	}
	p := &r.quants[q.at-1]
	if p.sent == q.sent && p.last < q.first && q.first-p.last <= 3 && r.hasSign("(", p.last, q.first) && !r.hasSign("(", p.first-3, p.first) {
		return p
	}
	return nil
}

func (r *reader) hasSign(sign string, first, last int) bool {
	for k := max(first, 0); k < last; k++ {
		if r.norm(k) == sign {
			return true
		}
	}
	return false
}

// maxTopic is how many tokens back the clause of a figure is looked for; no clause of news is longer.
const maxTopic = 60

// topicStart is where the clause of the figure starts.
func (r *reader) topicStart(q *quantity, s *sentence) int {
	for k := q.first - 1; k >= max(s.first, q.first-maxTopic); k-- {
		switch w := r.norm(k); {
		case w == ";" || w == ":" || r.lx.is(topicBreaks, w):
			return k + 1
		case r.lx.is(relatives, w):
			if !r.is(wordWho, k) && r.reports(k-1) {
				return k + 1
			}
			if at := r.antecedent(k, s); at < k && r.verbFollows(k+1, min(k+5, q.first)) {
				return at
			}
			if k > s.first && r.norm(k-1) == "," {
				return k + 1
			}
		case r.lx.is(topicJoins, w):
			if r.ownClause(k, q) && (!r.is(wordAnd, k) || r.figureBetween(max(s.first, k-maxTopic), k)) {
				return k + 1
			}
		case w == "\"":
			if k > s.first {
				return k + 1
			}
		}
	}
	return s.first
}

// antecedent is the start of the noun phrase before a relative pronoun at k.
func (r *reader) antecedent(k int, s *sentence) int {
	end := k
	if end > s.first && r.norm(end-1) == "," {
		end--
	}
	first := end
	for first > s.first && end-first < 5 && r.tokens[first-1].kind == wordToken && !r.lx.gr.stop[r.norm(first-1)] && r.marks[first-1] != markUsed {
		if _, verb := r.verbAt(first - 1); verb {
			break
		}
		first--
	}
	if first == end || end-first == 1 && (r.norm(first) == "one" || r.norm(first) == "people") {
		return k
	}
	return first
}

// ownClause reports that the conjunction at k opens a clause with a noun before a verb, all before the figure.
func (r *reader) ownClause(k int, q *quantity) bool {
	noun := false
	for j := k + 1; j < q.first; j++ {
		t := &r.tokens[j]
		if t.kind == signToken && t.norm != "-" && !r.lx.is(wordGenitive, t.norm) || r.marks[j] == markUsed {
			return false
		}
		if v, ok := r.verbAt(j); ok && !v.ing || r.auxiliary(t.norm) {
			return noun
		}
		noun = noun || t.kind == wordToken && !r.lx.gr.stop[t.norm] && !r.timeWord(j)
	}
	return false
}

// figureBetween reports a figure that has been read between two tokens.
func (r *reader) figureBetween(first, last int) bool {
	for k := last - 1; k >= first; k-- {
		if r.marks[k] == markUsed {
			return true
		}
	}
	return false
}

// topicEnd is the verb of the clause that starts at first; an existential "there" has no topic.
func (r *reader) topicEnd(first int, q *quantity) int {
	for k := first; k < q.first; k++ {
		w := r.norm(k)
		if w == "there" {
			return first
		}
		if r.auxiliary(w) {
			return k
		}
		if _, ok := r.verbAt(k); ok && k > first {
			return k
		}
	}
	return q.first
}

// nounBefore is the start of the noun phrase right before the figure, over one preposition.
func (r *reader) nounBefore(q *quantity, low int) int {
	k := q.first
	for k > low && (r.preposition(r.norm(k-1)) || r.is(wordBetween, k-1) || r.norm(k-1) == "worth" || r.is(wordThan, k-1)) {
		k--
	}
	start := k
	for k > low && r.tokens[k-1].kind != signToken && !r.lx.gr.stop[r.norm(k-1)] && r.marks[k-1] != markUsed {
		if _, verb := r.verbAt(k - 1); verb {
			break
		}
		k--
	}
	if k == start {
		return q.first
	}
	return k
}

// tiedBehind is the noun phrase behind "of", "in", "for" or right behind the figure: "6% of the company", "a 6kW motor".
func (r *reader) tiedBehind(q *quantity, s *sentence) (int, int) {
	k := q.last
	if k >= s.last {
		return 0, 0
	}
	switch {
	case r.is(ties, k):
		if !r.is(wordOf, k) && q.np.found() {
			return 0, 0
		}
		k++
		for k < s.last && (r.determiner(r.norm(k)) || r.is(wordGenitive, k)) {
			k++
		}
	default:
		if q.np.found() || r.lx.gr.stop[r.norm(k)] {
			return 0, 0
		}
	}
	first := k
	for k < s.last && k < first+6 && r.tokens[k].kind != signToken && !r.lx.gr.stop[r.norm(k)] && r.marks[k] == markNone {
		if v, ok := r.lx.gr.verbs[r.norm(k)]; ok && !v.base && k > first {
			break
		}
		k++
	}
	if first < s.last && (r.marks[first] != markNone || r.timeWord(first) || r.unitFollows(first)) {
		return 0, 0
	}
	return first, k
}

// words gathers content words as written, hyphenated and ampersand names in one.
type words struct {
	r   *reader
	out []string
}

// maxConcept keeps a concept to what a reader takes in at a glance.
const maxConcept = 12

func (w *words) add(first, last int) {
	r := w.r
	if w.out == nil {
		w.out = []string{}
	}
	for k := first; k < last; k++ {
		t := &r.tokens[k]
		end := k + 1
		for end+1 <= last && end < last && r.tokens[end].gap == noGap && (r.norm(end) == "-" || r.norm(end) == "&" || r.norm(end) == "/") && end+1 < last && r.tokens[end+1].gap == noGap {
			end += 2
		}
		content := t.kind == wordToken && !r.lx.gr.stop[t.norm] && t.norm != "'s" && !r.timeWord(k) || t.kind == numberToken && r.marks[k] == markName
		if _, num := r.lx.num[t.norm]; num && r.marks[k] == markUsed {
			content = false
		}
		if end == k+1 && content && t.kind == wordToken && !t.upper {
			if v, verb := r.lx.gr.verbs[t.norm]; verb && !v.base && !r.lx.gr.modifiers[t.norm] && !v.third {
				content = false
			}
			if len(t.norm) > 4 && t.norm[len(t.norm)-2:] == "ly" && !r.lx.gr.notAdverb[t.norm] {
				content = false
			}
		}
		if content && len(w.out) < maxConcept {
			w.out = append(w.out, r.textOf(k, end))
		}
		k = end - 1
	}
}
