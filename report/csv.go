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
	"parties", "topics", "voices", "confidence", "supporting", "disputing", "first_seen", "last_changed", "reasons", "review", "review_by", "review_note", "link"}

// CSV writes a claim a row with a header: RFC 4180, lines end in CR LF, UTF-8 without byte order mark unless
// Excel. A text that a spreadsheet would take for a formula gets a leading apostrophe (ASVS 5.0 1.2.10);
// numbers stay bare.
func (e Edition) CSV(w io.Writer, cs []claims.Claim) error {
	if e.Excel {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if e.Comma {
		out.Comma = ';'
	}
	if err := out.Write(csvHeader); err != nil {
		return err
	}
	for i := range cs {
		if err := out.Write(e.csvRow(&cs[i])); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (e Edition) csvRow(c *claims.Claim) []string {
	var r claims.Review
	if c.Review != nil {
		r = *c.Review
	}
	num := func(n claims.Number) string {
		if e.Comma {
			return strings.Replace(n.String(), ".", ",", 1)
		}
		return n.String()
	}
	return []string{cell(string(c.ID)), cell(string(c.Status)), cell(c.Statement), num(c.Value.Low), num(c.Value.Best), num(c.Value.High),
		cell(string(c.Unit.Class)), cell(c.Unit.Name), cell(c.Measure), cell(string(c.Scope)), cell(c.Date.From), cell(c.Date.To), cell(c.Place),
		cell(strings.Join(c.Parties, "; ")), cell(strings.Join(c.Topics, "; ")), strconv.Itoa(c.Voices), num(c.Confidence),
		cell(join(c.Supporting)), cell(join(c.Disputing)), stamp(c.FirstSeen), stamp(c.LastChanged), cell(strings.Join(c.Reasons, "; ")),
		cell(string(r.Status)), cell(r.By), cell(r.Note), cell(e.page(c.ID))}
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

// formulaStarts are the characters with which a spreadsheet begins a formula or leaves the cell, with their full-width twins.
const formulaStarts = "=+-@\t\r\n\x00＝＋－＠"

// cell makes a text safe to open in a spreadsheet: nothing in it is hidden, and one that begins like a
// formula, behind whatever blanks or quotes, begins with an apostrophe instead.
func cell(s string) string {
	bare := strings.TrimLeft(s, " \"'\u00a0\u3000\ufeff\u200b")
	if bare != "" && strings.ContainsRune(formulaStarts, []rune(bare)[0]) {
		return "'" + Visible(s)
	}
	return Visible(s)
}
