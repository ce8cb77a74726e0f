package article

import (
	"regexp"
	"strings"
	"unicode"
)

// authors lists who wrote the page: JSON-LD, then meta elements, then the byline's markup.
func (h *head) authors(m *meta) []string {
	var given [][]string
	given = append(given, m.linked.authors)
	for _, n := range []string{"author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "dc.creator.personalname", "byl", "byline", "article:author_name", "citation_author", "cxenseparse:author", "twitter:data1"} {
		if n == "twitter:data1" && !strings.EqualFold(h.one("twitter:label1"), "written by") {
			continue
		}
		given = append(given, h.named[n])
	}
	var strong, weak []string
	for _, b := range h.bylines {
		if s, ok := strings.CutPrefix(b, "!"); ok {
			strong = append(strong, s)
		} else if len(weak) == 0 {
			weak = append(weak, b)
		}
	}
	given = append(given, strong, weak)
	for _, g := range given {
		var out []string
		for _, v := range g {
			for _, name := range namesIn(plain(v)) {
				f := folded(name)
				if f == "" || containsFolded(out, f) || f == folded(m.title) {
					continue
				}
				out = append(out, name)
			}
			if len(out) >= 12 {
				break
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
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
	for range 2 {
		s = list.re["by"].ReplaceAllString(s, "")
	}
	if len(s) > 200 {
		return nil
	}
	for _, n := range nameBreaks.Split(s, -1) {
		n = strings.Trim(list.re["role"].ReplaceAllString(n, ""), " \t,;:|()[]·•–—-")
		if n == "" || list.is("nobody", n) || countWords(n) > 8 || !strings.ContainsFunc(n, unicode.IsLetter) {
			continue
		}
		out = append(out, n)
	}
	return out
}
