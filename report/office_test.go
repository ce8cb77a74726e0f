package report

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"tallywire/claims"
)

// convert has LibreOffice read a file and write it as another kind.
func convert(t *testing.T, name string, content []byte, to, ending string, flags ...string) []byte {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal("no LibreOffice, and CI must not pass without")
	}
	if err != nil {
		t.Skip("SKIPPED: LibreOffice (soffice) is not installed; `apt-get install libreoffice-calc` brings it")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless"}, flags...)
	cmd := exec.CommandContext(t.Context(), office, append(args, "--convert-to", to, "--outdir", filepath.Join(dir, "out"), filepath.Join(dir, name))...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	list, err := filepath.Glob(filepath.Join(dir, "out", "*."+ending))
	if err != nil || len(list) == 0 {
		t.Fatalf("soffice wrote no %s: %v", ending, err)
	}
	raw, err := os.ReadFile(list[0])
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// An officeCell is a cell as LibreOffice holds it.
type officeCell struct {
	kind, formula, value, text string
	times                      int // how many cells in a row are the same
}

// officeCells reads the cells of a flat OpenDocument spreadsheet.
func officeCells(t *testing.T, raw []byte) []officeCell {
	t.Helper()
	var out []officeCell
	d := xml.NewDecoder(bytes.NewReader(raw))
	in := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local != "table-cell" {
				continue
			}
			c := officeCell{times: 1}
			for _, a := range e.Attr {
				switch a.Name.Local {
				case "formula":
					c.formula = a.Value
				case "value-type":
					c.kind = a.Value
				case "value":
					c.value = a.Value
				case "number-columns-repeated":
					if n, err := strconv.Atoi(a.Value); err == nil {
						c.times = n
					}
				}
			}
			out, in = append(out, c), true
		case xml.CharData:
			if in && len(out) > 0 {
				out[len(out)-1].text += string(e)
			}
		case xml.EndElement:
			if e.Name.Local == "table-cell" {
				in = false
			}
		}
	}
}

// hostileBoard has a claim for each injection.
func hostileBoard() []claims.Claim {
	var cs []claims.Claim
	for _, s := range injections {
		cs = append(cs, hostile(s))
	}
	return cs
}

func TestLibreOfficeReadsCSV(t *testing.T) {
	t.Parallel()
	cs := append(board(t), hostileBoard()...)
	var b bytes.Buffer
	if err := (Edition{Excel: true}).CSV(&b, cs); err != nil {
		t.Fatal(err)
	}
	const run = "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1,true" // the last: run formulas
	if control := officeCells(t, convert(t, "control.csv", []byte("=1+1,2\r\n"), "fods", "fods", run)); len(control) == 0 || control[0].formula == "" {
		t.Fatalf("the control formula did not run: %+v", control)
	}
	cells := officeCells(t, convert(t, "board.csv", b.Bytes(), "fods", "fods", run))
	numbers, cyrillic := 0, false
	for _, c := range cells {
		if c.formula != "" {
			t.Errorf("LibreOffice runs %q", c.formula)
		}
		if c.kind == "float" {
			numbers += c.times
		}
		cyrillic = cyrillic || strings.Contains(c.text, "полонених")
	}
	if numbers < 5*len(cs) || !cyrillic { // low, best, high, voices, confidence
		t.Errorf("LibreOffice sees %d numbers in %d claims; Cyrillic read: %v", numbers, len(cs), cyrillic)
	}
}

func TestLibreOfficeReadsXLSX(t *testing.T) {
	t.Parallel()
	cs := append(board(t), hostileBoard()...)
	var b bytes.Buffer
	if err := desk.XLSX(&b, cs); err != nil {
		t.Fatal(err)
	}
	links, numbers, dates := 0, 0, 0
	for _, c := range officeCells(t, convert(t, "board.xlsx", b.Bytes(), "fods", "fods")) {
		switch {
		case strings.HasPrefix(c.formula, "of:=HYPERLINK("):
			links++
			if c.text == "" || strings.HasPrefix(c.text, "#") || strings.HasPrefix(c.text, "Err:") {
				t.Errorf("the link %q shows %q", c.formula, c.text)
			}
		case c.formula != "":
			t.Errorf("LibreOffice runs %q", c.formula)
		case c.kind == "float":
			numbers += c.times
		case c.kind == "date":
			dates += c.times
		}
	}
	if links < len(cs) || numbers < 5*len(cs) || dates < 2*len(cs) {
		t.Errorf("%d links, %d numbers, %d dates for %d claims", links, numbers, dates, len(cs))
	}
	// The first sheet as LibreOffice writes it on.
	rows, err := csv.NewReader(bytes.NewReader(convert(t, "board.xlsx", b.Bytes(), "csv:Text - txt - csv (StarCalc):44,34,76", "csv"))).ReadAll()
	if err != nil || len(rows) != len(cs)+1 || rows[1][2] != cs[0].Statement {
		t.Errorf("as CSV: %d rows, %v: %q", len(rows), err, rows[1])
	}
}
