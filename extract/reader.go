package extract

import (
	"time"

	"tallywire/claims"
)

// A reader holds one text while it is read.
type reader struct {
	lx        *lexicon
	text      string
	tokens    []token
	sents     []sentence
	marks     []mark
	breakAt   []uint8 // by token, whether it breaks a clause: 0 not asked, 1 no, 2 yes
	published time.Time
	blocks    []claims.Block
	quants    []quantity
	who       voiceState
	joined    map[int]int // hyphenated compounds in noun phrases: first token -> behind the last
	partitive bool        // a noun phrase behind "of" is being read
	isolated  bool        // the text is a phrase: a table cell or a label
	facts     []*facts    // by sentence, nil until asked for
	noProse   []bool      // by sentence: hardly a word, or the same over and over
	shouted   []bool      // by sentence: a headline with capitals throughout
	voices    [][]voice   // by sentence
	dates     [][]dating  // by sentence, where it holds a number
}

// A mark says what a token is part of, where that is no quantity.
type mark uint8

const (
	markNone mark = iota
	markDate
	markClock
	markOrdinal
	markAge
	markLabel // "No. 63", "page 4", "Article 5"
	markPhone
	markScore
	markName // "Boeing 737", "G20"
	markUsed // part of a quantity already read
)

func newReader(text string, lx *lexicon, published time.Time) *reader {
	r := &reader{lx: lx, text: text, published: published}
	r.tokens = tokenize(text, lx)
	joinSpaced(r.tokens)
	doubleQuotes(r.tokens)
	r.sents = sentences(text, r.tokens, lx)
	r.marks, r.breakAt = make([]mark, len(r.tokens)), make([]uint8, len(r.tokens))
	r.joined = map[int]int{}
	r.isolated = len(r.sents) == 1 && len(r.tokens) <= 10
	return r
}

// read finds the quantities of every sentence.
func (r *reader) read() {
	r.voices, r.dates = make([][]voice, len(r.sents)), make([][]dating, len(r.sents))
	r.shouted, r.facts = make([]bool, len(r.sents)), make([]*facts, len(r.sents))
	r.monotony()
	for i := range r.sents {
		if r.noProse[i] {
			continue
		}
		s := &r.sents[i]
		r.shouted[i] = r.titleCase(s)
		r.voices[i] = r.listen(i)
		if !r.hasNumber(s) && !r.hasZero(s) {
			continue
		}
		r.markDates(s)
		r.dates[i] = r.datings(s, r.dayOf(s))
		r.markLabels(s)
		r.scan(i)
	}
	r.lookAhead()
}

// hasNumber reports whether a sentence may hold a number at all.
func (r *reader) hasNumber(s *sentence) bool {
	for k := s.first; k < s.last; k++ {
		t := &r.tokens[k]
		if t.kind == numberToken {
			return true
		}
		if t.kind == wordToken && (t.word.number || r.lx.compound && r.lx.numberWord(t.norm)) {
			return true
		}
	}
	return r.isolated && s.last-s.first <= 3 && r.lx.article[r.norm(s.first)] // "a dollar"
}

// numberWord reports whether a word may start a number.
func (lx *lexicon) numberWord(w string) bool {
	if _, ok := lx.num[w]; ok {
		return true
	}
	if _, ok := lx.vague[w]; ok {
		return true
	}
	if _, ok := lx.multiples[w]; ok {
		return true
	}
	if _, ok := lx.dozens[w]; ok {
		return true
	}
	if _, ok := lx.fractions[w]; ok {
		return true
	}
	if _, ok := lx.ordinals[w]; ok {
		return true
	}
	if lx.oneHalf[w] || lx.half[w] {
		return true
	}
	if lx.compound && len(w) > 5 {
		if _, _, ok := compoundWord(w, lx); ok {
			return true
		}
	}
	return false
}

// textOf is the text from token first to token last, as written.
func (r *reader) textOf(first, last int) string {
	if first >= last {
		return ""
	}
	return r.text[r.tokens[first].byteStart:r.tokens[last-1].byteEnd]
}

func (r *reader) norm(i int) string {
	if i < 0 || i >= len(r.tokens) {
		return ""
	}
	return r.tokens[i].norm
}

// joinSpaced undoes the blanks that a tokenizer put around hyphens and slashes ("forty - seven", "5 / 8"). Such a
// text is known by blanks before its commas and full stops.
func joinSpaced(tokens []token) {
	spaced := false
	for i := range tokens {
		if t := &tokens[i]; (t.text == "," || t.text == ".") && t.gap == blankGap && i > 0 {
			spaced = true
			break
		}
	}
	if !spaced {
		return
	}
	for i := 1; i+1 < len(tokens); i++ {
		t := &tokens[i]
		if (t.text == "-" || t.text == "/") && t.gap == blankGap && tokens[i+1].gap == blankGap && tokens[i-1].kind != signToken && tokens[i+1].kind != signToken {
			t.gap, tokens[i+1].gap = noGap, noGap
		}
	}
}

// doubleQuotes reads two apostrophes side by side, and two grave accents, as a quotation mark.
func doubleQuotes(tokens []token) {
	for i := 1; i < len(tokens); i++ {
		if a, b := &tokens[i-1], &tokens[i]; a.norm == "'" && b.norm == "'" && b.gap == noGap && a.kind == signToken && b.kind == signToken {
			a.norm, a.text, b.norm = "\"", "\"", "''"
		}
	}
}

// parser reads the numerals of one sentence.
func (r *reader) parser(s *sentence) *parser {
	return &parser{lx: r.lx, tokens: r.tokens, end: s.last, isolated: r.isolated}
}
