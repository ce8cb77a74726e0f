package claims

import (
	"slices"
	"strings"

	"tallywire/claims/lexicon"
)

// The word lists that sentences are read by; what each is for stands in lexicon/data/words.en.txt.
var (
	sayWords     bag = lexicon.Words("say")
	reportWords  bag = lexicon.Words("report")
	weWords      bag = lexicon.Words("we")
	heldWords    bag = lexicon.Words("held")
	clauseWords  bag = lexicon.Words("that")
	haveWords    bag = lexicon.ByLanguage("have")["en"] // the rule of promises reads English only
	promiseWords bag = lexicon.Words("promise")
	pollWords    bag = lexicon.Words("poll")
	articles         = lexicon.List("the")
	relatives        = clauseOpeners(lexicon.List("which"))
)

// clauseOpeners are relative pronouns with the comma before them: ", which "; of one written with * any ending may follow.
func clauseOpeners(pronouns []string) []string {
	var out []string
	for _, w := range pronouns {
		if stem, ok := strings.CutSuffix(w, "*"); ok {
			out = append(out, ", "+stem)
		} else {
			out = append(out, ", "+w+" ")
		}
	}
	return out
}

// mend reads the attribution of a mention once more: where a pronoun took it from elsewhere although its own sentence opens
// with who says it ("Border Aid looks after 230 families, it says"), and where the outlet only seems to speak in its own
// voice because the source stands in a possessive, a relative clause or a poll.
func mend(m *Mention) Attribution {
	a := m.Attribution
	if who := promiser(m); who != "" {
		return Attribution{Text: who, Organisation: who, Kind: OriginNamed} // nearer than who speaks of it
	}
	if a.Kind == "" && a.Text == "" {
		for _, find := range []func(*Mention) string{actor, holder, pollster, asideSays, recorder} {
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
	between, said, ok := strings.Cut(after, m.Attribution.Text)
	if !ok {
		return false
	}
	if words := fold(said); len(words) > 0 && promiseWords.has(words[0]) {
		return false // "the plan to spend 40 million, which the company announced"
	}
	for _, rel := range relatives {
		if at := strings.Index(between+" ", rel); at >= 0 && len(fold(between[at:])) <= 4 {
			return true
		}
	}
	return false
}

// asideSays is who opens a sentence that says of its figure "that it said": "The railway apologised to the 1,900 passengers
// which it said had been stranded".
func asideSays(m *Mention) string {
	before, after, ok := strings.Cut(m.Sentence, m.Text)
	near := fold(before)
	for i := max(0, len(near)-6); i+1 < len(near); i++ {
		if pronouns.has(near[i]) && !weWords.has(near[i]) && reportWords.has(near[i+1]) {
			return opening(m) // "and these, it says, came to 215"
		}
	}
	if words := fold(after); ok && len(words) > 3 {
		for i := 0; i < min(3, len(words)-2); i++ {
			if clauseWords.has(words[i]) && pronouns.has(words[i+1]) && sayWords.has(words[i+2]) {
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

// holder is whose figure a subject or a list in the sentence says it is: Border Aid, of "Border Aid's figure is 17"; the
// ministry, of "nineteen on the ministry's list"; "" for nobody's.
func holder(m *Mention) string {
	words := strings.Fields(strings.ReplaceAll(m.Sentence, "’", "'"))
	for i := 0; i+1 < len(words); i++ {
		own, ok := strings.CutSuffix(words[i], "'s")
		if !ok || !is(words[i+1], heldWords) && !(i+2 < len(words) && is(words[i+1], spokenBy) && is(words[i+2], heldWords)) {
			continue // nor "the firm's own figures"
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

// actor is who does an act that is its own word: "Halm AG has offered the workers 1,800 crowns".
func actor(m *Mention) string {
	if m.Modality != Planned || m.Agent == "" || !capital(m.Agent) && !knownOffice(m.Agent) {
		return ""
	}
	l, lang := lexicon.Default(), m.language()
	for _, w := range fold(m.Predicate) {
		if slices.Contains(l.Of(lang, w), "offer") {
			return m.Agent
		}
	}
	return ""
}

// promiser is who a relative clause after a figure says promised or announced it: "3 million crowns that the mayor's
// office has promised".
func promiser(m *Mention) string {
	_, after, ok := strings.Cut(m.Sentence, m.Text)
	if !ok {
		return ""
	}
	words := strings.Fields(after)
	if len(words) == 0 {
		return ""
	}
	if !clauseWords.has(words[0]) {
		if !slices.ContainsFunc(articles, func(the string) bool { return strings.EqualFold(the, words[0]) }) {
			return ""
		}
		words = append([]string{""}, words...) // "the 7.5 per cent the union had asked for"
	}
	for i := 2; i < min(len(words), 9); i++ {
		if haveWords.has(words[i]) && i+1 < len(words) && promiseWords.has(strings.Trim(words[i+1], ".,;")) {
			if who := strings.Join(words[1:i], " "); knownOffice(who) || capital(who) {
				return who
			}
		}
	}
	return ""
}

// pollster is the institute that a sentence about an exit poll names.
func pollster(m *Mention) string {
	words := strings.Fields(m.Sentence)
	if !slices.ContainsFunc(fold(m.Sentence), func(w string) bool { return pollWords.has(w) }) {
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
	start := m.Sentence
	for _, the := range articles {
		if rest, ok := strings.CutPrefix(start, the+" "); ok {
			start = rest
			break
		}
	}
	for _, n := range m.Names {
		if strings.HasPrefix(start, n) && len(foldSentence(n)) > 0 {
			return n
		}
	}
	return ""
}
