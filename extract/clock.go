package extract

import (
	"strings"
	"unicode/utf8"
)

// clockAt returns the length of the time of day at i: "14:35", "5 p.m.", "10 Uhr", "18h30", "a las 7".
func (r *reader) clockAt(i int, s *sentence) int {
	t := &r.tokens[i]
	if t.kind != numberToken || len(t.norm) > 5 || strings.ContainsAny(t.norm, ",'") {
		return 0
	}
	n := 1
	if i+2 < s.last && r.tokens[i+1].text == ":" && r.tokens[i+1].gap == noGap && r.tokens[i+2].kind == numberToken && r.tokens[i+2].gap == noGap && len(r.tokens[i+2].norm) == 2 && len(t.norm) <= 2 {
		n = 3
		if i+4 < s.last && r.tokens[i+3].text == ":" && r.tokens[i+4].kind == numberToken && r.tokens[i+4].gap == noGap {
			n = 5
		}
	}
	if key, k := r.lx.cal.clock.at(r.tokens[:s.last], i+n); k > 0 && r.tokens[i+n].gap != paraGap && hour(t.norm) {
		first := r.norm(i + n)
		letters := utf8.RuneCountInString(first)
		_ = key
		switch {
		case n > 1, r.lx.code == "en", r.lx.code == "de", k > 1, first == "am", first == "pm":
			return n + k
		case r.lx.code == "fr" && letters == 1 && first == "h":
			if r.clockLead(i, s) {
				return n + k
			}
		case r.clockLead(i, s) && !r.lx.is(hoursOrSpan, first):
			return n + k
		}
	}
	if n > 1 {
		return n
	}
	next := r.norm(i + 1)
	if r.lx.code == "en" && i+1 < s.last && r.tokens[i+1].gap == noGap && next == "ish" && hour(t.norm) && atoi(t.norm) <= 12 && !r.countedAhead(i+2, s.last) {
		return 2
	}
	if r.lx.code == "en" && i+1 < s.last && r.tokens[i+1].gap == noGap && (r.lx.is(wordA, next) || next == "p" || next == "ish") && r.clockLead(i, s) && hour(t.norm) {
		return 2
	}
	if i+1 < s.last && r.tokens[i+1].gap == noGap && len(next) == 3 && next[0] == 'h' && plainDigits(next[1:]) {
		return 2 // 18h30
	}
	if r.lx.code == "fr" && i+2 < s.last && next == "h" && r.tokens[i+2].kind == numberToken && len(r.norm(i+2)) == 2 && hour(t.norm) {
		return 3 // "23 h 45"
	}
	if r.lx.code == "es" && (r.norm(i-1) == "las" || r.norm(i-1) == "la") && i > s.first && hour(t.norm) && !r.unitFollows(i+1) && !r.esPlural(i+1, s) {
		return 1
	}
	if hour(t.norm) && r.clockLead(i, s) && r.timeOfDay(i+1, s) {
		return 1
	}
	return 0
}

// esPlural reports a feminine plural noun that "las 7" may count: "las 7 personas".
func (r *reader) esPlural(k int, s *sentence) bool {
	if k >= s.last || r.tokens[k].kind != wordToken || r.lx.gr.stop[r.norm(k)] {
		return false
	}
	return strings.HasSuffix(r.norm(k), "s") && r.norm(k) != "menos"
}

// hour reports a figure that may be a time of day: 0 to 24, or with minutes behind a full stop.
func hour(s string) bool {
	whole, minutes, found := strings.Cut(s, ".")
	if !plainDigits(whole) || len(whole) > 2 || atoi(whole) > 24 {
		return len(s) == 4 && plainDigits(s) && atoi(s[:2]) < 24 && atoi(s[2:]) < 60
	}
	return !found || len(minutes) == 2 && plainDigits(minutes) && atoi(minutes) < 60
}

// clockLead reports a preposition of time before i.
func (r *reader) clockLead(i int, s *sentence) bool {
	return i > s.first && r.lx.cal.clockLead[r.norm(i-1)]
}

// timeOfDay reports what shows that a bare figure is an hour: a part of the day behind it, or the end of a
// sentence that names a day.
func (r *reader) timeOfDay(k int, s *sentence) bool {
	for j := k; j < s.last && j < k+4; j++ {
		if r.lx.cal.dayParts[r.norm(j)] {
			return true
		}
		if !r.lx.gr.stop[r.norm(j)] && r.tokens[j].kind == wordToken {
			break
		}
	}
	if k < s.last && r.tokens[k].kind == wordToken && !r.lx.cal.on[r.norm(k)] && !r.connects(r.norm(k)) && !r.lx.cal.last[r.norm(k)] && !r.lx.cal.next[r.norm(k)] {
		return false
	}
	if r.unitFollows(k) || r.lx.code == "en" && r.figureNotHour(k-1, s) {
		return false
	}
	for j := s.first; j < s.last; j++ {
		if r.lx.cal.dayParts[r.norm(j)] || r.weekday(j) {
			return true
		}
	}
	return false
}

// figureNotHour reports a bare figure behind "by", "from", "at" and their like that is a size and no hour: "rose by 12 on
// Monday", "stood at 18 on Tuesday", "about 20 on Friday".
func (r *reader) figureNotHour(i int, s *sentence) bool {
	switch r.norm(i - 1) {
	case "about", "around":
		if v, ok := r.verbAt(i - 2); atoi(r.norm(i)) > 12 || ok && r.lx.src.personVerbs[v.lemma] {
			return true
		}
	case "from":
		if r.is(wordTo, i+1) && i+2 < s.last && !hour(r.norm(i+2)) {
			return true
		}
	}
	for k := i - 1; k >= max(s.first, i-8); k-- {
		switch lemma := r.lx.gr.verbs[r.norm(k)].lemma; {
		case lemma == "", lemma == "go", lemma == "move", lemma == "bring":
		case r.movesTo(lemma), lemma == "stand", lemma == "put", lemma == "remain", lemma == "stay", lemma == "hold", lemma == "close", lemma == "number":
			return true
		}
	}
	return false
}

func (r *reader) weekday(k int) bool {
	return k >= 0 && k < len(r.tokens) && r.lx.cal.weekdays[r.norm(k)] > 0 && r.weekdayFits(k)
}

// glueDates marks the bare figures that belong to a date or time beside them: "from 3 to 5pm", "Friday 23",
// "le 5 et le 9 mai".
func (r *reader) glueDates(s *sentence) {
	for i := s.first; i < s.last; i++ {
		t := &r.tokens[i]
		if t.kind != numberToken || r.marks[i] != markNone || len(t.norm) > 5 || !dayOrHour(t.norm) {
			continue
		}
		if r.unitFollows(i + 1) {
			continue
		}
		k := i + 1
		for k < s.last && k < i+4 && (r.connects(r.norm(k)) || r.lx.cal.on[r.norm(k)] && k > i+1 || r.is(wordThe, k) || r.norm(k) == "las" || r.norm(k) == "le" || r.norm(k) == "el") {
			k++
		}
		if r.weekday(i-1) && r.tokens[i].gap == blankGap && isDay(t) || r.lx.cal.dayParts[r.norm(i-1)] && hour(t.norm) && i+2 < s.last && r.norm(i+1) == "-" && r.tokens[i+1].gap == noGap {
			if !r.countedAhead(i+1, s.last) {
				r.mark(i, i+r.dateTail(i, s), markDate)
				continue
			}
		}
		if k > i+1 && k < s.last && (r.marks[k] == markDate || r.marks[k] == markClock) && r.tokens[k].kind == numberToken {
			r.marks[i] = markDate
			continue
		}
		k = i - 1
		for k > s.first && k > i-4 && (r.connects(r.norm(k)) || r.norm(k) == "las" || r.norm(k) == "le" || r.norm(k) == "el") {
			k--
		}
		if k < i-1 && k >= s.first && r.marks[k] == markClock && !r.countedAhead(i+1, s.last) {
			r.marks[i] = markClock
			continue
		}
		if isDay(t) && (r.weekday(i-1) && r.tokens[i].gap == blankGap && r.norm(i-1) != "sun" || r.is(wordThe, i-1) && r.weekday(i-2) || r.norm(i+1) == "," && r.weekday(i+2) && r.lx.code == "fr") && !r.countedAhead(i+1, s.last) {
			r.marks[i] = markDate
			continue
		}
		if isDay(t) && r.singularArticle(i) && (!r.countedAhead(i+1, s.last) || r.lx.of[r.norm(i+1)] || r.lx.cal.dayParts[r.norm(i+1)] || r.weekday(i+1) || r.lx.cal.months[r.norm(i+1)] > 0) {
			r.mark(i, i+r.dateTail(i, s), markDate)
		}
	}
}

// dateTail is the length of a figure with what is glued to it: "6-8", "12/05", "20/11".
func (r *reader) dateTail(i int, s *sentence) int {
	j := i + 1
	for j+1 < s.last && (r.norm(j) == "-" || r.norm(j) == "/") && r.tokens[j].gap == noGap && r.tokens[j+1].kind == numberToken && r.tokens[j+1].gap == noGap {
		j += 2
	}
	return j - i
}

func dayOrHour(s string) bool { return hour(s) || len(s) <= 2 && plainDigits(s) && atoi(s) <= 31 }

// connects reports the words that join two times.
func (r *reader) connects(w string) bool {
	return w == "-" || r.lx.is(joinsTimes, w)
}

// singularArticle reports "le 23", "el 15", "del 4": a singular article before a figure names a day.
func (r *reader) singularArticle(i int) bool {
	prev := r.norm(i - 1)
	switch r.lx.code {
	case "en":
		return r.lx.is(wordThe, prev) && r.is(wordOn, i-2) && r.norm(i+1) != "-"
	case "fr":
		return prev == "le" || prev == "du" && r.norm(i-2) != "plus"
	case "es":
		return prev == "el" || prev == "del"
	}
	return false
}
