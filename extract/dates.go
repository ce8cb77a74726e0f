package extract

import (
	"strings"
	"time"

	"tallywire/claims"
)

// A dating is a date that a sentence gives, and where.
type dating struct {
	first, last int
	period      claims.Period
	kind        string // on, since, until, period
}

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
		if n := r.ordinalAt(i, s.last); n > 0 {
			for k := i; k < i+n; k++ {
				r.marks[k] = markOrdinal
			}
			i += n - 1
		}
	}
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
		if at(j).text == "." {
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
		if (at(j).norm == "-" || at(j).norm == "to" || at(j).norm == "and" || at(j).norm == "до") && isDay(at(j+1)) && r.month(j+2) > 0 {
			j += 2
		}
		if at(j).norm == "of" || at(j).norm == "de" || at(j).norm == "-" && at(j).gap == noGap {
			j++
		}
		if r.month(j) > 0 && at(j).gap != paraGap && !(r.lx.code == "en" && !at(j).upper) {
			j++
			if at(j).text == "." && isYear(at(j+1)) || at(j).text == "," && isYear(at(j+1)) || at(j).norm == "de" && isYear(at(j+1)) || at(j).norm == "del" || at(j).norm == "-" && isYear(at(j+1)) {
				j++
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
	if isYear(t) && (at(i+1).text == "-" || at(i+1).text == "/") && at(i+1).gap == noGap && isDay(at(i+2)) && at(i+3).text == at(i+1).text && isDay(at(i+4)) {
		return 5
	}
	if isDay(t) && (at(i+1).text == "/" || at(i+1).text == "-") && at(i+1).gap == noGap && isDay(at(i+2)) && at(i+3).text == at(i+1).text && at(i+4).kind == numberToken && (len(at(i+4).norm) == 2 || isYear(at(i+4))) {
		return 5
	}
	if isYear(t) {
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
	if t.norm < "1400" && !r.lx.cal.year[r.norm(i+1)] && !r.eraAt(i+1) {
		return 0
	}
	n := 1
	if (r.norm(i+1) == "-" || r.norm(i+1) == "/") && i+2 < end && r.tokens[i+2].kind == numberToken && (len(r.tokens[i+2].norm) == 2 || isYear(&r.tokens[i+2])) && r.tokens[i+1].gap == noGap {
		n = 3
	}
	next := r.norm(i + n)
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
		if r.unitFollows(i+1) && r.lx.cal.on[prev] == false {
			return 0
		}
		if (prev == "of" || prev == "for" || prev == "about" || prev == "around") && i+1 < end && r.countedAhead(i+1, end) {
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
	if _, bn := r.lx.before.before(r.tokens, 0, i); bn > 0 {
		return 0
	}
	if t.norm >= "1700" && t.norm <= "2060" && !r.countedAhead(i+1, end) {
		return n
	}
	return 0
}

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

// clockAt returns the length of the time of day at i: "14:35", "5 p.m.", "10 Uhr", "18h30".
func (r *reader) clockAt(i int, s *sentence) int {
	t := &r.tokens[i]
	if t.kind != numberToken || len(t.norm) > 5 {
		return 0
	}
	n := 1
	if i+2 < s.last && r.tokens[i+1].text == ":" && r.tokens[i+1].gap == noGap && r.tokens[i+2].kind == numberToken && r.tokens[i+2].gap == noGap && len(r.tokens[i+2].norm) == 2 && len(t.norm) <= 2 {
		n = 3
		if i+4 < s.last && r.tokens[i+3].text == ":" && r.tokens[i+4].kind == numberToken && r.tokens[i+4].gap == noGap {
			n = 5
		}
	}
	if _, k := r.lx.cal.clock.at(r.tokens[:s.last], i+n); k > 0 && r.tokens[i+n].gap != paraGap && (r.lx.code == "en" || r.lx.code == "de" || n > 1) {
		if strings.TrimLeft(t.norm, "0123456789.") == "" {
			return n + k
		}
	}
	if n > 1 {
		return n
	}
	return 0
}

// ordinalAt returns the length of the ordinal at i: "63rd", "14th-century", "72-й", "third", "3. Platz".
func (r *reader) ordinalAt(i, end int) int {
	t := &r.tokens[i]
	if t.kind == numberToken && plainDigits(strings.ReplaceAll(t.norm, ",", "")) {
		j := i + 1
		if j < end && r.tokens[j].norm == "-" && r.tokens[j].gap == noGap {
			j++
		}
		if j < end && r.tokens[j].kind == wordToken && r.tokens[j].gap == noGap && r.lx.ordEnding[r.tokens[j].norm] && (j == i+1 || r.lx.code == "uk" || r.lx.code == "ru") {
			return j + 1 - i
		}
		if r.lx.ordinalPoint() && i+2 < end && r.tokens[i+1].text == "." && r.tokens[i+1].gap == noGap && r.tokens[i+2].kind == wordToken && len(t.norm) <= 3 {
			return 2
		}
		return 0
	}
	return 0
}

// markLabels marks numbers that name something: "No. 63", "page 4", "Article 5".
func (r *reader) markLabels(s *sentence) {}

// datings returns the dates of a sentence relative to day.
func (r *reader) datings(s *sentence, day time.Time) []dating { return nil }
