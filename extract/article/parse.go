package article

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of the tree.
const (
	// maxParsed is how much of a decoded body is parsed, in bytes; the crawler's max_body is below it.
	maxParsed = 16 << 20
	// maxDepth is how deep the fallback parser nests. x/net/html refuses 512 open elements; real pages stay
	// below 60 (measured over 326 news pages).
	maxDepth = 200
)

// parse gives the tree of a page in UTF-8. A page that x/net/html refuses (more than 512 open elements) is
// parsed once more by a simple builder that stops nesting at maxDepth, so that its text is not lost.
func parse(body []byte) (*html.Node, error) {
	body = body[:min(len(body), maxParsed)]
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		if root, err = parseShallow(body); err != nil {
			return nil, err
		}
	}
	tidy(root)
	return root, nil
}

// maxAttribute is how much of an attribute is kept, in bytes. Extractors run expressions over class names, and
// 4 MB of them took 3 s; the longest real class list met was 1 KB. Addresses and contents of meta elements may be longer.
const maxAttribute = 2 << 10

// tidy cuts long attributes and takes comments out: nobody reads them, and each extractor copies the tree.
func tidy(n *html.Node) {
	for i := range n.Attr {
		if a := &n.Attr[i]; len(a.Val) > maxAttribute && (a.Key != "content" || len(a.Val) > 8*maxAttribute) {
			a.Val = strings.ToValidUTF8(a.Val[:maxAttribute], "")
		}
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.CommentNode {
			n.RemoveChild(c)
		} else {
			tidy(c)
		}
		c = next
	}
}

var voidTags = map[atom.Atom]bool{atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Hr: true, atom.Img: true,
	atom.Input: true, atom.Link: true, atom.Meta: true, atom.Source: true, atom.Track: true, atom.Wbr: true}

// closes lists the elements whose start ends an open one of the same list, as in HTML's optional end tags.
var closes = map[atom.Atom][]atom.Atom{
	atom.P: {atom.P}, atom.Li: {atom.Li}, atom.Tr: {atom.Tr}, atom.Td: {atom.Td, atom.Th}, atom.Th: {atom.Td, atom.Th},
	atom.Dt: {atom.Dt, atom.Dd}, atom.Dd: {atom.Dt, atom.Dd}, atom.Option: {atom.Option},
}

// parseShallow builds a tree from tokens. Elements beyond maxDepth become leaves, their content siblings.
func parseShallow(body []byte) (*html.Node, error) {
	root := &html.Node{Type: html.DocumentNode}
	open := []*html.Node{root}
	z := html.NewTokenizer(bytes.NewReader(body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return nil, err
			}
			return root, nil
		case html.TextToken:
			open[len(open)-1].AppendChild(&html.Node{Type: html.TextNode, Data: string(z.Text())})
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if same := closes[t.DataAtom]; same != nil {
				if top := open[len(open)-1]; slices.Contains(same, top.DataAtom) {
					open = open[:len(open)-1]
				}
			}
			n := &html.Node{Type: html.ElementNode, Data: t.Data, DataAtom: t.DataAtom, Attr: t.Attr}
			open[len(open)-1].AppendChild(n)
			if t.Type == html.StartTagToken && !voidTags[t.DataAtom] && len(open) < maxDepth {
				open = append(open, n)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			for i := len(open) - 1; i > 0; i-- {
				if open[i].Data == string(name) {
					open = open[:i]
					break
				}
			}
		}
	}
}

// attr is the value of an attribute, "" where there is none.
func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}
