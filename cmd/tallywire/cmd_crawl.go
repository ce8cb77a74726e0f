package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"tallywire/internal/config"
	"tallywire/pipeline"
	"tallywire/store"
)

func newCrawl(e *env) *cobra.Command {
	var format string
	var dry bool
	cmd := &cobra.Command{
		Use:   "crawl [SOURCE...]",
		Short: "One pass over all (or the named) sources now",
		Long: `Makes one pass over the sources and judges what they brought. Single pages that fail are counted by reason and are
no error; a source whose door fails is (exit code 1), after the others are done.

With --dry-run the doors are asked, and robots.txt, but no article: it shows what would be asked for, and stores nothing.`,
		Example:           "  tallywire crawl\n  tallywire crawl harbor-post un-news\n  tallywire crawl --dry-run harbor-post\n  tallywire crawl --format json | jq .sources",
		ValidArgsFunction: offer(many, whole(e.completeSources)),
		RunE: func(cmd *cobra.Command, ids []string) error {
			if format != "text" && format != "json" {
				return usagef("--format %q: want text or json", format)
			}
			return e.withStore(cmd.Context(), func(ctx context.Context, c config.Config, s store.Store) (err error) {
				sources, err := named(c, ids)
				if err != nil {
					return err
				}
				if dry {
					return e.dryRun(ctx, c, s, sources, format)
				}
				e.warnOfContact(c.Crawler.UserAgent)
				bars := e.newBars(sources)
				job, err := e.crawling(c, s, bars.progress())
				if err != nil {
					return err
				}
				defer func() { err = errors.Join(err, job.close()) }()
				report, failed := job.pipeline.Crawl(ctx, job.crawler, sources)
				bars.finish()
				if format == "json" {
					enc := json.NewEncoder(e.out)
					enc.SetEscapeHTML(false)
					enc.SetIndent("", " ")
					if err := enc.Encode(report); err != nil {
						return err
					}
				} else {
					summary(e.out, report)
				}
				if ctx.Err() != nil {
					return fmt.Errorf("stopped before the end; what was fetched is kept: %w", ctx.Err())
				}
				return failed
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "show what would be asked for and ask for no article")
	return cmd
}

// summary prints a crawl for people: a row a source, then the board.
func summary(w io.Writer, r pipeline.Report) {
	t := table.NewWriter()
	t.SetOutputMirror(w)
	t.SetStyle(table.StyleLight)
	t.Style().Options.SeparateColumns = false
	t.AppendHeader(table.Row{"Source", "State", "Fetched", "Unchanged", "New", "Failed", "Claims", "Reasons"})
	for _, s := range r.Sources {
		var why []string
		for reason, n := range s.Reasons {
			why = append(why, fmt.Sprintf("%s %d", reason, n))
		}
		slices.Sort(why)
		t.AppendRow(table.Row{s.Source, s.State, s.Fetched, s.Unchanged, s.New, s.Failed, s.Claims, strings.Join(why, ", ")})
	}
	t.Render()
	b := r.Board
	fmt.Fprintf(w, "%s on the board: %d new, %d changed, %d gone\n", plural(b.Claims, "claim"), b.New, b.Changed, b.Removed)
	for _, f := range b.Flips {
		fmt.Fprintf(w, "  %s  %s -> %s  %s\n", f.Claim, f.From, f.To, f.Statement)
	}
}
