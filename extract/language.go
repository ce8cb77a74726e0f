package extract

import (
	"strings"
	"unicode"

	"github.com/RadhiFadlillah/whatlanggo"
)

// pick chooses the lexicon that a text is read with: the stated language, else the one found in the text, else
// English. Cyrillic under a stated Latin language, and the reverse, goes by the script.
func pick(tag, text string) *lexicon {
	code, _, _ := strings.Cut(strings.ToLower(tag), "-")
	code, _, _ = strings.Cut(code, "_")
	found := script(text)
	known := lexiconReaders[code] != nil
	switch {
	case known && (found.cyrillic == (code == "uk" || code == "ru") || found.letters < minLetters):
		return lexiconOf(code)
	case found.cyrillic:
		return lexiconOf(found.slavic())
	case known || code != "":
		if known && !found.cyrillic && (code == "uk" || code == "ru") {
			return lexiconOf("en")
		}
		if known {
			return lexiconOf(code)
		}
	}
	return lexiconOf(detect(text, found.letters))
}

// minLetters is the fewest letters from which a language is guessed; below, detectors err too often.
const minLetters = 100

// maxDetect is how many bytes of a text are looked at to tell its language.
const maxDetect = 4000

// letters is what the letters of a text say about its language.
type letters struct {
	letters            int
	cyrillic           bool
	ukrainian, russian int // letters that only one of the two has
}

func script(text string) letters {
	var l letters
	cyrillic := 0
	if len(text) > maxDetect {
		text = text[:maxDetect]
	}
	for _, c := range text {
		if !unicode.IsLetter(c) {
			continue
		}
		l.letters++
		if c < 0x400 || c > 0x52f {
			continue
		}
		cyrillic++
		switch unicode.ToLower(c) {
		case 'і', 'ї', 'є', 'ґ':
			l.ukrainian++
		case 'ы', 'э', 'ё', 'ъ':
			l.russian++
		}
	}
	l.cyrillic = cyrillic*2 > l.letters
	return l
}

func (l letters) slavic() string {
	if l.russian >= l.ukrainian && l.ukrainian == 0 || l.russian > l.ukrainian {
		return "ru"
	}
	return "uk"
}

// detect guesses the language of a Latin text by its trigrams, English where that is not sure.
func detect(text string, letters int) string {
	if letters < minLetters {
		return "en"
	}
	if len(text) > maxDetect {
		text = strings.ToValidUTF8(text[:maxDetect], "")
	}
	info := whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: map[whatlanggo.Lang]bool{
		whatlanggo.Eng: true, whatlanggo.Deu: true, whatlanggo.Fra: true, whatlanggo.Spa: true}})
	if !info.IsReliable() {
		return "en"
	}
	switch info.Lang {
	case whatlanggo.Deu:
		return "de"
	case whatlanggo.Fra:
		return "fr"
	case whatlanggo.Spa:
		return "es"
	}
	return "en"
}
