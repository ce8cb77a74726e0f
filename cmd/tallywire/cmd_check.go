package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"tallywire/extract"
	"tallywire/internal/config"
	"tallywire/pipeline"
	"tallywire/report"
	"tallywire/server"
	"tallywire/store"
)

func newCheck(e *env) *cobra.Command {
	var format, lang string
	cmd := &cobra.Command{
		Use:     "check [FILE|-]",
		Short:   "Check a draft: every number in it against the board",
		Example: "  tallywire check draft.txt\n  pbpaste | tallywire check --format json -",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return usagef("--format %q: want text or json", format)
			}
			file := "-"
			if len(args) == 1 {
				file = args[0]
			}
			r, err := e.reader(file)
			if err != nil {
				return fmt.Errorf("read draft: %w", err)
			}
			defer r.Close()
			draft, err := io.ReadAll(io.LimitReader(r, maxIngest))
			if err != nil {
				return fmt.Errorf("read draft: %w", err)
			}
			return e.withStore(cmd.Context(), func(ctx context.Context, c config.Config, s store.Store) error {
				board, err := pipeline.All(ctx, s)
				if err != nil {
					return err
				}
				numbers := server.CheckDraft(extract.Text(string(draft), lang, e.now()), extract.Text(string(draft), lang, time.Time{}), board, settings(c))
				if format == "json" {
					enc := json.NewEncoder(e.out)
					enc.SetEscapeHTML(false)
					enc.SetIndent("", " ")
					return enc.Encode(map[string]any{"numbers": numbers})
				}
				if len(numbers) == 0 {
					fmt.Fprintln(e.err, "no number in it that a board would hold")
				}
				for _, n := range numbers {
					verdict := string(n.Status)
					if n.Agrees != nil && !*n.Agrees {
						verdict += ", but the board has " + n.Best.String()
					}
					fmt.Fprintf(e.out, "%s: %s\n    “%s”\n", report.Visible(n.Text), verdict, report.Visible(n.Sentence))
					if n.Claim != nil {
						fmt.Fprintf(e.out, "    %s  %s\n", *n.Claim, report.Visible(n.Line))
					}
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	cmd.Flags().StringVar(&lang, "lang", "", "language of the draft (BCP 47); found out where it is not given")
	return cmd
}
