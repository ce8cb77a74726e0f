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
	return p.vagueWord(i)
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
		if strings.HasSuffix(t.norm, "ста") {
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
	if t.norm == "tens" {
		return n, p.lx.of[p.tok(i+1).norm]
	}
	return n, true
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

// A count is the state of reading number words.
type count struct {
	lx         *lexicon
	parts      []part // groups with their scales, in falling order
	group      int64  // below 1000, or below 10000 in "twenty-one hundred"
	inGroup    bool
	lastTen    bool // the last word was the French "dix", which takes sept, huit and neuf
	scaled     bool
	collective bool
	closed     bool
}

// A part is what stands before a scale word, multiplied.
type part struct {
	value claims.Number
	exp   int64
}

func (c *count) any() bool { return len(c.parts) > 0 }

func (c *count) value() claims.Number {
	v := claims.Int(c.group)
	for _, p := range c.parts {
		v = sum(v, p.value)
	}
	return v
}

// take adds a word, or reports that it does not continue the number.
func (c *count) take(w numWord, p *parser, j int) bool {
	if c.closed {
		return false
	}
	g := c.group
	lastTen := c.lastTen
	c.lastTen = false
	switch w.kind {
	case "zero":
		if c.inGroup || c.any() {
			return false
		}
		next, more := p.lx.num[p.tok(j+1).norm]
		c.closed = !more || next.kind != "unit" || !p.isolated
		return true
	case "collective":
		if c.inGroup || c.any() {
			return false
		}
		c.group, c.collective, c.closed = w.value, true, true
	case "unit":
		if c.inGroup && (g%10 != 0 || g%100 == 10) && !(lastTen && w.value >= 7) || c.inGroup && c.lx.code == "fr" && lastTen && w.value < 7 {
			return false
		}
		c.group += w.value
	case "teen":
		if c.inGroup && g%100 != 0 && !(c.lx.code == "fr" && (g%100 == 60 || g%100 == 80)) {
			return false
		}
		c.group += w.value
		c.lastTen = c.lx.code == "fr" && w.value == 10
	case "ten":
		if c.lx.code == "fr" && w.value == 20 && g%100 == 4 {
			c.group += 76 // quatre-vingt
			break
		}
		if c.inGroup && g >= 13 && g <= 20 && c.lx.code == "en" && p.isolated && !c.any() {
			c.group = g*100 + w.value // "nineteen seventy-three"
			break
		}
		if c.inGroup && g%100 != 0 {
			return false
		}
		c.group += w.value
	case "hundred":
		switch {
		case !c.inGroup:
			if c.lx.code == "en" && !c.any() && !p.bareScale(j) {
				return false
			}
			c.group = 100
		case g < 100 && g > 0:
			c.group *= 100
		default:
			return false
		}
	case "hundreds":
		if c.inGroup {
			return false
		}
		c.group = w.value
	case "scale":
		return c.takeScale(w.value, p, j)
	default:
		return false
	}
	c.inGroup = true
	return true
}

// bareScale reports whether "hundred" or "thousand" at j without a figure before it starts a number.
func (p *parser) bareScale(j int) bool {
	if j > 0 && p.lx.article[p.tok(j-1).norm] || p.isolated && p.end == 1 && len(p.tok(j).norm) > 5 {
		return true
	}
	next := p.tok(j + 1)
	if p.lx.and[next.norm] {
		next = p.tok(j + 2)
	}
	_, ok := p.lx.num[next.norm]
	return ok && next.gap != paraGap
}

func (c *count) takeScale(exp int64, p *parser, j int) bool {
	t := p.tok(j)
	if !c.inGroup && !c.any() {
		if p.lx.gr.abbreviations[t.norm] || c.lx.code == "en" && !p.bareScale(j) || exp > 3 && !p.bareScale(j) {
			return false
		}
		if _, vague := c.lx.vague[t.norm]; vague && (p.lx.of[p.tok(j+1).norm] || c.lx.code == "uk" || c.lx.code == "ru") && !p.bareScale(j) {
			return false // "тисячі людей" is vague
		}
	}
	return c.addScale(exp)
}

// addScale multiplies the group, with all parts of a lower scale, by ten to the exp: "mil millones".
func (c *count) addScale(exp int64) bool {
	if n := len(c.parts); n > 0 && c.parts[n-1].exp == exp {
		return false
	}
	v, lower := claims.Int(c.group), false
	for n := len(c.parts); n > 0 && c.parts[n-1].exp < exp; n = len(c.parts) {
		v, lower = sum(v, c.parts[n-1].value), true
		c.parts = c.parts[:n-1]
	}
	if !c.inGroup && !lower {
		v = claims.Int(1)
	}
	c.parts = append(c.parts, part{scaled(v, exp), exp})
	c.group, c.inGroup, c.scaled = 0, false, true
	return true
}

// lastExp is the scale of the last part, 0 for none.
func (c *count) lastExp() int64 {
	if n := len(c.parts); n > 0 {
		return c.parts[n-1].exp
	}
	return 0
}

// takesAnd reports whether the word behind "and" may continue the number.
func (c *count) takesAnd(next *token, and string) bool {
	if !c.inGroup && !c.any() || next.gap == paraGap {
		return false
	}
	w, ok := c.lx.num[next.norm]
	if !ok && c.lx.compound {
		_, _, ok = compoundWord(next.norm, c.lx)
		return ok
	}
	return ok && (w.kind == "unit" || w.kind == "teen" || w.kind == "ten" || w.kind == "hundred" || w.kind == "hundreds")
}

// andFits tells "two hundred and three" from the enumeration "two and three".
func (c *count) andFits(p *parser, j int) bool {
	w := c.lx.num[p.tok(j+1).norm]
	g := c.group
	if d := c.lx.fractions[p.tok(j+2).norm]; d > 0 && p.tok(j+2).gap != paraGap && !(c.lx.code == "en" && c.inGroup) {
		return false // "five billion and three quarters"
	}
	switch c.lx.code {
	case "en":
		return !c.inGroup && c.any() && !p.ofScaleFollows(j+1) || c.inGroup && g >= 100 && g%100 == 0 && w.kind != "hundred"
	case "es":
		return c.inGroup && g%100 >= 30 && g%10 == 0 && w.kind == "unit" || c.any() && !c.inGroup
	case "fr":
		return c.inGroup && g%100 >= 20 && g%10 == 0 && (w.kind == "unit" && w.value == 1 || w.kind == "teen" && w.value == 11)
	case "de":
		return c.inGroup && g%100 == 0 && g > 0 || c.any() && !c.inGroup || c.inGroup && g%100 < 10 && w.kind == "ten"
	}
	return false
}

// ofScaleFollows guards "one thousand and two million": two numbers.
func (p *parser) ofScaleFollows(j int) bool {
	w, ok := p.lx.num[p.tok(j+1).norm]
	return ok && w.kind == "scale" && p.lx.code == "en"
}

// leadingPoint reads "point one two".
func (p *parser) leadingPoint(i int) (numeral, bool) {
	t := p.tok(i)
	if !p.lx.point[t.norm] || i > 0 && t.gap != paraGap && i != 0 || len([]rune(t.norm)) < 4 {
		return numeral{}, false
	}
	n := numeral{first: i, last: i, value: claims.Int(0)}
	p.decimals(&n)
	return n, n.last > i
}

// decimals reads "point five", "Komma drei null", "целых пять десятых".
func (p *parser) decimals(n *numeral) {
	t := p.tok(n.last)
	if p.lx.whole[t.norm] {
		p.slavicDecimals(n)
		return
	}
	if !p.lx.point[t.norm] || t.gap == noGap && n.last > n.first || t.gap == paraGap && n.last > n.first {
		return
	}
	if t.norm == "con" {
		if _, ok := p.fractionAt(n.last + 1); ok || p.end > 12 {
			return
		}
	}
	digits, j := "", n.last+1
	for j < p.end {
		t := p.tok(j)
		if t.kind == numberToken && plainDigits(t.norm) && t.gap != paraGap {
			digits, j = digits+t.norm, j+1
			continue
		}
		if t.norm == "o" || t.norm == "oh" {
			digits, j = digits+"0", j+1
			continue
		}
		w, ok := p.lx.num[t.norm]
		if ok && w.kind == "zero" {
			digits, j = digits+"0", j+1
			continue
		}
		v, k, ok := p.smallDecimal(j)
		if !ok {
			break
		}
		digits, j = digits+v, k
	}
	if digits == "" || len(digits) > 20 {
		return
	}
	v, ok := parsePlain(n.value.String() + "." + digits)
	if !ok {
		return
	}
	n.value, n.last, n.one = v, j, false
	p.scaleAfter(n)
}

func (p *parser) smallDecimal(j int) (string, int, bool) {
	if p.lx.compound {
		if v, exp, ok := compoundWord(p.tok(j).norm, p.lx); ok && exp < 0 {
			return claims.Int(v).String(), j + 1, true
		}
	}
	t := p.tok(j)
	w, ok := p.lx.num[t.norm]
	if !ok || t.gap == paraGap || w.kind != "unit" && w.kind != "teen" && w.kind != "ten" && w.kind != "hundreds" {
		return "", j, false
	}
	q := *p
	q.end = min(p.end, j+5)
	c := count{lx: p.lx}
	k := j
	for k < q.end {
		t := q.tok(k)
		if t.norm == "-" && t.gap == noGap && k > j {
			k++
			continue
		}
		if p.lx.and[t.norm] && k > j && c.takesAnd(q.tok(k+1), t.norm) && c.andFits(&q, k) && q.lx.code != "en" {
			k++
			continue
		}
		w, ok := p.lx.num[t.norm]
		if !ok || w.kind == "scale" || !c.take(w, &q, k) {
			break
		}
		k++
	}
	return claims.Int(c.group).String(), k, k > j
}

// slavicDecimals reads "две целых (и) пять десятых" behind its whole number.
func (p *parser) slavicDecimals(n *numeral) {
	j := n.last + 1
	if p.lx.and[p.tok(j).norm] {
		j++
	}
	q := *p
	if j+6 < q.end {
		q.end = j + 6
	}
	c := count{lx: p.lx}
	k := j
	for k < q.end {
		w, ok := p.lx.num[p.tok(k).norm]
		if !ok || w.kind == "scale" || !c.take(w, &q, k) {
			break
		}
		k++
	}
	d, ok := p.lx.fractions[p.tok(k).norm]
	if k == j || !ok {
		return
	}
	n.value, n.last, n.fraction, n.one = sum(n.value, quotient(claims.Int(c.group), claims.Int(d))), k+1, false, false
	p.scaleAfter(n)
}
