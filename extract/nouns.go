package extract

import (
	"strings"
	"unicode/utf8"
)

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
	switch r.lx.code {
	case "en":
		return r.nounEnglish(j, end, one)
	case "de":
		return r.nounGerman(j, end)
	case "fr", "es":
		return r.nounRomance(j, end)
	}
	return r.nounSlavic(j, end)
}

func (r *reader) nounEnglish(j, end int, one bool) nounPhrase {
	np := nounPhrase{first: j, last: j, headAt: -1}
	g := &r.lx.gr
	k := j
	var words []int
	if k < end && r.tokens[k].norm == "-" && k+1 < end && r.tokens[k+1].kind == wordToken && !g.stop[r.tokens[k+1].norm] {
		k++ // "5.7-magnitude", "three-day"
	}
	for k < end && len(words) <= maxModifiers {
		t := &r.tokens[k]
		if t.kind == signToken {
			if t.norm == "-" && len(words) > 0 && k+1 < end && r.tokens[k+1].kind == wordToken && t.gap == noGap && r.tokens[k+1].gap == noGap {
				k++
				continue
			}
			break
		}
		if t.kind == numberToken || t.gap == paraGap && k > j || r.marks[k] != markNone {
			break
		}
		if g.stop[t.norm] && !(t.norm == "live" || t.norm == "free") || t.norm == "'s" {
			break
		}
		if _, num := r.lx.num[t.norm]; num {
			break
		}
		if strings.HasSuffix(t.norm, "ly") && !g.notAdverb[t.norm] && len(t.norm) > 4 {
			break
		}
		if v, ok := g.verbs[t.norm]; ok && !r.nounAfterAll(v, k, end, len(words) == 0) {
			break
		}
		words = append(words, k)
		if r.pluralAt(k) {
			// a plural ends the phrase unless another plural follows at once: "sports cars"
			if k+1 < end && (t.norm == "sports" || t.norm == "arms" || t.norm == "women" || t.norm == "men") && r.tokens[k+1].kind == wordToken && r.pluralAt(k+1) && !r.isVerb(k+1) {
				k++
				continue
			}
			break
		}
		k++
	}
	if len(words) == 0 {
		return np
	}
	np.headAt = words[len(words)-1]
	np.first, np.last = words[0], np.headAt+1
	np.head = singular(r.tokens[np.headAt].norm, g)
	for _, w := range words[:len(words)-1] {
		np.mods = append(np.mods, r.tokens[w].norm)
	}
	return np
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
	if one, ok := g.irregular[w]; ok && one != w {
		return true
	}
	return len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !g.notPlural[w] && !strings.HasSuffix(w, "ous") && !strings.HasSuffix(w, "'s")
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

// nounGerman takes the first capitalised word behind lower-case adjectives.
func (r *reader) nounGerman(j, end int) nounPhrase {
	np := nounPhrase{first: j, last: j, headAt: -1}
	for k := j; k < end && k < j+maxModifiers; k++ {
		t := &r.tokens[k]
		if t.kind != wordToken {
			if t.norm == "-" && t.gap == noGap && k > j {
				continue
			}
			break
		}
		if r.lx.gr.stop[t.norm] {
			if k == j && (t.norm == "von" || t.norm == "der" || t.norm == "dieser" || t.norm == "ihrer" || t.norm == "seiner") {
				continue
			}
			break
		}
		if t.upper {
			if k+1 < end && r.tokens[k+1].upper && r.tokens[k+1].kind == wordToken && r.tokens[k+1].gap == blankGap && (strings.HasSuffix(t.norm, "er") || strings.HasPrefix(t.norm, "us")) && utf8.RuneCountInString(t.norm) > 4 {
				np.mods = append(np.mods, t.norm)
				continue // "Berliner Schulen"
			}
			np.first, np.last, np.headAt = j, k+1, k
			np.head = t.text
			return np
		}
		if !adjectiveGerman(t.norm) {
			break
		}
		np.mods = append(np.mods, t.norm)
	}
	np.mods = nil
	return np
}

func adjectiveGerman(w string) bool {
	for _, s := range []string{"e", "en", "er", "es", "em"} {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

// nounRomance takes the first noun; French and Spanish put most adjectives behind it.
func (r *reader) nounRomance(j, end int) nounPhrase {
	np := nounPhrase{first: j, last: j, headAt: -1}
	k := j
	if k < end && r.lx.of[r.tokens[k].norm] && r.tokens[k].kind == wordToken {
		k++
		if k < end && (r.lx.gr.stop[r.tokens[k].norm] || r.lx.of[r.tokens[k].norm]) {
			k++
		}
	}
	for ; k < end && k < j+maxModifiers; k++ {
		t := &r.tokens[k]
		if t.kind != wordToken || r.lx.gr.stop[t.norm] {
			break
		}
		if r.lx.gr.modifiers[t.norm] {
			np.mods = append(np.mods, t.norm)
			continue
		}
		np.first, np.last, np.headAt, np.head = j, k+1, k, singularRomance(t.norm, r.lx.code)
		return np
	}
	np.mods = nil
	return np
}

func singularRomance(w, code string) string {
	n := len(w)
	switch {
	case code == "fr" && strings.HasSuffix(w, "aux") && n > 4:
		return w[:n-3] + "al"
	case code == "es" && strings.HasSuffix(w, "ces") && n > 4:
		return w[:n-3] + "z"
	case code == "es" && strings.HasSuffix(w, "ones") && n > 5:
		return w[:n-4] + "ón"
	case code == "es" && strings.HasSuffix(w, "es") && n > 4 && !isVowel(w[n-3]) && strings.IndexByte("rldnjsz", w[n-3]) >= 0:
		return w[:n-2]
	case strings.HasSuffix(w, "s") && n > 3:
		return w[:n-1]
	}
	return w
}

// nounSlavic skips adjectives by their endings and takes the first other word.
func (r *reader) nounSlavic(j, end int) nounPhrase {
	np := nounPhrase{first: j, last: j, headAt: -1}
	lastAdj := -1
	for k := j; k < end && k < j+maxModifiers; k++ {
		t := &r.tokens[k]
		if t.kind == signToken && t.norm == "-" && t.gap == noGap && k > j {
			continue
		}
		if t.kind != wordToken || r.lx.gr.stop[t.norm] && !possessiveSlavic[t.norm] || t.gap == paraGap && k > j {
			break
		}
		if possessiveSlavic[t.norm] {
			continue
		}
		lemma, known := r.lx.gr.irregular[t.norm]
		if !known && adjectiveSlavic(t.norm) {
			np.mods = append(np.mods, t.norm)
			lastAdj = k
			continue
		}
		if !known {
			lemma = t.norm
		}
		np.first, np.last, np.headAt, np.head = j, k+1, k, lemma
		return np
	}
	if lastAdj >= 0 { // an adjective for the noun: "120 цивільних"
		np.first, np.last, np.headAt = j, lastAdj+1, lastAdj
		np.head = r.tokens[lastAdj].norm
		np.mods = np.mods[:len(np.mods)-1]
		return np
	}
	np.mods = nil
	return np
}

// possessiveSlavic are the pronouns that may stand between a number and its noun: "95 своїх військових".
var possessiveSlavic = map[string]bool{"її": true, "його": true, "їхніх": true, "своїх": true, "наших": true, "ее": true, "его": true,
	"их": true, "їх": true, "своих": true, "таких": true, "нових": true}

// adjectiveSlavic knows adjectives and participles by their endings in the cases that follow numerals.
func adjectiveSlavic(w string) bool {
	if utf8.RuneCountInString(w) < 4 {
		return false
	}
	for _, s := range []string{"их", "ых", "ими", "ыми", "ий", "ый", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ого", "его", "ому", "ему", "ої", "ою", "ній", "ньої", "ую", "юю", "і"} {
		if strings.HasSuffix(w, s) {
			if s == "і" {
				return strings.HasSuffix(w, "ні") && utf8.RuneCountInString(w) > 5 || strings.HasSuffix(w, "ські") || strings.HasSuffix(w, "ові") && utf8.RuneCountInString(w) > 6
			}
			return true
		}
	}
	return false
}
