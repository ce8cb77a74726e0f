package claims

import (
	"slices"
	"strings"
	"unicode"

	"tallywire/claims/lexicon"
)

// shareStory gives the frames of one document the proper names of all its sentences and its title.
func shareStory(doc []*frame) {
	var story set
	for i, f := range doc {
		story = story.union(f.names).union(f.where)
		if i == 0 {
			title := bag{}
			for _, w := range titleNames(f.m.Title) {
				title.add(stem(w))
			}
			story = story.union(title.set())
		}
	}
	for _, f := range doc {
		f.story = story
	}
}

// titleNames are the folded words of a title that are written like names: in capitals where most are not. The first word
// is in capitals whatever it is.
func titleNames(title string) []string {
	var out []string
	words, capitals := 0, 0
	for i, w := range strings.Fields(title) {
		r := []rune(strings.TrimFunc(w, unicode.IsPunct))
		if len(r) < 3 {
			continue
		}
		words++
		if !unicode.IsUpper(r[0]) {
			continue
		}
		capitals++
		for _, folded := range foldSentence(w) {
			if i > 0 && !hollow.has(folded) {
				out = append(out, folded)
			}
		}
	}
	if words > 3 && capitals*3 > words*2 {
		return nil // Every Word of It
	}
	return out
}

// surroundings reads what the rest of the sentence says: its other numerals, and, for a figure that names nothing itself
// ("some 900 of them"), what the sentence counts and does.
func (f *draft) surroundings(l *lexicon.Lexicon, lang string, words []string) {
	own := bag{}
	own.add(fold(f.m.Text)...)
	for _, w := range words {
		if w[0] >= '0' && w[0] <= '9' && !own.has(w) {
			f.numbers.add(w)
		}
	}
	if f.named() && f.kind == "count" {
		return
	}
	if f.kind == "count" || f.kind == "percent" || f.kind == "points" {
		f.inferred = !f.named()
	}
	if before, _, ok := strings.Cut(f.m.Sentence, f.m.Text); ok && f.kind != "count" && len(f.measures) == 0 {
		f.measureBefore(l, lang, foldSentence(before))
	}
	if !f.inferred {
		return
	}
	for i := range words {
		if f.names.has(stem(words[i])) {
			continue // the works in the name of "Shelter Works" are not counted
		}
		for n := min(3, len(words)-i); n >= 1; n-- {
			for _, c := range l.Of(lang, strings.Join(words[i:i+n], " ")) {
				switch l.Kind(c) {
				case lexicon.Thing:
					f.things = merge(f.things, c)
				case lexicon.Act:
					f.acts = merge(f.acts, c)
				}
			}
		}
	}
}

// measureBefore takes the measure that stands nearest before a figure with no other numeral in between: "turnout, at
// 66.2 per cent".
func (f *frame) measureBefore(l *lexicon.Lexicon, lang string, words []string) {
	for i := len(words) - 1; i >= 0; i-- {
		if words[i][0] >= '0' && words[i][0] <= '9' {
			return
		}
		for n := min(3, len(words)-i); n >= 1; n-- {
			for _, c := range l.Of(lang, strings.Join(words[i:i+n], " ")) {
				if l.Kind(c) == lexicon.Measure {
					f.measures = append(f.measures, c)
					return
				}
			}
		}
	}
}

// infer lends a figure that neither it nor its sentence explains ("The union speaks of 900.") what the figure before it
// in the same passage counts. Frames are those of one document, in text order.
func infer(doc []*frame) {
	for i, f := range doc {
		f.order = i
		if i == 0 {
			continue
		}
		before := doc[i-1]
		if f.kind == "count" && f.head == "" && !f.fig.point.IsInteger() && before.kind != "count" && f.m.Paragraph-before.m.Paragraph <= 1 && f.m.Part == before.m.Part {
			f.kind = before.kind // "37.8 per cent, the others 29.3 and 14.2"
			if len(f.measures) == 0 {
				f.measures = slices.Clone(before.measures)
			}
			continue
		}
		if !f.inferred || len(f.things) > 0 || f.m.Subject != "" && !strings.Contains(f.m.Attribution.Text+" "+f.m.Attribution.Organisation, f.m.Subject) {
			continue
		}
		if before.kind == f.kind && f.m.Paragraph-before.m.Paragraph <= 1 && f.m.Paragraph >= before.m.Paragraph && f.m.Part == before.m.Part && len(before.things) > 0 {
			f.things, f.head = slices.Clone(before.things), before.head
			if len(f.acts) == 0 {
				f.acts = slices.Clone(before.acts)
			}
		}
	}
}
