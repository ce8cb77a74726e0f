package claims

import (
	"strconv"
	"strings"
	"time"

	"tallywire/claims/lexicon"
)

// Blocking: only mentions and groups that share a key are compared, so that the cost of a new document does not grow with
// the board. Two that share none have nothing in common that likeness could count, or lie in other seasons.

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

// keys are what a mention of a figure may share with another one of it. Figures of two significant digits and more are seldom
// met by chance: within a season all their mentions are compared.
func (f *frame) keys(l *lexicon.Lexicon) []blockKey {
	base := conceptKeys(l, f.things, f.acts, f.measures, f.head)
	plain := func(k string) { base = append(base, blockKey{key: k}) }
	if f.subject != "" {
		plain("s " + f.subject)
	}
	for w := range f.story {
		plain("n " + w)
	}
	for w := range f.numbers {
		plain("i " + w)
	}
	plain("v " + f.who.voice)
	plain("u " + f.m.URL)
	if digits(f) >= 2 {
		base = []blockKey{{key: "*"}}
	}
	out := make([]blockKey, 0, 2*len(base))
	for _, season := range seasons(f.at) {
		for _, k := range base {
			out = append(out, blockKey{season + " " + k.key, false})
		}
	}
	return out
}

// keys are what a group of one figure may share with that of another: what is counted or done, what a level is the level of,
// and the document. Counts of a day meet only within their day, running counts and stocks within their season; figures that
// may be one, rounded or hedged, meet within their season by their rough size.
func (g *group) keys(l *lexicon.Lexicon) []blockKey {
	kind := g.frames[0].kind
	base := conceptKeys(l, g.exact(l), g.acts, g.measures, sortedWords(g.heads))
	if kind != "count" {
		for w := range g.subjects {
			if w != "" {
				base = append(base, blockKey{key: "s " + w})
			}
		}
		base = append(base, blockKey{key: "k"})
	}
	moments := map[string]bool{}
	for _, f := range g.frames {
		for _, s := range seasons(f.at) {
			moments[s] = true
		}
	}
	var out []blockKey
	day := g.usual().To
	basis := g.basis()
	for _, k := range base {
		if basis != BasisPlan {
			out = append(out, blockKey{kind + " D" + day + " " + k.key, k.beside})
		}
		for season := range moments {
			if basis != BasisPeriod || kind != "count" {
				out = append(out, blockKey{kind + " R" + season + " " + k.key, k.beside})
			}
			for _, z := range sizes(g.frames[0].fig) {
				out = append(out, blockKey{kind + " " + z + " " + season + " " + k.key, k.beside})
			}
		}
	}
	for _, f := range g.frames {
		out = append(out, blockKey{key: "d " + string(f.m.Document)})
	}
	return out
}

// conceptKeys are things with acts where both are known, and each beside the other for those that know only one. The most general thing is
// left out where something else is known: nearly every figure of a war counts people.
func conceptKeys(l *lexicon.Lexicon, things, acts, measures []lexicon.Concept, heads string) []blockKey {
	var keys []blockKey
	for _, c := range measures {
		keys = append(keys, blockKey{key: "m " + string(c)})
	}
	counted := make([]string, 0, len(things)+1)
	for _, c := range things {
		counted = append(counted, "t "+string(c))
	}
	for _, w := range strings.Fields(heads) {
		counted = append(counted, "w "+w)
	}
	var deeds []string
	for _, c := range acts {
		deeds = append(deeds, "a "+string(root(l, c)))
	}
	for _, t := range counted {
		for _, a := range deeds {
			keys = append(keys, blockKey{key: t + " " + a})
		}
		if t != "t person" || len(deeds) == 0 {
			keys = append(keys, blockKey{t, len(deeds) > 0})
		}
	}
	for _, a := range deeds {
		keys = append(keys, blockKey{a, len(counted) > 0})
	}
	return keys
}

// root is the most general concept that one descends from.
func root(l *lexicon.Lexicon, c lexicon.Concept) lexicon.Concept {
	for _, p := range l.Parents(c) {
		return root(l, p)
	}
	return c
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
