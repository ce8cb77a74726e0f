package extract

import (
	"strings"
	"unicode/utf8"
)

// markLabels marks numbers that count nothing: telephone numbers, document and house numbers, names with a
// figure in them, scores, list numbering, ratios of pages. Each rule looks only at the tokens around.
func (r *reader) markLabels(s *sentence) {
	phone := r.mentionsPhone(s)
	for i := s.first; i < s.last; i++ {
		t := &r.tokens[i]
		if _, n := r.lx.gr.idioms.at(r.tokens[:s.last], i); n > 0 {
			r.mark(i, i+n, markName)
			i += n - 1
			continue
		}
		if _, num := r.lx.num[t.norm]; num && r.capitalName(i, s) {
			r.marks[i] = markName
			continue
		}
		if _, num := r.lx.num[t.norm]; num && i > s.first && t.upper && len(t.text) > 2 && r.acronym(t) && r.acronym(&r.tokens[i-1]) && r.lx.deep && !r.titleShout(s) {
			r.marks[i] = markName // "PIER NINE, Mar 4"
			continue
		}
		if t.norm == "half" && i > s.first && r.lx.deep && (r.is(wordThis, i-1) || r.is(wordNext, i-1) || r.norm(i-1) == "first" || r.norm(i-1) == "second" || r.norm(i-1) == "opening") {
			r.marks[i] = markLabel // half a year or a game
		}
		if t.kind != numberToken || r.marks[i] != markNone {
			continue
		}
		if n := r.forged(i, s); n > 0 {
			r.mark(i, i+n, markName)
			i += n - 1
			continue
		}
		if n := r.phoneAt(i, s, phone); n > 0 {
			r.mark(r.phoneStart(i, s), i+n, markPhone)
			i += n - 1
			continue
		}
		if n := r.slashAt(i, s); n > 0 {
			r.mark(i, i+n, markLabel)
			i += n - 1
			continue
		}
		if n := r.scoreAt(i, s); n > 0 {
			r.mark(i, i+n, markScore)
			i += n - 1
			continue
		}
		if r.listNumber(i, s) || r.bracketed(i, s) || r.leadingZero(i) || r.address(i, s) {
			r.mark(i, i+1, markLabel)
			continue
		}
		if n := r.houseRange(i, s); n > 0 {
			r.mark(i, i+n, markLabel)
			i += n - 1
			continue
		}
		if r.contest(i, s) || r.index(i, s) {
			r.mark(i, i+1, markName)
			continue
		}
		if n := r.labelled(i, s); n > 0 {
			r.mark(i, i+n, markLabel)
			i += n - 1
			continue
		}
		if r.named(i, s) {
			n := r.labelLength(i, s)
			r.mark(i, i+n, markName)
			i += n - 1
			continue
		}
		if r.namedBefore(i, s) {
			r.marks[i] = markName
		}
	}
}

// capitalName reports a number word in the middle of a name: "the Kick Six". In headlines capitals say nothing.
func (r *reader) capitalName(i int, s *sentence) bool {
	t := &r.tokens[i]
	if i-1 <= s.first || !t.upper || !r.lx.deep || t.gap != blankGap || r.titleCase(s) {
		return false
	}
	prev := &r.tokens[i-1]
	if _, verb := r.lx.gr.verbs[prev.norm]; prev.kind != wordToken || !prev.upper || verb && !r.determiner(r.norm(i-2)) {
		return false
	}
	_, num := r.lx.num[prev.norm]
	return !num && !r.lx.gr.stop[prev.norm] && !r.unitFollows(i+1) && !r.countedAhead(i+1, s.last) && r.norm(i+1) != "-" && !r.timeWord(i-1) && r.month(i-1) == 0
}

// namedBefore reports the figure of a name that the sentence has used before, with the same word behind it: "iPhone 7 Pro
// and 7 Pro Plus".
func (r *reader) namedBefore(i int, s *sentence) bool {
	for j := i - 1; j >= max(s.first, i-12); j-- {
		if r.marks[j] == markName && r.norm(j) == r.norm(i) && i+1 < s.last && r.tokens[i+1].kind == wordToken && r.norm(j+1) == r.norm(i+1) {
			return true
		}
	}
	return false
}

func (r *reader) mark(first, last int, m mark) {
	for k := first; k < last; k++ {
		r.marks[k] = m
	}
}

// slashAt marks figures parted by a slash that are no fraction: "63/25", "24/7", "1/9".
func (r *reader) slashAt(i int, s *sentence) int {
	p := r.parser(s)
	if _, _, _, ok := p.slashAt(i); ok && !(i > s.first+1 && r.norm(i-1) == "-" && r.tokens[i].gap == noGap && r.tokens[i-2].kind == numberToken) {
		return 0
	}
	j := i + 1
	for j+1 < s.last && (r.tokens[j].text == "/" || r.tokens[j].text == "⁄") && r.tokens[j].gap == noGap && r.tokens[j+1].kind == numberToken && r.tokens[j+1].gap == noGap {
		j += 2
	}
	if j == i+1 {
		return 0
	}
	if len(r.norm(i)) > 4 && j == i+3 {
		return 0
	}
	return j - i
}

// scoreAt marks "3-1" and "4:2" beside a word of play, and votes like "split 5-4".
func (r *reader) scoreAt(i int, s *sentence) int {
	if i+2 >= s.last {
		return 0
	}
	a, sep, b := &r.tokens[i], &r.tokens[i+1], &r.tokens[i+2]
	if b.kind != numberToken || sep.gap != a.gap && sep.gap != noGap || !plainDigits(a.norm) || !plainDigits(b.norm) || len(a.norm) > 3 || len(b.norm) > 3 {
		return 0
	}
	if sep.text == ":" && sep.gap == noGap && b.gap == noGap {
		return 3
	}
	if sep.norm != "-" || sep.gap != noGap || b.gap != noGap {
		return 0
	}
	if r.unitFollows(i+3) || r.norm(i+3) == "lead" {
		return 0
	}
	rising := atoi(a.norm) < atoi(b.norm)
	if !rising {
		if r.countedAhead(i+3, s.last) && !r.lx.deep {
			return 0
		}
		return 3
	}
	for k := max(s.first, i-6); k < min(s.last, i+7); k++ {
		if r.lx.gr.play[r.norm(k)] {
			return 3
		}
	}
	return 0
}

// listNumber reports the numbering of a list: "1. ", "2) " at the start of a paragraph or glued to a capital.
func (r *reader) listNumber(i int, s *sentence) bool {
	t := &r.tokens[i]
	if len(t.norm) > 2 {
		return false
	}
	if i+1 < s.last && r.tokens[i+1].kind == wordToken && r.tokens[i+1].gap == noGap && r.tokens[i+1].upper && utf8.RuneCountInString(r.tokens[i+1].text) > 2 &&
		strings.ToUpper(r.tokens[i+1].text) != r.tokens[i+1].text {
		return !r.unitFollows(i + 1)
	}
	if i+1 < s.last && r.norm(i+1) == ")" && len(t.norm) == 1 && !r.hasSign("(", s.first, i) && i+2 < s.last && (i == s.first || r.tokens[i].gap != noGap) {
		return true // "1) ...; 2) ..."
	}
	if i != s.first || i+2 >= s.last {
		return false
	}
	n := &r.tokens[i+1]
	if n.text == ")" && n.gap == noGap {
		return true
	}
	return n.text == "." && n.gap == noGap && r.tokens[i+2].upper && r.tokens[i+2].gap == blankGap && (i == 0 || t.gap == paraGap) && !r.lx.ordinalPoint()
}

// leadingZero reports identifiers such as "00431177" and "007".
func (r *reader) leadingZero(i int) bool {
	s := r.norm(i)
	if len(s) < 3 || s[0] != '0' || !plainDigits(s) {
		return false
	}
	if i > 0 && r.tokens[i].gap != paraGap && r.tokens[i-1].kind == numberToken {
		return false
	}
	if i > 1 && s == "000" && r.norm(i-1) == "," && r.tokens[i-2].kind == numberToken {
		return false // "80, 000"
	}
	return i > 0 || len(s) > 4 || len(r.tokens) > 1 && r.tokens[1].kind == wordToken
}

// address reports a house number: "12 Mill Row", "Ropewalk Place 7", "Quay 9".
func (r *reader) address(i int, s *sentence) bool {
	if next := i + 1; next+1 < s.last && r.tokens[next].upper && r.tokens[next].gap == blankGap {
		if after := &r.tokens[next+1]; r.lx.gr.compass[r.norm(next)] && (after.upper && !r.acronym(after) || after.kind == numberToken && r.tokens[min(next+2, len(r.tokens)-1)].gap == noGap) ||
			r.lx.gr.streetBefore[r.norm(next)] && after.upper && after.kind == wordToken {
			return true
		}
	}
	for k := i + 1; k < s.last && k < i+5 && r.tokens[k].kind == wordToken && r.tokens[k].upper && r.tokens[k].gap == blankGap; k++ {
		if r.lx.gr.street[r.norm(k)] {
			return k > i+1 || k+1 < s.last && r.tokens[k+1].upper && r.tokens[k+1].kind == wordToken && !r.pluralAt(k+1) && !r.titleCase(s)
		}
	}
	if i > s.first && r.tokens[i-1].upper && r.lx.gr.street[r.norm(i-1)] {
		return true
	}
	if i > s.first+1 && r.tokens[i-1].upper && r.lx.gr.street[r.norm(i-2)] {
		return !r.countedAhead(i+1, s.last)
	}
	return i > s.first+2 && r.norm(i-1) == "," && r.tokens[i-2].upper && r.lx.gr.street[r.norm(i-3)]
}

// houseRange reports the length of "16-18" in "16-18 Industrial Avenue".
func (r *reader) houseRange(i int, s *sentence) int {
	if i+3 < s.last && r.norm(i+1) == "-" && r.tokens[i+1].gap == noGap && r.tokens[i+2].kind == numberToken && r.tokens[i+2].gap == noGap && len(r.norm(i+2)) <= 3 && r.address(i+2, s) {
		return 3
	}
	return 0
}

// labelled marks a figure behind a word that numbers things: "No. 63", "page 4", "day 8", "стаття 5".
func (r *reader) labelled(i int, s *sentence) int {
	k := i - 1
	if k >= s.first && (r.norm(k) == "." || r.norm(k) == "#" || r.norm(k) == "(") && r.tokens[k].gap == noGap {
		k--
	}
	if k < s.first {
		return 0
	}
	if r.norm(i-1) == "#" {
		return 1
	}
	for j := i - 1; j >= max(s.first, i-8); j-- { // "Article 212 and not 212"
		if r.marks[j] == markLabel && r.tokens[j].kind == numberToken && r.norm(j) == r.norm(i) && len(r.norm(i)) > 1 && !r.countedAhead(i+1, s.last) && !r.unitFollows(i+1) {
			return 1
		}
	}
	w := r.norm(k)
	if _, n := r.lx.src.contrast.before(r.tokens, s.first, i); n > 0 && r.norm(i-n-1) == "," {
		return 0 // es: "12 personas, no 20"
	}
	if !r.lx.deep && k > s.first && r.tokens[k].upper && r.lx.gr.labelAlways[r.norm(k-1)] && len(r.norm(i)) >= 3 {
		return 1 // "Закон України 1060"
	}
	if !r.lx.gr.label[w] {
		// "districts 3 and 4", "pages 3 to 5"
		if k >= s.first+2 && (r.lx.and[w] || w == "," || w == "-" || r.lx.is(wordTo, w) || r.lx.is(wordOr, w)) && r.marks[k-1] == markLabel && r.tokens[k-1].kind == numberToken && !r.countedAhead(i+1, s.last) {
			return 1
		}
		return 0
	}
	if r.lx.gr.labelAlways[w] {
		return r.labelLength(i, s)
	}
	if r.tokens[k].upper && r.norm(i+1) == "s" && r.tokens[min(i+1, len(r.tokens)-1)].gap == noGap && r.lx.deep {
		return 2 // "5,000 Model 3s"
	}
	if r.unitFollows(i + 1) {
		return 0
	}
	if r.countedAhead(i+1, s.last) && !(r.lx.of[r.norm(i+1)] && !r.lx.deep) {
		return 0
	}
	if _, n := r.lx.suffixes[r.norm(i+1)]; n && r.tokens[i+1].gap == noGap {
		return 0
	}
	if w2, ok := r.lx.num[r.norm(i+1)]; ok && w2.kind == "scale" || strings.Contains(r.norm(i), ",") {
		return 0
	}
	if k > s.first && r.determiner(r.norm(k-1)) && (r.is(wordThe, k-1) || r.is(wordA, k-1)) && r.lx.gr.labelBare[w] {
		return 0
	}
	return r.labelLength(i, s)
}

// labelLength takes "63/25", "3.2", "4A" and "12-14" into the label.
func (r *reader) labelLength(i int, s *sentence) int {
	j := i + 1
	for j+1 < s.last && r.tokens[j].gap == noGap && (r.norm(j) == "/" || r.norm(j) == "-") && r.tokens[j+1].gap == noGap && (r.tokens[j+1].kind == numberToken || len(r.norm(j+1)) <= 2) {
		j += 2
	}
	return j - i
}

// bracketed reports a number of a document in brackets: "(6301)".
func (r *reader) bracketed(i int, s *sentence) bool {
	t := &r.tokens[i]
	return i > s.first && i+1 < s.last && r.norm(i-1) == "(" && r.norm(i+1) == ")" && t.gap == noGap && len(t.norm) >= 4 && plainDigits(t.norm) && r.lx.cases
}
