package claims

import (
	"cmp"
	"slices"
	"strings"
)

// decided is what editors have said about grouping, in a form that clustering can ask.
type decided struct {
	merges [][]MentionID
	splits [][]MentionID
}

// decisionsInForce leaves out what an undo took back that was not taken back itself; decisions come in order of time, then ID.
func decisionsInForce(all []Decision) []Decision {
	sorted := slices.SortedFunc(slices.Values(all), func(a, b Decision) int {
		return cmp.Or(a.At.Compare(b.At), strings.Compare(a.ID, b.ID))
	})
	undone := map[string]bool{}
	for _, d := range slices.Backward(sorted) { // newest first: what undoes an undo comes after it
		if d.Kind == DecideUndo && !undone[d.ID] {
			undone[d.Undoes] = true
		}
	}
	return slices.DeleteFunc(sorted, func(d Decision) bool { return d.Kind == DecideUndo || undone[d.ID] })
}

func newDecided(all []Decision) *decided {
	d := &decided{}
	for _, x := range all {
		switch x.Kind {
		case DecideMerge:
			d.merges = append(d.merges, x.Mentions)
		case DecideSplit:
			d.splits = append(d.splits, x.Mentions)
		}
	}
	return d
}

// apart reports whether an editor split one side's mentions from the other's.
func (d *decided) apart(a, b []*frame) bool {
	for _, split := range d.splits {
		if holds(a, split) != holds(b, split) {
			return true
		}
	}
	return false
}

func holds(frames []*frame, ids []MentionID) bool {
	return slices.ContainsFunc(frames, func(f *frame) bool { return slices.Contains(ids, f.m.ID) })
}

// join brings together the clusters that hold mentions of one merge.
func (d *decided) join(clusters [][]*frame) [][]*frame {
	for _, merge := range d.merges {
		first := -1
		for i := range clusters {
			if !holds(clusters[i], merge) {
				continue
			}
			if first < 0 {
				first = i
				continue
			}
			clusters[first] = append(clusters[first], clusters[i]...)
			clusters[i] = nil
		}
		if first >= 0 {
			slices.SortFunc(clusters[first], compareFrames)
		}
	}
	return slices.DeleteFunc(clusters, func(c []*frame) bool { return len(c) == 0 })
}
