package extract

import (
	"strconv"
	"strings"
	"sync"

	"tallywire/claims"
)

// A lexicon is all that is known of one language. It is read once and never changed.
type lexicon struct {
	code        string
	apostrophe  string           // genitive (en), elision (fr), "" where apostrophes belong to the word
	elided      map[string]bool  // fr: what stands before an elision besides one or two letters
	money       map[string]bool  // currency letters that stand right before digits
	scaledMoney map[string]int64 // "MSEK": millions of kronor
	commaPoint  bool             // the decimal sign is a comma
	blanks      bool             // ordinary blanks group digits
	compound    bool             // number words are written together (de)

	num          map[string]numWord
	suffixes     map[string]numWord // only right behind digits: "35m"
	dozens       map[string]int64
	vague        map[string][2]claims.Number
	fractionLead map[string]bool  // before "a third" that is a share at the end of a clause
	vagueOf      map[string]bool  // vague only before "of"
	multiples    map[string]int64 // "twice"
	multiple     map[string]bool  // what stands behind a multiple that is a figure
	fractions    map[string]int64
	ordinals     map[string]int64
	and          map[string]bool
	point        map[string]bool
	whole        map[string]bool
	minus        map[string]bool
	article      map[string]bool
	of           map[string]bool
	half         map[string]bool
	oneHalf      map[string]bool
	ordEnding    map[string]bool
	cardEnding   map[string]string // "13-ти": general, or small (of two to four)

	units     *phrases // key: class name
	exact     map[string]string
	currency  *phrases // key: "USD dollar"
	signs     map[string]string
	age       *phrases
	per       map[string]bool
	unitNames map[string]string // ISO code -> name in words

	before    *phrases
	after     *phrases
	between   *phrases
	to        *phrases
	every     *phrases
	ratio     *phrases
	belowZero *phrases

	words   map[string]*knownWord
	lists   [listCount]map[string]bool
	adverbs string // the ending of adverbs
	nouns   string // how the counted noun is found: plural, capital, romance or cases

	cases      bool // nouns and adjectives have cases, and verbs of the past a gender (uk, ru)
	deep       bool // the verb list is full, so that subjects, agents and clauses are read (en)
	verbSecond bool // nouns are capitals, the finite verb stands second (de)
	vigesimal  bool // quatre-vingt-dix

	cal   calendar
	gr    grammar
	src   sourceWords
	hedge hedging
}

// A numWord is what a number word does: unit, teen, ten, hundred (multiplies), hundreds (adds), scale
// (value is a power of ten), zero, collective.
type numWord struct {
	kind  string
	value int64
}

// languages are the languages with a data folder, in the order in which help names them.
var languages = []string{"en", "uk", "ru", "de", "fr", "es"}

// plainLexicon serves to tokenize the data files themselves.
var plainLexicon = &lexicon{}

// sharedData is what all languages share. The data are part of the program, so that an error in them is a mistake of
// ours that no input can cause; a test reads them all.
var sharedData = sync.OnceValue(func() data { return mustRead("common") })

func mustRead(folder string) data {
	d, err := readData(languageFiles, folder)
	if err != nil {
		panic(err) // our own embedded data
	}
	return d
}

// lexiconReaders reads each language once, when a text first needs it.
var lexiconReaders = func() map[string]func() *lexicon {
	out := map[string]func() *lexicon{}
	for _, code := range languages {
		out[code] = sync.OnceValue(func() *lexicon { return newLexicon(code, mustRead(code), sharedData()) })
	}
	return out
}()

// lexiconOf is the lexicon of a language, nil where it has no data folder.
func lexiconOf(code string) *lexicon {
	if read := lexiconReaders[code]; read != nil {
		return read()
	}
	return nil
}

func newLexicon(code string, d, common data) *lexicon {
	lx := &lexicon{code: code, num: map[string]numWord{}, suffixes: map[string]numWord{}, dozens: map[string]int64{},
		vague: map[string][2]claims.Number{}, exact: map[string]string{}, signs: map[string]string{}, unitNames: map[string]string{},
		money: map[string]bool{}, scaledMoney: map[string]int64{}}
	options := map[string]string{}
	for _, e := range d["options"] {
		options[e.key] = strings.Join(e.forms, ", ")
	}
	lx.apostrophe = options["apostrophe"]
	lx.commaPoint = options["decimal"] == "comma"
	lx.blanks = options["blanks"] == "grouping"
	lx.compound = options["numerals"] == "compound"
	lx.elided = d.set("elided")
	lx.adverbs, lx.nouns = options["adverbs"], options["nouns"]
	lx.cases, lx.deep, lx.verbSecond = lx.nouns == "cases", options["reading"] == "deep", options["order"] == "verb second"
	lx.vigesimal = options["twenties"] == "vigesimal"
	lx.readLists(d, common)
	lx.readNumerals(d)
	lx.readUnits(d, common)
	lx.before, lx.after = d.phrases("before"), d.phrases("after")
	lx.between, lx.to, lx.every = d.phrases("between"), d.phrases("to"), d.phrases("every")
	lx.ratio, lx.belowZero = d.phrases("ratio"), d.phrases("below zero")
	lx.cal = newCalendar(d)
	lx.gr = newGrammar(d)
	lx.src = newSourceWords(d, common)
	lx.hedge = newHedging(d)
	lx.knowWords()
	return lx
}

func (lx *lexicon) readNumerals(d data) {
	for _, e := range d["words"] {
		kind, value, _ := strings.Cut(e.key, " ")
		n, _ := strconv.ParseInt(value, 10, 64)
		for _, f := range e.forms {
			f = normWord(f)
			if kind == "suffix" {
				lx.suffixes[f] = numWord{"scale", n}
			} else if _, double := lx.num[f]; !double {
				lx.num[f] = numWord{kind, n}
			}
		}
	}
	for f, k := range d.keyed("dozens") {
		lx.dozens[f], _ = strconv.ParseInt(k, 10, 64)
	}
	for f, k := range d.keyed("vague") {
		low, high, _ := strings.Cut(k, " ")
		l, errLow := claims.ParseNumber(low)
		h, errHigh := claims.ParseNumber(high)
		if errLow == nil && errHigh == nil {
			lx.vague[f] = [2]claims.Number{l, h}
		}
	}
	lx.fractionLead = d.set("fraction lead")
	lx.vagueOf, lx.multiples, lx.multiple = d.set("vague of"), intKeyed(d, "multiples"), d.set("multiple of")
	lx.fractions, lx.ordinals = intKeyed(d, "fractions"), intKeyed(d, "ordinals")
	signs := map[string]map[string]bool{}
	for _, e := range d["signs"] {
		signs[e.key] = map[string]bool{}
		for _, f := range e.forms {
			signs[e.key][normWord(f)] = true
		}
	}
	lx.and, lx.point, lx.whole, lx.minus = signs["and"], signs["point"], signs["whole"], signs["minus"]
	lx.article, lx.of, lx.half = signs["article"], signs["of"], signs["half"]
	lx.oneHalf = signs["one and a half"]
	if lx.oneHalf == nil {
		lx.oneHalf = signs["anderthalb"]
	}
	lx.cardEnding = d.keyed("cardinal endings")
	lx.ordEnding = map[string]bool{}
	for _, e := range d["endings"] {
		for _, f := range e.forms {
			lx.ordEnding[normWord(f)] = true
		}
	}
}

func intKeyed(d data, section string) map[string]int64 {
	out := map[string]int64{}
	for f, k := range d.keyed(section) {
		out[f], _ = strconv.ParseInt(k, 10, 64)
	}
	return out
}

func (lx *lexicon) readUnits(d, common data) {
	lx.units, lx.currency = newPhrases(), newPhrases()
	lx.units.lx, lx.currency.lx = d.tokenizer(), d.tokenizer()
	for _, source := range []data{d, common} {
		for _, e := range source["units"] {
			for _, f := range e.forms {
				lx.units.add(f, e.key)
			}
		}
		for _, e := range source["money"] {
			for _, f := range e.forms {
				lx.currency.add(f, e.key)
				lx.money[normWord(f)] = true
			}
			code, name, _ := strings.Cut(e.key, " ")
			if strings.ToUpper(code) != code {
				code = name
			}
			if _, known := lx.unitNames[code]; !known {
				lx.unitNames[code] = name
			}
		}
	}
	for _, e := range common["codes"] {
		lx.currency.addExact(e.key, e.key+" "+e.forms[0])
		if _, known := lx.unitNames[e.key]; !known {
			lx.unitNames[e.key] = e.forms[0]
		}
	}
	for _, e := range common["scaled codes"] {
		exp, _ := strconv.ParseInt(e.key, 10, 64)
		for _, f := range e.forms {
			code := strings.ToUpper(f[1:])
			lx.currency.addExact(f, code+" "+lx.unitNames[code])
			lx.scaledMoney[f] = exp
		}
	}
	for _, e := range common["exact"] {
		for _, f := range e.forms {
			lx.exact[f] = e.key
		}
	}
	lx.age = d.phrases("age")
	lx.per = d.set("per")
}
