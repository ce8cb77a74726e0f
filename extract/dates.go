package extract

import (
	"strconv"
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
		if w := r.norm(i); (w == "half" || w == "quarter") && (r.norm(i+1) == "past" || r.norm(i+1) == "to" && w == "quarter") && i+2 < s.last {
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
		if (at(j).norm == "-" || at(j).norm == "to" || at(j).norm == "and" || at(j).norm == "до") && isDay(at(j+1)) && r.month(j+2) > 0 {
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
	if len(t.norm) == 2 && t.kind == numberToken && t.norm[1] == '0' && (r.lx.cal.year[r.norm(i-1)] && r.lx.code != "en" && r.lx.code != "de" && i > 0 && !r.lx.cal.year[r.norm(i+1)] && (r.norm(i-1) == "années" || strings.HasPrefix(r.norm(i-1), "a") && r.norm(i-1) != "an") || at(i+1).gap == noGap && (at(i+1).norm == "s" || at(i+1).norm == "er" || at(i+1).norm == "ern" || at(i+1).norm == "х")) {
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
	if j := i + 2; j < end && isYear(&r.tokens[j]) && (r.norm(i+1) == "and" || r.norm(i+1) == "to" || r.norm(i+1) == "und" || r.norm(i+1) == "bis" || r.norm(i+1) == "et" || r.norm(i+1) == "y" || r.norm(i+1) == "до" || r.norm(i+1) == "по") &&
		!r.unitFollows(j+1) && t.norm >= "1400" && r.tokens[j].norm > t.norm && r.tokens[j].norm <= "2060" && (r.norm(i-1) == "between" || r.norm(i-1) == "from" || r.norm(i-1) == "zwischen" || r.norm(i-1) == "von" || r.norm(i-1) == "entre" || r.norm(i-1) == "між" || r.norm(i-1) == "з" || r.norm(i-1) == "с") {
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
	if key, bn := r.lx.before.before(r.tokens, 0, i); bn > 0 && key != "-" && key != "=" {
		return 0
	}
	if r.norm(i-1) == "." && r.norm(i-2) == "d" && r.norm(i-4) == "a" {
		return n // A.D. 1000
	}
	if t.norm < "1700" && t.norm >= "1000" && !r.countedAhead(i+1, end) && (i == 0 || r.tokens[i].gap == paraGap || r.startsSentence(i) || r.yearLead(prev)) {
		return n
	}
	if t.norm < "1700" || t.norm > "2060" {
		return 0
	}
	if !r.countedAhead(i+1, end) {
		return n
	}
	// "Keytruda's 2018 sales": a count of that size mostly has its comma, and stands behind a verb
	if r.lx.code == "en" && t.norm >= "1900" && i > 0 {
		_, verb := r.lx.gr.verbs[prev]
		if !verb && !r.auxiliary(prev) && prev != "of" && r.tokens[i].gap != paraGap && (r.tokens[i-1].upper || r.determiner(prev) || prev == "'s") {
			return n
		}
	}
	return 0
}

// yearLead reports words before a bare year.
func (r *reader) yearLead(w string) bool {
	switch w {
	case "erst", "nach", "vor", "ab", "und", "after", "before", "until", "après", "avant", "desde", "hasta":
		return true
	}
	return false
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

// datings returns the dates that a sentence gives, resolved against day, in text order. Years are left out
// where they only name something.
func (r *reader) datings(s *sentence, day time.Time) []dating {
	var out []dating
	end := s.last
	for i := s.first; i < end; {
		d, n := r.datingAt(i, s, day)
		if n == 0 {
			i++
			continue
		}
		d.first, d.last = i, i+n
		d.kind = r.datingKind(i, s)
		if d.kind == "since" && !day.IsZero() {
			d.period.To = isoDate(day)
		}
		out = append(out, d)
		i += n
	}
	return out
}

// datingKind tells "since Monday" and "by Monday" from "on Monday".
func (r *reader) datingKind(i int, s *sentence) string {
	for k := i - 1; k >= s.first && k >= i-2; k-- {
		w := r.norm(k)
		if r.lx.cal.since[w] && (w != "from" && w != "с" && w != "з" && w != "від" && w != "от" && w != "со" && w != "із" || r.month(i+1) > 0 || r.month(i) > 0 || isYear(&r.tokens[i])) {
			return "since"
		}
		if w == "by" || w == "until" || w == "till" || w == "до" || w == "к" || w == "bis" {
			return "until"
		}
		if w == "before" {
			return "before"
		}
		if !r.lx.cal.on[w] && w != "the" {
			break
		}
	}
	for k := i - 1; k >= s.first && k >= i-6 && r.lx.code == "en"; k-- { // "since the reopening on 29 January"
		if r.norm(k) == "since" {
			return "since"
		}
		if _, verb := r.verbAt(k); verb && k < i-4 || r.tokens[k].kind != wordToken {
			break
		}
	}
	return "on"
}

func isoDate(t time.Time) string { return t.Format("2006-01-02") }

func oneDay(t time.Time) claims.Period { return claims.Period{From: isoDate(t), To: isoDate(t)} }

// datingAt reads the date at i.
func (r *reader) datingAt(i int, s *sentence, day time.Time) (dating, int) {
	t := &r.tokens[i]
	if r.marks[i] == markDate && (i == s.first || r.marks[i-1] != markDate) {
		n := 1
		for i+n < s.last && r.marks[i+n] == markDate {
			n++
		}
		if p, ok := r.calendarDate(i, i+n, day); ok {
			return dating{period: p}, n
		}
		return dating{}, 0
	}
	if day.IsZero() {
		return dating{}, 0
	}
	if p, n := r.agoAt(i, s, day); n > 0 {
		return dating{period: p}, n
	}
	if t.kind != wordToken {
		return dating{}, 0
	}
	if key, n := r.lx.cal.days.at(r.tokens[:s.last], i); n > 0 {
		off := atoi(key)
		return dating{period: oneDay(day.AddDate(0, 0, off))}, n
	}
	if key, n := r.lx.cal.periods.at(r.tokens[:s.last], i); n > 0 {
		return dating{period: relativePeriod(key, day)}, n
	}
	if m := r.lx.cal.months[t.norm]; m > 0 && t.upper == (r.lx.code == "en" || r.lx.code == "de") && (r.lx.cal.on[r.norm(i-1)] || r.lx.cal.since[r.norm(i-1)] || r.lx.cal.last[r.norm(i-1)] || r.lx.cal.until[r.norm(i-1)]) && i > s.first {
		if p, ok := r.calendarDate(i, i+1, day); ok {
			if w := r.norm(i + 1); (w == "to" || w == "-" || w == "until" || w == "through") && r.lx.cal.months[r.norm(i+2)] > 0 {
				if end, ok := r.calendarDate(i+2, i+3, day); ok && end.To > p.From {
					return dating{period: claims.Period{From: p.From, To: end.To}}, 3 // "January to September"
				}
			}
			return dating{period: p}, 1
		}
	}
	if wd := r.lx.cal.weekdays[t.norm]; wd > 0 && r.weekdayFits(i) {
		back := (int(day.Weekday()) - wd%7 + 7) % 7
		at := day.AddDate(0, 0, -back)
		prev := r.norm(i - 1)
		switch {
		case r.lx.cal.next[prev], back > 0 && (r.futureBefore(i, s) || r.lx.cal.until[prev] && prev != "by" && prev != "before"):
			at = at.AddDate(0, 0, 7)
		case r.lx.cal.last[prev] && back == 0:
			at = at.AddDate(0, 0, -7)
		}
		return dating{period: oneDay(at)}, 1
	}
	return dating{}, 0
}

// weekdayFits guards the short forms: "sun", "sat", "do" are other words as well.
func (r *reader) weekdayFits(i int) bool {
	t := &r.tokens[i]
	switch r.lx.code {
	case "en":
		return (t.upper || len(t.norm) > 5) && len(t.norm) > 2
	case "de":
		return t.upper && len(t.norm) > 2
	}
	return len([]rune(t.norm)) > 3
}

// futureBefore reports that the words shortly before token i speak of what is to come.
func (r *reader) futureBefore(i int, s *sentence) bool {
	for k := max(s.first, i-9); k < i; k++ {
		if key, n := r.lx.src.modality.at(r.tokens[:s.last], k); n > 0 && key == "planned" && !r.reports(k+n-1) {
			return true
		}
	}
	return false
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

// relativePeriod resolves "last week", "this year" against the day of publication. Weeks start on Monday.
func relativePeriod(key string, day time.Time) claims.Period {
	monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
	span := func(a, b time.Time) claims.Period { return claims.Period{From: isoDate(a), To: isoDate(b)} }
	year := func(y int) claims.Period {
		return span(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(y, 12, 31, 0, 0, 0, 0, time.UTC))
	}
	month := func(off int) claims.Period {
		a := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, off, 0)
		return span(a, a.AddDate(0, 1, -1))
	}
	which, what, _ := strings.Cut(key, " ")
	off := map[string]int{"last": -1, "this": 0, "next": 1}[which]
	switch {
	case key == "weekend" && (day.Weekday() == time.Friday || day.Weekday() == time.Saturday || day.Weekday() == time.Sunday):
		return span(monday.AddDate(0, 0, 5), monday.AddDate(0, 0, 6))
	case key == "weekend":
		return span(monday.AddDate(0, 0, -2), monday.AddDate(0, 0, -1))
	case what == "week":
		a := monday.AddDate(0, 0, 7*off)
		return span(a, a.AddDate(0, 0, 6))
	case what == "month":
		return month(off)
	}
	return year(day.Year() + off)
}

// calendarDate resolves the marked date tokens[first:last]: a day, a month or a year. A date without a year is
// the one nearest before publication, or at most half a year after it.
func (r *reader) calendarDate(first, last int, day time.Time) (claims.Period, bool) {
	d, m, y := 0, 0, 0
	for k := first; k < last; k++ {
		t := &r.tokens[k]
		switch {
		case r.month(k) > 0 || last-first == 1 && r.lx.cal.months[t.norm] > 0:
			m = r.lx.cal.months[t.norm]
		case isYear(t):
			y = atoi(t.norm)
		case isDay(t) && d == 0:
			d = atoi(t.norm)
		case t.kind == numberToken && strings.Count(t.norm, ".") == 2:
			p := strings.Split(t.norm, ".")
			d, m, y = atoi(p[0]), atoi(p[1]), atoi(p[2])
			if y < 100 {
				y += 2000
			}
		case t.kind == numberToken && m == 0 && d > 0 && len(t.norm) <= 2:
			m = atoi(t.norm)
		}
	}
	if last-first == 5 && isYear(&r.tokens[first]) {
		m, d = atoi(r.norm(first+2)), atoi(r.norm(first+4))
	}
	if m > 12 || d > 31 {
		return claims.Period{}, false
	}
	if y == 0 {
		if day.IsZero() || m == 0 {
			return claims.Period{}, false
		}
		y = day.Year()
		if at := time.Date(y, time.Month(m), max(d, 1), 0, 0, 0, 0, time.UTC); at.Sub(day) > 183*24*time.Hour {
			y--
		} else if day.Sub(at) > 330*24*time.Hour {
			y++
		}
	}
	switch {
	case m == 0:
		return claims.Period{From: pad(y, 4) + "-01-01", To: pad(y, 4) + "-12-31"}, true
	case d == 0:
		a := time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC)
		return claims.Period{From: isoDate(a), To: isoDate(a.AddDate(0, 1, -1))}, true
	}
	a := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if int(a.Month()) != m {
		return claims.Period{}, false
	}
	return oneDay(a), true
}

func pad(n, width int) string {
	s := strconv.Itoa(n)
	for len(s) < width {
		s = "0" + s
	}
	return s
}

// agoAt reads "four years ago", "a week earlier": a year, month, week or day counted back.
func (r *reader) agoAt(i int, s *sentence, day time.Time) (claims.Period, int) {
	if r.lx.code != "en" {
		return claims.Period{}, 0
	}
	n, last := 0, i+1
	if r.lx.article[r.norm(i)] {
		n = 1
	} else if num, ok := r.parser(s).numeral(i); ok && num.value.Known() && num.value.Decimal().IsInteger() && less(num.value, claims.Int(500)) {
		n, last = int(num.value.Decimal().IntPart()), num.last
	}
	if n <= 0 || last+1 >= s.last || r.norm(last+1) != "ago" && r.norm(last+1) != "earlier" {
		return claims.Period{}, 0
	}
	var p claims.Period
	switch strings.TrimSuffix(r.norm(last), "s") {
	case "year":
		y := pad(day.Year()-n, 4)
		p = claims.Period{From: y + "-01-01", To: y + "-12-31"}
	case "month":
		a := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -n, 0)
		p = claims.Period{From: isoDate(a), To: isoDate(a.AddDate(0, 1, -1))}
	case "week":
		p = oneDay(day.AddDate(0, 0, -7*n))
	case "day":
		p = oneDay(day.AddDate(0, 0, -n))
	default:
		return claims.Period{}, 0
	}
	return p, last + 2 - i
}
