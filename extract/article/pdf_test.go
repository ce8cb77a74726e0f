package article

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// tinyPDF is a PDF of one page. It has no table of its objects, which readers do without.
func tinyPDF(lines ...string) []byte {
	text := "BT /F1 10 Tf 50 780 Td 14 TL\n"
	for _, l := range lines {
		text += "(" + l + ") Tj T*\n"
	}
	return []byte(fmt.Sprintf("%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[4 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"+
		"4 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 5 0 R>>\nendobj\n5 0 obj\n<</Length %d>>stream\n%sET\nendstream\nendobj\ntrailer<</Size 6/Root 1 0 R>>\n%%%%EOF\n", len(text)+2, text))
}

// TestPDF goes both ways in, each once, as to start PDFium takes seconds under the race detector: a Reader finds the text, Read none in a scan.
func TestPDF(t *testing.T) {
	t.Parallel()
	in := Input{URL: "https://office.example/report.pdf?utm_source=x", ContentType: "application/pdf",
		Body: tinyPDF("Situation report 14", "Published 23 May 2025", "At least 240 people were killed when the dam above Marsa broke on Monday, the office said.")}
	var r Reader
	doc, err := r.Read(in)
	if err != nil || doc.Title != "Situation report 14" || !strings.Contains(doc.Text, "\n\nAt least 240 people were killed") || doc.Published.Format(time.DateOnly) != "2025-05-23" {
		t.Errorf("%q, %q, %v, %v", doc.Title, doc.Text, doc.Published, err)
	}
	if _, err := Read(Input{Body: tinyPDF()}); !errors.Is(err, ErrNoText) {
		t.Errorf("a scan: %v", err)
	}
}
