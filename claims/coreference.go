package claims

import (
	"slices"
	"strings"
)

// corefer finds who a bare office word means in its document ("the agency", "the party"): of the known bodies of that
// kind the one that the text named last before it. Frames are those of one document, in text order.
func (c *cast) corefer(doc []*frame) {
	if len(doc) == 0 {
		return
	}
	last := c.seen(doc[0].m.Title, -1, make([]int, len(c.members)))
	for i, f := range doc {
		last = c.seen(f.m.Sentence+" "+f.m.Attribution.Organisation, i, last)
		for j := range f.deniers {
			if words, ok := strings.CutPrefix(f.deniers[j].voice, "who:"); ok {
				if sp, ok := c.meant(strings.Fields(words), last); ok {
					sp.own = false
					f.deniers[j] = sp
				}
			}
		}
		words, ok := strings.CutPrefix(f.who.voice, "who:")
		if !ok {
			continue
		}
		if fuller := namedInFull(doc, words); fuller != nil {
			f.who = fuller.who // "14 killed in mill fire: ministry", over "the interior ministry said"
			continue
		}
		if sp, ok := c.meant(strings.Fields(words), last); ok {
			sp.own = false
			f.who = sp
		}
	}
}

// namedInFull is the mention of a document whose source is named by a bare office word and more; nil where that is none, or
// several sources.
func namedInFull(doc []*frame, words string) *frame {
	if strings.Contains(words, " ") {
		return nil
	}
	var out *frame
	for _, f := range doc {
		full, ok := strings.CutPrefix(f.who.voice, "who:")
		if !ok || full == words || !slices.Contains(strings.Fields(full), words) {
			continue
		}
		if out != nil && out.who.voice != f.who.voice {
			return nil
		}
		out = f
	}
	return out
}

// seen notes which members a text names, as the place at+2 (so that 0 is never).
func (c *cast) seen(text string, at int, last []int) []int {
	said := bag{}
	for _, w := range fold(text) {
		named(w, said, bag{})
	}
	for i, m := range c.members {
		if hit := m.names.common(said); hit > 0 && hit*2 >= len(m.names) {
			last[i] = at + 2
		}
	}
	return last
}

// anyBody are the kinds of office (lexicon.Office) that any body which speaks for itself may be called by.
var anyBody = bag{"agency": {}, "body": {}, "company": {}, "organisers": {}, "party": {}, "ministry": {}, "office": {}, "union": {}}

// meant is the body, neither outlet nor wire, that bears the office words, or an unspecific one, and was named last.
func (c *cast) meant(words []string, last []int) (speaker, bool) {
	best, tie := -1, false
	for i := range c.members {
		m := &c.members[i]
		if last[i] == 0 || !bodies[m.source.Class] {
			continue
		}
		exact := !slices.ContainsFunc(words, func(w string) bool { return !m.roles.has(w) })
		loose := len(m.roles) == 0 || m.roles.has("company") || m.source.Class == ClassNGO || slices.Contains(words, "body")
		if !exact && !(loose && !slices.ContainsFunc(words, func(w string) bool { return !anyBody.has(w) })) {
			continue
		}
		switch {
		case best < 0 || last[i] > last[best]:
			best, tie = i, false
		case last[i] == last[best] && c.ofSource(m.source).voice != c.ofSource(c.members[best].source).voice:
			tie = true
		}
	}
	if tie {
		return speaker{}, false
	}
	if best >= 0 {
		return c.ofSource(c.members[best].source), true
	}
	var only []speaker // nobody was named: the one body of that kind there is
	for i := range c.members {
		m := &c.members[i]
		if bodies[m.source.Class] && !slices.ContainsFunc(words, func(w string) bool { return !m.roles.has(w) }) {
			if sp := c.ofSource(m.source); !slices.ContainsFunc(only, func(o speaker) bool { return o.voice == sp.voice }) {
				only = append(only, sp)
			}
		}
	}
	if len(only) == 1 && !slices.Contains(words, "company") {
		return only[0], true
	}
	return speaker{}, false
}
