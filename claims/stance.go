package claims

import "slices"

// describe gives every mention its stance and lists the voices.
func (o *outcome) describe(voices []*testimony, frames []*frame, w Widths) {
	for _, f := range frames {
		o.stance[f.m.ID] = o.stanceOf(f, voices, w)
	}
	for _, v := range voices {
		out := Voice{Name: v.speaker.name, Class: v.speaker.class, Party: v.speaker.party, Counts: v.speaker.counts && !v.unsure, Stake: v.speaker.stake, Carriers: v.carries}
		f := v.last
		if f == nil {
			f = v.denies
		}
		if f == nil && len(v.said) > 0 {
			f = v.said[len(v.said)-1]
		}
		if f != nil {
			out.Value, out.Stance = f.m.Value, o.stance[f.m.ID]
		}
		o.voices = append(o.voices, out)
	}
	standing := slices.ContainsFunc(voices, func(v *testimony) bool { return v.last != nil })
	if !standing && len(frames) > 0 && !slices.ContainsFunc(voices, func(v *testimony) bool { return v.denies != nil }) {
		o.lifecycle = Withdrawn
	}
}

func (o *outcome) stanceOf(f *frame, voices []*testimony, w Widths) Stance {
	switch {
	case f.m.Stance == Outdated:
		return Outdated
	case !f.who.counts || f.m.Unsure:
		return Context
	case f.m.Modality == Denied:
		return Disputes
	}
	i := slices.IndexFunc(voices, func(v *testimony) bool { return v.speaker.voice == f.who.voice })
	v := voices[i]
	if v.last == nil || !v.live || !f.fig.compatible(v.last.fig, w) {
		return Outdated
	}
	if o.chosen == nil {
		return Supports
	}
	switch f.fig.about(o.chosen.fig, w) {
	case says:
		return Supports
	case contradicts:
		return Disputes
	}
	return Context
}
