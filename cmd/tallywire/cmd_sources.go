package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"tallywire/internal/config"
	"tallywire/store"
)

func newSources(e *env) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "sources",
		Short:   "The sources with their health",
		Example: "  tallywire sources\n  tallywire sources --format json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "table" && format != "json" {
				return usagef("--format %q: want table or json", format)
			}
			return e.withStore(cmd.Context(), func(ctx context.Context, c config.Config, s store.Store) error {
				list, err := healths(ctx, c, s)
				if err != nil {
					return err
				}
				if format == "json" {
					enc := json.NewEncoder(e.out)
					enc.SetEscapeHTML(false)
					enc.SetIndent("", " ")
					return enc.Encode(map[string]any{"sources": list})
				}
				t := table.NewWriter()
				t.SetOutputMirror(e.out)
				t.SetStyle(table.StyleLight)
				t.Style().Options.SeparateColumns = false
				t.AppendHeader(table.Row{"Source", "Type", "Class", "Party", "State", "Last pass", "Fetched", "New", "Failed", "Error"})
				for _, h := range list {
					state := h.Now.State
					if state == "" {
						state = "never asked"
					}
					t.AppendRow(table.Row{h.ID, h.Type, h.Class, h.Party, state, passWords(h.Now.LastPass), h.Now.Counts["fetched"], h.Now.Counts["new"], h.Now.Counts["failed"], fmt.Sprintf("%.60s", h.Now.Error)})
				}
				t.Render()
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", "table", "table or json")
	return cmd
}

func passWords(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format("2006-01-02 15:04Z")
}
