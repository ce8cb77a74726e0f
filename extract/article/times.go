package article

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/markusmobius/go-htmldate"
)

// times finds when the page was published and last changed: the statements of markup in order of trust, then
// a visible date line, then the address, then what scripts hold. A statement that is a day only takes its time of day from another
// one of the same day. Where markup and the line that readers see contradict each other, shownInstead decides.
func (p *page) times(h *head, l *linked, address string, names pageNames) (published, modified time.Time) {
	monthFirst := strings.HasPrefix(strings.ToLower(h.lang), "en-us") || h.lang == "en" && strings.HasPrefix(strings.ToLower(h.one("og:locale")), "en_us")
	firm, loose := statements(h, l)
	firmTags, looseTags := h.tagStatements()
	best := bestStamp(slices.Concat(firm, firmTags, loose, looseTags), monthFirst)
	var changed []string
	changed = append(changed, l.modified)
	for _, n := range words().entries["modified names"] {
		changed = append(changed, h.named[n]...)
	}
	modified = bestStamp(append(changed, h.changes()...), monthFirst).time
	if best.time.IsZero() {
		best = p.visibleStamp(names, monthFirst)
	} else {
		best = p.shownInstead(best, evidence{stated: slices.Concat(firm, loose, changed, h.changes()), weak: len(firm)+len(firmTags) == 0 || best.time.Equal(modified), address: address}, h, names, monthFirst)
	}
	published = best.time
	for _, look := range []func() time.Time{func() time.Time { return addressDate(address) }, func() time.Time { return h.scriptDate(monthFirst) }, func() time.Time { return p.searchedDate(address) }} {
		if published.IsZero() {
			published = look()
		}
	}
	if published.IsZero() {
		published = modified
	}
	if modified.Before(published) {
		modified = time.Time{}
	}
	return published, modified
}

// changes lists the elements that are of a change.
func (h *head) changes() []string {
	var out []string
	for i := range h.times {
		if h.times[i].modified && len(out) < 3 {
			out = append(out, h.times[i].stamp)
		}
	}
	return out
}

// statements gives what the head and JSON-LD say of the publication, in order of trust: firm statements, which name the publication, and those that only
// speak of a date.
func statements(h *head, l *linked) (firm, loose []string) {
	if l.found {
		firm = append(firm, l.published)
	}
	for _, n := range words().entries["published names"] {
		firm = append(firm, h.named[n]...)
	}
	firm = append(firm, l.published)
	for _, n := range words().entries["date names"] {
		loose = append(loose, h.named[n]...)
	}
	nothing := func(s string) bool { return s == "" }
	return slices.DeleteFunc(firm, nothing), slices.DeleteFunc(loose, nothing)
}

// tagStatements gives the same of elements of the page's body.
func (h *head) tagStatements() (firm, loose []string) {
	const most = 8 // dates of elements that name no publication
	seen := 0
	for i := range h.times {
		t := &h.times[i]
		switch {
		case t.modified:
		case t.published():
			firm = append(firm, t.stamp, t.text)
		case seen < most:
			loose = append(loose, t.stamp, t.text)
			seen += 2
		}
	}
	return firm, loose
}

func isDay(t time.Time) bool { return t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 }

func sameDay(a, b time.Time) bool {
	return a.Truncate(24 * time.Hour).Equal(b.Truncate(24 * time.Hour))
}

// bestStamp is the first stamp that is a time, with the time of day of a later one of that day where it has none.
func bestStamp(stamps []string, monthFirst bool) stamp {
	var best stamp
	for _, s := range stamps {
		if s == "" {
			continue
		}
		st, _, _, ok := findStamp(s, monthFirst)
		switch {
		case !ok:
		case best.time.IsZero():
			if best = st; best.clock && !isDay(best.time) {
				return best
			}
		case sameDay(st.time, best.time) && st.clock:
			return st
		}
	}
	return best
}

var dateInAddress = regexp.MustCompile(`[/_-]((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:\D|$)`)

// addressDate reads /2025/05/23/ and 20250523 in an address.
func addressDate(address string) time.Time {
	m := dateInAddress.FindStringSubmatch(address)
	if m == nil {
		return time.Time{}
	}
	t, _ := parseStamp(m[1] + "-" + m[2] + "-" + m[3])
	return t
}

// searchedDate asks go-htmldate, which knows more odd places, on pages small enough for it.
func (p *page) searchedDate(address string) time.Time {
	if len(p.elems) > maxElementsAll {
		return time.Time{}
	}
	var t time.Time
	guard(func() {
		r, err := htmldate.FromDocument(p.root, htmldate.Options{UseOriginalDate: true, URL: address, SkipExtensiveSearch: true,
			MinDate: time.Date(1993, 1, 1, 0, 0, 0, 0, time.UTC), MaxDate: time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			t = r.DateTime.UTC()
		}
	})
	return t
}
