package extract

import "strings"

// verbAt returns the verb form at k where the word is used as a verb.
func (r *reader) verbAt(k int) (verbForm, bool) {
	if k < 0 || k >= len(r.tokens) || r.tokens[k].kind != wordToken {
		return verbForm{}, false
	}
	v, ok := r.lx.gr.verbs[r.norm(k)]
	if !ok || r.marks[k] == markUsed {
		return v, false
	}
	if !r.lx.deep {
		return v, true
	}
	if (r.is(wordLast, k) || r.norm(k) == "lasts") && k+1 < len(r.tokens) && (r.unitOfTime(k+1) || r.timeWord(k+1)) {
		return v, false // "last month"
	}
	if r.tokens[k].upper && !r.startsSentence(k) && !r.shouted[r.sentAt(k)] {
		return v, false
	}
	prev := r.norm(k - 1)
	if k == 0 {
		prev = ""
	}
	if v.base && !v.past || v.third {
		if r.lx.is(beforeVerb, prev) || prev == "" {
			return v, prev != ""
		}
		before := &r.tokens[k-1]
		if v.third {
			if r.determiner(prev) || r.lx.is(wordGenitive, prev) || before.kind != wordToken && before.norm != ")" {
				return v, false
			}
			if next := r.norm(k + 1); next == "." || next == "," || r.lx.is(behindNoun, next) {
				return v, false
			}
			if r.lx.gr.stop[prev] && !before.upper {
				return v, false
			}
			return v, before.upper && !demonym(prev) || !before.upper && r.singularNoun(k-1)
		}
		if before.kind == numberToken || before.word.number {
			return v, r.lx.gr.particles[v.lemma][r.norm(k+1)] // "12,000 walk out"
		}
		return v, r.pluralAt(k-1) && before.kind == wordToken && !r.lx.gr.stop[prev]
	}
	if (v.past || v.part || v.ing) && (r.determiner(prev) || r.lx.is(wordGenitive, prev) || r.lx.is(wordOf, prev)) && prev != "all" && prev != "both" && !r.lx.is(wordThose, prev) {
		return v, false
	}
	if v.base && v.past && k > 0 { // "cost", "cut", "hit" are nouns behind an adjective or noun and before a preposition
		if next := r.norm(k + 1); next == "." || next == "," || r.lx.is(nounAt, next) {
			if b := &r.tokens[k-1]; b.kind == wordToken && !b.upper && !r.pluralAt(k-1) && !r.lx.gr.stop[prev] && !r.lx.src.pronouns[prev] && !r.auxiliary(prev) && !strings.HasSuffix(prev, "ly") {
				return v, false
			}
		}
	}
	if v.ing && (r.lx.is(wordOf, prev) || r.lx.is(wordFor, prev) || r.lx.is(wordIn, prev) || r.lx.is(wordA, prev)) {
		return v, false
	}
	return v, true
}

// demonym reports an adjective of nationality by its ending.
func demonym(w string) bool {
	for _, e := range []string{"ian", "ish", "ese", "ean", "ench", "utch", "aeli", "aqi", "ani", "erman", "rican"} {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// singularNoun reports a word that may be the singular subject of a third person verb.
func (r *reader) singularNoun(k int) bool {
	w := r.norm(k)
	return len(w) > 2 && !r.pluralAt(k) && !r.lx.gr.stop[w] && !strings.HasSuffix(w, "ly")
}

func (r *reader) auxiliary(w string) bool { return r.lx.is(auxiliaries, w) }

// clauseCloses reports that a clause ends before token k.
func (r *reader) clauseCloses(k int) bool {
	return k >= len(r.tokens) || r.tokens[k].kind == signToken || r.tokens[k].gap == paraGap || r.lx.and[r.norm(k)] || r.is(breaksClause, k)
}

// reports tells a verb of saying, which is never what was done to the counted thing.
func (r *reader) reports(k int) bool {
	if k < 0 {
		return false
	}
	lemma, ok := r.lx.src.say[r.norm(k)]
	if ok && r.lx.deep && k > 0 && r.lx.gr.verbs[r.norm(k)].part && !r.is(wordThat, k+1) && !r.is(wordTo, k+1) {
		if r.lx.gr.passive[r.norm(k-1)] {
			return false // "5,100 children were admitted"
		}
	}
	return ok && !r.lx.src.weakSay[lemma]
}

func (r *reader) timeWord(k int) bool {
	if k < 0 {
		return false
	}
	w := r.norm(k)
	if r.lx.cal.weekdays[w] > 0 || r.marks[k] == markDate || r.marks[k] == markClock {
		return true
	}
	_, day := r.lx.cal.days.has(w)
	return day
}

func (r *reader) preposition(w string) bool { return r.lx.is(prepositions, w) }
