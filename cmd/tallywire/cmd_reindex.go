package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"tallywire/internal/config"
	"tallywire/store"
)

func newReindex(e *env) *cobra.Command {
	return &cobra.Command{
		Use:     "reindex",
		Short:   "Build the full-text index anew from the store",
		Long:    "The index follows the store by itself and repairs itself; this builds it anew all the same, beside the store's file.",
		Example: "  tallywire reindex",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.withStore(cmd.Context(), func(ctx context.Context, _ config.Config, s store.Store) error {
				w, ok := s.(*watched)
				if !ok {
					return usagef("this store has an index of its own")
				}
				x, err := w.search(ctx)
				if err != nil {
					return err
				}
				version, err := w.version(ctx)
				if err != nil {
					return err
				}
				n, err := x.Rebuild(ctx, version)
				if err != nil {
					return err
				}
				fmt.Fprintf(e.err, "%s indexed in %s\n", plural(n, "claim"), w.dir)
				return nil
			})
		},
	}
}
