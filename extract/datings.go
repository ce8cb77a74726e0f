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
		if r.lx.cal.since[w] && (!r.lx.gr.rangeFrom[w] || r.month(i+1) > 0 || r.month(i) > 0 || isYear(&r.tokens[i])) {
			return "since"
		}
		if r.lx.is(deadlines, w) {
			return "until"
		}
		if r.lx.is(wordBefore, w) {
			return "before"
		}
		if !r.lx.cal.on[w] && !r.lx.is(wordThe, w) {
			break
		}
	}
	for k := i - 1; k >= s.first && k >= i-6 && r.lx.code == "en"; k-- { // "since the opening on 4 May"
		if r.is(wordSince, k) {
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
			if w := r.norm(i + 1); (r.lx.is(wordTo, w) || w == "-" || r.lx.is(wordUntil, w) || w == "through") && r.lx.cal.months[r.norm(i+2)] > 0 {
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
		case r.lx.cal.next[prev], back > 0 && (r.futureBefore(i, s) || r.lx.cal.until[prev] && !r.lx.is(wordBy, prev) && !r.lx.is(wordBefore, prev)):
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
