package extract

// sourceEnd finds where the noun phrase of a source that starts at k ends.
func (r *reader) sourceEnd(k int, s *sentence) int {
	i := k
	for i < s.last {
		t := &r.tokens[i]
		if t.kind == signToken {
			if t.norm == "-" || t.norm == "'" || t.text == "." && i+1 < s.last || t.norm == "&" || t.norm == "\"" && i == k {
				i++
				continue
			}
			break
		}
		if t.kind == numberToken && t.gap == blankGap && r.norm(i+1) != "-" || t.gap == paraGap && i > k {
			break
		}
		if r.lx.verbSecond && i > k && t.kind == wordToken && !t.upper && r.tokens[i-1].upper && !r.lx.of[t.norm] && !r.lx.is(sourceGoesOn, t.norm) {
			break
		}
		if r.lx.verbSecond {
			if _, n := r.lx.before.at(r.tokens[:s.last], i); n > 0 && i > k {
				break
			}
		}
		if i > k && r.lx.deep {
			if v, ok := r.lx.gr.verbs[t.norm]; ok && !t.upper && (v.past || v.third && !r.lx.gr.stop[r.norm(i-1)] && !r.pluralLikely(i)) {
				break
			}
		}
		if i > k && r.lx.is(endsSource, t.norm) {
			if !r.lx.deep && r.is(joinsSources, i) && i+1 < s.last && r.tokens[i+1].upper && r.clauseCloses(i+2) && r.mayBeSource(k, i) {
				i += 2 // "сообщили Киев и Москва"
			}
			return i
		}
		if i-k > 12 {
			break
		}
		i++
	}
	return i
}

func (r *reader) pluralLikely(i int) bool { return r.tokens[i].upper }

// speaks reports a source that may also be the subject of a weaker verb of saying.
func (r *reader) speaks(src [2]int) bool {
	if r.isSource(src) {
		return true
	}
	for k := src[0]; k < src[1]; k++ {
		if r.tokens[k].upper && r.tokens[k].kind == wordToken && (!r.startsSentence(k) || r.nameWord(k, src[1])) {
			return true
		}
	}
	return false
}

// isSource reports a noun phrase that may speak: an organisation, a person, a name or a pronoun.
func (r *reader) isSource(src [2]int) bool {
	for k := src[0]; k < src[1]; k++ {
		w := r.norm(k)
		if r.lx.src.organisation[w] || r.lx.src.person[w] || r.lx.src.unnamed[w] || r.lx.src.pronouns[w] {
			return true
		}
	}
	return false
}

// sourceLeft finds the subject on the left of a reporting verb.
func (r *reader) sourceLeft(k int, s *sentence) ([2]int, bool) {
	end := k
	for end > s.first && r.betweenSubjectAndVerb(end-1, s) {
		end--
	}
	if end <= s.first || r.tokens[end-1].kind == signToken && r.norm(end-1) != ")" && r.norm(end-1) != "," && r.quotedName(end-1, s) == 0 {
		return [2]int{}, false
	}
	if r.lx.src.relative[r.norm(end-1)] { // ", who said": the noun before the comma
		j := end - 1
		for j-1 > s.first && (r.norm(j-1) == "," || r.norm(j-1) == "-") {
			j--
		}
		first := r.phraseStart(j, s)
		if first < j {
			return [2]int{first, j}, true
		}
		return [2]int{}, false
	}
	if r.norm(end-1) == "," { // an apposition or clause between commas: "River Help, a charity, said"
		for j := end - 2; j > s.first && j > end-30; j-- {
			if r.norm(j) == "," {
				first := r.phraseStart(j, s)
				if first < j && r.nominal(first, j) {
					return [2]int{first, j}, true
				}
			}
			if r.norm(j) == "\"" {
				break
			}
		}
		return [2]int{}, false
	}
	first := r.phraseStart(end, s)
	if first >= end || !r.nominal(first, end) {
		return [2]int{}, false
	}
	if rel := r.relativeBefore(first, s); rel > s.first { // "the group that held the rally says"
		if f := r.phraseStart(rel, s); f < rel && r.nominal(f, rel) {
			return [2]int{f, rel}, true
		}
	}
	if r.is(opensNoSource, first) {
		if r.lx.src.asSaid[r.norm(first)] {
			return [2]int{first + 1, end}, end > first+1
		}
		return [2]int{}, false
	}
	if src := [2]int{first, end}; r.lx.deep && !r.speaks(src) {
		for j := first - 1; j > s.first && j > first-10; j-- { // "an official who asked not to be named said"
			if w := r.norm(j); r.lx.is(wordWho, w) || r.lx.is(wordWhich, w) && r.norm(j-1) != "," {
				if f := r.phraseStart(j, s); f < j && r.isSource([2]int{f, j}) {
					return [2]int{f, j}, true
				}
			}
			if r.tokens[j].kind == signToken {
				break
			}
		}
	}
	if first-1 > s.first && r.norm(first-1) == "," { // "Shelter Works, an aid agency said" is rare; "Ilko, 58, said" is not
		if end-first <= 2 && r.tokens[first].kind == numberToken {
			j := first - 1
			if f := r.phraseStart(j, s); f < j {
				return [2]int{f, j}, true
			}
		}
	}
	return [2]int{first, end}, true
}

// relativeBefore is the relative pronoun of a clause whose object starts at k and which itself modifies the subject.
func (r *reader) relativeBefore(k int, s *sentence) int {
	if k-2 <= s.first {
		return 0
	}
	v, ok := r.lx.gr.verbs[r.norm(k-1)]
	if !ok || !v.past && !v.third {
		return 0
	}
	for j := k - 2; j > s.first && j > k-5; j-- {
		if r.is(relatives, j) {
			if r.reports(j - 1) {
				return 0
			}
			return j
		}
	}
	return 0
}

// betweenSubjectAndVerb reports auxiliaries, adverbs and times that part a subject from its verb.
func (r *reader) betweenSubjectAndVerb(j int, s *sentence) bool {
	w := r.norm(j)
	t := &r.tokens[j]
	if t.kind != wordToken {
		return false
	}
	if r.lx.is(insideVerb, w) || r.lx.adverb(w) {
		return true
	}
	if r.lx.cal.weekdays[w] > 0 && t.upper {
		return true
	}
	return r.lx.cal.on[w] && j+1 < s.last && r.lx.cal.weekdays[r.norm(j+1)] > 0
}

// phraseStart walks left from end to the start of the noun phrase that ends there.
func (r *reader) phraseStart(end int, s *sentence) int {
	i := end
	for i > s.first && end-i < 14 {
		t := &r.tokens[i-1]
		w := t.norm
		if t.kind == signToken {
			if open := r.quotedName(i-1, s); open > 0 {
				i = open
				continue
			}
			if w == "-" && t.gap == noGap || w == "'" || t.text == "." && i-1 > s.first || w == "&" || w == "/" || w == "@" {
				i--
				continue
			}
			break
		}
		if t.kind == numberToken && i-1 > s.first && t.gap == blankGap || r.marks[i-1] == markUsed || r.marks[i-1] == markClock {
			break
		}
		if r.lx.src.that[w] || r.lx.cal.weekdays[w] > 0 {
			break
		}
		if i < end && r.is(joinsSources, i-1) {
			if first, ok := r.sourceBefore(i-1, end, s); ok {
				return first
			}
		}
		if r.lx.deep {
			if r.lx.is(wordAnd, w) && i-2 >= s.first && i < end {
				// two sources: "the ministry and the office said"
				if !r.sourceWordNear(i-2, s) {
					break
				}
				i--
				continue
			}
			if r.lx.is(startsClause, w) {
				return i
			}
			if v, ok := r.lx.gr.verbs[w]; ok && !t.upper && (v.past || v.ing) && !r.lx.gr.modifiers[w] && i < end {
				if !(v.part && i-2 >= s.first && (r.is(wordThe, i-2) || r.is(wordA, i-2))) {
					break
				}
			}
			if r.lx.is(finite, w) {
				break
			}
			if r.lx.src.pronouns[w] && i < end {
				break
			}
			if r.lx.src.pronouns[w] {
				return i - 1
			}
		} else {
			if r.lx.is(stopsSource, w) && i < end {
				break
			}
		}
		i--
	}
	for i < end && (r.lx.gr.stop[r.norm(i)] || r.lx.cal.on[r.norm(i)]) && r.lx.deep && !r.determiner(r.norm(i)) && !r.lx.src.pronouns[r.norm(i)] {
		i++
	}
	return i
}

func (r *reader) determiner(w string) bool { return r.lx.is(determiners, w) }

func (r *reader) sourceWordNear(k int, s *sentence) bool {
	for j := k; j >= s.first && j > k-6; j-- {
		w := r.norm(j)
		if r.lx.src.organisation[w] || r.lx.src.person[w] {
			return true
		}
		if r.norm(j) == "," {
			return false
		}
	}
	return false
}

// nominal reports a span that may be a subject: it holds a name, a noun or a pronoun.
func (r *reader) nominal(first, last int) bool {
	for k := first; k < last; k++ {
		t := &r.tokens[k]
		if t.kind != wordToken {
			continue
		}
		if t.upper || r.lx.src.pronouns[t.norm] || r.lx.src.organisation[t.norm] || r.lx.src.person[t.norm] || r.lx.src.unnamed[t.norm] || !r.lx.gr.stop[t.norm] && len(t.norm) > 2 {
			return true
		}
	}
	return false
}

// maxJoined is how many tokens the first of two sources may have.
const maxJoined = 8

// sourceBefore finds the first of two sources that "and" at token k joins, where nothing but its noun phrase stands between it and the
// start of its clause: "Kyiv and Moscow said", "die Polizei und die Feuerwehr teilten mit". The second ends at end.
func (r *reader) sourceBefore(k, end int, s *sentence) (int, bool) {
	first := k
	for first > s.first && k-first <= maxJoined {
		t := &r.tokens[first-1]
		if t.kind == signToken && (t.norm != "-" || t.gap != noGap) && t.norm != "." || t.kind == wordToken && r.lx.src.that[t.norm] {
			if t.norm != "," && t.norm != "\"" && t.kind != wordToken && t.norm != ":" {
				return 0, false
			}
			break
		}
		_, verb := r.verbAt(first - 1)
		if t.kind == numberToken || verb && !t.upper || r.auxiliary(t.norm) || r.lx.src.pronouns[t.norm] || r.lx.is(startsClause, t.norm) || r.lx.is(finite, t.norm) ||
			r.preposition(t.norm) && !r.lx.of[t.norm] || r.lx.gr.places[t.norm] && !r.lx.of[t.norm] || r.marks[first-1] == markUsed {
			return 0, false
		}
		first--
	}
	if k-first > maxJoined || first == k {
		return 0, false
	}
	return first, r.joinedSources(first, k, end)
}

// mayBeSource reports a noun phrase with a word for a source or a name, capitalised or known.
func (r *reader) mayBeSource(first, last int) bool {
	if r.isSource([2]int{first, last}) {
		return true
	}
	for k := first; k < last; k++ {
		if t := &r.tokens[k]; t.kind == wordToken && (t.upper && !r.startsSentence(k) || r.lx.src.parties[t.norm] != "" || t.upper && r.nameWord(k, last)) && !r.lx.gr.stop[t.norm] {
			return true
		}
	}
	return false
}

// joinedSources reports two sources with "and" at token k between them. A single capitalised word that opens the sentence is a name
// beside another name.
func (r *reader) joinedSources(first, k, last int) bool {
	return (r.mayBeSource(first, k) || k-first == 1 && r.tokens[first].upper && !r.lx.gr.stop[r.norm(first)]) && r.mayBeSource(k+1, last)
}

// maxQuotedName is the most words of a name between quotation marks.
const maxQuotedName = 5

// quotedName is where the name between quotation marks opens that closes at token k behind the word for a body, 0 for none: "компанія
// «Галм»".
func (r *reader) quotedName(k int, s *sentence) int {
	if r.norm(k) != "\"" {
		return 0
	}
	for j := k - 1; j > s.first && k-j <= maxQuotedName+1; j-- {
		if r.norm(j) == "\"" {
			if w := r.norm(j - 1); j < k-1 && r.tokens[j].gap == blankGap && r.tokens[k].gap == noGap && (r.lx.src.organisation[w] || r.lx.src.person[w]) {
				return j
			}
			return 0
		}
		if r.tokens[j].kind != wordToken && r.norm(j) != "-" {
			return 0
		}
	}
	return 0
}
