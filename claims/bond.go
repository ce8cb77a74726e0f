package claims

import (
	"slices"
	"strings"

	"tallywire/claims/lexicon"
)

// bond is what two figures of one document have to do with each other.
type bond int

const (
	none   bond = iota
	linked      // the text itself sets them against each other: rivals, or "to 6.2 from 6.4"
	told        // one voice gives both of one time: two facts
)

func bondOf(g, h *group) bond {
	out := none
	if g.docs.common(h.docs) == 0 {
		return out
	}
	for _, x := range g.frames {
		for _, y := range h.frames {
			if x.m.Document != y.m.Document {
				continue
			}
			if x.m.Sentence == y.m.Sentence && (x.m.Rivals && y.m.Rivals || movedFrom(x, y)) || setAgainst(x, y) {
				return linked
			}
			if x.who.voice == y.who.voice && x.from == y.from && x.to == y.to && x.m.Stance != Outdated && y.m.Stance != Outdated && x.m.Part == y.m.Part {
				out = told
			}
		}
	}
	return out
}

// setAgainst reports whether a passage gives two bare figures of two voices one after the other: "The police say 18,000.
// The organisers say 60,000."
func setAgainst(x, y *frame) bool {
	apartBy := y.m.Paragraph - x.m.Paragraph
	return (x.inferred || y.inferred) && x.who.voice != y.who.voice && x.m.Part == y.m.Part && apartBy >= -1 && apartBy <= 1 &&
		!x.who.own && !y.who.own && x.m.Attribution.Text != "" && y.m.Attribution.Text != "" && abs(x.order-y.order) == 1
}

func abs(n int) int { return max(n, -n) }

var (
	notWords  bag = lexicon.Words("not")  // deny the figure that follows
	fromWords bag = lexicon.Words("from") // stand before the figure that another one replaces
)

// movedOn reports whether the sentence of a figure says that another one of the claim took its place: the 4.6 of "slowed to 4.1 per
// cent from 4.6".
func (f *frame) movedOn(frames []*frame) bool {
	return slices.ContainsFunc(frames, func(g *frame) bool {
		return g.m.Document == f.m.Document && g.m.Sentence == f.m.Sentence && g.m.Start < f.m.Start && !g.fig.point.Equal(f.fig.point) && !g.m.Rivals && movedFrom(g, f) && !denialBetween(g, f)
	})
}

// movedFrom reports whether a sentence moves one figure from the other: "revised to 6.2 from 6.4", "63, up from 41".
func movedFrom(x, y *frame) bool {
	if x.m.Start > y.m.Start {
		x, y = y, x
	}
	i := strings.Index(x.m.Sentence, x.m.Text)
	j := strings.LastIndex(x.m.Sentence, y.m.Text)
	if i < 0 || j <= i+len(x.m.Text) {
		return false
	}
	between := fold(x.m.Sentence[i+len(x.m.Text) : j])
	if denialBetween(x, y) {
		return true
	}
	return len(between) <= 12 && slices.ContainsFunc(between, func(w string) bool { return fromWords.has(w) })
}

// denialBetween reports whether one of two figures of a sentence only denies the other, x the first: "not 7,000 but 9,000", "33, not 28".
func denialBetween(x, y *frame) bool {
	before, rest, ok := strings.Cut(x.m.Sentence, x.m.Text)
	between, _, found := strings.Cut(rest, y.m.Text)
	if !ok || !found {
		return false
	}
	last := func(s string) bool {
		words := fold(s)
		return len(words) > 0 && notWords.has(words[len(words)-1])
	}
	return last(before) || last(between)
}
