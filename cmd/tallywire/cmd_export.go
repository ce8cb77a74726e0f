package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tallywire/claims"
	"tallywire/internal/config"
	"tallywire/report"
	"tallywire/store"
)

// exportFormats are report's formats and the verdict pack, which needs the store besides.
var exportFormats = append(slices.Clone(report.Formats), "pack")

func newExport(e *env) *cobra.Command {
	var flags filterFlags
	var format, out string
	var edition report.Edition
	cmd := &cobra.Command{
		Use:   "export [WORDS...]",
		Short: "The report: claims with every mention and the whole history",
		Long: `Writes the claims that the filters pick, in their order. The formats are for: json, jsonl programs; csv, xlsx spreadsheets; md a
wiki or an e-mail; html a page of its own with plots; claimreview fact-check markup of what an editor has reviewed; pack a verdict pack
with the evidence, which ` + "`tallywire verify`" + ` replays anywhere.`,
		Example: `  tallywire export --format json > board.json
  tallywire export --format csv --excel --status verified --out verified.csv
  tallywire export --format html --topic prisoner-exchange --out exchange.html
  tallywire export --format pack --out exchange.pack.zip`,
		RunE: func(cmd *cobra.Command, args []string) error {
			filter, err := flags.filter(args)
			if err != nil {
				return err
			}
			if !slices.Contains(exportFormats, format) {
				return usagef("--format %q: want one of %s", format, strings.Join(exportFormats, ", "))
			}
			return e.withStore(cmd.Context(), func(ctx context.Context, c config.Config, s store.Store) error {
				cs, err := e.pick(ctx, c, s, filter, "")
				if err != nil {
					return err
				}
				edition := editionOf(c, edition)
				return e.emit(out, len(cs), func(w io.Writer) error {
					switch format {
					case "pack":
						return e.pack(ctx, c, s, cs, w)
					case "claimreview":
						left, err := edition.ClaimReview(w, cs)
						e.leftOut(left)
						return err
					}
					return edition.Write(w, format, cs)
				})
			})
		},
	}
	flags.register(e, cmd)
	cmd.Flags().StringVar(&format, "format", "json", strings.Join(exportFormats, ", "))
	cmd.Flags().StringVar(&out, "out", "", "`FILE` to write (default: standard output)")
	cmd.Flags().StringVar(&edition.Title, "title", "", "title of an md or html report")
	cmd.Flags().BoolVar(&edition.Excel, "excel", false, "csv: begin with the byte order mark by which Excel knows UTF-8")
	cmd.Flags().BoolVar(&edition.Comma, "comma", false, "csv: decimal comma, cells parted by semicolons")
	cmd.Flags().BoolVar(&edition.Automatic, "include-automatic", false, "claimreview: also what no person has reviewed, marked so")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(exportFormats, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// editionOf adds what a configuration says of reports.
func editionOf(c config.Config, e report.Edition) report.Edition {
	e.Base, e.Publisher = c.Publish.Base, report.Publisher{Name: c.Publish.Name, URL: c.Publish.URL}
	e.Names = map[claims.SourceID]string{}
	for _, s := range c.Sources {
		e.Names[claims.SourceID(s.ID)] = s.Name
	}
	return e
}

// leftOut says which claims may not be published as ClaimReview.
func (e *env) leftOut(left []report.Skipped) {
	by := map[string]int{}
	for _, s := range left {
		by[s.Why]++
	}
	for _, why := range slices.Sorted(maps.Keys(by)) {
		fmt.Fprintf(e.err, "%s left out: %s\n", plural(by[why], "claim"), why)
	}
}

// emit writes to a file, whole or not at all, or to standard output for "" and "-".
func (e *env) emit(out string, n int, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	if out == "" || out == "-" {
		_, err := b.WriteTo(e.out)
		return err
	}
	if err := writeWhole(out, b.Bytes()); err != nil {
		return err
	}
	fmt.Fprintf(e.err, "%s in %s\n", plural(n, "claim"), out)
	return nil
}

// writeWhole writes a file so that it is there whole or not at all.
func writeWhole(path string, b []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".tallywire-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer os.Remove(tmp.Name())
	if _, err := tmp.Write(b); err != nil {
		tmp.Close()
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := tmp.Close(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := os.Chmod(tmp.Name(), 0o644); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(tmp.Name(), path)
}
