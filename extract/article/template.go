package article

import (
	"maps"
)

// Bounds of what is learned of a host.
const (
	learnPages   = 3     // pages of different addresses before a template is used; two agree by chance on odd hosts
	checkEvery   = 25    // so many pages read by template, then one by consensus too; after each check that agrees twice as many
	checkDoubled = 3     // how often that doubles: to 200 pages
	sureShare    = 0.95  // share of a place's words that were kept, or dropped, before the place decides alone
	unsureShare  = 0.10  // of the kept words, how many may stand in places that are not known
	outsideShare = 0.20  // of the kept words, how many may stand outside the structural container
	repeatPages  = 3     // pages of different addresses on which a line stands before it is furniture
	repeatWords  = 25    // longest line that may be furniture by repetition
	maxPlaces    = 3_000 // of a host
	maxLines     = 4_000
)

// A template is what is known of a host's pages. A template that others may read is never changed: learning
// makes a new one.
type template struct {
	pages  int             // learned from, of different addresses in a row
	last   uint64          // hash of the address learned last
	used   int             // pages read by it since it was checked
	agreed int             // checks in a row that agreed with it
	places map[uint64]spot // by signature of the element and kind of block
	lines  map[uint64]line
}

// A spot counts the words of blocks in one place of the template.
type spot struct{ kept, dropped, pages int }

// A line is a short line of text, with the addresses (hashes) of the first pages that held it.
type line struct {
	seen  [repeatPages]uint64
	count int
}

// place names where a block stands in the template.
func (p *page) place(b *block) uint64 {
	sig := p.elems[b.elem].sig
	for i := range len(b.kind) {
		sig = (sig ^ uint64(b.kind[i])) * fnvPrime
	}
	if b.linked*2 > b.words {
		sig = (sig ^ 'a') * fnvPrime
	}
	return sig
}

// apply chooses the blocks of a page by the template alone. It refuses where the page does not fit: little in
// known places, much in unknown ones, or an article elsewhere than the page's structure says.
func (t *template) apply(p *page, container int) ([]bool, bool) {
	if t == nil || t.pages < learnPages || container < 0 {
		return nil, false
	}
	keep := make([]bool, len(p.blocks))
	kept, unsure, outside := 0, 0, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		inside := p.within(b.elem, container)
		s, known := t.places[p.place(b)]
		total := float64(s.kept + s.dropped)
		switch {
		case known && float64(s.kept) >= sureShare*total:
			keep[i] = true
			kept += b.words
			if !inside {
				outside += b.words
			}
		case known && float64(s.dropped) >= sureShare*total && s.pages > 1:
		default:
			if keep[i] = b.accept(0, 0, false, inside); keep[i] || b.prose {
				unsure += b.words
			}
		}
	}
	if kept < 2*proseWords || float64(unsure) > unsureShare*float64(kept) || float64(outside) > outsideShare*float64(kept) {
		return nil, false
	}
	p.trimHeadings(keep)
	return keep, true
}

// learn gives the template with one more page in it. keep is what consensus chose, before lines were trimmed.
func (t *template) learn(p *page, keep []bool, address uint64) *template {
	next := &template{places: map[uint64]spot{}, lines: map[uint64]line{}}
	if t != nil {
		*next = *t
		next.places, next.lines = maps.Clone(t.places), maps.Clone(t.lines)
	}
	if next.last != address {
		next.pages++
		next.last = address
	}
	here := map[uint64]bool{}
	for i := range p.blocks {
		b := &p.blocks[i]
		at := p.place(b)
		s, known := next.places[at]
		if !known && len(next.places) >= maxPlaces {
			continue
		}
		if keep[i] {
			s.kept += b.words
		} else {
			s.dropped += b.words
		}
		if !here[at] {
			here[at] = true
			s.pages++
		}
		next.places[at] = s
	}
	return next
}

// repeated drops short lines without figures that stood on enough other pages of the host, and gives the
// template with this page's lines counted. A page that would lose much is left whole: it is a copy.
func (t *template) repeated(p *page, keep []bool, address uint64) *template {
	next := *t
	next.lines = maps.Clone(t.lines)
	if next.lines == nil {
		next.lines = map[uint64]line{}
	}
	var drop []int
	lost, all := 0, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if !keep[i] {
			continue
		}
		all += b.words
		if b.words > repeatWords || hasDigit(b.text) {
			continue
		}
		l, known := next.lines[b.line]
		if !known && len(next.lines) >= maxLines {
			continue
		}
		if l.add(address) {
			next.lines[b.line] = l
		}
		if l.count >= repeatPages {
			drop = append(drop, i)
			lost += b.words
		}
	}
	if lost*5 <= all {
		for _, i := range drop {
			keep[i] = false
		}
	}
	return &next
}

// add notes an address, and tells whether it is new.
func (l *line) add(address uint64) bool {
	for _, s := range l.seen[:l.count] {
		if s == address {
			return false
		}
	}
	if l.count == repeatPages {
		return false
	}
	l.seen[l.count] = address
	l.count++
	return true
}

func hasDigit(s string) bool {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			return true
		}
	}
	return false
}
