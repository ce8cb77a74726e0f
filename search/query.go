package search

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tallywire/claims"
)

// A Query is what somebody looks for: all of its terms must hold.
type Query struct {
	Terms []Term
}

// A Term is one part of a query.
type Term struct {
	Not    bool     // it must not hold
	Field  string   // one of Fields, "" for the text
	Words  []string // of the text: one word, or several in a row
	Prefix bool     // of one word: it begins so ("pris*")
	Value  string   // of a field, small
	From   claims.Number
	To     claims.Number // of field value; unknown: open
	Since  time.Time     // of since; at or after
	Until  time.Time     // of until; before
}

// Fields are what can stand before a colon, in the order of help texts.
var Fields = []string{"status", "review", "topic", "source", "speaker", "party", "place", "unit", "lang", "lifecycle", "id", "value", "since", "until"}

// Limits on a query.
const (
	maxQuery = 2000 // characters
	maxTerms = 50
)

// Parse reads a query:
//
//	captives exchange     both words, in any form, in any of the languages
//	"prisoner exchange"   these words in a row
//	pris*                 words that begin so
//	-drones               without the word; also -"..." and -field:value
//	status:disputed       status, review (verified, disputed, unverified), lifecycle (current, withdrawn),
//	                      topic, source, speaker, party, place, unit, lang, id
//	value:390             value:300..400, value:>300, value:>=300, value:<400, value:<=400
//	since:2025-05-23      last changed at or after; until:2025-05-26 before
//
// A word before a colon that is no field is a word like others. The error wraps claims.ErrInvalid and says
// what was expected.
func Parse(s string) (Query, error) {
	if utf8.RuneCountInString(s) > maxQuery {
		return Query{}, fmt.Errorf("%w: the query is longer than %d characters", claims.ErrInvalid, maxQuery)
	}
	var q Query
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		var t Term
		if rest, ok := strings.CutPrefix(s, "-"); ok && rest != "" && rest[0] != ' ' && rest[0] != '-' {
			t.Not, s = true, rest
		}
		name, rest, colon := strings.Cut(s, ":")
		if name = strings.ToLower(name); colon && slices.Contains(Fields, name) {
			var value string
			value, s = piece(rest)
			t.Field = name
			if err := t.field(value); err != nil {
				return Query{}, err
			}
			q.Terms = append(q.Terms, t)
			continue
		}
		var text string
		quoted := strings.ContainsAny(s[:1], `"`) || strings.HasPrefix(s, "“") || strings.HasPrefix(s, "«")
		text, s = piece(s)
		t.Words = words(text)
		t.Prefix = !quoted && strings.HasSuffix(text, "*") && len(t.Words) == 1
		if len(t.Words) == 0 {
			continue
		}
		if quoted || len(t.Words) == 1 {
			q.Terms = append(q.Terms, t)
			continue
		}
		q.Terms = append(q.Terms, t) // "cease-fire": its parts in a row
	}
	if len(q.Terms) > maxTerms {
		return Query{}, fmt.Errorf("%w: the query has more than %d parts", claims.ErrInvalid, maxTerms)
	}
	q.joinNumbers()
	return q, nil
}

// piece takes the next part off: what stands in quotes, else all up to a blank. A quote that does not end
// goes on to the end.
func piece(s string) (text, rest string) {
	for open, end := range map[string]string{`"`: `"`, "“": "”", "«": "»", "„": "“"} {
		if inner, ok := strings.CutPrefix(s, open); ok {
			text, rest, _ = strings.Cut(inner, end)
			return text, rest
		}
	}
	if i := strings.IndexAny(s, " \t\r\n\u00a0"); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// joinNumbers makes one number of what a blank parted: 1 000 is 1000.
func (q *Query) joinNumbers() {
	for i := 0; i+1 < len(q.Terms); {
		a, b := &q.Terms[i], q.Terms[i+1]
		if len(a.Words) == 1 && len(b.Words) == 1 && a.Field == "" && b.Field == "" && !b.Not && !a.Prefix && !b.Prefix {
			if both := words(a.Words[0] + " " + b.Words[0]); len(both) == 1 && isDigit(rune(both[0][0])) {
				a.Words = both
				q.Terms = slices.Delete(q.Terms, i+1, i+2)
				continue
			}
		}
		i++
	}
}

func (t *Term) field(value string) error {
	t.Value = strings.ToLower(strings.TrimSpace(value))
	if t.Value == "" {
		return fmt.Errorf("%w: %s: has nothing behind it", claims.ErrInvalid, t.Field)
	}
	switch t.Field {
	case "status", "review":
		if !slices.Contains([]string{"verified", "disputed", "unverified"}, t.Value) {
			return fmt.Errorf("%w: %s:%.40s; want verified, disputed or unverified", claims.ErrInvalid, t.Field, t.Value)
		}
	case "lifecycle":
		if t.Value != "current" && t.Value != "withdrawn" {
			return fmt.Errorf("%w: lifecycle:%.40s; want current or withdrawn", claims.ErrInvalid, t.Value)
		}
	case "speaker", "place", "party":
		if t.Words = words(t.Value); len(t.Words) == 0 {
			return fmt.Errorf("%w: %s:%.40s has no word", claims.ErrInvalid, t.Field, t.Value)
		}
	case "value":
		return t.numbers()
	case "since", "until":
		at, err := time.Parse(time.RFC3339, strings.ToUpper(t.Value))
		if err != nil {
			if at, err = time.Parse(time.DateOnly, t.Value); err != nil {
				return fmt.Errorf("%w: %s:%.40s; want YYYY-MM-DD", claims.ErrInvalid, t.Field, t.Value)
			}
		}
		if t.Field == "since" {
			t.Since = at.UTC()
		} else {
			t.Until = at.UTC()
		}
	}
	return nil
}

// numbers reads the value of value:.
func (t *Term) numbers() error {
	from, to, isRange := strings.Cut(t.Value, "..")
	switch {
	case isRange:
	case strings.HasPrefix(t.Value, ">"):
		from, to = t.Value[1:], ""
	case strings.HasPrefix(t.Value, "<"):
		from, to = "", t.Value[1:]
	default:
		to = from
	}
	for _, end := range []struct {
		text string
		into *claims.Number
	}{{strings.TrimPrefix(from, "="), &t.From}, {strings.TrimPrefix(to, "="), &t.To}} {
		if end.text == "" {
			continue
		}
		n, err := claims.ParseNumber(strings.ReplaceAll(end.text, ",", ""))
		if err != nil {
			return fmt.Errorf("%w: value:%.40s; want value:390, value:300..400, value:>300 or value:<=400", claims.ErrInvalid, t.Value)
		}
		*end.into = n
	}
	if !t.From.Known() && !t.To.Known() {
		return fmt.Errorf("%w: value:%.40s; want value:390, value:300..400, value:>300 or value:<=400", claims.ErrInvalid, t.Value)
	}
	return nil
}

// open reports whether an end of a range of values is not in it: value:>300.
func (t *Term) open() bool {
	return strings.HasPrefix(t.Value, ">") && !strings.HasPrefix(t.Value, ">=") || strings.HasPrefix(t.Value, "<") && !strings.HasPrefix(t.Value, "<=")
}
