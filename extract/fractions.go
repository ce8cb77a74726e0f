package extract

import (
	"strings"

	"tallywire/claims"
)

// slashFraction reads "3/4" written with a slash, and "10 1/2".
func (p *parser) slashFraction(n *numeral) {
	if top, bottom, last, ok := p.slashAt(n.first); ok && n.last == n.first+1 {
		n.value, n.last, n.fraction = quotient(top, bottom), last, true
		return
	}
	if top, bottom, last, ok := p.slashAt(n.last); ok && p.tok(n.last).gap == blankGap && less(top, bottom) {
		n.value, n.last, n.fraction = sum(n.value, quotient(top, bottom)), last, true
	}
}

// slashDenominators are those that news writes with a slash.
var slashDenominators = map[string]bool{"100": true, "1000": true, "12": false, "2": true, "3": true, "4": true, "5": true, "6": true, "8": true, "10": true, "16": true, "32": true}

func (p *parser) slashAt(i int) (top, bottom claims.Number, last int, ok bool) {
	a, s, b := p.tok(i), p.tok(i+1), p.tok(i+2)
	if a.kind != numberToken || s.text != "/" && s.text != "⁄" || b.kind != numberToken || s.gap != noGap || b.gap != noGap ||
		!plainDigits(a.norm) || len(a.norm) > 3 || !slashDenominators[b.norm] || p.tok(i+3).text == "/" && p.tok(i+3).gap == noGap || len(a.norm) > len(b.norm) {
		return top, bottom, 0, false
	}
	top, _ = parsePlain(a.norm)
	bottom, _ = parsePlain(b.norm)
	if !less(top, bottom) || a.norm[0] == '0' {
		return top, bottom, 0, false
	}
	return top, bottom, i + 3, true
}

// mixed reads what adds a fraction: "5 and a half", "2½", "5 and three quarters", "три с половиной".
func (p *parser) mixed(n *numeral) {
	j := n.last
	t := p.tok(j)
	if t.kind == numberToken && vulgar[firstRune(t.norm)] != "" && t.gap != paraGap {
		if v, ok := parseDigits(t.norm, p.lx); ok {
			n.value, n.last = sum(n.value, v), j+1
		}
		return
	}
	joined := p.lx.and[t.norm] || p.lx.is(withFraction, t.norm)
	if !joined || t.gap == paraGap {
		return
	}
	f, ok := p.fractionAt(j + 1)
	if !ok || !less(f.value, claims.Int(1)) {
		return
	}
	exp := n.exp // "3 million and a half" is 3.5 million
	if w, ok := p.scaleWord(f.last); ok && n.exp > 0 {
		exp = w
		f.last++
	}
	n.value, n.last = sum(n.value, scaled(f.value, exp)), f.last
}

// fractionAt reads a fraction in words: "a half", "two thirds", "one-fifth", "ein Viertel", "половина".
func (p *parser) fractionAt(i int) (numeral, bool) {
	n := numeral{first: i, last: i, fraction: true}
	t := p.tok(i)
	if p.lx.half[t.norm] && t.kind == wordToken {
		n.value, _ = parsePlain("0.5")
		n.last = i + 1
		return n, true
	}
	top, j := claims.Int(1), i
	if v, k, ok := p.small(i); ok {
		top, j = v, k
	} else if p.lx.article[t.norm] {
		j = i + 1
	} else if _, ok := p.lx.fractions[t.norm]; !ok || !p.bareFraction(i) {
		return n, false
	}
	if p.tok(j).norm == "-" && p.tok(j).gap == noGap {
		j++
	}
	if j == i && !p.bareFraction(i) {
		return n, false
	}
	if p.lx.half[p.tok(j).norm] && j > i {
		n.value = quotient(top, claims.Int(2))
		n.last = j + 1
		return n, true
	}
	if d, last, ok := p.denominator(j); ok && j > i {
		n.value, n.last = quotient(top, claims.Int(d)), last
		return n, true
	}
	if d, ok := p.lx.fractions[p.tok(j).norm]; ok && p.tok(j).gap != paraGap {
		n.value, n.last = quotient(top, claims.Int(d)), j+1
		return n, true
	}
	return n, false
}

// denominator reads the lower part of a fraction: "thirds", "twenty-fifth", "cinquièmes", "veinteavos".
func (p *parser) denominator(j int) (int64, int, bool) {
	t := p.tok(j)
	if t.gap == paraGap || t.kind != wordToken {
		return 0, j, false
	}
	if d, ok := p.lx.fractions[t.norm]; ok {
		return d, j + 1, true
	}
	if d, ok := p.oneWordDenominator(t.norm); ok {
		return d, j + 1, true
	}
	w, ok := p.lx.num[t.norm]
	hyphen := p.tok(j+1).norm == "-" && p.tok(j+1).gap == noGap
	if !ok || w.kind != "ten" || !hyphen && !(p.isolated && p.lx.code == "fr") {
		return 0, j, false
	}
	k := j + 1
	if hyphen {
		k++
	}
	if p.lx.and[p.tok(k).norm] && (p.tok(k+1).norm == "-" || !hyphen) {
		if k++; hyphen {
			k++
		}
	}
	last := p.tok(k).norm
	if d, ok := p.oneWordDenominator(last); ok && d < 10 {
		return w.value + d, k + 1, true
	}
	if d, ok := p.lx.fractions[last]; ok && d < 10 {
		return w.value + d, k + 1, true
	}
	return 0, j, false
}

// oneWordDenominator strips the ending of French and Spanish fractions.
func (p *parser) oneWordDenominator(w string) (int64, bool) {
	w = strings.TrimSuffix(w, "s")
	switch p.lx.code {
	case "en":
		if d, ok := p.lx.ordinals[w]; ok && d > 2 {
			return d, true
		}
		return 0, false
	case "fr":
		stem, ok := strings.CutSuffix(w, "ième")
		if !ok {
			stem, ok = strings.CutSuffix(w, "ieme")
		}
		if !ok {
			return 0, false
		}
		if stem == "un" {
			return 1, true
		}
		for _, s := range []string{stem, stem + "e", strings.TrimSuffix(stem, "u"), strings.TrimSuffix(stem, "v") + "f"} {
			if n, ok := p.lx.num[s]; ok {
				return n.plain(), true
			}
		}
		return 0, false
	case "es":
		for _, big := range []string{"milésim", "milesim", "millonésim", "millonesim"} {
			at := strings.Index(w, big)
			if at <= 0 || len(w) != at+len(big)+1 || w[len(w)-1] != 'o' && w[len(w)-1] != 'a' {
				continue // "diezmilésima", "dosmillonésimo"
			}
			if n, ok := p.lx.num[w[:at]]; ok && n.kind != "scale" && n.value < 1000 {
				if strings.HasPrefix(big, "mill") {
					return n.value * 1000000, true
				}
				return n.value * 1000, true
			}
		}
		if stem, ok := strings.CutSuffix(w, "avo"); ok {
			for _, s := range []string{stem, stem + "o", stem + "e", stem + "a", strings.TrimSuffix(stem, "o")} {
				if n, ok := p.lx.num[s]; ok {
					return n.plain(), true
				}
			}
			if at := strings.Index(stem, "tai"); at > 0 { // treintaicinco
				a, ok1 := p.lx.num[stem[:at+2]]
				b, ok2 := p.lx.num[stem[at+3:]]
				return a.value + b.value, ok1 && ok2
			}
		}
		if d, ok := p.lx.ordinals[w]; ok && d > 2 && d <= 12 {
			return d, true
		}
	}
	return 0, false
}

// plain is the value of a number word, scales included.
func (w numWord) plain() int64 {
	if w.kind != "scale" || w.value > 18 {
		return w.value
	}
	v := int64(1)
	for range w.value {
		v *= 10
	}
	return v
}

// bareFraction reports whether a fraction word alone is a quantity: "half of", "третина".
func (p *parser) bareFraction(i int) bool {
	k := i + 1
	if p.lx.of[p.tok(k).norm] && p.lx.code != "en" || p.tok(k).norm == "-" && p.tok(k).gap == noGap {
		k++
	}
	if p.isolated && k > i+1 && p.unitAhead(k) {
		return true // "quart de litre", "quarter-litre"
	}
	if p.lx.is(halfNouns, p.tok(i).norm) {
		return true
	}
	switch p.lx.code {
	case "uk", "ru":
		d := p.lx.fractions[p.tok(i).norm]
		return d == 2 || d == 3 && strings.HasPrefix(p.tok(i).norm, "трет") && !strings.HasSuffix(p.tok(i).norm, "я") || d == 4 && strings.HasPrefix(p.tok(i).norm, "чверт") ||
			d == 4 && strings.HasPrefix(p.tok(i).norm, "четверть") || p.tok(i).norm == "треть"
	}
	return false
}

// small reads a number below a hundred in words.
func (p *parser) small(i int) (claims.Number, int, bool) {
	q := *p
	q.end = min(p.end, i+3)
	w, ok := p.lx.num[p.tok(i).norm]
	if !ok || w.kind != "unit" && w.kind != "teen" && w.kind != "ten" {
		return claims.Number{}, i, false
	}
	if w.kind == "ten" && p.tok(i+1).norm == "-" {
		if u, ok := p.lx.num[p.tok(i+2).norm]; ok && u.kind == "unit" {
			return claims.Int(w.value + u.value), i + 3, true
		}
	}
	if u, ok := p.lx.num[p.tok(i+1).norm]; ok && w.kind == "ten" && u.kind == "unit" {
		return claims.Int(w.value + u.value), i + 2, true
	}
	return claims.Int(w.value), i + 1, true
}
