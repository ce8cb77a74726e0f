package claims

import (
	"slices"
	"strings"
	"time"

	"tallywire/claims/lexicon"
)

// statement puts a claim in one line for the board: figure, thing, act, side, place and day, as far as they are
// known: "390 captives released by each side, 23 May 2025".
func statement(c *Claim, face *frame) string {
	l := lexicon.Default()
	var b strings.Builder
	b.WriteString(figureWords(c, face))
	act := actWords(l, face)
	if act != "" && !strings.Contains(strings.ToLower(b.String()), act) {
		b.WriteString(" " + act)
	} else if act == "" && face.m.Subject != "" && len(face.m.Subject) < 60 && !strings.Contains(b.String(), face.m.Subject) {
		b.WriteString(" (" + face.m.Subject + ")")
	}
	if c.Scope == ScopePerSide && !strings.Contains(b.String(), "each") {
		b.WriteString(" by each side")
	}
	switch {
	case face.basis == BasisPlan && face.m.Modality == Possible:
		b.WriteString(", possible")
	case face.basis == BasisPlan:
		b.WriteString(", planned")
	case face.basis == BasisRunning && c.Date.From != c.Date.To && c.Date.From != "":
		b.WriteString(" since " + dayWords(c.Date.From))
	}
	if c.Place != "" && !strings.Contains(b.String(), c.Place) {
		b.WriteString(", " + c.Place)
	}
	switch {
	case c.Date.To == "":
	case face.basis == BasisPeriod && c.Date.From != "" && c.Date.From < c.Date.To:
		b.WriteString(", " + dayWords(c.Date.From) + " to " + dayWords(c.Date.To))
	default:
		b.WriteString(", " + dayWords(c.Date.To))
	}
	return b.String()
}

// figureWords is the figure with its noun, as its text words it; of a dispute the range with the noun.
func figureWords(c *Claim, face *frame) string {
	if c.Status == Disputed && c.Value.Low.Known() && c.Value.High.Known() && !c.Value.Low.Equal(c.Value.High) {
		words := c.Value.Low.String() + " to " + c.Value.High.String()
		if noun := nounOf(face); noun != "" {
			words += " " + noun
		}
		return words
	}
	text := face.m.Text
	if noun := nounOf(face); noun != "" && face.m.Unit.Name == "" && face.m.Unit.Class == UnitCount && !mentionsNoun(text, noun) {
		text += " " + noun
	}
	return text
}

// mentionsNoun reports whether a text holds a noun, in whatever number: "38 of 45 drones".
func mentionsNoun(text, noun string) bool {
	want := stem(lastWord(noun))
	return slices.ContainsFunc(fold(text), func(w string) bool { return stem(w) == want })
}

// nounOf is what a figure counts, in the plural where the lexicon knows it.
func nounOf(f *frame) string {
	l := lexicon.Default()
	for _, c := range f.things {
		if c != "person" || len(f.things) == 1 {
			return l.Label(c)
		}
	}
	return f.m.Unit.Name
}

func actWords(l *lexicon.Lexicon, f *frame) string {
	for _, c := range f.acts {
		if l.Facet(c) != "weak" {
			return l.Label(c)
		}
	}
	return ""
}

// measureWords says what a claim measures: "soldiers released"; the extractor's words where the lexicon has none.
func measureWords(face *frame) string {
	l := lexicon.Default()
	act := actWords(l, face)
	if len(face.measures) > 0 {
		return l.Label(face.measures[0])
	}
	if len(face.things) > 0 && act != "" {
		return strings.TrimSpace(nounOf(face) + " " + act)
	}
	if face.m.Measure != "" {
		return face.m.Measure
	}
	return strings.TrimSpace(nounOf(face) + " " + act)
}

// dayWords is a day as people write it, or the day as it is where it is none.
func dayWords(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.Format("2 January 2006")
}

// clearest is the mention that a claim is described by: of those that give the shown figure the one that says most of its key, the
// earliest at a tie.
func clearest(members []*frame, chosen *frame) *frame {
	best, most := chosen, richness(chosen)
	for _, f := range members {
		if f.kind == chosen.kind && f.fig.point.Equal(chosen.fig.point) && f.m.Value.Equal(chosen.m.Value) {
			if r := richness(f); r > most {
				best, most = f, r
			}
		}
	}
	return best
}

func richness(f *frame) int {
	n := 0
	for _, known := range []bool{len(f.things) > 0 && !f.inferred, len(f.acts) > 0 && !f.inferred, f.m.Unit.Name != "", f.m.Dated, f.m.Place != "", f.m.Scope != "", f.m.Part == PartBody, slices.Contains([]string{"", "en"}, f.m.Lang)} {
		if known {
			n++
		}
	}
	return n
}
