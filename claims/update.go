package claims

import (
	"maps"
	"slices"
	"strings"
	"time"

	"tallywire/claims/lexicon"
)

// A Changed says what has changed since a board was judged.
type Changed struct {
	Documents []DocumentID          // new, read again, or taken down
	Claims    []ClaimID             // that an editor's decision, or its undoing, speaks of
	Mentions  []MentionID           // the same
	Newest    time.Time             // of the verdicts until now
	Due       map[ClaimID]time.Time // of the verdicts until now
}

// Update judges what has changed, and all that it touches, and returns the claims to be written and removed so that the board
// is as Judge over everything would make it. Decisions are all there are. Its cost depends on how many mentions are near
// what has changed, not on how many there are.
//
// Why it comes to the same: grouping (agglomerate) joins pairs in one order, from the most alike, and asks of each only
// whether the two sides as they are then may meet. So what is joined inside a set of mentions does not depend on those
// outside, as long as no pair across is alike. The core is such a set but for its neighbours: claims of which a mention is
// alike to one of the core. A neighbour takes part, and where it comes out as it went in, all its pairs with mentions further
// out were turned down as they had been before, and it is left as it is; where it does not, it becomes core and has its
// own neighbours looked at.
func (b *Bench) Update(d Docket, decisions []Decision, c Changed) (Verdicts, error) {
	if b.shelf.sheets == nil || len(b.shelf.sheets) > maxSheets {
		b.shelf.clear()
	}
	inForce := decisionsInForce(decisions)
	u := &update{
		reader: &reader{Bench: b, docket: d, decided: newDecided(inForce), doubted: map[*frame]bool{}},
		core:   map[*frame]bool{}, probed: map[*frame]bool{}, asked: map[uint64]bool{}, neighbours: map[ClaimID]*holding{}, gone: map[ClaimID]*Claim{},
		newest: c.Newest,
	}
	defer u.tidy()
	u.begin(c)
	groups := u.grow()
	v := Verdicts{Newest: u.newest, Due: map[ClaimID]time.Time{}}
	if u.err != nil {
		return v, u.err
	}
	made := u.decide(groups, &v)
	put := u.relate(made)
	if u.err != nil {
		return v, u.err
	}
	v.Claims = u.write(put, made, inForce)
	for id := range u.gone {
		if made[id] == nil {
			v.Remove = append(v.Remove, id)
		}
	}
	slices.Sort(v.Remove)
	return v, nil
}

// An update is one call of Update.
type update struct {
	*reader
	core       map[*frame]bool      // mentions whose claims are made anew
	probed     map[*frame]bool      // those of core whose like mentions of the same figure have been looked for
	asked      map[uint64]bool      // groups whose like groups have been looked for
	neighbours map[ClaimID]*holding // claims that take part and have come out as they went in
	gone       map[ClaimID]*Claim   // claims that are made anew, as they were
	newest     time.Time
	madeOf     map[*frame]ClaimID // after decide, of the mentions of core
}

// begin reads what has changed and makes core of it, with the claims that held it.
func (u *update) begin(c Changed) {
	var fresh, probes []*frame
	touched := map[*sheet]bool{}
	for _, doc := range c.Documents {
		u.drop(doc)
	}
	dissolve := map[ClaimID]bool{}
	for _, doc := range c.Documents {
		s := u.whole(doc)
		if touched[s] {
			continue
		}
		touched[s] = true
		u.unrow(s)
		fresh = append(fresh, s.frames...)
		mentions, err := u.docket.Page(doc)
		if err != nil {
			u.err = err
			return
		}
		known := map[DocumentID]bool{} // judged before
		for _, m := range mentions {
			id, err := u.docket.ClaimOf(m.ID)
			if err != nil {
				u.err = err
				return
			}
			if id != "" {
				dissolve[id], known[m.Document] = true, true
			}
		}
		before := slices.DeleteFunc(mentions, func(m Mention) bool { return !known[m.Document] })
		probes = append(probes, newSheet(u.cast, before, u.settings.Widths).frames...)
	}
	for _, f := range fresh {
		u.core[f], u.doubted[f] = true, true
		if f.at.After(u.newest) {
			u.newest = f.at
		}
	}
	for _, f := range u.copied(append(probes, fresh...)) {
		f.resolved, u.doubted[f] = false, true
		if id := u.holder(f); id != "" {
			dissolve[id] = true
		}
	}
	for id, due := range c.Due {
		if !u.newest.Before(due) {
			dissolve[id] = true
		}
	}
	for _, id := range c.Claims {
		dissolve[id] = true
	}
	mentions := slices.Clone(c.Mentions)
	for _, list := range slices.Concat(u.decided.merges, u.decided.splits) {
		if slices.ContainsFunc(list, func(m MentionID) bool { return slices.Contains(c.Mentions, m) }) {
			mentions = append(mentions, list...)
		}
	}
	for _, m := range mentions {
		id, err := u.docket.ClaimOf(m)
		if err != nil {
			u.err = err
			return
		}
		if id != "" {
			dissolve[id] = true
		}
	}
	for id := range dissolve {
		delete(u.shelf.holding, id)
	}
	for _, id := range sortedKeys(dissolve) {
		u.dissolve(id)
	}
	for f := range u.core {
		u.resolve(f)
	}
}

// copied is the mentions, those given left out unless they are found, that repeat one of them or that one of them repeats,
// and so on.
func (u *update) copied(from []*frame) []*frame {
	var out []*frame
	seen := map[*frame]bool{}
	for queue := from; len(queue) > 0; queue = queue[1:] {
		f := queue[0]
		if len(f.shingles) < minShingles {
			continue
		}
		for _, g := range u.sameFigure(f) {
			if !seen[g] && (g.origins(f) || f.origins(g)) {
				seen[g] = true
				out, queue = append(out, g), append(queue, g)
			}
		}
	}
	return out
}

// dissolve makes core of a claim's mentions.
func (u *update) dissolve(id ClaimID) {
	if u.gone[id] != nil {
		return
	}
	h := u.hold(id)
	if h == nil {
		return
	}
	old, err := u.docket.Claim(id)
	if old == nil || err != nil {
		u.err = err
		return
	}
	u.gone[id] = old
	delete(u.neighbours, id)
	delete(u.shelf.holding, id)
	for _, f := range h.frames {
		u.whole(f.m.Document)
		u.core[f] = true
	}
	var held []MentionID // by an editor's merge
	for _, m := range u.decided.merges {
		if holds(h.frames, m) {
			held = append(held, m...)
		}
	}
	for _, m := range held {
		other, err := u.docket.ClaimOf(m)
		if err != nil {
			u.err = err
		}
		if other != "" {
			u.dissolve(other)
		}
	}
}

// sameFigure is the mentions of a mention's own figure and kind that share a key with it, itself left out.
func (r *reader) sameFigure(f *frame) []*frame {
	return slices.DeleteFunc(r.near(f.figureKeys(lexicon.Default())), func(g *frame) bool {
		return g == f || g.kind != f.kind || !g.fig.point.Equal(f.fig.point)
	})
}

// invite makes a neighbour of a claim, and reports whether it is a new one.
func (u *update) invite(id ClaimID) bool {
	if id == "" || u.gone[id] != nil || u.neighbours[id] != nil {
		return false
	}
	h := u.hold(id)
	if h == nil || len(h.frames) == 0 {
		return false
	}
	for _, f := range h.frames {
		u.whole(f.m.Document)
	}
	u.neighbours[id] = h
	return true
}

// grow adds neighbours, and to the core those that do not come out as they went in, until nothing changes. It returns
// the groups of all that takes part.
func (u *update) grow() []*group {
	for u.err == nil {
		grown := false
		for _, f := range u.all(u.core) {
			if !u.probed[f] {
				u.probed[f] = true
				grown = u.inviteFigures(f) || grown
			}
		}
		groups := groupsOf(byFigure(u.taking()), u.decided)
		for _, g := range groups {
			grown = u.inviteGroups(g) || grown
		}
		if grown {
			continue
		}
		for _, id := range u.changed(groups) {
			u.dissolve(id)
			grown = true
		}
		if !grown {
			return groups
		}
	}
	return nil
}

// all lists frames by time.
func (u *update) all(set map[*frame]bool) []*frame {
	return slices.SortedFunc(maps.Keys(set), compareFrames)
}

// taking is the mentions that take part, by time.
func (u *update) taking() []*frame {
	out := slices.Collect(maps.Keys(u.core))
	for _, h := range u.neighbours {
		out = append(out, h.frames...)
	}
	slices.SortFunc(out, compareFrames)
	return out
}

// inviteFigures makes neighbours of the claims of mentions that say the same figure and are alike.
func (u *update) inviteFigures(f *frame) bool {
	l, grown := lexicon.Default(), false
	for _, g := range u.sameFigure(f) {
		a, b := f, g
		if compareFrames(b, a) < 0 {
			a, b = b, a
		}
		if u.core[g] || contradict(l, a, b) {
			continue
		}
		id := u.holder(g)
		if id == "" || u.neighbours[id] != nil {
			continue
		}
		u.resolve(g)
		if sameFigureLike(l, a, b) > 0 && !u.decided.apart([]*frame{a}, []*frame{b}) {
			grown = u.invite(id) || grown
		}
	}
	return grown
}

// inviteGroups makes neighbours of the claims of which a group is alike to one that has mentions of the core.
func (u *update) inviteGroups(g *group) bool {
	if !slices.ContainsFunc(g.frames, func(f *frame) bool { return u.core[f] }) {
		return false
	}
	if print := g.print(); u.asked[print] {
		return false
	} else {
		u.asked[print] = true
	}
	l, grown := lexicon.Default(), false
	var keys []blockKey
	for _, k := range g.topicKeys(l) {
		if k.what[:2] != docKey {
			keys = append(keys, k)
		}
	}
	hits := map[ClaimID]map[*frame]bool{}
	hit := func(f *frame) {
		if f == nil || u.core[f] {
			return
		}
		id := u.holder(f)
		if id == "" || u.neighbours[id] != nil {
			return
		}
		if hits[id] == nil {
			hits[id] = map[*frame]bool{}
		}
		hits[id][f] = true
	}
	for _, f := range u.near(keys) {
		hit(f)
	}
	for _, f := range g.frames {
		for _, other := range u.sheet(f.m.Document).docs[f.m.Document] {
			hit(other)
		}
	}
	for _, id := range sortedKeys(hits) {
		h := u.hold(id)
		if h == nil {
			continue
		}
		for _, o := range h.groups {
			if !slices.ContainsFunc(o.frames, func(f *frame) bool { return hits[id][f] }) {
				continue
			}
			a, b := g, o
			if compareGroups(b, a) < 0 {
				a, b = b, a
			}
			if likeness(l, a, b) > 0 && !u.decided.apart(a.frames, b.frames) && !clash(l, a, b) {
				grown = u.invite(id) || grown
				break
			}
		}
	}
	return grown
}

// changed lists the neighbours that do not come out as they went in.
func (u *update) changed(groups []*group) []ClaimID {
	inGroup := map[*frame]*group{}
	for _, g := range groups {
		for _, f := range g.frames {
			inGroup[f] = g
		}
	}
	inCluster, size := map[*frame]int{}, map[int]int{}
	for i, c := range clusters(groups, u.decided) {
		size[i] = len(c)
		for _, f := range c {
			inCluster[f] = i
		}
	}
	var out []ClaimID
	for _, id := range sortedKeys(u.neighbours) {
		h := u.neighbours[id]
		same := size[inCluster[h.frames[0]]] == len(h.frames)
		for _, g := range h.groups {
			for _, f := range g.frames {
				same = same && inCluster[f] == inCluster[h.frames[0]] && inGroup[f] == inGroup[g.frames[0]] && len(inGroup[f].frames) == len(g.frames)
			}
		}
		if !same {
			out = append(out, id)
		}
	}
	return out
}

// decide makes the claims of the core.
func (u *update) decide(groups []*group, v *Verdicts) map[ClaimID]*Claim {
	made := map[ClaimID]*Claim{}
	u.madeOf = map[*frame]ClaimID{}
	for _, members := range clusters(groups, u.decided) {
		if !slices.ContainsFunc(members, func(f *frame) bool { return u.core[f] }) {
			continue
		}
		corrected := map[MentionID]MentionID{}
		for _, f := range members {
			for from, to := range u.sheet(f.m.Document).corrected {
				corrected[from] = to
			}
		}
		c, due := claimOf(members, corrected, u.settings, u.newest)
		made[c.ID] = &c
		v.Due[c.ID] = due
		for _, f := range members {
			u.madeOf[f] = c.ID
		}
	}
	return made
}

// write is the claims that are not as they were, in order of ID, with the editors' reviews of those made anew.
func (u *update) write(put map[ClaimID]*Claim, made map[ClaimID]*Claim, decisions []Decision) []Claim {
	var fresh []Claim
	for _, id := range sortedKeys(made) {
		fresh = append(fresh, *put[id])
	}
	review(fresh, decisions)
	out := fresh
	for _, id := range sortedKeys(put) {
		delete(u.shelf.holding, id)
		if made[id] == nil {
			out = append(out, *put[id])
		}
	}
	slices.SortFunc(out, compareClaims)
	for f, id := range u.madeOf {
		f.holder = id
	}
	return out
}

// compareGroups orders groups as groupsOf lists them.
func compareGroups(a, b *group) int {
	x, y := a.frames[0], b.frames[0]
	if c := strings.Compare(x.figureName(), y.figureName()); c != 0 {
		return c
	}
	return compareFrames(x, y)
}
