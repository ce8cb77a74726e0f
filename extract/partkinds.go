package extract

import "tallywire/claims"

// maxWhole is how many tokens may stand between "of the" and the verb that says of what kind the part is.
const maxWhole = 5

// partKind settles what a figure counts that is a part of others, where the text says of what kind these are: "eleven of them
// women" are women, "nine of the dead were children" are children that died.
func (r *reader) partKind(m *claims.Mention, q *quantity, s *sentence) {
	if q.class != claims.UnitCount || q.vague || q.num.scale {
		return
	}
	k := q.num.last
	behind := k
	if _, n := r.lx.src.ofThe.at(r.tokens[:s.last], k); n > 0 {
		behind = k + n
	} else if key, n := r.lx.src.scope.at(r.tokens[:s.last], k); n > 0 && key == string(claims.ScopePart) {
		behind = k + n
	} else if r.is(wordOf, k) {
		behind = k + 1
	}
	if behind == k {
		return
	}
	if noun := r.kindAt(behind, s); noun != "" && behind > k+1 {
		m.Head = noun
		return
	}
	for j := behind; j < min(s.last, behind+maxWhole); j++ {
		if r.is(copulas, j) {
			if noun := r.kindAt(j+1, s); noun != "" {
				m.Head = noun
			}
			return
		}
		if t := &r.tokens[j]; t.kind != wordToken {
			return
		}
	}
}

// kindAt is a noun for persons at token j that ends its clause, "" where there is none: "women," but not "women's".
func (r *reader) kindAt(j int, s *sentence) string {
	if j < s.last && r.is(articles, j) {
		j++
	}
	np := r.nounPhrase(j, s.last, false)
	if !np.found() || np.headAt < 0 || !r.clauseEnds(np.last, s) || !r.onesPerson(r.norm(np.headAt)) && !r.onesPerson(np.head) {
		return ""
	}
	return np.head
}
