package extract

// A knownWord is what a language's data say of a word, gathered once, so that a text looks each of its words up once and
// rules only test bits.
type knownWord struct {
	lists   [(listCount + 63) / 64]uint64
	numeral bool // may start a numeral
	number  bool // may start a number, and so makes a sentence worth reading
	source  bool // may start what names a source
	zero    bool // may start what says none of something
	scope   bool // may start a phrase of scope
	basis   bool // may start a phrase of time basis
	modal   bool // may start a phrase of modality
}

// knowWords gathers what the lexicon says of each word.
func (lx *lexicon) knowWords() {
	lx.words = map[string]*knownWord{}
	word := func(w string) *knownWord {
		k := lx.words[w]
		if k == nil {
			k = &knownWord{}
			lx.words[w] = k
		}
		return k
	}
	for l := range lx.lists {
		for w := range lx.lists[l] {
			word(w).lists[l/64] |= 1 << (l % 64)
		}
	}
	number := func(w string) { k := word(w); k.number, k.numeral = true, true }
	each(lx.num, number)
	each(lx.vague, number)
	each(lx.multiples, number)
	each(lx.dozens, number)
	each(lx.fractions, number)
	each(lx.ordinals, number)
	each(lx.oneHalf, number)
	each(lx.half, number)
	for _, m := range []map[string]bool{lx.article, lx.minus, lx.point, lx.whole} {
		each(m, func(w string) { word(w).numeral = true })
	}
	source := func(w string) { word(w).source = true }
	each(lx.src.say, source)
	each(lx.src.figure, source)
	each(lx.src.act, source)
	each(lx.src.sayNoun, source)
	for _, p := range []*phrases{lx.src.according, lx.src.behind, lx.src.reportedly} {
		each(p.first, source)
	}
	for _, l := range []list{wordBy, seen} {
		each(lx.lists[l], source)
	}
	each(lx.src.scope.first, func(w string) { word(w).scope = true })
	each(lx.src.basis.first, func(w string) { word(w).basis = true })
	each(lx.src.modality.first, func(w string) { word(w).modal = true })
	zero := func(w string) { word(w).zero = true }
	each(lx.src.states, zero)
	each(lx.src.none.first, zero)
	each(lx.src.nobody.first, zero)
}

func each[V any](m map[string]V, do func(string)) {
	for w := range m {
		do(w)
	}
}

// unknown is what is known of a word that no data name.
var unknown knownWord // never written to

// knows looks a word up.
func (lx *lexicon) knows(w string) *knownWord {
	if k := lx.words[w]; k != nil {
		return k
	}
	return &unknown
}

func (k *knownWord) on(l list) bool { return k.lists[l/64]&(1<<(l%64)) != 0 }
