// Package report writes claims as files that people and other programs read: JSON, JSON lines, CSV, XLSX,
// Markdown, a self-contained HTML page with plots, ClaimReview markup, and feeds. Every writer takes claims in
// the order in which they are to stand and writes them whole; the same claims give the same bytes.
//
// What a page said is never trusted: texts go through Visible, addresses through link, cells through cell.
// Start with Edition.Write.
package report

import (
	"fmt"
	"io"
	"slices"

	"tallywire/claims"
)

// Formats are the names that Write knows, in the order of help texts.
var Formats = []string{"json", "jsonl", "csv", "xlsx", "md", "html", "claimreview"}

// ContentType is the media type of a format of Formats, "" for another.
func ContentType(format string) string {
	return map[string]string{
		"json": "application/json", "jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8",
		"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "md": "text/markdown; charset=utf-8",
		"html": "text/html; charset=utf-8", "claimreview": "application/ld+json",
	}[format]
}

// Extension is the file name's ending for a format of Formats, without its dot.
func Extension(format string) string {
	if format == "claimreview" {
		return "jsonld"
	}
	return format
}

// An Edition says how a report is made. The zero value is a plain one.
type Edition struct {
	Title     string    // of the Markdown and HTML reports; "" is "Claims"
	Base      string    // address under which the board is served, without a slash at its end; "" for none
	Publisher Publisher // who answers for it
	Excel     bool      // CSV begins with a byte order mark, by which Excel knows UTF-8
	Comma     bool      // CSV for places where the decimal sign is a comma: cells are parted by semicolons
	Automatic bool      // ClaimReview of what no person has reviewed too, marked so
	// Names gives sources their names; one that is not in it goes by its ID.
	Names map[claims.SourceID]string
}

// A Publisher is the newsroom that publishes the checks.
type Publisher struct {
	Name string
	URL  string // absolute
}

// Write writes claims in a format of Formats as a plain Edition. It returns an error that wraps
// claims.ErrInvalid for another format.
func Write(w io.Writer, format string, cs []claims.Claim) error {
	return Edition{}.Write(w, format, cs)
}

// Write writes claims in a format of Formats. It returns an error that wraps claims.ErrInvalid for another
// format, and where the Edition lacks what a format needs.
func (e Edition) Write(w io.Writer, format string, cs []claims.Claim) error {
	switch format {
	case "json":
		return JSON(w, cs)
	case "jsonl":
		return JSONLines(w, cs)
	case "csv":
		return e.CSV(w, cs)
	case "xlsx":
		return e.XLSX(w, cs)
	case "md":
		return e.Markdown(w, cs)
	case "html":
		return e.HTML(w, cs)
	case "claimreview":
		_, err := e.ClaimReview(w, cs)
		return err
	}
	return fmt.Errorf("%w: format %q; want one of %v", claims.ErrInvalid, format, Formats)
}

// CSV writes a claim a row as a plain Edition.
func CSV(w io.Writer, cs []claims.Claim) error { return Edition{}.CSV(w, cs) }

func (e Edition) title() string {
	if e.Title == "" {
		return "Claims"
	}
	return e.Title
}

// name is a source's name for people.
func (e Edition) name(id claims.SourceID) string {
	if n := e.Names[id]; n != "" {
		return n
	}
	return string(id)
}

// page is the address of a claim's page, "" where the Edition has no Base.
func (e Edition) page(id claims.ClaimID) string {
	if e.Base == "" {
		return ""
	}
	return e.Base + "/claims/" + string(id)
}

// sorted copies what is written in order of time, oldest first; equal ones keep theirs.
func sorted[T any](list []T, compare func(a, b T) int) []T {
	out := slices.Clone(list)
	slices.SortStableFunc(out, compare)
	return out
}
