package article

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"tallywire/claims"
)

// A block is one run of text between block borders of a page, in page order: a paragraph, heading, list
// item, caption, table row, or a line of a br-parted text.
type block struct {
	kind   claims.BlockKind
	text   string // whitespace collapsed, never empty
	words  int
	linked int  // words inside links
	elem   int  // index of the nearest block element in page.elems
	joined bool // goes on in the paragraph of the block before: parted from it by one br only
	table  int  // number of the data table that a row belongs to, from 1
	part   part
	run    int      // words of all lines that br elements join to it
	prose  bool     // running text, not a label
	grams  []uint64 // hashes of its 4-word shingles, in order, after page.shingle
	line   uint64   // hash of all its words
}

// An element is one element of the page, in page order; parents stand before children.
type element struct {
	node   *html.Node
	parent int // index, -1 for the root
	part   part
	prose  int // words of running text in it
	depth  int
	sig    uint64 // its place in the host's template; see signature
}

// A mark is a time stamp found between blocks.
type mark struct {
	block int    // index of the block that follows or holds it
	stamp string // as the markup gives it: a datetime or data-ts value, or a clock time
	elem  int    // the element that it stands for or in
	start bool   // nothing stood before it on its line
	scope bool   // it stands for all that is inside the element
}

// A page is a parsed page cut into blocks.
type page struct {
	root   *html.Node
	elems  []element
	blocks []block
	marks  []mark
	prose  int // words of running text on the page
	words  int // all words

	shingled   bool // the blocks have their shingles
	closedMark bool // an element calls itself a paywall's offer
}

// blockKinds are the elements that start and end a block, with the kind of block they hold; "" takes the
// kind of what they stand in.
var blockKinds = map[atom.Atom]claims.BlockKind{
	atom.P: "", atom.Div: "", atom.Section: "", atom.Article: "", atom.Main: "", atom.Header: "", atom.Footer: "",
	atom.Nav: "", atom.Aside: "", atom.Form: "", atom.Fieldset: "", atom.Address: "", atom.Center: "", atom.Body: "", atom.Html: "",
	atom.Details: "", atom.Summary: "", atom.Dialog: "", atom.Figure: "", atom.Hgroup: "", atom.Hr: "", atom.Legend: "", atom.Menu: "",
	atom.Pre: "", atom.Table: "", atom.Tbody: "", atom.Thead: "", atom.Tfoot: "", atom.Tr: "", atom.Td: "", atom.Th: "", atom.Noscript: "",
	atom.H1: claims.BlockHeading, atom.H2: claims.BlockHeading, atom.H3: claims.BlockHeading, atom.H4: claims.BlockHeading,
	atom.H5: claims.BlockHeading, atom.H6: claims.BlockHeading,
	atom.Ul: "", atom.Ol: "", atom.Dl: "", atom.Li: claims.BlockList, atom.Dd: claims.BlockList, atom.Dt: claims.BlockList,
	atom.Figcaption: claims.BlockCaption, atom.Caption: claims.BlockCaption, atom.Blockquote: claims.BlockQuote,
	atom.Frameset: "", atom.Dir: "", atom.Search: "",
}

// silent elements hold no text for readers.
var silent = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Head: true, atom.Iframe: true, atom.Object: true,
	atom.Svg: true, atom.Math: true, atom.Select: true, atom.Textarea: true, atom.Button: true, atom.Canvas: true, atom.Audio: true, atom.Video: true, atom.Option: true, atom.Datalist: true, atom.Embed: true, atom.Input: true}

// spaced elements are set apart from their neighbours although they stand in the line.
var spaced = map[atom.Atom]bool{atom.Time: true, atom.Label: true, atom.Img: true, atom.Button: true, atom.Input: true, atom.Svg: true}

// traits are what the tables of elements say of one.
type traits struct {
	atom   atom.Atom
	block  bool
	silent bool
	spaced bool
	kind   claims.BlockKind
	part   part
}

// traitTable holds the traits of all elements in the tables, by a hash of the atom: looking every element up in each of them took
// a tenth of the time of cutting a page.
var traitTable = func() *[traitSlots]traits {
	var t [traitSlots]traits
	slot := func(a atom.Atom) *traits {
		i := traitSlot(a)
		for t[i].atom != 0 && t[i].atom != a {
			i = (i + 1) % traitSlots
		}
		t[i].atom = a
		return &t[i]
	}
	for a, kind := range blockKinds {
		slot(a).block, slot(a).kind = true, kind
	}
	for a := range silent {
		slot(a).silent = true
	}
	for a := range spaced {
		slot(a).spaced = true
	}
	for a, p := range tagParts {
		slot(a).part = p
	}
	return &t
}()

const traitSlots = 1024

func traitSlot(a atom.Atom) uint32 { return uint32(a) * 0x9e3779b1 >> 22 }

func traitsOf(a atom.Atom) *traits {
	for i := traitSlot(a); ; i = (i + 1) % traitSlots {
		if t := &traitTable[i]; t.atom == a || t.atom == 0 {
			return t
		}
	}
}

// cut parts the tree of a page into blocks. It takes time linear in the size of the page.
func cut(root *html.Node) *page {
	size := elements(root)
	c := cutter{page: &page{root: root, elems: make([]element, 0, size), blocks: make([]block, 0, size/4)}, names: map[string]meaning{}}
	c.walk(root, place{elem: -1, kind: claims.BlockParagraph})
	c.flush(place{elem: 0, kind: claims.BlockParagraph})
	c.page.weigh()
	return c.page
}

// elements counts the elements below a node.
func elements(n *html.Node) int {
	total := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			total += 1 + elements(c)
		}
	}
	return total
}

// A place is where the walk stands.
type place struct {
	elem   int
	kind   claims.BlockKind
	linked bool
	row    bool // inside a row of a data table
	table  int
	part   part
	depth  int
}

// A cutter walks a tree and gathers the text of the block it is in.
type cutter struct {
	page  *page
	names map[string]meaning // of classes, ids and labels, as looked up before

	line    []byte
	last    rune // last rune written, 0 at the start of a block
	gap     bool // whitespace stood after it
	shut    bool // an inline element ended after it
	opened  bool // and another began after that
	border  bool // an inline element began or ended after it
	drop    bool // it is a drop cap
	links   int  // words in links so far
	breaks  int  // br elements since the last text
	joined  bool // the block goes on after one br
	tables  int
	letters int // letters of the last word
}

func (c *cutter) walk(n *html.Node, at place) {
	look := traitsOf(n.DataAtom)
	switch n.Type {
	case html.TextNode:
		c.text(n.Data, at)
		return
	case html.CommentNode, html.DoctypeNode:
		return
	case html.ElementNode:
		if look.silent {
			c.gap = c.gap || look.spaced
			return
		}
		if n.DataAtom == atom.Br {
			c.breakLine(at)
			return
		}
	}
	kind, isBlock := look.kind, look.block
	inside := at
	inside.depth++
	if n.Type == html.ElementNode {
		own, sig := c.nameOf(n, look, at.elem)
		if own&partHidden != 0 && !isBlock && n.DataAtom != atom.Font && textLen(n, maxBox) < maxBox {
			if !c.holdsBox(n) {
				return // a label for screen readers, a box that opens over the text
			}
			own &^= partHidden
		}
		inside.part |= own &^ partBody
		c.page.elems = append(c.page.elems, element{node: n, parent: at.elem, part: own, depth: at.depth, sig: sig})
		inside.elem = len(c.page.elems) - 1
		c.markOf(n, inside.elem)
		c.page.closedMark = c.page.closedMark || own&partWall != 0
	}
	switch n.DataAtom {
	case atom.A:
		inside.linked = true
	case atom.H1:
		c.headline(inside.elem)
	case atom.Table:
		if isDataTable(n) {
			c.tables++
			inside.table = c.tables
		} else {
			inside.table = 0
		}
	case atom.Tr:
		if at.table > 0 {
			inside.row, kind = true, claims.BlockRow
		}
	case atom.Td, atom.Th:
		if at.row {
			c.cell(n)
			isBlock = false
		}
	}
	if kind != "" {
		inside.kind = kind
	}
	if at.row || at.kind == claims.BlockHeading && n.DataAtom != atom.Hr && kind == "" {
		isBlock = false // a row stays together, and so does a heading with blocks inside
		c.gap = true
	}
	if isBlock {
		c.flush(at)
	} else if n.Type == html.ElementNode {
		c.opened, c.border = c.opened || c.shut, true
		c.gap = c.gap || look.spaced
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.walk(child, inside)
	}
	if isBlock {
		c.flush(inside)
	} else if n.Type == html.ElementNode {
		c.shut, c.border = true, true
		c.gap = c.gap || look.spaced || at.row && n.DataAtom != atom.Td && look.kind == "" && c.gap
		c.drop = inside.part&partDropCap != 0 && c.letters == 1
	}
}

// maxBox is how much text a box may hold that opens over a word, in bytes: a name with the titles of what is written of it has 800.
const maxBox = 1200

// holdsBox tells a word over which a box opens, as the element around both is named for the box too.
func (c *cutter) holdsBox(n *html.Node) bool {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == html.ElementNode && (c.named(attr(child, "class")).part|c.named(attr(child, "id")).part)&partHidden != 0 {
			return textLen(n, 2*maxBox) > textLen(child, 2*maxBox)
		}
	}
	return false
}

// headline notes that the header elements around an h1 are the head of the page, not of an entry in it.
func (c *cutter) headline(elem int) {
	for e := elem; e >= 0; e = c.page.elems[e].parent {
		if c.page.elems[e].node.DataAtom == atom.Header {
			c.page.elems[e].part |= partHead
		}
	}
}

// cell starts a cell of a row.
func (c *cutter) cell(n *html.Node) {
	for s := n.PrevSibling; s != nil; s = s.PrevSibling {
		if s.DataAtom == atom.Td || s.DataAtom == atom.Th {
			c.line = append(c.line, " |"...)
			c.last, c.gap = '|', true
			return
		}
	}
}

// breakLine takes a br: one parts lines, two part paragraphs.
func (c *cutter) breakLine(at place) {
	if at.row || at.kind == claims.BlockHeading {
		c.gap = true
		return
	}
	c.breaks++
	if len(c.line) > 0 {
		c.flush(at)
	}
	c.joined = c.breaks == 1
}

// isDataTable tells a table of figures from one that lays out a page: two rows of two short cells or more,
// no table inside, no long text.
func isDataTable(table *html.Node) bool {
	const longCell = 240 // bytes; a cell of a table of figures holds a name or a number
	rows, cells, long, nested := 0, 0, 0, false
	var look func(n *html.Node, depth int)
	look = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil && !nested; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Table, atom.Form, atom.H1, atom.H2:
				nested = true
			case atom.Tr:
				rows++
				look(c, depth+1)
			case atom.Td, atom.Th:
				cells++
				if textLen(c, longCell+1) > longCell {
					long++
				}
				look(c, depth+1)
			default:
				if depth < 12 {
					look(c, depth+1)
				}
			}
		}
	}
	look(table, 0)
	return !nested && rows >= 2 && cells >= 2*rows-rows/2 && long*4 <= cells
}

// textLen counts the bytes of text below a node, up to a limit.
func textLen(n *html.Node, limit int) int {
	total := 0
	for c := n.FirstChild; c != nil && total < limit; c = c.NextSibling {
		if c.Type == html.TextNode {
			total += len(strings.TrimSpace(c.Data))
		} else {
			total += textLen(c, limit-total)
		}
	}
	return total
}

// countWords counts runs of letters and digits.
func countWords(s string) int {
	n, in := 0, false
	for _, r := range s {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		if letter && !in {
			n++
		}
		in = letter
	}
	return n
}
