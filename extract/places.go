package extract

import (
	"strings"

	"tallywire/claims"
)

// place is the proper name behind "in", "at", "near" closest to the figure.
func (r *reader) place(q *quantity, s *sentence) string {
	best, dist := "", 1000
	for k := s.first; k+1 < s.last; k++ {
		if !r.lx.gr.places[r.norm(k)] {
			continue
		}
		if k > s.first && r.is(elsewhere, k-1) && q.verb != k-1 && (!r.auxiliary(r.norm(k-2)) || r.lx.gr.passive[r.norm(k-2)]) {
			continue // "completed the exchange agreed in Istanbul", but not "had agreed in Istanbul"
		}
		j := k + 1
		for j < k+4 && (r.determiner(r.norm(j)) || r.lx.of[r.norm(j)]) {
			j++ // "near the Halm dam", "près d'Oberville"
		}
		if j < s.last && (r.lx.src.organisation[r.norm(j)] || r.is(networks, j) || r.inSource(j, q.sent)) {
			continue // "повідомили в ДСНС", "on Telegram"
		}
		if r.lx.verbSecond && (j > k+1 && r.lx.src.parties[r.norm(min(j, len(r.tokens)-1))] == "" || j < s.last && singularGerman(r.tokens[j].text, &r.lx.gr) != r.tokens[j].text) {
			continue // "bei den Protesten", "in Krankenhäusern": every noun is a capital
		}
		if j < s.last && (strings.ContainsAny(r.tokens[j].text, "0123456789") || r.unitFollows(j)) {
			continue // "in Q4", "at Km 34"
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

// ownerOf is the name that a figure is set beside: "Coast 38, Harbour 27", "35.7 for Coast".
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
