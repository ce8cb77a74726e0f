package extract

import "tallywire/claims"

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
		if c.inGroup && (g%10 != 0 || g%100 == 10) && !(lastTen && w.value >= 7) || c.inGroup && c.lx.vigesimal && lastTen && w.value < 7 {
			return false
		}
		c.group += w.value
	case "teen":
		if c.inGroup && g%100 != 0 && !(c.lx.vigesimal && (g%100 == 60 || g%100 == 80)) {
			return false
		}
		c.group += w.value
		c.lastTen = c.lx.vigesimal && w.value == 10
	case "ten":
		if c.lx.vigesimal && w.value == 20 && g%100 == 4 {
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
		if _, vague := c.lx.vague[t.norm]; vague && (p.lx.of[p.tok(j+1).norm] || c.lx.cases) && !p.bareScale(j) {
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
