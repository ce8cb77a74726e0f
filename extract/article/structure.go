package article

import (
	"golang.org/x/net/html/atom"
)

// container finds the element that holds the article by structure alone: where markup names an element for
// the article's body, that one; else the article or main element with most of the page's running text; from
// there down as long as one child holds nearly all of it. It returns an index into elems, -1 for an empty page.
func (p *page) container() int {
	if len(p.elems) == 0 || p.prose == 0 {
		return -1
	}
	if e := p.heaviest(func(e *element) bool { return e.part&partBody != 0 && e.part&partStrong == 0 }, 0.4); e >= 0 {
		return e
	}
	top := p.heaviest(func(e *element) bool {
		return (e.node.DataAtom == atom.Article || e.node.DataAtom == atom.Main || attr(e.node, "role") == "main") && e.part&partStrong == 0
	}, 0.5)
	if top < 0 {
		top = 0
	}
	return p.descend(top)
}

// heaviest is the innermost element of those that pass with nearly as much running text as the one with the
// most, where that is at least a share of the page's.
func (p *page) heaviest(pass func(*element) bool, share float64) int {
	best := -1
	for i := range p.elems {
		if e := &p.elems[i]; pass(e) && !p.inFurniture(i) && (best < 0 || e.prose > p.elems[best].prose) {
			best = i
		}
	}
	if best < 0 || float64(p.elems[best].prose) < share*float64(p.prose) {
		return -1
	}
	most := p.elems[best].prose
	for i := best + 1; i < len(p.elems) && p.elems[i].depth > p.elems[best].depth; i++ {
		if e := &p.elems[i]; pass(e) && float64(e.prose) >= 0.9*float64(most) {
			best = i
		}
	}
	return best
}

// descend follows the child that holds nine tenths of the running text.
func (p *page) descend(top int) int {
	for i := top + 1; i < len(p.elems) && p.elems[i].depth > p.elems[top].depth; i++ {
		e := &p.elems[i]
		if _, isBlock := blockKinds[e.node.DataAtom]; e.parent == top && float64(e.prose) >= 0.9*float64(p.elems[top].prose) && (isBlock || e.node.DataAtom == atom.Font) &&
			e.node.DataAtom != atom.P && e.node.DataAtom != atom.Li {
			top = i
		}
	}
	return top
}

func (p *page) inFurniture(elem int) bool {
	for e := elem; e >= 0; e = p.elems[e].parent {
		if p.elems[e].part&(partStrong|partHidden) != 0 {
			return true
		}
	}
	return false
}

// within tells whether an element stands in another or is it.
func (p *page) within(elem, outer int) bool {
	for e := elem; e >= outer; e = p.elems[e].parent {
		if e == outer {
			return true
		}
	}
	return false
}
