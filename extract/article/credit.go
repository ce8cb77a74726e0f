package article

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"tallywire/claims"
)

// dateline is the agency in the opening of a wire text: "KYIV, May 24 (Wireline) - ", "МОСКВА, 13 марта. /Восход/.".
var dateline = regexp.MustCompile(`^\p{Lu}[\p{Lu}\p{M} .,'’-]+[^()/]{0,40}[(/]([\p{Lu}][^()/]{1,40})[)/]\s*[-–—.:]`)

// credit is whom a page names as its text's true author, "" where that is the page itself or nobody: a
// line of sign-off or of additional reporting, an agency in the byline, an agency in the dateline.
func (p *page) credit(keep []bool, m *meta, container int) string {
	list := words()
	last := -1 // the last paragraph of the text
	for i := range p.blocks {
		if keep[i] && p.blocks[i].words >= proseWords {
			last = i
		}
	}
	for i := len(p.blocks) - 1; i >= 0; i-- {
		b := &p.blocks[i]
		if p.farInside(i) || b.words > 30 || b.words == 0 || b.part&(partStrong|partHidden) != 0 || container >= 0 && !p.within(b.elem, container) && b.part&partWeak == 0 {
			continue
		}
		g := list.find("credit line", b.text)
		if g == nil {
			continue
		}
		for _, name := range g[1:] {
			name = m.outsider(name)
			// A name of several words is a person's, a place's or a picture's unless it sounds like an agency;
			// one word counts in a line of reporting, and in brackets behind the end of the text.
			if name != "" && !list.is("no credit", b.text) && (isAgency(name) || countWords(name) == 1 && (b.text[0] != '(' || i > last)) {
				return name
			}
		}
	}
	for _, a := range m.authors {
		from, _, via := strings.Cut(a, " via ")
		if via {
			return m.outsider(from)
		}
		if name := m.outsider(a); name != "" && isAgency(name) {
			return name
		}
	}
	for i := range p.blocks {
		if b := &p.blocks[i]; keep[i] && b.kind == claims.BlockParagraph && b.words >= proseWords {
			if g := dateline.FindStringSubmatch(clip(b.text, 200)); g != nil {
				return m.outsider(g[1])
			}
			break
		}
	}
	return ""
}

// farInside tells a block of a very long page that is neither among its first nor its last, where notes stand.
func (p *page) farInside(i int) bool {
	const ends = 500 // blocks
	return i > ends && i < len(p.blocks)-ends
}

// outsider is the bare name of a body that is not the publication itself, else "".
func (m *meta) outsider(name string) string {
	list := words()
	name = strings.Trim(list.without("credit trim", list.without("credit trim", name)), " .,;:()«»\"“”")
	f := folded(name)
	if f == "" || countWords(name) > 6 || !strings.ContainsFunc(name, unicode.IsLetter) || isStampLine(name) || m.isSite(name) {
		return ""
	}
	return name
}

var agencies = sync.OnceValue(func() map[string]bool { return words().set("agencies") })

// isAgency tells news agencies from people and papers.
func isAgency(name string) bool {
	list := words()
	return agencies()[strings.ToLower(name)] || list.is("agency name", name) || strings.HasSuffix(name, " Press") && countWords(name) <= 3
}

// correction is the page's note of what it had wrong, "" for none: the first block that reads like one, with
// the block after it where that is only its heading.
func (p *page) correction() string {
	list := words()
	for i := range p.blocks {
		b := &p.blocks[i]
		if p.farInside(i) || b.part&(partStrong|partHidden) != 0 || b.words > 150 || b.linked*2 > b.words || !list.is("correction", b.text) {
			continue
		}
		if b.words <= 4 {
			if i+1 == len(p.blocks) || p.blocks[i+1].words < 5 {
				continue
			}
			return b.text + " " + p.blocks[i+1].text
		}
		return b.text
	}
	return ""
}
