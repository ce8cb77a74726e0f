package claims

import (
	"strings"

	"tallywire/claims/lexicon"
)

// ownerLinks stand between a figure and whose it is.
var ownerLinks = lexicon.List("for")

// owner is whose figure it is among the proper names of its sentence: the one that follows with "for" or "of", else the
// nearest before it. "Coast Party has 28.9 per cent, New Harbour 35.7", "35.7 for New Harbour".
func (f *frame) owner() bag {
	sentence := f.m.Sentence
	if who := f.m.Attribution.Text; who != "" { // who says it is not whose it is
		sentence = strings.Replace(sentence, who, strings.Repeat(" ", len(who)), 1)
	}
	at := strings.Index(sentence, f.m.Text)
	if at < 0 {
		return bag{}
	}
	end := at + len(f.m.Text)
	best, where := "", -1
	for _, n := range f.m.Names {
		if len(foldSentence(n)) == 0 {
			continue
		}
		if i := strings.LastIndex(sentence[:end], n); i > where {
			best, where = n, i
		}
		rest := strings.TrimLeft(sentence[end:], " ")
		for _, link := range ownerLinks {
			if after, ok := strings.CutPrefix(rest, link+" "); ok && strings.HasPrefix(after, n) {
				best, where = n, len(sentence)
			}
		}
	}
	out := bag{}
	if where < at-60 {
		return out // too far to own it
	}
	for _, w := range foldSentence(best) {
		if !hollow.has(w) {
			out.add(stem(w))
		}
	}
	return out
}

// onlyName is the one proper name of a mention's sentence beside its speaker's; nothing where there are more.
func onlyName(m *Mention) bag {
	out := bag{}
	sentence := m.Sentence
	if who := m.Attribution.Text; who != "" {
		sentence = strings.ReplaceAll(sentence, who, " ")
	}
	found := 0
	for _, n := range m.Names {
		if words := foldSentence(n); len(words) > 0 && strings.Contains(sentence, n) && !knownOffice(n) {
			found++
			for _, w := range words {
				if !hollow.has(w) {
					out.add(stem(w))
				}
			}
		}
	}
	if found != 1 {
		return bag{}
	}
	return out
}

// placeOf is the stems of the words of a mention's place.
func placeOf(m *Mention) bag {
	out := bag{}
	for _, w := range foldSentence(m.Place) {
		if !hollow.has(w) && len(w) > 2 {
			out.add(stem(w))
		}
	}
	return out
}
