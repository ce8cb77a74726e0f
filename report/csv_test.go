package report

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"tallywire/claims"
)

// inert reports whether a spreadsheet takes a cell for text.
func inert(s string) bool {
	return s == "" || !strings.ContainsRune(formulaStarts, []rune(strings.TrimLeft(s, " \"\u00a0\u200b"))[0])
}

func TestCSVCellsAreInert(t *testing.T) {
	t.Parallel()
	for _, s := range injections {
		var b bytes.Buffer
		if err := desk.CSV(&b, []claims.Claim{hostile(s)}); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if len(rows) != 2 || len(rows[1]) != len(csvHeader) {
			t.Fatalf("%q: %d rows", s, len(rows))
		}
		for i, got := range rows[1] {
			if !inert(got) {
				t.Errorf("%q in column %s is %q", s, csvHeader[i], got)
			}
		}
	}
}

func TestCSVNumbersStayNumbers(t *testing.T) {
	t.Parallel()
	n, err := claims.ParseNumber("-12.50")
	if err != nil {
		t.Fatal(err)
	}
	c := hostile("x")
	c.Value = claims.Exactly(n)
	for _, test := range []struct {
		e          Edition
		start, row string
	}{
		{Edition{}, "id,status,", ",-12.5,-12.5,-12.5,"},
		{Edition{Excel: true}, "\ufeffid,status,", ",-12.5,-12.5,-12.5,"},
		{Edition{Comma: true}, "id;status;", ";-12,5;-12,5;-12,5;"},
	} {
		var b bytes.Buffer
		if err := test.e.CSV(&b, []claims.Claim{c}); err != nil {
			t.Fatal(err)
		}
		got := b.String()
		if !strings.HasPrefix(got, test.start) || !strings.Contains(got, test.row) || strings.Count(got, "\r\n") != 2 || strings.Count(got, "\n") != 2 {
			t.Errorf("%+v: %q", test.e, got)
		}
	}
}

func FuzzCSVCell(f *testing.F) {
	for _, s := range append(injections, scripts...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		if err := w.Write([]string{cell(s), "x"}); err != nil {
			t.Fatal(err)
		}
		w.Flush()
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil || len(rows) != 1 || len(rows[0]) != 2 || !inert(rows[0][0]) {
			t.Errorf("%q reads back as %q, %v", s, rows, err)
		}
	})
}
