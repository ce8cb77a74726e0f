package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"tallywire/claims"
	"tallywire/crawler"
	"tallywire/internal/config"
	"tallywire/store"
)

// dryRun prints what a crawl of the sources would ask for. It is exit code 1 where a door fails, as the crawl would be.
func (e *env) dryRun(ctx context.Context, c config.Config, s store.Store, sources []crawler.Source, format string) error {
	crawl, err := crawler.New(e.crawlerOptions(c, s))
	if err != nil {
		return err
	}
	defer crawl.Close()
	var plans []crawler.Plan
	var failed []error
	for _, source := range sources {
		plan, err := crawl.Plan(ctx, source)
		if err != nil {
			return err
		}
		if plan.Error != "" {
			failed = append(failed, fmt.Errorf("source %s: %s: %w", plan.Source, plan.Error, claims.ErrUnavailable))
		}
		plans = append(plans, plan)
	}
	if format == "json" {
		enc := json.NewEncoder(e.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		err = enc.Encode(map[string]any{"sources": plans})
	} else {
		printPlans(e.out, plans)
	}
	return errors.Join(append(failed, err)...)
}

// printPlans prints plans for people: a row an address, then a line a source.
func printPlans(w io.Writer, plans []crawler.Plan) {
	t := table.NewWriter()
	t.SetOutputMirror(w)
	t.SetStyle(table.StyleLight)
	t.Style().Options.SeparateColumns = false
	t.AppendHeader(table.Row{"Source", "Why", "Published", "Address"})
	for _, p := range plans {
		for _, page := range p.Pages {
			t.AppendRow(table.Row{p.Source, page.Why, passWords(page.Published), page.URL})
		}
	}
	if t.Length() > 0 {
		t.Render()
	}
	for _, p := range plans {
		line := fmt.Sprintf("%s: would ask for %s", p.Source, plural(len(p.Pages), "page"))
		if p.Note != "" {
			line = fmt.Sprintf("%s: would ask for %s", p.Source, p.Note)
		}
		var passed []string
		for reason, n := range p.Reasons {
			passed = append(passed, fmt.Sprintf("%s %d", reason, n))
		}
		slices.Sort(passed)
		if len(passed) > 0 {
			line += "; passed over: " + strings.Join(passed, ", ")
		}
		if p.Error != "" {
			line += "; the door failed: " + p.Error
		}
		fmt.Fprintln(w, line)
	}
}
