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
	origin   *frame    // whose words it repeats; nil for its own
	resolved bool      // origin has been looked for; see update
	holder   ClaimID   // claim that holds it, as far as known; see update
	ord      int       // its place among the mentions of its document as kept
	nth      int       // how many mentions of its sentence say the same figure before it
	with     []speaker // who says it besides: "the ministry and the headquarters said"
	admits   bool      // its source admits, concedes or regrets it (V3)
	shingles set       // of the sentence, to know copies
}

// A draft is a frame whose words are still being gathered.
type draft struct {
	*frame
	words, names, context, numbers bag
}

// runningActs are those whose counts are usually told as "so far"; stockActs those that may fall again.
var (
	runningActs = []lexicon.Concept{"kill", "injure", "rescue", "damage", "arrest", "identify"}
	stockActs   = []lexicon.Concept{"missing", "displace", "hold", "shelterin", "turnout", "share", "lead", "level"}
)

func newFrame(m *Mention, who speaker, w Widths) *frame {
	f := &draft{frame: &frame{m: m, fig: figureOf(m, w), kind: kindOf(m), who: who}, words: bag{}, names: bag{}, context: bag{}, numbers: bag{}}
	l := lexicon.Default()
	lang := m.Lang
	if lang == "" {
		lang = "en"
	}
	f.take(l, lang, m.Head, true)
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
	f.take(l, lang, predicatePhrase(l, lang, m), false)
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
	if m.PredicateSpan != nil && m.PredicateSpan[0] >= m.End && !passive(m) || strings.Contains(m.Sentence, m.Text+" need ") {
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
	whole := strings.Fields(strings.ToLower(m.Sentence)) // numerals stay whole: "34.4" is one word
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

// shareStory gives the frames of one document the proper names of all its sentences and its title.
func shareStory(doc []*frame) {
	var story set
	for i, f := range doc {
		story = story.union(f.names).union(f.where)
		if i == 0 {
			title := bag{}
			for _, w := range titleNames(f.m.Title) {
				title.add(stem(w))
			}
			story = story.union(title.set())
		}
	}
	for _, f := range doc {
		f.story = story
	}
}

// titleNames are the folded words of a title that are written like names: in capitals where most are not. The first word
// is in capitals whatever it is.
func titleNames(title string) []string {
	var out []string
	words, capitals := 0, 0
	for i, w := range strings.Fields(title) {
		r := []rune(strings.TrimFunc(w, unicode.IsPunct))
		if len(r) < 3 {
			continue
		}
		words++
		if !unicode.IsUpper(r[0]) {
			continue
		}
		capitals++
		for _, folded := range foldSentence(w) {
			if i > 0 && !hollow.has(folded) {
				out = append(out, folded)
			}
		}
	}
	if words > 3 && capitals*3 > words*2 {
		return nil // Every Word of It
	}
	return out
}

// aloneWords tell a count of one place from that of all. Source: English, Ukrainian, Russian, German, French and Spanish usage.
var aloneWords = func() bag {
	b := bag{}
	b.add("alone", "лише", "тільки", "лишь", "только", "allein", "seul", "seule", "solo", "sólo")
	return b
}()

// settle finds what follows from all that a frame has been given.
func (f *frame) settle() { f.basis = basisFor(lexicon.Default(), f) }

// surroundings reads what the rest of the sentence says: its other numerals, and, for a figure that names nothing itself
// ("some 900 of them"), what the sentence counts and does.
func (f *draft) surroundings(l *lexicon.Lexicon, lang string, words []string) {
	own := bag{}
	own.add(fold(f.m.Text)...)
	for _, w := range words {
		if w[0] >= '0' && w[0] <= '9' && !own.has(w) {
			f.numbers.add(w)
		}
	}
	if f.named() && f.kind == "count" {
		return
	}
	if f.kind == "count" || f.kind == "percent" || f.kind == "points" {
		f.inferred = !f.named()
	}
	if before, _, ok := strings.Cut(f.m.Sentence, f.m.Text); ok && f.kind != "count" && len(f.measures) == 0 {
		f.measureBefore(l, lang, foldSentence(before))
	}
	if !f.inferred {
		return
	}
	for i := range words {
		for n := min(3, len(words)-i); n >= 1; n-- {
			for _, c := range l.Of(lang, strings.Join(words[i:i+n], " ")) {
				switch l.Kind(c) {
				case lexicon.Thing:
					f.things = merge(f.things, c)
				case lexicon.Act:
					f.acts = merge(f.acts, c)
				}
			}
		}
	}
}

// measureBefore takes the measure that stands nearest before a figure with no other numeral in between: "turnout, at
// 66.2 per cent".
func (f *frame) measureBefore(l *lexicon.Lexicon, lang string, words []string) {
	for i := len(words) - 1; i >= 0; i-- {
		if words[i][0] >= '0' && words[i][0] <= '9' {
			return
		}
		for n := min(3, len(words)-i); n >= 1; n-- {
			for _, c := range l.Of(lang, strings.Join(words[i:i+n], " ")) {
				if l.Kind(c) == lexicon.Measure {
					f.measures = append(f.measures, c)
					return
				}
			}
		}
	}
}

// named reports whether a figure says itself what it counts or measures.
func (f *frame) named() bool {
	return len(f.things) > 0 || f.head != "" || len(f.measures) > 0 || f.kind != "count" && f.kind != "percent"
}

func merge(list []lexicon.Concept, c lexicon.Concept) []lexicon.Concept {
	if slices.Contains(list, c) {
		return list
	}
	return append(list, c)
}

// infer lends a figure that neither it nor its sentence explains ("The union speaks of 900.") what the figure before it
// in the same passage counts. Frames are those of one document, in text order.
func infer(doc []*frame) {
	for i, f := range doc {
		f.order = i
		if i == 0 {
			continue
		}
		before := doc[i-1]
		if f.kind == "count" && f.head == "" && !f.fig.point.IsInteger() && before.kind != "count" && f.m.Paragraph-before.m.Paragraph <= 1 && f.m.Part == before.m.Part {
			f.kind = before.kind // "34.4 per cent, the others 30.6 and 12.7"
			if len(f.measures) == 0 {
				f.measures = slices.Clone(before.measures)
			}
			continue
		}
		if !f.inferred || len(f.things) > 0 || f.m.Subject != "" && !strings.Contains(f.m.Attribution.Text+" "+f.m.Attribution.Organisation, f.m.Subject) {
			continue
		}
		if before.kind == f.kind && f.m.Paragraph-before.m.Paragraph <= 1 && f.m.Paragraph >= before.m.Paragraph && f.m.Part == before.m.Part && len(before.things) > 0 {
			f.things, f.head = slices.Clone(before.things), before.head
			if len(f.acts) == 0 {
				f.acts = slices.Clone(before.acts)
			}
		}
	}
}

// placeOf is the stems of the words of a mention's place.
func placeOf(m *Mention) bag {
	out := bag{}
	for _, w := range foldSentence(m.Place) {
		if !hollow.has(w) && len(w) > 2 {
			out.add(stem(w))
		}
	}
	return out
}

// onlyName is the one proper name of a mention's sentence beside its speaker's; nothing where there are more.
func onlyName(m *Mention) bag {
	out := bag{}
	sentence := m.Sentence
	if who := m.Attribution.Text; who != "" {
		sentence = strings.ReplaceAll(sentence, who, " ")
	}
	found := 0
	for _, n := range m.Names {
		if words := foldSentence(n); len(words) > 0 && strings.Contains(sentence, n) {
			found++
			for _, w := range words {
				if !hollow.has(w) {
					out.add(stem(w))
				}
			}
		}
	}
	if found != 1 {
		return bag{}
	}
	return out
}

// owner is whose figure it is among the proper names of its sentence: the one that follows with "for" or "of", else the
// nearest before it. "Civic Union has 31.8 per cent, New Start 33.1", "33.1 for New Start".
func (f *frame) owner() bag {
	sentence := f.m.Sentence
	if who := f.m.Attribution.Text; who != "" { // who says it is not whose it is
		sentence = strings.Replace(sentence, who, strings.Repeat(" ", len(who)), 1)
	}
	at := strings.Index(sentence, f.m.Text)
	if at < 0 {
		return bag{}
	}
	end := at + len(f.m.Text)
	best, where := "", -1
	for _, n := range f.m.Names {
		if len(foldSentence(n)) == 0 {
			continue
		}
		if i := strings.LastIndex(sentence[:end], n); i > where {
			best, where = n, i
		}
		rest := strings.TrimLeft(sentence[end:], " ")
		for _, link := range []string{"for the ", "for ", "для ", "für die ", "für ", "pour la ", "pour le ", "pour ", "para el ", "para la ", "para "} {
			if after, ok := strings.CutPrefix(rest, link); ok && strings.HasPrefix(after, n) {
				best, where = n, len(sentence)
			}
		}
	}
	out := bag{}
	if where < at-60 {
		return out // too far to own it
	}
	for _, w := range foldSentence(best) {
		if !hollow.has(w) {
			out.add(stem(w))
		}
	}
	return out
}

// next is the word that follows a mention's own phrase, "" where that ends its clause.
func next(m *Mention) string {
	_, after, ok := strings.Cut(m.Sentence, m.Text)
	if w, _, _ := strings.Cut(strings.TrimPrefix(after, " "), " "); ok && strings.HasPrefix(after, " ") {
		return w
	}
	return ""
}

// passive reports whether the predicate is told of the counted thing as done to it: "are needed".
func passive(m *Mention) bool {
	sentence := []rune(m.Sentence)
	at := m.PredicateSpan[0] - m.Start + runeIndex(sentence, []rune(m.Text))
	end := at + m.PredicateSpan[1] - m.PredicateSpan[0]
	return at >= 0 && end <= len(sentence) && at < end && strings.HasSuffix(string(sentence[at:end]), "ed")
}

// isForecast reports whether a mention tells what may yet come, "could reach 41", and not what may have been, "may have
// killed 41".
func isForecast(l *lexicon.Lexicon, lang string, m *Mention) bool {
	if m.Modality != Possible || m.PredicateSpan == nil {
		return false
	}
	sentence := []rune(m.Sentence)
	at := m.PredicateSpan[0] - m.Start + runeIndex(sentence, []rune(m.Text))
	end := at + m.PredicateSpan[1] - m.PredicateSpan[0]
	if at < 0 || end > len(sentence) || at >= end {
		return false
	}
	before, after := fold(string(sentence[:at])), fold(string(sentence[end:]))
	near := append(slices.Clone(before[max(0, len(before)-2):]), after[:min(3, len(after))]...)
	says := func(c lexicon.Concept) bool {
		return slices.ContainsFunc(near, func(w string) bool { return slices.Contains(l.Of(lang, w), c) })
	}
	return says("forecast") && !says("perfect")
}

// nounsOf is a mention's own phrase without its figure and unit: "crack" of "60-metre crack".
func nounsOf(m *Mention) string {
	unit := bag{}
	for _, w := range fold(m.Unit.Name) {
		unit.add(stem(w))
	}
	var out []string
	for _, w := range fold(m.Text) {
		if (w[0] < '0' || w[0] > '9') && !unit.has(stem(w)) {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// basisFor is the time basis of a mention. The extractor's "of a period" is what it says where the text shows nothing else,
// so what is counted may still decide: the dead are counted on, the missing come and go.
func basisFor(l *lexicon.Lexicon, f *frame) Basis {
	switch m := f.m; {
	case f.plan:
		return BasisPlan
	case slices.Contains(f.acts, "missing"):
		return BasisStock // "missing since the flood": found ones are counted off
	case m.Basis == BasisRunning || m.Basis == BasisStock:
		return m.Basis
	case f.kind == "count" && m.Dated && f.from != "" && f.from < f.to && daysBetween(f.to, f.at) >= 1:
		return BasisPeriod // "in February 4,310 people died", said in March
	case m.Scope == ScopeDaily:
		return BasisPeriod
	case m.Scope == ScopeCumulative:
		return BasisRunning
	case f.kind != "count" && !strings.HasPrefix(f.kind, "currency") && isLevel(l, f.m):
		return BasisStock
	case anyRelated(l, f.measures, stockActs) || anyRelated(l, f.acts, stockActs):
		return BasisStock
	case anyRelated(l, f.acts, runningActs):
		return BasisRunning
	}
	return BasisPeriod
}

// isLevel reports whether a figure is where something stands now: "fell to 94 per cent", "stood at 94 per cent".
func isLevel(l *lexicon.Lexicon, m *Mention) bool {
	if m.Change != "" {
		return false
	}
	lang := m.Lang
	if lang == "" {
		lang = "en"
	}
	return slices.ContainsFunc(fold(m.Predicate), func(w string) bool {
		c := l.Of(lang, w)
		return slices.Contains(c, "move") || slices.Contains(c, "stand")
	})
}

// predicatePhrase is the predicate with the particle that completes it, however far behind the object it stands: "brought
// 112 people home" is "bring home". Where the lexicon knows no such phrase it is the predicate alone.
func predicatePhrase(l *lexicon.Lexicon, lang string, m *Mention) string {
	if m.Predicate == "" || m.PredicateSpan == nil {
		return m.Predicate
	}
	text, sentence := []rune(m.Text), []rune(m.Sentence)
	at := m.PredicateSpan[1] - m.Start + runeIndex(sentence, text) // of the predicate's end in the sentence
	if at <= 0 || at > len(sentence) {
		return m.Predicate
	}
	rest := fold(string(sentence[at:]))
	for i := range min(len(rest), 7) {
		if phrase := m.Predicate + " " + rest[i]; l.Has(lang, phrase) {
			return phrase
		}
	}
	return m.Predicate
}

// runeIndex is where a piece stands in a text, in code points; 0 where it does not.
func runeIndex(text, piece []rune) int {
	at := strings.Index(string(text), string(piece))
	if at < 0 {
		return 0
	}
	return len([]rune(string(text)[:at]))
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

func lastWord(s string) string {
	words := fold(s)
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
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
		if m.Change != "" {
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

func anyRelated(l *lexicon.Lexicon, a, b []lexicon.Concept) bool {
	return slices.ContainsFunc(a, func(x lexicon.Concept) bool {
		return slices.ContainsFunc(b, func(y lexicon.Concept) bool { return l.Is(x, y) })
	})
}

// meets tells how two lists of concepts of one kind agree.
type meets int

const (
	unknown meets = iota // one of them says nothing, or nothing that keeps them apart
	same                 // they share a concept
	kin                  // one descends from the other, or both may be true of one person: captives and soldiers
	apart                // both are known and cannot be true of one thing
)

func compareConcepts(l *lexicon.Lexicon, a, b []lexicon.Concept) meets {
	out := unknown
	for _, x := range a {
		for _, y := range b {
			fx, fy := l.Facet(x), l.Facet(y)
			switch {
			case x == y:
				return same
			case l.Related(x, y):
				out = kin
			case fx == "weak" || fy == "weak" || out == kin:
			case fx != "" && fy != "" && fx != fy:
				out = kin
			default:
				out = apart
			}
		}
	}
	return out
}
