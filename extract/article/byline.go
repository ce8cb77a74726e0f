package article

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// authors lists who wrote the page: JSON-LD, then meta elements, the byline's markup, links to pages of authors, a line at the top that
// reads like a byline, a person that JSON-LD knows, a name below the text. A statement that only names the publication or
// another organisation waits for a better one.
func (h *head) authors(m *meta, p *page) []string {
	var publication []string
	// says gives the names in a statement, none where it does not count.
	says := func(given []string) []string {
		var out []string
		for _, v := range given {
			for _, name := range namesIn(plain(v)) {
				f := folded(name)
				if f == "" || containsFolded(out, f) || f == folded(m.title) || len(out) >= 12 {
					continue
				}
				out = append(out, name)
			}
		}
		if len(out) == 1 && (m.isSite(out[0]) || words().is("organisation", out[0])) {
			if publication == nil {
				publication = out
			}
			return nil
		}
		return out
	}
	if out := says(m.linked.authors); len(out) > 0 {
		return out
	}
	for _, n := range words().entries["author names"] {
		if n != "twitter:data1" || strings.EqualFold(h.one("twitter:label1"), "written by") {
			if out := says(h.named[n]); len(out) > 0 {
				return out
			}
		}
	}
	// The visible ones are looked for only where they are needed: they cost more than all the rest.
	for _, look := range []func() []string{func() []string { return h.byline(true) }, h.linkedAuthors, func() []string { return h.byline(false) },
		func() []string { return p.byline(m) }, m.linked.mentioned, p.signature} {
		if out := says(look()); len(out) > 0 {
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

// linkedAuthors is what links to authors' own pages say, where they are of one to three people: more are of a list.
func (h *head) linkedAuthors() []string {
	const most = 3
	var out []string
	for _, name := range h.authorLinks {
		if f := folded(name); f != "" && !containsFolded(out, f) {
			out = append(out, name)
		}
	}
	if len(out) > most {
		return nil
	}
	return out
}

// signature is a name that stands alone in bold or italics right below a paragraph, the last such.
func (p *page) signature() []string {
	for i := len(p.blocks) - 1; i > 0; i-- {
		b := &p.blocks[i]
		if p.blocks[i-1].prose && b.part&(partStrong|partHidden) == 0 && b.words >= 2 && b.words <= 4 && b.linked == 0 && isName(b.text) && emphasised(p.elems[b.elem].node) {
			return []string{b.text}
		}
	}
	return nil
}

// emphasised tells whether all text below a node is in bold or italics.
func emphasised(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "":
		case c.DataAtom == atom.B, c.DataAtom == atom.I, c.DataAtom == atom.Strong, c.DataAtom == atom.Em:
		case c.Type == html.ElementNode && c.DataAtom != atom.Br && emphasised(c):
		default:
			return false
		}
	}
	return n.FirstChild != nil
}

// byline is a line near the headline that reads like a byline: "By A B", or a name right beside the date; else
// a line anywhere that names its writer behind a colon.
func (p *page) byline(m *meta) []string {
	const above, below = 3, 12 // blocks around the headline
	from, to := 0, min(len(p.blocks), 150)
	if at := p.headline(newNames(m)); at >= 0 {
		from, to = max(0, at-above), min(len(p.blocks), at+below)
	}
	list := words()
	for i := from; i < to; i++ {
		b := &p.blocks[i]
		if b.part&(partStrong|partHidden) != 0 || b.words > 20 || b.words < 2 {
			continue
		}
		lines := []string{b.text}
		if _, from, to, ok := findStamp(b.text, false); ok {
			front, back := strings.TrimRight(b.text[:from], " |,·•@–—-"), strings.TrimLeft(b.text[to:], " |,·•–—-")
			for _, side := range []string{front, back} {
				if isName(side) && !m.isSite(side) {
					return []string{side}
				}
			}
			lines = []string{front, back}
		}
		for _, line := range lines {
			if list.is("byline", line) {
				if names := namesIn(line); len(names) > 0 && capitalised(names[0]) && countWords(names[0]) <= 4 {
					return []string{line}
				}
			}
		}
	}
	for i := range p.blocks {
		if b := &p.blocks[i]; b.part&(partStrong|partHidden) == 0 && b.words <= 14 && list.is("writer", b.text) {
			if names := namesIn(b.text); len(names) > 0 && capitalised(names[0]) {
				return []string{b.text}
			}
		}
	}
	return nil
}

func capitalised(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
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
		s = list.without("by", s)
	}
	if len(s) > 200 {
		return nil
	}
	parts := nameBreaks.Split(list.without("byline tail", s), -1)
	if len(parts) == 2 && list.is("nobody", parts[0]) && !capitalised(parts[1]) {
		return []string{s} // "Staff and wire reports"
	}
	for _, n := range parts {
		if _, from, _, ok := findStamp(n, false); ok {
			n = n[:from]
		}
		n = strings.Trim(list.without("role", n), " \t,;:|()[]·•–—-")
		if n == "" || list.is("nobody", n) || countWords(n) > 8 || !strings.ContainsFunc(n, unicode.IsLetter) {
			continue
		}
		out = append(out, n)
	}
	return out
}
