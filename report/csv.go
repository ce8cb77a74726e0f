package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"tallywire/claims"
)

// csvHeader names the columns of CSV, a claim a row.
var csvHeader = []string{"id", "status", "statement", "low", "best", "high", "unit_class", "unit", "measure", "scope", "date_from", "date_to", "place",
	"parties", "topics", "voices", "confidence", "supporting", "disputing", "first_seen", "last_changed", "reasons", "review", "review_by"}

// CSV writes a claim a row with a header, RFC 4180, UTF-8 without byte order mark. A text cell that a spreadsheet
// would take for a formula gets a leading apostrophe (ASVS 5.0 1.2.10); numbers stay bare.
func CSV(w io.Writer, cs []claims.Claim) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(csvHeader); err != nil {
		return err
	}
	for i := range cs {
		c := &cs[i]
		review, by := "", ""
		if c.Review != nil {
			review, by = string(c.Review.Status), c.Review.By
		}
		row := []string{cell(string(c.ID)), cell(string(c.Status)), cell(c.Statement), c.Value.Low.String(), c.Value.Best.String(), c.Value.High.String(),
			cell(string(c.Unit.Class)), cell(c.Unit.Name), cell(c.Measure), cell(string(c.Scope)), c.Date.From, c.Date.To, cell(c.Place),
			cell(strings.Join(c.Parties, "; ")), cell(strings.Join(c.Topics, "; ")), strconv.Itoa(c.Voices), c.Confidence.String(),
			cell(join(c.Supporting)), cell(join(c.Disputing)), stamp(c.FirstSeen), stamp(c.LastChanged), cell(strings.Join(c.Reasons, "; ")), cell(review), cell(by)}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func join(ids []claims.SourceID) string {
	s := make([]string, len(ids))
	for i, id := range ids {
		s[i] = string(id)
	}
	return strings.Join(s, "; ")
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// cell makes a text safe to open in a spreadsheet.
func cell(s string) string {
	if t := strings.TrimLeft(s, " \"'"); t != "" && strings.ContainsAny(t[:1], "=+-@\t\r\x00") || strings.HasPrefix(t, "＝") || strings.HasPrefix(t, "＋") || strings.HasPrefix(t, "－") || strings.HasPrefix(t, "＠") {
		return "'" + s
	}
	return s
}
