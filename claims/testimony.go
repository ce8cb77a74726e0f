package claims

import (
	"cmp"
	"slices"
	"time"
)

// A testimony is the word of one voice on one claim: its latest figure and what it said before.
type testimony struct {
	speaker speaker
	said    []*frame // all its mentions, oldest point in time first
	last    *frame   // the figure it stands by
	denies  *frame   // its denial, nil for none
	live    bool     // its figure is of the newest point in time
	carries []SourceID
	unsure  bool
}

func testimonies(frames []*frame, first map[string]moment) []*testimony {
	by := map[string]*testimony{}
	for _, f := range frames {
		for _, who := range append([]speaker{f.who}, f.with...) {
			t := by[who.voice]
			if t == nil {
				t = &testimony{speaker: who}
				by[who.voice] = t
			}
			t.take(f, who)
		}
		for _, who := range f.deniers {
			t := by[who.voice]
			if t == nil {
				t = &testimony{speaker: who}
				by[who.voice] = t
			}
			if t.denies == nil || compareFrames(t.denies, f) < 0 {
				t.denies = f
			}
		}
	}
	var out []*testimony
	for _, voice := range sortedKeys(by) {
		t := by[voice]
		slices.Sort(t.carries)
		slices.SortStableFunc(t.said, func(a, b *frame) int {
			return cmp.Or(first[a.fig.point.String()].compare(first[b.fig.point.String()]), compareFrames(a, b))
		})
		t.unsure = len(t.said) > 0 && !slices.ContainsFunc(t.said, func(f *frame) bool { return !f.m.Unsure })
		// A figure that a correction or its own speaker withdrew no longer speaks for its voice.
		for _, f := range t.said {
			if f.m.Stance != Outdated && !t.tookBack(f) && (!f.fig.vague || t.last == nil) {
				if t.last != nil && f.fig.bound && !t.last.fig.bound && f.fig.compatible(t.last.fig, DefaultWidths()) {
					continue // a looser repeat does not replace a figure
				}
				t.last = f
			}
		}
		out = append(out, t)
	}
	return out
}

// take adds one mention to what a voice has said.
func (t *testimony) take(f *frame, who speaker) {
	if who.own && !t.speaker.own {
		t.speaker = who
	}
	if !slices.Contains(t.carries, f.m.Source) {
		t.carries = append(t.carries, f.m.Source)
	}
	if f.m.Modality != Denied {
		t.said = append(t.said, f)
	} else if t.denies == nil || compareFrames(t.denies, f) < 0 {
		t.denies = f
	}
}

// tookBack reports whether a voice itself denies a figure that it said before: "12, not 20 as we first reported".
func (t *testimony) tookBack(f *frame) bool {
	return t.denies != nil && compareFrames(f, t.denies) < 0 && f.m.Document != t.denies.m.Document && f.fig.point.Equal(t.denies.fig.point)
}

// contradictsItself reports whether a voice denies what nobody but itself has said, and stands by it no more.
func (t *testimony) contradictsItself(others []*testimony, w Widths) bool {
	return (t.last == nil || !t.last.fig.compatible(t.denies.fig, w)) && slices.ContainsFunc(t.said, t.tookBack) &&
		!slices.ContainsFunc(others, func(u *testimony) bool { return u != t && u.last != nil && u.last.fig.compatible(t.denies.fig, w) })
}

// settleTime finds which voices speak of the newest point in time.
func settleTime(voices []*testimony, first map[string]moment, basis Basis, w Widths) {
	var newest moment
	var top *testimony
	for _, v := range voices {
		v.live = v.last != nil
		if v.last == nil || !v.speaker.counts || v.last.fig.vague {
			continue
		}
		if at := first[v.last.fig.point.String()]; top == nil || at.compare(newest) > 0 {
			newest, top = at, v
		}
	}
	if top == nil || basis == BasisPeriod || basis == BasisPlan {
		return
	}
	for _, v := range voices {
		if v.last == nil || v.last.fig.about(top.last.fig, w) == says || !top.last.fig.bound && v.last.fig.compatible(top.last.fig, w) {
			continue // a loose bound of later says nothing of an earlier figure: "more than 300" now, and 600 three days ago
		}
		at := first[v.last.fig.point.String()]
		earlier := at.day < newest.day
		if !earlier && at.day == newest.day && newest.at.Sub(at.at) >= 3*time.Hour && !repeatsAfter(v, newest.at) {
			earlier = true
		}
		if !earlier || v.last.m.Rivals && top.last.m.Rivals {
			continue
		}
		// A running count never falls: a lower figure that comes later from another voice leaves the higher one standing.
		if basis == BasisRunning && v.last.fig.point.GreaterThan(top.last.fig.point) && v.speaker.counts {
			continue
		}
		v.live = false
	}
}

// repeatsAfter reports whether a voice or a carrier of it gives its figure again after a time.
func repeatsAfter(v *testimony, at time.Time) bool {
	return slices.ContainsFunc(v.said, func(f *frame) bool { return f.at.After(at) && f.fig.point.Equal(v.last.fig.point) })
}

func speakerOf(voices []*testimony, f *frame) *testimony {
	for _, v := range voices {
		if v.last == f {
			return v
		}
	}
	return voices[0]
}

func latest(voices []*testimony) *frame {
	var best *frame
	for _, v := range voices {
		if v.last == nil {
			continue
		}
		if best == nil || looseness(v.last) < looseness(best) || looseness(v.last) == looseness(best) && compareFrames(best, v.last) < 0 {
			best = v.last
		}
	}
	return best
}
