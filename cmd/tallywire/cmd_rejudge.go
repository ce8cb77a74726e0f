package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"tallywire/internal/config"
	"tallywire/store"
)

func newRejudge(e *env) *cobra.Command {
	var dry bool
	var format string
	cmd := &cobra.Command{
		Use:     "rejudge",
		Short:   "Extract and judge again what is stored, with today's rules and settings",
		Example: "  tallywire rejudge --dry-run\n  tallywire rejudge",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.withStore(cmd.Context(), func(ctx context.Context, c config.Config, s store.Store) error {
				p := e.pipeline(c, s)
				changes, err := p.Rejudge(ctx, dry)
				if err != nil {
					return err
				}
				if format == "json" {
					enc := json.NewEncoder(e.out)
					enc.SetIndent("", " ")
					return enc.Encode(changes)
				}
				verb := "changed"
				if dry {
					verb = "would change"
				}
				fmt.Fprintf(e.out, "%s on the board; %d new, %d %s, %d gone\n", plural(changes.Claims, "claim"), changes.New, changes.Changed, verb, changes.Removed)
				for _, f := range changes.Flips {
					fmt.Fprintf(e.out, "  %s  %s -> %s  %s\n", f.Claim, f.From, f.To, f.Statement)
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "show what would change and change nothing")
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	return cmd
}
