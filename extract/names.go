package extract

import (
	"strings"
	"unicode/utf8"
)

// contest reports rounds and tournaments named by a figure: "the last 16", "a last-32 tie", "Euro 2020".
func (r *reader) contest(i int, s *sentence) bool {
	t := &r.tokens[i]
	if i-1 < s.first {
		return false
	}
	if isYear(t) && t.norm > "1956" && t.norm < "2060" && atoi(t.norm)%4 == 0 && r.tokens[i-1].text == "Euro" && (r.lx.deep || r.lx.code == "fr") {
		return true
	}
	if !r.lx.deep || t.norm != "8" && t.norm != "16" && t.norm != "32" && t.norm != "64" {
		return false
	}
	if r.norm(i-1) == "-" && t.gap == noGap && i-2 >= s.first && r.is(wordLast, i-2) {
		return true
	}
	if !r.is(wordLast, i-1) || r.unitFollows(i+1) || r.countedAhead(i+1, s.last) {
		return false
	}
	for k := s.first; k < s.last; k++ {
		if r.lx.gr.play[r.norm(k)] {
			return true
		}
	}
	return false
}

// index reports the figure in the name of a list of companies or shares: "the Nasdaq 100", "Fortune 500".
func (r *reader) index(i int, s *sentence) bool {
	t := &r.tokens[i]
	return i > s.first && r.lx.gr.index[r.norm(i-1)] && plainDigits(t.norm) && len(t.norm) >= 2 && len(t.norm) <= 4 && t.gap == blankGap && !r.unitFollows(i+1) && r.norm(i+1) != "points" && r.norm(i+1) != "point"
}

// named reports a figure that is part of a name: "Boeing 737", "COVID-19", "S&P 500", "Gate 4".
func (r *reader) named(i int, s *sentence) bool {
	t := &r.tokens[i]
	if i == s.first || strings.ContainsAny(t.norm, ",'") || len(t.norm) > 4 || t.gap == paraGap || strings.Contains(t.norm, ".") && t.gap != noGap {
		return false
	}

	p := i - 1
	if r.norm(p) == "-" && r.tokens[p].gap == noGap && t.gap == noGap && p > s.first {
		p--
	} else if t.gap != blankGap && t.gap != hardGap {
		return false
	}
	prev := &r.tokens[p]
	if prev.kind != wordToken || !prev.upper && !innerCapital(prev.text) || r.lx.gr.stop[prev.norm] || r.lx.cal.weekdays[prev.norm] > 0 || r.lx.cal.months[prev.norm] > 0 {
		return false
	}
	if p == i-1 && !r.acronym(prev) && len(prev.text) > 1 && r.sharesOut(s) {
		return false
	}
	if _, n := r.lx.currency.before(r.tokens, s.first, p+1); n > 0 && r.lx.moneyCode(prev) && prev.text != "PS" {
		return false
	}
	if len(prev.text) == 1 && p-1 >= s.first && r.norm(p-1) == "&" {
		return true // "S&P 500"
	}
	if p == s.first && p == i-1 || r.titleCase(s) {
		return r.acronym(prev) && p != i-1 || r.acronym(prev) && !r.countedAhead(i+1, s.last) && !r.unitFollows(i+1) && p > s.first
	}
	if _, _, isAge := r.commaAge(i, s); isAge {
		return false
	}
	if p != i-1 {
		return !r.unitFollows(i+1) || r.acronym(prev)
	}
	if r.unitFollows(i+1) || r.countedAhead(i+1, s.last) && !r.acronym(prev) && !innerCapital(prev.text) {
		return false
	}
	if _, ok := r.lx.num[r.norm(i+1)]; ok {
		return false
	}
	if w, ok := r.lx.suffixes[r.norm(i+1)]; ok && w.value > 0 && r.tokens[i+1].gap == noGap && p == i-1 {
		return false
	}
	if v, ok := r.lx.gr.verbs[prev.norm]; ok && v.lemma != "" && p == i-1 && r.lx.deep && !r.acronym(prev) && prev.norm != "gate" {
		return false
	}
	if r.lx.src.parties[prev.norm] != "" && p == i-1 {
		return false
	}
	return p != i-1 || r.determiner(r.norm(p-1)) || !r.verbAfter(i+1, s)
}

// verbAfter reports a verb right behind a bare figure: "Kyiv 12 died".
func (r *reader) verbAfter(k int, s *sentence) bool {
	if k >= s.last {
		return false
	}
	w := r.norm(k)
	v, ok := r.lx.gr.verbs[w]
	return ok && v.past || r.lx.is(wordWere, w) || r.lx.is(wordHave, w) || r.lx.is(wordAre, w)
}

// innerCapital reports names such as "iPhone".
func innerCapital(s string) bool {
	for i, c := range s {
		if i > 0 && c >= 'A' && c <= 'Z' {
			return true
		}
	}
	return false
}

func (r *reader) acronym(t *token) bool {
	return utf8.RuneCountInString(t.text) >= 2 && strings.ToUpper(t.text) == t.text
}

// titleCase reports a headline in which most words are capitalised, so that a capital says nothing.
func (r *reader) titleCase(s *sentence) bool {
	upper, words := 0, 0
	for k := s.first; k < s.last; k++ {
		t := &r.tokens[k]
		if t.kind == wordToken && len(t.text) > 3 {
			words++
			if t.upper {
				upper++
			}
		}
	}
	return words >= 4 && upper*10 >= words*7
}

// commaAge reads the age behind a name: "Yaroslav, 34, who"; it gives the tokens of the figure.
func (r *reader) commaAge(i int, s *sentence) (first, last int, ok bool) {
	t := &r.tokens[i]
	if t.kind != numberToken || !plainDigits(t.norm) || len(t.norm) > 3 || i-2 < s.first || r.norm(i-1) != "," || atoi(t.norm) > 120 {
		return 0, 0, false
	}
	prev := &r.tokens[i-2]
	if prev.kind != wordToken {
		return 0, 0, false
	}
	closed := i+1 >= s.last
	if !closed {
		switch r.norm(i + 1) {
		case ",", ".", ")", ";", ":", "!", "?":
			closed = true
		}
	}
	if !closed {
		return 0, 0, false
	}
	person := prev.upper || r.lx.src.person[prev.norm] || i-3 >= s.first && (r.is(wordThe, i-3) || r.is(wordA, i-3)) && len(t.norm) == 2 && r.lx.deep && !r.pluralAt(i-2) && (r.norm(i+1) == "," || worker(prev.norm)) && !r.lx.is(sums, prev.norm) ||
		r.lx.deep && len(t.norm) == 2 && r.norm(i+1) == "," && (strings.HasSuffix(prev.norm, "man") || r.lx.is(young, prev.norm))
	if r.norm(i+1) == "," && i+2 < s.last && r.tokens[i+2].kind == numberToken {
		return 0, 0, false
	}
	if r.lx.cal.months[prev.norm] > 0 || r.lx.cal.weekdays[prev.norm] > 0 {
		return 0, 0, false
	}
	return i, i + 1, person && !r.lx.gr.label[prev.norm]
}

// worker knows words for people by what they do from their endings: "foreman", "driver", "pianist".
func worker(w string) bool {
	for _, e := range []string{"man", "woman", "er", "or", "ist", "ian", "eer"} {
		if strings.HasSuffix(w, e) && len(w) > len(e)+2 {
			return true
		}
	}
	return false
}

// sharesOut reports a sentence that gives shares or seats, where a name before a figure is whose it is.
func (r *reader) sharesOut(s *sentence) bool {
	for k := s.first; k < s.last; k++ {
		if r.norm(k) == "%" || r.is(shares, k) {
			return true
		}
	}
	return false
}

// titleShout reports a line in capitals throughout.
func (r *reader) titleShout(s *sentence) bool {
	for k := s.first; k < s.last; k++ {
		if t := &r.tokens[k]; t.kind == wordToken && len(t.text) > 3 && !r.acronym(t) {
			return false
		}
	}
	return true
}
