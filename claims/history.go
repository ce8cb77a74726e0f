package claims

import (
	"slices"
	"time"
)

// replay plays a claim's mentions in the order in which they came out and records every step at which its
// status or value changed, and returns the last outcome.
func replay(members []*frame, corrected map[MentionID]MentionID, s Settings, newest time.Time) ([]Change, outcome) {
	var history []Change
	var before outcome
	final := evaluate(members, s, newest)
	steps := moments(members)
	for i, at := range steps {
		n := 0
		for n < len(members) && !members[n].at.After(at) {
			n++
		}
		now := final
		if i < len(steps)-1 {
			now = evaluate(asOf(members[:n], members[n:], corrected), s, at)
		}
		cause := members[n-1]
		if i > 0 && now.status == before.status && now.value.Equal(before.value) {
			continue
		}
		history = append(history, Change{
			At: at, Kind: kindOfChange(i == 0, before, now, cause, members[:n], corrected), Status: now.status, Previous: before.status,
			Value: now.value, Reasons: slices.Clone(now.reasons), Mention: cause.m.ID,
		})
		before = now
	}
	return history, final
}

// moments lists the distinct times at which mentions came out, oldest first.
func moments(members []*frame) []time.Time {
	var out []time.Time
	for _, f := range members {
		if len(out) == 0 || f.at.After(out[len(out)-1]) {
			out = append(out, f.at)
		}
	}
	return out
}

// asOf gives the mentions as they stood before the later ones came: what those corrected is whole again.
func asOf(said, later []*frame, corrected map[MentionID]MentionID) []*frame {
	out := slices.Clone(said)
	for i, f := range out {
		if f.m.Stance != Outdated {
			continue
		}
		by := corrected[f.m.ID]
		if slices.ContainsFunc(later, func(g *frame) bool { return g.m.ID == by }) {
			m := *f.m
			m.Stance = ""
			g := *f
			g.m = &m
			out[i] = &g
		}
	}
	return out
}

func kindOfChange(first bool, before, now outcome, cause *frame, said []*frame, corrected map[MentionID]MentionID) ChangeKind {
	switch {
	case first:
		return First
	case now.lifecycle == Withdrawn:
		return Withdrawal
	case now.status == Disputed && before.status != Disputed:
		return Dispute
	case before.status == Disputed && now.status != Disputed:
		return Resolved
	case slices.ContainsFunc(said, func(f *frame) bool { return corrected[f.m.ID] == cause.m.ID }):
		return Correction
	case now.value.Equal(before.value):
		return Repeat
	case before.chosen != nil && now.chosen != nil && before.chosen.who.voice == now.chosen.who.voice && now.chosen.day() == before.chosen.day():
		return Revision
	case before.chosen != nil && now.chosen != nil && before.chosen.fig.compatible(now.chosen.fig, DefaultWidths()):
		return Repeat
	}
	return Update
}
