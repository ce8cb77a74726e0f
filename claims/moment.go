package claims

import (
	"cmp"
	"strings"
	"time"
)

// basisOf is the time basis most of the mentions give; ties go to the one that moves.
func basisOf(frames []*frame) Basis {
	n, silent := map[Basis]int{}, 0
	for _, f := range frames {
		if _, measured := measureOf(f.m); measured && f.basis == BasisPeriod && len(f.acts) == 0 && !f.m.Dated && f.m.Scope == ScopeNone {
			silent++ // 8,400 hectares are affected: says nothing of how they came to be
			continue
		}
		n[f.basis]++
	}
	if n[BasisRunning]+n[BasisStock] == 0 {
		n[BasisPeriod] += silent
	}
	best := BasisPeriod
	for _, b := range []Basis{BasisRunning, BasisStock, BasisPeriod, BasisPlan} {
		if n[b] > n[best] || n[b] == n[best] && n[b] > 0 && best == BasisPeriod && b != BasisPlan {
			best = b
		}
	}
	return best
}

// day is the day a mention's figure holds for, as YYYY-MM-DD.
func (f *frame) day() string { return dayOf(f.m, f.basis) }

func dayOf(m *Mention, basis Basis) string {
	at := saidAt(m)
	if m.Dated && m.Date.To != "" && !(basis == BasisRunning && m.Date.From == m.Date.To && daysBetween(m.Date.To, at) > 2) &&
		!(basis == BasisStock && daysBetween(m.Date.To, at) > 30) {
		return m.Date.To // a running count is not told days late: such a date is when the counting began, or something else's
	}
	if !at.IsZero() {
		return at.UTC().Format(time.DateOnly)
	}
	return m.Date.To
}

// saidAt is when a mention was published, or fetched where that is unknown.
func saidAt(m *Mention) time.Time {
	if m.Published.IsZero() {
		return m.Retrieved
	}
	return m.Published
}

// daysBetween counts the days from a day to a time, 0 where either is unknown.
func daysBetween(day string, at time.Time) int {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil || at.IsZero() {
		return 0
	}
	return int(at.Sub(t).Hours() / 24)
}

// moment is when a figure was said to hold, for ordering: its day, and the clock time of its document
// where that is of the same day.
type moment struct {
	day string
	at  time.Time
}

func (m moment) compare(n moment) int {
	return cmp.Or(strings.Compare(m.day, n.day), m.at.Compare(n.at))
}

// firstSaid gives for each figure of the claim the moment at which it was first said: saying a known
// figure again opens no new point in time.
func firstSaid(frames []*frame, w Widths) map[string]moment {
	out := map[string]moment{}
	for _, f := range frames {
		key, at := f.fig.point.String(), moment{f.day(), f.at}
		if f.movedOn(frames) {
			at.day = "" // older than any: the text says so, not since when
		}
		if old, ok := out[key]; !ok || at.compare(old) < 0 {
			out[key] = at
		}
	}
	return out
}
