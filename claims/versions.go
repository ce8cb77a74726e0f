package claims

import (
	"cmp"
	"slices"
	"strings"
)

// standing keeps one mention for each thing a page says over its versions: the earliest that says it.
// A mention whose number a later version of its page changed stays in the record and turns outdated;
// corrected gives, for each such mention, the one that took its place.
func standing(mentions []*Mention) (kept []*Mention, corrected map[MentionID]MentionID) {
	corrected = map[MentionID]MentionID{}
	pages := map[string][]*Mention{}
	for _, m := range mentions {
		pages[m.URL] = append(pages[m.URL], m)
	}
	for _, url := range sortedKeys(pages) {
		versions := byVersion(pages[url])
		live := versions[0]
		for _, next := range versions[1:] {
			live = carryOver(live, next, corrected)
		}
		kept = append(kept, live...)
	}
	return kept, corrected
}

// byVersion parts a page's mentions by document, the earliest retrieved first.
func byVersion(page []*Mention) [][]*Mention {
	docs := map[DocumentID][]*Mention{}
	for _, m := range page {
		docs[m.Document] = append(docs[m.Document], m)
	}
	var out [][]*Mention
	for _, id := range sortedKeys(docs) {
		out = append(out, docs[id])
	}
	slices.SortStableFunc(out, func(a, b []*Mention) int {
		return cmp.Or(a[0].Retrieved.Compare(b[0].Retrieved), strings.Compare(string(a[0].Document), string(b[0].Document)))
	})
	return out
}

// carryOver sets the mentions of one version against those that stood before it.
func carryOver(before, next []*Mention, corrected map[MentionID]MentionID) []*Mention {
	said := make(map[*Mention]bool, len(next)) // mentions of next that repeat an earlier one
	gone := []*Mention{}
	for _, old := range before {
		if old.Stance == Outdated {
			continue
		}
		if again := match(old, next, said, true); again != nil {
			said[again] = true
			continue
		}
		gone = append(gone, old)
	}
	out := slices.Clone(before)
	for _, old := range gone {
		if now := match(old, next, said, false); now != nil {
			old.Stance = Outdated
			corrected[old.ID] = now.ID
		}
	}
	for _, m := range next {
		if !said[m] {
			out = append(out, m)
		}
	}
	return out
}

// match finds in a later version the mention that says what m says: with the same figure, or, where same
// is false, with another one in an otherwise like sentence.
func match(m *Mention, next []*Mention, taken map[*Mention]bool, same bool) *Mention {
	var best *Mention
	most := 0
	words := bag{}
	words.add(fold(m.Sentence)...)
	for _, n := range next {
		if taken[n] || n.Unit.Class != m.Unit.Class || n.Value.Equal(m.Value) != same {
			continue
		}
		other := bag{}
		other.add(fold(n.Sentence)...)
		score := words.overlap(other)
		if score < 600 {
			continue
		}
		if score > most {
			best, most = n, score
		}
	}
	return best
}
