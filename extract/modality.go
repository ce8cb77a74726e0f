package extract

import (
	"strings"
	"time"

	"tallywire/claims"
)

// modality reads how firmly the clause puts the figure: from the words before its verb, from the verb itself,
// and from adverbs anywhere in the clause.
func (r *reader) modality(m *claims.Mention, q *quantity, c clause, s *sentence) {
	agreed := r.lx.gr.planVerbs[m.Predicate] && q.verb >= q.last && !r.passive(q.verb, c) // "two leaders agreed" is done
	if r.lx.gr.planVerbs[m.Predicate] && !agreed {
		m.Modality = claims.Planned
		return
	}
	if _, n := r.phraseIn(r.lx.src.deals, max(c.first, q.first-5), q.first); n > 0 {
		m.Modality = claims.Planned
		return
	}
	if r.obliged(q, c) || q.verb > 0 && (r.is(futureForms, q.verb) || r.lx.ends(futureEnds, r.norm(q.verb))) {
		m.Modality = claims.Planned
		return
	}
	if r.headlinePlan(q, s) || r.headlineCut(q, s) {
		m.Modality = claims.Planned
		return
	}
	first, last := c.first, q.first
	if q.verb > 0 {
		if q.verb < q.first {
			first, last = max(c.first, r.verbGroup(q.verb, c)), q.first
		} else {
			first, last = max(q.last, r.verbGroup(q.verb, c)), q.verb+1
			if agreed {
				last = q.verb
			}
			if kind := r.modalIn(max(c.first, q.first-4), q.first); kind == "possible" {
				m.Modality = claims.Possible
			}
		}
	}
	if r.lx.verbSecond && q.verb >= q.last {
		first, last = c.first, q.verb+1 // the modal stands second, its verb last
	}
	if kind := r.modalIn(first, last); kind != "" && !(kind == "planned" && r.lx.verbSecond && r.passiveOnly(first, last, q.verb)) {
		m.Modality = claims.Modality(kind)
		return
	}
	if q.verb > 0 && !agreed {
		if kind := r.modalIn(q.verb, min(q.verb+1, c.last)); kind != "" {
			m.Modality = claims.Modality(kind)
			return
		}
	}
	for k := c.first; k < c.last; k++ {
		if !r.tokens[k].word.modal || r.marks[k] == markDate {
			continue
		}
		if key, n := r.lx.src.modality.at(r.tokens[:c.last], k); n > 0 && (key == "hedged" || key == "denied") {
			if v, verb := r.lx.gr.verbs[r.norm(k)]; verb && !v.part && r.lx.deep && key == "hedged" {
				continue
			}
			m.Modality = claims.Modality(key)
			return
		}
	}
}

// headlinePlan reads a headline's infinitive for what is to come: "Carmaker to cut 3,200 jobs".
func (r *reader) headlinePlan(q *quantity, s *sentence) bool {
	k := q.verb - 1
	if !r.lx.deep || k <= s.first || k > s.first+8 || !r.is(wordTo, k) || !r.lx.gr.verbs[r.norm(q.verb)].base {
		return false
	}
	for j := s.first; j < k; j++ {
		if _, verb := r.verbAt(j); verb || r.auxiliary(r.norm(j)) || r.lx.gr.stop[r.norm(j)] && r.tokens[j].kind == wordToken {
			return false
		}
	}
	return true
}

// headlineCut reads a headline's present for what is to come: "Veltra cuts 3,200 jobs", "Veltra streicht 3.200 Stellen".
func (r *reader) headlineCut(q *quantity, s *sentence) bool {
	if t := &r.tokens[s.last-1]; t.text == "." || t.text == "!" || t.text == "?" {
		return false
	}
	if !r.lx.is(posts, normWord(q.np.head)) {
		return false
	}
	for k := s.first + 1; k < q.first; k++ {
		if r.is(planForms, k) {
			return true
		}
	}
	return false
}

// passiveOnly reports that all that speaks of what is to come between two tokens is "werden" before a participle: "drei Personen
// werden vermisst".
func (r *reader) passiveOnly(first, last, verb int) bool {
	if verb > 0 && r.norm(verb) == normWord(r.lx.gr.verbs[r.norm(verb)].lemma) || verb <= 0 && !strings.HasSuffix(r.lastWord(last), "t") {
		return false
	}
	for k := max(first, 0); k < last; k++ {
		if key, n := r.lx.src.modality.at(r.tokens[:last], k); n > 0 && key == "planned" && !r.lx.gr.passive[r.norm(k)] {
			return false
		}
	}
	return true
}

// lastWord is the last word of the clause that goes on at token k.
func (r *reader) lastWord(k int) string {
	for k < len(r.tokens) && !r.clauseCloses(k) {
		k++
	}
	return r.norm(k - 1)
}

// passive reports a participle behind a form of "be".
func (r *reader) passive(verb int, c clause) bool {
	for k := verb - 1; k >= c.first && k > verb-4; k-- {
		if r.lx.gr.passive[r.norm(k)] {
			return r.lx.gr.verbs[r.norm(verb)].part
		}
	}
	return false
}

// verbGroup is where the auxiliaries of the verb at k start.
func (r *reader) verbGroup(k int, c clause) int {
	j := k
	for j > c.first && k-j < 7 {
		w := r.norm(j - 1)
		t := &r.tokens[j-1]
		if t.kind != wordToken || r.marks[j-1] == markUsed || r.lx.is(relatives, w) {
			break
		}
		j--
	}
	return j
}

// modalIn returns the last modal phrase that starts in tokens[first:last].
func (r *reader) modalIn(first, last int) string {
	kind := ""
	for k := max(first, 0); k < last; k++ {
		if !r.tokens[k].word.modal || r.marks[k] == markDate {
			continue
		}
		if key, n := r.lx.src.modality.at(r.tokens[:min(last+2, len(r.tokens))], k); n > 0 {
			kind = key
		}
	}
	return kind
}

// date gives the day of the figure: that of the nearest date in its sentence, else of publication.
func (r *reader) date(m *claims.Mention, q *quantity, s *sentence, day time.Time) {
	best, dist := -1, 1000
	for i := range r.dates[q.sent] {
		d := &r.dates[q.sent][i]
		if d.first < q.last && d.last > q.first || r.dateline(d, s) || d.kind == "until" && m.Modality != claims.Planned && (r.is(untils, d.first-1) || !day.IsZero() && d.period.From > isoDate(day)) {
			continue
		}
		away := q.first - d.last
		if d.first >= q.last {
			away = d.first - q.last
		}
		for k := min(q.first, d.first); k < max(q.last, d.last); k++ {
			switch w := r.norm(k); {
			case w == "," || r.lx.and[w]:
				away += 2
			case w == ":" || w == ";" || w == "(" || w == ")" || w == "\"" || r.is(partsClauses, k):
				away += 8
			}
			if r.breaks(k) {
				away += 6
			}
			if r.marks[k] == markUsed && (k < q.first || k >= q.last) {
				away++
			}
		}
		switch d.kind {
		case "before":
			away += 20
		case "until":
			if r.is(untils, d.first-1) {
				away += 12
			}
		}
		if d.first >= q.last && r.comparedTo(q.last, d.first) {
			continue // "five points more than in 2021"
		}
		if d.first >= q.last && r.comparedBetween(q.last, d.first) {
			away += 20 // "61 per cent, against 58 in 2019"
		}
		if away < dist && away < 1000 {
			best, dist = i, away
		}
	}
	if best >= 0 && r.comparedBetween(q.last, r.dates[q.sent][best].first) {
		best = -1
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

// obliged reports "мають повернутися", "должны передать" right before a figure: what is still to come.
func (r *reader) obliged(q *quantity, c clause) bool {
	for k := max(c.first, q.first-6); k+1 < q.first; k++ {
		if r.is(obliges, k) && r.lx.ends(infinitiveEnds, r.norm(k+1)) {
			return true
		}
	}
	return false
}

// comparedTo reports a word of comparison between a figure and a date, and no figure in between.
func (r *reader) comparedTo(first, last int) bool {
	compared := false
	for k := first; k < last; k++ {
		compared = compared || r.is(compares, k)
		if r.marks[k] == markUsed {
			return false
		}
	}
	return compared
}

// comparedBetween reports another figure between two tokens that the first is set against.
func (r *reader) comparedBetween(first, last int) bool {
	compared := false
	for k := first; k < last; k++ {
		compared = compared || r.is(comparesWith, k)
		if compared && r.marks[k] == markUsed {
			return true
		}
	}
	return false
}

// dateline reports the date at the head of a wire story: "KYIV, May 23 (Agency) -".
func (r *reader) dateline(d *dating, s *sentence) bool {
	if d.first-s.first > 6 {
		return false
	}
	k := d.last
	if k < s.last && (r.norm(k) == "(" || r.norm(k) == "-" || r.norm(k) == "." && k+1 < len(r.tokens) && r.norm(k+1) == "/") || k == s.last-1 && r.norm(k) == "." || k >= s.last {
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
		if !r.tokens[k].word.basis {
			continue
		}
		if key, n := r.lx.src.basis.at(r.tokens[:s.last], k); n > 0 {
			if key == "stock" || key == "running" {
				m.Basis = claims.Basis(key)
				if key == "running" {
					return
				}
			}
		}
	}
	if r.lx.gr.stockVerbs[m.Predicate] {
		m.Basis = claims.BasisStock
	}
}
