package article

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A stampForm is one way to write a date: an expression of words/dates.txt with named groups.
type stampForm struct {
	re    *regexp.Regexp
	named map[string]int // group name -> number
	near  bool           // begins with a word: to look for those everywhere is dear
	need  []string       // a text without one of these has no match; nil: any may have
}

// stampForms are the compiled forms of a written date.
type stampForms struct {
	months        map[string]time.Month
	zones         map[string]int // minutes east of UTC
	words         map[string]bool
	american      map[string]bool // zones of those who write the month first
	forms         []stampForm
	short         stampForm
	after, before *regexp.Regexp // a time of day behind and before the date
}

var forms = sync.OnceValue(func() *stampForms {
	list := words()
	f := &stampForms{months: map[string]time.Month{}, zones: map[string]int{}, words: map[string]bool{}, american: list.set("month first zones")}
	var zones []string
	for _, e := range list.entries["months"] {
		number, names, _ := strings.Cut(e, ":")
		n, _ := strconv.Atoi(number)
		for name := range strings.FieldsSeq(names) {
			f.months[name] = time.Month(n)
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
	slices.SortStableFunc(zones, func(a, b string) int { return len(b) - len(a) })
	any := func(section string) string { return strings.Join(list.entries[section], "|") }
	zone := strings.Join(zones, "|") + `|[+-]\d{2}:?\d{2}|[+-]\d{2}`
	fill := strings.NewReplacer("{month}", `[\pL\pM]{2,16}`, "{link}", `(?:`+any("link")+`)`, "{zone}", zone)
	for _, e := range list.entries["date forms"] {
		f.forms = append(f.forms, newStampForm(fill.Replace(e)))
	}
	f.short = newStampForm(list.entries["short date"][0])
	half, mark := `([ap]\.?\s?m\.?)`, `\s*(?:[:.]|`+any("hour mark")+`)\s*`
	f.after = regexp.MustCompile(`(?i)^(?:\s*(?:` + any("year mark") + `)\.?)?[^\d\pL]*(?:` + any("clock link") + `)?[^\d\pL]*(\d{1,2})` + mark + `(\d{2})(?::(\d{2}))?\s*(?:` + any("clock tail") + `)?\s*` + half + `?[\s(]*(` + zone + `)?(?:[^\pL\pN]|$)`)
	f.before = regexp.MustCompile(`(?i)(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:` + any("clock tail") + `)?\s*` + half + `?[\s(]*(` + zone + `)?[\s),|·•–-]*(?:(?:` + any("day link") + `) |, )?(?:[\pL']{3,12}\.?,? )?$`)
	return f
})

func newStampForm(expression string) stampForm {
	form := stampForm{re: regexp.MustCompile(`(?i:` + expression + `)`), named: map[string]int{}, need: literals(`(?i:` + expression + `)`)}
	for i, name := range form.re.SubexpNames() {
		if name != "" {
			form.named[name] = i
		}
	}
	form.near = form.named["month"] == 1 && form.named["day"] == 2
	return form
}

// A writtenDate is one match of a form.
type writtenDate struct {
	form     *stampForm
	text     string
	loc      []int
	from, to int // bytes of the text
}

// get is what the match holds for a group of the form, "" for nothing.
func (w *writtenDate) get(name string) string {
	i, ok := w.form.named[name]
	if !ok || w.loc[2*i] < 0 {
		return ""
	}
	return w.text[w.loc[2*i]:w.loc[2*i+1]]
}

// find gives the first place from an offset on where the form stands and which accept takes for a date.
func (form *stampForm) find(text string, offset int, accept func(*writtenDate) bool) bool {
	const tries = 8 // numbers that look like a date and are none
	if form.need != nil && !slices.ContainsFunc(form.need, func(s string) bool { return strings.Contains(text, s) }) {
		return false
	}
	for range tries {
		loc := form.re.FindStringSubmatchIndex(text[offset:])
		if loc == nil {
			return false
		}
		w := writtenDate{form: form, text: text[offset:], loc: loc, from: offset + loc[0], to: offset + loc[1]}
		if accept(&w) {
			return true
		}
		offset += loc[0]
		for offset++; offset < len(text) && text[offset]&0xC0 == 0x80; offset++ {
		}
	}
	return false
}
