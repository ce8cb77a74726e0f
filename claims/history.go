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
			now = evaluate(asOf(members[:n], members[n:], corrected, at), s, at)
		}
		cause := members[n-1]
		if w := withdrawnAt(members[:n], at); w != nil {
			cause = w
		}
		if i > 0 && now.status == before.status && now.value.Equal(before.value) && now.lifecycle == before.lifecycle {
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

// moments lists the distinct times at which mentions came out or were taken down, oldest first.
func moments(members []*frame) []time.Time {
	var out []time.Time
	for _, f := range members {
		out = append(out, f.at)
		if f.m.Withdrawn.After(f.at) {
			out = append(out, f.m.Withdrawn)
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return slices.CompactFunc(out, time.Time.Equal)
}

// withdrawnAt is the first of some mentions that was taken down at a moment, nil for none.
func withdrawnAt(said []*frame, at time.Time) *frame {
	if i := slices.IndexFunc(said, func(f *frame) bool { return f.m.Withdrawn.Equal(at) && at.After(f.at) }); i >= 0 {
		return said[i]
	}
	return nil
}

// asOf gives the mentions as they stood at a moment, before the later ones came: what those corrected, or what was taken
// down later, is whole again.
func asOf(said, later []*frame, corrected map[MentionID]MentionID, at time.Time) []*frame {
	out := slices.Clone(said)
	for i, f := range out {
		if f.m.Stance != Outdated {
			continue
		}
		by := corrected[f.m.ID]
		if f.m.Withdrawn.After(at) && by == "" || slices.ContainsFunc(later, func(g *frame) bool { return g.m.ID == by }) {
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
