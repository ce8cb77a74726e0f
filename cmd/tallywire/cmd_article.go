package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"tallywire/claims"
	"tallywire/extract/article"
)

// articleLine is the contract's JSON line of one page.
type articleLine struct {
	File       string         `json:"file"`
	URL        string         `json:"url"`
	Title      string         `json:"title"`
	Text       string         `json:"text"`
	Author     string         `json:"author"`
	Published  string         `json:"published"`
	Modified   string         `json:"modified"`
	Language   string         `json:"language"`
	Site       string         `json:"site"`
	Section    string         `json:"section,omitempty"`
	Credit     string         `json:"credit,omitempty"`
	Correction string         `json:"correction,omitempty"`
	Blocks     []claims.Block `json:"blocks,omitempty"` // what each paragraph of text is
	Error      string         `json:"error,omitempty"`
}

func newArticle(e *env) *cobra.Command {
	var url string
	cmd := &cobra.Command{
		Use:     "article FILE...",
		Short:   "Print the article found in HTML files, a JSON line each",
		Example: "  tallywire article page.html\n  tallywire article --url https://harbor.example/a.html page.html\n  tallywire article pages/*.html > articles.jsonl",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, files []string) error {
			if url != "" && len(files) != 1 {
				return usagef("--url goes with one file, not %d", len(files))
			}
			enc := json.NewEncoder(e.out)
			enc.SetEscapeHTML(false)
			failed := 0
			for _, file := range files {
				body, err := os.ReadFile(file)
				if err != nil {
					return fmt.Errorf("read page: %w", err)
				}
				line := articleLine{File: file, URL: url}
				doc, err := article.Read(article.Input{URL: url, Body: body})
				if err != nil {
					failed++
					line.Error = err.Error()
				}
				if err == nil || doc.Title != "" { // a page that is refused still says something of itself
					line.URL, line.Title, line.Text, line.Author, line.Language, line.Site = doc.URL, doc.Title, doc.Text, doc.Author, doc.Lang, doc.Site
					line.Section, line.Credit, line.Correction, line.Blocks = doc.Section, doc.Credit, doc.Correction, doc.Blocks
					line.Published, line.Modified = stampJSON(doc.Published), stampJSON(doc.Modified)
				}
				if err := enc.Encode(line); err != nil {
					return err
				}
			}
			if failed == len(files) {
				return fmt.Errorf("no article in %s", plural(failed, "page"))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&url, "url", "", "address of the page, for relative links (one file)")
	return cmd
}

func stampJSON(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
