package claims

import (
	"slices"
	"strings"
)

// whoIs finds who the text's words for its source mean.
func (c *cast) whoIs(a Attribution, src *Source, own speaker) speaker {
	words := fold(unarticled(a.Organisation + " " + a.Speaker + " " + a.Text))
	names, roles := bag{}, bag{}
	for _, w := range words {
		named(w, names, roles)
	}
	if m := c.inFull(names, roles); m != nil {
		sp := c.ofSource(m.source)
		if sp.own = m.source.ID == src.ID; !sp.own {
			sp.name = nameOr(a.Organisation, nameOr(a.Text, sp.name))
		}
		return sp
	}
	if party := c.party(a.Party, words); party != "" {
		return c.ofParty(party, nameOr(a.Organisation, a.Text))
	}
	best, bestScore, tie := -1, 0, false
	for i := range c.members {
		m := &c.members[i]
		score := 0
		if len(names) > 0 {
			hit := names.common(m.names)
			if hit == 0 {
				continue
			}
			if score = 10*hit + roles.common(m.roles); hit == len(m.names) {
				score += 2 // "the city of Ostra" is the City of Ostra before it is Ostra Railways
			}
			if hit*2 < min(len(names), len(m.names)) {
				continue
			}
			if len(roles) > 0 && roles.common(m.roles) == 0 && 2*hit <= len(m.names) {
				continue // "health ministry figures" is not the Health Forum
			}
		} else if len(roles) > 0 {
			if score = roles.common(m.roles); score == 0 || roles.has("union") && !m.roles.has("union") {
				continue // the police union is not the police
			}
			score *= 4
		}
		if m.source.ID == src.ID && score > 0 {
			score += 5 // "the ministry" in the ministry's own paper is itself
		}
		if score > 0 && m.source.Language == src.Language && src.Language != "" {
			score++ // of two unions the one that publishes in the paper's language
		}
		switch {
		case score > bestScore:
			best, bestScore, tie = i, score, false
		case score == bestScore && score > 0 && c.ofSource(m.source).voice != c.ofSource(c.members[best].source).voice:
			tie = true
		}
	}
	if best >= 0 && !tie {
		sp := c.ofSource(c.members[best].source)
		sp.own = c.members[best].source.ID == src.ID
		if !sp.own && len(names) > 0 { // "the company" is shown by its name
			sp.name = nameOr(a.Organisation, nameOr(a.Text, sp.name))
		}
		return sp
	}
	if party := c.speaks[src.Language]; party != "" && roles.common(stateRoles) > 0 && a.Party == "" {
		return c.ofParty(party, nameOr(a.Organisation, a.Text)) // "the Defence Ministry", in the language of one side only
	}
	if a.Party != "" {
		return c.ofParty(a.Party, nameOr(a.Organisation, a.Text)) // of a country that no source speaks for
	}
	if first := fold(a.Text); len(first) > 0 && ourWords.has(first[0]) && a.Kind == OriginNamed {
		return own // "our man by the river", "this paper"
	}
	nobody := a.Organisation == "" && a.Speaker == "" && !capital(a.Text) && len(roles) == 0
	if !pronoun(a.Text) && (bodies[src.Class] && len(names) == 0 || nobody) {
		return own // "our teams" in its own paper; words that name nobody
	}
	if len(roles) > 0 && len(names) > 2 {
		names = bag{} // too many words around an office to be its name
	}
	key := sortedWords(names, roles)
	if key == "" && pronoun(a.Text) {
		return speaker{voice: "who:", name: "somebody named before", class: src.Class, vague: true}
	}
	if key == "" {
		return own
	}
	if party := c.onlyState(); party != "" && roles.common(stateRoles) > 0 {
		return c.ofParty(party, nameOr(a.Organisation, a.Text)) // "the Interior Ministry", where one state has its say
	}
	out := speaker{voice: "who:" + key, name: nameOr(a.Text, nameOr(a.Organisation, a.Speaker)), class: ClassOfficial, counts: true}
	if (len(names) == 0 || roles.has("union")) && c.sided(roles) {
		out.class, out.stake = ClassParty, true // "the union", of two that there are
	}
	return out
}

// unarticled is words for a source without the article that looks like the United Nations, whom no paper writes small.
func unarticled(said string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(said), func(w string) bool { return w == "un" }), " ")
}

// inFull is the one source whose whole name, of a kind of office and more, stands in words for a source, so that no single word of
// them may name a side: "the Coast Guard of Ostra" is not Ostra's government. nil where that is none, or several.
func (c *cast) inFull(names, roles bag) *member {
	var out *member
	for i := range c.members {
		m := &c.members[i]
		if len(m.names)+len(m.roles) < 2 || len(m.names) == 0 || names.common(m.names) < len(m.names) || roles.common(m.roles) < len(m.roles) || m.source.Class == ClassOutlet {
			continue
		}
		if out != nil && c.ofSource(out.source).voice != c.ofSource(m.source).voice {
			return nil
		}
		out = m
	}
	return out
}

// onlyState is the side that is a state, where there is one: of no other side does a word for an office of state tell.
func (c *cast) onlyState() string {
	out := ""
	for _, m := range c.members {
		if m.source.Party == "" || m.roles.common(stateRoles) == 0 && !m.roles.has("staff") || m.source.Party == out {
			continue
		}
		if out != "" {
			return ""
		}
		out = m.source.Party
	}
	return out
}

// sided reports whether an office of a kind which a side has speaks for a side, though it cannot be told for which.
func (c *cast) sided(roles bag) bool {
	return slices.ContainsFunc(c.members, func(m member) bool {
		return m.source.Class == ClassParty && roles.common(m.roles) > 0
	})
}

// party finds the side that an attribution speaks for among the configured ones and the extractor's.
func (c *cast) party(said string, words []string) string {
	if said != "" {
		for _, w := range fold(said) {
			if p := c.parties[stem(w)]; p != "" {
				return p
			}
		}
	}
	for _, w := range words {
		if p := c.parties[stem(w)]; p != "" {
			return p
		}
	}
	return ""
}

func sortedWords(bags ...bag) string {
	var out []string
	for _, b := range bags {
		for w := range b {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}
