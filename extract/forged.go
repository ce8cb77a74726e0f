package extract

import "unicode"

// forged returns the tokens from i on of a numeral with look-alikes for digits, digits of two scripts, or a superscript before it, 0 for
// none. Such a numeral says nothing: "1O0 people", "²3".
func (r *reader) forged(i int, s *sentence) int {
	t := &r.tokens[i]
	n := 1
	bad := mixedScripts(t.text)
	if before := i - 1; before >= s.first && t.gap == noGap {
		switch b := &r.tokens[before]; {
		case b.kind == signToken && unicode.Is(unicode.No, firstRune(b.text)):
			bad = true
		case isSeparator(firstRune(b.text)) && b.gap == noGap && before > s.first && r.lx.likeDigits(r.norm(before-1)):
			bad = true // "O,500"
		}
	}
	for j := i + 1; j < s.last && r.tokens[j].gap == noGap; j++ {
		w := &r.tokens[j]
		if w.kind == signToken && isSeparator(firstRune(w.text)) && j+1 < s.last && r.tokens[j+1].gap == noGap && r.lx.likeDigits(r.norm(j+1)) {
			continue
		}
		if w.kind != numberToken && !(w.kind == wordToken && r.lx.likeDigits(w.norm)) {
			break
		}
		bad, n = bad || w.kind == wordToken, j+1-i
	}
	if !bad {
		return 0
	}
	return n
}

// likeDigits reports a word of look-alikes alone or with digits: "O0", "OO", "l0", but not the litre.
func (lx *lexicon) likeDigits(w string) bool {
	letters, digits, round := 0, false, true
	for _, c := range w {
		switch {
		case isDigit(c):
			digits = true
		case lx.is(lookalikes, string(c)):
			letters++
			round = round && lx.is(roundLetters, string(c))
		default:
			return false
		}
	}
	return letters > 0 && (digits || round)
}

// mixedScripts reports digits of more than one script in a numeral.
func mixedScripts(s string) bool {
	zero := rune(-1)
	for _, c := range s {
		if !isDigit(c) {
			continue
		}
		z := c - rune(digitValue(c))
		if zero >= 0 && z != zero {
			return true
		}
		zero = z
	}
	return false
}
