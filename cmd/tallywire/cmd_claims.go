package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"tallywire/claims"
	"tallywire/internal/config"
	"tallywire/pipeline"
	"tallywire/report"
	"tallywire/store"
)

// filterFlags are the flags that pick claims, the same on claims and export.
type filterFlags struct {
	status, topic, source, language, since, until, unit, min, max, sort string
	limit                                                               int
}

func (f *filterFlags) register(e *env, cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.status, "status", "", "verified, disputed or unverified")
	cmd.Flags().StringVar(&f.topic, "topic", "", "topic `ID` of config.yaml")
	cmd.Flags().StringVar(&f.source, "source", "", "source `ID` of config.yaml that mentions it")
	cmd.Flags().StringVar(&f.language, "language", "", "`LANGUAGE` of a mention: en, uk ...")
	cmd.Flags().StringVar(&f.since, "since", "", "last changed at or after `TIME` (YYYY-MM-DD or RFC 3339, UTC)")
	cmd.Flags().StringVar(&f.until, "until", "", "last changed before `TIME`")
	cmd.Flags().StringVar(&f.unit, "unit", "", "unit class or name: count, percent, currency, captive, EUR ...")
	cmd.Flags().StringVar(&f.min, "min", "", "least best value")
	cmd.Flags().StringVar(&f.max, "max", "", "greatest best value")
	cmd.Flags().StringVar(&f.sort, "sort", "changed", "order: "+strings.Join(claims.Sorts, ", "))
	cmd.Flags().IntVar(&f.limit, "limit", 0, "at most `N` claims; 0 for all")
	_ = cmd.RegisterFlagCompletionFunc("topic", offer(many, whole(e.completeTopics)))
	_ = cmd.RegisterFlagCompletionFunc("source", offer(many, whole(e.completeSources)))
	for name, values := range map[string][]string{"status": {"verified", "disputed", "unverified"}, "sort": claims.Sorts, "language": {"en", "uk", "ru", "de", "fr", "es"}} {
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
}

// filter reads the flags; words are those of a full-text query.
func (f *filterFlags) filter(words []string) (claims.Filter, error) {
	out := claims.Filter{Words: words, Status: claims.Status(f.status), Topic: f.topic, Source: claims.SourceID(f.source), Language: f.language, Unit: f.unit, Sort: f.sort, Limit: f.limit}
	var err error
	if out.Since, err = timeFlag("since", f.since); err != nil {
		return out, err
	}
	if out.Until, err = timeFlag("until", f.until); err != nil {
		return out, err
	}
	if out.Min, err = numberFlag("min", f.min); err != nil {
		return out, err
	}
	if out.Max, err = numberFlag("max", f.max); err != nil {
		return out, err
	}
	return out, out.Validate()
}

func timeFlag(name, s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, usagef("--%s %q: want YYYY-MM-DD or a time like 2025-05-24T14:05:00Z", name, s)
}

func numberFlag(name, s string) (claims.Number, error) {
	if s == "" {
		return claims.Number{}, nil
	}
	n, err := claims.ParseNumber(s)
	if err != nil {
		return n, usagef("--%s %q: want a plain number like 390 or 37.8", name, s)
	}
	return n, nil
}

func newClaims(e *env) *cobra.Command {
	var flags filterFlags
	var format, at string
	var full bool
	cmd := &cobra.Command{
		Use:   "claims [WORDS...]",
		Short: "The board: what is claimed, and what the sources make of it",
		Long: `Lists claims, last changed first. WORDS must all be said, in any form and any language; a typo is forgiven where nothing is found.
"In quotes" words stand in a row, pris* begins so, -word must not be said, and field:value looks into status, review, topic, source,
speaker, party, place, unit, lang, lifecycle, id, value (390, 300..400, >300), since and until. Behind -- where one begins with a minus.`,
		Example: `  tallywire claims
  tallywire claims prisoners --status disputed
  tallywire claims -- '"each side" value:>300 -drones'
  tallywire claims --topic prisoner-exchange --since 2025-05-23 --format json
  tallywire claims --at 2025-05-24T14:05Z        the board as it stood then`,
		RunE: func(cmd *cobra.Command, args []string) error {
			filter, err := flags.filter(args)
			if err != nil {
				return err
			}
			if !strings.Contains(" table json jsonl csv ", " "+format+" ") {
				return usagef("--format %q: want table, json, jsonl or csv", format)
			}
			return e.withStore(cmd.Context(), func(ctx context.Context, c config.Config, s store.Store) error {
				cs, err := e.pick(ctx, c, s, filter, at)
				if err != nil {
					return err
				}
				if format == "table" {
					return board(e.out, cs, colourful(e))
				}
				if !full && format != "csv" {
					for i := range cs {
						cs[i].Mentions, cs[i].History = nil, nil
					}
				}
				return report.Write(e.out, format, cs)
			})
		},
	}
	flags.register(e, cmd)
	cmd.Flags().StringVar(&format, "format", "table", "table, json, jsonl or csv")
	cmd.Flags().BoolVar(&full, "full", false, "with every mention and the whole history (json, jsonl)")
	cmd.Flags().StringVar(&at, "at", "", "the board as it stood at `TIME`, by what had come out until then")
	return cmd
}

// pick reads the claims that a filter picks, in its order; at != "" judges what had come out by then.
func (e *env) pick(ctx context.Context, c config.Config, s store.Store, f claims.Filter, at string) ([]claims.Claim, error) {
	var all []claims.Claim
	moment, err := timeFlag("at", at)
	if err != nil {
		return nil, err
	}
	if at == "" {
		all, err = pipeline.All(ctx, s)
	} else {
		all, err = e.pipeline(c, s).At(ctx, moment)
	}
	if err != nil {
		return nil, err
	}
	if len(f.Words) > 0 {
		if all, err = matching(ctx, s, all, f.Words, at == ""); err != nil {
			return nil, err
		}
		f.Words = nil
	}
	var out []claims.Claim
	for i := range all {
		if f.Matches(&all[i]) {
			out = append(out, all[i])
		}
	}
	return f.Order(out), nil
}

// signs stand beside a status word, so that colour is never the only sign.
var signs = map[claims.Status]string{claims.Verified: "✔", claims.Disputed: "≠", claims.Unverified: "?"}

// board prints claims as a table for people.
func board(w io.Writer, cs []claims.Claim, colour bool) error {
	if len(cs) == 0 {
		_, err := fmt.Fprintln(w, "no claims here; `tallywire crawl` fills the board, and fewer filters show more of it")
		return err
	}
	t := table.NewWriter()
	t.SetOutputMirror(w)
	t.SetStyle(table.StyleLight)
	t.Style().Options.SeparateColumns = false
	t.AppendHeader(table.Row{"ID", "Status", "Value", "Claim", "Voices", "Why"})
	for i := range cs {
		c := &cs[i]
		status := signs[c.Status] + " " + string(c.Status)
		if colour {
			status = map[claims.Status]text.Color{claims.Verified: text.FgGreen, claims.Disputed: text.FgRed, claims.Unverified: text.FgYellow}[c.Status].Sprint(status)
		}
		why := ""
		if len(c.Reasons) > 0 {
			why = c.Reasons[0]
		}
		t.AppendRow(table.Row{c.ID, status, valueWords(c.Value), report.Visible(c.Statement), c.Voices, report.Visible(why)})
	}
	t.SetColumnConfigs([]table.ColumnConfig{{Name: "Value", Align: text.AlignRight}, {Name: "Claim", WidthMax: 52, WidthMaxEnforcer: text.WrapSoft}, {Name: "Voices", Align: text.AlignRight}, {Name: "Why", WidthMax: 56, WidthMaxEnforcer: text.WrapSoft}})
	t.Render()
	return nil
}

// valueWords puts a value as people write it: 390, 78 to 112, at least 300.
func valueWords(v claims.Value) string {
	switch {
	case v.Low.Known() && v.High.Known() && !v.Low.Equal(v.High):
		if v.Best.Known() {
			return fmt.Sprintf("%s (%s–%s)", v.Best, v.Low, v.High)
		}
		return fmt.Sprintf("%s–%s", v.Low, v.High)
	case v.Best.Known() && !v.High.Known():
		return "≥ " + v.Best.String()
	case v.Best.Known() && !v.Low.Known():
		return "≤ " + v.Best.String()
	}
	return v.Best.String()
}
