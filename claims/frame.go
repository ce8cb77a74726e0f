package claims

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"tallywire/claims/lexicon"
)

// A frame is a mention made comparable: what it counts and what was done, as concepts that hold over
// languages, with the words and names that narrow it.
type frame struct {
	m        *Mention
	fig      figure
	digits   int    // how telling the figure is; see digitsOf
	kind     string // figures of different kinds never meet: "count", "percent", "points", "currency:EUR", "length" ...
	things   []lexicon.Concept
	acts     []lexicon.Concept
	measures []lexicon.Concept
	subject  string            // stem of the last word of what the figure is said of: "reservoir"
	head     string            // stem of a counted noun that the lexicon does not know
	words    set               // stems and concepts that narrow it
	names    set               // stems of proper names in its sentence
	context  set               // concepts and stems of its whole sentence and its document's title
	story    set               // proper names of its whole document
	where    set               // stems of the place that its sentence gives
	numbers  set               // the other numerals of its sentence
	alone    bool              // of one place "alone": a part of a wider count
	order    int               // its place among the mentions of its document
	inferred bool              // things and acts are those of its surroundings: it names none of its own
	sides    []lexicon.Concept // whose the counted ones are
	narrow   set               // stems of proper names in its own phrase and subject: whose figure it is
	basis    Basis
	plan     bool
	from, to string // days it speaks of, "" unknown
	at       time.Time
	who      speaker
	base     speaker   // whose word its own page makes it
	repeated MentionID // whose words it repeats; "" for its own
	resolved bool      // whose words it repeats has been looked for; see update
	holder   ClaimID   // claim that holds it, as far as known; see update
	ord      int       // its place among the mentions of its document as kept
	nth      int       // how many mentions of its sentence say the same figure before it
	with     []speaker // who says it besides: "the ministry and the headquarters said"
	deniers  []speaker // who denies it in the same breath
	admits   bool      // its source admits, concedes or regrets it (V3)
	shingles set       // of the sentence, to know copies
}

// A draft is a frame whose words are still being gathered.
type draft struct {
	*frame
	words, names, context, numbers bag
}

var (
	aloneWords bag = lexicon.Words("alone") // tell a count of one place from that of all
	needWords      = lexicon.List("need")   // behind a figure: of those who need
)

func newFrame(m *Mention, who speaker, w Widths) *frame {
	f := &draft{frame: &frame{m: m, fig: figureOf(m, w), kind: kindOf(m), who: who}, words: bag{}, names: bag{}, context: bag{}, numbers: bag{}}
	f.digits = digitsOf(f.fig, f.kind)
	l, lang := lexicon.Default(), m.language()
	f.take(l, wordsOf(l, lang, m.Head), m.Head, true)
	if len(f.things) == 0 && m.Head != "" {
		f.head = stem(lastWord(m.Head))
	}
	if len(f.things) == 0 && m.Unit.Class == UnitCount {
		f.take(l, lang, m.Unit.Name, true)
		if len(f.things) == 0 && f.head == "" && m.Unit.Name != "" {
			f.head = stem(lastWord(m.Unit.Name))
		}
	}
	f.take(l, lang, m.Subject, len(f.things) == 0)
	f.subject = stem(lastWord(m.Subject))
	predicate := predicatePhrase(l, lang, m)
	f.take(l, wordsOf(l, lang, predicate), predicate, false)
	f.take(l, lang, nounsOf(m), false)
	for _, mod := range m.Modifiers {
		f.take(l, lang, mod, false)
	}
	for _, c := range m.Concept {
		f.take(l, lang, c, false)
	}
	if len(f.acts) == 0 && len(f.things) > 0 {
		f.take(l, lang, next(m), false) // "we saw 390 prisoners released"
	}
	if len(f.acts) == 0 && aboard(l, lang, m) {
		f.acts = merge(f.acts, "aboard")
	}
	if len(f.things) == 1 && f.things[0] == "body" && slices.Contains(f.acts, "kill") {
		f.things = nil // "the bodies of 14 people killed" are 14 people killed
		f.take(l, lang, m.Unit.Name, true)
	}
	for _, n := range m.Names {
		for _, w := range foldSentence(n) {
			f.names.add(stem(w))
		}
	}
	f.narrow = f.owner().set()
	if f.where = placeOf(m).set(); len(f.where) == 0 {
		if f.where = f.narrow; len(f.where) == 0 { // "the reservoir above Halm", "Halm was granted"
			f.where = onlyName(m).set()
		}
	}
	if m.PredicateSpan != nil && m.PredicateSpan[0] >= m.End && !passive(m) || slices.ContainsFunc(needWords, func(w string) bool { return strings.Contains(m.Sentence, m.Text+" "+w+" ") }) {
		f.acts = slices.DeleteFunc(f.acts, func(c lexicon.Concept) bool { return c == "need" }) // those who need, not what is needed
	}
	f.plan = m.Basis == BasisPlan || m.Modality == Planned || isForecast(l, lang, m)
	f.from, f.to = m.Date.From, m.Date.To
	f.at = saidAt(m)
	words := foldSentence(m.Sentence)
	for _, w := range append(foldSentence(m.Title), words...) {
		concepts := l.Of(lang, w)
		for _, c := range concepts {
			f.context.add("#" + string(c))
		}
		if len(concepts) == 0 && !hollow.has(w) && len(w) > 3 {
			f.context.add(stem(w))
		}
	}
	f.surroundings(l, lang, words)
	for _, w := range words {
		f.alone = f.alone || aloneWords.has(w)
		f.admits = f.admits || slices.Contains(l.Of(lang, w), "admit")
	}
	whole := strings.Fields(strings.ToLower(m.Sentence)) // numerals stay whole: "37.8" is one word
	for i := range whole {
		whole[i] = strings.TrimFunc(whole[i], unicode.IsPunct)
	}
	shingles := bag{}
	for i := 0; i+3 < len(whole); i++ {
		shingles.add(strings.Join(whole[i:i+4], " "))
	}
	f.frame.words, f.frame.names, f.frame.context, f.frame.numbers, f.shingles = f.words.set(), f.names.set(), f.context.set(), f.numbers.set(), shingles.set()
	return f.frame
}

// wordsOf is the language to read a lemma in: the text's, or English where that alone knows it. The extractor says in English what
// it adds to a text that leaves it out: "person", "die".
func wordsOf(l *lexicon.Lexicon, lang, lemma string) string {
	if lang != "en" && !l.Has(lang, lemma) && l.Has("en", lemma) {
		return "en"
	}
	return lang
}

// named reports whether a figure says itself what it counts or measures.
func (f *frame) named() bool {
	return len(f.things) > 0 || f.head != "" || len(f.measures) > 0 || f.kind != "count" && f.kind != "percent"
}

// take adds a word or phrase to the frame: its concepts where the lexicon knows it, and its stem.
func (f *draft) take(l *lexicon.Lexicon, lang, phrase string, things bool) {
	words := foldSentence(phrase)
	for i := 0; i < len(words); i++ {
		var found []lexicon.Concept
		for n := min(3, len(words)-i); n >= 1; n-- {
			if found = l.Of(lang, strings.Join(words[i:i+n], " ")); found != nil {
				i += n - 1
				break
			}
		}
		if found == nil {
			if w := words[i]; !hollow.has(w) && len(w) > 2 {
				f.words.add(stem(w))
			}
			continue
		}
		for _, c := range found {
			f.words.add("#" + string(c))
			switch l.Kind(c) {
			case lexicon.Thing:
				if things && !slices.Contains(f.things, c) {
					f.things = append(f.things, c)
				}
			case lexicon.Side:
				f.sides = merge(f.sides, c)
			case lexicon.Act:
				f.acts = merge(f.acts, c)
			case lexicon.Measure:
				f.measures = merge(f.measures, c)
			}
		}
	}
}

// deed reports a predicate that says what was done by so much, not how it moved: staff that was cut by 30 per cent.
func deed(m *Mention) bool {
	l := lexicon.Default()
	return slices.ContainsFunc(l.Of(m.language(), m.Predicate), func(c lexicon.Concept) bool { return l.Kind(c) == lexicon.Act && c != "cutoff" }) &&
		!slices.ContainsFunc(l.Of(m.language(), m.Predicate), func(c lexicon.Concept) bool { return c == "move" || c == "raise" || c == "lose" })
}

// kindOf parts figures that are never compared: percent and percentage points, money of two currencies,
// lengths and weights. Levels and changes of a share are two things.
func kindOf(m *Mention) string {
	switch m.Unit.Class {
	case UnitCurrency:
		return "currency:" + m.Unit.Name
	case UnitPercent:
		if strings.Contains(strings.ToLower(m.Unit.Name), "point") {
			return "points"
		}
		if m.Change != "" && !deed(m) {
			return "percent change"
		}
		return "percent"
	case UnitCount, UnitOther, "":
		return "count"
	case UnitRatio:
		return "count"
	default:
		if u, ok := measureOf(m); ok {
			return u.kind
		}
		return string(m.Unit.Class) + ":" + m.Unit.Name
	}
}
