package article

import (
	"regexp"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"tallywire/claims"
)

var markAttrs = sync.OnceValue(func() map[string]bool { return words().set("time attributes") })

// markOf notes the time stamp that an element carries.
func (c *cutter) markOf(n *html.Node, elem int) {
	if len(n.Attr) == 0 {
		return
	}
	if n.DataAtom == atom.Time {
		if v := attr(n, "datetime"); v != "" {
			c.page.marks = append(c.page.marks, mark{block: len(c.page.blocks), stamp: v, elem: elem, start: len(c.line) == 0})
		}
		return
	}
	for i := range n.Attr {
		if a := &n.Attr[i]; strings.HasPrefix(a.Key, "data-") && markAttrs()[a.Key] || a.Key == "datetime" {
			if len(a.Val) >= 8 && len(a.Val) < 40 {
				c.page.marks = append(c.page.marks, mark{block: len(c.page.blocks), stamp: a.Val, elem: elem, start: true, scope: true})
				return
			}
		}
	}
}

var clockHead = regexp.MustCompile(`^\W{0,3}([01]?\d|2[0-3])[:.]([0-5]\d)(?:\s?([aApP])\.?[mM]\.?\b)?(?:\s?(?:GMT|UTC|BST|CET|CEST|EET|EEST|MSK|Uhr|h)\b)?\s*[|:–—-]?\s*`)

// hasClock is a cheap look before clockHead.
func hasClock(s string) bool {
	i := strings.IndexAny(clip(s, 8), "0123456789")
	return i >= 0 && strings.IndexAny(clip(s[i:], 4), ":.") > 0
}

// An entry is where the text of a live blog's entry begins.
type entry struct {
	block int // first block that belongs to it
	until int // one past the last block, where the markup says so, else 0
	stamp stamp
	only  bool // a time of day without a date
	strip bool // the time stands at the front of the block's text
}

// entries finds the entries of a live blog: the stamps of one kind (one attribute, one class of time element,
// one sort of line that begins with a time of day) with most pieces of the article between them. A page
// that calls itself live needs two of them, another four.
func (p *page) entries(keep []bool, m *meta, container int) []entry {
	groups := map[string][]entry{}
	live := m.linked.live || strings.Contains(strings.ToLower(m.canonical), "live")
	for _, k := range p.marks {
		e := &p.elems[k.elem]
		if !k.start || container >= 0 && !p.within(k.elem, container) && e.part&partLive == 0 {
			continue
		}
		st, _, _, ok := findStamp(k.stamp, false)
		if !ok || !st.clock {
			continue
		}
		name, until := "t ", 0
		if k.scope {
			name, until = "a ", p.endOf(k.elem, k.block)
		}
		name += e.node.Data + "." + attr(e.node, "class")
		groups[name] = append(groups[name], entry{block: k.block, until: until, stamp: st})
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		if container >= 0 && !p.within(b.elem, container) {
			continue
		}
		node := p.elems[b.elem].node
		live = live || p.elems[b.elem].part&partLive != 0 || b.part&partLive != 0
		if !hasClock(b.text) {
			continue
		}
		if g := clockHead.FindStringSubmatch(b.text); g != nil && (b.kind == claims.BlockHeading || len(g[0]) == len(b.text) || b.words <= 12) {
			half := ""
			if g[3] != "" {
				half = g[3] + "m"
			}
			st := stamp{}.at(g[1], g[2], "", half, "")
			name := "c " + node.Data + "." + attr(node, "class")
			groups[name] = append(groups[name], entry{block: i, stamp: st, only: true, strip: true})
		}
	}
	need, most, best := 4, 0, ""
	if live {
		need = 2
	}
	for name, g := range groups {
		n := 0
		for i := range g {
			end := len(p.blocks)
			if i+1 < len(g) {
				end = g[i+1].block
			}
			for j := g[i].block; j < end; j++ {
				if keep[j] && p.blocks[j].words >= 4 && p.blocks[j].kind != claims.BlockHeading {
					n++
					break
				}
			}
		}
		// Ties go to the stamp with a date: "a" before "c" before "t" would be chance, so compare names last.
		if n >= need && (n > most || n == most && (best == "" || g[0].only != groups[best][0].only && !g[0].only || g[0].only == groups[best][0].only && name < best)) {
			most, best = n, name
		}
	}
	return dated(groups[best], m)
}

// endOf is one past the last block inside an element, where from is the first that may be.
func (p *page) endOf(elem, from int) int {
	end := from
	for end < len(p.blocks) && p.within(p.blocks[end].elem, elem) {
		end++
	}
	return end
}

// dated gives times of day their dates. A live blog runs forward or back: the day changes where the clock
// jumps against that. Back from the page's last change, forward from its publication.
func dated(es []entry, m *meta) []entry {
	if len(es) == 0 || !es[0].only {
		return es
	}
	down := 0
	for i := 1; i < len(es); i++ {
		switch a, b := es[i-1].stamp.time, es[i].stamp.time; {
		case b.Before(a):
			down++
		case b.After(a):
			down--
		}
	}
	day := m.published
	if down >= 0 && !m.modified.IsZero() {
		day = m.modified
	}
	if day.IsZero() {
		return nil
	}
	base := day.Truncate(24 * time.Hour)
	for i := range es {
		clock := es[i].stamp.time.Sub(stamp{}.time)
		if i == 0 && down >= 0 && base.Add(clock).After(day.Add(time.Hour)) && !isDay(day) {
			base = base.AddDate(0, 0, -1) // the first entry is from the evening before the change
		}
		if i > 0 {
			before := es[i-1].stamp.time.Sub(base)
			if down >= 0 && clock > before {
				base = base.AddDate(0, 0, -1)
			} else if down < 0 && clock < before {
				base = base.AddDate(0, 0, 1)
			}
		}
		es[i].stamp.time = base.Add(clock)
	}
	return es
}

// live gives the blocks of a live blog their times, and takes stamps out of the text. Where JSON-LD holds
// entries that the markup does not (the page loads them later), the text is made of those. The times are by
// block, nil for a page that is no live blog.
func (p *page) live(keep []bool, m *meta, container int) ([]bool, []time.Time) {
	if more, times := p.linkedLive(keep, m); times != nil {
		return more, times
	}
	es := p.entries(keep, m, container)
	if len(es) == 0 {
		return keep, nil
	}
	times := make([]time.Time, len(p.blocks))
	for i, e := range es {
		end := len(p.blocks)
		if i+1 < len(es) {
			end = es[i+1].block
		}
		if e.until > 0 {
			end = min(end, e.until)
		}
		for j := e.block; j < end; j++ {
			times[j] = e.stamp.time
			b := &p.blocks[j]
			if g := clockHead.FindString(b.text); g != "" && j <= e.block+1 && b.words <= 25 {
				if rest := b.text[len(g):]; rest == "" || isStampLine(rest) {
					keep[j] = false
				} else if e.strip && j == e.block {
					b.text = rest
				}
			}
		}
	}
	return keep, times
}

// linkedLive makes the text from JSON-LD's entries where the kept blocks hold less than two thirds of them.
func (p *page) linkedLive(keep []bool, m *meta) ([]bool, []time.Time) {
	const enough = 2.0 / 3
	if len(m.linked.updates) < 2 {
		return keep, nil
	}
	p.shingle()
	have := map[uint64]bool{}
	for i := range p.blocks {
		if keep[i] {
			for _, g := range p.blocks[i].grams {
				have[g] = true
			}
		}
	}
	all, held := 0, 0
	owner := map[uint64]int{}
	for i, u := range m.linked.updates {
		for _, g := range shingles(wordHashes(nil, u.body)) {
			all++
			if have[g] {
				held++
			}
			owner[g] = i
		}
	}
	if all == 0 {
		return keep, nil
	}
	stamps := make([]time.Time, len(m.linked.updates))
	for i, u := range m.linked.updates {
		stamps[i], _ = parseStamp(u.published)
	}
	if float64(held) >= enough*float64(all) {
		times := make([]time.Time, len(p.blocks))
		for i := range p.blocks {
			if b := &p.blocks[i]; len(b.grams) > 0 {
				if u, ok := owner[b.grams[0]]; ok {
					times[i] = stamps[u]
				}
			}
		}
		return keep, headingTimes(p, keep, times)
	}
	var blocks []block
	var times []time.Time
	add := func(b block, t time.Time) {
		blocks, times = append(blocks, b), append(times, t)
	}
	for i := range p.blocks { // what stands before the first entry
		if b := &p.blocks[i]; keep[i] {
			if len(b.grams) > 0 {
				if _, ok := owner[b.grams[0]]; ok {
					break
				}
			}
			if len(blocks) >= 12 || p.blocks[i].part&partLive != 0 {
				break
			}
			add(*b, time.Time{})
		}
	}
	for len(blocks) > 0 && blocks[len(blocks)-1].kind == claims.BlockHeading { // the first entry's, already
		blocks, times = blocks[:len(blocks)-1], times[:len(times)-1]
	}
	for i, u := range m.linked.updates {
		if u.headline != "" && !strings.HasPrefix(folded(u.body), folded(u.headline)) {
			add(block{kind: claims.BlockHeading, text: u.headline, words: countWords(u.headline)}, stamps[i])
		}
		for line := range strings.SplitSeq(u.body, "\n") {
			if line != "" {
				add(block{kind: claims.BlockParagraph, text: line, words: countWords(line)}, stamps[i])
			}
		}
	}
	p.blocks = blocks
	keep = make([]bool, len(blocks))
	for i := range keep {
		keep[i] = true
	}
	return keep, times
}

// headingTimes gives headings, and lines too short for shingles, the time of the text that follows them.
func headingTimes(p *page, keep []bool, times []time.Time) []time.Time {
	for i := len(times) - 2; i >= 0; i-- {
		if keep[i] && times[i].IsZero() && (p.blocks[i].kind == claims.BlockHeading || len(p.blocks[i].grams) == 0) {
			times[i] = times[i+1]
		}
	}
	return times
}
