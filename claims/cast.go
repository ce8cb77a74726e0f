package claims

import (
	"slices"
	"strings"

	"tallywire/claims/lexicon"
)

// A cast is everybody who may be named as a source, by the words of their names.
type cast struct {
	sources map[SourceID]*Source
	members []member
	parties map[string]string // folded party word -> party as configured
	sides   []string          // the parties, sorted
	speaks  map[string]string // language -> the one state whose offices publish in it, where the parties differ in theirs
}

type member struct {
	source *Source
	names  bag // stems of the name's telling words
	roles  bag // office types
}

func newCast(s Settings) *cast {
	c := &cast{sources: map[SourceID]*Source{}, parties: map[string]string{}}
	list := slices.Clone(s.Sources)
	slices.SortFunc(list, func(a, b Source) int { return strings.Compare(string(a.ID), string(b.ID)) })
	for i := range list {
		src := &list[i]
		c.sources[src.ID] = src
		m := member{source: src, names: bag{}, roles: bag{}}
		for _, w := range fold(src.Name) {
			m.add(w)
		}
		if acronym := initials(src.Name); len(acronym) >= 2 {
			m.names.add(acronym)
		}
		if slices.ContainsFunc(unitedNations, func(un string) bool { return strings.HasPrefix(strings.ToLower(src.Name), un) }) {
			m.roles.add("un")
		}
		if src.Party != "" {
			for _, w := range fold(src.Party) {
				if o, office := lexicon.OfficeOf(w); office {
					m.roles.add(o.Kind)
				} else if !hollow.has(w) {
					c.parties[stem(w)] = src.Party
				}
			}
			if !slices.Contains(c.sides, src.Party) {
				c.sides = append(c.sides, src.Party)
			}
		}
		if src.Class != ClassSocial {
			c.members = append(c.members, m)
		}
	}
	slices.Sort(c.sides)
	c.firms()
	c.shared()
	c.speaks = c.languagesOfStates(list)
	return c
}

// firms makes companies of the sides whose names tell no kind of body, where none tells that it is a company: of those that
// are named as firms are, where there are any, else of all.
func (c *cast) firms() {
	var named, bare []member
	for _, m := range c.members {
		switch {
		case m.source.Party == "":
		case m.roles.has("company"):
			return
		case len(m.roles) == 0:
			bare = append(bare, m)
			if is(m.source.Name+" "+m.source.Party, firmNames) {
				named = append(named, m)
			}
		}
	}
	if len(named) > 0 {
		bare = named
	}
	for _, m := range bare {
		m.roles.add("company")
	}
}

// firmNames make firms of the sides in whose names they stand.
var firmNames bag = lexicon.Words("firm names")

// shared leaves out of the words that name a party those of a longer name that name another source as well: "Ostra" names no
// side where there are Ostra Railways and the City of Ostra.
func (c *cast) shared() {
	for _, side := range c.sides {
		var telling []string
		for _, w := range fold(side) {
			if _, office := lexicon.OfficeOf(w); !office && !hollow.has(w) {
				telling = append(telling, stem(w))
			}
		}
		if len(telling) < 2 {
			continue
		}
		for _, w := range telling {
			if c.parties[w] == side && slices.ContainsFunc(c.members, func(m member) bool { return m.source.Party != side && m.names.has(w) }) {
				delete(c.parties, w)
			}
		}
	}
}

// stateRoles are the kinds of office that only a state has.
var stateRoles bag = lexicon.Words("state offices")

// languagesOfStates tells which language is one side's alone, of those that speak for a state; nothing where there are not two
// with languages of their own.
func (c *cast) languagesOfStates(sources []Source) map[string]string {
	states := bag{}
	for _, m := range c.members {
		if m.roles.common(stateRoles) > 0 {
			states.add(m.source.Party)
		}
	}
	by := map[string]string{}
	for _, s := range sources {
		if s.Language == "" || !states.has(s.Party) {
			continue
		}
		if other, ok := by[s.Language]; ok && other != s.Party {
			by[s.Language] = "-"
		} else {
			by[s.Language] = s.Party
		}
	}
	for lang, party := range by {
		if party == "-" {
			delete(by, lang)
		}
	}
	if len(by) < 2 {
		return nil
	}
	return by
}

func (m *member) add(w string) { named(w, m.names, m.roles) }

// named sorts a word of a name: into what kind of office it is, and into the words that tell it from others.
func named(w string, names, roles bag) {
	if topic := lexicon.TopicOf(w); topic != "" {
		names.add(stem(topic))
		return
	}
	if o, ok := lexicon.OfficeOf(w); ok {
		roles.add(o.Kind)
		for _, full := range o.Words {
			names.add(stem(full))
		}
	} else if !hollow.has(w) && !spokenBy.has(w) && len(w) > 1 {
		names.add(stem(w))
	}
}

// spokenBy are words for those who speak for a body, which do not tell it from others.
var spokenBy bag = lexicon.Words("spoken by")

// initials makes "un" of "United Nations Shelter Fund": the capitals of the first words.
func initials(name string) string {
	var b strings.Builder
	for _, w := range strings.Fields(name) {
		if r := []rune(w)[0]; r >= 'A' && r <= 'Z' {
			b.WriteRune(r + 'a' - 'A')
		}
	}
	return b.String()
}

// ofSource is the speaker of a source's own word.
func (c *cast) ofSource(src *Source) speaker {
	sp := speaker{name: src.Name, class: src.Class, party: src.Party, own: true, counts: src.Class != ClassSocial}
	switch {
	case src.Party != "":
		sp.voice, sp.stake, sp.class = "party:"+src.Party, true, ClassParty
	case src.Class == ClassParty:
		sp.voice, sp.stake = "source:"+string(src.ID), true
	case src.Owner != "":
		sp.voice = "owner:" + src.Owner
	default:
		sp.voice = "source:" + string(src.ID)
	}
	return sp
}

func (c *cast) ofParty(party, name string) speaker {
	return speaker{voice: "party:" + party, name: name, class: ClassParty, party: party, counts: true, stake: true}
}

// hollow words say nothing of who an office is.
var hollow bag = lexicon.Words("hollow")

// unitedNations open the name of a source that is the United Nations.
var unitedNations = lexicon.List("united nations")
