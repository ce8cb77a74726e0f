package claims

// minShingles is how many four-word shingles a sentence must have before its likeness to another means anything.
const minShingles = 4

// inherit gives mentions in an outlet's own voice the origin they really have: what the body of the same
// document attributes, a headline has too; a sentence that stands near-identical in an earlier or a wire's text is that
// text's word, credited or not.
func inherit(frames []*frame) {
	for _, doc := range byDocument(frames) {
		headline(doc)
	}
	index := map[string][]*frame{} // shingle -> frames, to meet only sentences that share one
	for _, f := range frames {
		for s := range f.shingles {
			index[s] = append(index[s], f)
		}
	}
	for _, f := range frames {
		if !f.who.own || f.who.class == ClassParty || f.who.class == ClassOfficial || f.who.class == ClassNGO || f.who.class == ClassSocial || len(f.shingles) < minShingles {
			continue
		}
		if from := original(f, index); from != nil {
			f.who = from.who
			f.who.own = false
		}
	}
}

// headline lends the title, headings, captions and tables the origin of the body's mention of the same figure.
func headline(doc []*frame) {
	for _, f := range doc {
		if f.m.Part == PartBody || f.m.Part == PartQuote || f.m.Part == PartList || !f.who.own {
			continue
		}
		var from *frame
		for _, g := range doc {
			if g.m.Part == PartBody && !g.who.own && g.kind == f.kind && g.fig.point.Equal(f.fig.point) && (from == nil || compareFrames(g, from) < 0) {
				from = g
			}
		}
		if from != nil {
			f.who = from.who
		}
	}
}

// original finds the text that a sentence copies: a near-identical sentence of another voice with the same
// figure, in a wire before others, then the earliest.
func original(f *frame, index map[string][]*frame) *frame {
	var best *frame
	seen := map[*frame]bool{}
	for _, s := range sortedKeys(f.shingles) {
		for _, g := range index[s] {
			if seen[g] {
				continue
			}
			seen[g] = true
			if g == f || len(g.shingles) < minShingles || g.m.Source == f.m.Source || !g.who.own || g.who.voice == f.who.voice || g.kind != f.kind ||
				!g.fig.point.Equal(f.fig.point) || gap(f, g) > sameStory || f.shingles.overlap(g.shingles) < copyOverlap {
				continue
			}
			if !before(g, f) {
				continue
			}
			if best == nil || before(g, best) {
				best = g
			}
		}
	}
	return best
}

// before reports whether a is likelier the original than b: a wire rather than not, then the earlier.
func before(a, b *frame) bool {
	wa, wb := a.who.class == ClassWire, b.who.class == ClassWire
	if wa != wb {
		return wa
	}
	return compareFrames(a, b) < 0
}
