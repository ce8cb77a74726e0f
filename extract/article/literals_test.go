package article

import (
	"slices"
	"strings"
	"testing"
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

// TestNeedHoldsNoMatchBack runs the word lists with and without their fixed strings over texts made of the lists' own words.
func TestNeedHoldsNoMatchBack(t *testing.T) {
	t.Parallel()
	w := words()
	var texts []string
	for _, list := range w.entries {
		for _, line := range list {
			plain := strings.NewReplacer(`\b`, "", `\W*`, "", `^`, "", `\s*`, " ", `?`, "", `(`, "", `)`, " ", `|`, " ", `\d`, "7").Replace(line)
			texts = append(texts, plain, strings.ToUpper(plain))
		}
	}
	matches := 0
	for section, list := range w.re {
		for i := range list {
			for _, text := range texts {
				if !list[i].any.MatchString(text) {
					continue
				}
				if matches++; !list[i].mayMatch(strings.ToLower(text)) {
					t.Errorf("[%s] %s: %q is held back by %q", section, list[i].any, text, list[i].need)
				}
			}
		}
	}
	if matches < 100 {
		t.Errorf("only %d matches were tried", matches)
	}
}
