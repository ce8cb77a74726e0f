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
	case code == "fr" && strings.HasSuffix(w, "eaux"):
		return w[:n-1]
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
