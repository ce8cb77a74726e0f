package claims

import (
	"slices"
	"strings"

	"tallywire/claims/lexicon"
)

var (
	ownPapers   = lexicon.List("own papers")      // phrases for what a body publishes of itself
	intendWords = lexicon.ByLanguage("intending") // verbs of planning and foreseeing
)

// foretold is the origin of a figure that an outlet only passes on, whatever the attribution says of it: of what one body
// plans or foresees, that body ("the ministry wants to hire 300 nurses"), and of what its papers say the body too ("Halm lost
// 40 million, its annual report shows"). What several agreed on is no one body's, and what is to come without a word of who
// means it to is the outlet's.
func (c *cast) foretold(m *Mention, a Attribution) Attribution {
	switch {
	case bodies[c.sourceOf(m).Class] || a.Kind == OriginSocial || a.Kind == OriginSelf || a.Kind == OriginUnnamed && a.Text != "":
		return a
	case a.Text == "" && m.Modality == Planned && !agreed(m) && intended(m), c.onPaper(m, a):
		if who := c.opener(m); who != "" {
			return Attribution{Text: who, Organisation: who, Kind: OriginNamed}
		}
	}
	return a
}

// onPaper reports whether all that a sentence names as its source is a paper, or a body's own paper is what it has its figure from.
func (c *cast) onPaper(m *Mention, a Attribution) bool {
	if a.Text != "" {
		return !pronoun(a.Text) && !slices.ContainsFunc(fold(a.Text), func(w string) bool { return !spokenBy.has(w) && !hollow.has(w) })
	}
	sentence := " " + strings.Join(fold(m.Sentence), " ") + " "
	return slices.ContainsFunc(ownPapers, func(p string) bool { return strings.Contains(sentence, " "+p+" ") })
}

// intended reports a verb of planning or foreseeing before a figure, or a plan that is somebody's: "under the government's plan".
func intended(m *Mention) bool {
	head, _, ok := strings.Cut(m.Sentence, m.Text)
	return ok && is(head, intendWords[m.language()])
}

// agreed reports a sentence of a deal, which is no side's own word.
func agreed(m *Mention) bool {
	l, lang := lexicon.Default(), m.language()
	return slices.ContainsFunc(fold(m.Sentence), func(w string) bool {
		concepts := l.Of(lang, w)
		return slices.Contains(concepts, "agree") || slices.Contains(concepts, "exchange")
	})
}

// opener is the body or side that the clause of a figure opens with, before the figure.
func (c *cast) opener(m *Mention) string {
	head, _, ok := strings.Cut(m.Sentence, m.Text)
	if !ok {
		return ""
	}
	words := strings.Fields(head[strings.LastIndexAny(head, ";:()«»“”\"")+1:])
	words = words[:min(len(words), recorderWords)]
	for i, w := range words {
		f := fold(w)
		if c.party("", f) != "" {
			return w
		}
		if slices.ContainsFunc(f, func(w string) bool { _, ok := lexicon.OfficeOf(w); return ok }) {
			return body(words[:i+1])
		}
	}
	return ""
}
