package extract

import (
	"strings"

	"tallywire/claims"
)

// ratio reads "9 out of 10", "one in five", "two to one" as the share they say.
func (r *reader) ratio(p *parser, q *quantity, s *sentence) {
	j := q.num.last
	if q.class != "" || q.vague || !q.num.value.Known() || j >= s.last || q.first != q.num.first {
		return
	}
	_, n := r.lx.ratio.at(r.tokens[:s.last], j)
	if n == 0 && r.is(wordTo, j) && r.lx.deep && r.compares(s) {
		n = 1
	}
	if n == 0 || r.tokens[j].gap == paraGap || j+n >= s.last || r.marks[j+n] != markNone {
		return
	}
	word := r.norm(j)
	b, ok := p.numeral(j + n)
	if !ok || !b.value.Known() || less(b.value, claims.Int(1)) || less(q.num.value, claims.Int(0)) {
		return
	}
	if !less(q.num.value, b.value) && (!r.lx.is(wordTo, word) || r.unitFollows(b.last) || r.countedAhead(b.last, s.last) || !r.compares(s)) {
		return
	}
	if r.lx.is(looseRatio, word) {
		// "one in five" is a ratio, "12 in 10 days" is not
		round := b.value.Equal(claims.Int(10)) || b.value.Equal(claims.Int(100)) || b.value.Equal(claims.Int(1000)) || b.value.Equal(claims.Int(10000)) || b.value.Equal(claims.Int(1000000))
		if !(less(b.value, claims.Int(11)) || round || r.isolated) || r.unitFollows(b.last) || isYear(&r.tokens[b.first]) {
			return
		}
		if r.lx.is(phraseRatio, word) && !r.isolated || r.lx.is(noRatio, word) {
			return
		}
	}
	q.class, q.unit, q.rule = claims.UnitRatio, "", "ratio/1"
	q.num.value = quotient(q.num.value, b.value)
	q.num.last, q.num.one = b.last, false
	q.last = b.last
	q.value = claims.Exactly(q.num.value)
}

// nounRatio reads "huit Français sur dix", "one child in five": the ratio with its noun inside.
func (r *reader) nounRatio(p *parser, q *quantity, s *sentence) {
	if q.class != claims.UnitCount || !q.np.found() || q.np.partitive || q.vague || !q.num.value.Known() || less(claims.Int(10), q.num.value) || q.last >= s.last {
		return
	}
	_, n := r.lx.ratio.at(r.tokens[:s.last], q.last)
	if n == 0 || r.lx.is(noRatio, r.norm(q.last)) || q.last+n >= s.last || r.marks[q.last+n] != markNone {
		return
	}
	b, ok := p.numeral(q.last + n)
	if !ok || !b.value.Known() || !less(q.num.value, b.value) || r.unitFollows(b.last) || r.countedAhead(b.last, s.last) && r.lx.deep {
		return
	}
	if !(less(b.value, claims.Int(11)) || b.value.Equal(claims.Int(100)) || b.value.Equal(claims.Int(1000)) || b.value.Equal(claims.Int(10000)) || b.value.Equal(claims.Int(100000))) {
		return
	}
	q.class, q.rule = claims.UnitRatio, "ratio/1"
	q.num.value, q.num.one = quotient(q.num.value, b.value), false
	q.num.last, q.last = b.last, b.last
	q.value = claims.Exactly(q.num.value)
}

// compares reports a sentence that sets two sides against each other: "outnumber them two to one".
func (r *reader) compares(s *sentence) bool {
	for k := s.first; k < s.last; k++ {
		if r.is(comparesSides, k) {
			return true
		}
	}
	return false
}

// metres are the lengths and masses of units that are added up ("5 feet 2 inches"), in the smallest unit of their
// system, so that the sum stays exact.
var smallUnits = map[string]struct {
	system string
	size   int64
}{
	"inch": {"imperial", 1}, "foot": {"imperial", 12}, "yard": {"imperial", 36}, "mile": {"imperial", 63360},
	"millimetre": {"metric", 1}, "centimetre": {"metric", 10}, "metre": {"metric", 1000}, "kilometre": {"metric", 1000000},
	"ounce": {"avoirdupois", 1}, "pound-mass": {"avoirdupois", 16}, "stone": {"avoirdupois", 224},
}

// addSmaller reads "5 feet 2 inches", "7 ft, 10 in", "2 km and 1 m" as one figure in the smaller unit.
func (r *reader) addSmaller(p *parser, q *quantity, s *sentence) {
	for {
		big, ok := smallUnits[q.unit]
		if !ok || q.second.last > 0 || !q.num.value.Known() || q.vague {
			return
		}
		j := q.last
		if j < s.last && (r.norm(j) == "," || r.lx.and[r.norm(j)]) {
			j++
			if j < s.last && r.lx.and[r.norm(j)] {
				j++
			}
		}
		if j >= s.last || r.marks[j] != markNone || r.tokens[j].gap == paraGap {
			return
		}
		n, ok := p.numeral(j)
		if !ok || n.vague || !n.value.Known() {
			return
		}
		k := n.last
		if r.norm(k) == "-" {
			k++
		}
		key, un := r.lx.units.at(r.tokens[:s.last], k)
		if exact, ok := r.lx.exact[r.tokens[min(k, len(r.tokens)-1)].text]; ok && un == 0 && k < s.last {
			key, un = exact, 1
		}
		_, name, _ := strings.Cut(key, " ")
		small, ok := smallUnits[name]
		if un == 0 || !ok || small.system != big.system || small.size >= big.size || !less(product(n.value, claims.Int(small.size)), claims.Int(big.size*3)) {
			return
		}
		q.num.value = sum(product(q.num.value, claims.Int(big.size/small.size)), n.value)
		q.value, q.unit, q.last = claims.Exactly(q.num.value), name, k+un
	}
}

// belowZero reads "10 degrees below zero".
func (r *reader) belowZero(q *quantity, s *sentence) {
	if q.class != "" && q.class != claims.UnitTemperature || !q.num.value.Known() {
		return
	}
	if _, n := r.lx.belowZero.at(r.tokens[:s.last], q.last); n > 0 {
		q.num.value = negative(q.num.value)
		q.value = claims.Exactly(q.num.value)
		q.last += n
		if q.class == "" {
			q.class, q.unit = claims.UnitTemperature, "degree"
		}
	}
}

// gloss reports a figure in brackets that says the one before it again: "45 (forty-five)".
func (r *reader) gloss(q *quantity) bool {
	if len(r.quants) == 0 || r.norm(q.first-1) != "(" || r.norm(q.last) != ")" {
		return false
	}
	p := &r.quants[len(r.quants)-1]
	return p.last == q.first-1 && p.class == claims.UnitCount && q.class == claims.UnitCount && p.value.Equal(q.value)
}

// mergeBounds joins "more than 100 and less than 300" into one range.
func (r *reader) mergeBounds(q *quantity) bool {
	if len(r.quants) == 0 {
		return false
	}
	p := &r.quants[len(r.quants)-1]
	if p.sent != q.sent || q.first-p.last > 1 || q.first > p.last && !r.lx.and[r.norm(p.last)] && r.norm(p.last) != "," && r.norm(p.last) != "e" || p.class != claims.UnitCount && p.class != q.class {
		return false
	}
	lower := func(c claims.Comparator) bool { return c == claims.Above || c == claims.AtLeast }
	upper := func(c claims.Comparator) bool { return c == claims.Below || c == claims.AtMost }
	a, b := p.num.value, q.num.value
	switch {
	case !a.Known() || !b.Known() || p.np.found():
		return false
	case lower(p.compare) && upper(q.compare) && less(a, b):
		p.value = claims.Value{Low: a, High: b}
	case upper(p.compare) && lower(q.compare) && less(b, a):
		p.value = claims.Value{Low: b, High: a}
	default:
		return false
	}
	p.compare, p.second = claims.Range, q.num
	p.last, p.class, p.unit, p.np = q.last, q.class, q.unit, q.np
	return true
}

// inherit gives a bare figure the unit of the one before it in its sentence: "rose 64 points to 4,577",
// "37.8 per cent for the Coast Party, 29.3 for New Harbour", "7- or 8-inch".
func (r *reader) inherit(q *quantity, s *sentence) {
	if !r.lx.deep && !r.lx.verbSecond || q.class != claims.UnitCount || q.np.found() || q.perSide || r.orTwo(q, s) || len(r.quants) == 0 {
		return
	}
	p := &r.quants[len(r.quants)-1]
	if p.class == claims.UnitPercent && q.num.digits && p.sent < q.sent && q.sent-p.sent <= 2 && r.sents[p.sent].para == s.para && precision(q.num.value) < 0 && less(q.num.value, claims.Int(100)) && r.preposition(r.norm(q.first-1)) {
		q.class, q.unit = p.class, p.unit // "The Harbour Party stands at 12.4."
		return
	}
	if p.sent != q.sent || p.unit == "" || !q.num.digits {
		return
	}
	prev := r.norm(q.first - 1)
	decimal := precision(q.num.value) < 0
	switch {
	case r.pointsBefore(q) && (r.lx.is(wordTo, prev) || r.lx.is(wordAt, prev)) && q.num.value.Known():
		q.unit, q.np = "point", nounPhrase{first: q.last, last: q.last, head: "point", headAt: -1}
	case r.lx.is(wordTo, prev) && r.fromBefore(p) && p.class != claims.UnitCount && p.class != claims.UnitRatio && q.first-p.last <= 3:
		q.class, q.unit = p.class, p.unit // "from 30 mpg combined to 34"
	case p.class == claims.UnitPercent && r.gappedShare(p, q, s):
		q.class, q.unit = p.class, p.unit // "the Coast Party had 36.1 per cent and New Harbour 22"
	case p.class == claims.UnitPercent && decimal && less(q.num.value, claims.Int(100)) && (!r.lx.is(wordTo, prev) || p.change == "") && !r.lx.is(wordAt, prev) && !r.lx.is(wordOf, prev),
		p.class == claims.UnitPercent && r.lx.is(wordBy, prev) && less(q.num.value, claims.Int(100)):
		q.class, q.unit = p.class, p.unit
	case (p.class == claims.UnitCurrency || p.class == claims.UnitTemperature) && decimal && (r.auxiliary(prev) || r.lx.is(wordFrom, prev)) && (p.unit != "USD"):
		q.class, q.unit = p.class, p.unit
	}
}

// orTwo reads the noun of "another pick or two".
func (r *reader) orTwo(q *quantity, s *sentence) bool {
	k := q.first - 3
	if k < s.first || !r.is(wordOr, k+2) || !r.lx.article[r.norm(k)] && r.norm(k) != "another" || r.tokens[k+1].kind != wordToken || r.lx.gr.stop[r.norm(k+1)] || r.lx.numberWord(r.norm(k+1)) {
		return false
	}
	if key, n := r.lx.units.at(r.tokens[:s.last], k+1); n == 1 {
		class, name, _ := strings.Cut(key, " ")
		q.class, q.unit = claims.UnitClass(class), name
		return true
	}
	q.np = nounPhrase{first: q.last, last: q.last, head: r.norm(k + 1), headAt: -1}
	q.unit = q.np.head
	return true
}

// gappedShare reports a bare figure behind a name that is joined to a percentage before it, the verb left out.
func (r *reader) gappedShare(p, q *quantity, s *sentence) bool {
	if !less(q.num.value, claims.Int(100)) || !r.tokens[q.first-1].upper || q.first-p.last > 6 || !r.clauseEnds(q.last, s) {
		return false
	}
	joined := false
	for k := p.last; k < q.first; k++ {
		w := r.norm(k)
		if _, verb := r.verbAt(k); verb || r.auxiliary(w) {
			return false
		}
		joined = joined || w == "," || r.lx.and[w]
	}
	return joined
}

// fromBefore reports "from" before a figure and its bound.
func (r *reader) fromBefore(q *quantity) bool {
	return r.is(wordFrom, q.first-1) || r.is(wordFrom, q.first-2) || r.is(wordFrom, q.first)
}

// pointsBefore reports an index in points among the last three figures of the sentence.
func (r *reader) pointsBefore(q *quantity) bool {
	for j := len(r.quants) - 1; j >= max(0, len(r.quants)-3) && r.quants[j].sent == q.sent; j-- {
		if r.quants[j].unit == "point" {
			return true
		}
		if r.quants[j].class != claims.UnitPercent {
			return false
		}
	}
	return false
}

// suspended gives "7-" in "7- or 8-inch" the unit of the figure behind it.
func (r *reader) suspended(q *quantity) {
	if len(r.quants) == 0 || q.unit == "" {
		return
	}
	p := &r.quants[len(r.quants)-1]
	if p.sent != q.sent || p.unit != "" || p.class != claims.UnitCount {
		return
	}
	hyphen := r.norm(p.last) == "-" && r.tokens[p.last].gap == noGap && q.first-p.last <= 3
	pair := q.first-p.last == 1 && (r.is(wordAnd, p.last) || r.is(wordOr, p.last)) && p.num.digits && q.class != claims.UnitCount && q.class != claims.UnitAge && p.last == p.num.last
	if !hyphen && !pair {
		return
	}
	p.class, p.unit, p.np = q.class, q.unit, q.np
}

// conversion makes a figure in brackets behind another in a second unit ("under 296 hp (224 kW)") bound and moved
// like the first. It says the same thing again, so that no board needs it.
func (r *reader) conversion(q *quantity) {
	if len(r.quants) == 0 {
		return
	}
	p := &r.quants[len(r.quants)-1]
	if r.is(wordOr, q.first-1) && r.norm(q.first-2) == "," && p.last == q.first-2 && p.sent == q.sent && p.class != q.class && q.change == "" {
		q.change = p.change // "down 25 points, or 0.4%"
		return
	}
	if r.norm(q.first-1) != "(" && r.norm(q.first-1) != "/" {
		return
	}
	if p.sent != q.sent || q.first-p.last != 1 || p.class == claims.UnitCount || q.class == claims.UnitCount || p.class != q.class || p.unit == q.unit {
		return
	}
	q.gloss = true
	q.approx = q.approx || p.approx
	if q.change == "" {
		q.change = p.change
	}
	if q.compare == claims.Equal && p.compare != claims.Range {
		r.applyBound(q, string(p.compare))
	}
}
