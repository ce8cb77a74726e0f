package claims

import "slices"

// decided is what editors have said about grouping, in a form that clustering can ask.
type decided struct {
	merges [][]MentionID
	splits [][]MentionID
}

// decisionsInForce leaves out what a later undo took back; decisions are taken in order of time, then ID.
func decisionsInForce(all []Decision) []Decision {
	undone := map[string]bool{}
	for _, d := range all {
		if d.Kind == DecideUndo {
			undone[d.Undoes] = true
		}
	}
	var out []Decision
	for _, d := range all {
		if d.Kind != DecideUndo && !undone[d.ID] {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b Decision) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return out
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
