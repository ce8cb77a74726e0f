package extract

import "strings"

// A nounPhrase is what stands behind a numeral: the counted thing with its modifiers.
type nounPhrase struct {
	first, last int      // tokens, half open; first == last where there is none
	head        string   // lemma
	headAt      int      // token of the head
	mods        []string // lemmas in text order
	partitive   bool     // reached through "of"
}

func (np *nounPhrase) found() bool { return np.head != "" }

// name is the counted thing as the contract names it: modifiers and head in the singular.
func (np *nounPhrase) name() string {
	if len(np.mods) == 0 {
		return np.head
	}
	return strings.Join(np.mods, " ") + " " + np.head
}

// maxModifiers is how many words may stand between a number and its noun. News rarely has more than four.
const maxModifiers = 6

// nounPhrase reads the counted thing behind tokens[j-1].
func (r *reader) nounPhrase(j, end int, one bool) nounPhrase {
	switch r.lx.nouns {
	case "plural":
		return r.nounEnglish(j, end, one)
	case "capital":
		return r.nounGerman(j, end)
	case "romance":
		return r.nounRomance(j, end)
	}
	return r.nounSlavic(j, end)
}

func (r *reader) nounEnglish(j, end int, one bool) nounPhrase {
	np := nounPhrase{first: j, last: j, headAt: -1}
	g := &r.lx.gr
	k := j
	var words []int
	if k+1 < end && r.is(moreOf, k) && r.tokens[k+1].kind == wordToken && !g.stop[r.norm(k+1)] && r.marks[k+1] == markNone {
		k++ // "eight more soldiers"
	}
	if k < end && r.tokens[k].norm == "-" && (r.tokens[k].gap == noGap || r.tokens[k].text == "-") && k+1 < end && r.tokens[k+1].kind == wordToken && !g.stop[r.tokens[k+1].norm] {
		k++ // "5.7-magnitude", "three-day"
		one = true
	}
	for k < end && len(words) <= maxModifiers {
		t := &r.tokens[k]
		if (r.lx.is(wordAnd, t.norm) || r.lx.is(wordOr, t.norm) || t.norm == "," || t.norm == "&") && len(words) > 0 && r.pluralAhead(k+1, end) && r.joinsModifier(k) {
			k++ // "Kia and Hyundai vehicles"
			continue
		}
		if t.kind == signToken || t.gap == paraGap && k > j || r.marks[k] != markNone && r.marks[k] != markName {
			break
		}
		if t.kind == numberToken {
			if len(words) > 0 && len(t.norm) <= 4 && plainDigits(t.norm) && k+1 < end && r.tokens[k+1].upper {
				words = append(words, k) // "new 737 Max jets"
				k++
				continue
			}
			break
		}
		if last := r.compoundEnd(k, end); last > k {
			words = append(words, k)
			r.joined[k] = last
			k = last
			if r.pluralAt(last - 1) {
				break
			}
			continue
		}
		if r.lx.is(wordGenitive, t.norm) && r.partitive && len(words) > 0 && k+1 < end && r.tokens[k+1].kind == wordToken && !g.stop[r.norm(k+1)] {
			k++ // "two of Johnson's deputies"
			continue
		}
		if len(t.text) == 1 && t.upper && k+1 < end && r.tokens[k+1].kind == wordToken && r.pluralAt(k+1) {
			words = append(words, k) // "400 A shares"
			k++
			continue
		}
		if g.stop[t.norm] && !(t.norm == "live" || t.norm == "free") || r.lx.is(wordGenitive, t.norm) {
			break
		}
		if _, num := r.lx.num[t.norm]; num {
			break
		}
		if (r.lx.is(wordLast, t.norm) || r.lx.is(wordNext, t.norm)) && k+1 < end && (r.timeWord(k+1) || r.unitOfTime(k+1)) && !r.pluralAt(k+1) {
			break // "fell to 12 last year"
		}
		if t.norm == "most" && len(words) == 0 {
			k++
			continue
		}
		if strings.HasSuffix(t.norm, "ly") && !g.notAdverb[t.norm] && len(t.norm) > 4 {
			if r.pluralAhead(k+1, end) && !r.isVerb(k+1) || k+1 < end && g.modifiers[r.norm(k+1)] && r.pluralAhead(k+1, end) {
				k++ // "badly wounded soldiers"
				continue
			}
			break
		}
		if one && len(words) > 0 && (t.upper && !r.tokens[k-1].upper && len(words) > 1 || strings.HasSuffix(t.norm, "ing") && !g.modifiers[t.norm]) {
			break // "three-time champion Alberto", "one side leaning"
		}
		if len(words) > 0 && strings.HasSuffix(t.norm, "ed") && len(t.norm) > 4 && !t.upper && !g.modifiers[t.norm] && g.verbs[t.norm].lemma == "" && !g.notPlural[t.norm] && !r.pluralAhead(k+1, end) && !one {
			break // "of a point subtracted"
		}
		if len(words) == 0 && strings.HasSuffix(t.norm, "ed") && len(t.norm) > 4 && !g.modifiers[t.norm] && !r.pluralAhead(k+1, end) && !one {
			break // "94 prompted"
		}
		if v, ok := g.verbs[t.norm]; ok && (one && len(words) > 0 && (v.third || v.past && r.lx.numberWord(r.norm(k+1))) || !r.nounAfterAll(v, k, end, len(words) == 0)) {
			break
		}
		if v, ok := g.verbs[t.norm]; ok && v.base && len(words) == 0 && !one && k+1 < end && g.particles[v.lemma][r.norm(k+1)] {
			break // "12,000 walk out"
		}
		words = append(words, k)
		if r.lx.src.states[t.norm] != "" && k+1 < end && r.tokens[k+1].kind == wordToken && r.pluralAt(k+1) && !g.stop[r.norm(k+1)] && !strings.HasSuffix(t.norm, "s") {
			k++ // "a dozen injured demonstrators"
			continue
		}
		if r.pluralAt(k) {
			// a plural ends the phrase unless another plural follows at once: "sports cars"
			if k+1 < end && (r.lx.is(pluralModifiers, t.norm) || t.upper && g.pluralHeads[t.norm] && !r.shouted[r.sentAt(k)]) && r.tokens[k+1].kind == wordToken && r.pluralAt(k+1) && !r.isVerb(k+1) {
				k++
				continue
			}
			break
		}
		k++
	}
	if n := len(words); n > 0 && !one && !r.pluralAt(words[n-1]) && r.joined[words[n-1]] == 0 {
		if r.is(bareVerbs, words[n-1]) {
			words = words[:n-1] // "thousands flee", "a million Rohingya live"
		}
	}
	if len(words) == 0 {
		return np
	}
	np.headAt = words[len(words)-1]
	np.first, np.last = words[0], np.headAt+1
	np.head = singular(r.tokens[np.headAt].norm, g)
	if pluralAcronym(r.tokens[np.headAt].text) {
		np.head = strings.ToLower(strings.TrimSuffix(r.tokens[np.headAt].text, "s"))
	}
	if last := r.joined[np.headAt]; last > 0 {
		np.last, np.headAt = last, last-1
		np.head = strings.ToLower(r.textOf(words[len(words)-1], last-1)) + singular(r.tokens[last-1].norm, g)
	}
	for _, w := range words[:len(words)-1] {
		mod := positive(r.tokens[w].norm, r.lx)
		if last := r.joined[w]; last > 0 {
			mod = strings.ToLower(r.textOf(w, last))
		}
		np.mods = append(np.mods, mod)
	}
	return np
}

// unitOfTime reports "year", "week" and their like.
func (r *reader) unitOfTime(k int) bool {
	key, n := r.lx.units.at(r.tokens, k)
	return n == 1 && strings.HasPrefix(key, "duration")
}

// positive turns a superlative into its adjective: "largest" large, "best" good.
func positive(w string, lx *lexicon) string {
	if p := lx.gr.positives[w]; p != "" {
		return p
	}
	if lx.is(noSuperlatives, w) {
		return w
	}
	stem, ok := strings.CutSuffix(w, "est")
	n := len(stem)
	switch {
	case !ok || n < 3:
		return w
	case strings.HasSuffix(stem, "i"):
		return stem[:n-1] + "y"
	case n > 3 && stem[n-1] == stem[n-2] && stem[n-1] != 'l' && stem[n-1] != 's':
		return stem[:n-1]
	case strings.HasSuffix(stem, "rg") || strings.HasSuffix(stem, "id") && n > 3 || strings.HasSuffix(stem, "at") && n > 3 || strings.HasSuffix(stem, "os") || strings.HasSuffix(stem, "af") || strings.HasSuffix(stem, "in") || strings.HasSuffix(stem, "bl"):
		return stem + "e"
	}
	return stem
}

// compoundEnd returns the token behind a hyphenated compound that starts at k ("coal-fired"), else k.
func (r *reader) compoundEnd(k, end int) int {
	last := k
	if k+2 < end && r.pluralAt(k) && r.tokens[k+2].upper && !r.tokens[k].upper {
		return k // "three border towns - Ledyard"
	}
	for j := k; j+2 < end && r.norm(j+1) == "-" && r.tokens[j+1].gap == noGap && r.tokens[j+2].gap == noGap && r.tokens[j+2].kind == wordToken; j += 2 {
		last = j + 3
	}
	return last
}

// pluralAhead reports a plural noun within the next four words, before anything that ends a noun phrase.
func (r *reader) pluralAhead(k, end int) bool {
	for j, words := k, 0; j < end && words < 4; j++ {
		t := &r.tokens[j]
		if t.norm == "-" && t.gap == noGap && j > k {
			words-- // "coal-fired plants": one word
			continue
		}
		words++
		if t.kind != wordToken || r.lx.gr.stop[t.norm] {
			return false
		}
		if r.pluralAt(j) {
			return true
		}
	}
	return false
}

// joinsModifier reports that "and" or a comma at k joins two modifiers, not two counted things.
func (r *reader) joinsModifier(k int) bool {
	prev, next := &r.tokens[k-1], &r.tokens[k+1]
	if prev.kind != wordToken || next.kind != wordToken || r.pluralAt(k-1) {
		return false
	}
	if _, verb := r.lx.gr.verbs[next.norm]; verb {
		return false
	}
	return prev.upper && next.upper || adjectiveEnglish(prev.norm, r.lx) && (r.norm(k) != "," || adjectiveEnglish(next.norm, r.lx))
}

// adjectiveEnglish knows adjectives by their endings, and the short ones that news counts with.
func adjectiveEnglish(w string, lx *lexicon) bool {
	for _, e := range []string{"al", "ic", "ive", "ous", "ful", "ble", "ary", "ant", "ent", "ian", "ish", "ese", "ern", "ed"} {
		if strings.HasSuffix(w, e) && len(w) > len(e)+2 {
			return true
		}
	}
	return lx.is(shortAdjectives, w)
}

func (r *reader) isVerb(k int) bool {
	_, ok := r.lx.gr.verbs[r.tokens[k].norm]
	return ok
}

// nounAfterAll decides that a verb form behind a number is part of its noun phrase.
func (r *reader) nounAfterAll(v verbForm, k, end int, first bool) bool {
	t := &r.tokens[k]
	if r.lx.gr.modifiers[t.norm] {
		return k+1 < end && r.tokens[k+1].kind == wordToken && !r.lx.gr.stop[r.tokens[k+1].norm] || r.lx.gr.pluralHeads[t.norm]
	}
	switch {
	case v.third && v.lemma == "say", v.third && v.lemma == "become":
		return false
	case v.third: // "strikes", "votes": a plural noun right behind a number or its adjectives
		return true
	case v.base && !v.past: // "work", "film"
		return true
	case v.ing || v.past || v.part:
		if !first {
			return false
		}
		// a participle before a plural noun: "sworn deputies"
		return k+1 < end && r.tokens[k+1].kind == wordToken && r.pluralAt(k+1) && !r.lx.gr.stop[r.tokens[k+1].norm]
	}
	return false
}

// pluralAt reports whether the word at k is a plural noun.
func (r *reader) pluralAt(k int) bool {
	w := r.tokens[k].norm
	g := &r.lx.gr
	if g.pluralHeads[w] {
		return true
	}
	if one, ok := g.irregular[w]; ok && one != w || pluralAcronym(r.tokens[k].text) {
		return true
	}
	if t := &r.tokens[k]; len(t.text) <= 5 && r.acronym(t) && k+1 < len(r.tokens) && r.tokens[k+1].kind == wordToken && !g.stop[r.norm(k+1)] {
		return false // "TTTS pregnancies"
	}
	return len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !g.notPlural[w] && !strings.HasSuffix(w, "ous") && !strings.HasSuffix(w, "'s")
}

// pluralAcronym reports capitals with a plural ending: "MPs", "PCs".
func pluralAcronym(s string) bool {
	stem, ok := strings.CutSuffix(s, "s")
	return ok && len(stem) >= 2 && len(stem) <= 4 && strings.ToUpper(stem) == stem && strings.ToLower(stem) != stem
}

// singular is the lemma of an English noun.
func singular(w string, g *grammar) string {
	if one, ok := g.irregular[w]; ok {
		return one
	}
	if g.pluralHeads[w] || g.notPlural[w] {
		return w
	}
	n := len(w)
	switch {
	case n > 4 && strings.HasSuffix(w, "ies"):
		return w[:n-3] + "y"
	case n > 4 && (strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "xes") || strings.HasSuffix(w, "zzes")):
		return w[:n-2]
	case n > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		return w[:n-1]
	}
	return w
}
