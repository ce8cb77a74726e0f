package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"tallywire/internal/config"
	"tallywire/store"
)

func newDB(e *env) *cobra.Command {
	cmd := &cobra.Command{Use: "db", Short: "Care of the store", Example: "  tallywire db check"}
	cmd.AddCommand(&cobra.Command{
		Use: "check", Short: "Read everything in the store and say what is wrong with it", Args: cobra.NoArgs, Example: "  tallywire db check",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.withStore(cmd.Context(), func(ctx context.Context, c config.Config, s store.Store) error {
				problems, err := s.Check(ctx)
				if err != nil {
					return err
				}
				for _, p := range problems {
					fmt.Fprintln(e.out, p)
				}
				if len(problems) > 0 {
					return fmt.Errorf("%s in %s: %w", plural(len(problems), "problem"), c.Store.Path, store.ErrDamaged)
				}
				fmt.Fprintln(e.out, "the store is sound")
				return nil
			})
		},
	})
	return cmd
}
