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
		if t.kind != wordToken || r.lx.gr.stop[t.norm] && !possessiveSlavic[t.norm] || t.gap == paraGap && k > j {
			break
		}
		if _, num := r.lx.num[t.norm]; num {
			break
		}
		if possessiveSlavic[t.norm] {
			continue
		}
		lemma, known := r.lx.gr.irregular[t.norm]
		if !known && verbSlavic(t.norm) {
			break // "40 залишаються"
		}
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
		np.head = lemmaAdjective(r.tokens[lastAdj].norm, r.lx.code)
		np.mods = np.mods[:len(np.mods)-1]
		return np
	}
	np.mods = nil
	return np
}

// verbSlavic knows finite verbs by endings that no noun has behind a numeral.
func verbSlavic(w string) bool {
	for _, e := range []string{"ться", "тся", "лися", "лись", "лася", "лось", "лося", "ають", "яють", "ують", "ють", "ают", "яют", "уют"} {
		if strings.HasSuffix(w, e) {
			return utf8.RuneCountInString(w) > utf8.RuneCountInString(e)+1
		}
	}
	return false
}

// lemmaAdjective is the masculine nominative of an adjective that stands for a noun: "пленными", "рабочих".
func lemmaAdjective(w, code string) string {
	ending := "ий"
	for _, e := range []string{"ыми", "ых"} {
		if stem, ok := strings.CutSuffix(w, e); ok && code == "ru" {
			return stem + "ый"
		}
	}
	for _, e := range []string{"ими", "их"} {
		if stem, ok := strings.CutSuffix(w, e); ok {
			return stem + ending
		}
	}
	return w
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
