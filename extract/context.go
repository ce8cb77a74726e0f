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
	r.counted(m, q, qi, c, s)
	r.subject(m, q, c, s)
	r.modality(m, q, c, s)
	r.scope(m, q, c, s)
	r.date(m, q, s, day)
	r.basis(m, q, c, s)
	m.Names = r.properNames(s.first, s.last)
	m.Parties = r.partiesIn(s)
	if v := r.voiceOf(q, r.voices[q.sent]); v != nil {
		m.Attribution = v.attr
		if v.deny {
			m.Modality = claims.Denied
		} else if v.hedged && m.Modality == claims.Asserted {
			m.Modality = claims.Hedged
		}
	}
	for k := s.first; k < s.last; k++ {
		if _, n := r.lx.src.unsure.at(r.tokens[:s.last], k); n > 0 {
			m.Unsure = true
		}
	}
	m.Measure = strings.TrimSpace(m.Unit.Name + " " + m.Predicate)
	m.Concept = r.concept(q, c, s)
}

// dayOf is the day that relative dates of a sentence count from: the block's own time, else publication.
func (r *reader) dayOf(s *sentence) time.Time {
	if s.para < len(r.blocks) && !r.blocks[s.para].Time.IsZero() {
		return r.blocks[s.para].Time
	}
	return r.published
}

// A clause is the run of tokens around a quantity that one verb governs, half open.
type clause struct{ first, last int }

// clauseOf bounds the clause of q by strong punctuation, quotation marks and subordinators.
func (r *reader) clauseOf(q *quantity, s *sentence) clause {
	c := clause{q.first, q.last}
	for c.first > s.first && !r.breaks(c.first-1) {
		c.first--
	}
	for c.last < s.last && !r.breaks(c.last) {
		c.last++
	}
	return c
}

func (r *reader) breaks(k int) bool {
	t := &r.tokens[k]
	switch t.norm {
	case ";", ":", "\"", "(", ")", "!", "?":
		return true
	case "but", "while", "whereas", "although", "because", "що", "что", "але", "но", "а", "dass", "aber":
		return true
	case "-":
		return t.gap == blankGap && k+1 < len(r.tokens) && r.tokens[k+1].gap == blankGap
	case ",":
		return false
	}
	return false
}

// verbAt returns the verb form at k where the word is used as a verb.
func (r *reader) verbAt(k int) (verbForm, bool) {
	v, ok := r.lx.gr.verbs[r.norm(k)]
	if !ok || r.marks[k] == markUsed {
		return v, false
	}
	if r.lx.code != "en" {
		return v, true
	}
	if r.tokens[k].upper && !r.startsSentence(k) {
		return v, false
	}
	prev := r.norm(k - 1)
	if v.base && !v.past || v.third {
		switch prev {
		case "to", "will", "would", "can", "could", "may", "might", "must", "should", "not", "who", "which", "that", "they", "we", "you", "i", "it", "he", "she", "and", "also", "n't", "still", "now":
			return v, true
		}
		if v.third {
			return v, !r.determiner(prev) && !strings.HasSuffix(prev, "'s") && prev != "of" && prev != "in" && prev != "for" && r.tokens[max(k-1, 0)].kind == wordToken && (r.tokens[max(k-1, 0)].upper || !r.lx.gr.stop[prev]) && !r.pluralAfterAdjective(k)
		}
		return v, r.pluralAt(max(k-1, 0)) && k > 0
	}
	if (v.past || v.part || v.ing) && (r.determiner(prev) || prev == "'s") {
		return v, false
	}
	return v, true
}

// pluralAfterAdjective is true where a third person form is rather a plural noun: "of other votes".
func (r *reader) pluralAfterAdjective(k int) bool {
	next := r.norm(k + 1)
	return next == "of" || next == "in" && false
}

// predicate finds what was done to or by the counted thing.
func (r *reader) predicate(m *claims.Mention, q *quantity, c clause, s *sentence) {
	back := -1
	for k := q.first - 1; k >= c.first; k-- {
		if v, ok := r.verbAt(k); ok && !r.reports(k) {
			_ = v
			back = k
			break
		}
		if r.norm(k) == "," && q.first-k > 1 && back < 0 && r.lx.code == "en" && !r.listComma(k, c) {
			break
		}
	}
	fwd := -1
	for k := q.last; k < c.last && k < q.last+14; k++ {
		if r.lx.src.that[r.norm(k)] && r.lx.code != "en" {
			break
		}
		if _, ok := r.verbAt(k); ok && !r.reports(k) {
			fwd = k
			break
		}
	}
	at := back
	prev := r.norm(q.first - 1)
	starts := q.first == c.first || prev == "that" || prev == "," || r.reports(q.first-1) || prev == "and" || r.timeWord(q.first-1)
	switch {
	case back < 0:
		at = fwd
	case fwd >= 0 && starts && !(prev == "and" && fwd-q.last > 1):
		at = fwd
	case fwd >= 0 && r.preposition(prev) && fwd-q.last <= 3 && prev != "to" && prev != "by":
		at = fwd
	case fwd >= 0 && fwd == q.last && q.class == claims.UnitCount && back >= 0 && q.first-back > 1:
		if v := r.lx.gr.verbs[r.norm(fwd)]; v.part || v.past {
			at = fwd
		}
	}
	if at < 0 {
		return
	}
	m.Predicate = r.lx.gr.verbs[r.norm(at)].lemma
	m.PredicateSpan = &claims.Span{r.tokens[at].start, r.tokens[at].end}
	q.verb = at
	for k := max(c.first, at-4); k < at; k++ {
		if r.lx.src.negation[r.norm(k)] {
			m.Negated = true
		}
	}
}

func (r *reader) reports(k int) bool {
	if k < 0 {
		return false
	}
	w := r.norm(k)
	lemma, ok := r.lx.src.say[w]
	return ok && lemma != "show" && lemma != "find" && lemma != "call" && lemma != "hope" || w == "says"
}

func (r *reader) timeWord(k int) bool {
	if k < 0 {
		return false
	}
	w := r.norm(k)
	return r.lx.cal.weekdays[w] > 0 || r.marks[k] == markDate || w == "today" || w == "сьогодні" || w == "сегодня" || w == "yesterday"
}

func (r *reader) preposition(w string) bool {
	switch w {
	case "of", "with", "among", "in", "for", "at", "on", "by", "from", "to", "including":
		return true
	}
	return false
}

// listComma reports a comma that only parts members of a list.
func (r *reader) listComma(k int, c clause) bool {
	return k > c.first && (r.marks[k-1] == markUsed || r.tokens[k-1].kind == numberToken)
}

// counted settles the head: states ("dead" is a person who died), and what an elliptical figure counts.
func (r *reader) counted(m *claims.Mention, q *quantity, qi int, c clause, s *sentence) {
	if q.class != claims.UnitCount {
		return
	}
	head := q.np.head
	if key := r.lx.src.states[r.headNorm(q)]; key != "" {
		verb, thing, _ := strings.Cut(key, " ")
		m.Head = thing
		m.Modifiers = append(append([]string{}, q.np.mods...), head)
		if m.Predicate == "" || m.Predicate == "be" || r.weakVerb(m.Predicate) {
			m.Predicate = verb
		}
		return
	}
	if head != "" && !q.np.partitive && head != "other" && head != "others" {
		return
	}
	if noun, mods, ok := r.complement(q, c, s); ok {
		m.Head, m.Modifiers = noun, mods
		return
	}
	if head != "" && head != "other" && head != "others" {
		return
	}
	if r.lx.src.personVerbs[m.Predicate] && !r.thingBefore(qi) {
		m.Head = "person"
		return
	}
	if h := r.headBefore(qi); h != "" {
		m.Head = h
		return
	}
	if r.lx.src.personVerbs[m.Predicate] {
		m.Head = "person"
	}
}

func (r *reader) headNorm(q *quantity) string {
	if q.np.headAt >= 0 && q.np.head != "" {
		return r.norm(q.np.headAt)
	}
	return ""
}

func (r *reader) weakVerb(lemma string) bool {
	switch lemma {
	case "have", "report", "leave", "know", "count", "confirm", "record", "stand", "reach", "see", "put", "rise", "include", "register":
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
	for j := qi - 1; j >= 0 && r.quants[qi].sent-r.quants[j].sent <= 2; j-- {
		if p := &r.quants[j]; p.class == claims.UnitCount && p.head != "" {
			return p.head
		}
	}
	return ""
}

// thingBefore reports that the count before this one is of things, in the same sentence.
func (r *reader) thingBefore(qi int) bool {
	h := ""
	if qi > 0 && r.quants[qi-1].sent == r.quants[qi].sent {
		h = r.quants[qi-1].head
	}
	return h != "" && !r.lx.src.person[h]
}

// subject finds what a figure without a counted noun is said of: "turnout was 66.2 per cent".
func (r *reader) subject(m *claims.Mention, q *quantity, c clause, s *sentence) {
	if r.lx.code != "en" || q.class == claims.UnitCount && q.np.found() {
		return
	}
	verb := -1
	for k := q.first - 1; k >= c.first; k-- {
		w := r.norm(k)
		if _, ok := r.verbAt(k); ok || w == "is" || w == "was" || w == "are" || w == "were" || w == "of" || w == "at" || w == "as" || w == "to" || w == "for" {
			verb = k
			if w == "of" || w == "at" || w == "as" || w == "to" || w == "for" {
				if k-1 >= c.first {
					if _, ok := r.verbAt(k - 1); ok {
						verb = k - 1
					}
				}
			}
			break
		}
	}
	if verb <= c.first {
		return
	}
	end := verb
	for end > c.first && r.betweenSubjectAndVerb(end-1, s) {
		end--
	}
	first := end
	for first > c.first && end-first < 12 {
		w := r.norm(first - 1)
		if r.tokens[first-1].kind == signToken && w != "-" || w == "that" || w == "said" || w == "and" || r.reports(first-1) || r.timeWord(first-1) {
			break
		}
		first--
	}
	for first < end && (r.lx.gr.stop[r.norm(first)]) {
		first++
	}
	if first < end {
		m.Subject = r.textOf(first, end)
		if key, n := r.phraseIn(r.lx.src.toll, first, end); n > 0 {
			if v, thing, ok := strings.Cut(key, " "); ok && q.class == claims.UnitCount {
				m.Predicate, m.Head = v, thing
			}
		}
	}
}

// modality reads how firmly the clause puts the figure.
func (r *reader) modality(m *claims.Mention, q *quantity, c clause, s *sentence) {
	best, dist := "", 99
	for k := c.first; k < c.last; k++ {
		key, n := r.lx.src.modality.at(r.tokens[:c.last], k)
		if n == 0 {
			continue
		}
		d := q.first - k
		if k >= q.last {
			d = k - q.last + 2
		}
		if d < 0 {
			d = 0
		}
		if d < dist {
			best, dist = key, d
		}
	}
	if best != "" && dist < 25 {
		m.Modality = claims.Modality(best)
	}
}

// scope reads what the figure covers from the clause around it.
func (r *reader) scope(m *claims.Mention, q *quantity, c clause, s *sentence) {
	best, dist := "", 12
	for k := c.first; k < c.last; k++ {
		key, n := r.lx.src.scope.at(r.tokens[:s.last], k)
		if n == 0 {
			continue
		}
		d := 0
		if k < q.first {
			d = q.first - k - n
		} else if k >= q.last {
			d = k - q.last
		}
		if d < dist {
			best, dist = key, d
		}
	}
	if best == "" && r.lx.code == "en" && q.class == claims.UnitCount {
		for k := max(s.first, q.first-8); k < min(s.last, q.last+8); k++ {
			if r.norm(k) == "each" && len(r.partiesIn(s)) >= 2 {
				best = "per_side"
			}
		}
	}
	m.Scope = claims.Scope(best)
}

// date gives the day of the figure: that of the nearest date in its sentence, else of publication.
func (r *reader) date(m *claims.Mention, q *quantity, s *sentence, day time.Time) {
	best, dist := -1, 1000
	for i := range r.dates[q.sent] {
		d := &r.dates[q.sent][i]
		if d.first < q.last && d.last > q.first || r.dateline(d, s) {
			continue
		}
		away := q.first - d.last
		if d.first >= q.last {
			away = d.first - q.last
		}
		for k := min(q.first, d.first); k < max(q.last, d.last); k++ {
			if w := r.norm(k); w == ";" || w == "," || w == "and" {
				away += 2
			}
		}
		if d.kind == "before" {
			away += 20
		}
		if away < dist {
			best, dist = i, away
		}
	}
	if best >= 0 {
		d := &r.dates[q.sent][best]
		m.Date, m.Dated = d.period, true
		q.since = d.kind == "since"
		return
	}
	if !day.IsZero() {
		m.Date = oneDay(day)
	}
}

// dateline reports the date at the head of a wire story: "KYIV, May 23 (Agency) -".
func (r *reader) dateline(d *dating, s *sentence) bool {
	if d.first-s.first > 6 {
		return false
	}
	k := d.last
	if k < s.last && (r.norm(k) == "(" || r.norm(k) == "-" || r.norm(k) == "." && k+1 < s.last && r.norm(k+1) == "/") {
		for j := s.first; j < d.first; j++ {
			if t := &r.tokens[j]; t.kind == wordToken && strings.ToUpper(t.text) == t.text && len(t.text) > 2 {
				return true
			}
		}
	}
	return false
}

// basis tells a day's figure from a running count, a stock and a plan.
func (r *reader) basis(m *claims.Mention, q *quantity, c clause, s *sentence) {
	m.Basis = claims.BasisPeriod
	if m.Modality == claims.Planned {
		m.Basis = claims.BasisPlan
		return
	}
	if q.since || m.Scope == claims.ScopeCumulative {
		m.Basis = claims.BasisRunning
		return
	}
	for k := c.first; k < c.last; k++ {
		if key, n := r.lx.src.basis.at(r.tokens[:s.last], k); n > 0 {
			if key == "stock" || key == "running" {
				m.Basis = claims.Basis(key)
				if key == "running" {
					return
				}
			}
		}
	}
	if m.Predicate == "hold" || m.Predicate == "remain" || m.Predicate == "miss" || m.Predicate == "displace" {
		m.Basis = claims.BasisStock
	}
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

// concept lists the words that say what the figure is about besides its unit.
func (r *reader) concept(q *quantity, c clause, s *sentence) []string { return []string{} }
