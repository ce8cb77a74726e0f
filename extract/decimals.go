package extract

import "tallywire/claims"

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
