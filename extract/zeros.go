package extract

import (
	"strings"

	"tallywire/claims"
)

// A zero is how a text says that nobody was killed or hurt: "no deaths", "no one was hurt", "загиблих немає". It is a
// count of 0, so that it can be set against a toll.
type zero struct {
	first, last     int // tokens, half open
	verb            int // token of the predicate, 0 for none
	predicate, head string
	unit            string
}

// hasZero reports whether a sentence without a figure says none of something.
func (r *reader) hasZero(s *sentence) bool {
	for k := s.first; k < s.last; k++ {
		if _, ok := r.zeroAt(k, s); ok {
			return true
		}
	}
	return false
}

// zeroAt reads a zero that starts at k.
func (r *reader) zeroAt(k int, s *sentence) (zero, bool) {
	if !r.tokens[k].word.zero {
		return zero{}, false
	}
	w := r.norm(k)
	if r.lx.src.states[w] != "" {
		return r.noneLeft(k, s)
	}
	if _, n := r.lx.src.none.at(r.tokens[:s.last], k); n > 0 {
		if z, ok := r.noneOf(k, n, s); ok {
			return z, ok
		}
	}
	if unit, n := r.lx.src.nobody.at(r.tokens[:s.last], k); n > 0 {
		if verb, key := r.befell(k+n, s); verb > 0 {
			predicate, _, _ := strings.Cut(key, " ")
			return zero{first: k, last: k + n, verb: verb, predicate: predicate, head: "person", unit: unit}, true
		}
	}
	return zero{}, false
}

// noneLeft reads "загиблих немає", "жертв і постраждалих немає": none is said behind what there is none of.
func (r *reader) noneLeft(k int, s *sentence) (zero, bool) {
	j := k + 1
	for j+1 < s.last && r.lx.and[r.norm(j)] && r.lx.src.states[r.norm(j+1)] != "" {
		j += 2
	}
	if _, n := r.lx.src.noneBehind.at(r.tokens[:s.last], j); n > 0 {
		predicate, head, _ := strings.Cut(r.lx.src.states[r.norm(k)], " ")
		return zero{first: k, last: j + n, predicate: predicate, head: head, unit: r.nameAt(k, s)}, true
	}
	return zero{}, false
}

// noneOf reads "no deaths", "no civilian casualties", "no soldier was killed".
func (r *reader) noneOf(k, n int, s *sentence) (zero, bool) {
	for j := k + n; j < s.last && j < k+n+3 && r.tokens[j].kind == wordToken; j++ {
		w := r.norm(j)
		if r.lx.src.notAll[w] || r.lx.gr.stop[w] || r.lx.num[w].kind != "" {
			return zero{}, false
		}
		if key := r.lx.src.states[w]; key != "" && (j+1 >= s.last || !r.lx.of[r.norm(j+1)]) {
			predicate, head, _ := strings.Cut(key, " ")
			return zero{first: k, last: j + 1, predicate: predicate, head: head, unit: r.nameAt(k+n, s)}, true
		}
		if verb, key := r.befell(j+1, s); verb > 0 {
			predicate, _, _ := strings.Cut(key, " ")
			name := r.nameAt(j, s)
			return zero{first: k, last: j + 1, verb: verb, predicate: predicate, head: name, unit: name}, true
		}
	}
	return zero{}, false
}

// nameAt is the noun phrase at k as a counted thing is named.
func (r *reader) nameAt(k int, s *sentence) string {
	if np := r.nounPhrase(k, s.last, false); np.found() && np.first == k {
		return np.name()
	}
	return singular(r.norm(k), &r.lx.gr)
}

// befell finds what befell nobody: a state behind auxiliaries, adverbs and a second negation, or a verb said of persons.
func (r *reader) befell(k int, s *sentence) (int, string) {
	for j := k; j < s.last && j < k+5 && r.tokens[j].kind == wordToken; j++ {
		w := r.norm(j)
		if r.lx.src.notAll[w] {
			return 0, ""
		}
		key := r.lx.src.states[w]
		if lemma := r.lx.gr.verbs[w].lemma; key == "" && (j > k || r.lx.gr.verbs[w].past) && r.lx.src.harm[lemma] {
			key = lemma
		}
		if key != "" && (j > k || r.lx.gr.verbs[w].past) {
			return j, key
		}
		if !r.auxiliary(w) && !r.lx.src.negation[w] && !r.lx.src.helpers[w] && !strings.HasSuffix(w, "ly") {
			return 0, ""
		}
	}
	return 0, ""
}

// zeroQuantity keeps a zero among the quantities of its sentence.
func (r *reader) zeroQuantity(si int, z *zero) {
	q := quantity{sent: si, first: z.first, last: z.last, class: claims.UnitCount, unit: z.unit, rule: "zero/1", compare: claims.Equal, checkworthy: true,
		value: claims.Exactly(claims.Int(0)), num: numeral{first: z.first, last: z.last, value: claims.Int(0)}, np: nounPhrase{first: z.last, last: z.last, headAt: -1, head: z.head},
		head: z.head, at: len(r.quants), verb: z.verb, zero: z}
	r.mark(z.first, z.last, markUsed)
	r.quants = append(r.quants, q)
}

// settleZero writes down what nobody suffered: a zero asserts, whatever its words deny. "Nobody was hurt" is said of what
// the sentence before tells, whose day and place it shares.
func (r *reader) settleZero(m *claims.Mention, q *quantity) {
	z := q.zero
	if before := q.sent - 1; before >= 0 && r.sents[before].para == r.sents[q.sent].para {
		if ds := r.dates[before]; !m.Dated && len(ds) > 0 {
			m.Date, m.Dated = ds[len(ds)-1].period, true
		}
		if m.Place == "" {
			m.Place = r.place(q, &r.sents[before])
		}
		if m.Scope == claims.ScopeNone && q.at > 0 && r.quants[q.at-1].sent == before && r.quants[q.at-1].class == claims.UnitCount {
			m.Scope = claims.ScopePart // "Eight lorries were looted. Nobody was hurt.": there, and not in all
		}
	}
	if r.modalIn(max(0, z.first-2), z.first) == string(claims.Possible) {
		m.Modality = claims.Possible // "if no one is hurt"
	}
	m.Predicate, m.Head, m.Negated, m.PredicateSpan = z.predicate, z.head, false, nil
	if z.verb > 0 {
		m.PredicateSpan = &claims.Span{int(r.tokens[z.verb].start), int(r.tokens[z.verb].end)}
	}
}
