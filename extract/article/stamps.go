package article

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// A stamp is a point in time as a page writes it. A time without a zone is UTC.
type stamp struct {
	time  time.Time // UTC
	clock bool      // with a time of day
	zoned bool      // with a zone
}

// stampForms are the compiled forms of a written date.
type stampForms struct {
	months                             map[string]time.Month
	zones                              map[string]int // minutes east of UTC
	words                              map[string]bool
	iso, dayFirst, monthFirst, numeric *regexp.Regexp
	after, before                      *regexp.Regexp // a time of day behind and before the date
}

var forms = sync.OnceValue(func() *stampForms {
	list := words()
	f := &stampForms{months: map[string]time.Month{}, zones: map[string]int{}, words: map[string]bool{}}
	var months, zones []string
	for _, e := range list.entries["months"] {
		number, names, _ := strings.Cut(e, ":")
		n, _ := strconv.Atoi(number)
		for name := range strings.FieldsSeq(names) {
			f.months[name] = time.Month(n)
			months = append(months, name)
		}
	}
	for _, e := range list.entries["zones"] {
		name, offset, _ := strings.Cut(e, ":")
		n, _ := strconv.Atoi(strings.TrimSpace(offset))
		f.zones[name] = n
		zones = append(zones, regexp.QuoteMeta(name))
	}
	for _, e := range list.entries["date words"] {
		for w := range strings.FieldsSeq(e) {
			f.words[w] = true
		}
	}
	longest := func(a, b string) int { return len(b) - len(a) }
	slices.SortStableFunc(months, longest)
	slices.SortStableFunc(zones, longest)
	m, z := strings.Join(months, "|"), strings.Join(zones, "|")
	f.iso = regexp.MustCompile(`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?`)
	f.dayFirst = regexp.MustCompile(`(?i)(\d{1,2})(?:st|nd|rd|th|er|º|\.|-го|-е)?\s*(?:of |de |del )?[\s-]?\s*(` + m + `)\.?,?\s*(?:de |del )?[\s/,-]?\s*(\d{4})`)
	f.monthFirst = regexp.MustCompile(`(?i)(` + m + `)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(?:at )?(\d{4})`)
	f.numeric = regexp.MustCompile(`(\d{1,2})([./-])(\d{1,2})[./-](\d{4})`)
	f.after = regexp.MustCompile(`(?i)^(?:\s*(?:г|р|года|року)\.?)?[^\d\pL]*(?:at|um|à|a las|о|об|в|kl)?[^\d\pL]*(\d{1,2})\s*[:.hч]\s*(\d{2})(?::(\d{2}))?\s*(?:uhr|h)?\s*(a\.?m\.?|p\.?m\.?)?[\s(]*(` + z + `|[+-]\d{2}:?\d{2})?(?:[^\pL\pN]|$)`)
	f.before = regexp.MustCompile(`(?i)(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:uhr|h)?\s*(a\.?m\.?|p\.?m\.?)?[\s(]*(` + z + `)?[\s),|·•–-]*(?:on |am |le |el |, )?(?:[\pL']{3,12}\.?,? )?$`)
	return f
})

// parseStamp reads a whole value that should be a time: ISO 8601, RFC 1123, Unix seconds or milliseconds, or
// a written date.
func parseStamp(s string) (time.Time, bool) {
	st, _, _, ok := findStamp(s, false)
	return st.time, ok
}

// findStamp finds the first date in a text, with the time of day beside it, and where it stands. monthFirst
// says how 11/12/2025 is read.
func findStamp(s string, monthFirst bool) (st stamp, from, to int, ok bool) {
	s = s[:min(len(s), 400)]
	if n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64); err == nil {
		switch t := strings.TrimSpace(s); len(t) {
		case 10:
			st = stamp{time.Unix(n, 0).UTC(), true, true}
		case 13:
			st = stamp{time.UnixMilli(n).UTC(), true, true}
		case 8:
			st, ok = date(int(n/10000), time.Month(n/100%100), int(n%100))
			return st, 0, len(s), ok
		}
		return st, 0, len(s), sane(st.time)
	}
	year := plausibleYear(s)
	if year < 0 {
		return st, 0, 0, false
	}
	f := forms()
	best := -1
	try := func(loc []int, year, month, day string) {
		if loc == nil || best >= 0 && loc[0] >= from {
			return
		}
		y, _ := strconv.Atoi(year)
		d, _ := strconv.Atoi(day)
		mo := f.months[strings.ToLower(month)]
		if mo == 0 {
			n, _ := strconv.Atoi(month)
			mo = time.Month(n)
		}
		if r, valid := date(y, mo, d); valid && edges(s, loc[0], loc[1]) {
			best, st, from, to, ok = 0, r, loc[0], loc[1], true
		}
	}
	if m := f.iso.FindStringSubmatchIndex(s); m != nil {
		g := groups(s, m)
		try(m, g[1], g[2], g[3])
		if ok && g[4] != "" {
			return st.at(g[4], g[5], g[6], "", g[7]), from, to, true
		}
	}
	if m := f.dayFirst.FindStringSubmatchIndex(s); m != nil {
		g := groups(s, m)
		try(m, g[3], g[2], g[1])
	}
	if skip := max(0, year-48); !ok { // a month's name stands near the year; to look for one everywhere is dear
		if m := f.monthFirst.FindStringSubmatchIndex(s[skip:]); m != nil {
			g := groups(s[skip:], m)
			for i := range m {
				m[i] += skip
			}
			try(m, g[3], g[1], g[2])
		}
	}
	if m := f.numeric.FindStringSubmatchIndex(s); m != nil {
		g := groups(s, m)
		day, month := g[1], g[3]
		if n, _ := strconv.Atoi(month); n > 12 || monthFirst && g[2] != "." {
			if k, _ := strconv.Atoi(day); k <= 12 {
				day, month = month, day
			}
		}
		try(m, g[4], month, day)
	}
	if !ok {
		return st, 0, 0, false
	}
	if m := f.after.FindStringSubmatchIndex(s[to:]); m != nil {
		g := groups(s[to:], m)
		if c := st.at(g[1], g[2], g[3], g[4], g[5]); c.clock {
			return c, from, to + m[1], true
		}
	}
	if m := f.before.FindStringSubmatchIndex(s[:from]); m != nil {
		g := groups(s[:from], m)
		if c := st.at(g[1], g[2], g[3], g[4], g[5]); c.clock {
			return c, m[0], to, true
		}
	}
	return st, from, to, true
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

// at adds a time of day: hour, minute, second, "am" or "pm", and a zone, each "" if unknown.
func (s stamp) at(hour, minute, second, half, zone string) stamp {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	sec, _ := strconv.Atoi(second)
	switch half = strings.ToLower(strings.ReplaceAll(half, ".", "")); {
	case half == "pm" && h < 12:
		h += 12
	case half == "am" && h == 12:
		h = 0
	}
	if h > 23 || m > 59 || sec > 59 {
		return s
	}
	offset, zoned := zoneOffset(zone)
	t := s.time.Add(time.Duration(h)*time.Hour + time.Duration(m-offset)*time.Minute + time.Duration(sec)*time.Second)
	return stamp{t, true, zoned}
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
	if err != nil || len(digits) != 4 {
		return 0, false
	}
	n = n/100*60 + n%100
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
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return !inWord(before) && !(unicode.IsDigit(after) && unicode.IsDigit(rune(s[to-1])))
}

var clockOnly = regexp.MustCompile(`^\W{0,3}([01]?\d|2[0-3])[:.]([0-5]\d)(?:\s?([aApP])\.?[mM]\.?)?\W{0,3}$`)

// isStampLine tells a line that holds a date or time of day and nothing else.
func isStampLine(line string) bool {
	if clockOnly.MatchString(line) {
		return true
	}
	f, rest, found := forms(), 0, false
	for range 4 { // published and updated may stand in one line
		_, from, to, ok := findStamp(line, false)
		if !ok {
			break
		}
		line, found = line[:from]+" "+line[to:], true
	}
	if !found {
		return false
	}
	for w := range strings.FieldsFuncSeq(strings.ToLower(line), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '’' && r != '\'' }) {
		if _, zone := f.zones[w]; !zone && !f.words[w] && !unicode.IsDigit(rune(w[0])) {
			rest++
		}
	}
	return rest <= 1
}
