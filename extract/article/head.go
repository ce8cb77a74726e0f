package article

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A head is what a page's markup says of it, gathered in one walk, in page order.
type head struct {
	named       map[string][]string // meta elements: lower-case property, name or itemprop -> contents
	canonical   string
	title       string   // of the window
	headings    []string // the h1 elements, but a logo
	logo        string   // the text of an h1 that links to the front page
	scripts     []string // JSON-LD
	times       []timeTag
	bylines     []bylineTag
	authorLinks []string // texts of links to pages of authors
	sections    []string // texts that say which section it is of
	lang        string
	noscript    string   // the page's words to browsers without scripts
	inline      []string // scripts that stand in the page
	data        []string // attributes for scripts that hold the publication's date

	elsewhere map[naming]bool // what classes and ids say, as looked up before
}

// A naming is what an element calls itself.
type naming struct{ class, id string }

// isElsewhere tells whether a class or id is that of a place outside the article.
func (h *head) isElsewhere(n *html.Node) bool {
	key := naming{clip(attr(n, "class"), 300), clip(attr(n, "id"), 100)}
	if key == (naming{}) {
		return false
	}
	found, known := h.elsewhere[key]
	if !known {
		found = words().is("elsewhere", key.class+" "+key.id)
		h.elsewhere[key] = found
	}
	return found
}

// A bylineTag is an element that says who wrote the page.
type bylineTag struct {
	text  string
	named bool // the markup says that it holds a name, not a line with one
	group *html.Node
}

func readHead(root *html.Node) *head {
	h := &head{named: map[string][]string{}, elsewhere: map[naming]bool{}}
	h.walk(root, 0)
	return h
}

func (h *head) walk(n *html.Node, inside part) {
	if n.Type == html.ElementNode {
		switch n.DataAtom {
		case atom.Html:
			h.lang = first(attr(n, "lang"), attr(n, "xml:lang"))
		case atom.Meta:
			h.meta(n)
		case atom.Link:
			if h.canonical == "" && strings.EqualFold(attr(n, "rel"), "canonical") {
				h.canonical = attr(n, "href")
			}
			return
		case atom.Title:
			if h.title == "" {
				h.title = textOf(n, 1000)
			}
			return
		case atom.Script:
			if strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") && n.FirstChild != nil && len(h.scripts) < 50 {
				h.scripts = append(h.scripts, n.FirstChild.Data)
			} else if n.FirstChild != nil && len(h.inline) < 100 {
				h.inline = append(h.inline, n.FirstChild.Data)
			}
			return
		case atom.Noscript:
			if len(h.noscript) < 1000 {
				h.noscript += " " + plain(textOf(n, 500))
			}
			return
		case atom.Style, atom.Template, atom.Svg:
			return
		case atom.H1:
			if t := textOf(n, 1000); isLogo(n) {
				h.logo = first(h.logo, t)
			} else if len(h.headings) < 5 {
				h.headings = append(h.headings, t)
			}
		case atom.Nav, atom.Footer, atom.Aside, atom.Form:
			inside |= partStrong
		}
		if inside&partStrong == 0 && n.DataAtom != atom.Body && n.DataAtom != atom.Html && len(n.Attr) > 0 && h.isElsewhere(n) {
			inside |= partStrong
		}
		h.element(n, inside)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		h.walk(c, inside)
	}
}

func (h *head) meta(n *html.Node) {
	value := strings.TrimSpace(attr(n, "content"))
	if value == "" || len(value) > 4000 {
		return
	}
	for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
		if k := strings.ToLower(strings.TrimSpace(attr(n, key))); k != "" {
			h.named[k] = append(h.named[k], value)
			return
		}
	}
}

// element notes times, bylines and sections of the page's body.
func (h *head) element(n *html.Node, inside part) {
	if len(n.Attr) == 0 && n.DataAtom != atom.Time {
		return
	}
	class, prop, rel := strings.ToLower(clip(attr(n, "class"), 300)+" "+clip(attr(n, "id"), 100)), strings.ToLower(attr(n, "itemprop")), strings.ToLower(attr(n, "rel"))
	test := strings.ToLower(attr(n, "data-testid"))
	if inside&partStrong != 0 {
		return
	}
	for i := range n.Attr {
		if a := &n.Attr[i]; len(h.data) < 5 && strings.HasPrefix(a.Key, "data-") && len(a.Val) >= 8 && len(a.Val) < 60 && words().is("date attribute", a.Key) {
			h.data = append(h.data, a.Val)
		}
	}
	switch {
	case n.DataAtom == atom.Time, prop == "datepublished", prop == "datemodified", strings.Contains(class, "dt-published"), words().is("date class", class) && textLen(n, 60) < 60:
		if len(h.times) < 60 {
			h.times = append(h.times, newTimeTag(n, class+" "+prop))
		}
	case rel == "author", strings.Contains(prop, "author") && prop != "authorurl", hasWord(class, "author"), hasWord(class, "byline"), hasWord(class, "writer"), hasWord(class, "autor"), strings.Contains(class, "p-author"), test == "byline", test == "author-name":
		if n.DataAtom != atom.Meta && len(h.bylines) < 20 {
			named := rel == "author" || prop == "author" || strings.Contains(class, "name") || strings.Contains(class, "p-author")
			group := n.Parent
			if group != nil && group.Parent != nil {
				group = group.Parent
			}
			if t := textOf(n, 200); t != "" && countWords(t) <= 16 {
				h.bylines = append(h.bylines, bylineTag{t, named, group})
			}
		}
	case n.DataAtom == atom.A && len(h.authorLinks) < 20 && words().is("author address", attr(n, "href")):
		if t := textOf(n, 60); t != "" && countWords(t) <= 4 && capitalised(t) {
			h.authorLinks = append(h.authorLinks, t)
		}
	case prop == "articlesection":
		h.sections = append(h.sections, textOf(n, 100))
	}
}

// isLogo tells an h1 that is a link to the front page of its site.
func isLogo(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.A {
			ref := attr(c, "href")
			if i := strings.LastIndex(ref, "//"); i >= 0 { // also behind an archive's address
				_, ref, _ = strings.Cut(ref[i+2:], "/")
			}
			return strings.Trim(ref, "/") == "" && ref != "#"
		}
	}
	return false
}

// hasWord tells whether one of the words of a class list is, or starts or ends with, a name.
func hasWord(class, name string) bool {
	for w := range strings.FieldsSeq(class) {
		for part := range strings.FieldsFuncSeq(w, func(r rune) bool { return r == '-' || r == '_' }) {
			if part == name {
				return true
			}
		}
	}
	return false
}

// before is the text right before a node among its brothers, up to a length in bytes.
func before(n *html.Node, limit int) string {
	var out string
	for s := n.PrevSibling; s != nil && len(out) < limit; s = s.PrevSibling {
		if s.DataAtom == atom.Time || s.DataAtom == atom.Br {
			break
		}
		if s.Type == html.TextNode {
			out = s.Data + " " + out
		} else if s.Type == html.ElementNode {
			out = textOf(s, limit) + " " + out
		}
	}
	out = strings.Join(strings.Fields(out), " ")
	return out[max(0, len(out)-limit):]
}

// textOf is the text below a node with whitespace collapsed, cut off beyond a limit in bytes.
func textOf(n *html.Node, limit int) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if b.Len() > limit {
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data[:min(len(n.Data), 4*limit)])
			return
		}
		if n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Svg {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if _, isBlock := blockKinds[n.DataAtom]; isBlock || n.DataAtom == atom.Br || n.DataAtom == atom.Time {
			b.WriteByte(' ')
		}
	}
	walk(n)
	out := strings.Join(strings.Fields(strings.ToValidUTF8(b.String(), "")), " ")
	if len(out) > limit {
		out = strings.ToValidUTF8(out[:limit], "")
	}
	return out
}

// clip is the first bytes of a text.
func clip(s string, limit int) string { return s[:min(len(s), limit)] }
