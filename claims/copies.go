package claims

// minShingles is how many four-word shingles a sentence must have before its likeness to another means anything.
const minShingles = 4

// inherit gives mentions in an outlet's own voice the origin they really have: a sentence that stands near-identical in an
// earlier or a wire's text is that text's word, credited or not.
func inherit(figures []figureMentions) {
	copies := map[*frame]*frame{}
	for _, b := range figures {
		for _, p := range b.pairs {
			for _, q := range [][2]int{p, {p[1], p[0]}} {
				f, g := b.frames[q[0]], b.frames[q[1]]
				if g.origins(f) && (copies[f] == nil || before(g, copies[f])) {
					copies[f] = g
				}
			}
		}
	}
	var told func(f *frame)
	told = func(f *frame) {
		from := copies[f]
		if from == nil {
			return
		}
		delete(copies, f)
		told(from)
		f.repeats(from)
	}
	for _, b := range figures {
		for _, f := range b.frames {
			told(f)
		}
	}
}

// repeats gives a mention the word that another one has, whose sentence it repeats. An outlet that takes its own words back
// from one that had them of it speaks for itself.
func (f *frame) repeats(from *frame) {
	f.repeated = from.m.ID
	if f.who = from.who; f.who.voice == f.base.voice {
		f.who = f.base
		return
	}
	f.who.own = false
}

// origins reports whether a mention may be the text that another one copies: a near-identical sentence of another outlet with the same
// figure, in a wire before others, then the earlier.
func (f *frame) origins(of *frame) bool {
	return of.copies() && f != of && len(f.shingles) >= minShingles && f.m.Source != of.m.Source && f.base.own && f.base.voice != of.base.voice && f.kind == of.kind &&
		f.fig.point.Equal(of.fig.point) && gap(of, f) <= sameStory && before(f, of) && of.shingles.overlap(f.shingles) >= copyOverlap
}

// copies reports whether a mention may be a copy: in the own voice of one that reports, in a sentence long enough to tell.
func (f *frame) copies() bool {
	return f.base.own && f.base.class != ClassParty && f.base.class != ClassOfficial && f.base.class != ClassNGO && f.base.class != ClassSocial && len(f.shingles) >= minShingles
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

// before reports whether a is likelier the original than b: a wire rather than not, then the earlier.
func before(a, b *frame) bool {
	wa, wb := a.base.class == ClassWire, b.base.class == ClassWire
	if wa != wb {
		return wa
	}
	return compareFrames(a, b) < 0
}
