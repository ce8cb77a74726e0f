package claims

import (
	"slices"
	"strings"

	"tallywire/claims/lexicon"
)

// A speaker is the resolved origin of a mention: the voice it adds to, and what that voice weighs.
type speaker struct {
	voice  string // mentions with one voice count once; the JSON name "origin" of a mention
	name   string // for people
	class  Class
	party  string
	counts bool // verifies and disputes; false for social posts and sources nobody can tell
	stake  bool // speaks for a side of the conflict
	own    bool // the outlet's own word
	vague  bool // the origin cannot be told (U4)
}

// voices says who stands behind a mention: the resolved speaker and, where the text names several together ("the ministry
// and the headquarters said", "both sides"), the others.
func (c *cast) voices(m *Mention) (speaker, []speaker) {
	first := c.resolve(m)
	var more []speaker
	add := func(sp speaker) {
		if sp.voice != first.voice && !slices.ContainsFunc(more, func(o speaker) bool { return o.voice == sp.voice }) {
			more = append(more, sp)
		}
	}
	for _, p := range c.echoes(m) {
		add(c.ofParty(p, p))
	}
	if m.Attribution.Kind != OriginNamed || promiser(m) != "" {
		return first, more
	}
	words := fold(m.Attribution.Text)
	var parties []string
	for _, w := range words {
		if p := c.parties[stem(w)]; p != "" && !slices.Contains(parties, p) {
			parties = append(parties, p)
		}
	}
	if slices.ContainsFunc(words, func(w string) bool { return bothWords.has(w) }) && len(parties) == 0 {
		for _, p := range c.sides {
			if slices.ContainsFunc(m.Parties, func(x string) bool { return strings.EqualFold(x, p) }) {
				parties = append(parties, p)
			}
		}
		if len(parties) == 0 && len(c.sides) == 2 {
			parties = c.sides
		}
		if len(parties) == 2 {
			first = c.ofParty(parties[0], m.Attribution.Text)
		}
	}
	if len(parties) > 1 {
		for _, p := range parties {
			add(c.ofParty(p, p))
		}
	}
	return first, more
}

// denier says whose word the denial of a mention is.
func (c *cast) denier(m *Mention) speaker {
	src := c.sourceOf(m)
	own := c.ofSource(src)
	if src.Class == ClassSocial || m.DeniedBy.Kind == OriginSocial {
		return own
	}
	return c.whoIs(*m.DeniedBy, src, own)
}

// sourceOf is the source that carries a mention, as configured.
func (c *cast) sourceOf(m *Mention) *Source {
	if src := c.sources[m.Source]; src != nil {
		return src
	}
	src := &Source{ID: m.Source, Name: string(m.Source), Class: ClassOutlet}
	if m.Class != "" {
		src.Class = m.Class
	}
	return src
}

// echoes are the sides that a sentence says give the same figure: "the staff said; the capital confirmed the figure".
func (c *cast) echoes(m *Mention) []string {
	l, lang, words := lexicon.Default(), m.language(), fold(m.Sentence)
	for i := 0; i+1 < len(words); i++ {
		if !slices.Contains(l.Of(lang, words[i]+" "+words[i+1]), "echo") {
			continue
		}
		var out []string
		for _, w := range words[max(0, i-6):i] {
			for _, p := range m.Parties {
				if place, ok := c.parties[stem(strings.ToLower(p))]; ok && (stem(w) == stem(strings.ToLower(p)) || lexicon.CapitalOf(w) == place) && !slices.Contains(out, place) {
					out = append(out, place)
				}
			}
		}
		return out
	}
	return nil
}

// resolve says whose word a mention is, from its attribution and its carrier alone; copies and parts of
// the document are looked at afterwards.
func (c *cast) resolve(m *Mention) speaker {
	src := c.sourceOf(m)
	own := c.ofSource(src)
	a := c.foretold(m, mend(m))
	if src.Class == ClassSocial {
		own.own = a.Kind == "" // hearsay of a private account stays hearsay
		return own
	}
	switch {
	case a.Text == "" && a.Kind == "" && !bodies[src.Class] && rumoured(m):
		return speaker{voice: "unnamed:" + string(src.ID), name: "rumours", class: src.Class, vague: true}
	case a.Kind == OriginSelf, a.Text == "" && a.Kind == "":
		return own
	case a.Kind == OriginSocial, hearsay(a.Text) && onPlatform(a.Text):
		return speaker{voice: "social:" + string(src.ID), name: nameOr(a.Text, "posts on social networks"), class: ClassSocial}
	case a.Kind == OriginUnnamed && bodies[src.Class] && !hearsay(a.Text):
		return own // "they have recorded" in an office's own paper is the office
	case a.Kind == OriginUnnamed && !knownOffice(a.Text):
		return speaker{voice: "unnamed:" + string(src.ID), name: nameOr(a.Text, "unnamed sources"), class: src.Class, vague: true}
	}
	return c.whoIs(a, src, own)
}

// bodies are the classes that speak for themselves in what they publish.
var bodies = map[Class]bool{ClassOfficial: true, ClassParty: true, ClassNGO: true}

func nameOr(s, or string) string {
	if s == "" {
		return or
	}
	return s
}
