package extract

import (
	"strings"
	"unicode"
)

// pick chooses the language that a text is read in: the stated one, else the script's, else English.
func pick(tag, text string) *lexicon {
	code, _, _ := strings.Cut(strings.ToLower(tag), "-")
	code, _, _ = strings.Cut(code, "_")
	if lx, ok := lexicons()[code]; ok {
		return lx
	}
	return lexicons()[detect(text)]
}

// detect guesses the language of a text without a stated one.
func detect(text string) string {
	cyrillic, ukrainian, russian, letters := 0, 0, 0, 0
	for _, c := range text {
		if !unicode.IsLetter(c) {
			continue
		}
		letters++
		if unicode.Is(unicode.Cyrillic, c) {
			cyrillic++
		}
		switch unicode.ToLower(c) {
		case 'і', 'ї', 'є', 'ґ':
			ukrainian++
		case 'ы', 'э', 'ё', 'ъ':
			russian++
		}
		if letters > 4000 {
			break
		}
	}
	if cyrillic*2 > letters {
		if russian > ukrainian {
			return "ru"
		}
		return "uk"
	}
	return "en"
}
