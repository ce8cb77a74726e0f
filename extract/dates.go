package extract

import "strings"

// markDates marks the dates, clock times and ordinals of a sentence, so that scan passes them over.
func (r *reader) markDates(s *sentence) {
	for i := s.first; i < s.last; i++ {
		if r.marks[i] != markNone {
			continue
		}
		if n := r.dateAt(i, s.last); n > 0 {
			for k := i; k < i+n; k++ {
				r.marks[k] = markDate
			}
			i += n - 1
			continue
		}
		if n := r.clockAt(i, s); n > 0 {
			for k := i; k < i+n; k++ {
				r.marks[k] = markClock
			}
			i += n - 1
			continue
		}
		if w := r.norm(i); (w == "half" || w == "quarter") && (r.norm(i+1) == "past" || r.is(wordTo, i+1) && w == "quarter") && i+2 < s.last {
			if _, num := r.lx.num[r.norm(i+2)]; num || r.tokens[i+2].kind == numberToken {
				r.mark(i, i+3, markClock)
				i += 2
				continue
			}
		}
		if _, num := r.lx.num[r.norm(i)]; num && (r.norm(i+1) == "o'clock" || r.norm(i+1) == "oclock") && i+1 < s.last {
			r.mark(i, i+2, markClock)
			i++
			continue
		}
		if n := r.ordinalAt(i, s.last); n > 0 {
			for k := i; k < i+n; k++ {
				r.marks[k] = markOrdinal
			}
			i += n - 1
		} else if n < 0 {
			i += -n - 1
		}
	}
	r.glueDates(s)
}

func (r *reader) month(i int) int {
	if i < 0 || i >= len(r.tokens) || r.tokens[i].kind != wordToken {
		return 0
	}
	t := &r.tokens[i]
	m := r.lx.cal.months[t.norm]
	if m > 0 && r.lx.code == "en" && !t.upper && (t.norm == "may" || t.norm == "march" || t.norm == "mar" || t.norm == "sep" || t.norm == "dec" || t.norm == "jan") {
		return 0
	}
	return m
}

func isDay(t *token) bool {
	return t.kind == numberToken && len(t.norm) <= 2 && plainDigits(t.norm) && t.norm != "0" && t.norm != "00" && (len(t.norm) == 1 || t.norm <= "31")
}

func isYear(t *token) bool {
	return t.kind == numberToken && len(t.norm) == 4 && plainDigits(t.norm) && t.norm >= "1000" && t.norm <= "2199"
}

// dateAt returns the length of the date at i: "23 May 2025", "May 23", "12.03.2026", "2025-05-23", "2022".
func (r *reader) dateAt(i, end int) int {
	t := &r.tokens[i]
	at := func(k int) *token {
		if k < end {
			return &r.tokens[k]
		}
		return &noToken
	}
	if r.month(i) > 0 { // May 23, 2025 / May 2025
		j := i + 1
		if at(j).text == "." || (at(j).text == "/" || at(j).norm == "-") && at(j).gap == noGap && at(j+1).gap == noGap {
			j++
		}
		if isDay(at(j)) && at(j).gap != paraGap {
			j++
			if o := at(j); o.kind == wordToken && o.gap == noGap && r.lx.ordEnding[o.norm] {
				j++
			}
			if (at(j).norm == "-" || at(j).norm == "to" || at(j).norm == "and") && isDay(at(j+1)) && r.month(j+2) == 0 {
				j += 2
			}
			if at(j).text == "," && isYear(at(j+1)) {
				return j + 2 - i
			}
			if isYear(at(j)) {
				return j + 1 - i
			}
			return j - i
		}
		if t := at(j); t.kind == numberToken && len(t.norm) == 2 && plainDigits(t.norm) && t.norm > "31" && t.gap == blankGap && !r.unitFollows(j+1) && !r.countedAhead(j+1, end) {
			return j + 1 - i // "juillet 98"
		}
		if at(j).text == "," {
			j++
		}
		if (at(j).norm == "of" || at(j).norm == "de" || at(j).norm == "del") && isYear(at(j+1)) {
			j++
		}
		if isYear(at(j)) {
			return j + 1 - i
		}
		return 0
	}
	if isDay(t) {
		j := i + 1
		if o := at(j); o.kind == wordToken && o.gap == noGap && r.lx.ordEnding[o.norm] || o.text == "." && r.lx.ordinalPoint() {
			j++
		}
		if (at(j).norm == "-" || r.lx.is(joinsDays, at(j).norm)) && isDay(at(j+1)) && r.month(j+2) > 0 {
			j += 2
		}
		if at(j).norm == "of" || at(j).norm == "de" || at(j).norm == "-" && at(j).gap == noGap {
			j++
		}
		if r.month(j) > 0 && at(j).gap != paraGap {
			j++
			if at(j).text == "." && isYear(at(j+1)) || at(j).text == "," && isYear(at(j+1)) || at(j).norm == "de" && isYear(at(j+1)) || at(j).norm == "del" || at(j).norm == "-" && isYear(at(j+1)) {
				j++
			}
			if at(j).norm == "-" && at(j).gap == noGap && at(j+1).kind == numberToken && len(at(j+1).norm) == 2 && at(j+1).gap == noGap {
				return j + 2 - i // "4-Jul-95"
			}
			if isYear(at(j)) && at(j).gap != paraGap {
				j++
				if r.lx.cal.year[at(j).norm] && at(j).kind == wordToken && r.lx.code != "en" {
					j++
				}
			}
			return j - i
		}
	}
	if t.kind == numberToken && strings.Count(t.norm, ".") == 2 && dotted(t.norm) {
		return 1
	}
	if isDay(t) && at(i+1).text == "/" && at(i+1).gap == noGap && isDay(at(i+2)) && at(i+2).gap == noGap && at(i+3).text != "/" && (t.norm[0] == '0' || at(i + 2).norm[0] == '0') && (t.norm <= "12" || at(i+2).norm <= "12") {
		return 3
	}
	if isYear(t) && at(i+1).norm == "-" && at(i+1).gap == noGap && at(i+2).gap == noGap && at(i+2).kind == numberToken && len(at(i+2).norm) <= 2 && atoi(at(i+2).norm) <= 12 && at(i + 2).norm[0] != '0' && r.lx.code != "en" {
		return 3 // "2015-3"
	}
	if r.lx.code == "de" && isDay(t) && at(i+1).text == "." && isDay(at(i+2)) && atoi(at(i+2).norm) <= 12 && at(i+3).text == "." && at(i+3).gap == noGap && r.lx.cal.on[r.norm(i-1)] {
		return 3 // "am 27. 11."
	}
	if isDay(t) && isDay(at(i+1)) && isYear(at(i+2)) && at(i+1).gap == blankGap && at(i+2).gap == blankGap {
		return 3 // "18 8 1978"
	}
	if isYear(t) && isDay(at(i+1)) && isDay(at(i+2)) && at(i+1).gap == blankGap && at(i+2).gap == blankGap {
		return 3 // "2016 10 16"
	}
	if isYear(t) && (at(i+1).text == "-" || at(i+1).text == "/") && at(i+1).gap == noGap && isDay(at(i+2)) && at(i+3).text == at(i+1).text && isDay(at(i+4)) {
		return 5
	}
	if isDay(t) && (at(i+1).text == "/" || at(i+1).text == "-") && at(i+1).gap == noGap && isDay(at(i+2)) && at(i+3).text == at(i+1).text && at(i+4).kind == numberToken && (len(at(i+4).norm) == 2 || isYear(at(i+4))) {
		return 5
	}
	if t.kind == numberToken && len(t.norm) <= 4 && plainDigits(t.norm) && r.eraAt(i+1) {
		_, n := r.lx.cal.era.at(r.tokens[:end], i+1)
		return 1 + n
	}
	if t.kind == numberToken && len(t.norm) <= 4 && plainDigits(t.norm) && i > 0 && r.eraBefore(i) {
		if (at(i+1).norm == "and" || at(i+1).norm == "to" || at(i+1).norm == "-") && at(i+2).kind == numberToken && len(at(i+2).norm) <= 4 && plainDigits(at(i+2).norm) && atoi(at(i+2).norm) > atoi(t.norm) && !r.countedAhead(i+3, end) {
			return 3 // "between A.D. 900 and 1100"
		}
		return 1
	}
	if t.kind == numberToken && len(t.norm) == 8 && plainDigits(t.norm) && (t.norm[:2] == "19" || t.norm[:2] == "20") && t.norm[4:6] <= "12" && t.norm[6:] <= "31" && t.norm[4:6] > "00" {
		return 1 // 20161016
	}
	if t.kind == numberToken && r.lx.code == "de" && len(t.norm) <= 5 && strings.Count(t.norm, ".") == 1 && r.lx.cal.on[r.norm(i-1)] {
		d, m, _ := strings.Cut(t.norm, ".")
		if atoi(d) <= 31 && atoi(m) <= 12 && len(m) == 2 && m > "00" {
			return 1
		}
	}
	if isYear(t) && (at(i+1).text == "/" || at(i+1).text == "-") && at(i+1).gap == noGap && r.lx.cal.months[at(i+2).norm] > 0 {
		if at(i+3).text == at(i+1).text && isDay(at(i+4)) {
			return 5
		}
		return 3
	}
	if isDay(t) && (at(i+1).text == "/" || at(i+1).text == "-") && at(i+1).gap == noGap && r.lx.cal.months[at(i+2).norm] > 0 {
		if at(i+3).text == at(i+1).text && at(i+4).kind == numberToken {
			return 5
		}
		return 3
	}
	if len(t.norm) == 2 && t.kind == numberToken && t.norm[1] == '0' && (r.lx.cal.year[r.norm(i-1)] && r.lx.code != "en" && r.lx.code != "de" && i > 0 && !r.lx.cal.year[r.norm(i+1)] && (r.norm(i-1) == "années" || strings.HasPrefix(r.norm(i-1), "a") && !r.is(wordA, i-1)) || at(i+1).gap == noGap && (at(i+1).norm == "s" || at(i+1).norm == "er" || at(i+1).norm == "ern" || at(i+1).norm == "х")) {
		if at(i+1).kind == wordToken && at(i+1).gap == noGap {
			return 2
		}
		return 1
	}
	if isYear(t) && !(len(r.tokens) <= 2 && r.tokens[0].kind == numberToken) {
		return r.yearAt(i, end)
	}
	return 0
}

// dotted reports "12.03.2026" and "12.03.26".
func dotted(s string) bool {
	p := strings.Split(s, ".")
	return len(p) == 3 && len(p[0]) <= 2 && len(p[1]) <= 2 && (len(p[2]) == 2 || len(p[2]) == 4) && p[1] <= "12"
}

// yearAt tells a year from a count of that size: a year stands after a preposition, a month or a bracket, or
// before nothing that could be counted.
func (r *reader) yearAt(i, end int) int {
	t := &r.tokens[i]
	if r.is(speaksOf, i-1) && i > 1 && r.lx.src.say[r.norm(i-2)] != "" {
		return 0 // "die Veranstalter sprachen von 2000"
	}
	if j := i + 2; j < end && isYear(&r.tokens[j]) && r.is(joinsYears, i+1) &&
		!r.unitFollows(j+1) && t.norm >= "1400" && r.tokens[j].norm > t.norm && r.tokens[j].norm <= "2060" && (r.is(wordBetween, i-1) || r.is(wordFrom, i-1) || r.norm(i-1) == "zwischen" || r.norm(i-1) == "von" || r.norm(i-1) == "entre" || r.norm(i-1) == "між" || r.norm(i-1) == "з" || r.norm(i-1) == "с") {
		return 3
	}
	if t.norm < "1400" && !r.lx.cal.year[r.norm(i+1)] && !r.eraAt(i+1) {
		return 0
	}
	n := 1
	if (r.norm(i+1) == "-" || r.norm(i+1) == "/") && i+2 < end && r.tokens[i+2].kind == numberToken && (len(r.tokens[i+2].norm) == 2 || isYear(&r.tokens[i+2])) && r.tokens[i+1].gap == noGap {
		n = 3
	}
	next := r.norm(i + n)
	if i+n < end && r.tokens[i+n].kind == wordToken && len(next) == 2 && (next[0] == 'h' || next[0] == 't' || next[0] == 'q') && next[1] >= '1' && next[1] <= '4' || strings.HasPrefix(next, "trimestre") && len(next) == 10 {
		return n + 1 // "2019 H2"
	}
	if next == "~" && i+2 < end && isYear(&r.tokens[i+2]) {
		return 3
	}
	if i+n < end && r.tokens[i+n].gap == noGap && (next == "s" || r.norm(i+n) == "'" && r.norm(i+n+1) == "s" || next == "er" || next == "ern" || next == "х" || next == "го") {
		return n + 1
	}
	if i+n < end && r.tokens[i+n].kind == wordToken && r.lx.cal.year[next] && r.lx.code != "en" {
		return n + 1
	}
	if r.eraAt(i + n) {
		return n + 1
	}
	prev := r.norm(i - 1)
	if i > 0 && r.tokens[i-1].kind == wordToken && (r.lx.cal.on[prev] || r.lx.cal.since[prev] || r.lx.cal.until[prev] || r.lx.cal.year[prev] || r.lx.cal.seasons[prev] || r.month(i-1) > 0) {
		if r.unitFollows(i+1) && !r.lx.cal.on[prev] {
			return 0
		}
		if (r.lx.is(wordOf, prev) || r.lx.is(wordFor, prev) || prev == "about" || prev == "around") && i+1 < end && r.countedAhead(i+1, end) {
			return 0
		}
		return n
	}
	if r.unitFollows(i+1) || i > 0 && r.tokens[i-1].kind == signToken && r.lx.signs[r.tokens[i-1].text] != "" {
		return 0
	}
	if _, mn := r.lx.currency.before(r.tokens, 0, i); mn > 0 {
		return 0
	}
	if key, bn := r.lx.before.before(r.tokens, 0, i); bn > 0 && key != "-" && key != "=" {
		return 0
	}
	if r.norm(i-1) == "." && r.norm(i-2) == "d" && r.is(wordA, i-4) {
		return n // A.D. 1000
	}
	if t.norm < "1700" && t.norm >= "1000" && !r.countedAhead(i+1, end) && (i == 0 || r.tokens[i].gap == paraGap || r.startsSentence(i) || r.yearLead(prev)) {
		return n
	}
	if t.norm < "1700" || t.norm > "2060" {
		return 0
	}
	if !r.countedAhead(i+1, end) || r.lx.cal.yearNouns[r.norm(i+1)] {
		return n // "had 1988 sales of $14 million"
	}
	// "Keytruda's 2018 sales": a count of that size mostly has its comma, and stands behind a verb
	if r.lx.code == "en" && t.norm >= "1900" && i > 0 {
		_, verb := r.lx.gr.verbs[prev]
		if !verb && !r.auxiliary(prev) && !r.lx.is(wordOf, prev) && r.tokens[i].gap != paraGap && (r.tokens[i-1].upper || r.determiner(prev) || r.lx.is(wordGenitive, prev)) {
			return n
		}
	}
	return 0
}

// yearLead reports words before a bare year.
func (r *reader) yearLead(w string) bool {
	return r.lx.is(yearLeads, w)
}

func (r *reader) eraBefore(i int) bool {
	_, n := r.lx.cal.era.before(r.tokens, 0, i)
	return n > 0 && r.tokens[i-n].upper && r.tokens[i].gap == blankGap
}

// eraAt reports what stands behind a year to say from when it counts: "BC", "н. е.".
func (r *reader) eraAt(i int) bool {
	_, n := r.lx.cal.era.at(r.tokens, i)
	return n > 0
}

// countedAhead reports whether a plural noun follows at once, so that the figure counts it.
func (r *reader) countedAhead(j, end int) bool {
	if j >= end || r.tokens[j].kind != wordToken {
		return false
	}
	if r.lx.code == "en" {
		np := r.nounEnglish(j, end, false)
		return np.found() && r.pluralAt(np.headAt) && np.headAt-j <= 2
	}
	np := r.nounPhrase(j, end, false)
	return np.found()
}

func atoi(s string) int {
	n, neg := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '-':
			neg = true
		case c >= '0' && c <= '9' && n < 1e6:
			n = n*10 + int(c-'0')
		}
	}
	if neg {
		return -n
	}
	return n
}
