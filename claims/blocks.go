package claims

import (
	"strconv"
	"strings"
	"time"

	"tallywire/claims/lexicon"
)

// Blocking: only mentions and groups that share a key are compared, so that the cost of a new document does not grow with
// the board. Two that share none have nothing in common that likeness could count, or lie in other seasons.

// smallBucket is up to how many mentions of one figure all pairs are compared.
const smallBucket = 24

// Blocks returns the keys under which the store finds a mention again when another one might speak of the same claim.
func Blocks(m *Mention) []string {
	f := figureOf(m, DefaultWidths())
	return []string{kindOf(m) + " " + f.point.String()}
}

// seasons are the two overlapping stretches of time a moment lies in: any two moments less than sameStory apart share one.
func seasons(at time.Time) []string {
	n := at.Unix() / int64(sameStory.Seconds())
	return []string{strconv.FormatInt(n, 36), strconv.FormatInt(n+1, 36)}
}

// inSeasons puts each key into the seasons of some moments.
func inSeasons(keys []string, moments map[string]bool) []string {
	out := make([]string, 0, len(keys)*len(moments))
	for season := range moments {
		for _, k := range keys {
			out = append(out, season+" "+k)
		}
	}
	return out
}

// keys are what a mention of a figure may share with another one of it.
func (f *frame) keys(l *lexicon.Lexicon) []string {
	keys := conceptKeys(l, f.things, f.acts, f.measures)
	for _, w := range []string{f.head, f.subject} {
		if w != "" {
			keys = append(keys, "w "+w)
		}
	}
	for w := range f.names {
		keys = append(keys, "n "+w)
	}
	for w := range f.numbers {
		keys = append(keys, "i "+w)
	}
	keys = append(keys, "v "+f.who.voice, "u "+f.m.URL)
	moments := map[string]bool{}
	for _, s := range seasons(f.at) {
		moments[s] = true
	}
	return inSeasons(keys, moments)
}

// keys are what a group of one figure may share with that of another: what is counted or done, what a level is the level of,
// and the document. Counts of a day meet only within their day, running counts and stocks within their season; figures that may be one, rounded
// or hedged, meet within their season by their rough size.
func (g *group) keys(l *lexicon.Lexicon) []string {
	kind := g.frames[0].kind
	base := conceptKeys(l, g.things, g.acts, g.measures)
	for w := range g.heads {
		if w != "" {
			base = append(base, "w "+w)
		}
	}
	if kind != "count" {
		for w := range g.subjects {
			if w != "" {
				base = append(base, "s "+w)
			}
		}
		base = append(base, "k")
	}
	moments := map[string]bool{}
	for _, f := range g.frames {
		for _, s := range seasons(f.at) {
			moments[s] = true
		}
	}
	var out []string
	day := g.usual().To
	basis := g.basis()
	for _, k := range base {
		if basis != BasisPlan {
			out = append(out, kind+" D"+day+" "+k)
		}
		for season := range moments {
			if basis != BasisPeriod || kind != "count" {
				out = append(out, kind+" R"+season+" "+k)
			}
			for _, z := range sizes(g.frames[0].fig) {
				out = append(out, kind+" "+z+" "+season+" "+k)
			}
		}
	}
	for _, f := range g.frames {
		out = append(out, "d "+string(f.m.Document))
	}
	return out
}

// conceptKeys leaves the most general things out where something else is known: nearly every figure of a war counts people.
func conceptKeys(l *lexicon.Lexicon, things, acts, measures []lexicon.Concept) []string {
	var keys []string
	for _, c := range acts {
		if l.Facet(c) != "weak" {
			keys = append(keys, "a "+string(c))
		}
	}
	for _, c := range measures {
		keys = append(keys, "m "+string(c))
	}
	for _, c := range things {
		if c != "person" || len(keys) == 0 {
			keys = append(keys, "t "+string(c))
		}
	}
	return keys
}

// sizeSteps part a decade of sizes so that neighbours differ by about a third.
var sizeSteps = []int{10, 13, 17, 22, 29, 38, 50, 65, 85}

// sizes are the two neighbouring steps of a figure's size: figures up to a third apart share one.
func sizes(f figure) []string {
	digits := strings.TrimLeft(f.point.Abs().Coefficient().String(), "0")
	if digits == "" {
		return []string{"z"}
	}
	exponent := int(f.point.Exponent()) + len(digits)
	lead, err := strconv.Atoi((digits + "0")[:2])
	if err != nil {
		return nil
	}
	step := 0
	for step+1 < len(sizeSteps) && lead >= sizeSteps[step+1] {
		step++
	}
	n := exponent*len(sizeSteps) + step
	return []string{"z " + strconv.Itoa(n), "z " + strconv.Itoa(n+1)}
}
