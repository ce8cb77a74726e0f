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
	gloss       bool   // repeats the figure before it in another unit
	change      string // up or down
	perSide     bool   // "390 for 390"
}

// maxQuantities is the most figures read in one sentence. News has rarely ten; what has more is data.
const maxQuantities = 48

// scan reads the quantities of one sentence from left to right.
func (r *reader) scan(si int) {
	s := &r.sents[si]
	p := r.parser(s)
	low, found := s.first, 0
	for i := s.first; i < s.last; {
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
		if r.gloss(&q) || r.mergeBounds(&q) {
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
	if r.lx.code != "en" {
		_, k := r.lx.ratio.at(r.tokens[:s.last], n.last)
		if k == 0 || n.last+k >= s.last {
			return true
		}
		m, ok := r.parser(s).numeral(n.last + k)
		return !ok || !m.value.Known()
	}
	return !r.oneCounts(n, s)
}

// oneCounts tells the number "one" from the pronoun.
func (r *reader) oneCounts(n *numeral, s *sentence) bool {
	next := r.norm(n.last)
	prev := r.norm(n.first - 1)
	if next == "of" {
		return prev != "this" && prev != "which"
	}
	if key, k := r.lx.units.at(r.tokens[:s.last], n.last); prev == "that" && k > 0 && !strings.HasPrefix(key, "duration") {
		return true // "all that one mile can bear"
	}
	if prev == "that" && r.reports(n.first-2) {
		prev = "" // "said that one soldier died"
	}
	if prev == "the" || prev == "this" || prev == "that" || prev == "no" || prev == "any" || prev == "each" || prev == "another" || prev == "every" || prev == "which" || prev == "-" {
		return prev == "-" && false
	}
	if next == "to" || next == "or" || next == "and" || next == "-" {
		p := r.parser(s)
		if m, ok := p.numeral(n.last + 1); ok && m.value.Known() && next != "and" {
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
	return np.found() || r.unitFollows(n.last)
}

func (r *reader) unitFollows(j int) bool {
	_, a := r.lx.units.at(r.tokens, j)
	_, b := r.lx.currency.at(r.tokens, j)
	return a+b > 0
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
	if q.class == "" {
		q.class = claims.UnitCount
		if q.num.fraction && q.num.value.Known() && less(q.num.value, claims.Int(1)) {
			q.class = claims.UnitRatio // "a third of its lorries"
		}
		q.np = r.nounPhrase(q.last, s.last, q.num.one)
		if q.np.found() {
			q.unit = q.np.name()
			q.last = q.np.last
		} else if r.norm(q.last) == "of" {
			r.ofNoun(q, s)
		} else if r.norm(q.last) == "who" && r.lx.code == "en" {
			q.unit = "people"
			q.np = nounPhrase{first: q.last, last: q.last, head: "people", headAt: -1}
		}
	}
	r.rangeAfter(p, q, low, s)
	r.oneForOne(p, q, s)
	r.boundsAfter(q, s)
	r.ageOfBefore(q, low)
	r.boundsBefore(q, low)
	q.change = r.change(q, low, s)
}

// ofNoun reads the counted thing behind "of": "270 of those", "dozens of Kia vehicles", "one of the people".
func (r *reader) ofNoun(q *quantity, s *sentence) {
	k := q.last + 1
	switch r.norm(k) {
	case "them", "us", "you", "whom", "which", "it":
		return
	}
	for k < s.last && r.lx.gr.partitive[r.norm(k)] {
		k++
	}
	if k < s.last && r.norm(k) == "'s" {
		k++
	}
	r.partitive = true
	np := r.nounPhrase(k, s.last, false)
	r.partitive = false
	if np.found() {
		np.partitive = true
		q.np = np
		q.unit = np.name()
		q.last = np.last
	}
}

// moneyBefore takes a currency right before the figure into the phrase.
func (r *reader) moneyBefore(q *quantity, low int) {
	key, n := r.lx.currency.before(r.tokens, low, q.first)
	if n == 0 {
		return
	}
	t := &r.tokens[q.first]
	if t.gap == paraGap {
		return
	}
	if n > 1 && r.tokens[q.first-1].kind == signToken {
		// "a $4 bill": letters belong to a sign only as capitals, and single ones only without a gap
		for k := q.first - n; k < q.first-1; k++ {
			if w := &r.tokens[k]; w.kind == wordToken && (!w.upper && len(w.text) < 3 || len(w.text) == 1 && w.text != "S" && w.text != "C" && r.tokens[k+1].gap != noGap && r.norm(k+1) != ".") {
				key, n = r.lx.signKey(&r.tokens[q.first-1], key), 1
				break
			}
		}
	}
	word := r.tokens[q.first-1]
	if word.kind == wordToken && n == 1 && !r.lx.moneyCode(&word) {
		return // "won four games", "the pound 3 days ago"
	}
	q.first -= n
	q.class = claims.UnitCurrency
	q.unit = moneyName(key)
}

// moneyName is the ISO 4217 code of a currency entry, or its name in words where several states use the name.
func moneyName(key string) string {
	code, name, _ := strings.Cut(key, " ")
	if strings.ToUpper(code) == code {
		return code
	}
	return name
}

// signKey is the currency of a sign alone.
func (lx *lexicon) signKey(t *token, other string) string {
	if key, ok := lx.currency.has(t.norm); ok {
		return key
	}
	return other
}

// moneyCode reports a word that names a currency before its figure: "USD 5", "Rs 20", "dlrs 13", "EUR 7".
func (lx *lexicon) moneyCode(t *token) bool {
	if t.norm == "p" || t.norm == "t" || t.norm == "pt" || len(t.text) == 1 && t.text != "R" {
		return false
	}
	if _, iso := lx.unitNames[strings.ToUpper(t.norm)]; iso {
		return true
	}
	return len(t.text) <= 4 && (strings.ToUpper(t.text) == t.text || t.upper) || t.norm == "dlrs" || t.norm == "rs" || t.norm == "rm"
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
	isAnd := joint == "and" || joint == "und" || joint == "et" || joint == "y" || joint == "і" || joint == "и" || joint == "та" || joint == "й" || joint == "e"
	if isAnd && !(opened && opener != "from" && opener != "von" && opener != "de" || opened && isAnd && r.betweenAnd(opener)) {
		return
	}
	hyphen := joint == "-"
	if joint == "or" && !r.adjacent(q.num.value, b.value) {
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
	if !rising && !hyphen && (opener == "de" || opener == "d'") {
		return // "un investissement de £12 000 à £360"
	}
	if !rising && (!opened && (!hyphen || !r.rangeNoun(b.last, s)) || isAnd) {
		return
	}
	if !opened && !hyphen && q.class != "" && q.class != claims.UnitCurrency && !r.sameUnit(q, b.last) {
		return
	}
	if q.class == claims.UnitCount && q.np.found() && !opened {
		return
	}
	if by := r.norm(q.first-1) == "by"; !opened && !hyphen && (by && (q.class != "" && q.class != claims.UnitCount && q.num.scale || less(product(a, claims.Int(6)), b.value)) || !by && r.changeVerbBefore(q, low)) {
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

// betweenAnd reports the openers whose range goes on with "and".
func (r *reader) betweenAnd(opener string) bool {
	switch opener {
	case "between", "zwischen", "entre", "між", "между", "поміж", "anywhere", "somewhere", "in":
		return true
	}
	return false
}

// adjacent reports "two or three".
func (r *reader) adjacent(a, b claims.Number) bool {
	return less(a, b) && !less(claims.Int(20), b)
}

// rangeNoun tells a falling pair that is a range ("a 9-2 lead") from a score.
func (r *reader) rangeNoun(j int, s *sentence) bool {
	return r.norm(j) == "lead" || r.norm(j) == "down" || r.norm(j) == "majority"
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
		if w == "from" || w == "between" {
			return false
		}
		if v, ok := r.lx.gr.verbs[w]; ok && (r.lx.gr.up[v.lemma] || r.lx.gr.down[v.lemma]) {
			return true
		}
		if w == "up" || w == "down" {
			return true
		}
	}
	return false
}

// unitAfter reads a unit of measure, a currency or an age behind the figure, and "per ..." behind that.
func (r *reader) unitAfter(q *quantity, s *sentence) {
	j := q.last
	toks := r.tokens[:s.last]
	if j >= s.last {
		return
	}
	if r.norm(j) == "-" && j+1 < s.last && r.tokens[j+1].kind == wordToken {
		if _, n := r.lx.age.at(toks, j+1); n > 0 {
			j++
		} else if _, n := r.lx.units.at(toks, j+1); n > 0 {
			j++
		} else if _, n := r.lx.currency.at(toks, j+1); n > 0 {
			j++
		}
	}
	// "d'euros", "de dólares", "of dollars"
	if r.lx.of[r.norm(j)] && r.tokens[j].kind == wordToken && (q.num.scale || q.vague || q.num.dozen || q.num.fraction || q.second.scale) {
		if r.unitFollows(j + 1) {
			j++
		}
	}
	if name, n := r.ageAt(j, s.last); n > 0 && q.class == "" {
		q.class, q.unit, q.last = claims.UnitAge, name, j+n
		q.rule = "age/1"
		return
	}
	if key, n := r.lx.currency.at(toks, j); n > 0 && r.moneyFits(q, j, n) {
		code := moneyName(key)
		if q.class == claims.UnitCurrency && code != "cent" && code != "penny" {
			q.last = j + n
			if code != q.unit && len(q.unit) == 3 && len(code) == 3 && q.unit == "USD" {
				q.unit = code
			}
		} else if q.class == "" {
			q.class, q.unit, q.last = claims.UnitCurrency, code, j+n
		}
		q.rule = "money/1"
		if w := r.lx.num[r.norm(q.last)]; w.kind == "scale" && !q.num.scale && q.num.value.Known() && q.num.digits && q.last < s.last && q.second.last == 0 {
			q.num.value, q.num.scale = scaled(q.num.value, w.value), true // "80 USD million"
			q.value = claims.Exactly(q.num.value)
			q.last++
		}
		r.cents(q, s)
	} else if q.class == "" {
		t := &r.tokens[j]
		key, n := r.lx.units.at(toks, j)
		if exact, ok := r.lx.exact[t.text]; ok && n <= 1 && r.exactFits(q, j, s.last) {
			key, n = exact, 1
		}
		if k := j + n; n > 0 && k+1 < s.last && t.gap == blankGap && r.norm(k) == "-" && r.tokens[k].gap == noGap && r.tokens[k+1].gap == noGap && r.tokens[k+1].kind == wordToken && !r.lx.per[r.norm(k+1)] && r.norm(k+1) != "old" && r.lx.code == "en" && t.kind == wordToken && !strings.HasPrefix(key, "percent") {
			n = 0 // "50 day-care centres"
		}
		if n > 0 && t.gap != paraGap && r.unitFits(q, j, n, key) {
			class, name, _ := strings.Cut(key, " ")
			q.class, q.unit, q.last = claims.UnitClass(class), name, j+n
			q.rule = "measure/1"
			if r.norm(q.last) == "." && r.tokens[q.last].gap == noGap && q.last+1 < s.last && r.lx.gr.abbreviations[r.norm(q.last-1)] {
				q.last++
			}
		}
	}
	if q.class == claims.UnitCurrency && q.last == q.num.last && r.isolated {
		r.cents(q, s)
	}
	if q.class != "" && q.class != claims.UnitPercent {
		r.perAfter(q, s)
	} else if q.class == claims.UnitPercent && (r.norm(q.last) == "per" || r.norm(q.last) == "a") {
		r.perAfter(q, s)
	}
}

// ageAt reads "years old", "- year - old" and their like at j.
func (r *reader) ageAt(j, end int) (string, int) {
	if key, n := r.lx.age.at(r.tokens[:end], j); n > 0 {
		return key, n
	}
	if r.lx.code != "en" {
		return "", 0
	}
	k := j
	if r.norm(k) == "-" {
		k++
	}
	unit := strings.TrimSuffix(r.norm(k), "s")
	switch unit {
	case "year", "month", "week", "day", "yr":
	default:
		return "", 0
	}
	k++
	if r.norm(k) == "-" {
		k++
	}
	if k < end && (r.norm(k) == "old" || r.norm(k) == "olds") {
		if unit == "yr" {
			unit = "year"
		}
		return unit + " of age", k + 1 - j
	}
	return "", 0
}

func (r *reader) moneyFits(q *quantity, j, n int) bool {
	t := &r.tokens[j]
	if t.gap == paraGap {
		return false
	}
	if t.kind == signToken && t.gap == blankGap && j+1 < len(r.tokens) && r.tokens[j+1].kind == numberToken && r.tokens[j+1].gap == noGap {
		return false // the sign belongs to the next figure
	}
	if t.kind == wordToken && q.class == claims.UnitCurrency && j+n < len(r.tokens) && r.tokens[j+n].kind == numberToken {
		return false
	}
	if t.kind == wordToken && r.tokens[min(j+n, len(r.tokens)-1)].kind == numberToken && r.tokens[j+n].gap == noGap && j+n < len(r.tokens) {
		return false // "3 USD50 cards"
	}
	if t.text == "PS" {
		return false
	}
	if t.kind == wordToken && n == 1 && len(t.text) <= 2 && t.gap != noGap && strings.ToUpper(t.text) != t.text {
		return false
	}
	if n == 1 && (t.norm == "won" || t.norm == "real" || t.norm == "mark") && r.lx.code == "en" {
		return t.norm == "won" && q.num.scale
	}
	if n == 1 && t.text == "R" && t.gap != noGap && j+1 < len(r.tokens) && r.tokens[j+1].kind == wordToken {
		return false
	}
	return true
}

// exactFits guards one-letter symbols: they stand right behind the digits, or end the phrase.
func (r *reader) exactFits(q *quantity, j, end int) bool {
	if !q.num.digits || q.num.scale && r.tokens[j].gap == noGap {
		return q.num.digits && r.tokens[j].gap == noGap
	}
	t := &r.tokens[j]
	if t.gap == noGap || t.gap == hardGap {
		return true
	}
	if len(t.text) > 1 && t.kind == wordToken {
		return true
	}
	return j+1 >= end || r.tokens[j+1].kind == signToken || r.lx.gr.stop[r.norm(j+1)] || r.norm(j+1) == "x" || r.norm(j+1) == "by"
}

func (r *reader) unitFits(q *quantity, j, n int, key string) bool {
	t := &r.tokens[j]
	if n == 1 && t.kind == wordToken && t.gap == blankGap {
		switch letters := len([]rune(t.text)); {
		case letters == 1:
			_, exact := r.lx.exact[t.text]
			return exact && (r.exactFits(q, j, len(r.tokens)) || q.num.digits && (t.text == "C" || t.text == "F" || t.text == "W" || t.text == "V"))
		case letters == 2:
			switch t.norm {
			case "in", "am", "pm", "pp", "sec", "hr", "ps", "mi", "gr", "cc", "mp":
				return t.norm == "hr" || t.text == "PS" || t.text == "mi"
			}
			return q.num.digits
		}
	}
	if t.text == "\"" {
		switch r.norm(j + 1) {
		case "long", "wide", "tall", "high", "deep", "x", "thick", "across":
			return true
		}
		return t.gap == noGap && r.isolated
	}
	if t.text == "in" {
		return false
	}
	return true
}

// cents reads "13 dollars 45 cents", "zwei Euro fünfzig".
func (r *reader) cents(q *quantity, s *sentence) {
	j := q.last
	if r.lx.and[r.norm(j)] || r.norm(j) == "con" && r.lx.code == "es" {
		j++
	}
	if j >= s.last || r.tokens[j].gap == paraGap {
		return
	}
	p := r.parser(s)
	n, ok := p.numeral(j)
	if !ok || !n.value.Known() || n.scale || !less(n.value, claims.Int(100)) || !n.value.Decimal().IsInteger() || r.tokens[n.last-1].norm == "-" {
		return
	}
	key, k := r.lx.currency.at(r.tokens[:s.last], n.last)
	code := moneyName(key)
	if k == 0 && n.last < s.last && (r.norm(n.last) == "c" || r.norm(n.last) == "¢") && r.tokens[n.last].gap == noGap {
		code, k = "cent", 1 // "20 dollars 43c"
	}
	small := k > 0 && (code == "cent" || code == "penny" || code == "kopeck")
	if !small && !(n.last >= s.last || r.norm(n.last) == "." && n.last+1 >= s.last) || !small && (k > 0 || less(n.value, claims.Int(10)) && !r.lx.and[r.norm(j-1)] || q.num.scale || q.num.value.Decimal().Exponent() < 0) {
		return
	}
	v := sum(q.num.value, scaled(n.value, -2))
	q.num.value, q.last = v, n.last+k
	q.value = claims.Exactly(v)
}

// perAfter reads "per barrel", "a month", "an hour", "/month" behind a unit.
func (r *reader) perAfter(q *quantity, s *sentence) {
	j := q.last
	if r.norm(j) == "-" && j+2 < s.last && (r.norm(j+1) == "a" || r.norm(j+1) == "per") && r.tokens[j].gap == noGap {
		j++
	}
	if j+1 >= s.last || !r.lx.per[r.norm(j)] || r.tokens[j].gap == paraGap || r.lx.code != "en" {
		return
	}
	w := r.norm(j)
	of := j + 1
	if w == "/" && (r.tokens[j].gap != noGap || r.tokens[of].gap != noGap) {
		return
	}
	if r.norm(of) == "-" && r.tokens[of].gap == noGap && of+1 < s.last {
		of++ // "12-cent-a-share"
	}
	if r.tokens[of].kind != wordToken {
		return
	}
	what, n := "", 0
	if key, k := r.lx.units.at(r.tokens[:s.last], of); k > 0 {
		_, what, _ = strings.Cut(key, " ")
		n = k
	} else if w == "per" || w == "/" {
		what, n = singular(r.norm(of), &r.lx.gr), 1
	} else if (w == "a" || w == "an") && perNouns[r.norm(of)] {
		what, n = r.norm(of), 1
	}
	if n == 0 || what == "cent" {
		return
	}
	if after := r.norm(of + n); w == "a" || w == "an" {
		if _, ago := r.lx.cal.ago.at(r.tokens, of+n); ago > 0 || after == "later" || after == "before" || after == "after" || after == "on" && (what == "year" || what == "month" || what == "week" || what == "decade") {
			return // "$6 billion a year earlier"
		}
	}
	if what == "annum" {
		what = "year"
	}
	name := q.unit
	if q.class == claims.UnitCurrency {
		if words, ok := r.lx.unitNames[q.unit]; ok && words != "" {
			name = words
		}
	} else if q.class == claims.UnitPercent {
		name = "percentage"
	}
	q.unit = name + " per " + what
	if q.class == claims.UnitVolume || q.class == claims.UnitMass {
		if what == "second" || what == "minute" || what == "hour" {
			q.class = claims.UnitOther // a flow
		}
	}
	q.last = of + n
}

// perNouns are what news counts money by behind "a": "$23 a barrel".
var perNouns = map[string]bool{"barrel": true, "share": true, "head": true, "person": true, "piece": true, "unit": true, "bottle": true, "bushel": true, "ton": true, "tonne": true,
	"night": true, "ticket": true, "copy": true, "plate": true, "pop": true, "game": true, "trip": true, "ride": true, "shift": true, "household": true, "dozen": true, "gallon": true, "pound": true, "kilo": true, "litre": true, "liter": true}

// boundsBefore takes the words that bound the figure into the phrase, the nearest first.
func (r *reader) boundsBefore(q *quantity, low int) {
	for range 4 {
		if q.first-1 < low || r.tokens[q.first].gap == paraGap {
			return
		}
		key, n := r.lx.before.before(r.tokens, low, q.first)
		if n == 0 || !r.boundFits(q, q.first-n, n) {
			return
		}
		start := q.first - n
		if r.marks[start] != markNone || key == "-" {
			return
		}
		q.first = start
		q.bound = r.textOf(start, start+n)
		r.applyBound(q, key)
	}
}

// boundFits refuses bound words in another sense: "some" and "like" are hedges, "over", "by", "past" may not be.
func (r *reader) boundFits(q *quantity, i, n int) bool {
	if n > 1 {
		return true
	}
	if w := r.norm(i); w == "до" && i > 0 {
		for k := i - 1; k >= max(0, i-3); k-- {
			if v, ok := r.lx.gr.verbs[r.norm(k)]; ok && (r.lx.gr.up[v.lemma] || r.lx.gr.down[v.lemma]) {
				return false // "упала до минус 31 градуса"
			}
		}
	}
	switch r.norm(i) {
	case "over", "up", "above", "under", "past", "within", "off":
		if i > 0 {
			if v, ok := r.lx.gr.verbs[r.norm(i-1)]; ok && r.lx.gr.particles[v.lemma][r.norm(i)] {
				return false
			}
		}
		if r.norm(i) == "past" {
			return q.class == claims.UnitDuration
		}
		if q.class == claims.UnitDuration && (r.norm(i) == "over" || r.norm(i) == "under" && false) {
			return r.overBounds(i)
		}
		return true
	case "fully", "even":
		return false
	case "all":
		return false
	case "c":
		return r.tokens[i].gap == blankGap
	}
	return true
}

// overBounds tells "for over two years" (more than) from "over two years" (in the course of).
func (r *reader) overBounds(i int) bool {
	prev := r.norm(i - 1)
	switch prev {
	case "for", "in", "after", "of", "by", "to", "just", "well", "lasted", "took", "take", "takes", "little", "a", "slightly":
		return true
	}
	return r.auxiliary(prev)
}

// applyBound narrows the interval by a bound of the language data.
func (r *reader) applyBound(q *quantity, key string) {
	v := q.num.value
	switch key {
	case "~", "~<":
		q.approx = true
		return
	case "=":
		return
	}
	if q.compare != claims.Equal {
		return
	}
	switch key {
	case ">=", ">":
		q.compare = claims.Comparator(key)
		if q.vague {
			q.value = claims.Value{Low: q.num.low}
			return
		}
		q.value = claims.Value{Low: v, Best: v}
	case "<=", "<":
		q.compare = claims.Comparator(key)
		if q.vague {
			q.value = claims.Value{High: q.num.high}
			return
		}
		q.value = claims.Value{Best: v, High: v}
	}
}

// boundsAfter reads "or more", "at least", "apiece" behind the phrase.
func (r *reader) boundsAfter(q *quantity, s *sentence) {
	for range 2 {
		key, n := r.lx.after.at(r.tokens[:s.last], q.last)
		if n == 0 || r.tokens[q.last].gap == paraGap {
			return
		}
		if w := r.norm(q.last); (w == "plus" || w == "+" || w == "at" || w == "max" || w == "minimum" || w == "maximum") && q.last+n < s.last && r.tokens[q.last+n].kind == numberToken {
			return
		}
		if after := r.norm(q.last + n); q.last+n < s.last && (after == "de" || after == "que" || after == "d'" || after == "than" || after == "als") {
			return // "plus de 10 et moins de 40"
		}
		if _, bn := r.lx.before.at(r.tokens[:s.last], q.last+n-1); n > 1 && bn > 1 {
			return // "10 et plus petit que 20"
		}
		if q.last+n < s.last && r.lx.and[r.norm(q.last)] && (r.tokens[q.last+n].kind == numberToken || r.lx.numberWord(r.norm(q.last+n)) || r.lx.article[r.norm(q.last+n)]) {
			return
		}
		q.last += n
		r.applyBound(q, key)
	}
}

// keep drops what is no quantity after all.
func (r *reader) keep(q *quantity, s *sentence) bool {
	return q.value.Low.Known() || q.value.Best.Known() || q.value.High.Known()
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
	switch r.norm(j) {
	case "for", "на", "gegen", "pour", "por":
	default:
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
