package extract

import "strings"

// readLists reads all lists of a language.
func (lx *lexicon) readLists(d, common data) {
	for l, name := range listNames {
		lx.lists[l] = d.set(name)
		for w := range common.set(name) {
			lx.lists[l][w] = true
		}
	}
}

// is reports whether a word is on a list.
func (lx *lexicon) is(l list, w string) bool { return lx.lists[l][w] }

// ends reports whether a word ends like one of a list of endings.
func (lx *lexicon) ends(l list, w string) bool {
	for e := range lx.lists[l] {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// starts reports whether a word starts like one of a list of stems.
func (lx *lexicon) starts(l list, w string) bool {
	for e := range lx.lists[l] {
		if strings.HasPrefix(w, e) {
			return true
		}
	}
	return false
}

// adverb reports an adverb by its ending, where the language has one.
func (lx *lexicon) adverb(w string) bool {
	return lx.adverbs != "" && strings.HasSuffix(w, lx.adverbs) && !lx.gr.notAdverb[w]
}

// is reports whether the word at k is on a list.
func (r *reader) is(l list, k int) bool {
	return k >= 0 && k < len(r.tokens) && r.tokens[k].word.on(l)
}
