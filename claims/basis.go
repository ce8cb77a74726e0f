package claims

import (
	"slices"
	"strings"

	"tallywire/claims/lexicon"
)

// runningActs are those whose counts are usually told as "so far"; stockActs those that may fall again.
var (
	runningActs = []lexicon.Concept{"kill", "injure", "rescue", "damage", "arrest", "identify", "infect", "vaccinate", "burn"}
	stockActs   = []lexicon.Concept{"missing", "aboard", "displace", "hold", "shelterin", "turnout", "share", "lead", "level", "inflation", "unemployment", "policyrate", "population", "debt", "reserves"}
)

// stockThings are counted as they stand, whatever day the text gives: the districts that report a disease, unless it says what
// befell them. casesOf are counted on from the first one; lastingThings too, and lastingActs last, where no day is given.
var (
	stockThings   = []lexicon.Concept{"district"}
	casesOf       = []lexicon.Concept{"case"}
	lastingThings = []lexicon.Concept{"fire_", "incident", "complaint", "defect", "signature", "explosion", "accident"}
	lastingActs   = []lexicon.Concept{"close", "recall", "cutoff", "register", "sign", "strand", "open", "employ", "infect"}
)

// settle finds what follows from all that a frame has been given.
func (f *frame) settle() { f.basis = basisFor(lexicon.Default(), f) }

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
	case anyRelated(l, f.things, stockThings) && lastingDeed(l, f.acts):
		return BasisStock
	case f.kind == "count" && anyRelated(l, f.things, casesOf) && lastingDeed(l, f.acts):
		return BasisRunning
	case f.kind == "count" && !m.Dated && anyRelated(l, f.things, lastingThings) && lastingDeed(l, f.acts):
		return BasisRunning // "we know of 25 fires"
	case f.kind == "count" && !m.Dated && len(f.acts) > 0 && anyRelated(l, f.acts, lastingActs) && lastingDeed(l, f.acts):
		return BasisStock // "58 schools are closed"
	case anyRelated(l, f.measures, stockActs) || anyRelated(l, f.acts, stockActs):
		return BasisStock
	case anyRelated(l, f.acts, runningActs):
		return BasisRunning
	}
	return BasisPeriod
}

// lastingDeed reports that none of some acts is done once and over, so that the figure can be one of a state that goes on.
func lastingDeed(l *lexicon.Lexicon, acts []lexicon.Concept) bool {
	return !slices.ContainsFunc(acts, func(c lexicon.Concept) bool { return !anyRelated(l, []lexicon.Concept{c}, lastingActs) })
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

// isLevel reports whether a figure is where something stands now: "fell to 94 per cent", "stood at 94 per cent".
func isLevel(l *lexicon.Lexicon, m *Mention) bool {
	if m.Change != "" {
		return false
	}
	lang := m.language()
	return slices.ContainsFunc(fold(m.Predicate), func(w string) bool {
		c := l.Of(lang, w)
		return slices.Contains(c, "move") || slices.Contains(c, "stand")
	})
}
