package report

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"tallywire/claims"
)

// Limits of the format (ECMA-376 and Excel's own specification sheet).
const (
	maxRows     = 1_048_576
	maxCellText = 32_767
	maxFormula  = 255 // characters of a text within a formula
	maxDigits   = 15  // a cell's number is a binary float: more digits stand as text, so that none is lost
)

// XLSX writes a workbook with the sheets Claims, Mentions and History. Numbers are numbers with as many
// decimals as they have, times are times (UTC), addresses are links; nothing but HYPERLINK is a formula. A
// sheet that is full goes on in the next one ("Mentions 2").
func (e Edition) XLSX(w io.Writer, cs []claims.Claim) error {
	b := &book{file: excelize.NewFile(), styles: map[string]int{}}
	defer func() { _ = b.file.Close() }() // nothing is left to write
	if err := b.write(e, cs); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	var raw bytes.Buffer
	if err := b.file.Write(&raw); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return settled(w, raw.Bytes())
}

// settled copies a zip file with its parts in order and without times, so that the same workbook has the same bytes.
func settled(w io.Writer, raw []byte) error {
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return err
	}
	files := slices.Clone(in.File)
	slices.SortFunc(files, func(a, b *zip.File) int {
		if a.Name == b.Name {
			return 0
		}
		if a.Name == "[Content_Types].xml" || b.Name != "[Content_Types].xml" && a.Name < b.Name { // readers look for it first
			return -1
		}
		return 1
	})
	out := zip.NewWriter(w)
	for _, f := range files {
		r, err := f.Open()
		if err != nil {
			return err
		}
		to, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := io.Copy(to, r); err != nil { // our own file, just written
			return err
		}
		r.Close()
	}
	return out.Close()
}

// A book is a workbook being written.
type book struct {
	file   *excelize.File
	styles map[string]int
	sheets int
}

// A sheet is a sheet being written from the top.
type sheet struct {
	*excelize.StreamWriter
	b       *book
	name    string
	columns []column
	part    int
	row     int
}

type column struct {
	title string
	width float64
}

func (b *book) write(e Edition, cs []claims.Claim) error {
	claimSheet, err := b.sheet("Claims", []column{{"ID", 22}, {"Status", 12}, {"Statement", 60}, {"Low", 12}, {"Best", 12}, {"High", 12}, {"Unit", 16}, {"Measure", 24},
		{"Scope", 12}, {"From", 12}, {"To", 12}, {"Place", 16}, {"Parties", 20}, {"Topics", 20}, {"Voices", 8}, {"Confidence", 11}, {"Supporting", 30}, {"Disputing", 24},
		{"First seen", 17}, {"Last changed", 17}, {"Why", 80}, {"Editor", 12}, {"Editor's note", 40}, {"By", 20}})
	if err != nil {
		return err
	}
	for i := range cs {
		if err := claimSheet.add(b.claimRow(e, &cs[i])); err != nil {
			return err
		}
	}
	if err := claimSheet.end(); err != nil {
		return err
	}
	mentions, err := b.sheet("Mentions", []column{{"Claim", 22}, {"Source", 24}, {"Class", 10}, {"Stance", 10}, {"Figure", 28}, {"Low", 12}, {"Best", 12}, {"High", 12},
		{"Sentence", 80}, {"Attributed to", 30}, {"Voice", 24}, {"Title", 40}, {"Published", 17}, {"Retrieved", 17}, {"Address", 50}, {"Archive file", 30}, {"Record", 48}, {"Digest", 30}})
	if err != nil {
		return err
	}
	for i := range cs {
		for j := range cs[i].Mentions {
			if err := mentions.add(b.mentionRow(e, &cs[i], &cs[i].Mentions[j])); err != nil {
				return err
			}
		}
	}
	if err := mentions.end(); err != nil {
		return err
	}
	history, err := b.sheet("History", []column{{"Claim", 22}, {"At", 17}, {"Change", 12}, {"Status", 12}, {"Before", 12}, {"Low", 12}, {"Best", 12}, {"High", 12}, {"Why", 80}, {"Mention", 24}})
	if err != nil {
		return err
	}
	for i := range cs {
		for _, h := range cs[i].History {
			if err := history.add([]any{b.text(string(cs[i].ID)), b.time(h.At), b.text(string(h.Kind)), b.text(string(h.Status)), b.text(string(h.Previous)),
				b.number(h.Value.Low), b.number(h.Value.Best), b.number(h.Value.High), b.text(strings.Join(h.Reasons, "; ")), b.text(string(h.Mention))}); err != nil {
				return err
			}
		}
	}
	return history.end()
}

func (b *book) claimRow(e Edition, c *claims.Claim) []any {
	var r claims.Review
	if c.Review != nil {
		r = *c.Review
	}
	return []any{b.link(e.page(c.ID), string(c.ID)), b.text(string(c.Status)), b.text(c.Statement), b.number(c.Value.Low), b.number(c.Value.Best), b.number(c.Value.High),
		b.text(unitWords(c.Unit)), b.text(c.Measure), b.text(string(c.Scope)), b.day(c.Date.From), b.day(c.Date.To), b.text(c.Place), b.text(strings.Join(c.Parties, "; ")),
		b.text(strings.Join(c.Topics, "; ")), c.Voices, b.number(c.Confidence), b.text(e.names(c.Supporting)), b.text(e.names(c.Disputing)), b.time(c.FirstSeen), b.time(c.LastChanged),
		b.text(strings.Join(c.Reasons, "; ")), b.text(string(r.Status)), b.text(r.Note), b.text(r.By)}
}

func (b *book) mentionRow(e Edition, c *claims.Claim, m *claims.Mention) []any {
	var a claims.Archive
	if m.Archive != nil {
		a = *m.Archive
	}
	return []any{b.text(string(c.ID)), b.text(e.name(m.Source)), b.text(string(m.Class)), b.text(string(m.Stance)), b.text(m.Text), b.number(m.Value.Low), b.number(m.Value.Best), b.number(m.Value.High),
		b.text(m.Sentence), b.text(m.Attribution.Text), b.text(m.Origin), b.text(m.Title), b.time(m.Published), b.time(m.Retrieved), b.link(m.URL, m.URL), b.text(a.File), b.text(a.RecordID), b.text(a.Digest)}
}

func (e Edition) names(ids []claims.SourceID) string {
	s := make([]string, len(ids))
	for i, id := range ids {
		s[i] = e.name(id)
	}
	return strings.Join(s, "; ")
}

// sheet begins a sheet with its head.
func (b *book) sheet(name string, columns []column) (*sheet, error) {
	s := &sheet{b: b, name: name, columns: columns, part: 1}
	return s, s.begin()
}

func (s *sheet) begin() error {
	name := s.name
	if s.part > 1 {
		name = fmt.Sprintf("%s %d", s.name, s.part)
	}
	if s.b.sheets == 0 {
		if err := s.b.file.SetSheetName("Sheet1", name); err != nil {
			return err
		}
	} else if _, err := s.b.file.NewSheet(name); err != nil {
		return err
	}
	s.b.sheets++
	var err error
	if s.StreamWriter, err = s.b.file.NewStreamWriter(name); err != nil {
		return err
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, len(s.columns))
	for i, c := range s.columns {
		if err := s.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
		head[i] = excelize.Cell{StyleID: s.b.style("head"), Value: c.title}
	}
	s.row = 0
	return s.add(head)
}

func (s *sheet) add(row []any) error {
	if s.row == maxRows {
		if err := s.end(); err != nil {
			return err
		}
		s.part++
		if err := s.begin(); err != nil {
			return err
		}
	}
	s.row++
	at, err := excelize.CoordinatesToCellName(1, s.row)
	if err != nil {
		return err
	}
	return s.SetRow(at, row)
}

// end closes a sheet and lets its columns be filtered.
func (s *sheet) end() error {
	if err := s.Flush(); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(s.columns), max(s.row, 1))
	if err != nil {
		return err
	}
	return s.b.file.AutoFilter(s.Sheet, "A1:"+last, nil)
}

// text is a cell that no program takes for a formula: its type is text, and one that begins like a formula
// still begins with an apostrophe, for readers that save it on as CSV.
func (b *book) text(s string) any {
	s = cell(s)
	if s == "" {
		return nil
	}
	if utf8.RuneCountInString(s) > maxCellText {
		s = string([]rune(s)[:maxCellText-1]) + "…"
	}
	return s
}

// link is a cell that leads to an address, or its bare text where it may not or does not fit.
func (b *book) link(address, label string) any {
	u := Link(address)
	if u == "" || utf8.RuneCountInString(u) > maxFormula || utf8.RuneCountInString(label) > maxFormula {
		return b.text(label)
	}
	label = Visible(label)
	quoted := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	return excelize.Cell{StyleID: b.style("link"), Formula: "HYPERLINK(" + quoted(u) + "," + quoted(label) + ")", Value: label}
}

// number is a cell with a number, as text where a cell's number could not hold all its digits.
func (b *book) number(n claims.Number) any {
	if !n.Known() {
		return nil
	}
	d := n.Decimal()
	if d.NumDigits() > maxDigits || d.Exponent() < -maxDigits {
		return n.String()
	}
	format := "#,##0"
	if places := -int(d.Exponent()); places > 0 {
		format += "." + strings.Repeat("0", places)
	}
	return excelize.Cell{StyleID: b.style(format), Value: d.InexactFloat64()} // a cell holds nothing else; 15 digits come back whole
}

// time is a cell with a time of UTC.
func (b *book) time(t time.Time) any {
	if t.IsZero() || t.Year() < 1900 || t.Year() > 9999 { // what a spreadsheet can hold
		return nil
	}
	return excelize.Cell{StyleID: b.style("yyyy-mm-dd hh:mm"), Value: t.UTC()}
}

func (b *book) day(s string) any {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return b.text(s)
	}
	if t.Year() < 1900 {
		return b.text(s)
	}
	return excelize.Cell{StyleID: b.style("yyyy-mm-dd"), Value: t}
}

// style is the number of a style: "head", "link", or a number format.
func (b *book) style(name string) int {
	if id, ok := b.styles[name]; ok {
		return id
	}
	s := &excelize.Style{CustomNumFmt: &name}
	switch name {
	case "head":
		s = &excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7ECF1"}}}
	case "link":
		s = &excelize.Style{Font: &excelize.Font{Color: "0B57A4", Underline: "single"}}
	}
	id, err := b.file.NewStyle(s)
	if err != nil {
		panic("report: style " + name + ": " + err.Error()) // our own styles: no input reaches them
	}
	b.styles[name] = id
	return id
}
