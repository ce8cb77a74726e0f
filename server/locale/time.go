package locale

import (
	"fmt"
	"time"

	"tallywire/claims"
)

// Time writes a moment in UTC: "24 May 2025, 14:05 UTC". Pages carry the exact one beside it, and a script puts it in the
// reader's zone.
func (l *Locale) Time(t time.Time) string {
	if t.IsZero() {
		return l.T("time.unknown")
	}
	t = t.UTC()
	return fmt.Sprintf("%s, %02d:%02d UTC", l.Date(t), t.Hour(), t.Minute())
}

// Date writes a day: "24 May 2025".
func (l *Locale) Date(t time.Time) string {
	if len(l.months) != 12 {
		return t.Format(time.DateOnly)
	}
	return fmt.Sprintf("%d %s %d", t.Day(), l.months[t.Month()-1], t.Year())
}

// Month writes a month: "05/2025", which needs no case of its own in any language.
func (l *Locale) Month(t time.Time) string { return t.Format("01/2006") }

// Period writes days: "23 May 2025", "23 May 2025 to 25 May 2025"; "" where both ends are open.
func (l *Locale) Period(p claims.Period) string {
	from, to := l.day(p.From), l.day(p.To)
	switch {
	case from == to:
		return from
	case from == "":
		return l.T("period.until", to)
	case to == "":
		return l.T("period.since", from)
	}
	return l.T("period.range", from, to)
}

func (l *Locale) day(s string) string {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return ""
	}
	return l.Date(t)
}

// Ago writes how long ago a moment was, roughly: "5 min ago".
func (l *Locale) Ago(now, t time.Time) string {
	d := now.Sub(t)
	switch {
	case t.IsZero():
		return l.T("time.never")
	case d < 0:
		d = -d
		switch {
		case d < time.Minute:
			return l.T("time.soon")
		case d < 2*time.Hour:
			return l.T("time.in_minutes", int(d.Minutes()))
		case d < 48*time.Hour:
			return l.T("time.in_hours", int(d.Hours()))
		}
		return l.Date(t.UTC())
	case d < time.Minute:
		return l.T("time.now")
	case d < 2*time.Hour:
		return l.T("time.minutes", int(d.Minutes()))
	case d < 48*time.Hour:
		return l.T("time.hours", int(d.Hours()))
	case d < 60*24*time.Hour:
		return l.T("time.days", int(d.Hours()/24))
	}
	return l.Date(t.UTC())
}

// Day writes a day without its year: "24 May".
func (l *Locale) Day(t time.Time) string {
	if len(l.months) != 12 {
		return t.Format("01-02")
	}
	return fmt.Sprintf("%d %s", t.Day(), l.months[t.Month()-1])
}
