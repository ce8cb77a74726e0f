package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tetratelabs/wazero"
)

// sheets makes a PDF of pages of lines, with a title.
func sheets(title string, pages ...[]string) []byte {
	var out bytes.Buffer
	var at []int
	object := func(text string) {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(at), text)
	}
	out.WriteString("%PDF-1.4\n")
	object("<</Type/Catalog/Pages 2 0 R>>")
	var kids []string
	for i := range pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 5+2*i))
	}
	object(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(pages)))
	object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
	object(fmt.Sprintf("<</Title(%s)/Author(Flood Office)/CreationDate(D:20250523143500+02'00')>>", title))
	for _, page := range pages {
		var text strings.Builder
		text.WriteString("BT /F1 10 Tf 50 780 Td 14 TL\n")
		for _, line := range page {
			fmt.Fprintf(&text, "(%s) Tj T*\n", strings.NewReplacer("(", `\(`, ")", `\)`).Replace(line))
		}
		text.WriteString("ET")
		n := len(at) + 1
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>", n+1))
		object(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", text.Len(), text.String()))
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return out.Bytes()
}

var report = sheets("Situation report 14",
	[]string{"Flood Office - Situation report", "At least 240 people were killed when the dam above Marsa broke on Monday, the office", "said, and boats took the people of the lower town to the school on the hill.",
		"The water rose by 3.2 metres within a few hours, and the bridge at the mill had to be", "closed to all", "Page 1 of 3"},
	[]string{"Flood Office - Situation report", "traffic until the evening, when it fell again.", "Marsa 240", "Vell 17", "Page 2 of 3"},
	[]string{"Flood Office - Situation report", "The office will publish its next report on Tuesday morning, after its men have been", "to the upper valley.", "Page 3 of 3"})

func TestRead(t *testing.T) {
	f, err := Read(report)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"At least 240 people were killed when the dam above Marsa broke on Monday, the office said, and boats took the people of the lower town to the school on the hill.",
		"The water rose by 3.2 metres within a few hours, and the bridge at the mill had to be closed to all traffic until the evening, when it fell again.",
		"Marsa 240", "Vell 17",
		"The office will publish its next report on Tuesday morning, after its men have been to the upper valley.",
	}
	if !slices.Equal(f.Paragraphs, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(f.Paragraphs, "\n"), strings.Join(want, "\n"))
	}
	if f.Title != "Situation report 14" || f.Author != "Flood Office" || !f.Created.Equal(time.Date(2025, 5, 23, 12, 35, 0, 0, time.UTC)) || f.Truncated {
		t.Errorf("%+v", f)
	}
}

// translated spares the many files of these tests to translate PDFium, each anew. TestRead goes the program's own way.
var translated = sync.OnceValue(wazero.NewCompilationCache)

func readOn(body []byte) (File, error) { return readApart(body, translated()) }

// TestReadRefuses holds that broken files are errors, and that the next one is read all the same.
func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		body []byte
		want error
	}{
		"nothing":      {[]byte("%PDF-1.7"), ErrDamaged},
		"noise":        {append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("\x00\xff<</Type"), 1000)...), ErrDamaged},
		"no text":      {sheets("A scan", []string{}), ErrNoText},
		"endless list": {[]byte("%PDF-1.4\n1 0 obj\n" + strings.Repeat("[", 10_000)), ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			if f, err := readOn(c.body); !errors.Is(err, c.want) {
				t.Errorf("%v, %+v", err, f)
			}
		})
	}
	if _, err := readOn(bytes.Replace(report, []byte("startxref"), []byte("startxxxx"), 1)); err != nil { // PDFium finds the objects by itself
		t.Errorf("a file without its end: %v", err)
	}
}

func TestBounds(t *testing.T) {
	var many [][]string
	for i := range maxPages + 5 {
		many = append(many, []string{fmt.Sprintf("Page of text about %c%c%c.", 'a'+i%26, 'a'+i/26%26, 'a'+i/676)})
	}
	f, err := readOn(sheets("Long", many...))
	if err != nil || !f.Truncated || len(f.Paragraphs) > maxPages {
		t.Errorf("%d paragraphs, truncated %v, %v", len(f.Paragraphs), f.Truncated, err)
	}
}

func TestParagraphs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		pages []string
		want  []string
	}{
		"a broken word":                 {[]string{"The ministry of the inte\x02\r\nrior said so to all who had come."}, []string{"The ministry of the interior said so to all who had come."}},
		"bullets":                       {[]string{"What was done in the first three days:\r\n• 40 boats were sent out to the lower town\r\n• 300 tents were put up around the school"}, []string{"What was done in the first three days:", "• 40 boats were sent out to the lower town", "• 300 tents were put up around the school"}},
		"nothing":                       {[]string{"", "\r\n \r\n"}, nil},
		"rows of figures on every page": {[]string{"12 45", "13 46", "14 47"}, []string{"12 45", "13 46", "14 47"}},
		"invalid UTF-8":                 {[]string{"Forty \xff boats."}, []string{"Forty \ufffd boats."}},
		"control signs":                 {[]string{"Forty\x00 bo\u00adats."}, []string{"Forty boats."}},
		"one page alone":                {[]string{"Head\r\nForty boats went out to the lower town of Marsa on Monday, and all of them came back."}, []string{"Head", "Forty boats went out to the lower town of Marsa on Monday, and all of them came back."}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := paragraphs(c.pages); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestDate(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"D:20250523143500+02'00'": "2025-05-23T12:35:00Z", "D:20250523143500Z": "2025-05-23T14:35:00Z", "D:20250523": "2025-05-23T00:00:00Z", "D:20250523143500+02'00": "2025-05-23T12:35:00Z", "last May": "0001-01-01T00:00:00Z"} {
		if got := date(in).Format(time.RFC3339); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}
