package extract

import (
	"strings"
	"time"

	"tallywire/claims"
)

// Hedged returns the spans, in code points and text order, of the verbs that a text does not put as fact: what
// may, could or should be, what somebody wants or tries to do, what stands under an "if". English only so far.
func Hedged(text, lang string) []claims.Span {
	lx := pick(lang, text)
	if lx.code != "en" {
		return nil
	}
	r := newReader(text, lx, time.Time{})
	r.shouted = make([]bool, len(r.sents))
	var out []claims.Span
	for i := range r.sents {
		out = r.hedgedIn(&r.sents[i], out)
	}
	return out
}

func (r *reader) hedgedIn(s *sentence, out []claims.Span) []claims.Span {
	conditional := false
	for k := s.first; k < s.last; k++ {
		w := r.norm(k)
		switch w {
		case "if", "whether", "unless", "hopefully", "perhaps", "maybe":
			conditional = true
			continue
		case ",", ";", ":", "\"", "but", "and":
			if w != "and" {
				conditional = false
			}
			continue
		}
		if r.tokens[k].kind != wordToken || !r.eventWord(k) {
			continue
		}
		if conditional || r.underModal(k, s) {
			out = append(out, claims.Span{r.tokens[k].start, r.tokens[k].end})
			conditional = false
		}
	}
	return out
}

// eventWord reports a word that may name what happens: a verb form, or any word right behind "to" and a modal.
func (r *reader) eventWord(k int) bool {
	w := r.norm(k)
	if r.lx.gr.stop[w] && w != "have" && w != "do" && w != "be" {
		return false
	}
	if _, ok := r.lx.gr.verbs[w]; ok {
		return true
	}
	return r.lx.gr.modals[r.norm(k-1)] || r.norm(k-1) == "to"
}

// underModal looks left of the verb at k for a modal, an infinitive or an adverb of doubt in its verb group.
func (r *reader) underModal(k int, s *sentence) bool {
	for j := k - 1; j >= s.first && j >= k-5; j-- {
		w := r.norm(j)
		switch {
		case w == "to":
			return r.infinitive(j, k, s)
		case r.lx.gr.modals[w]:
			return true
		case r.lx.gr.doubt[w]:
			return true
		case w == "be" || w == "have" || w == "been" || w == "not" || w == "n't" || w == "also" || w == "only" || w == "even" || w == "still" || strings.HasSuffix(w, "ly") || w == "never" || w == "well" || w == "soon" || w == "ever":
			continue
		}
		return false
	}
	return false
}

// infinitive reports "to" before a base form that names no deed done: "wants to cut", "in order to cut", but not "had to
// cut", "managed to cut", "according to".
func (r *reader) infinitive(to, k int, s *sentence) bool {
	if k != to+1 && !strings.HasSuffix(r.norm(to+1), "ly") && r.norm(to+1) != "be" && r.norm(to+1) != "have" {
		return false
	}
	v := r.lx.gr.verbs[r.norm(k)]
	if (v.ing || v.past && !v.base && !v.part) && k == to+1 {
		return false
	}
	if to == s.first {
		return true
	}
	prev := r.norm(to - 1)
	if r.lx.gr.implied[prev] || r.lx.gr.verbs[prev].lemma != "" && r.lx.gr.implied[r.lx.gr.verbs[prev].lemma] {
		return false
	}
	return true
}
