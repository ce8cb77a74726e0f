package claims

import (
	"slices"

	"tallywire/claims/lexicon"
)

func merge(list []lexicon.Concept, c lexicon.Concept) []lexicon.Concept {
	if slices.Contains(list, c) {
		return list
	}
	return append(list, c)
}

func anyRelated(l *lexicon.Lexicon, a, b []lexicon.Concept) bool {
	return slices.ContainsFunc(a, func(x lexicon.Concept) bool {
		return slices.ContainsFunc(b, func(y lexicon.Concept) bool { return l.Is(x, y) })
	})
}

// meets tells how two lists of concepts of one kind agree.
type meets int

const (
	unknown meets = iota // one of them says nothing, or nothing that keeps them apart
	same                 // they share a concept
	kin                  // one descends from the other, or both may be true of one person: captives and soldiers
	apart                // both are known and cannot be true of one thing
)

func compareConcepts(l *lexicon.Lexicon, a, b []lexicon.Concept) meets {
	out := unknown
	for _, x := range a {
		for _, y := range b {
			fx, fy := l.Facet(x), l.Facet(y)
			switch {
			case x == y:
				return same
			case l.Related(x, y):
				out = kin
			case fx == "weak" || fy == "weak" || out == kin:
			case fx != "" && fy != "" && fx != fy:
				out = kin
			default:
				out = apart
			}
		}
	}
	return out
}
