package article

import (
	"net/url"
	"slices"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/go-shiori/dom"
	distiller "github.com/markusmobius/go-domdistiller"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of the extractors, measured: go-trafilatura and go-domdistiller are quadratic in paragraphs (8,000:
// 3.1 s and 2.9 s) and cannot be cancelled; readability takes 59 ms there, and 1.2 s for 100,000 links.
const (
	maxBlocksAll   = 2_000   // text blocks that all four may see
	maxElementsAll = 20_000  // elements that all four may see
	maxWordsAll    = 40_000  // words that all four may see: 1.3 million took 3.2 s, and the longest article met had 20,000
	maxElementsOne = 100_000 // elements that readability may see; beyond, no extractor runs
	maxWordsOne    = 200_000
)

// A candidate is what one extractor takes for the article.
type candidate struct {
	grams []uint64 // sorted, each once
	lines map[uint64]bool
}

// candidates runs the extractors that the size of the page allows on copies of it: all four, readability
// alone, or none. An extractor that fails gives an empty candidate.
func candidates(p *page, address string) []candidate {
	base, err := url.Parse(address)
	if err != nil || base.Host == "" {
		base = &url.URL{Scheme: "https", Host: "page.invalid", Path: "/"}
	}
	if len(p.elems) > maxElementsOne || p.words > maxWordsOne {
		return nil
	}
	var rd *html.Node
	guard(func() {
		parser := readability.NewParser()
		if a, err := parser.ParseAndMutate(dom.Clone(p.root, true), base); err == nil {
			rd = a.Node
		}
	})
	if len(p.elems) > maxElementsAll || len(p.blocks) > maxBlocksAll || p.words > maxWordsAll {
		return []candidate{newCandidate(rd)}
	}
	var dd, balanced, precise *html.Node
	guard(func() {
		if r, err := distiller.Apply(dom.Clone(p.root, true), &distiller.Options{OriginalURL: base, SkipPagination: true}); err == nil {
			dd = r.Node
		}
	})
	guard(func() {
		if r, err := trafilatura.ExtractDocument(p.root, trafilatura.Options{OriginalURL: base, ExcludeComments: true, HtmlDateMode: trafilatura.Disabled}); err == nil {
			balanced = r.ContentNode
		}
	})
	guard(func() {
		if r, err := trafilatura.ExtractDocument(p.root, trafilatura.Options{OriginalURL: base, ExcludeComments: true, HtmlDateMode: trafilatura.Disabled,
			Focus: trafilatura.FavorPrecision, EnableFallback: true, FallbackCandidates: &trafilatura.FallbackCandidates{Readability: rd, Distiller: dd}}); err == nil {
			precise = r.ContentNode
		}
	})
	return []candidate{newCandidate(balanced), newCandidate(precise), newCandidate(rd), newCandidate(dd)}
}

// guard runs one extractor. They are other people's code on hostile pages: a panic in one leaves it without
// a vote, no more.
func guard(run func()) {
	defer func() { _ = recover() }()
	run()
}

func newCandidate(n *html.Node) candidate {
	c := candidate{lines: map[uint64]bool{}}
	if n == nil {
		return c
	}
	var line []byte
	var all, words []uint64
	end := func() {
		words = wordHashes(words[:0], string(line))
		line = line[:0]
		if len(words) > 0 {
			c.lines[joinHashes(words)] = true
			all = append(all, words...)
		}
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			line = append(line, n.Data...)
			return
		}
		_, isBlock := blockKinds[n.DataAtom]
		if isBlock || n.DataAtom == atom.Br {
			end()
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child)
		}
		if isBlock {
			end()
		}
	}
	walk(n)
	end()
	c.grams = shingles(all)
	slices.Sort(c.grams)
	c.grams = slices.Compact(c.grams)
	return c
}

// holds tells whether a candidate holds a block: half of its shingles, or the whole line where it has none.
func (c *candidate) holds(b *block) bool {
	if len(b.grams) == 0 {
		return c.lines[b.line]
	}
	hits := 0
	for _, g := range b.grams {
		if _, ok := slices.BinarySearch(c.grams, g); ok {
			hits++
		}
	}
	return hits*2 >= len(b.grams)
}

// agreement is the share of shingles that two candidates have in common (Dice).
func agreement(a, b []uint64) float64 {
	both, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			both++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}

// medoid is the candidate that agrees most with the others, -1 where none holds anything.
func medoid(cs []candidate) int {
	best, top := -1, -1.0
	for i := range cs {
		if len(cs[i].grams) == 0 {
			continue
		}
		sum := 0.0
		for j := range cs {
			if i != j {
				sum += agreement(cs[i].grams, cs[j].grams)
			}
		}
		if sum > top {
			best, top = i, sum
		}
	}
	return best
}
