package extract

import (
	"strings"

	"tallywire/claims"
)

// scaleAfter multiplies by what follows: "million", "bn", "тыс.", "dozen".
func (p *parser) scaleAfter(n *numeral) {
	for rounds := 0; rounds < 2; rounds++ {
		t := p.tok(n.last)
		j := n.last
		if t.norm == "-" && t.gap == noGap && p.tok(j+1).gap == noGap {
			if w, ok := p.lx.num[p.tok(j+1).norm]; ok && w.kind == "scale" {
				j, t = j+1, p.tok(j+1)
			}
		}
		w, ok := p.scaleWord(j)
		if !ok {
			if d, ok := p.lx.dozenAt(t.norm); ok && t.gap != paraGap && p.dozenFollows(n) {
				n.value, n.last, n.dozen = product(n.value, claims.Int(d)), j+1, true
			}
			return
		}
		n.value, n.last, n.scale, n.exp = scaled(n.value, w), j+1, true, w
		if p.tok(n.last).text == "." && p.tok(n.last).gap == noGap && len([]rune(t.norm)) <= 4 && p.abbreviationPoint(n.last) {
			n.last++
		}
	}
}

func (p *parser) dozenFollows(n *numeral) bool {
	return p.tok(n.last).gap != noGap || p.lx.compound
}

// abbreviationPoint reports whether the full stop at j belongs to an abbreviation and does not end a sentence.
func (p *parser) abbreviationPoint(j int) bool {
	if !p.lx.gr.abbreviations[p.tok(j-1).norm] {
		return false
	}
	after := p.tok(j + 1)
	return after.kind == wordToken && (!after.upper || p.lx.verbSecond && !p.lx.gr.stop[after.norm]) || p.moneyAt(j+1) || p.unitAhead(j+1)
}

// scaleWord returns the power of ten of the scale word or suffix at j.
func (p *parser) scaleWord(j int) (int64, bool) {
	t := p.tok(j)
	if t.kind != wordToken || t.gap == paraGap {
		return 0, false
	}
	w, ok := p.lx.num[t.norm]
	if ok && w.kind == "scale" && t.gap != noGap {
		return w.value, true
	}
	if ok && w.kind == "scale" && (w.value >= 6 || len(t.norm) > 2) {
		return w.value, true
	}
	if ok && w.kind == "hundred" && t.gap != noGap && p.tok(j-1).kind == numberToken {
		_, more := p.lx.num[p.tok(j+1).norm]
		return 2, p.lx.code != "fr" || p.lx.and[p.tok(j+1).norm] || more || p.tok(j-2).kind == wordToken && p.end-j == 1 && p.lx.num[p.tok(j-2).norm].kind == "scale"
	}
	s, ok := p.lx.suffixes[t.norm]
	if !ok {
		return 0, false
	}
	if len(t.text) <= 2 || t.gap != noGap {
		return s.value, p.suffixFits(j, s.value)
	}
	return s.value, true
}

// suffixFits decides whether a letter behind digits is a scale: "35m" may be metres, "3 m" mostly is.
func (p *parser) suffixFits(j int, exp int64) bool {
	t := p.tok(j)
	long := len([]rune(t.text)) > 1
	money := p.moneyBefore(j-1) || p.moneyAt(j+1)
	if t.gap != noGap {
		return long && t.norm != "mm" && t.norm != "tr" || money && t.text != "mm" || p.isolated && (t.norm == "k" || t.norm == "к")
	}
	switch t.text {
	case "m", "M", "м", "М":
		if money || t.text == "M" || t.text == "М" || p.tok(j+1).gap == blankGap && p.tok(j+1).kind == wordToken && len(p.tok(j+1).norm) > 2 && p.unitAhead(j+1) {
			return true // "5m cubic metres"
		}
		return p.lx.code == "en" && !p.lengthContext(j)
	case "mm", "MM":
		return money
	case "g", "G", "г", "t", "T":
		return money
	case "k", "K", "к", "К":
		return true
	case "b", "B":
		return true
	}
	return true
}

// lengthContext tells "a 35m wall" from "a loss of 35m" by the words of length around, or by standing alone.
func (p *parser) lengthContext(j int) bool {
	if j+1 >= p.end && (j < 3 || p.tok(j-2).gap == paraGap) {
		return true
	}
	for k := max(0, j-8); k < min(p.end, j+7); k++ {
		if p.lx.gr.lengthWords[p.tok(k).norm] {
			return true
		}
	}
	return false
}

// moneyBefore reports whether a currency stands right before the numeral that ends with token j.
func (p *parser) moneyBefore(j int) bool {
	for j > 0 && p.tok(j).kind == numberToken && p.tok(j-1).kind == numberToken {
		j--
	}
	if _, n := p.lx.currency.before(p.tokens, 0, max(j, 0)); n > 0 {
		return true
	}
	return false
}

func (p *parser) moneyAt(j int) bool {
	_, n := p.lx.currency.at(p.tokens[:p.end], j)
	return n > 0
}

// dozenAt is the value of a collective number word, also in the plural behind a figure: "3 dozens".
func (lx *lexicon) dozenAt(w string) (int64, bool) {
	if d, ok := lx.dozens[w]; ok {
		return d, true
	}
	d, ok := lx.dozens[strings.TrimSuffix(w, "s")]
	return d, ok && w != ""
}
