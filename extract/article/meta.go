package article

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A meta is what a page says of itself outside its text. Times are UTC, zero if unknown.
type meta struct {
	canonical, title, author, site, section, lang string
	published, modified                           time.Time
	titles                                        []string // every form of the title, for telling its line from the text
	authors                                       []string
	linked                                        linked
	head                                          *head
}

// readMeta puts together what the head, JSON-LD and the visible top of a page say of it.
func readMeta(p *page, final string) meta {
	h := readHead(p.root)
	m := meta{head: h, linked: readLinked(h.scripts)}
	m.canonical = canonical(h, final)
	m.site = h.site(&m.linked)
	if folded(m.site) == folded(h.title) || countWords(m.site) > 10 {
		m.site = h.logo // a headline where the site's name belongs
	}
	m.title, m.titles = h.titleOf(&m.linked, m.site)
	if m.site == "" {
		m.site = siteIn(h.title, m.title)
	}
	m.authors = h.authors(&m, p)
	m.author = strings.Join(m.authors, ", ")
	m.section = plain(first(h.one("article:section"), m.linked.section, firstOf(h.sections)))
	m.lang = h.language(&m.linked)
	m.published, m.modified = p.times(h, &m.linked, m.canonical, newNames(&m))
	return m
}

// one is the first content of the first of several meta names that the page has.
func (h *head) one(names ...string) string {
	for _, n := range names {
		if v := h.named[n]; len(v) > 0 {
			return strings.TrimSpace(v[0])
		}
	}
	return ""
}

func first(values ...string) string {
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			return v
		}
	}
	return ""
}

func firstOf(values []string) string { return first(values...) }

// canonical is the page's own address: the canonical link, og:url, or the final address without tracking
// parameters. A canonical link to the front page of the site, as broken templates have it, does not count.
func canonical(h *head, final string) string {
	for _, ref := range []string{h.canonical, h.one("og:url")} {
		if ref == "" {
			continue
		}
		u, ok := resolve(final, ref)
		if !ok {
			continue
		}
		if f, err := url.Parse(final); err == nil && f.Host != "" && strings.Trim(f.Path, "/") != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" {
			continue
		}
		return u.String()
	}
	return withoutTracking(final)
}

func resolve(base, ref string) (*url.URL, bool) {
	b, err := url.Parse(base)
	if err != nil {
		return nil, false
	}
	u, err := b.Parse(strings.TrimSpace(ref))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, false
	}
	u.Fragment = ""
	return u, true
}

// withoutTracking drops fragment and tracking parameters.
func withoutTracking(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.Fragment = ""
	if u.RawQuery != "" {
		var kept []string
		for pair := range strings.SplitSeq(u.RawQuery, "&") {
			name, _, _ := strings.Cut(pair, "=")
			if !words().is("tracking", name) {
				kept = append(kept, pair)
			}
		}
		u.RawQuery = strings.Join(kept, "&")
	}
	return u.String()
}

// site is the publication's name.
func (h *head) site(l *linked) string {
	return plain(first(h.one("og:site_name"), l.publisher, h.one("dc.publisher", "dcterms.publisher", "publisher"), h.one("application-name", "apple-mobile-web-app-title", "al:android:app_name"), h.logo))
}

// titleOf chooses the headline: JSON-LD's, og:title, the h1, the window's title, each without the site's
// name, and never the site's name itself.
func (h *head) titleOf(l *linked, site string) (string, []string) {
	var headline string
	if l.found {
		headline = l.headline
	}
	window := trimSite(h.title, site)
	given := []string{headline, trimSite(h.one("og:title"), site), trimSite(h.one("twitter:title"), site), h.one("dc.title", "dcterms.title"), firstOf(h.headings), window}
	if n := len(h.headings); n > 1 { // several h1: the one that the window's title repeats
		for _, x := range h.headings {
			if f := folded(x); f != "" && strings.HasPrefix(folded(h.title), f) {
				given[h1Form] = x
				break
			}
		}
	}
	if o, h1, w := folded(given[1]), folded(given[h1Form]), folded(h.title); headline == "" && countWords(h1) >= 3 && strings.Contains(w, h1) && !strings.Contains(w, o) {
		given[1] = given[h1Form] // og:title is the section's
	}
	if shown := h.shownTitle(given, site); shown != "" {
		given = append([]string{shown}, given...)
	}
	var title string
	var titles []string
	for _, t := range append(given, h.title) {
		if t = strings.Trim(plain(t), " |"); t == "" {
			continue
		}
		titles = append(titles, t)
		if title == "" && folded(t) != folded(site) && !strings.HasPrefix(t, "http") {
			title = t
		}
	}
	titles = append(titles, h.headings...)
	return cutTitle(title, h, site), titles
}

// shownTitle is the page's only h1 where it says the same as another form of the title in other words: of a headline and the forms of it that are written for
// search engines and feeds, readers see that one. It is "" where there is none.
func (h *head) shownTitle(given []string, site string) string {
	var only string
	for _, x := range h.headings {
		switch {
		case plain(x) == "":
		case only != "":
			return ""
		default:
			only = x
		}
	}
	const least, most = 2, 30 // words
	if n := countWords(only); n < least || n > most || folded(only) == folded(site) {
		return ""
	}
	support := false
	for i, other := range given {
		if i == h1Form || other == "" {
			continue
		}
		f, o := folded(only), folded(other)
		if kicker, ok := strings.CutSuffix(f, o); ok && kicker != "" && countWords(o) > 2 {
			return "" // the h1 holds a line above the headline too
		}
		support = support || alikeWords(f, o)
	}
	if support {
		return only
	}
	return ""
}

// h1Form is the place of the h1 among the forms of a title.
const h1Form = 4

// alikeWords tells whether two folded titles share half of the words of the shorter.
func alikeWords(a, b string) bool {
	wa, wb := strings.Fields(a), strings.Fields(b)
	if len(wa) > len(wb) {
		wa, wb = wb, wa
	}
	both := 0
	for _, w := range wa {
		both += btoi(slices.Contains(wb, w))
	}
	return len(wa) > 0 && both*2 >= len(wa)
}

// cutTitle prefers the page's visible headline to a form of it that was cut short or lengthened for search engines.
func cutTitle(title string, h *head, site string) string {
	for _, x := range h.headings { // "Headline - section of the site"
		if rest, ok := strings.CutPrefix(title, x); ok && countWords(x) >= 2 && strings.ContainsAny(clip(strings.TrimLeft(rest, " "), 3), "|-–—:»·") {
			return x
		}
	}
	t := strings.TrimRight(folded(strings.TrimRight(title, ".… ")), " ")
	if t == "" {
		return title
	}
	if strings.HasSuffix(title, "…") || strings.HasSuffix(title, "...") {
		for _, x := range h.headings {
			if f := folded(x); strings.HasPrefix(f, t) && len(f) > len(t) {
				return x
			}
		}
	}
	return title
}

var titleBreaks = regexp.MustCompile(` [|—–»«·•:-]{1,2} | \| ?| :: |: | - `)

// trimSite takes a publication's name off the end or the front of a title. Where the name is not known, the
// shorter side of a lone " | ", " — " or " :: " goes.
func trimSite(title, site string) string {
	title = strings.TrimSpace(title)
	s := folded(site)
	for _, loc := range titleBreaks.FindAllStringIndex(title, -1) {
		front, back := title[:loc[0]], title[loc[1]:]
		if f := folded(back); s != "" && (f == s || strings.Contains(f, s) && len(f) < len(s)+25) {
			return trimSite(front, site)
		}
		if f := folded(front); s != "" && f == s {
			return trimSite(back, site)
		}
	}
	for _, sep := range []string{" | ", " — ", " – ", " :: ", " » ", " « ", " - "} {
		if i := strings.LastIndex(title, sep); i > 0 {
			front, back := title[:i], title[i+len(sep):]
			if countWords(back) <= 4 && countWords(front) > countWords(back) {
				if s == "" || sep == " | " || sep == " :: " {
					return trimSite(front, site)
				}
			} else if j := strings.Index(title, sep); s == "" && j > 0 && sep == " :: " && countWords(title[:j]) <= 4 {
				return title[j+len(sep):]
			}
		}
	}
	return title
}

// siteIn is the publication's name in a window title that holds the headline and, behind or before it, that.
func siteIn(window, title string) string {
	front, back, ok := strings.Cut(window, title)
	if !ok || title == "" {
		return ""
	}
	for _, s := range []string{back, front} {
		trimmed := strings.Trim(s, " |—–-:·•»«")
		if trimmed != strings.TrimSpace(s) && countWords(trimmed) >= 1 && countWords(trimmed) <= 6 {
			return trimmed
		}
	}
	return ""
}

// language is the page's BCP 47 tag: of the html element, JSON-LD or a meta element.
func (h *head) language(l *linked) string {
	tag := first(h.lang, l.language, h.one("og:locale", "dc.language", "dcterms.language", "language", "content-language", "inlanguage"))
	tag, _, _ = strings.Cut(strings.ReplaceAll(tag, "_", "-"), ",")
	if len(tag) < 2 || len(tag) > 12 {
		return ""
	}
	return tag
}
