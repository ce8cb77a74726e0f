package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tallywire/internal/config"
	"tallywire/report"
	"tallywire/store"
)

func newExport(e *env) *cobra.Command {
	var flags filterFlags
	var format, out string
	cmd := &cobra.Command{
		Use:     "export [WORDS...]",
		Short:   "The report: claims with every mention and the whole history",
		Example: "  tallywire export --format json > board.json\n  tallywire export --format csv --status verified --out verified.csv",
		RunE: func(cmd *cobra.Command, args []string) error {
			filter, err := flags.filter(args)
			if err != nil {
				return err
			}
			if !slices.Contains(report.Formats, format) {
				return usagef("--format %q: want one of %s", format, strings.Join(report.Formats, ", "))
			}
			return e.withStore(cmd.Context(), func(ctx context.Context, c config.Config, s store.Store) error {
				cs, err := e.pick(ctx, c, s, filter, "")
				if err != nil {
					return err
				}
				if out == "" || out == "-" {
					return report.Write(e.out, format, cs)
				}
				var b bytes.Buffer
				if err := report.Write(&b, format, cs); err != nil {
					return err
				}
				if err := writeWhole(out, b.Bytes()); err != nil {
					return err
				}
				fmt.Fprintf(e.err, "%s in %s\n", plural(len(cs), "claim"), out)
				return nil
			})
		},
	}
	flags.register(cmd)
	cmd.Flags().StringVar(&format, "format", "json", strings.Join(report.Formats, ", "))
	cmd.Flags().StringVar(&out, "out", "", "`FILE` to write (default: standard output)")
	return cmd
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
