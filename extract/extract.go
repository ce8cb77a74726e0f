// Package extract turns the text of a document into mentions: the numbers it gives, with everything
// the text says about each. It is a pure function of its input and safe for concurrent use.
//
// Start with Mentions for a document and Text for a bare text; then read quantity.go, where a figure is put together, and
// context.go, where the sentence around it is asked what it counts. By stage, in the order in which a text is read:
//
//   - the text: language, tokens, sentences, monotone (what is no prose), reader (holds it all)
//   - numbers: numerals, digits, decimals, numberwords and numberwords_de, count, scales, fractions, zeros
//   - what is no quantity: forged (look-alike digits), dates, clock, ordinals, ages, labels, phones, names (with scores and lists), worthy (for no board)
//   - a quantity: quantity, units, money, bounds, ranges, changes, combine (ratios, inherited units), extent (its whole phrase)
//   - the counted thing: nouns (English), nouns_german, nouns_romance, nouns_slavic, counted, states ("dead"), parts ("38 of 45"), pairs ("460 and 19 respectively")
//   - what was done: verbs, predicates, actions ("the release of"), subjects, concept, modality, hedges, datings, places
//   - who says it: attribution, reporting, voices, inverted, sources, speakers, disclaim, doubts
//   - pages: tables (headings and labels)
//   - what is known of a language: data (the files), lexicon, known (by word), words and lists (classes), grammar, calendar,
//     sourcewords; doc/languages.md tells how to add one
package extract

import (
	"time"

	"tallywire/claims"
)

// Mentions returns the numbers of a document in text order, those of the title first.
func Mentions(doc claims.Document) []claims.Mention {
	lx := pick(doc.Lang, doc.Title+"\n\n"+doc.Text)
	var out []claims.Mention
	if doc.Title != "" {
		r := newReader(doc.Title, lx, doc.Published)
		r.read()
		for _, m := range r.mentions() {
			m.Part, m.Paragraph = claims.PartTitle, -1
			out = append(out, m)
		}
	}
	r := newReader(doc.Text, lx, doc.Published)
	r.blocks = doc.Blocks
	r.read()
	out = append(out, r.mentions()...)
	for i := range out {
		m := &out[i]
		m.Document, m.URL, m.Source, m.Title = doc.ID, doc.URL, doc.Source, doc.Title
		if m.Published.IsZero() {
			m.Published = doc.Published
		}
		m.Retrieved = doc.Fetched
		m.ID = claims.NewMentionID(doc.ID, m.Start, m.End, string(m.Part)+m.Rule)
	}
	return out
}

// Text returns the numbers of a bare text in text order. lang is a BCP 47 tag or "".
func Text(text, lang string, published time.Time) []claims.Mention {
	return Mentions(claims.Document{ID: claims.NewDocumentID("", text), Text: text, Lang: lang, Published: published})
}

// mentions turns the quantities read into mentions.
func (r *reader) mentions() []claims.Mention {
	out := make([]claims.Mention, 0, len(r.quants))
	for i := range r.quants {
		out = append(out, r.mention(i))
	}
	r.doubts(out)
	r.paired(out)
	rivals(out, r.quants)
	return out
}

func (r *reader) mention(qi int) claims.Mention {
	q := &r.quants[qi]
	s := &r.sents[q.sent]
	r.lendUnit(q, qi)
	first, last := r.extent(q, s)
	m := claims.Mention{
		Text: r.textOf(first, last), Start: int(r.tokens[first].start), End: int(r.tokens[last-1].end),
		Sentence: r.textOf(s.first, s.last), Value: q.value, Falling: q.falling, Compare: q.compare, Change: q.change, Approx: q.approx,
		Unit: claims.Unit{Class: q.class, Name: q.unit}, Head: q.np.head, Modifiers: q.np.mods, Modality: claims.Asserted,
		Checkworthy: q.checkworthy, Concept: []string{}, Parties: []string{}, Lang: r.lx.code, Rule: q.rule, Paragraph: s.para, Precision: q.num.prec,
	}
	r.describe(&m, q, qi)
	if q.compare == claims.Range && r.lx.gr.rangeFrom[r.norm(q.first)] && (r.movesTo(m.Predicate) || q.verb > 0 && r.movesTo(r.lx.gr.verbs[r.norm(q.verb)].lemma)) {
		m.Value.Best = m.Value.High // what it moved to
		if q.falling {
			m.Value.Best = m.Value.Low
		}
	}
	if len(r.blocks) > 0 {
		m.Part = partOf(r.blockKind(s))
		r.readCell(&m, q)
	}
	q.head, q.predicate = m.Head, m.Predicate
	if day := r.dayOf(s); !day.IsZero() {
		m.Published = day
	}
	return m
}
