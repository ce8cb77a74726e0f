package lexicon

import "sync"

var calendar = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	err := rows("data/calendar.tsv", 1, func(f []string) error {
		out[f[0]] = true
		return nil
	})
	if err != nil {
		panic(err) // an embedded file is malformed, which a test rules out
	}
	return out
})

// IsCalendar reports whether a word, as written, is the name of a month or weekday.
func IsCalendar(word string) bool { return calendar()[word] }
