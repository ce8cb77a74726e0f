package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"tallywire/access"
	"tallywire/internal/config"
	"tallywire/store"
)

func newToken(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "token",
		Short:   "Tokens of the API: who may read from elsewhere, review, administer",
		Example: "  tallywire token create newsroom-cms --scope read\n  tallywire token list\n  tallywire token revoke t_0123456789ab",
	}
	cmd.AddCommand(newTokenCreate(e), newTokenList(e), newTokenRevoke(e))
	return cmd
}

func newTokenCreate(e *env) *cobra.Command {
	var scope string
	var life time.Duration
	cmd := &cobra.Command{
		Use:   "create NAME",
		Short: "Make a token; it is shown this once",
		Long: `Makes a token and prints it alone on standard output, this once: the store keeps only its hash. Send it as "Authorization: Bearer TOKEN".
Scopes: read sees everything, review also sets editors' decisions, admin also makes tokens and reads the audit log.`,
		Example: "  tallywire token create newsroom-cms --scope read\n  tallywire token create a.editor --scope review --expires 2160h",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.withStore(cmd.Context(), func(ctx context.Context, _ config.Config, s store.Store) error {
				if _, err := access.NewLog(s, e.now).Append(ctx, access.Entry{Who: "command line", What: "token create", Object: args[0], After: scope}); err != nil {
					return err
				}
				made, secret, err := access.NewTokens(s, e.now).Create(ctx, args[0], access.Scope(scope), life)
				if err != nil {
					return err
				}
				fmt.Fprintln(e.out, secret)
				fmt.Fprintf(e.err, "%s made for %s, scope %s, %s; it is shown this once\n", made.ID, made.Name, made.Scope, endWords(made))
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&scope, "scope", "read", "read, review or admin")
	cmd.Flags().DurationVar(&life, "expires", 90*24*time.Hour, "how long it lives, such as 720h; 0 for ever")
	_ = cmd.RegisterFlagCompletionFunc("scope", cobra.FixedCompletions([]string{"read", "review", "admin"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func endWords(t access.Token) string {
	switch {
	case !t.Revoked.IsZero():
		return "revoked " + t.Revoked.Format(time.DateOnly)
	case t.Expires.IsZero():
		return "without an end"
	}
	return "until " + t.Expires.Format(time.DateOnly)
}

func newTokenList(e *env) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use: "list", Short: "All tokens, without their secrets", Args: cobra.NoArgs, Example: "  tallywire token list --format json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "table" && format != "json" {
				return usagef("--format %q: want table or json", format)
			}
			return e.withStore(cmd.Context(), func(ctx context.Context, _ config.Config, s store.Store) error {
				list, err := access.NewTokens(s, e.now).List(ctx)
				if err != nil {
					return err
				}
				if format == "json" {
					enc := json.NewEncoder(e.out)
					enc.SetIndent("", " ")
					return enc.Encode(map[string]any{"tokens": list})
				}
				t := table.NewWriter()
				t.SetOutputMirror(e.out)
				t.SetStyle(table.StyleLight)
				t.Style().Options.SeparateColumns = false
				t.AppendHeader(table.Row{"ID", "Name", "Scope", "Made", "End", "Last used"})
				for _, k := range list {
					t.AppendRow(table.Row{k.ID, k.Name, k.Scope, passWords(k.Made), endWords(k), passWords(k.Used)})
				}
				t.Render()
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", "table", "table or json")
	return cmd
}

func newTokenRevoke(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "revoke ID", Short: "End a token at once", Args: cobra.ExactArgs(1), Example: "  tallywire token revoke t_0123456789ab",
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.withStore(cmd.Context(), func(ctx context.Context, _ config.Config, s store.Store) error {
				if _, err := access.NewLog(s, e.now).Append(ctx, access.Entry{Who: "command line", What: "token revoke", Object: args[0]}); err != nil {
					return err
				}
				k, err := access.NewTokens(s, e.now).Revoke(ctx, args[0])
				if err != nil {
					return err
				}
				fmt.Fprintf(e.err, "%s (%s) is revoked\n", k.ID, k.Name)
				return nil
			})
		},
	}
}
