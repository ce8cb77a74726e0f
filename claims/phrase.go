package claims

import (
	"slices"
	"strings"

	"tallywire/claims/lexicon"
)

// next is the word that follows a mention's own phrase, "" where that ends its clause.
func next(m *Mention) string {
	_, after, ok := strings.Cut(m.Sentence, m.Text)
	if w, _, _ := strings.Cut(strings.TrimPrefix(after, " "), " "); ok && strings.HasPrefix(after, " ") {
		return w
	}
	return ""
}

// reach is how many words from a figure a phrase may stand that tells where those counted are.
const reach = 4

// aboard reports whether the words around a figure say that it counts who is on a ship, train or plane: "208 people were on board",
// "a bordo iban 208 personas".
func aboard(l *lexicon.Lexicon, lang string, m *Mention) bool {
	before, after, ok := strings.Cut(m.Sentence, m.Text)
	if !ok {
		return false
	}
	lead, rest := fold(before), fold(after)
	near := append(slices.Clone(lead[max(0, len(lead)-reach):]), ".") // nothing goes on over the figure
	near = append(near, rest[:min(len(rest), reach)]...)
	for i, w := range near {
		if slices.Contains(l.Of(lang, w), "aboard") || i+1 < len(near) && slices.Contains(l.Of(lang, w+" "+near[i+1]), "aboard") {
			return true
		}
	}
	return false
}

// passiveEndings are those of a verb that is done to what is counted.
var passiveEndings = lexicon.List("passive endings")

// passive reports whether the predicate is told of the counted thing as done to it: "are needed".
func passive(m *Mention) bool {
	sentence := []rune(m.Sentence)
	at := m.PredicateSpan[0] - m.Start + runeIndex(sentence, []rune(m.Text))
	end := at + m.PredicateSpan[1] - m.PredicateSpan[0]
	return at >= 0 && end <= len(sentence) && at < end && slices.ContainsFunc(passiveEndings, func(e string) bool { return strings.HasSuffix(string(sentence[at:end]), e) })
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
	begin := max(0, at-(m.PredicateSpan[1]-m.PredicateSpan[0]))
	lead := fold(string(sentence[:begin]))
	for i := len(lead) - 1; i >= max(0, len(lead)-3); i-- {
		if phrase := m.Predicate + " " + lead[i]; l.Has(lang, phrase) {
			return phrase // "под завалами остаются шестеро"
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

func lastWord(s string) string {
	words := fold(s)
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}
