package claims

import (
	"slices"
	"strings"
	"unicode"

	"tallywire/claims/lexicon"
)

func pronoun(text string) bool {
	words := fold(text)
	return len(words) == 1 && pronouns.has(words[0])
}

// pronouns stand for a source named before. Source: English, Ukrainian, Russian, German, French and Spanish grammars.
var pronouns = func() bag {
	b := bag{}
	b.add(strings.Fields("it he she they we one він вона вони воно он она они оно er sie es il elle ils elles él ella ellos ellas")...)
	return b
}()

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

// platforms are the names of social networks. Source: their own names, in Latin and Cyrillic letters.
var platforms = func() bag {
	b := bag{}
	b.add(strings.Fields("x twitter telegram facebook instagram tiktok mastodon bluesky vk whatsapp youtube reddit телеграм телеграмі телеграме фейсбук фейсбуці фейсбуке твіттер твиттер тікток тикток вконтакте")...)
	return b
}()

// hearsay reports whether the words for a source mean talk rather than somebody: reports, rumours, posts.
func hearsay(text string) bool {
	return onPlatform(text) || slices.ContainsFunc(fold(text), func(w string) bool { return hearsayWords.has(w) })
}

// hearsayWords are nouns for talk. Source: English, Ukrainian, Russian, German, French and Spanish news usage.
var hearsayWords = func() bag {
	b := bag{}
	b.add(strings.Fields("reports reportedly rumour rumours rumor rumors claims sources source posts media allegations talk повідомлення чутки джерела " +
		"сообщения слухи источники berichte berichten gerüchte quellen rumeurs sources informations rumores fuentes informaciones")...)
	return b
}()

// capital reports whether a text holds a capital letter past its first word, or a short name.
func capital(text string) bool {
	words := strings.Fields(text)
	return slices.ContainsFunc(words, func(w string) bool {
		r := []rune(w)
		return unicode.IsUpper(r[0]) && (len(words) <= 3 || w != words[0])
	})
}
