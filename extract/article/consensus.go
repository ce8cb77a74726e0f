package article

import (
	"tallywire/claims"
)

// choose says which blocks are the article: what the extractors agree on (the candidate nearest to all the
// others), mended block by block with what the structure of the page says and with how many hold a block.
// The rules and their figures are in doc/articles.md.
func (p *page) choose(cs []candidate, container int) []bool {
	keep := make([]bool, len(p.blocks))
	if len(p.blocks) == 0 {
		return keep
	}
	p.shingle()
	best := medoid(cs)
	voices := make([]int, len(p.blocks))
	bare := make([]bool, len(p.blocks)) // what the medoid holds, but lists of links
	for i := range p.blocks {
		b := &p.blocks[i]
		inside := container >= 0 && p.within(b.elem, container)
		held, chosen := 0, false
		for j := range cs {
			if cs[j].holds(b) {
				held++
				chosen = chosen || j == best
			}
		}
		voices[i] = held
		bare[i] = chosen && b.linked*2 <= b.words && b.part&partHidden == 0
		keep[i] = b.accept(held, len(cs), chosen, inside)
	}
	p.fill(keep, container)
	p.fillLists(keep, voices, container)
	p.fillPrices(keep, container)
	p.trimHeadings(keep)
	if kept, chosen := p.wordsIn(keep), p.wordsIn(bare); chosen > rescue && kept*4 < chosen {
		return bare
	}
	return keep
}

// rescue: where the rules leave less than a quarter of what the chosen extractor holds, and that is more than
// so many words, they have mistaken the page, and its choice stands as it is.
const rescue = 40

func (p *page) wordsIn(keep []bool) int {
	n := 0
	for i := range keep {
		if keep[i] {
			n += p.blocks[i].words
		}
	}
	return n
}

// accept decides on one block: held by how many of n extractors, among them the medoid, and whether it
// stands in the container that the page's structure points to.
func (b *block) accept(held, n int, chosen, inside bool) bool {
	const short = 20 // words; a shorter line needs a second voice (measured in the prototype)
	linky, onlyLinks := b.linked*2 > b.words, b.linked*4 >= b.words*3 && b.words >= 4 && b.kind != claims.BlockHeading
	strong, weak := b.part&(partStrong|partHidden) != 0, b.part&(partWeak|partHead) != 0 || b.part&partFigure != 0 && b.kind != claims.BlockCaption
	switch {
	case n <= 1: // readability alone, or no extractor at all
		return inside && !strong && !linky && !(weak && b.words < short) && (n == 0 || chosen || b.words >= 3)
	case b.part&partHidden != 0:
		return false
	case strong:
		return chosen && held >= 3 && b.words >= short && !linky && !inside
	case b.kind == claims.BlockCaption:
		return (chosen && held >= 2 || held >= 3 && inside) && !linky
	case weak:
		return chosen && held >= 2 && !linky && b.words >= 8
	case !inside && b.words < proseWords && !b.joined:
		return chosen && held == n && !linky
	case chosen && (b.words >= short || held >= 2):
		return !linky || held >= 3 && !onlyLinks
	case chosen:
		return inside && !linky
	case inside && b.kind == claims.BlockQuote && b.words >= proseWords:
		return held >= 1 && !linky // extractors disagree about posts that a text quotes
	case inside:
		return held >= 2 && !linky
	}
	return false
}

// trimHeadings drops headings that no text of the article follows.
func (p *page) trimHeadings(keep []bool) {
	follows := false
	for i := len(keep) - 1; i >= 0; i-- {
		if !keep[i] {
			if p.blocks[i].kind == claims.BlockHeading {
				follows = false
			}
			continue
		}
		if p.blocks[i].kind == claims.BlockHeading {
			keep[i] = follows
		} else {
			follows = true
		}
	}
}
