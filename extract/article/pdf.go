package article

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"tallywire/claims"
	"tallywire/extract/pdf"
)

func isPDF(in Input) bool {
	return bytes.HasPrefix(bytes.TrimLeft(in.Body[:min(len(in.Body), 1024)], "\x00\t\n\f\r "), []byte("%PDF-"))
}

// readPDF makes the document of a PDF file: its paragraphs as they stand. Its day is that of a date line at its top, else
// the one on which the file was made.
func readPDF(in Input) (claims.Document, error) {
	file, err := pdf.Read(in.Body)
	switch {
	case errors.Is(err, pdf.ErrNoText):
		return claims.Document{}, fmt.Errorf("%w: %w", ErrNoText, err)
	case err != nil:
		return claims.Document{}, fmt.Errorf("%w: %w", ErrPDF, err)
	}
	const top, label = 8, 14 // paragraphs that may be a date line, and its words
	doc := claims.Document{URL: withoutTracking(in.URL), Title: file.Title, Author: file.Author, Text: strings.Join(file.Paragraphs, "\n\n")}
	for i, p := range file.Paragraphs {
		doc.Blocks = append(doc.Blocks, claims.Block{Kind: claims.BlockParagraph})
		if i >= top || countWords(p) > label {
			continue
		}
		if doc.Title == "" && countWords(p) > 1 && !isStampLine(p) {
			doc.Title = p
		}
		if doc.Published.IsZero() {
			doc.Published = datelineStamp(p, false).time
		}
	}
	if doc.Published.IsZero() && sane(file.Created) {
		doc.Published = file.Created
	}
	if file.Modified.After(doc.Published) && sane(file.Modified) {
		doc.Modified = file.Modified
	}
	return doc, nil
}
