package article

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// signature is a hash of an element's place in the template of its host: its own and all outer tags, with those
// ids and classes that do not change from page to page, and the look of old layout tables.
func signature(outer uint64, n *html.Node) uint64 {
	h := (outer ^ fnvOffset) * fnvPrime
	add := func(s string) {
		for i := range len(s) {
			h = (h ^ uint64(s[i])) * fnvPrime
		}
		h = (h ^ ' ') * fnvPrime
	}
	add(n.Data)
	if n.DataAtom == atom.Html || n.DataAtom == atom.Body {
		return h
	}
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "class", "id":
			for name := range strings.FieldsSeq(clip(a.Val, 300)) {
				if steady(name) {
					add(name)
				}
			}
		case "itemprop", "role", "width", "bgcolor", "size", "align", "data-testid", "data-component":
			add(clip(a.Val, 40))
		}
	}
	return h
}

// wandering are the beginnings of classes that name what a page is about, not what its parts are.
var wandering = []string{"category-", "tag-", "author-", "post-", "postid", "format-", "status-", "section-", "topic-", "term-", "page-id"}

// steady tells class names of a template from those of one page or one build: names with a digit, and those
// that change case inside a word in the way of generated ones, do not count.
func steady(name string) bool {
	for _, w := range wandering {
		if strings.HasPrefix(name, w) {
			return false
		}
	}
	return !strings.ContainsFunc(name, unicode.IsDigit)
}
