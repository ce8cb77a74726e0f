package article

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A part says what the markup calls a piece of a page. A block has those of all elements around it, but partBody.
type part uint16

const (
	partStrong  part = 1 << iota // never part of an article: navigation, teasers, comments, advertisements
	partWeak                     // of an article's head or a box beside it: bylines, dates, labels
	partBody                     // holds the article
	partHidden                   // not shown
	partCaption                  // a picture's caption
	partHead                     // inside the header element that holds the headline
	partFigure                   // inside a figure
	partDropCap                  // one large letter
	partLive                     // entries of a live blog
	partWall                     // a paywall's offer
)

// partNames are the names of words/furniture.txt, of one word and of two or three.
type partNames map[string]part

var names = sync.OnceValue(func() partNames {
	m := partNames{}
	for section, p := range map[string]part{"strong": partStrong, "weak": partWeak, "body": partBody, "caption": partCaption, "dropcap": partDropCap, "live": partLive, "hidden": partHidden, "wall": partWall} {
		for _, e := range words().entries[section] {
			m[e] |= p
		}
	}
	return m
})

var tagParts = map[atom.Atom]part{atom.Nav: partStrong, atom.Footer: partStrong, atom.Menu: partStrong, atom.Dialog: partStrong, atom.Form: partStrong, atom.Search: partStrong,
	atom.Aside: partStrong, atom.Label: partWeak, atom.Legend: partWeak, atom.Address: partWeak, atom.Figure: partFigure, atom.Figcaption: partCaption,
	atom.Noscript: partStrong, atom.Summary: partWeak}

var roleParts = map[string]part{"navigation": partStrong, "banner": partStrong, "contentinfo": partStrong, "complementary": partStrong, "search": partStrong,
	"dialog": partStrong, "alertdialog": partStrong, "menu": partStrong, "menubar": partStrong, "toolbar": partStrong, "form": partStrong}

// A meaning is what a class, id or label says: of which part the element is, and its steady names as a hash, 0 for none.
type meaning struct {
	part part
	sig  uint64
}

// nameOf says what an element calls itself, and its place in the template of the host: a hash of its own and all outer tags, with
// those ids and classes that do not change from page to page, and the look of old layout tables. The outermost elements are
// named for the look of the page, not for a part of it.
func (c *cutter) nameOf(n *html.Node, look *traits, outer int) (part, uint64) {
	h := uint64(fnvOffset)
	if outer >= 0 {
		h ^= c.page.elems[outer].sig
	}
	h = hashName(h*fnvPrime, n.Data)
	if n.DataAtom == atom.Html || n.DataAtom == atom.Body {
		return 0, h
	}
	p := look.part
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "class", "id":
			m := c.named(a.Val)
			p |= m.part
			if m.sig != 0 {
				h = (h ^ m.sig) * fnvPrime
			}
		case "data-component", "data-testid":
			p |= c.named(a.Val).part
			h = hashName(h, clip(a.Val, 40))
		case "data-qa", "data-module", "aria-label", "data-type":
			p |= c.named(a.Val).part
		case "role":
			p |= roleParts[a.Val]
			h = hashName(h, clip(a.Val, 40))
		case "width", "bgcolor", "size", "align":
			h = hashName(h, clip(a.Val, 40))
		case "hidden":
			p |= partHidden
		case "aria-hidden":
			if a.Val == "true" {
				p |= partHidden
			}
		case "style":
			if s := strings.ReplaceAll(a.Val, " ", ""); strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") || strings.Contains(s, "clip:rect(0") {
				p |= partHidden
			}
		case "itemprop", "name", "property":
			if a.Key == "itemprop" {
				h = hashName(h, clip(a.Val, 40))
			}
			switch strings.ToLower(a.Val) {
			case "articlebody":
				p |= partBody
			case "author", "datepublished", "datemodified", "publisher", "interactionstatistic", "keywords", "commentcount":
				p |= partWeak
			}
		}
	}
	if n.DataAtom == atom.Main || n.DataAtom == atom.Article {
		p &^= partStrong | partWeak
	}
	return p, h
}

// named says what a class, id or label means.
func (c *cutter) named(value string) meaning {
	if value == "" {
		return meaning{}
	}
	if m, ok := c.names[value]; ok {
		return m
	}
	m := meaning{sig: steadyNames(value)}
	if len(value) <= 400 {
		known := names()
		for word := range strings.FieldsSeq(value) {
			w := nameWords(word)
			for i := range w {
				m.part |= known[w[i]]
				if i+1 < len(w) {
					m.part |= known[w[i]+" "+w[i+1]]
					if i+2 < len(w) {
						m.part |= known[w[i]+" "+w[i+1]+" "+w[i+2]]
					}
				}
			}
		}
	}
	c.names[value] = m
	return m
}

// nameWords cuts "articleBody-2 wide" into "article", "body", "2".
func nameWords(name string) []string {
	var out []string
	start := 0
	add := func(end int) {
		if end > start {
			out = append(out, strings.ToLower(name[start:end]))
		}
	}
	var before rune
	for i, r := range name {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			add(i)
			start = i + len(string(r))
		case unicode.IsUpper(r) && unicode.IsLower(before):
			add(i)
			start = i
		}
		before = r
	}
	add(len(name))
	return out
}

// weigh counts the running text in every element, and takes back what markup said of an element that holds
// most of the page's: nobody hides an article in its own furniture, but wrappers have odd names.
func (p *page) weigh() {
	p.runs()
	p.count(proseWords, 0)
	for i := range p.elems {
		if e := &p.elems[i]; e.part&(partStrong|partWeak|partHidden) != 0 && e.prose*2 > p.prose && e.prose > 40 {
			e.part &^= partStrong | partWeak | partHidden
		}
	}
	for i := range p.elems { // a box with a form and no running text asks for something
		if e := &p.elems[i]; e.node.DataAtom == atom.Form && e.parent > 0 {
			if up := &p.elems[e.parent]; up.prose == 0 && up.node.DataAtom != atom.Body {
				up.part |= partStrong
			}
		}
	}
	sum := make([]part, len(p.elems))
	for i := range p.elems {
		sum[i] = p.elems[i].part &^ partBody
		if up := p.elems[i].parent; up >= 0 {
			sum[i] |= sum[up]
		}
	}
	for i := range p.blocks {
		if b := &p.blocks[i]; b.elem < len(sum) {
			b.part = sum[b.elem]
		}
	}
	if p.prose >= shortPage {
		return
	}
	// On a page of a few lines a footer may outweigh the text: furniture has no weight there.
	if p.count(proseWords, partStrong|partHidden); p.prose == 0 {
		if p.count(1, partStrong|partHidden); p.prose == 0 {
			p.count(1, 0)
		}
	}
}

// shortPage is a page with less running text than any article but a flash, in words.
const shortPage = 100

// count sums up the words of running text: blocks of at least so many words, most of them not in links, that
// are none of the given parts.
func (p *page) count(least int, not part) {
	p.prose = 0
	for i := range p.elems {
		p.elems[i].prose = 0
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		b.prose = b.run >= least && b.linked*2 < b.words && b.part&not == 0
		if b.prose {
			p.prose += b.words
			p.elems[b.elem].prose += b.words
		}
	}
	for i := len(p.elems) - 1; i > 0; i-- { // children stand behind their parents
		if up := p.elems[i].parent; up >= 0 {
			p.elems[up].prose += p.elems[i].prose
		}
	}
}

// proseWords is the least length of running text; shorter blocks are labels, or lists of links.
const proseWords = 8

// runs counts the words of the lines that br elements part as one paragraph's.
func (p *page) runs() {
	for i := 0; i < len(p.blocks); {
		end, words := i+1, p.blocks[i].words
		for end < len(p.blocks) && p.blocks[end].joined && p.blocks[end].elem == p.blocks[i].elem {
			words += p.blocks[end].words
			end++
		}
		for ; i < end; i++ {
			p.blocks[i].run = words
		}
	}
	for i := range p.blocks {
		p.words += p.blocks[i].words
	}
}
