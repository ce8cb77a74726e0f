package article

import (
	"regexp"
	"strings"
	"time"

	"github.com/markusmobius/go-htmldate"
)

// times finds when the page was published and last changed: the statements of markup in order of trust, then
// a visible date line, then the address. A statement that is a day only takes its time of day from another
// one of the same day.
func (p *page) times(h *head, l *linked, address string, names pageNames) (published, modified time.Time) {
	monthFirst := strings.HasPrefix(strings.ToLower(h.lang), "en-us") || h.lang == "en" && strings.HasPrefix(strings.ToLower(h.one("og:locale")), "en_us")
	var stated []string
	if l.found {
		stated = append(stated, l.published)
	}
	for _, n := range words().entries["published names"] {
		stated = append(stated, h.named[n]...)
	}
	stated = append(stated, l.published)
	var loose []string
	for _, t := range h.times {
		if t.modified {
			if modified.IsZero() && len(loose) < 3 {
				modified, _ = parseStamp(t.stamp)
			}
			continue
		}
		if strings.Contains(t.names, "published") || strings.Contains(t.names, "pubdate") || strings.Contains(t.names, "posted") {
			stated = append(stated, t.stamp)
		} else {
			loose = append(loose, t.stamp, t.text)
		}
	}
	stated = append(stated, loose[:min(len(loose), 8)]...)
	published = bestStamp(stated, monthFirst)
	if published.IsZero() || isDay(published) {
		if seen := p.visibleStamp(names, monthFirst); published.IsZero() || sameDay(seen, published) && !isDay(seen) {
			published = seen
		}
	}
	if published.IsZero() {
		published = addressDate(address)
	}
	var changed []string
	changed = append(changed, l.modified)
	for _, n := range words().entries["modified names"] {
		changed = append(changed, h.named[n]...)
	}
	if t := bestStamp(changed, monthFirst); !t.IsZero() {
		modified = t
	}
	if published.IsZero() {
		published = p.searchedDate(address)
	}
	if published.IsZero() {
		published = modified
	}
	if modified.Before(published) {
		modified = time.Time{}
	}
	return published, modified
}

func isDay(t time.Time) bool { return t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 }

func sameDay(a, b time.Time) bool {
	return a.Truncate(24 * time.Hour).Equal(b.Truncate(24 * time.Hour))
}

// bestStamp is the first stamp that is a time, with the time of day of a later one of that day where it has none.
func bestStamp(stamps []string, monthFirst bool) time.Time {
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
				return best.time
			}
		case sameDay(st.time, best.time) && st.clock:
			return st.time
		}
	}
	return best.time
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
