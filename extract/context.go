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
	if q.rule == "magnitude/1" {
		m.Predicate, m.PredicateSpan = "", nil // "a quake of magnitude 6.4 killed"
	}
	r.listed(m, q, s)
	r.partOf(m, q)
	r.counted(m, q, qi, c, s)
	r.readLabel(m, q, s)
	if _, n := r.lx.src.instead.before(r.tokens, s.first, q.first); n > 0 && q.compare == claims.Equal {
		m.Negated = true // "4,000 workers, not 2,500"
	}
	r.subject(m, q, c, s)
	r.figureBefore(m, q, qi)
	r.modality(m, q, c, s)
	r.scope(m, q, c, s)
	if p := max(qi-1, 0); m.Predicate == "" && m.Scope == claims.ScopePart && p < qi && q.np.head == "" && r.anaphoric(q) && q.sent-r.quants[p].sent <= 1 {
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
	var before *quantity
	if qi > 0 {
		before = &r.quants[qi-1]
	}
	r.disclaimed(m, q, before)
	if q.zero != nil {
		r.settleZero(m, q)
	}
	m.Unsure = f.unsure
	m.Measure = strings.TrimSpace(m.Unit.Name + " " + m.Predicate)
	m.Concept = r.concept(q, c, s)
	m.Checkworthy = r.worthy(m, q, s)
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

// subject finds what a figure without a counted noun is said of: "turnout was 66.2 per cent", "the toll stands at 63".
func (r *reader) subject(m *claims.Mention, q *quantity, c clause, s *sentence) {
	if !r.lx.deep || q.class == claims.UnitCount && q.np.found() && !q.np.partitive {
		return
	}
	if r.is(wordOf, q.first-1) && q.class != claims.UnitCount {
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
	if r.is(wordTo, end-1) { // "sales are expected to grow"
		for k := end - 2; k >= max(c.first+1, end-6); k-- {
			if r.auxiliary(r.norm(k)) {
				end = k
				break
			}
		}
	}
	for end > c.first && (r.is(wordWho, end-1) || r.is(wordWhich, end-1) || r.auxiliary(r.norm(end-1))) {
		end--
	}
	first := end
	for first > c.first && end-first < 14 {
		w := r.norm(first - 1)
		if r.tokens[first-1].kind == signToken && w != "-" || r.lx.is(wordThat, w) || r.lx.is(wordAnd, w) || r.reports(first-1) || r.marks[first-1] == markUsed {
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
	if !r.lx.is(wordAt, w) && !r.lx.is(wordAs, w) && !r.lx.is(wordTo, w) && !r.lx.is(wordBy, w) && !r.lx.is(wordFrom, w) {
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
	for first+1 < last && (r.is(wordLast, first) || r.is(wordNext, first)) && r.unitOfTime(first+1) {
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
		switch {
		case r.is(crowds, k):
			if m.Head == "" && k == last-1 {
				m.Head = "person"
			}
			return
		case r.is(counts, k):
			if r.is(wordOf, k+1) {
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
	if !r.lx.is(wordOf, w) && w != ":" && !r.lx.is(wordAt, w) && r.tokens[max(q.first-1, 0)].kind != wordToken {
		return
	}
	last := q.first
	if r.lx.is(wordOf, w) || w == ":" || r.lx.is(wordAt, w) {
		last--
	}
	now := false
	for last > c.first && (r.is(wordNow, last-1) || r.norm(last-1) == "still" || r.norm(last-1) == "already") {
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
		for j < k+4 && (r.determiner(r.norm(j)) || r.lx.of[r.norm(j)]) {
			j++ // "near the Halm dam", "près d'Oberville"
		}
		if j < s.last && (r.lx.src.organisation[r.norm(j)] || r.inSource(j, q.sent)) {
			continue // "повідомили в ДСНС"
		}
		if r.lx.verbSecond && (j > k+1 && r.lx.src.parties[r.norm(min(j, len(r.tokens)-1))] == "" || j < s.last && singularGerman(r.tokens[j].text, &r.lx.gr) != r.tokens[j].text) {
			continue // "bei den Protesten", "in Krankenhäusern": every noun is a capital
		}
		if j >= s.last || !r.tokens[j].upper || r.timeWord(j) || r.month(j) > 0 || r.marks[j] != markNone {
			continue
		}
		end := j + 1
		for end < s.last && r.tokens[end].kind == wordToken && r.tokens[end].gap == blankGap && (r.tokens[end].upper || r.lx.is(nameParticles, r.norm(end)) && end+1 < s.last && r.tokens[end+1].upper) {
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

// inSource reports that token k belongs to what names a source in its sentence.
func (r *reader) inSource(k, si int) bool {
	for i := range r.voices[si] {
		if v := &r.voices[si][i]; k >= v.source[0] && k < v.source[1] && !r.lx.deep {
			return true
		}
	}
	return false
}

// partiesIn lists the sides that a sentence names, in text order, each once.
func (r *reader) partiesIn(s *sentence) []string {
	out := []string{}
	for k := s.first; k < s.last; k++ {
		p := r.lx.src.parties[r.norm(k)]
		if p == "" || !r.tokens[k].upper && r.lx.deep {
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

// ownerOf is the name that a figure is set beside: "Renewal 34, Alliance 31", "33.1 for Renewal".
func (r *reader) ownerOf(q *quantity, s *sentence) (int, int) {
	if q.class == claims.UnitDuration || q.class == claims.UnitAge {
		return 0, 0
	}
	last := q.first
	first := last
	for first > s.first && r.tokens[first-1].kind == wordToken && r.marks[first-1] == markNone && (r.tokens[first-1].upper && !r.startsAfter(first-1, s) || first < last && r.lx.is(nameParticles, r.norm(first-1))) {
		if _, verb := r.lx.gr.verbs[r.norm(first-1)]; verb && r.startsSentence(first-1) {
			break
		}
		first--
	}
	if first < last && (first > s.first || last-first > 1) && !r.timeWord(last-1) && !r.lx.gr.stop[r.norm(last-1)] && !r.is(wordGenitive, last) {
		return first, last
	}
	if k := q.last; k+1 < s.last && r.is(wordFor, k) {
		j := k + 1
		if r.is(wordThe, j) {
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
