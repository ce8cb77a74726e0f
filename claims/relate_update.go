package claims

import (
	"slices"
	"strings"

	"tallywire/claims/lexicon"
)

// relate ties the claims made anew to others and works out again what those say that are near them. It returns all of them,
// by ID: those made, and others whose relations, reasons or status may have changed.
func (u *update) relate(made map[ClaimID]*Claim) map[ClaimID]*Claim {
	known := map[ClaimID]*Claim{} // others, with their own status and reasons
	ties := ties(sortedKeys(made), func(id ClaimID) []DocumentID { return documents(made[id]) }, u.told)
	back := map[ClaimID][]Relation{}
	for id, list := range ties {
		for _, t := range list {
			made[id].Related = append(made[id].Related, Relation{Claim: t.to, As: t.toIs})
			back[t.to] = append(back[t.to], Relation{Claim: id, As: t.fromIs})
		}
	}
	w := &web{widths: u.settings.Widths, cards: map[ClaimID]*card{}}
	warnings := map[ClaimID][]string{}
	w.claim = func(id ClaimID) *Claim {
		if c := made[id]; c != nil {
			return c
		}
		if c, ok := known[id]; ok || u.gone[id] != nil || u.err != nil {
			return c
		}
		var c *Claim
		if c, u.err = u.docket.Claim(id); c != nil {
			kept := *c
			c = &kept
			warnings[id] = u.keptWarnings(c, made)
			own(c)
			c.Related = slices.DeleteFunc(slices.Clone(c.Related), func(r Relation) bool { return u.gone[r.Claim] != nil || made[r.Claim] != nil })
			c.Related = append(c.Related, back[id]...)
			sortRelations(c.Related)
		}
		known[id] = c
		return c
	}
	near := map[ClaimID]bool{}
	for id := range made {
		near[id] = true
	}
	for _, c := range u.gone {
		for _, r := range c.Related {
			near[r.Claim] = true
		}
	}
	for id := range back {
		near[id] = true
	}
	for _, id := range sortedKeys(near) { // and those one step on
		if c := w.claim(id); c != nil {
			for _, r := range c.Related {
				near[r.Claim] = true
			}
		}
	}
	for _, c := range u.gone {
		for _, r := range c.Reasons {
			if strings.HasPrefix(r, warnSameFigure) {
				near[warned(r)] = true
			}
		}
	}
	u.collisions(w, made, warnings, near)
	out := map[ClaimID]*Claim{}
	for _, id := range sortedKeys(near) {
		if c := w.claim(id); c != nil {
			settled := *c
			w.settleSums(&settled, append(w.swaps(c), warnings[id]...))
			out[id] = &settled
		}
	}
	return out
}

// told is the first mention of each claim in a document.
func (u *update) told(doc DocumentID) map[ClaimID]*frame {
	out := map[ClaimID]*frame{}
	for _, f := range u.sheet(doc).docs[doc] {
		if f == nil {
			continue
		}
		id, ok := u.madeOf[f]
		if !ok {
			id = u.holder(f)
		}
		if old := out[id]; id != "" && (old == nil || compareFrames(f, old) < 0) {
			out[id] = f
		}
	}
	return out
}

// keptWarnings are a claim's warnings of figures told of something else that do not speak of a claim made anew.
func (u *update) keptWarnings(c *Claim, made map[ClaimID]*Claim) []string {
	var out []string
	for _, r := range c.Reasons {
		if id := warned(r); strings.HasPrefix(r, warnSameFigure) && u.gone[id] == nil && made[id] == nil {
			out = append(out, r)
		}
	}
	return out
}

// warned is the claim that a warning names at its end.
func warned(reason string) ClaimID {
	i := strings.LastIndexByte(reason, '(')
	return ClaimID(strings.TrimSuffix(reason[i+1:], ")"))
}

// collisions warns the claims made anew, and those that they may have been mixed up with.
func (u *update) collisions(w *web, made map[ClaimID]*Claim, warnings map[ClaimID][]string, near map[ClaimID]bool) {
	l := lexicon.Default()
	add := func(to ClaimID, of *Claim) {
		warnings[to] = appendNew(warnings[to], warning(warnSameFigure, of))
		near[to] = true
	}
	for _, id := range sortedKeys(made) {
		k := w.card(id)
		if k == nil || k.face == nil {
			continue
		}
		x := u.frame(k.face)
		if x == nil || !mayCollide(x) {
			continue
		}
		tried := map[ClaimID]bool{id: true}
		for _, y := range u.sameFigure(x) {
			other, ok := u.madeOf[y]
			if !ok {
				other = u.holder(y)
			}
			if other == "" || tried[other] || !collide(l, x, y) {
				continue
			}
			o := w.card(other)
			if o == nil || o.face == nil || o.face.ID != y.m.ID || o.day != k.day {
				continue
			}
			tried[other] = true
			add(id, o.Claim)
			add(other, k.Claim)
		}
	}
}

// frame is that of a mention of a claim.
func (u *update) frame(m *Mention) *frame {
	for _, f := range u.sheet(m.Document).docs[m.Document] {
		if f != nil && f.m.ID == m.ID {
			return f
		}
	}
	return nil
}
