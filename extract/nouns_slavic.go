package extract

import (
	"strings"
	"unicode/utf8"
)

// nounSlavic skips adjectives by their endings and takes the first other word.
func (r *reader) nounSlavic(j, end int) nounPhrase {
	np := nounPhrase{first: j, last: j, headAt: -1}
	lastAdj := -1
	for k := j; k < end && k < j+maxModifiers; k++ {
		t := &r.tokens[k]
		if t.kind == signToken && t.norm == "-" && t.gap == noGap && k > j {
			continue
		}
		if t.kind != wordToken || r.lx.gr.stop[t.norm] && !r.lx.is(possessives, t.norm) || t.gap == paraGap && k > j {
			break
		}
		if _, num := r.lx.num[t.norm]; num {
			break
		}
		if r.lx.is(possessives, t.norm) {
			continue
		}
		lemma, known := r.lx.gr.irregular[t.norm]
		_, verb := r.lx.gr.verbs[t.norm]
		if _, say := r.lx.src.say[t.norm]; say && !known {
			break // "про обмін 205 полоненими повідомили"
		}
		if !known && (verb && !adjectiveSlavic(t.norm, r.lx) && r.lx.src.states[t.norm] == "" || verbSlavic(t.norm, r.lx)) {
			break // "40 залишаються", "212 поранено"
		}
		if known && k+1 < end && adjectiveSlavic(t.norm, r.lx) && r.lx.gr.irregular[r.norm(k+1)] != "" && r.tokens[k+1].gap == blankGap {
			np.mods = append(np.mods, t.norm)
			lastAdj = k
			continue // "3200 рабочих мест"
		}
		if !known && adjectiveSlavic(t.norm, r.lx) {
			np.mods = append(np.mods, t.norm)
			lastAdj = k
			continue
		}
		if !known {
			lemma, _ = r.lx.gr.singularByEnding(t.norm)
		}
		np.first, np.last, np.headAt, np.head = j, k+1, k, lemma
		return np
	}
	if lastAdj >= 0 { // an adjective for the noun: "120 цивільних"
		np.first, np.last, np.headAt = j, lastAdj+1, lastAdj
		np.head = lemmaAdjective(r.tokens[lastAdj].norm, r.lx)
		np.mods = np.mods[:len(np.mods)-1]
		return np
	}
	np.mods = nil
	return np
}

// verbSlavic knows finite verbs by endings that no noun has behind a numeral.
func verbSlavic(w string, lx *lexicon) bool {
	for e := range lx.lists[verbEnds] {
		if strings.HasSuffix(w, e) && utf8.RuneCountInString(w) > utf8.RuneCountInString(e)+1 {
			return true
		}
	}
	return false
}

// lemmaAdjective is the masculine nominative of an adjective that stands for a noun: "пленными", "рабочих".
func lemmaAdjective(w string, lx *lexicon) string {
	for _, e := range lx.gr.adjectiveLemmas {
		for _, ending := range e.forms {
			if stem, ok := strings.CutSuffix(w, ending); ok {
				return stem + e.key
			}
		}
	}
	return w
}

// adjectiveSlavic knows adjectives and participles by their endings in the cases that follow numerals.
func adjectiveSlavic(w string, lx *lexicon) bool {
	n := utf8.RuneCountInString(w)
	return n >= 4 && lx.ends(adjectiveEnds, w) || n >= 6 && lx.ends(longAdjectiveEnds, w) || n >= 7 && lx.ends(longerAdjectiveEnds, w)
}
