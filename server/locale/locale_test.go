package locale_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tallywire/claims"
	"tallywire/server/locale"
)

func load(t *testing.T) *locale.Catalogue {
	t.Helper()
	c, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestLanguagesSayTheSame holds every language to the messages of the first, with the same gaps to fill.
func TestLanguagesSayTheSame(t *testing.T) {
	t.Parallel()
	gaps := regexp.MustCompile(`\{\d\}`)
	read := func(lang string) map[string][]string {
		raw, err := os.ReadFile(filepath.Join("words", lang+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]any
		if err := json.Unmarshal(raw, &words); err != nil {
			t.Fatal(err)
		}
		out := map[string][]string{}
		for k, v := range words {
			text, ok := v.(string)
			if forms, isMap := v.(map[string]any); isMap {
				text, ok = forms["other"].(string)
				for form, other := range forms {
					for _, g := range gaps.FindAllString(text, -1) {
						if s, _ := other.(string); (form != "one" || lang != "en") && !strings.Contains(s, g) {
							t.Errorf("%s: %s: the form %q leaves out %s", lang, k, form, g)
						}
					}
				}
				if lang == "uk" && len(forms) != 4 {
					t.Errorf("%s: %s has %d plural forms; Ukrainian has four", lang, k, len(forms))
				}
			}
			if !ok || text == "" {
				t.Errorf("%s: %s says nothing", lang, k)
			}
			g := gaps.FindAllString(text, -1)
			slices.Sort(g)
			out[k] = slices.Compact(g)
		}
		return out
	}
	first := read(locale.Languages[0])
	for _, lang := range locale.Languages[1:] {
		other := read(lang)
		for k, g := range first {
			if o, ok := other[k]; !ok || !slices.Equal(g, o) {
				t.Errorf("%s: %s has gaps %v; %s has %v", lang, k, o, locale.Languages[0], g)
			}
		}
		for k := range other {
			if _, ok := first[k]; !ok {
				t.Errorf("%s: %s is not in %s", lang, k, locale.Languages[0])
			}
		}
	}
}

// TestTemplatesUseKnownMessages reads the messages that templates and pages name in full.
func TestTemplatesUseKnownMessages(t *testing.T) {
	t.Parallel()
	l := load(t).For("en", "")
	named := regexp.MustCompile(`\bT ?\(?"([a-z_]+(?:\.[a-zA-Z0-9_]+)+)"`)
	var files []string
	for _, pattern := range []string{"../templates/*.html", "../*.go", "*.go"} {
		m, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, m...)
	}
	n := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(raw), -1) {
			if n++; !l.Has(m[1]) {
				t.Errorf("%s names the message %q, which is not there", file, m[1])
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d messages found in %d files", n, len(files))
	}
}

func TestNumbersAndTimes(t *testing.T) {
	t.Parallel()
	c := load(t)
	number := func(s string) claims.Number {
		n, err := claims.ParseNumber(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, x := range []struct{ lang, in, want string }{
		{"en", "1234567.50", "1,234,567.5"}, {"en", "-0.5", "−0.5"}, {"de", "1234.5", "1.234,5"}, {"uk", "5757", "5\u00a0757"}, {"hi", "1234567", "12,34,567"}, {"en", "9007199254740993", "9,007,199,254,740,993"},
		{"en", "123456789012345678901234567890", "123456789012345678901234567890"},
	} {
		if got := c.For("", x.lang).Number(number(x.in)); got != x.want {
			t.Errorf("%s in %s is %q; want %q", x.in, x.lang, got, x.want)
		}
	}
	en, uk := c.For("en", ""), c.For("uk", "")
	v := claims.Value{Low: claims.Int(300), Best: claims.Int(300)}
	if got := en.Value(v) + "; " + uk.Value(v) + "; " + en.Value(claims.Value{}); got != "at least 300; щонайменше 300; no figure" {
		t.Error(got)
	}
	for best, want := range map[int64]string{303: "303 to 307", 305: "305 (303 to 307)", 307: "303 to 307"} {
		if got := en.Value(claims.Value{Low: claims.Int(303), Best: claims.Int(best), High: claims.Int(307)}); got != want {
			t.Errorf("the best of 303 to 307 is %d: %q; want %q", best, got, want)
		}
	}
	at := time.Date(2025, 5, 24, 14, 5, 0, 0, time.UTC)
	if got := en.Time(at) + "; " + uk.Time(at) + "; " + en.Time(time.Time{}); got != "24 May 2025, 14:05 UTC; 24 травня 2025, 14:05 UTC; no date" {
		t.Error(got)
	}
	for n, want := range map[int]string{1: "1 голос", 2: "2 голоси", 5: "5 голосів", 11: "11 голосів", 21: "21 голос", 24: "24 голоси"} {
		if got := uk.T("claim.voices", n); !strings.HasPrefix(got, want+" ") {
			t.Errorf("%d voices: %q", n, got)
		}
	}
	if got := en.Ago(at, at.Add(-90*time.Minute)) + "; " + en.Ago(at, at.Add(30*time.Minute)); got != "90 minutes ago; in 30 minutes" {
		t.Error(got)
	}
}
