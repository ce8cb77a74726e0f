package report

import "time"

// dayWords is a day as people write it, "no date" for the zero time.
func dayWords(t time.Time) string {
	if t.IsZero() {
		return "no date"
	}
	return t.UTC().Format("2 January 2006")
}

// minuteWords is a moment as people write it.
func minuteWords(t time.Time) string {
	if t.IsZero() {
		return "no date"
	}
	return t.UTC().Format("2 January 2006, 15:04 UTC")
}
