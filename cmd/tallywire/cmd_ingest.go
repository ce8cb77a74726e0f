package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tallywire/claims"
	"tallywire/extract/article"
	"tallywire/internal/config"
	"tallywire/store"
)

// ingestLine is one document of `ingest --jsonl`.
type ingestLine struct {
	URL       string    `json:"url"`
	Source    string    `json:"source"`
	Title     string    `json:"title"`
	Published time.Time `json:"published"`
	Lang      string    `json:"lang"`
	Text      string    `json:"text"`
	HTML      string    `json:"html"`
}

// maxIngest is the largest document that ingest takes, the crawler's default for a page.
const maxIngest = 10 << 20

func newIngest(e *env) *cobra.Command {
	var lines bool
	var source, url string
	cmd := &cobra.Command{
		Use:   "ingest [FILE...|-]",
		Short: "Take documents without crawling: HTML or text files, or JSON lines",
		Example: `  tallywire ingest --source harbor-post saved.html
  tallywire ingest --jsonl documents.jsonl
  cat notes.txt | tallywire ingest --source desk -`,
		RunE: func(cmd *cobra.Command, files []string) error {
			if len(files) == 0 {
				files = []string{"-"}
			}
			return e.withStore(cmd.Context(), func(ctx context.Context, c config.Config, s store.Store) error {
				p := e.pipeline(c, s)
				taken, fresh := 0, 0
				take := func(doc claims.Document) error {
					isNew, err := p.Digest(ctx, doc)
					if err != nil {
						return err
					}
					taken++
					if isNew {
						fresh++
					}
					return nil
				}
				var failures []error
				for _, file := range files {
					var err error
					if lines {
						err = e.ingestLines(file, take, &failures)
					} else {
						err = e.ingestFile(file, source, url, take)
					}
					if err != nil {
						failures = append(failures, err)
					}
				}
				changes, err := p.Judge(ctx, false)
				if err != nil {
					return err
				}
				fmt.Fprintf(e.err, "%s taken, %d new; %s on the board, %d new, %d changed\n", plural(taken, "document"), fresh, plural(changes.Claims, "claim"), changes.New, changes.Changed)
				return errors.Join(failures...)
			})
		},
	}
	cmd.Flags().BoolVar(&lines, "jsonl", false, `files hold a document a line: {"url","source","title","published","lang","text" or "html"}`)
	cmd.Flags().StringVar(&source, "source", "ingest", "source `ID` of the documents")
	cmd.Flags().StringVar(&url, "url", "", "address of the document (default: the file's)")
	return cmd
}

func (e *env) reader(file string) (io.ReadCloser, error) {
	if file == "-" {
		return io.NopCloser(e.in), nil
	}
	return os.Open(file)
}

func (e *env) ingestFile(file, source, url string, take func(claims.Document) error) error {
	r, err := e.reader(file)
	if err != nil {
		return err
	}
	defer r.Close()
	body, err := io.ReadAll(io.LimitReader(r, maxIngest+1))
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	if len(body) > maxIngest {
		return fmt.Errorf("%s: larger than %d MiB", file, maxIngest>>20)
	}
	if url == "" {
		url = fileURL(file)
	}
	doc, err := article.Read(article.Input{URL: url, Body: body})
	switch {
	case errors.Is(err, article.ErrNotHTML):
		doc = plainDocument(string(body))
		doc.URL = url
	case err != nil:
		return err
	}
	if doc.URL == "" {
		doc.URL = url
	}
	doc.Source = claims.SourceID(source)
	return take(doc)
}

// fileURL names a local file by its name alone: a path of this machine says nothing to others.
func fileURL(file string) string {
	if file == "-" {
		return "file:///stdin"
	}
	return "file:///" + filepath.Base(file)
}

// plainDocument takes a text as it stands; its first short line is the title.
func plainDocument(text string) claims.Document {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "\uFFFD")
	var paragraphs []string
	for _, p := range strings.Split(text, "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			paragraphs = append(paragraphs, p)
		}
	}
	return claims.Document{Text: strings.Join(paragraphs, "\n\n")}
}

func (e *env) ingestLines(file string, take func(claims.Document) error, failures *[]error) error {
	r, err := e.reader(file)
	if err != nil {
		return err
	}
	defer r.Close()
	scan := bufio.NewScanner(r)
	scan.Buffer(make([]byte, 64<<10), maxIngest)
	for n := 1; scan.Scan(); n++ {
		if strings.TrimSpace(scan.Text()) == "" {
			continue
		}
		if err := ingestOne(scan.Bytes(), take); err != nil {
			*failures = append(*failures, fmt.Errorf("%s:%d: %w", file, n, err))
		}
	}
	if err := scan.Err(); err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	return nil
}

func ingestOne(b []byte, take func(claims.Document) error) error {
	var line ingestLine
	if err := json.Unmarshal(b, &line); err != nil {
		return fmt.Errorf("no document: %w", err)
	}
	if line.URL == "" || line.Source == "" || line.Text == "" && line.HTML == "" {
		return fmt.Errorf(`want "url", "source" and one of "text" and "html": %w`, claims.ErrInvalid)
	}
	doc := plainDocument(line.Text)
	if line.Text == "" {
		var err error
		if doc, err = article.Read(article.Input{URL: line.URL, Body: []byte(line.HTML), ContentType: "text/html; charset=utf-8"}); err != nil {
			return err
		}
	}
	doc.URL, doc.Source = line.URL, claims.SourceID(line.Source)
	if line.Title != "" {
		doc.Title = line.Title
	}
	if line.Lang != "" {
		doc.Lang = line.Lang
	}
	if !line.Published.IsZero() {
		doc.Published = line.Published.UTC()
	}
	return take(doc)
}
