package extract

import "strings"

// sourceWords are a language's words of saying, its kinds of source, and its words of modality and scope.
type sourceWords struct {
	say          map[string]string // form -> lemma
	act          map[string]string // forms of announced acts, whose figure is their actor's: "offered"
	figure       map[string]string // forms after which a figure is the subject's: "put", "gave"
	deny         map[string]bool   // lemmas
	hedgeSay     map[string]bool   // lemmas
	weakSay      map[string]bool   // lemmas that report only with a source for subject: "find", "show"
	quote        map[string]bool   // lemmas of passing on: "AP quoted the ministry"
	that         map[string]bool
	according    *phrases
	behind       *phrases // de: "zufolge" stands behind its source
	reportedly   *phrases
	unnamed      map[string]bool
	anyone       map[string]bool // pronouns that are nobody in particular
	nobody       *phrases        // "no one" was hurt
	harm         map[string]bool // lemmas of what befalls persons
	helpers      map[string]bool // stand between a subject and what befell it, besides auxiliaries
	none         *phrases        // "no" deaths
	noneBehind   *phrases        // uk: "загиблих немає"
	notAll       map[string]bool // "no other deaths" leaves some
	sides        map[string]bool // lemmas of what takes part: "both sides"
	magnitude    map[string]bool
	deals        *phrases        // before what is agreed on: "a deal to"
	richter      *phrases        // behind a magnitude
	expletive    map[string]bool // de: "es gab" has no speaker
	asSaid       map[string]bool // "not 20, as the ministry said"
	social       *phrases
	self         map[string]bool
	person       map[string]bool
	organisation map[string]bool
	media        *phrases
	pronouns     map[string]bool
	relative     map[string]bool
	tail         map[string]bool
	sayParticles []entry // particles: verb forms that report only with one of them
	unsure       *phrases
	back         map[string]bool // how a sentence begins whose doubt is about the one before it
	disclaim     *phrases        // how a sentence begins that takes back the one before it
	contrast     *phrases        // before a figure set against the one just given: "33, not 28"
	instead      *phrases        // before a figure that another replaces, wherever it stands: "rather than 28"
	falseStart   *phrases        // how one begins that tells of a figure to call it false
	falseEnd     *phrases        // and what says so
	untrue       *phrases        // what a clause begins with that denies what follows
	ofThe        *phrases        // right behind a figure that is a part of those named: "nueve de los muertos"
	adds         *phrases        // near the start of a sentence that goes on with what the one before reported
	exists       map[string]bool // verbs that only say that there is something
	against      *phrases        // before who says something that the figure is set against: "more than"
	modality     *phrases
	scope        *phrases
	basis        *phrases
	negation     map[string]bool
	states       map[string]string // "dead" -> "die person"
	personVerbs  map[string]bool   // lemmas whose elliptical count is of persons
	toll         *phrases
	containers   map[string]string // what a count behind it counts: "bodies" of 500 soldiers
	sayNoun      map[string]bool   // "claim" in "his claim that"
	subjunctive  map[string]bool   // German forms of reported speech
	parties      map[string]string // name or demonym -> party
}

func newSourceWords(d, common data) sourceWords {
	w := sourceWords{say: d.keyed("say forms"), figure: map[string]string{}, act: d.keyed("act forms"), deny: d.set("deny"), hedgeSay: d.set("hedge say"), weakSay: d.set("weak say"), quote: d.set("quote"),
		that: d.set("that"), according: d.phrases("according"), behind: d.phrases("zufolge"), reportedly: d.phrases("reportedly"), unnamed: d.set("unnamed"),
		anyone: d.set("anyone"), nobody: d.phrases("nobody"), harm: d.set("harm"), helpers: d.set("helpers"), none: d.phrases("none"), noneBehind: d.phrases("none behind"), notAll: d.set("not all"), sides: d.set("sides"),
		magnitude: d.set("magnitude"), richter: d.phrases("richter"), deals: d.phrases("plan deals"), social: d.phrases("social"), self: d.set("self"), person: d.set("person"), organisation: d.set("organisation"), media: d.phrases("media"),
		pronouns: d.set("pronouns"), relative: d.set("relative"), tail: d.set("tail"), unsure: d.phrases("unsure"), disclaim: d.phrases("disclaim"), contrast: d.phrases("contrast"), instead: d.phrases("contrast", "instead"), expletive: d.set("expletive"), asSaid: d.set("as said"), falseStart: d.phrases("false start"), falseEnd: d.phrases("false end"), untrue: d.phrases("untrue that"), against: d.phrases("set against"), adds: d.phrases("adds"), ofThe: d.phrases("of the"), exists: d.set("exists"), back: d.set("back"), negation: d.set("negation"),
		states: d.keyed("states"), personVerbs: d.set("person verbs"), toll: d.phrases("toll"), containers: d.keyed("containers"), sayNoun: d.set("say nouns"), subjunctive: d.set("subjunctive"), sayParticles: d["say particles"], parties: map[string]string{}}
	inflect(w.organisation, d["inflection"])
	inflect(w.person, d["inflection"])
	// verbs given by lemma take their forms from the language's verb list
	for _, section := range []struct {
		name string
		into map[string]string
	}{{"say", w.say}, {"figure verbs", w.figure}, {"act verbs", w.act}} {
		g := newGrammar(d)
		for lemma := range d.set(section.name) {
			for form, v := range g.verbs {
				if v.lemma == lemma {
					section.into[form] = lemma
				}
			}
		}
	}
	w.modality, w.scope, w.basis = newPhrases(), newPhrases(), newPhrases()
	w.modality.lx, w.scope.lx, w.basis.lx = d.tokenizer(), d.tokenizer(), d.tokenizer()
	for _, kind := range []string{"planned", "possible", "hedged", "denied"} {
		addAll(w.modality, d, "modality "+kind, kind)
	}
	addAll(w.modality, d, "plan deals", "planned")
	for _, kind := range []string{"per_side", "total", "daily", "cumulative", "part"} {
		addAll(w.scope, d, "scope "+kind, kind)
	}
	for _, kind := range []string{"running", "stock", "plan"} {
		addAll(w.basis, d, "basis "+kind, kind)
	}
	for _, e := range common["parties"] {
		for _, f := range e.forms {
			w.parties[normWord(f)] = e.key
		}
	}
	return w
}

func addAll(p *phrases, d data, section, key string) {
	for _, e := range d[section] {
		for _, f := range e.forms {
			p.add(f, key)
		}
	}
}

// inflect adds the case forms of nouns by their last letters, without regard to sense: a form too many does no harm in a
// list of source words. An entry is "letters: endings"; with "-" for letters the endings are added to the whole word.
func inflect(words map[string]bool, endings []entry) {
	var stems []string
	for w := range words {
		stems = append(stems, w)
	}
	for _, w := range stems {
		if len([]rune(w)) < 4 {
			continue
		}
		for _, e := range endings {
			stem := w
			if e.key != "-" {
				r := []rune(w)
				if !strings.ContainsRune(e.key, r[len(r)-1]) {
					continue
				}
				stem = string(r[:len(r)-1])
			}
			for _, ending := range e.forms {
				words[stem+ending] = true
			}
			break
		}
	}
}
