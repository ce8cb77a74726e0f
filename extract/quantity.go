package extract

import (
	"strings"

	"tallywire/claims"
)

// A quantity is one number of the text with its bounds and unit, before the sentence around it is read.
type quantity struct {
	sent        int
	at          int // index in reader.quants
	first, last int // tokens of the whole phrase
	num         numeral
	second      numeral // the other end of a range
	value       claims.Value
	compare     claims.Comparator
	approx      bool
	falling     bool
	vague       bool
	class       claims.UnitClass
	unit        string
	np          nounPhrase
	bound       string // the words before the figure, as a key
	each        bool   // each, apiece, per side
	checkworthy bool
	rule        string
	verb        int  // token of the predicate, 0 for none
	since       bool // its date is a beginning
	head        string
	predicate   string // lemma, as its mention has it
	listed      bool   // member of a list behind a colon
	gapped      bool   // its verb stands in the clause before
	gloss       bool   // repeats the figure before it in another unit
	change      string // up or down
	perSide     bool   // "390 for 390"
	zero        *zero  // "no deaths"
}

// maxQuantities is the most figures read in one sentence. News has rarely ten; what has more is data.
const maxQuantities = 48

// scan reads the quantities of one sentence from left to right.
func (r *reader) scan(si int) {
	s := &r.sents[si]
	p := r.parser(s)
	low, found := s.first, 0
	for i := s.first; i < s.last; {
		if z, ok := r.zeroAt(i, s); ok && r.marks[i] == markNone {
			r.zeroQuantity(si, &z)
			low, i = z.last, z.last
			continue
		}
		if r.marks[i] == markScore && r.score(si, i) {
			low, i = i+3, i+3
			continue
		}
		if r.marks[i] != markNone {
			i++
			continue
		}
		n, ok := p.numeral(i)
		if !ok {
			i++
			continue
		}
		if skip := r.skipNumeral(&n, s); skip {
			i = max(n.last, i+1)
			continue
		}
		q := quantity{sent: si, num: n, first: n.first, last: n.last, compare: claims.Equal, checkworthy: true, rule: "count/1"}
		r.build(p, &q, low, s)
		if !r.keep(&q, s) {
			i = max(n.last, i+1)
			continue
		}
		if r.gloss(&q) || r.mergeBounds(&q) || r.rangeAcross(&q) {
			r.mark(q.first, q.last, markUsed)
			low, i = q.last, max(q.last, n.last)
			continue
		}
		r.inherit(&q, s)
		r.conversion(&q)
		r.suspended(&q)
		if r.ageOf(&q, s) {
			q.class, q.rule = claims.UnitAge, "age/1"
			if q.unit = "year of age"; q.last > q.num.last && q.np.found() {
				q.last, q.np = q.num.last, nounPhrase{headAt: -1}
			}
		}
		for k := q.first; k < q.last; k++ {
			r.marks[k] = markUsed
		}
		q.head = q.np.head
		if q.head == "people" {
			q.head = "person"
		}
		q.at = len(r.quants)
		r.quants = append(r.quants, q)
		if found++; found >= maxQuantities {
			return // a dump of figures, no sentence
		}
		low = q.last
		i = max(q.last, n.last)
	}
}

// score keeps the score at i as what it is, for no board: "a 5-2 loss".
func (r *reader) score(si, i int) bool {
	a, okA := parsePlain(r.norm(i))
	b, okB := parsePlain(r.norm(i + 2))
	if !okA || !okB || r.norm(i+1) != "-" || !r.lx.deep {
		return false
	}
	q := quantity{sent: si, first: i, last: i + 3, class: claims.UnitOther, unit: "score", rule: "score/1", np: nounPhrase{headAt: -1}, compare: claims.Range,
		value: claims.Value{Low: a, High: b}, num: numeral{first: i, last: i + 3, value: a, digits: true}, at: len(r.quants)}
	if less(b, a) {
		q.value, q.falling = claims.Value{Low: b, High: a}, true
	} else if a.Equal(b) {
		q.value, q.compare = claims.Exactly(a), claims.Equal
	}
	if r.lx.gr.scoreNouns[r.norm(i+3)] {
		q.last++
	}
	r.quants = append(r.quants, q)
	return true
}

// skipNumeral drops number words that are articles or pronouns ("one", "un", "ein").
func (r *reader) skipNumeral(n *numeral, s *sentence) bool {
	for k := n.first; k < n.last; k++ {
		if r.marks[k] != markNone {
			return true
		}
	}
	if !n.one {
		return false
	}
	if n.last-n.first == 1 && s.last-s.first <= 2 {
		return false
	}
	if !r.lx.deep {
		_, k := r.lx.ratio.at(r.tokens[:s.last], n.last)
		if k == 0 || n.last+k >= s.last {
			return !r.onePerson(n, s)
		}
		m, ok := r.parser(s).numeral(n.last + k)
		return (!ok || !m.value.Known()) && !r.onePerson(n, s)
	}
	return !r.oneCounts(n, s)
}

// oneCounts tells the number "one" from the pronoun.
func (r *reader) oneCounts(n *numeral, s *sentence) bool {
	next := r.norm(n.last)
	prev := r.norm(n.first - 1)
	if r.lx.is(wordOf, next) {
		return !r.lx.is(wordThis, prev) && !r.lx.is(wordWhich, prev)
	}
	if key, k := r.lx.units.at(r.tokens[:s.last], n.last); r.lx.is(wordThat, prev) && k > 0 && !strings.HasPrefix(key, "duration") {
		return true // "all that one mile can bear"
	}
	if r.lx.is(wordThat, prev) && r.reports(n.first-2) {
		prev = "" // "said that one soldier died"
	}
	if prev == "-" || r.lx.is(pronounOne, prev) {
		return false
	}
	if r.lx.is(wordTo, next) || r.lx.is(wordOr, next) || r.lx.is(wordAnd, next) || next == "-" {
		p := r.parser(s)
		if m, ok := p.numeral(n.last + 1); ok && m.value.Known() && !r.lx.is(wordAnd, next) {
			return true
		}
	}
	if _, k := r.lx.ratio.at(r.tokens[:s.last], n.last); k > 0 && n.last+k < s.last {
		p := r.parser(s)
		if m, ok := p.numeral(n.last + k); ok && m.value.Known() {
			return true
		}
	}
	np := r.nounPhrase(n.last, s.last, true)
	if v, ok := r.verbAt(n.last + 1); ok && r.lx.gr.passive[next] && r.lx.is(befalls, v.lemma) {
		return true // "and one was killed"
	}
	return np.found() || r.unitFollows(n.last)
}

// build reads everything around the numeral: currency, range, unit, noun, bounds.
func (r *reader) build(p *parser, q *quantity, low int, s *sentence) {
	r.moneyBefore(q, low)
	r.sign(q, low)
	r.value(q)
	r.ratio(p, q, s)
	r.belowZero(q, s)
	r.rangeAfter(p, q, low, s)
	r.unitAfter(q, s)
	r.addSmaller(p, q, s)
	r.belowZero(q, s)
	if i := q.first - 1; q.class == claims.UnitTemperature && i >= low && r.norm(i) == "-" && r.tokens[i].gap != noGap && q.first == q.num.first && q.num.value.Known() && less(claims.Int(0), q.num.value) {
		q.num.value, q.first = negative(q.num.value), i
		q.value = claims.Exactly(q.num.value)
	}
	if q.class == claims.UnitRatio {
		if q.np = r.nounPhrase(q.last, s.last, false); q.np.found() {
			q.unit, q.last = q.np.name(), q.np.last
		}
	}
	if q.class == "" && q.num.times {
		q.class, q.rule = claims.UnitRatio, "multiple/1"
	}
	if q.class == "" {
		q.class = claims.UnitCount
		if q.num.fraction && q.num.value.Known() && less(q.num.value, claims.Int(1)) {
			q.class = claims.UnitRatio // "a third of its lorries"
		}
		q.np = r.nounPhrase(q.last, s.last, q.num.one)
		if q.np.found() {
			q.unit = q.np.name()
			q.last = q.np.last
		} else if r.is(wordOf, q.last) {
			r.ofNoun(q, s)
		} else if r.is(wordWho, q.last) && r.lx.deep {
			q.unit = "people"
			q.np = nounPhrase{first: q.last, last: q.last, head: "people", headAt: -1}
		}
	}
	r.magnitude(q, s)
	r.nounRatio(p, q, s)
	r.rangeAfter(p, q, low, s)
	r.oneForOne(p, q, s)
	r.boundsAfter(q, s)
	r.ageOfBefore(q, low)
	r.boundsBefore(q, low)
	q.change = r.change(q, low, s)
}

// magnitude tells the strength of an earthquake from a count: "a magnitude 6.1 earthquake", "6.4 on the Richter scale".
func (r *reader) magnitude(q *quantity, s *sentence) {
	if q.class != claims.UnitCount {
		return
	}
	before := q.first - 1
	if r.lx.of[r.norm(before)] || r.lx.gr.magnitudeOf[r.norm(before)] {
		before--
	}
	if q.num.digits && precision(q.num.value) < 0 && less(q.num.value, claims.Int(10)) && !q.np.found() {
		for k := q.first - 1; k >= max(s.first, q.first-5); k-- { // "Магнітуда становила 6,1"
			if r.lx.src.magnitude[r.norm(k)] {
				before = k
				break
			}
			if _, verb := r.lx.gr.verbs[r.norm(k)]; r.tokens[k].kind != wordToken || !verb && !r.auxiliary(r.norm(k)) && !r.preposition(r.norm(k)) {
				break
			}
		}
	}
	mod := len(q.np.mods) > 0 && r.lx.src.magnitude[q.np.mods[0]] || r.lx.src.magnitude[strings.ToLower(q.np.head)]
	_, n := r.lx.src.richter.at(r.tokens[:s.last], q.last)
	if !mod && n == 0 && !(before >= s.first && r.lx.src.magnitude[r.norm(before)]) {
		return
	}
	if !mod && n == 0 && !r.lx.deep {
		q.last = q.num.last
	}
	q.class, q.unit, q.rule, q.last = claims.UnitOther, "magnitude", "magnitude/1", q.last+n
	q.np.head, q.np.mods = "", nil
}

// ofNoun reads the counted thing behind "of": "270 of those", "dozens of Kia vehicles", "one of the people".
func (r *reader) ofNoun(q *quantity, s *sentence) {
	k := q.last + 1
	if r.is(noCounted, k) {
		return
	}
	for k < s.last && r.lx.gr.partitive[r.norm(k)] {
		k++
	}
	if k < s.last && r.is(wordGenitive, k) {
		k++
	}
	r.partitive = true
	np := r.nounPhrase(k, s.last, false)
	r.partitive = false
	if np.found() {
		np.partitive = !q.num.vague || k > q.last+1 // "dozens of prisoners" are not a part of any, "dozens of the prisoners" are
		q.np = np
		q.unit = np.name()
		q.last = np.last
	}
}

// sign reads a minus right before the figure.
func (r *reader) sign(q *quantity, low int) {
	i := q.num.first - 1
	if q.class != "" {
		i = q.first - 1
	}
	if i < low || r.norm(i) != "-" || r.tokens[i+1].gap != noGap && !(r.isolated && i == 0 && len(r.tokens) <= 5) {
		return
	}
	if r.tokens[i].gap == noGap && i > low && (r.tokens[i-1].kind != signToken || r.norm(i-1) == ")") {
		return
	}
	q.num.value = negative(q.num.value)
	q.first = i
}

// value sets the interval of a bare numeral.
func (r *reader) value(q *quantity) {
	if q.num.vague {
		q.vague = true
		q.value = claims.Value{Low: q.num.low, High: q.num.high}
		return
	}
	q.value = claims.Exactly(q.num.value)
}

// keep drops what is no quantity after all.
func (r *reader) keep(q *quantity, s *sentence) bool {
	return q.value.Low.Known() || q.value.Best.Known() || q.value.High.Known()
}
