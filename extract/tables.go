package extract

import (
	"strings"

	"tallywire/claims"
)

// A cell is where a quantity stands in a table.
type cell struct {
	row, column int
	heads       [2]int // tokens of the column's heading, half open
	label       [2]int // tokens of the row's first cell
}

// blockKind is the kind of the paragraph a sentence stands in.
func (r *reader) blockKind(s *sentence) claims.BlockKind {
	if s.para < len(r.blocks) {
		return r.blocks[s.para].Kind
	}
	return claims.BlockParagraph
}

// partOf is the part of the document that a block plays.
func partOf(kind claims.BlockKind) claims.PartKind {
	switch kind {
	case claims.BlockHeading:
		return claims.PartHeading
	case claims.BlockList:
		return claims.PartList
	case claims.BlockCaption:
		return claims.PartCaption
	case claims.BlockRow:
		return claims.PartTable
	case claims.BlockQuote:
		return claims.PartQuote
	}
	return claims.PartBody
}

// cellOf finds the cell of a quantity that stands in a table row. The first of the rows that follow each other
// holds the headings.
func (r *reader) cellOf(q *quantity) (cell, bool) {
	s := &r.sents[q.sent]
	if r.blockKind(s) != claims.BlockRow {
		return cell{}, false
	}
	top := s.para
	for top > 0 && top-1 < len(r.blocks) && r.blocks[top-1].Kind == claims.BlockRow {
		top--
	}
	start, end := r.paragraph(q.sent, s.para)
	c := cell{row: s.para - top}
	c.column = r.bars(start, q.num.first)
	c.label = r.cellSpan(start, end, 0)
	if c.row == 0 {
		return c, true
	}
	hs := q.sent
	for hs > 0 && r.sents[hs].para > top {
		hs--
	}
	a, b := r.paragraph(hs, top)
	c.heads = r.cellSpan(a, b, c.column)
	return c, true
}

// paragraph is the token range of the paragraph that sentence si belongs to.
func (r *reader) paragraph(si, para int) (int, int) {
	a, b := si, si
	for a > 0 && r.sents[a-1].para == para {
		a--
	}
	for b+1 < len(r.sents) && r.sents[b+1].para == para {
		b++
	}
	return r.sents[a].first, r.sents[b].last
}

func (r *reader) bars(first, last int) int {
	n := 0
	for k := first; k < last; k++ {
		if r.tokens[k].text == "|" {
			n++
		}
	}
	return n
}

// cellSpan is the token range of the nth cell.
func (r *reader) cellSpan(first, last, n int) [2]int {
	for k := first; k < last && n > 0; k++ {
		if r.tokens[k].text == "|" {
			n--
			first = k + 1
		}
	}
	if n > 0 {
		return [2]int{}
	}
	end := first
	for end < last && r.tokens[end].text != "|" {
		end++
	}
	return [2]int{first, end}
}

// readCell lets row and column headings say what a bare figure in a table counts and of whom.
func (r *reader) readCell(m *claims.Mention, q *quantity) {
	c, ok := r.cellOf(q)
	if !ok {
		return
	}
	if c.row == 0 || c.column == 0 {
		m.Checkworthy = c.row > 0 && m.Checkworthy && q.np.found()
		return
	}
	m.Subject = r.textOf(c.label[0], c.label[1])
	head := c.heads
	if head[1] <= head[0] {
		return
	}
	if m.Unit.Class == claims.UnitCount && !q.np.found() {
		r.unitFromHeading(m, head)
	}
	for k := head[0]; k < head[1]; k++ {
		if isYear(&r.tokens[k]) {
			y := r.norm(k)
			m.Date, m.Dated = claims.Period{From: y + "-01-01", To: y + "-12-31"}, true
		}
	}
	m.Checkworthy = true
}

// unitFromHeading reads "Dead", "Share (%)", "Revenue, million euros", "Buses burnt".
func (r *reader) unitFromHeading(m *claims.Mention, head [2]int) {
	for k := head[0]; k < head[1]; k++ {
		if key := r.lx.src.states[r.norm(k)]; key != "" {
			m.Predicate, m.Head, _ = strings.Cut(key, " ")
			m.Unit.Name = m.Head
			return
		}
		if key, n := r.lx.currency.at(r.tokens[:head[1]], k); n > 0 {
			m.Unit, m.Head = claims.Unit{Class: claims.UnitCurrency, Name: moneyName(key)}, ""
			r.scaleFromHeading(m, head)
			return
		}
		if key, n := r.lx.units.at(r.tokens[:head[1]], k); n > 0 {
			class, name, _ := strings.Cut(key, " ")
			m.Unit, m.Head = claims.Unit{Class: claims.UnitClass(class), Name: name}, ""
			r.scaleFromHeading(m, head)
			return
		}
	}
	r.scaleFromHeading(m, head)
	r.predicateFromHeading(m, head)
	if np := r.headingNoun(head); np.found() {
		m.Head, m.Modifiers, m.Unit.Name = np.head, np.mods, np.name()
		if m.Head == "people" {
			m.Head = "person"
		}
	} else if r.lx.src.personVerbs[m.Predicate] {
		m.Head, m.Unit.Name = "person", "person"
	}
}

// headingNoun is the counted thing that a heading or label names: "Houses destroyed", "Закрито шкіл", "Zerstörte Häuser".
func (r *reader) headingNoun(head [2]int) nounPhrase {
	np := nounPhrase{headAt: -1}
	for k := head[0]; k < head[1]; k++ {
		if r.tokens[k].kind != wordToken || r.lx.gr.stop[r.norm(k)] {
			return np
		}
		v, verb := r.lx.gr.verbs[r.norm(k)]
		if verb && (v.past || v.part) || verbSlavic(r.norm(k), r.lx) || r.lx.verbSecond && k+1 < head[1] && adjectiveGerman(r.norm(k)) && r.tokens[k+1].upper {
			continue
		}
		if np = r.nounPhrase(k, head[1], false); np.found() || !adjectiveSlavic(r.norm(k), r.lx) {
			return np
		}
	}
	return np
}

// predicateFromHeading is the verb form in a heading or label: "Evacuated: 1,450".
func (r *reader) predicateFromHeading(m *claims.Mention, head [2]int) {
	for k := head[0]; k < head[1]; k++ {
		if v, ok := r.lx.gr.verbs[r.norm(k)]; ok && (v.past || v.part) {
			m.Predicate = v.lemma
			m.PredicateSpan = &claims.Span{int(r.tokens[k].start), int(r.tokens[k].end)}
			return
		}
	}
}

// maxLabel is the most words of a label before a colon.
const maxLabel = 6

// readLabel lets the label before a colon say what a figure counts: "Schools closed: 12", "Загиблих: 41".
func (r *reader) readLabel(m *claims.Mention, q *quantity, s *sentence) {
	colon := q.first - 1
	if colon <= s.first || r.norm(colon) != ":" || colon-s.first > maxLabel || q.class != claims.UnitCount || m.Predicate != "" && m.Head != "" {
		return
	}
	label := [2]int{s.first, colon}
	for k := label[0]; k < label[1]; k++ {
		if r.tokens[k].kind != wordToken || r.lx.src.organisation[r.norm(k)] && r.voiceEnds(colon, s) {
			return
		}
	}
	if q.np.found() {
		r.predicateFromHeading(m, label)
		return
	}
	r.unitFromHeading(m, label)
}

// voiceEnds reports that what stands before a colon was taken for who speaks.
func (r *reader) voiceEnds(colon int, s *sentence) bool {
	for i := range r.voices[r.sentAt(colon)] {
		if v := &r.voices[r.sentAt(colon)][i]; v.source[0] == s.first && v.source[1] == colon {
			return true
		}
	}
	return false
}

// scaleFromHeading multiplies by a scale word in the heading: "million euros", "in thousands".
func (r *reader) scaleFromHeading(m *claims.Mention, head [2]int) {
	for k := head[0]; k < head[1]; k++ {
		exp := int64(0)
		if w := r.lx.num[r.norm(k)]; w.kind == "scale" {
			exp = w.value
		} else if w, ok := r.lx.suffixes[r.norm(k)]; ok && len(r.norm(k)) > 3 {
			exp = w.value
		}
		if exp == 0 {
			continue
		}
		for _, n := range []*claims.Number{&m.Value.Low, &m.Value.Best, &m.Value.High} {
			if n.Known() {
				*n = scaled(*n, exp)
			}
		}
		return
	}
}
