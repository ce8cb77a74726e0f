package extract

import (
	"strings"

	"tallywire/claims"
)

// A numeral is a run of tokens that says one number, without its bounds and unit.
type numeral struct {
	first, last int // tokens, half open
	value       claims.Number
	low, high   claims.Number // ends of a vague word ("dozens"); value is then unknown
	vague       bool
	digits      bool // written in digits, at least in part
	one         bool // the bare word for one, which is often an article or pronoun
	fraction    bool // "two thirds", "half"
	scale       bool // a scale word or letter is part of it
	collective  bool // троє, двоє: people
	dozen       bool
	times       bool  // "twice as many"
	exp         int64 // of the last scale word
	prec        int
}

// parser reads numerals of one language out of tokens[:end].
type parser struct {
	lx     *lexicon
	tokens []token
	end    int
	// isolated: the text is a phrase, where "a dollar" and "nineteen seventy-three" are figures.
	isolated bool
}

// numeral reads the longest numeral at tokens[i].
func (p *parser) numeral(i int) (numeral, bool) {
	if i >= p.end {
		return numeral{}, false
	}
	t := &p.tokens[i]
	n, ok := numeral{}, false
	switch t.kind {
	case numberToken:
		n, ok = p.fromDigits(i)
	case wordToken:
		if !t.word.numeral && !p.lx.compound {
			return n, false
		}
		n, ok = p.fromWords(i)
	}
	if !ok {
		return n, false
	}
	if n.value.Known() {
		n.prec = precision(n.value)
	}
	return n, true
}

func (p *parser) tok(i int) *token {
	if i < 0 || i >= p.end {
		return &noToken
	}
	return &p.tokens[i]
}

var noToken = token{kind: signToken, gap: paraGap, word: &unknown} // never written to

// fromDigits reads "1,200", "310 000", "1/4", "10 1/2", "35m", "1.2 million", "5 and a half".
func (p *parser) fromDigits(i int) (numeral, bool) {
	n := numeral{first: i, last: i + 1, digits: true}
	s := p.tokens[i].norm
	if plainDigits(s) && len(s) <= 3 && s[0] != '0' {
		for p.tok(n.last).text == "," && p.tok(n.last).gap == noGap && p.tok(n.last+1).norm == "000" && p.tok(n.last+1).gap == blankGap {
			s, n.last = s+"000", n.last+2 // "80, 000"
		}
	}
	for p.joinsGroup(i, n.last, s) {
		s += p.tokens[n.last].norm
		n.last++
	}
	var ok bool
	if n.last > i+1 && strings.ContainsAny(p.tokens[n.last-1].norm, ".,") {
		// the decimal part stands on the last group: 10 000,00
		at := strings.LastIndexAny(s, ".,")
		n.value, ok = parsePlain(s[:at] + "." + s[at+1:])
	} else if n.last > i+1 {
		n.value, ok = parsePlain(s)
	} else {
		n.value, ok = parseDigits(s, p.lx)
	}
	if !ok || !n.value.Known() {
		return n, false
	}
	if _, v := vulgar[firstRune(p.tokens[i].norm)]; v {
		n.fraction = true
	}
	n.last += p.caseEnding(n.last, p.tok(n.last-1).norm)
	p.slashFraction(&n)
	p.power(&n)
	p.mixed(&n)
	if p.isolated && n.last == i+1 {
		p.decimals(&n)
	}
	p.scaleAfter(&n)
	p.lowerGroups(&n)
	if n.scale {
		p.mixed(&n)
	}
	return n, true
}

// caseEnding is the length of the ending of a cardinal in another case behind digits: "13-ти областях", "2-х поранених".
func (p *parser) caseEnding(j int, digits string) int {
	e := p.tok(j + 1)
	if len(p.lx.cardEnding) == 0 || p.tok(j).norm != "-" || p.tok(j).gap != noGap || e.kind != wordToken || e.gap != noGap {
		return 0
	}
	switch p.lx.cardEnding[e.norm] {
	case "general":
		return 2
	case "small":
		if last := digits[len(digits)-1]; last >= '2' && last <= '4' && (len(digits) == 1 || digits[len(digits)-2] != '1') && len(digits) < 3 {
			return 2
		}
	}
	return 0
}

// power reads "1e10" and "1.1^23", whose value must stay within what a Number holds.
func (p *parser) power(n *numeral) {
	t := p.tok(n.last)
	if at := p.tenTimes(n.last); at > 0 {
		exp, neg := at, p.tok(at).norm == "-"
		if neg {
			exp++
		}
		if e := p.tok(exp); e.kind == numberToken && plainDigits(e.norm) && len(e.norm) <= 2 {
			by := int64(atoi(e.norm))
			if neg {
				by = -by
			}
			n.value, n.last = scaled(n.value, by), exp+1
		}
		return
	}
	if t.gap != noGap {
		return
	}
	if rest, ok := strings.CutPrefix(t.norm, "e"); ok && t.kind == wordToken && plainDigits(rest) && len(rest) <= 2 {
		n.value, n.last = scaled(n.value, int64(atoi(rest))), n.last+1
		return
	}
	if t.norm == "e" && t.kind == wordToken && (p.tok(n.last+1).norm == "+" || p.tok(n.last+1).norm == "-") && p.tok(n.last+2).kind == numberToken && p.tok(n.last+2).gap == noGap {
		e := p.tok(n.last + 2).norm
		if plainDigits(e) && len(e) <= 2 {
			exp := int64(atoi(e))
			if p.tok(n.last+1).norm == "-" {
				exp = -exp
			}
			n.value, n.last = scaled(n.value, exp), n.last+3
		}
		return
	}
	if t.text != "^" {
		return
	}
	j, neg := n.last+1, false
	for j < p.end && (p.tok(j).text == "+" || p.tok(j).norm == "-") {
		neg = neg != (p.tok(j).norm == "-")
		j++
	}
	e := p.tok(j)
	if e.kind != numberToken || !plainDigits(e.norm) || len(e.norm) > 2 || len(n.value.String()) > 8 || atoi(e.norm) > 30 {
		return
	}
	v := claims.Int(1)
	for range atoi(e.norm) {
		v = product(v, n.value)
	}
	if neg {
		v = quotient(claims.Int(1), v)
	}
	n.value, n.last = v, j+1
}

// tenTimes returns the token behind "x10^" at j, 0 for none.
func (p *parser) tenTimes(j int) int {
	switch p.tok(j).norm {
	case "x10":
		j++
	case "x", "×", "*", "·":
		if j++; p.tok(j).norm != "10" {
			return 0
		}
		j++
	default:
		return 0
	}
	if p.tok(j).text != "^" {
		return 0
	}
	return j + 1
}

// lowerGroups reads what goes on in digits below a scale word: "6 thousand 2 hundred and 15".
func (p *parser) lowerGroups(n *numeral) {
	for n.scale && n.exp > 0 {
		j := n.last
		and := p.lx.and[p.tok(j).norm]
		if and {
			j++
		}
		t := p.tok(j)
		if t.gap == paraGap || j == n.last && t.gap == noGap {
			return
		}
		m := numeral{first: j, last: j}
		switch {
		case t.kind == numberToken && plainDigits(t.norm) && len(t.norm) <= 3:
			m.value, _ = parsePlain(t.norm)
			m.last = j + 1
			p.scaleAfter(&m)
		case t.kind == wordToken && (and || p.end-j <= 3):
			q := *p
			c, ok := q.cardinal(j)
			if !ok || c.one && !and || p.end-c.last > 0 && !c.scale {
				return
			}
			m = c
		default:
			return
		}
		if m.exp >= n.exp || !less(m.value, scaled(claims.Int(1), n.exp)) || m.exp == 0 && (m.last < p.end || !and && n.exp > 3) {
			return
		}
		n.value, n.last, n.exp = sum(n.value, m.value), m.last, m.exp
	}
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// joinsGroup reports whether tokens[j] is a further group of three digits of the numeral that starts at i.
func (p *parser) joinsGroup(i, j int, sofar string) bool {
	t := p.tok(j)
	if t.kind != numberToken || t.gap == noGap || t.gap == paraGap {
		return false
	}
	first := p.tokens[i].norm
	if !plainDigits(first) || len(first) > 3 || first[0] == '0' {
		return false
	}
	group, rest := t.norm, ""
	if at := strings.IndexAny(group, ".,"); at >= 0 {
		group, rest = group[:at], group[at+1:]
		if strings.ContainsAny(rest, ".,'") {
			return false
		}
	}
	if len(group) != 3 || !plainDigits(group) {
		return false
	}
	if next := p.tok(j + 1); next.kind == numberToken && next.gap != paraGap && next.gap != noGap && rest == "" && len(next.norm) != 3 && plainDigits(next.norm) {
		return false // a phone number: 044 390 43 91
	}
	if t.gap == hardGap || p.lx.blanks {
		return true
	}
	// In English and German an ordinary blank groups only where chance is excluded.
	_, month := p.lx.cal.months[strings.TrimSuffix(p.tok(i-1).norm, ".")]
	counted := p.tok(j+1).kind == wordToken && p.lx.code == "en" && len(p.tok(j+1).norm) > 3 && strings.HasSuffix(p.tok(j+1).norm, "s") && !p.tok(i-1).upper && p.tok(i-1).kind == wordToken
	return !month && (counted || group == "000" || strings.HasSuffix(group, "00") || p.tok(j+1).kind == numberToken && len(p.tok(j+1).norm) == 3 || rest != "")
}
