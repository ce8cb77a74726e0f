package extract

import (
	"strings"
	"time"

	"tallywire/claims"
)

// describe fills in what the sentence says about a quantity besides its size and unit.
func (r *reader) describe(m *claims.Mention, q *quantity, qi int) {
	s := &r.sents[q.sent]
	day := r.dayOf(s)
	c := r.clauseOf(q, s)
	r.predicate(m, q, c, s)
	r.listed(m, q, s)
	r.counted(m, q, qi, c, s)
	if w := r.norm(q.first - 1); q.compare == claims.Equal && q.first > s.first && (w == "not" || w == "не" || w == "nicht" || w == "than" && r.norm(q.first-2) == "rather" || w == "of" && r.norm(q.first-2) == "instead") {
		m.Negated = true // "4,000 workers, not 2,500"
	}
	r.subject(m, q, c, s)
	r.figureBefore(m, q, qi)
	r.modality(m, q, c, s)
	r.scope(m, q, c, s)
	if p := max(qi-1, 0); m.Predicate == "" && m.Scope == claims.ScopePart && p < qi && r.anaphoric(q) && q.sent-r.quants[p].sent <= 1 {
		m.Predicate = r.quants[p].predicate // "63 died. Of them, 19 were children."
	}
	r.date(m, q, s, day)
	r.basis(m, q, c, s)
	r.agent(m, q, c, s)
	f := r.factsOf(q.sent)
	m.Names = append([]string(nil), f.names...)
	m.Parties = append([]string{}, f.parties...)
	m.Place = r.place(q, s)
	if v := r.gappedVoice(q, s); v != nil {
		m.Attribution = *v
	} else if v := r.voiceOf(q, r.voices[q.sent]); v != nil {
		m.Attribution = v.attr
		if v.deny {
			m.Modality = claims.Denied
		} else if v.hedged && m.Modality == claims.Asserted {
			m.Modality = claims.Hedged
		}
	}
	m.Unsure = f.unsure
	m.Measure = strings.TrimSpace(m.Unit.Name + " " + m.Predicate)
	m.Concept = r.concept(q, c, s)
	m.Checkworthy = r.worthy(m, q, s)
}

// figureBefore gives "the correct figure is 1,800" the head of the count that the figure is about.
func (r *reader) figureBefore(m *claims.Mention, q *quantity, qi int) {
	if m.Head != "" || q.class != claims.UnitCount || r.lx.code != "en" {
		return
	}
	at := strings.LastIndexByte(m.Subject, ' ') + 1
	switch m.Subject[at:] {
	case "figure", "number", "total", "count", "tally", "Figure", "Number", "Total", "Count", "Tally":
	default:
		return
	}
	for j := qi - 1; j >= 0 && q.sent-r.quants[j].sent <= 2; j-- {
		if p := &r.quants[j]; p.class == claims.UnitCount && p.head != "" {
			m.Head = p.head
			if m.Predicate == "" {
				m.Predicate = p.predicate
			}
			return
		}
	}
}

// facts is what a sentence says whatever its figures: worked out once, however many they are.
type facts struct {
	names, parties []string
	unsure         bool
}

func (r *reader) factsOf(si int) *facts {
	if r.facts[si] == nil {
		s := &r.sents[si]
		r.facts[si] = &facts{r.properNames(s.first, s.last), r.partiesIn(s), r.unsureIn(s)}
	}
	return r.facts[si]
}

// dayOf is the day that relative dates of a sentence count from: the block's own time, else publication.
func (r *reader) dayOf(s *sentence) time.Time {
	if s.para < len(r.blocks) && !r.blocks[s.para].Time.IsZero() {
		return r.blocks[s.para].Time
	}
	return r.published
}

// sentAt is the sentence that holds token k.
func (r *reader) sentAt(k int) int {
	low, high := 0, len(r.sents)-1
	for low < high {
		mid := (low + high) / 2
		if r.sents[mid].last > k {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}

// counted settles the head: states ("dead" is a person who died), and what an elliptical figure counts.
func (r *reader) counted(m *claims.Mention, q *quantity, qi int, c clause, s *sentence) {
	if q.class != claims.UnitCount {
		return
	}
	head := q.np.head
	if head == "people" {
		m.Head = "person"
		r.stateMods(m, q)
	}
	if r.genitiveHead(m, q) {
		return
	}
	if key := r.lx.src.states[r.headNorm(q)]; key != "" {
		verb, thing, _ := strings.Cut(key, " ")
		m.Head = thing
		m.Modifiers = append(append([]string{}, q.np.mods...), head)
		if m.Predicate == "" || r.weakVerb(m.Predicate) {
			m.Predicate = verb
		}
		return
	}
	if head != "" && !q.np.partitive && head != "other" && head != "others" {
		return
	}
	if r.numberOf(m, q, s) {
		return
	}
	if h := r.dashComplement(q); h != "" {
		m.Head = h
		return
	}
	if n := qi + 1; q.last == q.num.last && r.norm(q.last) == "of" && n < len(r.quants) && r.quants[n].sent == q.sent && r.quants[n].first-q.last <= 3 && r.quants[n].np.found() {
		m.Head = r.quants[n].np.head // "1,150 of its 3,400 jobs"
		if m.Head == "people" {
			m.Head = "person"
		}
		return
	}
	if r.norm(q.first-1) == "magnitude" {
		m.Predicate, m.PredicateSpan = "", nil
		return // "a quake of magnitude 6.4 killed"
	}
	if noun, mods, ok := r.complement(q, c, s); ok {
		m.Head, m.Modifiers = noun, mods
		if key := r.lx.src.states[noun]; key != "" {
			m.Predicate, m.Head, _ = strings.Cut(key, " ")
		}
		return
	}
	if key, at := r.stateBehind(q, c); key != "" {
		verb, thing, _ := strings.Cut(key, " ")
		m.Head = thing
		if m.Predicate == "" || r.weakVerb(m.Predicate) || at < q.last+3 || r.norm(q.last) == "," && opensPart(r.norm(q.last+1)) {
			m.Predicate = verb
			m.PredicateSpan = &claims.Span{r.tokens[at].start, r.tokens[at].end}
		}
		return
	}
	if head != "" && head != "other" && head != "others" {
		return
	}
	if r.norm(q.num.last) == "of" && (r.norm(q.num.last+1) == "us" || r.norm(q.num.last+1) == "you") {
		m.Head = "person"
		return
	}
	if h, verb := r.ofWhole(q, s); h != "" {
		m.Head = h
		if verb != "" {
			m.Predicate = verb
		}
		return
	}
	if r.lx.src.personVerbs[m.Predicate] && !r.thingBefore(qi) {
		m.Head = "person"
		return
	}
	if h := r.headBefore(qi); h != "" {
		m.Head = h
		if p := &r.quants[qi-1]; m.Predicate == "" && p.sent == q.sent && p.head == h && r.secondVoice(p.last, q.first) {
			m.Predicate = p.predicate // "Kyiv says 303 were freed, Moscow says 307"
		}
		return
	}
	if r.lx.src.personVerbs[m.Predicate] {
		m.Head = "person"
	}
}

// numberOf reads "кількість загиблих зросла до 47": the figure counts what stands in the genitive before the verb.
func (r *reader) numberOf(m *claims.Mention, q *quantity, s *sentence) bool {
	if len(r.lx.gr.numberOf) == 0 {
		return false
	}
	for k := q.first - 1; k >= max(s.first, q.first-12); k-- {
		if r.marks[k] == markUsed || r.norm(k) == ";" {
			return false
		}
		if !r.lx.gr.numberOf[r.norm(k)] {
			continue
		}
		for j := k + 1; j < min(k+4, q.first); j++ {
			if key := r.lx.src.states[r.norm(j)]; key != "" {
				m.Predicate, m.Head, _ = strings.Cut(key, " ")
				return true
			}
			if lemma, known := r.lx.gr.irregular[r.norm(j)]; known {
				m.Head = lemma
				return true
			}
		}
		return false
	}
	return false
}

// secondVoice reports a reporting verb or a noun such as "count" between two figures.
func (r *reader) secondVoice(first, last int) bool {
	for k := first; k < last; k++ {
		if r.reports(k) || r.lx.src.sayNoun[r.norm(k)] {
			return true
		}
	}
	return false
}

// stateMods turns "displaced people" into what befell them.
func (r *reader) stateMods(m *claims.Mention, q *quantity) {
	for _, w := range q.np.mods {
		if key := r.lx.src.states[w]; key != "" && (m.Predicate == "" || r.weakVerb(m.Predicate)) {
			m.Predicate, _, _ = strings.Cut(key, " ")
		}
	}
}

// stateBehind finds a state behind an elliptical figure: "22 are missing", "640 hurt", "12 were dead".
func (r *reader) stateBehind(q *quantity, c clause) (string, int) {
	if r.norm(q.last) == "," && opensPart(r.norm(q.last+1)) {
		end := r.sents[q.sent].last
		for k := q.last + 2; k+1 < end && k < q.last+10; k++ { // "17, including four children, hurt"
			if r.norm(k) == "," {
				if key := r.lx.src.states[r.norm(k+1)]; key != "" {
					return key, k + 1
				}
				break
			}
		}
	}
	for k := q.last; k < c.last && k < q.last+7; k++ {
		if key := r.lx.src.states[r.norm(k)]; key != "" {
			return key, k
		}
		if r.tokens[k].kind != wordToken || r.marks[k] != markNone {
			break
		}
		if _, ok := r.verbAt(k); ok && !r.auxiliary(r.norm(k)) && !r.weakVerb(r.lx.gr.verbs[r.norm(k)].lemma) {
			break
		}
	}
	return "", 0
}

// opensPart reports the words that open "including four children" between commas.
func opensPart(w string) bool {
	switch w {
	case "including", "among", "серед", "зокрема", "среди", "включая":
		return true
	}
	return false
}

// dashComplement reads "270 — військові": what stands behind a dash says what a bare figure counts.
func (r *reader) dashComplement(q *quantity) string {
	if r.lx.code != "uk" && r.lx.code != "ru" || r.norm(q.last) != "-" || r.tokens[q.last].gap == noGap {
		return ""
	}
	return r.lx.gr.irregular[r.norm(q.last+1)]
}

func (r *reader) headNorm(q *quantity) string {
	if q.np.headAt >= 0 && q.np.head != "" {
		return r.norm(q.np.headAt)
	}
	return ""
}

// weakVerb reports verbs that say only that there is such a figure.
func (r *reader) weakVerb(lemma string) bool {
	switch lemma {
	case "have", "report", "leave", "know", "count", "confirm", "record", "stand", "reach", "see", "put", "rise", "include", "register", "be", "climb", "name", "list", "get", "give", "raise", "make", "make up",
		"бути", "мати", "досягти", "скласти", "достигнуть", "составить", "быть", "иметь":
		return true
	}
	return false
}

// complement reads "270 of those let go were soldiers": the figure counts soldiers.
func (r *reader) complement(q *quantity, c clause, s *sentence) (string, []string, bool) {
	if r.lx.code != "en" {
		return "", nil, false
	}
	for k := q.last; k < c.last && k < q.last+10; k++ {
		switch r.norm(k) {
		case "were", "are", "was":
			np := r.nounPhrase(k+1, s.last, false)
			if np.found() && r.pluralAt(np.headAt) && np.headAt-k <= 3 {
				return np.head, np.mods, true
			}
			return "", nil, false
		}
		if r.tokens[k].kind == numberToken {
			return "", nil, false
		}
	}
	return "", nil, false
}

// headBefore is the head of the nearest earlier count in this or the previous two sentences.
func (r *reader) headBefore(qi int) string {
	q := &r.quants[qi]
	reach := 0
	if r.anaphoric(q) || r.norm(q.last) == "a" && r.unitFollows(q.last+1) {
		reach = 2
	}
	if reach == 0 && qi > 0 && q.verb > 0 && q.sent-r.quants[qi-1].sent <= 2 && r.quants[qi-1].verb > 0 && r.lx.gr.verbs[r.norm(q.verb)].lemma == r.lx.gr.verbs[r.norm(r.quants[qi-1].verb)].lemma {
		reach = 2 // "500 lorries came ... On Monday 93 came"
	}
	if v, ok := r.verbAt(q.last); reach == 0 && ok && v.past {
		reach = 1 // "Organisers said 150,000 came": of what the sentence before counts
	}
	for j := qi - 1; j >= 0 && q.sent-r.quants[j].sent <= reach; j-- {
		if p := &r.quants[j]; p.class == claims.UnitCount && p.head != "" {
			return p.head
		}
	}
	return ""
}

// anaphoric reports words that tie an elliptical figure to one before it: "another 22", "of them 19", "the other 120".
func (r *reader) anaphoric(q *quantity) bool {
	for k := max(0, q.first-3); k < min(len(r.tokens), q.last+3); k++ {
		if r.lx.gr.anaphora[r.norm(k)] {
			return true
		}
	}
	return false
}

// thingBefore reports that the count before this one is of things, in the same sentence.
func (r *reader) thingBefore(qi int) bool {
	h := ""
	if qi > 0 && r.quants[qi-1].sent == r.quants[qi].sent {
		h = r.quants[qi-1].head
	}
	return h != "" && !r.lx.src.person[h]
}

// subject finds what a figure without a counted noun is said of: "turnout was 66.2 per cent", "the toll stands at 63".
func (r *reader) subject(m *claims.Mention, q *quantity, c clause, s *sentence) {
	if r.lx.code != "en" || q.class == claims.UnitCount && q.np.found() && !q.np.partitive {
		return
	}
	if r.norm(q.first-1) == "of" && q.class != claims.UnitCount {
		if r.nominalSubject(m, q, c); m.Subject != "" {
			return
		}
	}
	if first, last := r.ownerOf(q, s); first < last {
		r.setSubject(m, q, first, last)
		return
	}
	verb := -1
	for k := q.first - 1; k >= c.first; k-- {
		w := r.norm(k)
		_, isVerb := r.verbAt(k)
		if isVerb && !(r.lx.gr.verbs[w].part && k > c.first && r.pluralAt(k-1) && !r.auxiliary(r.norm(k-1)) && r.verbFollows(k+1, q.first)) || r.auxiliary(w) {
			verb = k
			break
		}
	}
	if verb <= c.first || r.reports(verb) {
		r.nominalSubject(m, q, c)
		return
	}
	end := verb
	for end > c.first && (r.betweenSubjectAndVerb(end-1, s) || r.auxiliary(r.norm(end-1))) {
		end--
	}
	if r.norm(end-1) == "to" { // "sales are expected to grow"
		for k := end - 2; k >= max(c.first+1, end-6); k-- {
			if r.auxiliary(r.norm(k)) {
				end = k
				break
			}
		}
	}
	for end > c.first && (r.norm(end-1) == "who" || r.norm(end-1) == "which" || r.auxiliary(r.norm(end-1))) {
		end--
	}
	first := end
	for first > c.first && end-first < 14 {
		w := r.norm(first - 1)
		if r.tokens[first-1].kind == signToken && w != "-" || w == "that" || w == "and" || r.reports(first-1) || r.marks[first-1] == markUsed {
			break
		}
		first--
	}
	for first < end && (r.lx.gr.stop[r.norm(first)] || r.timeWord(first)) {
		first++
	}
	for first < end && (r.timeWord(end-1) || r.lx.cal.on[r.norm(end-1)] || r.lx.cal.since[r.norm(end-1)]) {
		end--
	}
	if first < end {
		r.setSubject(m, q, first, end)
	}
	if q.verb == 0 && verb > 0 && !r.reports(verb) && m.Predicate == "" {
		if v, ok := r.verbAt(verb); ok {
			m.Predicate = v.lemma
		}
	}
	if verb >= c.first && m.Subject != "" && r.objectSubject(m, q, verb, c) {
		return
	}
}

// objectSubject prefers the object before "at" or "as": "put the number of displaced at 20,000".
func (r *reader) objectSubject(m *claims.Mention, q *quantity, verb int, c clause) bool {
	w := r.norm(q.first - 1)
	if w != "at" && w != "as" && w != "to" && w != "by" && w != "from" {
		return false
	}
	first, last := verb+1, q.first-1
	for k := last - 1; k > verb; k-- {
		if r.marks[k] == markUsed { // "the magnitude as 6.4 and the depth as 11 kilometres"
			first = k + 1
			break
		}
	}
	for first < last && (r.lx.gr.stop[r.norm(first)] || r.timeWord(first) || r.month(first) > 0) {
		first++
	}
	for first+1 < last && (r.norm(first) == "last" || r.norm(first) == "next") && r.unitOfTime(first+1) {
		first += 2
	}
	for first < last && (r.timeWord(last-1) || r.lx.cal.on[r.norm(last-1)]) {
		last--
	}
	if first >= last || last-first > 12 || !r.nominal(first, last) {
		return false
	}
	r.setSubject(m, q, first, last)
	return true
}

// setSubject writes the subject down, and reads "the number of displaced people" and "death toll" as counts.
func (r *reader) setSubject(m *claims.Mention, q *quantity, first, last int) {
	m.Subject = r.textOf(first, last)
	if q.class != claims.UnitCount {
		return
	}
	if key, n := r.phraseIn(r.lx.src.toll, first, last); n > 0 {
		if v, thing, ok := strings.Cut(key, " "); ok {
			m.Predicate, m.Head = v, thing
		}
		return
	}
	for k := first; k < last; k++ {
		switch r.norm(k) {
		case "crowd", "attendance", "audience":
			if m.Head == "" && k == last-1 {
				m.Head = "person"
			}
			return
		case "number", "count", "total", "tally", "figure", "list", "sum":
			if r.norm(k+1) == "of" {
				j := k + 2
				for j < last && r.determiner(r.norm(j)) {
					j++
				}
				np := r.nounEnglish(j, len(r.tokens), false)
				if np.found() && np.headAt <= last+1 {
					m.Head, m.Modifiers = np.head, np.mods
					if np.head == "people" {
						m.Head = "person"
					}
					r.stateHead(m, np)
				}
				return
			}
		}
		if key := r.lx.src.states[r.norm(k)]; key != "" {
			v, thing, _ := strings.Cut(key, " ")
			m.Predicate, m.Head = v, thing
			return
		}
	}
}

// stateHead reads a state in a noun phrase: "displaced people", "the injured", "confirmed dead".
func (r *reader) stateHead(m *claims.Mention, np nounPhrase) {
	for k := np.first; k < np.last; k++ {
		if key := r.lx.src.states[r.norm(k)]; key != "" {
			v, thing, _ := strings.Cut(key, " ")
			m.Predicate, m.Head = v, thing
		}
	}
	if v, ok := r.lx.gr.verbs[r.norm(np.last)]; ok && v.part && np.last < len(r.tokens) {
		m.Predicate = v.lemma
	}
}

// nominalSubject reads "magnitude of 6.4", "turnout: 66.2 per cent" where there is no verb.
func (r *reader) nominalSubject(m *claims.Mention, q *quantity, c clause) {
	w := r.norm(q.first - 1)
	if w != "of" && w != ":" && w != "at" && r.tokens[max(q.first-1, 0)].kind != wordToken {
		return
	}
	last := q.first
	if w == "of" || w == ":" || w == "at" {
		last--
	}
	now := false
	for last > c.first && (r.norm(last-1) == "now" || r.norm(last-1) == "still" || r.norm(last-1) == "already") {
		last--
		now = true
	}
	first := last
	for first > 0 && last-first < 4 && r.tokens[first-1].kind == wordToken && !r.lx.gr.stop[r.norm(first-1)] && r.marks[first-1] == markNone && r.tokens[first].gap != paraGap {
		first--
	}
	for k := first; k < last; k++ {
		if r.reports(k) {
			return // "organisers said 150,000 came"
		}
	}
	switch {
	case first == last:
	case now: // "toll now 71"
		r.setSubject(m, q, first, last)
	default:
		m.Subject = r.textOf(first, last)
	}
}

func (r *reader) verbFollows(k, end int) bool {
	for ; k < end; k++ {
		if _, ok := r.verbAt(k); ok || r.auxiliary(r.norm(k)) {
			return true
		}
	}
	return false
}

// place is the proper name behind "in", "at", "near" closest to the figure.
func (r *reader) place(q *quantity, s *sentence) string {
	best, dist := "", 1000
	for k := s.first; k+1 < s.last; k++ {
		if !r.lx.gr.places[r.norm(k)] {
			continue
		}
		j := k + 1
		if r.determiner(r.norm(j)) {
			j++
		}
		if j >= s.last || !r.tokens[j].upper || r.timeWord(j) || r.month(j) > 0 || r.marks[j] != markNone {
			continue
		}
		end := j + 1
		for end < s.last && r.tokens[end].kind == wordToken && r.tokens[end].gap == blankGap && (r.tokens[end].upper || isParticle(r.norm(end)) && end+1 < s.last && r.tokens[end+1].upper) {
			end++
		}
		d := q.first - k
		if k >= q.last {
			d = k - q.last
		} else if d < 0 {
			continue
		} else {
			d += 3
		}
		if d < dist {
			best, dist = r.textOf(j, end), d
		}
	}
	return best
}

// partiesIn lists the sides that a sentence names, in text order, each once.
func (r *reader) partiesIn(s *sentence) []string {
	out := []string{}
	for k := s.first; k < s.last; k++ {
		p := r.lx.src.parties[r.norm(k)]
		if p == "" || !r.tokens[k].upper && r.lx.code == "en" {
			continue
		}
		seen := false
		for _, o := range out {
			seen = seen || o == p
		}
		if !seen {
			out = append(out, p)
		}
	}
	return out
}

// genitiveHead reads what the figure hangs on: "the deaths of 41 people" are persons who died, "the bodies of 500
// soldiers" are bodies, "тіла 478 загиблих" too.
func (r *reader) genitiveHead(m *claims.Mention, q *quantity) bool {
	k := q.first - 1
	if r.lx.code == "en" {
		if r.norm(k) != "of" {
			return false
		}
		k--
	}
	if k < 0 || q.np.head == "" {
		return false
	}
	w := r.norm(k)
	if thing := r.lx.src.containers[w]; thing != "" {
		m.Modifiers = append(append([]string{}, q.np.mods...), q.np.head)
		m.Head = thing
		return true
	}
	key := r.lx.src.states[w]
	if key == "" || r.lx.code != "en" {
		return false
	}
	m.Predicate, _, _ = strings.Cut(key, " ")
	if m.Head == "" || m.Head == "people" {
		m.Head = "person"
	}
	return true
}

// ofWhole reads the whole that a sentence names before an elliptical part: "Of the people reported missing, 22 ...".
func (r *reader) ofWhole(q *quantity, s *sentence) (head, verb string) {
	if w := r.norm(s.first); r.lx.code != "en" || w != "of" && w != "among" || q.first-s.first < 3 || q.first-s.first > 10 {
		return "", ""
	}
	k := s.first + 1
	for k < q.first && r.determiner(r.norm(k)) {
		k++
	}
	np := r.nounEnglish(k, q.first, false)
	if !np.found() {
		return "", ""
	}
	if head = np.head; head == "people" {
		head = "person"
	}
	for j := s.first; j < q.first; j++ {
		if key := r.lx.src.states[r.norm(j)]; key != "" {
			verb, _, _ = strings.Cut(key, " ")
		}
	}
	return head, verb
}

// ownerOf is the name that a figure is set beside: "Renewal 34, Alliance 31", "33.1 for Renewal".
func (r *reader) ownerOf(q *quantity, s *sentence) (int, int) {
	if q.class == claims.UnitDuration || q.class == claims.UnitAge {
		return 0, 0
	}
	last := q.first
	first := last
	for first > s.first && r.tokens[first-1].kind == wordToken && r.marks[first-1] == markNone && (r.tokens[first-1].upper && !r.startsAfter(first-1, s) || first < last && isParticle(r.norm(first-1))) {
		if _, verb := r.lx.gr.verbs[r.norm(first-1)]; verb && r.startsSentence(first-1) {
			break
		}
		first--
	}
	if first < last && (first > s.first || last-first > 1) && !r.timeWord(last-1) && !r.lx.gr.stop[r.norm(last-1)] && r.norm(last) != "'s" {
		return first, last
	}
	if k := q.last; k+1 < s.last && r.norm(k) == "for" {
		j := k + 1
		if r.norm(j) == "the" {
			j++
		}
		end := j
		for end < s.last && r.tokens[end].kind == wordToken && r.tokens[end].upper {
			end++
		}
		if end > j && !r.timeWord(j) {
			return j, end
		}
	}
	return 0, 0
}

// startsAfter reports a capital that only opens the sentence.
func (r *reader) startsAfter(k int, s *sentence) bool {
	return k == s.first && !r.nameWord(k, s.last)
}

// listed gives the members of a list behind a colon the predicate of what stands before it: "112 came home: 94
// soldiers and 18 civilians".
func (r *reader) listed(m *claims.Mention, q *quantity, s *sentence) {
	if m.Predicate != "" || q.at == 0 || q.class != claims.UnitCount {
		return
	}
	p := &r.quants[q.at-1]
	if p.sent != q.sent || p.class != claims.UnitCount || p.predicate == "" {
		return
	}
	colon := r.hasSign(":", p.last, q.first) || p.listed && q.first-p.last <= 3
	if !colon {
		return
	}
	m.Predicate, q.listed = p.predicate, true
	if m.Scope == claims.ScopeNone {
		m.Scope = claims.ScopePart
	}
}
