package claims

import (
	"slices"
	"strings"
	"unicode"

	"tallywire/claims/lexicon"
)

// The word lists that words for a source are read by; what each is for stands in lexicon/data/words.en.txt.
var (
	pronouns     bag = lexicon.Words("pronouns")
	bothWords    bag = lexicon.Words("both")
	platforms    bag = lexicon.Words("platforms")
	hearsayWords bag = lexicon.Words("hearsay")
	ourWords     bag = lexicon.Words("our")
)

func pronoun(text string) bool {
	words := fold(text)
	return len(words) == 1 && pronouns.has(words[0])
}

// knownOffice reports whether words for an unnamed source still tell an office: "a spokesman for the mayor".
func knownOffice(text string) bool {
	return !hearsay(text) && slices.ContainsFunc(fold(text), func(w string) bool {
		_, ok := lexicon.OfficeOf(w)
		return ok || bothWords.has(w)
	})
}

// onPlatform reports whether words for a source name a social platform.
func onPlatform(text string) bool {
	return slices.ContainsFunc(fold(text), func(w string) bool { return platforms.has(w) })
}

// hearsay reports whether the words for a source mean talk rather than somebody: reports, rumours, posts.
func hearsay(text string) bool {
	return onPlatform(text) || slices.ContainsFunc(fold(text), func(w string) bool { return hearsayWords.has(w) })
}

// capital reports whether a text holds a capital letter past its first word, or a short name.
func capital(text string) bool {
	words := strings.Fields(text)
	return slices.ContainsFunc(words, func(w string) bool {
		r := []rune(w)
		return unicode.IsUpper(r[0]) && (len(words) <= 3 || w != words[0])
	})
}

// rumoured reports whether a figure stands behind a word for talk, with no more than a preposition or a bound between: "rumours
// of 20 dead", "Gerüchte über 20 Tote".
func rumoured(m *Mention) bool {
	head, _, ok := strings.Cut(m.Sentence, m.Text)
	words := strings.Fields(head)
	if !ok || len(words) == 0 {
		return false
	}
	for _, w := range words[max(0, len(words)-2):] {
		if is(w, hearsayWords) {
			return !strings.ContainsAny(w, ",;:.")
		}
	}
	return false
}
