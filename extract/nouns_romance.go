package extract

import "strings"

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
		if _, num := r.lx.num[t.norm]; num {
			break // "deux des trois otages"
		}
		if r.lx.gr.modifiers[t.norm] {
			np.mods = append(np.mods, t.norm)
			continue
		}
		if _, verb := r.lx.gr.verbs[t.norm]; verb && r.lx.src.states[t.norm] == "" {
			break // "38 autres endommagées"
		}
		np.first, np.last, np.headAt, np.head = j, k+1, k, singularRomance(t.norm, r.lx)
		return np
	}
	np.mods = nil
	return np
}

// singularRomance is the lemma of a French or Spanish noun.
func singularRomance(w string, lx *lexicon) string {
	if one, ok := lx.gr.irregular[w]; ok {
		return one
	}
	if len(w) > 3 {
		w, _ = lx.gr.singularByEnding(w)
	}
	return w
}

// singularByEnding makes a singular by the language's table of endings.
func (g *grammar) singularByEnding(w string) (string, bool) {
	for _, e := range g.plurals {
		for _, plural := range e.forms {
			if stem, ok := strings.CutSuffix(w, plural); ok && len(stem) > 1 {
				return stem + strings.TrimPrefix(e.key, "-"), true
			}
		}
	}
	return w, false
}
