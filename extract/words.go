package extract

// A list is a word class that a rule asks for by name. The words are data: lang/*/words.txt, and lang/common/words.txt
// for those of every language. A language leaves out the lists of rules that it does not need.
type list uint8

const (
	endsSource list = iota
	sourceGoesOn
	opensNoSource
	relatives
	insideVerb
	startsClause
	finite
	determiners
	stopsSource
	breaksClause
	quantifiers
	beforeVerb
	behindNoun
	nounAt
	auxiliaries
	farParticles
	prepositions
	thirdPersons
	seen
	boundParticles
	noBounds
	overLead
	comparison
	boundsNext
	upTo
	upwards
	downwards
	byHowMuch
	intensifiers
	sumVerbs
	levelVerbs
	joinsTimes
	comparesSides
	topicBreaks
	topicJoins
	ties
	crowds
	counts
	opensParts
	weakVerbs
	copulas
	lasting
	spells
	sittings
	yearLeads
	wholes
	noCounted
	pronounOne
	halfNouns
	partsClauses
	obliges
	infinitiveEnds
	compares
	comparesWith
	untils
	sums
	shares
	noSuperlatives
	shortAdjectives
	pluralModifiers
	moreOf
	betweenOpeners
	forEach
	joinsRange
	beforeNoun
	modalHelpers
	plainSay
	barePlural
	sayOrNoun
	ownCount
	counterWords
	behindClaim
	noPassive
	nameParticles
	networks
	firstPerson
	within
	articles
	perNouns
	noUnits
	sizes
	sentenced
	ofAge
	dativeEnds
	ageSuperlatives
	ageStems
	behindClause
	young
	verbEnds
	adjectiveEnds
	longAdjectiveEnds
	longerAdjectiveEnds
	possessives
	ordinalEnds
	longOrdinals
	scaleOrdinals
	ordinalStems
	ordinalByEnds
	ordinalUnits
	ordinalNouns5
	ordinalNouns2
	looseRatio
	phraseRatio
	noRatio
	joinsDays
	joinsYears
	deadlines
	withFraction
	hoursOrSpan
	speaksOf
	hundredAndHalf
	figures
	futureEnds
	futureForms
	leadsOn
	timeAdjectives
	bareVerbs
	persons
	personalTo
	witnesses
	perceives
	joinsSources
	passiveHelpers
	respectively
	severities
	planForms
	posts
	lookalikes
	roundLetters
	events
	elsewhere
	legalForms
	asks
	bothOf
	befalls
	wordOf
	wordTo
	wordA
	wordThe
	wordAnd
	wordBy
	wordThat
	wordFrom
	wordWho
	wordWhich
	wordOr
	wordAt
	wordOn
	wordFor
	wordIn
	wordAs
	wordThan
	wordHave
	wordPer
	wordGenitive
	wordIs
	wordWas
	wordWere
	wordAre
	wordIts
	wordThis
	wordLast
	wordNext
	wordEach
	wordBetween
	wordUntil
	wordSince
	wordUs
	wordYou
	wordUp
	wordDown
	wordMore
	wordBefore
	wordAfter
	wordOther
	wordThose
	wordNow
	wordWith
	wordOver
	listCount
)

// listNames are the sections of the data files.
var listNames = [listCount]string{
	endsSource:          "ends source",
	sourceGoesOn:        "source goes on",
	opensNoSource:       "opens no source",
	relatives:           "relatives",
	insideVerb:          "inside verb",
	startsClause:        "starts clause",
	finite:              "finite",
	determiners:         "determiners",
	stopsSource:         "stops source",
	breaksClause:        "breaks clause",
	quantifiers:         "quantifiers",
	beforeVerb:          "before verb",
	behindNoun:          "behind noun",
	nounAt:              "noun at",
	auxiliaries:         "auxiliaries",
	farParticles:        "far particles",
	prepositions:        "prepositions",
	thirdPersons:        "third person",
	seen:                "seen",
	boundParticles:      "bound particles",
	noBounds:            "no bounds",
	overLead:            "over lead",
	comparison:          "comparison",
	boundsNext:          "bounds next",
	upTo:                "up to",
	upwards:             "upwards",
	downwards:           "downwards",
	byHowMuch:           "by how much",
	intensifiers:        "intensifiers",
	sumVerbs:            "sum verbs",
	levelVerbs:          "level verbs",
	joinsTimes:          "joins times",
	comparesSides:       "compares sides",
	topicBreaks:         "topic breaks",
	topicJoins:          "topic joins",
	ties:                "ties",
	crowds:              "crowds",
	counts:              "counts",
	opensParts:          "opens parts",
	weakVerbs:           "weak verbs",
	copulas:             "copulas",
	lasting:             "lasting",
	spells:              "spells",
	sittings:            "sittings",
	yearLeads:           "year leads",
	wholes:              "wholes",
	noCounted:           "no counted",
	pronounOne:          "pronoun one",
	halfNouns:           "half nouns",
	partsClauses:        "parts clauses",
	obliges:             "obliges",
	infinitiveEnds:      "infinitive ends",
	compares:            "compares",
	comparesWith:        "compares with",
	untils:              "untils",
	sums:                "sums",
	shares:              "shares",
	noSuperlatives:      "no superlatives",
	shortAdjectives:     "short adjectives",
	pluralModifiers:     "plural modifiers",
	moreOf:              "more of",
	betweenOpeners:      "between openers",
	forEach:             "for each",
	joinsRange:          "joins range",
	beforeNoun:          "before noun",
	modalHelpers:        "modal helpers",
	plainSay:            "plain say",
	barePlural:          "bare plural",
	sayOrNoun:           "say or noun",
	ownCount:            "own count",
	counterWords:        "counter words",
	behindClaim:         "behind claim",
	noPassive:           "no passive",
	nameParticles:       "name particles",
	networks:            "networks",
	firstPerson:         "first person",
	within:              "within",
	articles:            "articles",
	perNouns:            "per nouns",
	noUnits:             "no units",
	sizes:               "sizes",
	sentenced:           "sentences",
	ofAge:               "of age",
	dativeEnds:          "dative ends",
	ageSuperlatives:     "superlatives of age",
	ageStems:            "stems of age",
	behindClause:        "behind clause",
	young:               "young",
	verbEnds:            "verb ends",
	adjectiveEnds:       "adjective ends",
	longAdjectiveEnds:   "long adjective ends",
	longerAdjectiveEnds: "longer adjective ends",
	possessives:         "possessives",
	ordinalEnds:         "ordinal ends",
	longOrdinals:        "long ordinals",
	scaleOrdinals:       "scale ordinals",
	ordinalStems:        "ordinal stems",
	ordinalByEnds:       "ordinals by ending",
	ordinalUnits:        "ordinal units",
	ordinalNouns5:       "ordinal nouns five",
	ordinalNouns2:       "ordinal nouns two",
	looseRatio:          "loose ratio",
	phraseRatio:         "phrase ratio",
	noRatio:             "no ratio",
	joinsDays:           "joins days",
	joinsYears:          "joins years",
	deadlines:           "deadlines",
	withFraction:        "with fraction",
	hoursOrSpan:         "hours or span",
	speaksOf:            "speaks of",
	hundredAndHalf:      "hundred and half",
	figures:             "figures",
	futureEnds:          "future ends",
	futureForms:         "future forms",
	leadsOn:             "leads on",
	timeAdjectives:      "time adjectives",
	bareVerbs:           "bare verbs",
	persons:             "persons",
	personalTo:          "personal to",
	witnesses:           "witnesses",
	perceives:           "perceives",
	joinsSources:        "joins sources",
	passiveHelpers:      "passive helpers",
	respectively:        "in turn",
	severities:          "severities",
	planForms:           "plan forms",
	posts:               "posts",
	lookalikes:          "lookalikes",
	roundLetters:        "round letters",
	events:              "events",
	elsewhere:           "elsewhere",
	legalForms:          "legal forms",
	asks:                "asks",
	bothOf:              "both of",
	befalls:             "befalls",
	wordOf:              "word of",
	wordTo:              "word to what",
	wordA:               "word a",
	wordThe:             "word the",
	wordAnd:             "word and",
	wordBy:              "word by",
	wordThat:            "word that clause",
	wordFrom:            "word from",
	wordWho:             "word who",
	wordWhich:           "word which",
	wordOr:              "word or",
	wordAt:              "word at",
	wordOn:              "word on",
	wordFor:             "word for",
	wordIn:              "word in",
	wordAs:              "word as",
	wordThan:            "word than",
	wordHave:            "word have",
	wordPer:             "word per",
	wordGenitive:        "word genitive",
	wordIs:              "word is",
	wordWas:             "word was",
	wordWere:            "word were",
	wordAre:             "word are",
	wordIts:             "word its",
	wordThis:            "word this",
	wordLast:            "word last",
	wordNext:            "word next",
	wordEach:            "word each",
	wordBetween:         "word between",
	wordUntil:           "word until",
	wordSince:           "word since",
	wordUs:              "word us",
	wordYou:             "word you",
	wordUp:              "word up",
	wordDown:            "word down",
	wordMore:            "word more",
	wordBefore:          "word before",
	wordAfter:           "word after",
	wordOther:           "word other",
	wordThose:           "word those",
	wordNow:             "word now",
	wordWith:            "word with",
	wordOver:            "word over",
}
