package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"tallywire/claims"
)

// Lengths in words that tell lines from paragraphs.
const (
	shortLine    = 12 // the same on a page without such a paragraph,
	shortest     = 6  // and on one without even that
	longLine     = 25 // a paragraph of the article; the head is over at the first one, the tail begins behind the last
	anywhereLine = 30 // longest line that the rules for anywhere may drop
	topLine      = 15
	endLine      = 60
	labelWords   = 4 // a line behind the text that is no sentence
)

// trim drops the lines of a page's furniture that stand in the chosen text: the title once more, bylines and
// dates at the top, offers anywhere, contacts and rights at the end.
func (p *page) trim(keep []bool, m *meta) {
	list := words()
	top := newNames(m)
	at := p.headline(top)
	first, last := -1, -1
	for _, least := range []int{longLine, shortLine, shortest} { // a flash has short paragraphs
		for i := range keep {
			if b := &p.blocks[i]; keep[i] && b.words >= least && b.kind != claims.BlockHeading && (least == longLine || i > at && !list.is("end", b.text) && !list.is("about writer", b.text)) {
				if first < 0 {
					first = i
				}
				if least < longLine || b.words > endLine || first == i || strings.ContainsFunc(b.text, unicode.IsDigit) || !list.is("about writer", b.text) { // a note on the writer is as long as a paragraph
					last = i
				}
			}
		}
		if first >= 0 {
			break
		}
	}
	behind := 0 // lines behind the last paragraph; more than a few are a list
	for i := last + 1; i < len(keep); i++ {
		if keep[i] {
			behind++
		}
	}
	p.onlyThis(keep, m, top)
	if at >= 0 && (first < 0 || at < first) {
		for i := range keep[:at] { // what stands above the headline is the page's head
			keep[i] = keep[i] && p.blocks[i].words >= longLine
		}
	}
	p.onceOnly(keep)
	judged := map[uint64]bool{} // lines that were judged before: pages repeat them by the thousand
	for i := range keep {
		b := &p.blocks[i]
		if !keep[i] {
			continue
		}
		head, tail := first < 0 || i < first, i > last
		switch {
		case b.kind == claims.BlockRow:
		case b.words == 0,
			b.words <= 4 && clockOnly.MatchString(b.text),
			p.elems[b.elem].node.DataAtom == atom.H1 && (head || top.title(b.text)),
			(head || b.kind == claims.BlockHeading) && top.title(b.text),
			b.words <= anywhereLine && once(judged, b.line, func() bool { return list.is("anywhere", b.text) }),
			b.words <= topLine && b.kind == claims.BlockParagraph && once(judged, b.line+3, func() bool { return top.stampLine(b.text) }),
			head && b.words <= topLine && once(judged, b.line+1, func() bool { return list.is("top", b.text) || top.names(b.text) || isStampLine(b.text) }),
			tail && last >= 0 && b.words <= topLine && top.names(b.text),
			tail && last >= 0 && b.words <= topLine && m.site != "" && strings.HasPrefix(b.text, m.site) && !ended(b.text),
			tail && last >= 0 && behind <= 3 && b.words <= labelWords && b.kind == claims.BlockParagraph && !ended(b.text),
			tail && last >= 0 && b.words <= endLine && b.kind != claims.BlockQuote && once(judged, b.line+2, func() bool { return list.is("end", b.text) || list.is("about writer", b.text) }):
			keep[i] = false
		}
	}
	p.trimHeadings(keep)
}

// onceOnly keeps the first of a line that stands again and again, as one caption below every picture does. Two
// or three like lines may be meant, and so are questions that are put to one person after the other: a rule for all repeated lines costs numbers (recall .970 -> .925, measured).
func (p *page) onceOnly(keep []bool) {
	const many, least = 4, 6                 // times, words
	const manyLong, leastLong = 3, 2 * least // the same of a long line
	count := map[uint64]int{}
	for i := range keep {
		if b := &p.blocks[i]; keep[i] && b.words >= least && b.kind != claims.BlockRow && !strings.HasSuffix(b.text, "?") {
			count[b.line]++
		}
	}
	seen := map[uint64]bool{}
	for i := range keep {
		if line := p.blocks[i].line; keep[i] && (count[line] >= many || count[line] >= manyLong && p.blocks[i].words >= leastLong) {
			keep[i] = !seen[line] || p.blocks[i].kind == claims.BlockRow
			seen[line] = true
		}
	}
}

// headline is the first block that is one of the page's titles, -1 for none.
func (p *page) headline(names pageNames) int {
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.words >= 2 && b.words <= 40 && b.part&(partStrong|partHidden) == 0 && (p.elems[b.elem].node.DataAtom == atom.H1 || names.title(b.text)) {
			return i
		}
	}
	return -1
}

// onlyThis drops other articles that the page shows in full below its own: article elements with headings of
// their own, where one of them bears the page's title. The entries of a live blog are no such articles.
func (p *page) onlyThis(keep []bool, m *meta, names pageNames) {
	if m.linked.live || strings.Contains(strings.ToLower(m.canonical), "live") {
		return
	}
	outer := make([]int, len(p.elems)) // the outermost article element around each element, -1 for none
	own, headed, groups := map[int]bool{}, map[int]bool{}, map[int]bool{}
	for i := range p.elems {
		e := &p.elems[i]
		outer[i] = -1
		if e.parent >= 0 {
			outer[i] = outer[e.parent]
		}
		if outer[i] < 0 && e.node.DataAtom == atom.Article {
			outer[i] = i
		}
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		g := outer[b.elem]
		if g < 0 || b.part&partLive != 0 {
			continue
		}
		headed[g] = headed[g] || b.kind == claims.BlockHeading
		own[g] = own[g] || b.words >= 2 && b.words <= 40 && names.title(b.text)
		groups[g] = groups[g] || keep[i] && b.words >= proseWords
	}
	mine := 0
	for g := range own {
		if own[g] && groups[g] {
			mine++
		}
	}
	if mine != 1 || len(groups) < 2 {
		return
	}
	for i := range keep {
		if g := outer[p.blocks[i].elem]; keep[i] && g >= 0 && !own[g] && headed[g] && p.blocks[i].part&partLive == 0 {
			keep[i] = false
		}
	}
}

// pageNames is what a page calls itself and its people, folded.
type pageNames struct {
	titles []string
	others map[string]bool
}

func newNames(m *meta) pageNames {
	n := pageNames{others: map[string]bool{}}
	for _, t := range m.titles {
		if f := folded(t); f != "" {
			n.titles = append(n.titles, f)
		}
	}
	for _, o := range append([]string{m.site, m.section, m.author}, m.authors...) {
		if f := folded(o); f != "" {
			n.others[f] = true
			n.others["by "+f] = true
		}
	}
	return n
}

// title tells whether a line is one of the page's titles, or one but for a site's name at an end.
func (n pageNames) title(line string) bool {
	f := folded(line)
	for _, t := range n.titles {
		if f == t || len(f) >= 20 && (strings.HasPrefix(t, f) || strings.HasPrefix(f, t) && len(f) < len(t)+25 && len(t) >= 20) {
			return true
		}
	}
	return false
}

func (n pageNames) names(line string) bool { return n.others[folded(line)] }

// stampLine tells a line of nothing but dates, or of a date and a name of the page's.
func (n pageNames) stampLine(line string) bool {
	if isStampLine(line) {
		return true
	}
	if _, _, _, ok := findStamp(line, false); !ok {
		return false
	}
	f := folded(line)
	for name := range n.others {
		if strings.Contains(name, " ") && strings.Contains(f, name) && countWords(f) <= countWords(name)+9 {
			return true
		}
	}
	return false
}

// ended tells whether a line ends like a sentence.
func ended(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " )]»”\"'"))
	return strings.ContainsRune(".!?…:;", r)
}

// folded is a text in lower case with one space for all that is neither letter nor digit.
func folded(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(unicode.ToLower(r))
			gap = false
		} else if r != '\'' && r != '’' {
			gap = true
		}
	}
	return b.String()
}

// once remembers what was found for a key.
func once(seen map[uint64]bool, key uint64, find func() bool) bool {
	found, ok := seen[key]
	if !ok {
		found = find()
		seen[key] = found
	}
	return found
}
