package claims

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A camp is the voices whose words one figure carries.
type camp struct {
	figure *frame // the most precise bare figure among them
	voices []*testimony
}

// camps gathers the live testimonies by compatible figures, the largest camp first, at a tie the lowest figure.
func camps(live []*testimony, w Widths) []camp {
	var out []camp
	for _, v := range live {
		if v.last.fig.vague {
			continue
		}
		c := camp{figure: v.last}
		for _, u := range live {
			if u.last.fig.about(v.last.fig, w) == says {
				c.voices = append(c.voices, u)
			}
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b camp) int {
		return cmp.Or(cmp.Compare(len(b.voices), len(a.voices)), cmp.Compare(looseness(a.figure), looseness(b.figure)),
			a.figure.fig.point.Cmp(b.figure.fig.point), compareFrames(a.figure, b.figure))
	})
	return out
}

// looseness orders figures from the most precise: bare ones by their last written digit, then hedged, then bounds.
func looseness(f *frame) int {
	n := f.fig.place
	switch {
	case f.fig.bare:
	case f.fig.bound:
		n += 2000
	default:
		n += 1000
	}
	return n
}

func mostPrecise(voices []*testimony) *frame {
	best := voices[0].last
	for _, v := range voices[1:] {
		if c := cmp.Compare(looseness(v.last), looseness(best)); c < 0 || c == 0 && compareFrames(v.last, best) < 0 {
			best = v.last
		}
	}
	return best
}

// verifies returns the first of V1 to V4 that a camp meets, with its sentence.
func verifies(c *camp, all []camp, s Settings) (rule, why string) {
	free, parties := 0, []string{}
	for _, v := range c.voices {
		if !v.speaker.stake {
			free++
		}
		if v.speaker.party != "" && !slices.Contains(parties, v.speaker.party) {
			parties = append(parties, v.speaker.party)
		}
	}
	slices.Sort(parties)
	if len(c.voices) >= s.MinIndependent && free > 0 {
		return "V1", fmt.Sprintf("V1: %d independent voices say so (%s), at least one of them without a stake", len(c.voices), names(c.voices))
	}
	if len(parties) >= 2 {
		return "V2", fmt.Sprintf("V2: both sides say so (%s)", strings.Join(parties, ", "))
	}
	alone := len(all) == len(c.voices)
	for _, v := range c.voices {
		if alone && v.speaker.stake && slices.ContainsFunc(v.said, func(f *frame) bool { return f.admits && f.fig.point.Equal(c.figure.fig.point) }) {
			return "V3", fmt.Sprintf("V3: %s, whom it hurts, admits it, and no voice says otherwise", v.speaker.name)
		}
		if alone && v.speaker.own && !v.speaker.stake && registers(s, v) {
			return "V4", fmt.Sprintf("V4: %s keeps this count and publishes it itself", v.speaker.name)
		}
	}
	return "", ""
}

func registers(s Settings, v *testimony) bool {
	return slices.ContainsFunc(s.Sources, func(src Source) bool {
		return src.Register && "source:"+string(src.ID) == v.speaker.voice
	})
}

// silentAt is when a dispute ends by its own: the winning figure has been reached, and no voice against it has said its own
// again for the whole dispute window, measured to the newest document.
func silentAt(against []*testimony, best *camp, s Settings) time.Time {
	var last time.Time
	for _, v := range best.voices {
		if at := v.last.at; at.After(last) {
			last = at
		}
	}
	for _, v := range against {
		for _, f := range v.said {
			if f.at.After(last) {
				last = f.at
			}
		}
	}
	return last.Add(s.DisputeWindow)
}
