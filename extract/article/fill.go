package article

import (
	"golang.org/x/net/html/atom"

	"tallywire/claims"
)

// fill takes in the short pieces that extractors drop between blocks of the article: brothers of kept
// paragraphs and items, the lines of a quoted post around its text, and the rows of a table that some of them keep.
func (p *page) fill(keep []bool, container int) {
	if container < 0 {
		return
	}
	first, last := -1, -1
	kept, total, tables := map[int]int{}, map[int]int{}, map[int]bool{}
	quotes := map[int]bool{} // blockquotes of which a line of running text is kept
	for i := range keep {
		b := &p.blocks[i]
		up := p.elems[b.elem].parent
		total[up] += b.words
		if !keep[i] {
			continue
		}
		if b.kind == claims.BlockQuote && b.words >= proseWords {
			quotes[p.around(b.elem, atom.Blockquote)] = true
		}
		if first < 0 {
			first = i
		}
		last = i
		kept[up] += b.words
		tables[b.table] = true
	}
	for i := max(first, 0); i < len(keep) && first >= 0; i++ {
		b := &p.blocks[i]
		if b.kind == claims.BlockQuote && b.part&(partStrong|partHidden) == 0 && quotes[p.around(b.elem, atom.Blockquote)] {
			keep[i] = keep[i] || b.linked*4 < b.words*3 // who said it and when, and the other lines of a post
			continue
		}
		if i > last || keep[i] || b.kind == claims.BlockCaption || b.part&(partStrong|partHidden|partWeak|partHead|partFigure) != 0 || b.linked*3 > b.words || !p.within(b.elem, container) {
			continue
		}
		up := p.elems[b.elem].parent
		keep[i] = b.table > 0 || kept[up]*3 >= total[up]*2
	}
}

// fillLists takes in lists of short items without links, such as the names under a heading: extractors take those for menus. One of
// them has to hold all of it, and the list has to stand in the article, between its blocks.
func (p *page) fillLists(keep []bool, voices []int, container int) {
	if container < 0 {
		return
	}
	const furniture = partStrong | partHidden | partWeak | partHead | partFigure
	last := len(keep) - 1
	for last >= 0 && !keep[last] {
		last--
	}
	open := false // a block of the article stands before
	for i := 0; i < last; {
		b := &p.blocks[i]
		open = open || keep[i]
		end, fits := i+1, open && b.kind == claims.BlockList && p.within(b.elem, container)
		list := p.list(b.elem)
		for ; b.kind == claims.BlockList && end < last && p.blocks[end].kind == claims.BlockList && p.list(p.blocks[end].elem) == list; end++ {
		}
		for j := i; j < end && fits; j++ {
			fits = voices[j] > 0 && p.blocks[j].linked == 0 && p.blocks[j].part&furniture == 0
		}
		for j := i; j < end && fits && end > i+1; j++ {
			keep[j] = true
		}
		i = end
	}
}

// list is the list element around an element, -1 for none.
func (p *page) list(elem int) int {
	return max(p.around(elem, atom.Ul), p.around(elem, atom.Ol))
}

// around is the nearest element of a kind around an element, or itself, -1 for none.
func (p *page) around(elem int, kind atom.Atom) int {
	for elem >= 0 && p.elems[elem].node.DataAtom != kind {
		elem = p.elems[elem].parent
	}
	return elem
}

// fillPrices takes in prices that stand alone between blocks of the article, each with the name above it: extractors take the cards
// of things that a text compares for advertisements, as name and price are links.
func (p *page) fillPrices(keep []bool, container int) {
	const furniture = partStrong | partHidden | partWeak | partHead
	last := len(keep) - 1
	for last >= 0 && !keep[last] {
		last--
	}
	open := false
	for i := 0; i < last && container >= 0; i++ {
		b := &p.blocks[i]
		open = open || keep[i]
		if !open || keep[i] || b.words > 4 || b.part&furniture != 0 || !words().is("price", b.text) || !p.within(b.elem, container) {
			continue
		}
		name := &p.blocks[max(i-1, 0)]
		if card := p.elems[p.elems[b.elem].parent].parent; i > 0 && name.words >= 2 && !ended(name.text) && name.part&furniture == 0 && card >= container && p.within(name.elem, p.elems[card].parent) {
			keep[i-1], keep[i] = true, true
		}
	}
}
