package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"tallywire/claims"
	"tallywire/crawler"
	"tallywire/internal/config"
	"tallywire/store"
	"tallywire/store/memstore"
)

func newSources(e *env) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "sources",
		Short:   "The sources with their health",
		Example: "  tallywire sources\n  tallywire sources --format json\n  tallywire sources test https://harbor.example/",
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
				t.AppendHeader(table.Row{"Source", "Type", "Class", "Party", "State", "Last pass", "Door", "Fetched", "New", "Failed", "Error"})
				for _, h := range list {
					state := h.Now.State
					if state == "" {
						state = "never asked"
					}
					t.AppendRow(table.Row{h.ID, h.Type, h.Class, h.Party, state, passWords(h.Now.LastPass), doorWords(h.Now), h.Now.Counts["fetched"], h.Now.Counts["new"], h.Now.Counts["failed"], fmt.Sprintf("%.60s", h.Now.Error)})
				}
				t.Render()
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", "table", "table or json")
	cmd.AddCommand(newSourcesTest(e))
	return cmd
}

func newSourcesTest(e *env) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use: "test URL", Short: "What an address would give as a source", Args: cobra.ExactArgs(1),
		Long: "Asks an address as a person would paste it (a front page, a feed, a profile), finds its best door (the platform's account, else a feed, a news sitemap, a sitemap, the page itself), shows the first items behind it " +
			"and prints an entry for `sources:` in config.yaml. Nothing is stored.",
		Example: "  tallywire sources test https://harbor.example/\n  tallywire sources test https://t.me/harborpost --format json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return usagef("--format %q: want text or json", format)
			}
			c, err := e.config()
			if errors.Is(err, config.ErrNoFile) && e.configFile == "" {
				c, err = config.Default(), nil // a first source is looked for before there is a file
			}
			if err != nil {
				return err
			}
			crawl, err := crawler.New(e.crawlerOptions(c, memstore.New()))
			if err != nil {
				return err
			}
			defer crawl.Close()
			found, err := crawl.Probe(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if format == "json" {
				enc := json.NewEncoder(e.out)
				enc.SetEscapeHTML(false)
				enc.SetIndent("", " ")
				return enc.Encode(found)
			}
			fmt.Fprintf(e.out, "%s %s: %s behind it\n", found.Type, found.URL, plural(found.Count, "item"))
			for _, t := range found.Tried {
				fmt.Fprintf(e.out, "  also tried %s %s: %s\n", t.Type, t.URL, t.Result)
			}
			for _, item := range found.Items {
				fmt.Fprintf(e.out, "  %-17s %s\n", passWords(item.Published), item.Title)
			}
			fmt.Fprintf(e.out, "\n%s", found.YAML())
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	return cmd
}

// doorWords says how a source's door is asked: at every slot of its schedule, or less because it is quiet.
func doorWords(s claims.SourceState) string {
	switch passes, until := crawler.Quiet(s); {
	case until.IsZero() || !until.After(s.LastPass) && passes == 0:
		return "-"
	default:
		return fmt.Sprintf("quiet, next %s", until.UTC().Format("15:04Z"))
	}
}

func passWords(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format("2006-01-02 15:04Z")
}
