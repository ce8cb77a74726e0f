package article

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A stamp is a point in time as a page writes it. A time without a zone is UTC.
type stamp struct {
	time  time.Time // UTC
	clock bool      // with a time of day
	zoned bool      // with a zone
	east  int       // minutes of that zone east of UTC
}

// parseStamp reads a whole value that should be a time: ISO 8601, RFC 1123, Unix seconds or milliseconds, or
// a written date.
func parseStamp(s string) (time.Time, bool) {
	st, _, _, ok := findStamp(s, false)
	return st.time, ok
}

// findStamp finds the first date in a text, with the time of day beside it, and where it stands. monthFirst
// says how 11/12/2025 is read.
func findStamp(s string, monthFirst bool) (st stamp, from, to int, ok bool) {
	s = clip(s, 400)
	if st, ok, whole := numberStamp(strings.TrimSpace(s)); whole {
		return st, 0, len(s), ok
	}
	if plain, at := plainDigits(s); at != nil {
		st, from, to, ok = findWritten(plain, monthFirst)
		return st, at[from], at[to], ok
	}
	return findWritten(s, monthFirst)
}

var basicISO = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})[T ]?(?:(\d{2})(\d{2})(\d{2})?)?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?$`)

// numberStamp reads a text that is one number: Unix seconds or milliseconds, 20250523, 20250523T143500Z. whole tells whether it is one.
func numberStamp(s string) (st stamp, ok, whole bool) {
	if len(s) < 8 || !isDigit(s[0]) || !isDigit(s[7]) {
		return st, false, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err == nil && len(s) == 10:
		st = stamp{time: time.Unix(n, 0).UTC(), clock: true, zoned: true}
		return st, sane(st.time), true
	case err == nil && len(s) == 13:
		st = stamp{time: time.UnixMilli(n).UTC(), clock: true, zoned: true}
		return st, sane(st.time), true
	}
	g := basicISO.FindStringSubmatch(s)
	if g == nil {
		return st, false, err == nil
	}
	st, ok = dateOf(g[1], g[2], g[3])
	if ok && g[4] != "" {
		st = st.at(g[4], g[5], g[6], "", g[7])
	}
	return st, ok, true
}

// findWritten finds the first written date: that of the form that begins first, with a time of day inside the form or
// right beside it.
func findWritten(s string, monthFirst bool) (st stamp, from, to int, ok bool) {
	f := forms()
	inside := false
	year := plausibleYear(s)
	for i := range f.forms {
		if year < 0 {
			break
		}
		offset := 0
		if f.forms[i].near {
			offset = max(0, year-48)
		}
		f.forms[i].find(s, offset, func(w *writtenDate) bool {
			if ok && w.from >= from {
				return true
			}
			found, valid := w.date(f, s, monthFirst)
			if valid {
				st, from, to, ok = found, w.from, w.to, true
				if inside = w.get("hour") != ""; inside {
					st = st.at(w.get("hour"), w.get("minute"), w.get("second"), w.get("half"), w.get("zone"))
				}
			}
			return valid
		})
	}
	switch {
	case inside:
		return st, from, to, true
	case ok:
		if c, a, b, found := f.clock(s, st, from, to); found {
			return c, a, b, true
		}
	case strings.Count(s, ".")+strings.Count(s, "/") >= 2:
		return f.shortDate(s, monthFirst)
	}
	return st, from, to, ok
}

// clock adds the time of day that stands right behind or before a date.
func (f *stampForms) clock(s string, day stamp, from, to int) (stamp, int, int, bool) {
	if m := f.after.FindStringSubmatchIndex(s[to:]); m != nil {
		g := groups(s[to:], m)
		if c := day.at(g[1], g[2], g[3], g[4], g[5]); c.clock || c.zoned {
			return c, from, to + m[1], true
		}
	}
	if m := f.before.FindStringSubmatchIndex(s[:from]); m != nil {
		g := groups(s[:from], m)
		if c := day.at(g[1], g[2], g[3], g[4], g[5]); c.clock || c.zoned {
			return c, m[0], to, true
		}
	}
	return day, from, to, false
}

// shortDate finds a date with a year of two digits. So are versions and sums written: a time of day has to stand beside it,
// or it has to stand alone or behind a comma or bar.
func (f *stampForms) shortDate(s string, monthFirst bool) (st stamp, from, to int, ok bool) {
	f.short.find(s, 0, func(w *writtenDate) bool {
		found, valid := w.date(f, s, monthFirst)
		if !valid || w.to < len(s) && strings.IndexByte("./-", s[w.to]) >= 0 {
			return false
		}
		st, from, to, ok = f.clock(s, found, w.from, w.to)
		front, back := strings.TrimRight(s[:w.from], " "), strings.TrimSpace(s[w.to:])
		ok = ok || back == "" && (front == "" || strings.HasSuffix(front, ",") || strings.HasSuffix(front, "|") || strings.HasSuffix(front, ":"))
		return ok
	})
	return st, from, to, ok
}

// date reads the day of a match; ok is false where it is none.
func (w *writtenDate) date(f *stampForms, s string, monthFirst bool) (stamp, bool) {
	day, month, year := w.get("day"), w.get("month"), w.get("year")
	if word := w.get("word"); word != "" && !f.words[strings.ToLower(word)] {
		return stamp{}, false
	}
	if !isDigit(month[0]) {
		m := f.months[strings.ToLower(month)]
		if m == 0 {
			return stamp{}, false
		}
		month = strconv.Itoa(int(m))
	} else if mark := w.get("mark"); mark != "" {
		m, _ := strconv.Atoi(month)
		d, _ := strconv.Atoi(day)
		if d <= 12 && (m > 12 || mark != "." && (monthFirst || f.isAmerican(s))) {
			day, month = month, day
		}
	}
	if len(year) == 2 {
		if year > "92" {
			year = "19" + year
		} else {
			year = "20" + year
		}
	}
	st, ok := dateOf(year, month, day)
	return st, ok && edges(s, w.from, w.to)
}

// isAmerican tells whether a text names a zone of those who write the month first.
func (f *stampForms) isAmerican(s string) bool {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(w) <= 3 && w == strings.ToUpper(w) && f.american[strings.ToLower(w)] {
			return true
		}
	}
	return false
}

func dateOf(year, month, day string) (stamp, bool) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	return date(y, time.Month(m), d)
}

// plausibleYear is where four digits that begin with 19 or 20 stand, -1 for nowhere. All forms of a date have them.
func plausibleYear(s string) int {
	for i := 0; i+4 <= len(s); i++ {
		if (s[i] == '1' && s[i+1] == '9' || s[i] == '2' && s[i+1] == '0') && isDigit(s[i+2]) && isDigit(s[i+3]) {
			return i
		}
	}
	return -1
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// date is a valid day of a page that may be on the web.
func date(year int, month time.Month, day int) (stamp, bool) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return stamp{time: t}, t.Month() == month && t.Day() == day && sane(t)
}

// sane: the first news sites opened in 1993; no page is from the next century.
func sane(t time.Time) bool { return t.Year() > 1992 && t.Year() < 2100 }

// at adds a time of day: hour, minute, second, "am" or "pm", and a zone, each "" if unknown. Midnight sharp in a zone other
// than UTC is how systems write a day: it stays that day, without a time of day.
func (s stamp) at(hour, minute, second, half, zone string) stamp {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	sec, _ := strconv.Atoi(second)
	half = strings.ToLower(strings.NewReplacer(".", "", " ", "").Replace(half))
	switch {
	case half == "pm" && h < 12:
		h += 12
	case half == "am" && h == 12:
		h = 0
	}
	if h > 23 || m > 59 || sec > 59 {
		return s
	}
	offset, zoned := zoneOffset(zone)
	if h == 0 && m == 0 && sec == 0 && offset != 0 {
		return stamp{s.time, false, true, offset}
	}
	t := s.time.Add(time.Duration(h)*time.Hour + time.Duration(m-offset)*time.Minute + time.Duration(sec)*time.Second)
	return stamp{t, true, zoned, offset}
}

// zoneOffset gives a zone's minutes east of UTC: "Z", "CET", "+02:00", "-0500".
func zoneOffset(zone string) (int, bool) {
	if zone == "" {
		return 0, false
	}
	if n, ok := forms().zones[strings.ToLower(zone)]; ok {
		return n, true
	}
	digits := strings.ReplaceAll(zone[1:], ":", "")
	n, err := strconv.Atoi(digits)
	switch {
	case err != nil || len(digits) != 4 && len(digits) != 2:
		return 0, false
	case len(digits) == 2:
		n *= 60
	default:
		n = n/100*60 + n%100
	}
	if zone[0] == '-' {
		n = -n
	}
	return n, true
}

func groups(s string, loc []int) []string {
	out := make([]string, len(loc)/2)
	for i := range out {
		if loc[2*i] >= 0 {
			out[i] = s[loc[2*i]:loc[2*i+1]]
		}
	}
	return out
}

// edges tells whether a match is not cut out of a longer word or number.
func edges(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	inWord := func(r rune) bool {
		return unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
	}
	return !inWord(before) && !(unicode.IsDigit(after) && unicode.IsDigit(rune(s[to-1])))
}
