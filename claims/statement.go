package claims

import (
	"strings"

	"tallywire/claims/lexicon"
)

// statement puts a claim in one line for the board: figure, thing, side, place and day, as far as they are known.
func statement(c *Claim, face *frame, members []*frame) string {
	var parts []string
	if text := face.m.Text; text != "" && c.Status != Disputed {
		parts = append(parts, text)
	} else {
		parts = append(parts, strings.TrimSpace(face.fig.point.String()+" "+c.Unit.Name))
	}
	if c.Measure != "" {
		parts = append(parts, "("+c.Measure+")")
	} else if l := lexicon.Default(); len(face.acts) > 0 {
		parts = append(parts, l.Label(face.acts[0]))
	}
	if c.Scope == ScopePerSide {
		parts = append(parts, "by each side")
	}
	if face.basis == BasisPlan {
		parts = append(parts, "planned")
	}
	line := strings.Join(parts, " ")
	if c.Place != "" && !strings.Contains(line, c.Place) {
		line += ", " + c.Place
	}
	if c.Date.To != "" {
		line += ", " + c.Date.To
	}
	return line
}
