package alert

import (
	"fmt"
	"strings"

	"tallywire/claims"
	"tallywire/report"
)

// Title says an event in a line.
func (e Event) Title() string {
	statement, value := report.Visible(e.Statement), report.ValueWords(e.Value)
	switch e.Kind {
	case StatusChanged:
		return fmt.Sprintf("%s %s, was %s: %s", report.Sign(e.Status), e.Status, e.Previous, statement)
	case ValueChanged:
		return fmt.Sprintf("%s, was %s: %s (%s)", value, report.ValueWords(claims.Exactly(e.Before)), statement, e.Status)
	case StaleFigure:
		return fmt.Sprintf("%s still publishes %s; the figure is now %s: %s", report.Visible(e.Source), report.Visible(e.Figure), value, statement)
	}
	return fmt.Sprintf("new, %s %s: %s", report.Sign(e.Status), e.Status, statement)
}

// why is an event's reasons in a line.
func (e Event) why() string { return report.Visible(strings.Join(e.Reasons, "; ")) }

// page is the address of an event's claim, "" without a base.
func page(base string, e Event) string {
	if base == "" {
		return ""
	}
	return base + "/claims/" + string(e.Claim)
}

// line is a text in one line of at most n characters.
func line(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
