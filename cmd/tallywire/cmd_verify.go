package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"tallywire/claims"
	"tallywire/internal/config"
	"tallywire/store"
	"tallywire/verdict"
)

// pack writes a verdict pack of claims.
func (e *env) pack(ctx context.Context, c config.Config, s store.Store, cs []claims.Claim, w io.Writer) error {
	p, err := verdict.Collect(ctx, s, c.Archive.Dir, settings(c), "tallywire/"+version, cs)
	if err != nil {
		return err
	}
	if len(p.Missing) > 0 {
		fmt.Fprintf(e.err, "%s without an archived page\n", plural(len(p.Missing), "document"))
	}
	return verdict.Write(w, p)
}

func newVerify(e *env) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "verify FILE",
		Short: "Replay a verdict pack: hashes, quotes, extraction, judgement",
		Long: `Checks a pack that ` + "`tallywire export --format pack`" + ` wrote, without network, store or configuration: every hash, each figure in the
archived page, the extraction and the judgement again, and the pack itself, byte by byte. Exit code 1 where anything does not hold.`,
		Example: "  tallywire verify exchange.pack.zip\n  tallywire verify exchange.pack.zip --format json",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return usagef("--format %q: want text or json", format)
			}
			f, err := os.Open(args[0])
			if errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("verdict pack %s: %w", args[0], claims.ErrNotFound)
			}
			if err != nil {
				return err
			}
			defer f.Close()
			info, err := f.Stat()
			if err != nil {
				return err
			}
			r, err := verdict.Verify(f, info.Size())
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			if format == "json" {
				enc := json.NewEncoder(e.out)
				enc.SetEscapeHTML(false)
				enc.SetIndent("", " ")
				if err := enc.Encode(r); err != nil {
					return err
				}
			} else {
				e.verified(r)
			}
			if len(r.Problems) > 0 {
				return fmt.Errorf("%s does not hold: %s", args[0], plural(len(r.Problems), "problem"))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	return cmd
}

// verified prints what a pack came to.
func (e *env) verified(r verdict.Result) {
	for i := range r.Claims {
		fmt.Fprintf(e.out, "%s  %s %s  %s\n", r.Claims[i].ID, signs[r.Claims[i].Status], r.Claims[i].Status, r.Claims[i].Statement)
	}
	fmt.Fprint(e.out, r.Summary())
	for i, p := range r.Problems {
		if i == 20 {
			fmt.Fprintf(e.out, "... and %d more\n", len(r.Problems)-i)
			break
		}
		fmt.Fprintf(e.out, "does not hold: %s\n", p)
	}
	if len(r.Problems) == 0 {
		fmt.Fprintf(e.out, "the pack replays to the same bytes, SHA-256 %s\n", r.SHA256)
	}
}
