package article

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// authorNames are the meta names of an author, best first. Source: Parse.ly, Sailthru, Dublin Core and the names
// that large news systems document.
var authorNames = []string{"author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "dc.creator.personalname", "byl", "byline", "article:author_name", "citation_author", "cxenseparse:author", "twitter:data1"}

// authors lists who wrote the page: JSON-LD, then meta elements, the byline's markup, a line at the top that
// reads like one. A statement that only repeats the publication's name waits for a better one.
func (h *head) authors(m *meta, p *page) []string {
	given := [][]string{m.linked.authors}
	for _, n := range authorNames {
		if n != "twitter:data1" || strings.EqualFold(h.one("twitter:label1"), "written by") {
			given = append(given, h.named[n])
		}
	}
	given = append(given, h.byline(true), h.byline(false), p.byline(m))
	var publication []string
	for _, g := range given {
		var out []string
		for _, v := range g {
			for _, name := range namesIn(plain(v)) {
				f := folded(name)
				if f == "" || containsFolded(out, f) || f == folded(m.title) || len(out) >= 12 {
					continue
				}
				out = append(out, name)
			}
		}
		if len(out) == 1 && m.isSite(out[0]) {
			if publication == nil {
				publication = out
			}
			continue
		}
		if len(out) > 0 {
			return out
		}
	}
	return publication
}

// isSite tells whether a name is the publication's.
func (m *meta) isSite(name string) bool {
	f, s := folded(name), folded(m.site)
	host, _ := url.Parse(m.canonical)
	if s != "" && (f == s || strings.Contains(s, f) && len(f) > 3 || strings.Contains(f, s) && len(s) > 3) {
		return true
	}
	return host != nil && len(f) > 3 && strings.Contains(strings.ReplaceAll(host.Hostname(), "-", ""), strings.ReplaceAll(f, " ", ""))
}

// byline is what the page's byline elements say: the first, and others of its group.
func (h *head) byline(named bool) []string {
	var out []string
	var group *html.Node
	for _, b := range h.bylines {
		if b.named != named || group != nil && group != b.group || !named && len(out) > 0 {
			continue
		}
		if len(namesIn(b.text)) > 0 {
			out, group = append(out, b.text), b.group
		}
	}
	return out
}

// byline is a line at the top of the page that reads like a byline: "By A B", or a name right before the date.
func (p *page) byline(m *meta) []string {
	const top = 150 // blocks; menus stand before the headline
	for i := range p.blocks[:min(len(p.blocks), top)] {
		b := &p.blocks[i]
		if b.words >= longLine && b.linked*2 < b.words {
			if i > 10 {
				return nil
			}
			continue
		}
		if b.part&(partStrong|partHidden) != 0 || b.words > 16 || b.words < 2 {
			continue
		}
		line := b.text
		if _, from, _, ok := findStamp(line, false); ok {
			if line = strings.TrimRight(line[:from], " |,·•–—-"); isName(line) && !m.isSite(line) {
				return []string{line}
			}
		}
		if g := words().re["byline"].FindStringSubmatch(line); g != nil {
			if names := namesIn(line); len(names) > 0 && isName(names[0]) {
				return []string{line}
			}
		}
	}
	return nil
}

// isName tells two to four capitalised words.
func isName(s string) bool {
	n := 0
	for w := range strings.FieldsSeq(s) {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && len(w) > 3 || strings.ContainsFunc(w, unicode.IsDigit) || strings.ContainsAny(w, ":!?/|") {
			return false
		}
		n++
	}
	return n >= 2 && n <= 4 && !isStampLine(s) && !words().is("top", s)
}

func containsFolded(list []string, f string) bool {
	for _, x := range list {
		if folded(x) == f {
			return true
		}
	}
	return false
}

var nameBreaks = regexp.MustCompile(`\s*[,;/|]\s*(?:and |und |et |y |та |і |и )?|\s+(?:and|und|et|y|та|і|и|&)\s+`)

// namesIn cuts a byline into names: "By A B, Political Editor and C D" is "A B", "C D".
func namesIn(byline string) []string {
	var out []string
	list := words()
	s := strings.TrimSpace(byline)
	if list.is("nobody", s) {
		return nil
	}
	for range 2 {
		s = list.re["by"].ReplaceAllString(s, "")
	}
	if len(s) > 200 {
		return nil
	}
	for _, n := range nameBreaks.Split(s, -1) {
		if _, from, _, ok := findStamp(n, false); ok {
			n = n[:from]
		}
		n = strings.Trim(list.re["role"].ReplaceAllString(n, ""), " \t,;:|()[]·•–—-")
		if n == "" || list.is("nobody", n) || countWords(n) > 8 || !strings.ContainsFunc(n, unicode.IsLetter) {
			continue
		}
		out = append(out, n)
	}
	return out
}
