package search

import (
	"slices"
	"strings"

	"tallywire/claims"
)

// Matches asks a query of one claim, with its mentions: the same answer as an index gives, by reading.
// typos forgives wrong letters, as an index does where nothing is found without.
func (q Query) Matches(c *claims.Claim, typos bool) bool {
	d := documentOf(c)
	for i := range q.Terms {
		if q.Terms[i].holds(c, &d, typos && !q.Terms[i].Not) == q.Terms[i].Not {
			return false
		}
	}
	return true
}

func (t *Term) holds(c *claims.Claim, d *document, typos bool) bool {
	switch t.Field {
	case "":
		return t.said(d, typos)
	case "value":
		return t.within(c)
	case "since":
		return !c.LastChanged.Before(t.Since)
	case "until":
		return c.LastChanged.Before(t.Until)
	case "speaker", "place", "party":
		return inRow(strings.Fields(d.Names[t.Field]), t.plainWords(), func(a, b string) bool { return a == b })
	}
	return slices.Contains(d.Keys[t.Field], t.Value)
}

// within compares a claim's best value exactly.
func (t *Term) within(c *claims.Claim) bool {
	best := c.Value.Best
	if !best.Known() {
		return false
	}
	if t.From.Known() {
		if n := best.Decimal().Cmp(t.From.Decimal()); n < 0 || n == 0 && t.open() {
			return false
		}
	}
	if t.To.Known() {
		if n := best.Decimal().Cmp(t.To.Decimal()); n > 0 || n == 0 && t.open() {
			return false
		}
	}
	return true
}

func (t *Term) said(d *document, typos bool) bool {
	text := strings.Fields(d.Text)
	plain := t.plainWords()
	if t.Prefix {
		return slices.ContainsFunc(text, func(w string) bool { return strings.HasPrefix(w, plain[0]) })
	}
	if inRow(text, plain, func(a, b string) bool { return a == b }) {
		return true
	}
	for _, lang := range languages {
		if s := d.Stems[lang]; s != "" && inRow(strings.Fields(s), t.stems(lang), func(a, b string) bool { return a == b }) {
			return true
		}
	}
	if n := forgiven(plain); typos && n > 0 {
		return slices.ContainsFunc(text, func(w string) bool { return near(w, plain[0], n) })
	}
	return false
}

func (t *Term) plainWords() []string {
	out := make([]string, len(t.Words))
	for i, w := range t.Words {
		out[i] = plain(w)
	}
	return out
}

func (t *Term) stems(lang string) []string {
	out := make([]string, len(t.Words))
	for i, w := range t.Words {
		out[i] = stem(w, lang)
	}
	return out
}

// inRow reports whether words stand in a text in a row.
func inRow(text, want []string, same func(a, b string) bool) bool {
	for i := 0; i+len(want) <= len(text); i++ {
		if slices.EqualFunc(text[i:i+len(want)], want, same) {
			return true
		}
	}
	return false
}

// forgiven is how many wrong letters a single word may have: none in a number, where another digit is
// another figure, and none in rows of words.
func forgiven(words []string) int {
	if len(words) != 1 || strings.ContainsAny(words[0], "0123456789_") {
		return 0
	}
	switch n := len([]rune(words[0])); {
	case n >= 8:
		return 2
	case n >= 4:
		return 1
	}
	return 0
}

// near reports whether two words begin alike and at most n letters have to be put in, left out or changed.
func near(a, b string, n int) bool {
	x, y := []rune(a), []rune(b)
	if len(x) == 0 || len(y) == 0 || x[0] != y[0] || len(x)-len(y) > n || len(y)-len(x) > n {
		return false
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			diagonal, row[j] = row[j], min(row[j]+1, row[j-1]+1, diagonal+cost)
		}
	}
	return row[len(y)] <= n
}
