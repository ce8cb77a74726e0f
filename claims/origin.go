package claims

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

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

// hollow words say nothing of who an office is.
var hollow = func() bag {
	b := bag{}
	b.add(strings.Fields("that which who whose whom this these those our we one country same own the a an of for and in at on to by its his her their it he she they who which said says told " +
		"spokesman spokeswoman spokesperson official officials statement press service chief head president director " +
		"per cent percent pct percentage point points national state regional public local central federal according figures figure count data report new city own " +
		"з із за у в на та і й по про для и с из о об")...)
	return b
}()

// A cast is everybody who may be named as a source, by the words of their names.
type cast struct {
	sources map[SourceID]*Source
	members []member
	parties map[string]string // folded party word -> party as configured
	sides   []string          // the parties, sorted
	speaks  map[string]string // language -> the one party whose offices publish in it, where the parties differ in theirs
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
		if strings.HasPrefix(strings.ToLower(src.Name), "united nations") {
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
			if len(m.roles) == 0 {
				m.roles.add("company")
			}
		}
		if src.Class != ClassSocial {
			c.members = append(c.members, m)
		}
	}
	slices.Sort(c.sides)
	c.speaks = languagesOfSides(list)
	return c
}

// languagesOfSides tells which language is one side's alone; nothing where there are not two sides with languages of their own.
func languagesOfSides(sources []Source) map[string]string {
	by := map[string]string{}
	for _, s := range sources {
		if s.Party == "" || s.Language == "" {
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
	if o, ok := lexicon.OfficeOf(w); ok {
		roles.add(o.Kind)
		for _, full := range o.Words {
			names.add(stem(full))
		}
	} else if !hollow.has(w) && len(w) > 1 {
		names.add(stem(w))
	}
}

// initials makes "un" of "United Nations Relief Office": the capitals of the first words.
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
	if m.Attribution.Kind != OriginNamed {
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

// corefer finds who a bare office word means in its document ("the agency", "the party"): of the known bodies of that
// kind the one that the text named last before it. Frames are those of one document, in text order.
func (c *cast) corefer(doc []*frame) {
	if len(doc) == 0 {
		return
	}
	last := c.seen(doc[0].m.Title, -1, make([]int, len(c.members)))
	for i, f := range doc {
		last = c.seen(f.m.Sentence+" "+f.m.Attribution.Organisation, i, last)
		words, ok := strings.CutPrefix(f.who.voice, "who:")
		if !ok {
			continue
		}
		if sp, ok := c.meant(strings.Fields(words), last); ok {
			sp.own = false
			f.who = sp
		}
	}
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

// anyBody are office words that any body which speaks for itself may be called by.
var anyBody = func() bag {
	b := bag{}
	b.add("agency", "company", "organisers", "party", "ministry", "office", "union")
	return b
}()

// meant is the body, neither outlet nor wire, that bears the office words, or an unspecific one, and was named last.
func (c *cast) meant(words []string, last []int) (speaker, bool) {
	best, tie := -1, false
	for i := range c.members {
		m := &c.members[i]
		if last[i] == 0 || !bodies[m.source.Class] {
			continue
		}
		exact := !slices.ContainsFunc(words, func(w string) bool { return !m.roles.has(w) })
		loose := len(m.roles) == 0 || m.roles.has("company") || m.source.Class == ClassNGO
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

// bothWords say that two sides speak as one. Source: English, Ukrainian, Russian, German, French, Spanish grammars.
var bothWords = func() bag {
	b := bag{}
	b.add("both", "обидві", "обидва", "обе", "оба", "beide", "deux", "ambos", "ambas")
	return b
}()

// echoes are the sides that a sentence says give the same figure: "the headquarters said; Moscow gave the same figure".
func (c *cast) echoes(m *Mention) []string {
	lang := m.Lang
	if lang == "" {
		lang = "en"
	}
	l, words := lexicon.Default(), fold(m.Sentence)
	for i := 0; i+1 < len(words); i++ {
		if !slices.Contains(l.Of(lang, words[i]+" "+words[i+1]), "echo") {
			continue
		}
		var out []string
		for _, w := range words[max(0, i-6):i] {
			for _, p := range m.Parties {
				if place, ok := c.parties[stem(strings.ToLower(p))]; ok && (stem(w) == stem(strings.ToLower(p)) || capitals[w] == place) && !slices.Contains(out, place) {
					out = append(out, place)
				}
			}
		}
		return out
	}
	return nil
}

// capitals stand for their governments. Source: news usage.
var capitals = map[string]string{"kyiv": "Ukraine", "kiev": "Ukraine", "moscow": "Russia", "київ": "Ukraine", "киев": "Ukraine", "москва": "Russia"}

func (c *cast) ofParty(party, name string) speaker {
	return speaker{voice: "party:" + party, name: name, class: ClassParty, party: party, counts: true, stake: true}
}

// resolve says whose word a mention is, from its attribution and its carrier alone; copies and parts of
// the document are looked at afterwards.
func (c *cast) resolve(m *Mention) speaker {
	src := c.sources[m.Source]
	if src == nil {
		src = &Source{ID: m.Source, Name: string(m.Source), Class: ClassOutlet}
		if m.Class != "" {
			src.Class = m.Class
		}
	}
	own := c.ofSource(src)
	a := mend(m)
	if src.Class == ClassSocial {
		own.own = a.Kind == "" // hearsay of a private account stays hearsay
		return own
	}
	switch {
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

// mend reads the attribution of a mention once more: where a pronoun took it from elsewhere although its own sentence opens
// with who says it ("Border Aid has 850 people there, it says"), and where the outlet only seems to speak in its own
// voice because the source stands in a possessive, a relative clause or a poll.
func mend(m *Mention) Attribution {
	a := m.Attribution
	if a.Kind == "" && a.Text == "" {
		for _, find := range []func(*Mention) string{actor, holder, promiser, pollster, asideSays} {
			if who := find(m); who != "" {
				return Attribution{Text: who, Organisation: who, Kind: OriginNamed}
			}
		}
		return a
	}
	if a.Kind == "" || a.Kind == OriginSocial || a.Kind == OriginSelf {
		return a
	}
	if inRelative(m) {
		return Attribution{}
	}
	if pronoun(a.Text) && !pronounSays(m.Sentence) {
		return Attribution{}
	}
	if !pronoun(a.Text) && strings.Contains(m.Sentence, a.Text) {
		return a
	}
	if who := opening(m); who != "" {
		return Attribution{Text: who, Organisation: who, Medium: a.Medium, Kind: OriginNamed}
	}
	if pronounSays(m.Sentence) && !capital(a.Organisation+a.Speaker) && !knownOffice(a.Text) {
		return Attribution{Text: "it", Kind: OriginNamed} // whoever was named last
	}
	return a
}

// inRelative reports whether the source stands in a relative clause behind the figure, and so says something else of it:
// "received 478 bodies, which by the other side's account are soldiers".
func inRelative(m *Mention) bool {
	_, after, ok := strings.Cut(m.Sentence, m.Text)
	if !ok {
		return false
	}
	between, _, ok := strings.Cut(after, m.Attribution.Text)
	if !ok {
		return false
	}
	for _, rel := range []string{", which ", ", who ", ", які", ", яка ", ", який ", ", что ", ", котор", ", die ", ", qui "} {
		if at := strings.Index(between+" ", rel); at >= 0 && len(fold(between[at:])) <= 4 {
			return true
		}
	}
	return false
}

// asideSays is who opens a sentence that says of its figure "that it said": "The company was sorry for the 6,400 households
// that it said were in the dark".
func asideSays(m *Mention) string {
	before, after, ok := strings.Cut(m.Sentence, m.Text)
	near := fold(before)
	for i := max(0, len(near)-6); i+1 < len(near); i++ {
		if pronouns.has(near[i]) && near[i] != "we" && reportWords.has(near[i+1]) {
			return opening(m) // "and of those it says there have been 668"
		}
	}
	if words := fold(after); ok && len(words) > 3 {
		for i := 0; i < min(3, len(words)-2); i++ {
			if (words[i] == "that" || words[i] == "which") && pronouns.has(words[i+1]) && sayWords.has(words[i+2]) {
				return opening(m)
			}
		}
	}
	return ""
}

// pronounSays reports whether a sentence holds a pronoun with a verb of saying: "it says", "they said".
func pronounSays(sentence string) bool {
	words := fold(sentence)
	for i := 0; i+1 < len(words); i++ {
		if pronouns.has(words[i]) && sayWords.has(words[i+1]) || sayWords.has(words[i]) && pronouns.has(words[i+1]) {
			return true
		}
	}
	return false
}

// sayWords are the forms of saying that stand beside a pronoun. Source: English, Ukrainian, Russian, German, French and Spanish news usage.
var sayWords = func() bag {
	b := bag{}
	b.add(strings.Fields("said says say told tells added adds estimates estimated recorded reported reports have has wrote announced counted counts claims claimed confirmed " +
		"сказав сказала каже кажуть повідомив повідомила повідомили додав додала сказал сказала говорит говорят сообщил сообщила сообщили добавил добавила " +
		"sagte sagt erklärte teilte a dit ont ajouté affirme dijo dice dijeron añadió")...)
	return b
}()

// reportWords are the forms of saying that cannot be anything else. Source: English news usage.
var reportWords = func() bag {
	b := bag{}
	b.add("said", "says", "say", "claims", "claimed", "estimates", "estimated", "reckons")
	return b
}()

// holder is whose figure a subject or a list in the sentence says it is: Border Aid, of "Border Aid's figure is 17"; the
// ministry, of "nineteen on the ministry's list"; "" for nobody's.
func holder(m *Mention) string {
	words := strings.Fields(strings.ReplaceAll(m.Sentence, "’", "'"))
	for i := 0; i+1 < len(words); i++ {
		own, ok := strings.CutSuffix(words[i], "'s")
		if !ok || !slices.ContainsFunc(fold(words[i+1]), func(w string) bool { return heldWords.has(w) }) {
			continue
		}
		first := i
		for first > 0 && i-first < 3 && (capital(words[first-1]) || knownOffice(words[first-1])) {
			first--
		}
		who := strings.TrimSpace(strings.Join(words[first:i], " ") + " " + own)
		if capital(who) || knownOffice(who) {
			return who
		}
	}
	return ""
}

// heldWords are nouns for a figure that somebody holds. Source: English news usage.
var heldWords = func() bag {
	b := bag{}
	b.add(strings.Fields("figure figures count number tally estimate total toll list register records")...)
	return b
}()

// actor is who does an act that is its own word: "Halm AG has offered the workers 1,800 crowns".
func actor(m *Mention) string {
	if m.Modality != Planned || m.Agent == "" || !capital(m.Agent) && !knownOffice(m.Agent) {
		return ""
	}
	l, lang := lexicon.Default(), cmp.Or(m.Lang, "en")
	for _, w := range fold(m.Predicate) {
		if slices.Contains(l.Of(lang, w), "offer") {
			return m.Agent
		}
	}
	return ""
}

// promiser is who a relative clause after a figure says promised or announced it: "25 million crowns that the prime
// minister's office has promised".
func promiser(m *Mention) string {
	_, after, ok := strings.Cut(m.Sentence, m.Text)
	if !ok {
		return ""
	}
	words := strings.Fields(after)
	if len(words) == 0 || words[0] != "that" && words[0] != "which" {
		return ""
	}
	for i := 2; i < min(len(words), 9); i++ {
		if (words[i] == "has" || words[i] == "had" || words[i] == "have") && i+1 < len(words) && promiseWords.has(strings.Trim(words[i+1], ".,;")) {
			if who := strings.Join(words[1:i], " "); knownOffice(who) || capital(who) {
				return who
			}
		}
	}
	return ""
}

// promiseWords are participles of acts that are their speaker's own word. Source: English news usage.
var promiseWords = func() bag {
	b := bag{}
	b.add(strings.Fields("promised announced pledged offered ordered allocated granted declared reported claimed")...)
	return b
}()

// pollster is the institute that a sentence about an exit poll names.
func pollster(m *Mention) string {
	words := strings.Fields(m.Sentence)
	if !slices.ContainsFunc(fold(m.Sentence), func(w string) bool { return w == "poll" || w == "survey" }) {
		return ""
	}
	for i := 1; i < len(words); i++ {
		if f := fold(words[i]); len(f) == 1 {
			if o, ok := lexicon.OfficeOf(f[0]); ok && o.Kind == "institute" && capital(words[i-1]) {
				return words[i-1] + " " + f[0]
			}
		}
	}
	return ""
}

func pronoun(text string) bool {
	words := fold(text)
	return len(words) == 1 && pronouns.has(words[0])
}

// pronouns stand for a source named before. Source: English, Ukrainian, Russian, German, French and Spanish grammars.
var pronouns = func() bag {
	b := bag{}
	b.add(strings.Fields("it he she they we one він вона вони воно он она они оно er sie es il elle ils elles él ella ellos ellas")...)
	return b
}()

// opening is the body or name that a sentence begins with, "" where it begins with something else.
func opening(m *Mention) string {
	words := strings.Fields(m.Sentence)
	for i, w := range words[:min(len(words), 5)] {
		for _, f := range fold(w) {
			if _, ok := lexicon.OfficeOf(f); ok && (i < 3 || capital(words[i-1])) {
				return strings.Trim(strings.Join(words[:i+1], " "), " ,;:")
			}
		}
	}
	start := strings.TrimPrefix(m.Sentence, "The ")
	for _, n := range m.Names {
		if strings.HasPrefix(start, n) && len(foldSentence(n)) > 0 {
			return n
		}
	}
	return ""
}

// knownOffice reports whether words for an unnamed source still tell an office: "a spokesman for the mayor".
func knownOffice(text string) bool {
	return !hearsay(text) && slices.ContainsFunc(fold(text), func(w string) bool {
		_, ok := lexicon.OfficeOf(w)
		return ok || bothWords.has(w)
	})
}

// onPlatform reports whether words for a source name a social platform.
func onPlatform(text string) bool {
	return slices.ContainsFunc(fold(text), func(w string) bool { return platforms.has(w) })
}

// platforms are the names of social networks. Source: their own names, in Latin and Cyrillic letters.
var platforms = func() bag {
	b := bag{}
	b.add(strings.Fields("x twitter telegram facebook instagram tiktok mastodon bluesky vk whatsapp youtube reddit телеграм телеграмі телеграме фейсбук фейсбуці фейсбуке твіттер твиттер тікток тикток вконтакте")...)
	return b
}()

// bodies are the classes that speak for themselves in what they publish.
var bodies = map[Class]bool{ClassOfficial: true, ClassParty: true, ClassNGO: true}

// hearsay reports whether the words for a source mean talk rather than somebody: reports, rumours, posts.
func hearsay(text string) bool {
	return onPlatform(text) || slices.ContainsFunc(fold(text), func(w string) bool { return hearsayWords.has(w) })
}

// hearsayWords are nouns for talk. Source: English, Ukrainian, Russian, German, French and Spanish news usage.
var hearsayWords = func() bag {
	b := bag{}
	b.add(strings.Fields("reports reportedly rumour rumours rumor rumors claims sources source posts media allegations talk повідомлення чутки джерела " +
		"сообщения слухи источники berichte berichten gerüchte quellen rumeurs sources informations rumores fuentes informaciones")...)
	return b
}()

func nameOr(s, or string) string {
	if s == "" {
		return or
	}
	return s
}

// whoIs finds who the text's words for its source mean.
func (c *cast) whoIs(a Attribution, src *Source, own speaker) speaker {
	words := fold(a.Organisation + " " + a.Speaker + " " + a.Text)
	if party := c.party(a.Party, words); party != "" {
		return c.ofParty(party, nameOr(a.Organisation, a.Text))
	}
	names, roles := bag{}, bag{}
	for _, w := range words {
		named(w, names, roles)
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
			score = 10*hit + roles.common(m.roles)
			if hit*2 < min(len(names), len(m.names)) {
				continue
			}
		} else if len(roles) > 0 {
			if score = roles.common(m.roles); score == 0 {
				continue
			}
			score *= 4
		}
		if m.source.ID == src.ID && score > 0 {
			score += 5 // "the ministry" in the ministry's own paper is itself
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
		if !sp.own {
			sp.name = nameOr(a.Organisation, nameOr(a.Text, sp.name))
		}
		return sp
	}
	if party := c.speaks[src.Language]; party != "" && len(roles) > 0 && a.Party == "" {
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
	return speaker{voice: "who:" + key, name: nameOr(a.Text, nameOr(a.Organisation, a.Speaker)), class: ClassOfficial, counts: true}
}

// ourWords begin what an outlet calls its own people by. Source: English, Ukrainian, Russian, German, French and Spanish grammars.
var ourWords = func() bag {
	b := bag{}
	b.add("our", "this", "наш", "наша", "наші", "наши", "unser", "unsere", "notre", "nos", "nuestro", "nuestra", "nuestros")
	return b
}()

// capital reports whether a text holds a capital letter past its first word, or a short name.
func capital(text string) bool {
	words := strings.Fields(text)
	return slices.ContainsFunc(words, func(w string) bool {
		r := []rune(w)
		return unicode.IsUpper(r[0]) && (len(words) <= 3 || w != words[0])
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
