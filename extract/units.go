package extract

import (
	"strings"

	"tallywire/claims"
)

func (r *reader) unitFollows(j int) bool {
	_, a := r.lx.units.at(r.tokens, j)
	_, b := r.lx.currency.at(r.tokens, j)
	return a+b > 0
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
	if key, n := r.lx.units.at(toks, j+1); n > 0 && r.is(timeAdjectives, j) && strings.HasPrefix(key, "duration") && r.tokens[j].gap == blankGap && q.class == "" {
		j++ // "3 prochains jours", "the 3 next weeks"
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
			r.scaledCode(q, &r.tokens[j])
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
		if k := j + n; n > 0 && k+1 < s.last && t.gap == blankGap && r.norm(k) == "-" && r.tokens[k].gap == noGap && r.tokens[k+1].gap == noGap && r.tokens[k+1].kind == wordToken && !r.lx.per[r.norm(k+1)] && r.norm(k+1) != "old" && r.lx.deep && t.kind == wordToken && !strings.HasPrefix(key, "percent") {
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
	} else if q.class == claims.UnitPercent && (r.is(wordPer, q.last) || r.is(wordA, q.last)) {
		r.perAfter(q, s)
	}
}

// ageAt reads "years old", "- year - old" and their like at j.
func (r *reader) ageAt(j, end int) (string, int) {
	if key, n := r.lx.age.at(r.tokens[:end], j); n > 0 {
		return key, n
	}
	if !r.lx.deep {
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

// exactFits guards one-letter symbols: they stand right behind the digits, or end the phrase.
func (r *reader) exactFits(q *quantity, j, end int) bool {
	if r.norm(j) == "'" {
		return q.num.digits && r.tokens[j].gap == noGap && (j+1 >= end || r.tokens[j+1].gap != noGap || r.tokens[j+1].kind == signToken) && !r.quoteOpen(j)
	}
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
	if t.text == "W" || t.text == "V" {
		return true // "a 5 W charger"
	}
	return j+1 >= end || r.tokens[j+1].kind == signToken || r.lx.gr.stop[r.norm(j+1)] || r.norm(j+1) == "x" || r.is(wordBy, j+1)
}

// quoteOpen reports a single quotation mark that the sentence opened before j.
func (r *reader) quoteOpen(j int) bool {
	for k := r.sents[r.sentAt(j)].first; k < j; k++ {
		if t := &r.tokens[k]; t.norm == "'" && t.kind == signToken && r.tokens[k+1].gap == noGap {
			return true
		}
	}
	return false
}

func (r *reader) unitFits(q *quantity, j, n int, key string) bool {
	t := &r.tokens[j]
	if n == 1 && t.kind == wordToken && t.gap == blankGap {
		switch letters := len([]rune(t.text)); {
		case letters == 1:
			_, exact := r.lx.exact[t.text]
			return exact && (r.exactFits(q, j, len(r.tokens)) || q.num.digits && (t.text == "C" || t.text == "F" || t.text == "W" || t.text == "V"))
		case letters == 2:
			if r.lx.is(noUnits, t.norm) {
				return t.norm == "hr" || t.text == "PS" || t.text == "mi"
			}
			return q.num.digits
		}
	}
	if t.text == "\"" {
		if r.is(sizes, j+1) {
			return true
		}
		return t.gap == noGap && r.isolated
	}
	if t.text == "in" {
		return false
	}
	return true
}

// perAfter reads "per barrel", "a month", "an hour", "/month" behind a unit.
func (r *reader) perAfter(q *quantity, s *sentence) {
	j := q.last
	if r.norm(j) == "(" && q.class == claims.UnitCurrency { // "C$9 (US$6.70) per share"
		for k := j + 1; k < min(s.last, j+7); k++ {
			if r.norm(k) == ")" && r.is(wordPer, k+1) {
				inner := *q
				inner.last = k + 1
				r.perAfter(&inner, s)
				q.unit = inner.unit
				return
			}
		}
	}
	if r.norm(j) == "-" && j+2 < s.last && (r.is(wordA, j+1) || r.is(wordPer, j+1)) && r.tokens[j].gap == noGap {
		j++
	}
	if j+1 >= s.last || !r.lx.per[r.norm(j)] || r.tokens[j].gap == paraGap || !r.lx.deep {
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
	} else if r.lx.is(wordPer, w) || w == "/" {
		what, n = singular(r.norm(of), &r.lx.gr), 1
	} else if (r.lx.is(wordA, w)) && r.is(perNouns, of) {
		what, n = r.norm(of), 1
	}
	if n == 0 || what == "cent" {
		return
	}
	if after := r.norm(of + n); r.lx.is(wordA, w) {
		if _, ago := r.lx.cal.ago.at(r.tokens, of+n); ago > 0 || after == "later" || r.lx.is(wordBefore, after) || r.lx.is(wordAfter, after) || r.lx.is(wordOn, after) && (what == "year" || what == "month" || what == "week" || what == "decade") {
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
