// Package locale puts the desk's words, numbers and times in a reader's language. The words are data files, one a
// language, in words/. Start with For.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

//go:embed words/*.json
var files embed.FS

// Languages are those that the interface speaks, the fallback first.
var Languages = []string{"en", "uk"}

// A Locale is one reader's language and customs. It is safe for concurrent use.
type Locale struct {
	Lang  string       // of the words: one of Languages
	Tag   language.Tag // of numbers
	words map[string]entry
	// What numbers are written with.
	printer         *message.Printer
	decimal, months []string
}

// An entry is a message: one text, or one for each plural form.
type entry struct {
	Text  string
	forms map[plural.Form]string
}

var formNames = map[string]plural.Form{"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other}

// UnmarshalJSON reads "text" or {"one": "text", "other": "text"}.
func (e *entry) UnmarshalJSON(b []byte) error {
	if err := json.Unmarshal(b, &e.Text); err == nil {
		return nil
	}
	var forms map[string]string
	if err := json.Unmarshal(b, &forms); err != nil {
		return err
	}
	e.forms = map[plural.Form]string{}
	for name, text := range forms {
		form, ok := formNames[name]
		if !ok {
			return fmt.Errorf("plural form %q", name)
		}
		e.forms[form] = text
	}
	if e.forms[plural.Other] == "" {
		return fmt.Errorf("no form for %q", "other")
	}
	return nil
}

// A Catalogue holds all languages.
type Catalogue struct {
	words   map[string]map[string]entry
	matcher language.Matcher
}

// Load reads the embedded words. Its error names the file that is wrong.
func Load() (*Catalogue, error) {
	c := &Catalogue{words: map[string]map[string]entry{}}
	var tags []language.Tag
	for _, lang := range Languages {
		name := path.Join("words", lang+".json")
		raw, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		words := map[string]entry{}
		if err := json.Unmarshal(raw, &words); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		c.words[lang] = words
		tags = append(tags, language.Make(lang))
	}
	c.matcher = language.NewMatcher(tags)
	return c, nil
}

// For picks a reader's locale: chosen, where it is one of Languages, else the best of an Accept-Language header. Numbers
// follow the reader's own language also where the words do not know it.
func (c *Catalogue) For(chosen, acceptLanguage string) *Locale {
	if len(acceptLanguage) > 500 {
		acceptLanguage = "" // a hostile header; matching is not linear
	}
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(tags) == 0 {
		tags = []language.Tag{language.English}
	}
	lang := chosen
	if !slices.Contains(Languages, chosen) {
		_, i, _ := c.matcher.Match(tags...)
		lang = Languages[i]
	}
	tag := tags[0]
	if base, _ := tag.Base(); chosen == lang && base.String() != lang {
		tag = language.Make(lang) // who picked a language here reads numbers in it
	}
	return c.of(lang, tag)
}

func (c *Catalogue) of(lang string, tag language.Tag) *Locale {
	l := &Locale{Lang: lang, Tag: tag, words: c.words[lang], printer: message.NewPrinter(tag)}
	half := l.printer.Sprint(number.Decimal(0.5))
	l.decimal = []string{strings.Trim(half, "05٠٥०५۰۵০৫")}
	l.months = strings.Fields(l.T("months"))
	return l
}

// T is a message with its {0}, {1} filled in. The first number among args picks the plural form. A message that is missing shows its key,
// which a test looks for.
func (l *Locale) T(key string, args ...any) string {
	e, ok := l.words[key]
	if !ok {
		return key
	}
	text := e.Text
	if e.forms != nil {
		text = e.forms[plural.Other]
		for _, a := range args {
			if n, ok := a.(int); ok {
				if f := e.forms[plural.Cardinal.MatchPlural(language.Make(l.Lang), n, 0, 0, 0, 0)]; f != "" {
					text = f
				}
				break
			}
		}
	}
	if len(args) == 0 {
		return text
	}
	pairs := make([]string, 0, 2*len(args))
	for i, a := range args {
		word := fmt.Sprint(a)
		if n, ok := a.(int); ok {
			word = l.Int(n)
		}
		pairs = append(pairs, fmt.Sprintf("{%d}", i), word)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Has reports whether there is a message.
func (l *Locale) Has(key string) bool { _, ok := l.words[key]; return ok }
