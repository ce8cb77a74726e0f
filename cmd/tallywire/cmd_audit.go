package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tallywire/access"
	"tallywire/internal/config"
	"tallywire/store"
)

func newAudit(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "audit",
		Short:   "The audit log: who did what, chained by hash",
		Example: "  tallywire audit list\n  tallywire audit verify\n  tallywire audit verify --anchor 12:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
	}
	cmd.AddCommand(newAuditList(e), newAuditVerify(e))
	return cmd
}

func newAuditList(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "Every entry, oldest first, a JSON line each", Args: cobra.NoArgs, Example: "  tallywire audit list | jq .what",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.withStore(cmd.Context(), func(ctx context.Context, _ config.Config, s store.Store) error {
				l := access.NewLog(s, e.now)
				enc := json.NewEncoder(e.out)
				for seq := uint64(1); ; seq += 200 {
					page, err := l.Entries(ctx, seq, 200)
					if err != nil {
						return err
					}
					for _, entry := range page {
						if err := enc.Encode(entry); err != nil {
							return err
						}
					}
					if len(page) < 200 {
						return nil
					}
				}
			})
		},
	}
}

func newAuditVerify(e *env) *cobra.Command {
	var anchor string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check the chain of the audit log",
		Long: `Reads the whole log and checks that nothing in it was changed, left out or moved. The chain alone cannot show that its end was cut off or
that it was written anew as a whole: for that, keep the head that this prints elsewhere, and give it back with --anchor.`,
		Example: "  tallywire audit verify\n  tallywire audit verify --anchor \"$(cat /elsewhere/head)\"",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var known access.Head
			if anchor != "" {
				var err error
				if known, err = access.ParseHead(strings.TrimSpace(anchor)); err != nil {
					return err
				}
			}
			return e.withStore(cmd.Context(), func(ctx context.Context, _ config.Config, s store.Store) error {
				head, wrong, err := access.NewLog(s, e.now).Verify(ctx, known)
				if err != nil {
					return err
				}
				for _, w := range wrong {
					fmt.Fprintln(e.out, w)
				}
				if len(wrong) > 0 {
					return errors.New("the audit log does not hold: " + plural(len(wrong), "problem"))
				}
				fmt.Fprintln(e.out, head)
				fmt.Fprintf(e.err, "%d entries, the chain holds; keep the line above elsewhere\n", head.Seq)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&anchor, "anchor", "", "`HEAD` that an earlier verify printed")
	return cmd
}
