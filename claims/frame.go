package claims

import (
	"slices"
	"strings"
	"time"

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
	head     string // stem of a counted noun that the lexicon does not know
	words    bag    // stems and concepts that narrow it
	names    bag    // stems of proper names in its sentence
	narrow   bag    // stems of proper names in its own phrase and subject: whose figure it is
	basis    Basis
	plan     bool
	from, to string // days it speaks of, "" unknown
	at       time.Time
	who      speaker
	admits   bool // its source admits, concedes or regrets it (V3)
	shingles bag  // of the sentence, to know copies
}

// runningActs are those whose counts are usually told as "so far"; stockActs those that may fall again.
var (
	runningActs = []lexicon.Concept{"kill", "injure", "rescue", "damage", "arrest", "identify"}
	stockActs   = []lexicon.Concept{"missing", "displace", "hold", "shelterin", "turnout", "share", "lead", "level"}
)

func newFrame(m *Mention, who speaker, w Widths) *frame {
	f := &frame{m: m, fig: figureOf(m, w), kind: kindOf(m), who: who, words: bag{}, names: bag{}, narrow: bag{}, shingles: bag{}}
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
	f.take(l, lang, m.Predicate, false)
	for _, mod := range m.Modifiers {
		f.take(l, lang, mod, false)
	}
	for _, c := range m.Concept {
		f.take(l, lang, c, false)
	}
	for _, n := range m.Names {
		for _, w := range fold(n) {
			f.names.add(stem(w))
		}
	}
	for _, phrase := range []string{m.Subject, m.Text, m.Agent} {
		for _, w := range fold(phrase) {
			if s := stem(w); f.names.has(s) {
				f.narrow.add(s)
			}
		}
	}
	for _, mod := range m.Modifiers {
		for _, w := range fold(mod) {
			if s := stem(w); f.names.has(s) {
				f.narrow.add(s)
			}
		}
	}
	f.plan = m.Basis == BasisPlan || m.Modality == Planned
	f.basis = m.Basis
	if f.plan {
		f.basis = BasisPlan
	}
	if f.basis == "" {
		switch {
		case anyRelated(l, f.measures, stockActs) || anyRelated(l, f.acts, stockActs):
			f.basis = BasisStock
		case m.Scope == ScopeCumulative:
			f.basis = BasisRunning
		case m.Scope == ScopeDaily:
			f.basis = BasisPeriod
		case anyRelated(l, f.acts, runningActs):
			f.basis = BasisRunning
		default:
			f.basis = BasisPeriod
		}
	}
	f.from, f.to = m.Date.From, m.Date.To
	f.at = m.Published
	if f.at.IsZero() {
		f.at = m.Retrieved
	}
	words := fold(m.Sentence)
	for _, w := range words {
		f.admits = f.admits || slices.Contains(l.Of(lang, w), "admit")
	}
	for i := 0; i+3 < len(words); i++ {
		f.shingles.add(strings.Join(words[i:i+4], " "))
	}
	return f
}

// take adds a word or phrase to the frame: its concepts where the lexicon knows it, and its stem.
func (f *frame) take(l *lexicon.Lexicon, lang, phrase string, things bool) {
	words := fold(phrase)
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
			case lexicon.Act:
				if !slices.Contains(f.acts, c) {
					f.acts = append(f.acts, c)
				}
			case lexicon.Measure:
				if !slices.Contains(f.measures, c) {
					f.measures = append(f.measures, c)
				}
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
	unknown meets = iota // one of them says nothing
	same                 // they share a concept
	kin                  // one descends from the other: people and soldiers
	apart                // both are known and have nothing to do with each other
)

func compareConcepts(l *lexicon.Lexicon, a, b []lexicon.Concept) meets {
	if len(a) == 0 || len(b) == 0 {
		return unknown
	}
	out := apart
	for _, x := range a {
		for _, y := range b {
			switch {
			case x == y:
				return same
			case l.Related(x, y):
				out = kin
			}
		}
	}
	return out
}
