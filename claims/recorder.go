package claims

import (
	"slices"
	"strings"

	"tallywire/claims/lexicon"
)

// recordWords are forms of verbs of counting and keeping, whose subject the figure is of.
var recordWords = lexicon.ByLanguage("recording")

// haveForms are the auxiliaries of a perfect, by language.
var haveForms = lexicon.ByLanguage("have")

// How far words may stand from each other and still be one clause's subject, verb and figure.
const (
	recorderWords = 7 // of the subject and what opens the clause before it
	recordedWords = 4 // between the verb and the figure, where the subject may stand too
)

// recorder is the body that counted or keeps what a figure says, where its sentence only says that it did: the monitors, of
// "monitors have recorded 64 breaches" and of "am Montag registrierten die Beobachter 64 Verstöße".
func recorder(m *Mention) string {
	head, tail, ok := strings.Cut(m.Sentence, m.Text)
	if !ok || m.Modality == Planned {
		return ""
	}
	record, have := bag(recordWords[m.language()]), bag(haveForms[m.language()])
	words := strings.Fields(head[strings.LastIndexAny(head, ",;:()«»“”\"")+1:])
	verb := slices.IndexFunc(words, func(w string) bool { return is(w, record) })
	switch {
	case verb >= 0 && len(words)-verb-1 <= recordedWords:
	case verb < 0 && endsRecorded(tail, record): // "haben in Ostra 64 Verstöße registriert"
		verb = slices.IndexFunc(words, func(w string) bool { return is(w, have) })
		if verb < 0 {
			return ""
		}
	default:
		return ""
	}
	before := words[:verb]
	for len(before) > 0 && is(before[len(before)-1], have) {
		before = before[:len(before)-1]
	}
	if len(before) <= recorderWords {
		if who := body(before); who != "" {
			return who
		}
	}
	return body(words[verb+1:])
}

// endsRecorded reports whether the clause that goes on behind a figure closes with a verb of counting.
func endsRecorded(tail string, record bag) bool {
	if at := strings.IndexAny(tail, ".,;:"); at >= 0 {
		tail = tail[:at]
	}
	words := strings.Fields(tail)
	return len(words) > 0 && is(words[len(words)-1], record)
}

// body is the words of a phrase from what describes its office: "the health directorate" of "so far the health directorate"; ""
// where it names no office.
func body(words []string) string {
	at := slices.IndexFunc(words, func(w string) bool {
		return slices.ContainsFunc(fold(w), func(f string) bool { _, ok := lexicon.OfficeOf(f); return ok })
	})
	if at < 0 {
		return ""
	}
	first := at
	for first > 0 && !is(words[first-1], hollow) {
		first--
	}
	return strings.Trim(strings.Join(words[first:], " "), " .-–—")
}

// is reports whether a word of a sentence is one of a list.
func is(word string, list bag) bool {
	return slices.ContainsFunc(fold(word), func(f string) bool { return list.has(f) })
}
