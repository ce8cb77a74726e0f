package article

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestLiterals(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string][]string{
		`(?i:earlier version of this (article|story))`: {"earlier version of this "},
		`(?i:^\W*(correction|erratum)\b)`:              {"correction", "erratum"},
		`(?i:\d+)`:                                     nil,
		`(?i:(note)?\d)`:                               nil,
		`(?i:В (этой|той) статье)`:                     {" статье"},
	} {
		if got := literals(expression); !slices.Equal(got, want) {
			t.Errorf("%s needs %q, not %q", expression, got, want)
		}
	}
}

// TestNeedHoldsNoMatchBack makes texts that each expression of the word lists matches, and holds that its fixed strings let them through,
// in any case of letters.
func TestNeedHoldsNoMatchBack(t *testing.T) {
	t.Parallel()
	const examples = 6 // of an expression
	for section, list := range words().re {
		for i := range list {
			e, matches := &list[i], 0
			made := rapid.StringMatching(e.any.String())
			for seed := range examples {
				for _, text := range []string{made.Example(seed), strings.ToUpper(made.Example(seed)), strings.ToLower(made.Example(seed))} {
					lower, raised := strings.ToLower(text), strings.ToUpper(text)
					if strings.ToLower(raised) != lower || !e.any.MatchString(text) {
						continue // letters of old books, as the long s; the edge of a word
					}
					if matches++; !e.mayMatch(lower) {
						t.Errorf("[%s] %s: %q is held back by %q", section, e.any, text, e.need)
					}
				}
			}
			if matches == 0 && e.need != nil {
				t.Errorf("[%s] %s: no text was made that it matches", section, e.any)
			}
		}
	}
}
