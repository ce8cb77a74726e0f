package extract

import (
	"strings"
	"unicode/utf8"
)

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
		if t.upper || innerCapital(t.text) {
			if k+1 < end && r.tokens[k+1].upper && r.tokens[k+1].kind == wordToken && r.tokens[k+1].gap == blankGap && (strings.HasSuffix(t.norm, "er") || strings.HasPrefix(t.norm, "us")) && utf8.RuneCountInString(t.norm) > 4 {
				np.mods = append(np.mods, t.norm)
				continue // "Berliner Schulen"
			}
			np.first, np.last, np.headAt = j, k+1, k
			np.head = singularGerman(t.text, &r.lx.gr)
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

// minNounEnd is the fewest letters of a known noun that tell the end of a compound: "Wohnhäuser".
const minNounEnd = 4

// singularGerman is the lemma of a noun: from the list, by the list's word that a compound ends in, or by an ending that
// leaves no choice.
func singularGerman(w string, g *grammar) string {
	low := normWord(w)
	if one, ok := g.irregular[low]; ok {
		return one
	}
	for at := range low {
		if at == 0 || !utf8.RuneStart(low[at]) {
			continue
		}
		end := low[at:]
		if len(end) < minNounEnd {
			break
		}
		if one, ok := g.irregular[end]; ok && len(w) == len(low) {
			return w[:at] + strings.ToLower(one)
		}
	}
	if one, ok := g.singularByEnding(w); ok {
		return one
	}
	return w
}

func adjectiveGerman(w string) bool {
	for _, s := range []string{"e", "en", "er", "es", "em"} {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}
