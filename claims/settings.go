package claims

import "time"

// Settings are the house's settings of the judge. The zero value is not useful; start from DefaultSettings.
type Settings struct {
	MinIndependent int           // voices that make a claim verified (V1); at least 1
	DisputeWindow  time.Duration // how long a voice must keep silent before its dispute is over
	Widths         Widths
	Sources        []Source
	Topics         []Topic
}

// DefaultSettings are those of the rulebook: two voices, 14 days.
func DefaultSettings() Settings {
	return Settings{MinIndependent: 2, DisputeWindow: 14 * 24 * time.Hour, Widths: DefaultWidths()}
}
