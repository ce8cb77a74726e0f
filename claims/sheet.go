package claims

import (
	"cmp"
	"slices"
	"strings"
)

// A sheet is one page of the web with what its versions say. A page is read on its own: what a sentence leaves out, the
// sentences around it give, and what a later version says again, an earlier one said.
type sheet struct {
	frames    []*frame                // of the mentions that stand, the earliest version's of each; by time, then place
	docs      map[DocumentID][]*frame // of each version, by the place of the mention; nil where it does not stand
	corrected map[MentionID]MentionID // of a mention whose number a later version changed: the one that took its place
	slim      bool                    // the mentions are without their texts
}

// slimDown lets go of the texts of a page's mentions: what comparing pages needs is in the frames.
func (s *sheet) slimDown() {
	if s.slim {
		return
	}
	s.slim = true
	for _, f := range s.frames {
		m := f.m
		f.m = &Mention{ID: m.ID, Lang: m.Lang, Start: m.Start, Scope: m.Scope, Date: m.Date, Modality: m.Modality, Dated: m.Dated, Part: m.Part, Paragraph: m.Paragraph, Unsure: m.Unsure, Rivals: m.Rivals,
			Document: m.Document, URL: m.URL, Source: m.Source, Published: m.Published, Retrieved: m.Retrieved, Withdrawn: m.Withdrawn, Stance: m.Stance}
	}
}

// fillOut gives a page's mentions their texts back.
func (s *sheet) fillOut(mentions []Mention) {
	s.slim = false
	for i := range mentions {
		m := mentions[i]
		for _, f := range s.docs[m.Document] {
			if f != nil && f.m.ID == m.ID {
				m.Stance, m.Origin, m.Repeats = f.m.Stance, "", ""
				f.m = &m
			}
		}
	}
}

// newSheet reads the mentions of all versions of one page. Mentions that are not checkworthy or hold no number are left out.
// The mentions given are not changed; those of a version are whole and in order, where docs is to be used.
func newSheet(c *cast, mentions []Mention, w Widths) *sheet {
	s := &sheet{docs: map[DocumentID][]*frame{}}
	var refs []*Mention
	of := map[*Mention]*frame{}
	for _, doc := range byDocument(mentions) {
		s.docs[doc[0].Document] = make([]*frame, len(doc))
		for _, f := range framesOf(c, doc, w) {
			refs = append(refs, f.m)
			of[f.m] = f
		}
	}
	if len(refs) == 0 {
		return s
	}
	var kept []*Mention
	kept, s.corrected = standing(refs)
	for _, m := range kept {
		if !m.Withdrawn.IsZero() {
			m.Stance = Outdated
		}
		f := of[m]
		s.frames = append(s.frames, f)
		s.docs[m.Document][f.ord] = f
	}
	slices.SortFunc(s.frames, compareFrames)
	return s
}

// framesOf makes the mentions of one document version comparable, in text order, each with what its surroundings lend it.
func framesOf(c *cast, doc []Mention, w Widths) []*frame {
	var frames []*frame
	for i, m := range doc {
		if m.Checkworthy && (m.Value.Low.Known() || m.Value.Best.Known() || m.Value.High.Known()) {
			m.Stance, m.Origin, m.Repeats = "", "", ""
			who, with := c.voices(&m)
			f := newFrame(&m, who, w)
			f.with, f.ord = with, i
			if m.DeniedBy != nil {
				if sp := c.denier(&m); sp.voice != who.voice {
					f.deniers = append(f.deniers, sp)
				}
			}
			frames = append(frames, f)
		}
	}
	slices.SortFunc(frames, func(a, b *frame) int {
		return cmp.Or(cmp.Compare(a.m.Paragraph, b.m.Paragraph), cmp.Compare(a.m.Start, b.m.Start), strings.Compare(string(a.m.ID), string(b.m.ID)))
	})
	frames = slices.CompactFunc(frames, func(a, b *frame) bool { return a.m.ID == b.m.ID })
	for i, f := range frames {
		for _, g := range frames[:i] {
			if g.m.Sentence == f.m.Sentence && g.kind == f.kind && g.fig.point.Equal(f.fig.point) {
				f.nth++
			}
		}
	}
	infer(frames)
	shareStory(frames)
	for _, f := range frames {
		f.settle()
	}
	c.corefer(frames)
	headline(frames)
	for _, f := range frames {
		f.base = f.who
	}
	return frames
}

// byDocument parts mentions by document version, in order of ID.
func byDocument(mentions []Mention) [][]Mention {
	by := map[DocumentID][]Mention{}
	for _, m := range mentions {
		by[m.Document] = append(by[m.Document], m)
	}
	out := make([][]Mention, 0, len(by))
	for _, id := range sortedKeys(by) {
		out = append(out, by[id])
	}
	return out
}
