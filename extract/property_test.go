package extract_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"tallywire/claims"
	"tallywire/extract"
)

// checkSpans reports what every mention of a text must hold: spans on code points inside the text, Text equal to the
// slice, the predicate's span inside too, ends of the value in order.
func checkSpans(t *testing.T, text string, mentions []claims.Mention) {
	t.Helper()
	runes := []rune(text)
	last := -1
	for i := range mentions {
		m := &mentions[i]
		if m.Start < 0 || m.End > len(runes) || m.Start >= m.End {
			t.Fatalf("%q: span %d to %d lies outside %d code points", text, m.Start, m.End, len(runes))
		}
		if got := string(runes[m.Start:m.End]); got != m.Text && utf8.ValidString(text) {
			t.Fatalf("%q: slice %q, Text %q", text, got, m.Text)
		}
		if p := m.PredicateSpan; p != nil && (p[0] < 0 || p[1] > len(runes) || p[0] >= p[1]) {
			t.Fatalf("%q: predicate span %v", text, *p)
		}
		if v := m.Value; v.Low.Known() && v.High.Known() && v.High.Decimal().LessThan(v.Low.Decimal()) {
			t.Fatalf("%q: value %s: low %s above high %s", text, m.Text, v.Low, v.High)
		}
		if m.Rule == "" || m.ID == "" || m.Unit.Class == "" || m.Compare == "" {
			t.Fatalf("%q: %s lacks rule, ID, class or comparator: %+v", text, m.Text, m)
		}
		if !strings.Contains(text, m.Sentence) {
			t.Fatalf("%q: sentence %q is not in the text", text, m.Sentence)
		}
		if m.Start < last {
			t.Fatalf("%q: %s stands before the mention in front of it", text, m.Text)
		}
		last = m.Start
	}
}

func TestSpans(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/labelled/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		lang := strings.TrimSuffix(filepath.Base(path), ".txt")
		for _, l := range readLabelled(t, path) {
			for _, code := range []string{lang, "", "en", "de", "uk"} {
				checkSpans(t, l.text, extract.Text(l.text, code, time.Time{}))
			}
		}
	}
}

func TestDeterministic(t *testing.T) {
	t.Parallel()
	text := "The ministry says 78 died, the agency 112. Each side freed 390 captives, 270 soldiers and 120 civilians, on Friday."
	day := time.Date(2025, 6, 11, 0, 0, 0, 0, time.UTC)
	first := extract.Text(text, "en", day)
	for range 20 {
		if diff := cmp.Diff(first, extract.Text(text, "en", day), cmp.Comparer(claims.Number.Equal)); diff != "" {
			t.Fatalf("two readings differ:\n%s", diff)
		}
	}
}

// FuzzText holds the span properties for any input, and that nothing panics.
func FuzzText(f *testing.F) {
	for _, s := range []string{
		"", "390", "1,200.50", "٣٩٠ ١٢", "１２３", "half a million", "from 36 to 34", "1/9", "- 5", "$", "$5bn-$6bn", "a 9-2 lead",
		"twenty-one hundred and", "п’ять тисяч", "zweiundvierzig Millionen", "quatre-vingt-dix-sept", "mil millones", "“12,” he said. “13",
		"5 feet 2 inches", "\u00ad1\u200b2", "1 2 3 4 5 6 7 8 9", "()()((", "no. 63/25, tel. 22 417 80 11", "one in one in one in five",
	} {
		f.Add(s, "en")
		f.Add(s, "uk")
	}
	f.Fuzz(func(t *testing.T, text, lang string) {
		checkSpans(t, text, extract.Text(text, lang, time.Date(2025, 6, 11, 0, 0, 0, 0, time.UTC)))
	})
}

// TestHostile holds that a hundred kilobytes of what a parser may stumble over are read, and read to the span
// properties. That the time grows with the length and not faster is BenchmarkHostile's to show.
func TestHostile(t *testing.T) {
	t.Parallel()
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkSpans(t, text, extract.Text(text, "en", time.Time{}))
		})
	}
}

func hostile() map[string]string {
	out := map[string]string{}
	for name, unit := range map[string]string{
		"digits": "1", "spaced digits": "1 ", "points": "1.", "words": "one ", "hundreds": "hundred and ", "hyphens": "one-", "quotes": "\"5 ",
		"brackets": "(1", "slashes": "1/", "letters": "a", "said": "said 5, said ", "commas": "5, ", "german": "ein und ", "dollars": "$", "of": "1 of ",
		"to": "1 to ", "newlines": "1\n\n", "breaks": "1\n", "according": "according to ", "scales": "million ", "names": "Aa 1 Bb ",
	} {
		out[name] = strings.Repeat(unit, 100_000/len(unit))
	}
	var varied strings.Builder // what looks like prose: never the same words or figures, no full stop
	for i := 0; varied.Len() < 100_000; i++ {
		fmt.Fprintf(&varied, "w%xs said %d of m%xd, ", i*7919%4093, i*31%9973, i*13%997)
	}
	out["varied"] = varied.String()
	return out
}
