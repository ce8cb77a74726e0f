package extract

import (
	"strings"

	"tallywire/claims"
)

// rangeAfter reads the other end of a range behind the figure or its unit.
func (r *reader) rangeAfter(p *parser, q *quantity, low int, s *sentence) {
	if q.second.last > 0 || q.vague || q.last >= s.last {
		return
	}
	key, n := r.lx.between.before(r.tokens, low, q.first)
	_ = key
	opened := n > 0
	var opener string
	if opened {
		opener = r.norm(q.first - 1)
		if n > 1 {
			opener = r.norm(q.first - n)
		}
	}
	_, tn := r.lx.to.at(r.tokens[:s.last], q.last)
	if tn == 0 {
		return
	}
	joint := r.norm(q.last)
	j := q.last + tn
	if j >= s.last {
		return
	}
	// a bound inside: "2 - ~7", "between 2 and about 7"
	if _, level := r.lx.to.at(r.tokens[:s.last], j); level > 0 && joint == "-" && r.tokens[q.last].gap != noGap {
		return // "зріс на 12 копійок — до 41,87 грн"
	}
	if _, bn := r.lx.before.at(r.tokens[:s.last], j); bn > 0 && (opened || joint == "-") {
		j += bn
	}
	if w := r.norm(j); (w == "el" || w == "los" || w == "las" || w == "le" || w == "les") && opened && j+1 < s.last {
		j++
	}
	moneyKey, mn := r.lx.currency.at(r.tokens[:s.last], j)
	if mn > 0 && j+mn < s.last {
		j += mn
	} else {
		mn = 0
	}
	if j >= s.last || r.marks[j] != markNone {
		return
	}
	b, ok := p.numeral(j)
	if !ok || b.vague || !b.value.Known() {
		return
	}
	isAnd := r.lx.is(joinsRange, joint)
	if isAnd && !(opened && !r.lx.is(wordFrom, opener) && opener != "von" && opener != "de" || opened && isAnd && r.lx.is(betweenOpeners, opener)) {
		return
	}
	if opened && r.movedBy(q, n) {
		return // "a bondi de 3 dollars à 82,40 dollars"
	}
	hyphen := joint == "-"
	if r.lx.is(wordOr, joint) && !r.adjacent(q.num.value, b.value) {
		return
	}
	if hyphen && r.tokens[q.last].gap == noGap && r.tokens[j].gap != noGap && mn == 0 {
		return
	}
	a := q.num.value
	if !q.num.scale && b.scale && less(a, claims.Int(1000)) && !q.num.fraction {
		exp := 0
		for x := b.value; less(claims.Int(999), x); x = scaled(x, -3) {
			exp += 3
		}
		if up := scaled(a, int64(exp)); less(up, b.value) || hyphen {
			a = up
		}
	}
	if mn > 0 && q.class == claims.UnitCurrency {
		if moneyName(moneyKey) != q.unit {
			return
		}
	} else if mn > 0 {
		return
	}
	rising := less(a, b.value)
	if !rising && !hyphen && (opener == "de" || opener == "d'") && !r.levelBefore(q.first-n) {
		return // "un budget de £5 000 à £70"
	}
	if !rising && !(opened && r.levelBefore(q.first-n)) && (!opened && (!hyphen || !r.rangeNoun(b.last, s)) || isAnd) {
		return
	}
	if !opened && !hyphen && q.class != "" && q.class != claims.UnitCurrency && !r.sameUnit(q, b.last) {
		return
	}
	if q.class == claims.UnitCount && q.np.found() && (!opened || r.unitFollows(b.last)) {
		return // "reculé de 1,2 point à 3,4 %"
	}
	if by := r.is(wordBy, q.first-1); !opened && !hyphen && (by && (q.class != "" && q.class != claims.UnitCount && q.num.scale || less(product(a, claims.Int(6)), b.value)) || !by && r.changeVerbBefore(q, low)) {
		return
	}
	q.second = b
	q.last = b.last
	q.compare = claims.Range
	if rising {
		q.value = claims.Value{Low: a, High: b.value}
	} else {
		q.value = claims.Value{Low: b.value, High: a}
		q.falling = true
	}
	if opened {
		q.first -= n
	}
	if q.class != claims.UnitCurrency {
		q.class, q.unit, q.np = "", "", nounPhrase{}
		r.unitAfter(q, s)
	}
	if q.class == "" {
		q.class = claims.UnitCount
		q.np = r.nounPhrase(q.last, s.last, false)
		if q.np.found() {
			q.unit, q.last = q.np.name(), q.np.last
		}
	}
}

// levelBefore reports a verb that leads from one level to another right before token k: "est passé de 5,2 à 4,9 %".
func (r *reader) levelBefore(k int) bool {
	for j := k - 1; j >= max(0, k-2); j-- {
		if lemma := r.lx.gr.verbs[r.norm(j)].lemma; lemma != "" {
			return r.movesTo(lemma)
		}
	}
	return false
}

// movedBy reports an opener of a range that here says by how much something moved, where n is its length.
func (r *reader) movedBy(q *quantity, n int) bool {
	k := q.first - n
	if n != 1 || !r.is(byHowMuch, k) {
		return false
	}
	for j := k - 1; j >= max(0, k-2); j-- {
		lemma := r.lx.gr.verbs[r.norm(j)].lemma
		if lemma != "" {
			return (r.lx.gr.up[lemma] || r.lx.gr.down[lemma]) && !r.lx.is(levelVerbs, lemma)
		}
	}
	return false
}

// rangeAcross joins the ends of a range whose first has its time behind it: "from 20 miles in 2008 to 29 miles".
func (r *reader) rangeAcross(q *quantity) bool {
	if len(r.quants) == 0 {
		return false
	}
	p := &r.quants[len(r.quants)-1]
	if p.sent != q.sent || p.first == 0 || q.first-p.last < 2 || q.first-p.last > 9 || !r.lx.gr.rangeTo[r.norm(q.first-1)] || !r.lx.gr.rangeFrom[r.norm(p.first-1)] ||
		p.compare != claims.Equal || q.compare != claims.Equal || p.second.last > 0 || q.second.last > 0 || !p.num.value.Known() || !q.num.value.Known() || p.num.value.Equal(q.num.value) {
		return false
	}
	bare := q.class == claims.UnitCount && !q.np.found()
	if !bare && (p.class != q.class || p.unit != q.unit) {
		return false
	}
	dated := bare && q.first-p.last == 2
	for k := p.last; k < q.first-1; k++ {
		if r.marks[k] == markDate || r.marks[k] == markClock || r.timeWord(k) {
			dated = true
			continue
		}
		if w := r.norm(k); !(r.preposition(w) || r.lx.cal.last[w] || r.lx.cal.dayParts[w] || r.unitOfTime(k) || r.determiner(w) || dated && w == "." || dated && k == p.last) {
			return false
		}
	}
	if !dated {
		return false
	}
	a, b := p.num.value, q.num.value
	p.value = claims.Value{Low: a, High: b}
	if less(b, a) {
		p.value, p.falling = claims.Value{Low: b, High: a}, true
	}
	p.compare, p.second, p.first, p.last, p.approx, p.change = claims.Range, q.num, p.first-1, q.last, p.approx || q.approx, ""
	return true
}

// adjacent reports "two or three".
func (r *reader) adjacent(a, b claims.Number) bool {
	return less(a, b) && !less(claims.Int(20), b)
}

// rangeNoun tells a falling pair that is a range ("a 9-2 lead") from a score.
func (r *reader) rangeNoun(j int, s *sentence) bool {
	return r.norm(j) == "lead" || r.is(wordDown, j) || r.norm(j) == "majority"
}

func (r *reader) sameUnit(q *quantity, j int) bool {
	key, n := r.lx.units.at(r.tokens, j)
	if n == 0 {
		return false
	}
	_, name, _ := strings.Cut(key, " ")
	return name == q.unit
}

// changeVerbBefore reports a verb of movement right before the figure: "rose 12 to 390" is no range.
func (r *reader) changeVerbBefore(q *quantity, low int) bool {
	for k := q.first - 1; k >= max(low, q.first-3); k-- {
		w := r.norm(k)
		if r.lx.is(wordFrom, w) || r.lx.is(wordBetween, w) {
			return false
		}
		if v, ok := r.lx.gr.verbs[w]; ok && (r.lx.gr.up[v.lemma] || r.lx.gr.down[v.lemma]) {
			return true
		}
		if r.lx.is(wordUp, w) || r.lx.is(wordDown, w) {
			return true
		}
	}
	return false
}

// oneForOne reads "390 for 390", "150 на 150": one figure, said of each side.
func (r *reader) oneForOne(p *parser, q *quantity, s *sentence) {
	j := q.num.last
	if q.class != claims.UnitCount || j+1 >= s.last || q.second.last > 0 {
		return
	}
	hyphen := 0
	if r.norm(j) == "-" && r.tokens[j].gap == noGap {
		hyphen = 1
	}
	j += hyphen
	if !r.is(forEach, j) {
		return
	}
	j += 1 + hyphen
	if j >= s.last || r.marks[j] != markNone {
		return
	}
	n, ok := p.numeral(j)
	if !ok || !n.value.Equal(q.num.value) {
		return
	}
	q.perSide = true
	q.last = max(q.last, n.last)
	q.np = r.nounPhrase(n.last, s.last, false)
	q.unit = ""
	if q.np.found() && (hyphen > 0 || !r.lx.gr.stop[r.norm(n.last)]) && r.norm(n.last) == "-" == (hyphen > 0) {
		q.unit = q.np.name()
		q.last = q.np.last
	} else {
		q.np = nounPhrase{headAt: -1}
	}
}
