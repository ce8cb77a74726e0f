package claims

import (
	"fmt"
	"slices"
	"strings"
)

// rivalWords puts a dispute in a sentence: who says which figure.
func rivalWords(all []camp, live []*testimony, w Widths) string {
	var parts []string
	seen := map[*testimony]bool{}
	for _, c := range all {
		var fresh []*testimony
		for _, v := range c.voices {
			if !seen[v] {
				seen[v] = true
				fresh = append(fresh, v)
			}
		}
		if len(fresh) > 0 {
			verb := "say"
			if len(fresh) == 1 {
				verb = "says"
			}
			parts = append(parts, fmt.Sprintf("%s %s %s", names(fresh), verb, c.figure.said(all)))
		}
	}
	return strings.Join(parts, "; ")
}

// said is the frame's figure for a reason's sentence, with its unit where others of the claim have another.
func (f *frame) said(all []camp) string {
	n := f.fig.written.String()
	if slices.ContainsFunc(all, func(c camp) bool { return c.figure.fig.unit != f.fig.unit }) {
		n += " (" + f.fig.unit + ")"
	}
	return n
}

func names(voices []*testimony) string {
	var out []string
	for _, v := range voices {
		if !slices.Contains(out, v.speaker.name) {
			out = append(out, v.speaker.name)
		}
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// settlesRivals says what would end a dispute of figures (D1): who would have to give way, and what silence or second
// voice would decide it.
func settlesRivals(best *camp, against, live []*testimony, s Settings) []string {
	var others []*testimony
	for _, v := range live {
		if !slices.Contains(against, v) {
			others = append(others, v)
		}
	}
	days := int(s.DisputeWindow.Hours() / 24)
	give := names(against)
	if len(others) > 0 {
		give += ", or " + names(others) + ","
	}
	out := []string{give + " correcting or withdrawing the figure"}
	if best != nil {
		return append(out, fmt.Sprintf("%s not repeating the figure for %d days", names(against), days))
	}
	return append(out, fmt.Sprintf("a second independent voice for one of the figures, and the other not repeated for %d days", days))
}
