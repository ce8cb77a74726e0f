package claims

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// An outcome is what the rulebook makes of one claim's mentions at one moment.
type outcome struct {
	status     Status
	value      Value
	reasons    []string
	settle     []string
	voices     []Voice
	stance     map[MentionID]Stance
	lifecycle  Lifecycle
	independed int       // voices that count behind the value shown
	rule       string    // the rule that decided
	chosen     *frame    // the mention whose figure is shown
	basis      Basis     // of the claim
	due        time.Time // when the dispute ends by its own; zero: not by its own
}

// evaluate applies sections 3 to 5 of the rulebook to the mentions of one claim.
func evaluate(frames []*frame, s Settings, newest time.Time) outcome {
	o := outcome{stance: map[MentionID]Stance{}, lifecycle: Current, basis: basisOf(frames)}
	first := firstSaid(frames, s.Widths)
	voices := testimonies(frames, first)
	settleTime(voices, first, o.basis, s.Widths)
	var counting, hearsay []*testimony
	for _, v := range voices {
		if v.speaker.counts && !v.unsure {
			counting = append(counting, v)
		} else {
			hearsay = append(hearsay, v)
		}
	}
	o.judge(counting, hearsay, s, newest)
	o.describe(voices, frames, s.Widths)
	return o
}

func (o *outcome) judge(counting, hearsay []*testimony, s Settings, newest time.Time) {
	var live, deniers []*testimony
	for _, v := range counting {
		if v.last != nil && v.live {
			live = append(live, v)
		}
		if v.denies != nil && (v.last == nil || compareFrames(v.last, v.denies) < 0) && !v.contradictsItself(slices.Concat(counting, hearsay), s.Widths) {
			deniers = append(deniers, v)
		}
	}
	all := camps(live, s.Widths)
	var best *camp
	for i := range all {
		if rule, why := verifies(&all[i], all, s); rule != "" {
			if best == nil {
				best, o.rule = &all[i], rule
				o.reasons = append(o.reasons, why)
			}
		}
	}
	var against []*testimony
	if len(all) > 0 {
		lead := all[0].figure
		if best != nil {
			lead = best.figure
		}
		for _, v := range live {
			if v.last.fig.about(lead.fig, s.Widths) == contradicts {
				against = append(against, v)
			}
		}
	}
	if best != nil && len(against) > 0 {
		o.due = silentAt(against, best, s)
	}
	if !o.due.IsZero() && !newest.Before(o.due) {
		o.due = time.Time{}
		o.reasons = append(o.reasons, fmt.Sprintf("the dispute is over: %s has not repeated its figure for %d days", names(against), int(s.DisputeWindow.Hours()/24)))
		against = nil
	}
	switch {
	case len(deniers) > 0:
		o.status, o.rule = Disputed, "D2"
		o.reasons = []string{fmt.Sprintf("D2: %s denies it", names(deniers))}
		o.settle = append(o.settle, names(deniers)+" taking the denial back, or the figure being withdrawn by its source")
		if len(live) > 0 {
			o.spread(all, live)
		}
	case len(against) > 0:
		o.status, o.rule = Disputed, "D1"
		o.spread(all, live)
		o.settle = append(o.settle, settlesRivals(best, against, live, s)...)
		o.reasons = []string{"D1: " + rivalWords(all, live, s.Widths) + misprint(all)}
	case best != nil:
		o.status = Verified
		o.shown(mostPrecise(best.voices))
		o.independed = len(best.voices)
	default:
		o.status = Unverified
		o.unverified(all, live, counting, hearsay)
	}
}

// spread sets the value of a dispute: low and high over the voices that count, best the figure with most voices.
func (o *outcome) spread(all []camp, live []*testimony) {
	if len(all) == 0 {
		return
	}
	most := len(all[0].voices)
	choice := all[0].figure
	for _, c := range all {
		if len(c.voices) == most && c.figure.fig.point.LessThan(choice.fig.point) && !choice.fig.compatible(c.figure.fig, DefaultWidths()) {
			choice = c.figure
		}
	}
	for _, c := range all {
		if len(c.voices) == most && c.figure.fig.compatible(choice.fig, DefaultWidths()) && looseness(c.figure) < looseness(choice) {
			choice = c.figure
		}
	}
	o.chosen, o.independed = choice, most
	low, high := choice.fig.point, choice.fig.point
	for _, v := range live {
		if v.last.fig.vague {
			continue
		}
		low, high = decimal.Min(low, v.last.fig.point), decimal.Max(high, v.last.fig.point)
	}
	o.value = Value{Low: inUnitOf(choice, low), Best: NumberOf(choice.fig.written), High: inUnitOf(choice, high)}
}

// shown sets the value that one mention says.
func (o *outcome) shown(f *frame) {
	o.chosen = f
	o.value = f.m.Value
	if !f.fig.vague && f.m.Compare != Range && !o.value.Best.Known() {
		o.value.Best = NumberOf(f.fig.written)
	}
}

// unverified names which of U1 to U6 holds, and shows the figure said.
func (o *outcome) unverified(all []camp, live, counting, hearsay []*testimony) {
	switch {
	case len(all) > 0:
		lead := all[0]
		o.shown(mostPrecise(lead.voices))
		o.independed = len(lead.voices)
		v := lead.voices[0]
		if v.speaker.stake {
			o.rule = "U2"
			o.reasons = append(o.reasons, fmt.Sprintf("U2: only %s says so, and it speaks for a side", names(lead.voices)))
			o.settle = append(o.settle, "a voice without a stake, or the other side, giving the same figure")
		} else {
			o.rule = "U1"
			carriers := 0
			for _, u := range lead.voices {
				carriers += len(u.carries)
			}
			o.reasons = append(o.reasons, fmt.Sprintf("U1: one voice only (%s), carried by %s", names(lead.voices), count(carriers, "source")))
			o.settle = append(o.settle, "a second independent voice giving the same figure")
		}
	case len(live) > 0 || latest(counting) != nil:
		o.rule = "U1"
		if f := latest(counting); f != nil {
			o.shown(f)
		}
		o.reasons = append(o.reasons, "U1: only a vague word, no figure, from voices that count")
		o.settle = append(o.settle, "a figure from a source that can be named")
	default:
		f := latest(hearsay)
		if f == nil {
			o.takenBack(slices.Concat(counting, hearsay))
			return
		}
		o.shown(f)
		switch v := speakerOf(hearsay, f); {
		case v.unsure:
			o.rule = "U5"
			o.reasons = append(o.reasons, fmt.Sprintf("U5: the source itself calls it unconfirmed (%s)", v.speaker.name))
		case v.speaker.vague:
			o.rule = "U4"
			o.reasons = append(o.reasons, "U4: the origin cannot be told ("+v.speaker.name+")")
		default:
			o.rule = "U3"
			o.reasons = append(o.reasons, "U3: only posts on social networks say so ("+names(hearsay)+")")
		}
		o.settle = append(o.settle, "an office, an outlet or a side of the conflict giving the figure in its own name")
	}
}

// takenBack shows the last figure of a claim that nobody stands by any more.
func (o *outcome) takenBack(voices []*testimony) {
	var last *frame
	for _, v := range voices {
		for _, f := range v.said {
			if last == nil || compareFrames(last, f) < 0 {
				last = f
			}
		}
	}
	if last != nil {
		o.shown(last)
		o.reasons = append(o.reasons, "withdrawn: nobody stands by this figure any more ("+names(voices)+" took it back)")
	}
}
