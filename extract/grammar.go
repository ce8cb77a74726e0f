package extract

import "strings"

// A grammar is what is known of a language's noun phrases and verbs.
type grammar struct {
	abbreviations   map[string]bool
	never           map[string]bool // abbreviations that never end a sentence
	stop            map[string]bool
	irregular       map[string]string // plural -> singular
	pluralHeads     map[string]bool
	notPlural       map[string]bool
	notAdverb       map[string]bool
	gapped          map[string]bool
	partitive       map[string]bool
	possessive      map[string]bool
	adjectiveLemmas []entry           // lemma ending: endings of cases
	pastEndings     []entry           // masculine ending: feminine, neuter, plural
	plurals         []entry           // ending of the singular: endings of the plural
	positives       map[string]string // superlatives no rule makes
	behind          map[string]bool   // belongs to a measure before it: "33 years after", "8 miles an hour faster"
	verbs           map[string]verbForm
	modifiers       map[string]bool
	up, down        map[string]bool // lemmas
	label           map[string]bool // what numbers things: "page 4"
	numberOf        map[string]bool // "кількість", "число": before the genitive of what is counted
	rangeFrom       map[string]bool // opens a range of what was and what is
	rangeTo         map[string]bool // what it is
	idioms          *phrases        // set phrases whose number counts nothing
	compass         map[string]bool // before the name of a street
	streetBefore    map[string]bool // kinds of street that stand before their name
	index           map[string]bool // lists of companies or shares whose name ends in a figure
	labelAlways     map[string]bool // of these, those that never stand before a count
	labelBare       map[string]bool // of these, those that only number without an article
	phone           map[string]bool
	street          map[string]bool
	play            map[string]bool
	magnitudeOf     map[string]bool // between "magnitude" and its figure
	unworthy        map[string]bool // units that no board holds
	scoreNouns      map[string]bool // behind a score: "a 5-2 loss"
	ageWords        map[string]bool
	furniture       map[string]bool
	places          map[string]bool            // prepositions of place
	particles       map[string]map[string]bool // verb -> its particles
	planVerbs       map[string]bool            // lemmas: "agree", "offer"
	actions         map[string]string          // noun of what was done -> lemma of the verb
	stockVerbs      map[string]bool            // lemmas: "hold", "remain"
	anaphora        map[string]bool
	catenative      map[string]bool // verbs that lead to another: "are known to have died"
	passive         map[string]bool // forms of "be" before a participle
	lengthWords     map[string]bool // beside these, "35m" is metres
}

// A verbForm is one form of a verb.
type verbForm struct {
	lemma string
	past  bool
	part  bool // past participle
	ing   bool
	third bool
	base  bool
}

func newGrammar(d data) grammar {
	g := grammar{abbreviations: d.set("abbreviations"), never: d.set("titles"), stop: d.set("stop"), irregular: map[string]string{}, pluralHeads: d.set("plural heads"),
		notPlural: d.set("not plural"), notAdverb: d.set("adverbs"), gapped: d.set("gapped"), partitive: d.set("partitive"), possessive: d.set("possessive"), positives: d.keyed("positives"), adjectiveLemmas: d["adjective lemmas"], pastEndings: d["past endings"], plurals: d["plurals"], behind: d.set("behind measures"),
		verbs: map[string]verbForm{}, modifiers: d.set("modifiers"), up: d.set("up"), down: d.set("down"),
		label: d.set("label"), index: d.set("index"), idioms: d.phrases("idioms"), rangeFrom: d.set("range from"), rangeTo: d.set("range to"), compass: d.set("compass"), streetBefore: d.set("street before"), numberOf: d.set("number of"), labelAlways: d.set("label always"), labelBare: d.set("label bare"), phone: d.set("phone"), street: d.set("street"), play: d.set("play"), scoreNouns: d.set("score nouns"), unworthy: d.set("unworthy"), magnitudeOf: d.set("magnitude of"),
		ageWords: d.set("age words"), furniture: d.set("furniture"), places: d.set("places"), anaphora: d.set("anaphora"), lengthWords: d.set("length words"), passive: d.set("passive"), catenative: d.set("catenative"), particles: map[string]map[string]bool{}, planVerbs: d.set("plan verbs"), actions: d.keyed("action nouns"), stockVerbs: d.set("stock verbs")}
	for phrase := range d.set("particle verbs") {
		verb, particle, _ := strings.Cut(phrase, " ")
		if g.particles[verb] == nil {
			g.particles[verb] = map[string]bool{}
		}
		g.particles[verb][particle] = true
	}
	for w := range g.labelAlways {
		g.label[w] = true
	}
	for w := range g.labelBare {
		g.label[w] = true
	}
	for f, k := range d.keyed("irregular") {
		if one, _, several := strings.Cut(k, " "); several {
			k = one
		}
		if !strings.Contains(f, " ") {
			g.irregular[f] = k
		}
	}
	for _, e := range d["regular"] {
		for _, f := range e.forms {
			g.addRegular(f)
		}
	}
	for _, e := range d["irregular verbs"] {
		for _, f := range e.forms {
			g.addIrregular(strings.Fields(f))
		}
	}
	for _, e := range d["verbs"] {
		if lemma := normWord(e.key); g.verbs[lemma].lemma == "" && !strings.Contains(lemma, " ") {
			g.verbs[lemma] = verbForm{lemma: e.key, past: true} // the infinitive, behind "мають"
		}
		for _, f := range e.forms {
			f = normWord(f)
			g.verbs[f] = verbForm{lemma: e.key, past: true}
			for _, form := range g.otherPast(f) {
				if _, known := g.verbs[form]; !known {
					g.verbs[form] = verbForm{lemma: e.key, past: true}
				}
			}
		}
	}
	return g
}

func (g *grammar) addRegular(v string) {
	if strings.Contains(v, " ") {
		return
	}
	set := func(form string, vf verbForm) {
		if old, ok := g.verbs[form]; ok {
			vf.past, vf.part, vf.base = vf.past || old.past, vf.part || old.part, vf.base || old.base
		}
		g.verbs[form] = vf
	}
	set(v, verbForm{lemma: v, base: true})
	set(thirdPerson(v), verbForm{lemma: v, third: true})
	for _, past := range pastForms(v) {
		set(past, verbForm{lemma: v, past: true, part: true})
	}
	for _, ing := range ingForms(v) {
		set(ing, verbForm{lemma: v, ing: true})
	}
}

func (g *grammar) addIrregular(f []string) {
	if len(f) != 3 {
		return
	}
	v := f[0]
	g.verbs[v] = verbForm{lemma: v, base: true, past: f[1] == v, part: f[2] == v}
	g.verbs[thirdPerson(v)] = verbForm{lemma: v, third: true}
	for _, ing := range ingForms(v) {
		g.verbs[ing] = verbForm{lemma: v, ing: true}
	}
	if f[1] != v {
		g.verbs[f[1]] = verbForm{lemma: v, past: true, part: f[1] == f[2]}
	}
	if f[2] != v && f[2] != f[1] {
		g.verbs[f[2]] = verbForm{lemma: v, part: true}
	}
}

func thirdPerson(v string) string {
	switch {
	case strings.HasSuffix(v, "y") && len(v) > 2 && !isVowel(v[len(v)-2]):
		return v[:len(v)-1] + "ies"
	case strings.HasSuffix(v, "s"), strings.HasSuffix(v, "x"), strings.HasSuffix(v, "z"), strings.HasSuffix(v, "ch"), strings.HasSuffix(v, "sh"), v == "go", v == "do":
		return v + "es"
	}
	return v + "s"
}

func pastForms(v string) []string {
	switch {
	case strings.HasSuffix(v, "e"):
		return []string{v + "d"}
	case strings.HasSuffix(v, "y") && len(v) > 2 && !isVowel(v[len(v)-2]):
		return []string{v[:len(v)-1] + "ied"}
	case doubles(v):
		return []string{v + v[len(v)-1:] + "ed", v + "ed"}
	}
	return []string{v + "ed"}
}

func ingForms(v string) []string {
	switch {
	case strings.HasSuffix(v, "ie"):
		return []string{v[:len(v)-2] + "ying"}
	case strings.HasSuffix(v, "ee"), v == "be":
		return []string{v + "ing"}
	case strings.HasSuffix(v, "e"):
		return []string{v[:len(v)-1] + "ing"}
	case doubles(v):
		return []string{v + v[len(v)-1:] + "ing", v + "ing"}
	}
	return []string{v + "ing"}
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// doubles reports verbs that may double their last letter: consonant, vowel, consonant.
func doubles(v string) bool {
	n := len(v)
	if n < 3 {
		return false
	}
	return !isVowel(v[n-1]) && isVowel(v[n-2]) && !isVowel(v[n-3]) && strings.IndexByte("wxyh", v[n-1]) < 0
}

// otherPast gives the feminine, neuter and plural of a masculine past form, where the language tells them apart.
func (g *grammar) otherPast(f string) []string {
	for _, e := range g.pastEndings {
		if stem, ok := strings.CutSuffix(f, e.key); ok {
			out := make([]string, 0, len(e.forms))
			for _, ending := range e.forms {
				out = append(out, stem+ending)
			}
			return out
		}
	}
	return nil
}
