package extract

import (
	"strings"

	"tallywire/claims"
)

// fromWords reads a numeral that starts with a word: "two hundred and three", "half a million", "dozens",
// "hundreds of thousands", "a dozen", "zweiundvierzig", "пів мільйона".
func (p *parser) fromWords(i int) (numeral, bool) {
	if n, ok := p.minusWord(i); ok {
		return n, true
	}
	if n, ok := p.leadingPoint(i); ok {
		return n, true
	}
	if n, ok := p.articleUnit(i); ok {
		return n, true
	}
	if n, ok := p.oneAndHalf(i); ok {
		return n, true
	}
	if n, ok := p.halfOf(i); ok {
		return n, true
	}
	if n, ok := p.fractionAt(i); ok {
		p.ofScale(&n)
		return n, true
	}
	if n, ok := p.articleScale(i); ok {
		return n, true
	}
	if n, ok := p.cardinal(i); ok {
		return n, true
	}
	if n, ok := p.multiple(i); ok {
		return n, true
	}
	return p.vagueWord(i)
}

// multiple reads "twice as many", "double the number", but not "twice a week".
func (p *parser) multiple(i int) (numeral, bool) {
	by := p.lx.multiples[p.tok(i).norm]
	next := p.tok(i + 1)
	if after := p.tok(i + 2); next.upper || p.lx.is(wordAs, next.norm) && after.upper && after.kind == wordToken {
		return numeral{}, false // "scored twice as United won"
	}
	if by == 0 || !p.lx.multiple[next.norm] || next.gap != blankGap || p.lx.article[p.tok(i-1).norm] {
		return numeral{}, false
	}
	if key, n := p.lx.units.at(p.tokens[:p.end], i+2); p.lx.article[next.norm] && n > 0 && strings.HasPrefix(key, "duration") {
		return numeral{}, false
	}
	return numeral{first: i, last: i + 1, value: claims.Int(by), times: true}, true
}

// articleUnit reads "a dollar" and "a couple" where they are the whole text.
func (p *parser) articleUnit(i int) (numeral, bool) {
	if !p.isolated || i != 0 || p.end > 3 || !p.lx.article[p.tok(i).norm] {
		return numeral{}, false
	}
	n := numeral{first: i, last: i + 1, value: claims.Int(1)}
	switch {
	case p.tok(i+1).norm == "pair" || p.tok(i+1).norm == "couple":
		n.value, n.last = claims.Int(2), i+2
	case !p.unitAhead(i+1) && !p.moneyAt(i+1):
		return n, false
	}
	return n, true
}

func (p *parser) minusWord(i int) (numeral, bool) {
	if !p.lx.minus[p.tok(i).norm] {
		return numeral{}, false
	}
	first := i + 1
	if p.tok(first).norm == "-" && p.tok(first).gap == noGap {
		first++ // "minus-5"
	}
	t := p.tok(first)
	if t.gap == paraGap || t.kind == signToken {
		return numeral{}, false
	}
	if _, bound := p.lx.before.before(p.tokens, max(0, i-4), i+1); bound > 1 {
		return numeral{}, false // "al menos", "au moins"
	}
	n, ok := p.numeral(first)
	if !ok || !n.value.Known() || i > 0 && (p.tok(i-1).kind == numberToken) {
		return numeral{}, false
	}
	n.first, n.value, n.one = i, negative(n.value), false
	return n, true
}

// oneAndHalf reads the words that mean one and a half: "anderthalb", "полтора".
func (p *parser) oneAndHalf(i int) (numeral, bool) {
	t := p.tok(i)
	value := ""
	switch {
	case p.lx.oneHalf[t.norm]:
		value = "1.5"
		if p.lx.is(hundredAndHalf, t.norm) {
			value = "150"
		}
	case p.lx.compound && strings.HasSuffix(t.norm, "einhalb"):
		if v, ok := splitCompound(strings.TrimSuffix(t.norm, "einhalb"), p.lx); ok {
			value = claims.Int(v).String() + ".5"
		}
	}
	if value == "" {
		return numeral{}, false
	}
	n := numeral{first: i, last: i + 1}
	n.value, _ = parsePlain(value)
	p.scaleAfter(&n)
	return n, true
}

// halfOf reads "half a million", "half million", "a quarter of a million", "medio millón", "пів мільйона".
func (p *parser) halfOf(i int) (numeral, bool) {
	j := i
	if p.lx.article[p.tok(j).norm] && p.lx.half[p.tok(j+1).norm] {
		j++
	}
	if !p.lx.half[p.tok(j).norm] {
		return numeral{}, false
	}
	n := numeral{first: i, last: j + 1, fraction: true}
	n.value, _ = parsePlain("0.5")
	k := j + 1
	if p.tok(k).norm == "-" && p.tok(k).gap == noGap {
		k++
		n.first = j // "a half-mile"
	}
	if p.lx.article[p.tok(k).norm] {
		k++
	}
	if p.scaleOrDozen(&n, k) {
		return n, true
	}
	if ends, ok := p.lx.vague[p.tok(k).norm]; ok && p.tok(k).gap != paraGap && !p.lx.deep {
		n.value, n.last, n.fraction = product(n.value, ends[0]), k+1, false // "пів сотні"
		return n, true
	}
	if j > i || p.lx.code == "en" && p.halfCounts(j) {
		return n, true
	}
	return n, p.lx.code != "en" && p.lx.code != "de" && p.lx.code != "es" && p.lx.code != "fr"
}

// halfCounts reports whether a bare "half" says a quantity: "half of", "half the".
func (p *parser) halfCounts(j int) bool {
	next := p.tok(j + 1)
	if next.gap == paraGap {
		return true
	}
	if next.norm == "-" || next.kind == signToken && next.gap == noGap {
		return next.text == "," || next.text == "." || next.text == "-" && p.unitAhead(j+2)
	}
	return next.norm == "of" || next.norm == "the" || next.norm == "a" || next.norm == "an" || next.norm == "its" || next.norm == "their" ||
		p.unitAhead(j+1)
}

func (p *parser) unitAhead(j int) bool {
	_, n := p.lx.units.at(p.tokens[:p.end], j)
	return n > 0
}

// scaleOrDozen multiplies by a scale word or dozen at k.
func (p *parser) scaleOrDozen(n *numeral, k int) bool {
	t := p.tok(k)
	if w, ok := p.lx.num[t.norm]; ok && (w.kind == "scale" || w.kind == "hundred") {
		exp := w.value
		if w.kind == "hundred" {
			exp = 2
		}
		n.value, n.last, n.scale = scaled(n.value, exp), k+1, true
		return true
	}
	if d, ok := p.lx.dozens[t.norm]; ok {
		n.value, n.last, n.dozen = product(n.value, claims.Int(d)), k+1, true
		return true
	}
	return false
}

// ofScale reads "a quarter of a million", "three quarters of a billion".
func (p *parser) ofScale(n *numeral) {
	k := n.last
	if p.scaleOrDozen(n, k) {
		return
	}
	if p.lx.of[p.tok(k).norm] {
		k++
		if p.lx.article[p.tok(k).norm] {
			k++
		} else if p.lx.code == "en" {
			return
		}
		if w := p.lx.num[p.tok(k).norm]; w.kind == "scale" && len(p.tok(k).norm) > 3 {
			p.scaleOrDozen(n, k)
		}
	}
}

// articleScale reads "a hundred", "a thousand and one", "a dozen", "une centaine", "ein Dutzend".
func (p *parser) articleScale(i int) (numeral, bool) {
	t := p.tok(i)
	j := i
	if p.lx.article[t.norm] {
		j++
	}
	next := p.tok(j)
	if next.gap == paraGap {
		return numeral{}, false
	}
	if d, ok := p.lx.dozens[next.norm]; ok && (j > i || p.lx.code != "en") {
		if next.norm == "score" && !p.lx.of[p.tok(j+1).norm] {
			return numeral{}, false
		}
		n := numeral{first: i, last: j + 1, value: claims.Int(d), dozen: true}
		return n, true
	} else if ok && next.norm == "dozen" {
		return numeral{first: i, last: j + 1, value: claims.Int(d), dozen: true}, true
	}
	if j == i {
		return numeral{}, false
	}
	if w, ok := p.lx.num[next.norm]; ok && (w.kind == "hundred" || w.kind == "scale") && len(next.norm) > 3 {
		n, ok := p.cardinal(j)
		n.first = i
		return n, ok
	}
	if p.lx.code == "en" {
		if _, ok := p.lx.fractions[next.norm]; ok && p.lx.of[p.tok(j+1).norm] {
			return p.fractionAt(i)
		}
	}
	return numeral{}, false
}

// vagueWord reads "dozens", "hundreds of thousands", "tens of millions", "десятки тисяч".
func (p *parser) vagueWord(i int) (numeral, bool) {
	t := p.tok(i)
	ends, ok := p.lx.vague[t.norm]
	if !ok {
		return numeral{}, false
	}
	n := numeral{first: i, last: i + 1, low: ends[0], high: ends[1], vague: true}
	j := i + 1
	if p.lx.of[p.tok(j).norm] {
		j++
	}
	next := p.tok(j)
	if second, ok := p.lx.vague[next.norm]; ok && next.gap != paraGap {
		// "hundreds of thousands": the low ends multiply, the high end is the last before the next rank
		n.low, n.high = product(n.low, second[0]), product(sum(n.high, claims.Int(1)), second[0])
		n.high = sum(n.high, claims.Int(-1))
		n.last = j + 1
		return n, true
	}
	if w, ok := p.lx.num[next.norm]; ok && w.kind == "scale" && next.gap != paraGap {
		n.low, n.high = scaled(n.low, w.value), sum(scaled(sum(n.high, claims.Int(1)), w.value), claims.Int(-1))
		n.last, n.scale = j+1, true
		return n, true
	}
	return n, !p.lx.vagueOf[t.norm] || p.lx.of[p.tok(i+1).norm]
}

// cardinal reads number words by place value: units below tens below hundreds, groups before scales in
// falling order. A scale above all that stood before it multiplies the whole ("mil millones").
func (p *parser) cardinal(i int) (numeral, bool) {
	c := count{lx: p.lx}
	n := numeral{first: i, last: i}
	j := i
	for j < p.end {
		t := p.tok(j)
		if j > i && t.gap == paraGap {
			break
		}
		if t.kind == signToken {
			if t.norm == "-" && t.gap == noGap && p.tok(j+1).gap == noGap && j > i && p.tok(j+1).kind == wordToken {
				j++
				continue
			}
			if w := p.lx.num[p.tok(j+1).norm]; t.norm == "-" && t.gap == blankGap && j == i+1 && p.lx.num[p.tok(i).norm].kind == "ten" && w.kind == "unit" && w.value < 10 && p.lx.code == "en" {
				j++ // "fifty - two"
				continue
			}
			if t.norm == "," && t.gap == noGap && !c.inGroup && c.any() && p.lowerScaleAhead(j+1, c.lastExp()) {
				j++ // "one million, two hundred thousand"
				continue
			}
			break
		}
		if p.lx.and[t.norm] && j > i {
			k := j + 1
			if p.tok(k).norm == "-" && p.tok(k).gap == noGap {
				k++ // vingt-et-un
			}
			if c.takesAnd(p.tok(k), t.norm) {
				if !c.andFits(p, k-1) {
					break
				}
				j = k
				continue
			}
		}
		if p.lx.compound && t.kind == wordToken {
			if v, exp, ok := compoundWord(t.norm, p.lx); ok {
				if !c.takeCompound(v, exp) {
					break
				}
				j++
				n.last = j
				continue
			}
		}
		w, ok := p.lx.num[t.norm]
		if plural, known := p.lx.suffixes[t.norm]; !ok && known && len(t.norm) > 3 && (c.inGroup || c.scaled && c.lastExp() == 3) && plural.value >= 3 {
			w, ok = plural, true // "three thousand millions"
		}
		if !ok || !c.take(w, p, j) {
			break
		}
		j++
		n.last = j
	}
	if n.last == i {
		return n, false
	}
	n.value, n.scale, n.exp, n.collective = c.value(), c.scaled, c.lastExp(), c.collective
	if d, last, ok := p.denominator(n.last); ok && p.isolated && d > 2 && n.value.Known() && !p.lx.ordinalsOnly(p.tok(n.last).norm) && p.tok(n.last).gap == blankGap {
		n.value, n.last, n.fraction = quotient(n.value, claims.Int(d)), last, true
		return n, true
	}
	p.decimals(&n)
	p.mixed(&n)
	if !n.scale {
		p.scaleAfter(&n)
	}
	n.one = n.last == i+1 && n.value.Equal(claims.Int(1)) && (!p.lx.compound || p.lx.article[p.tok(i).norm])
	return n, true
}

// ordinalsOnly reports a word that is an ordinal and never the lower part of a fraction: "first", "second".
func (lx *lexicon) ordinalsOnly(w string) bool { return lx.ordinals[w] == 1 || lx.ordinals[w] == 2 }

// lowerScaleAhead reports number words at j that go on below the scale exp.
func (p *parser) lowerScaleAhead(j int, exp int64) bool {
	seen := false
	for k := j; k < p.end && k < j+8; k++ {
		w, ok := p.lx.num[p.tok(k).norm]
		if !ok {
			return false
		}
		if w.kind == "scale" {
			return seen && w.value < exp
		}
		seen = true
	}
	return false
}
