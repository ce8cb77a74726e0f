package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tallywire/claims"
	"tallywire/internal/config"
	"tallywire/report"
	"tallywire/store"
)

// noClaim says where claims are listed, where one was not found.
func noClaim(err error) error {
	if errors.Is(err, claims.ErrNotFound) {
		return fmt.Errorf("%w; `tallywire claims` lists what there is", err)
	}
	return err
}

func newShow(e *env) *cobra.Command {
	var format, at string
	cmd := &cobra.Command{
		Use:     "show ID",
		Short:   "One claim with its evidence, reasons and history",
		Example: "  tallywire show c_0123456789abcdef\n  tallywire show c_0123456789abcdef --at 2025-05-24T14:05Z\n  tallywire show c_0123456789abcdef --format json",
		Args:    cobra.ExactArgs(1), ValidArgsFunction: offer(1, e.completeClaims),
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return usagef("--format %q: want text or json", format)
			}
			return e.withStore(cmd.Context(), func(ctx context.Context, c config.Config, s store.Store) error {
				claim, err := s.Claim(ctx, claims.ClaimID(args[0]))
				if err != nil {
					return noClaim(err)
				}
				if at != "" {
					if claim, err = e.claimAt(ctx, c, s, claim, at); err != nil {
						return err
					}
				}
				if format == "json" {
					return report.JSON(e.out, []claims.Claim{claim})
				}
				show(e.out, &claim)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	cmd.Flags().StringVar(&at, "at", "", "the claim as it stood at `TIME`")
	return cmd
}

// claimAt judges what had come out by a time and finds the claim that holds most of this one's mentions.
func (e *env) claimAt(ctx context.Context, c config.Config, s store.Store, now claims.Claim, at string) (claims.Claim, error) {
	moment, err := timeFlag("at", at)
	if err != nil {
		return now, err
	}
	board, err := e.pipeline(c, s).At(ctx, moment)
	if err != nil {
		return now, err
	}
	best, most := -1, 0
	for i := range board {
		n := 0
		for _, m := range board[i].Mentions {
			if slices.ContainsFunc(now.Mentions, func(x claims.Mention) bool { return x.ID == m.ID }) {
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	if best < 0 {
		return now, fmt.Errorf("claim %s at %s: nobody had said it yet: %w", now.ID, at, claims.ErrNotFound)
	}
	return board[best], nil
}

// show prints a claim for people.
func show(w io.Writer, c *claims.Claim) {
	fmt.Fprintf(w, "%s\n%s %s   value %s   confidence %s   %s\n", report.Visible(c.Statement), signs[c.Status], c.Status, valueWords(c.Value), c.Confidence, c.ID)
	if c.Review != nil {
		fmt.Fprintf(w, "editor: %s, by %s on %s: %s\n", c.Review.Status, report.Visible(c.Review.By), c.Review.At.Format(time.DateOnly), report.Visible(c.Review.Note))
	}
	documents := map[string]bool{}
	for _, m := range c.Mentions {
		documents[m.URL] = true
	}
	fmt.Fprintf(w, "%s, %s behind the figure\n", plural(len(documents), "document"), plural(c.Voices, "voice"))
	section(w, "Why", visible(c.Reasons))
	section(w, "What would settle it", visible(c.Settle))
	var voices []string
	for _, v := range c.Origins {
		note := ""
		switch {
		case !v.Counts:
			note = ", does not count"
		case v.Stake:
			note = ", speaks for a side"
		}
		voices = append(voices, fmt.Sprintf("%s: %s (%s%s), carried by %s", report.Visible(v.Name), valueWords(v.Value), v.Stance, note, joinIDs(v.Carriers)))
	}
	section(w, "Voices", voices)
	var mentions []string
	for _, m := range c.Mentions {
		mentions = append(mentions, fmt.Sprintf("[%s] %s · %s · %s\n      “%s”\n      %s", m.Stance, report.Visible(m.Text), m.Source, stampWords(m.Published), report.Visible(m.Sentence), report.Visible(m.URL)))
	}
	section(w, "Mentions", mentions)
	var history []string
	for _, h := range c.History {
		history = append(history, fmt.Sprintf("%s %s: %s, %s (%s)", stampWords(h.At), h.Kind, h.Status, valueWords(h.Value), report.Visible(strings.Join(h.Reasons, "; "))))
	}
	section(w, "History", history)
	var related []string
	for _, r := range c.Related {
		related = append(related, fmt.Sprintf("%s: %s", r.As, r.Claim))
	}
	section(w, "Related", related)
}

func section(w io.Writer, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for _, l := range lines {
		fmt.Fprintf(w, "  - %s\n", l)
	}
}

// visible keeps what a page says from working on the terminal: escape codes, turned writing directions.
func visible(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = report.Visible(l)
	}
	return out
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func joinIDs(ids []claims.SourceID) string {
	var out []string
	for _, id := range ids {
		out = append(out, string(id))
	}
	return strings.Join(out, ", ")
}

func stampWords(t time.Time) string {
	if t.IsZero() {
		return "no date"
	}
	return t.UTC().Format("2006-01-02 15:04Z")
}
