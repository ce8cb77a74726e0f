package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"tallywire/access"
	"tallywire/claims"
	"tallywire/internal/config"
	"tallywire/store"
)

func newReview(e *env) *cobra.Command {
	var status, note, by string
	var clearIt bool
	cmd := &cobra.Command{
		Use:   "review ID",
		Short: "An editor's word on a claim, kept beside the machine's status",
		Example: `  tallywire review c_0123456789abcdef --status verified --note "confirmed by phone" --by "A. Editor"
  tallywire review c_0123456789abcdef --clear --by "A. Editor"
  tallywire review merge c_0123456789abcdef c_fedcba9876543210 --by "A. Editor"
  tallywire review split c_0123456789abcdef --mentions m_1,m_2 --by "A. Editor"
  tallywire review undo d_0123456789abcdef --by "A. Editor"`,
		Args: cobra.ExactArgs(1), ValidArgsFunction: offer(1, e.completeClaims),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case by == "":
				return usagef("--by NAME is missing: whose word is it?")
			case clearIt == (status != ""):
				return usagef("give --status verified|disputed|unverified, or --clear")
			case status != "" && !slices.Contains([]string{"verified", "disputed", "unverified"}, status):
				return usagef("--status %q: want verified, disputed or unverified", status)
			}
			return e.decide(cmd.Context(), func(ctx context.Context, s store.Store) (claims.Decision, error) {
				c, err := s.Claim(ctx, claims.ClaimID(args[0]))
				if err != nil {
					return claims.Decision{}, noClaim(err)
				}
				return claims.Decision{Kind: claims.DecideReview, Claim: c.ID, Mentions: firstMention(c), Status: claims.Status(status), Note: note, By: by}, nil
			})
		},
	}
	cmd.PersistentFlags().StringVar(&by, "by", "", "`NAME` of the editor")
	cmd.PersistentFlags().StringVar(&note, "note", "", "why, in a sentence")
	cmd.Flags().StringVar(&status, "status", "", "verified, disputed or unverified")
	cmd.Flags().BoolVar(&clearIt, "clear", false, "take the review back")
	cmd.AddCommand(newReviewMerge(e, &by, &note), newReviewSplit(e, &by, &note), newReviewUndo(e, &by, &note))
	return cmd
}

func firstMention(c claims.Claim) []claims.MentionID {
	if len(c.Mentions) == 0 {
		return nil
	}
	return []claims.MentionID{c.Mentions[0].ID}
}

func newReviewMerge(e *env, by, note *string) *cobra.Command {
	return &cobra.Command{
		Use: "merge A B", Short: "Two claims are one", Args: cobra.ExactArgs(2), ValidArgsFunction: offer(2, e.completeClaims), Example: `  tallywire review merge c_0123456789abcdef c_fedcba9876543210 --by "A. Editor"`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if *by == "" {
				return usagef("--by NAME is missing: whose word is it?")
			}
			return e.decide(cmd.Context(), func(ctx context.Context, s store.Store) (claims.Decision, error) {
				d := claims.Decision{Kind: claims.DecideMerge, Claim: claims.ClaimID(args[0]), Other: claims.ClaimID(args[1]), Note: *note, By: *by}
				for _, id := range args {
					c, err := s.Claim(ctx, claims.ClaimID(id))
					if err != nil {
						return d, noClaim(err)
					}
					d.Mentions = append(d.Mentions, firstMention(c)...)
				}
				return d, nil
			})
		},
	}
}

func newReviewSplit(e *env, by, note *string) *cobra.Command {
	var mentions []string
	cmd := &cobra.Command{
		Use: "split ID", Short: "Some mentions speak of another claim", Args: cobra.ExactArgs(1), ValidArgsFunction: offer(1, e.completeClaims), Example: `  tallywire review split c_0123456789abcdef --mentions m_1,m_2 --by "A. Editor"`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if *by == "" || len(mentions) == 0 {
				return usagef("want --by NAME and --mentions ID,ID")
			}
			return e.decide(cmd.Context(), func(ctx context.Context, s store.Store) (claims.Decision, error) {
				d := claims.Decision{Kind: claims.DecideSplit, Claim: claims.ClaimID(args[0]), Note: *note, By: *by}
				c, err := s.Claim(ctx, d.Claim)
				if err != nil {
					return d, noClaim(err)
				}
				for _, id := range mentions {
					if !slices.ContainsFunc(c.Mentions, func(m claims.Mention) bool { return string(m.ID) == id }) {
						return d, fmt.Errorf("mention %s of claim %s: %w", id, c.ID, claims.ErrNotFound)
					}
					d.Mentions = append(d.Mentions, claims.MentionID(id))
				}
				return d, nil
			})
		},
	}
	cmd.Flags().StringSliceVar(&mentions, "mentions", nil, "`IDS` of the mentions that leave, parted by commas")
	return cmd
}

func newReviewUndo(e *env, by, note *string) *cobra.Command {
	return &cobra.Command{
		Use: "undo DECISION", Short: "Take a review, merge or split back", Args: cobra.ExactArgs(1), Example: `  tallywire review undo d_0123456789abcdef --by "A. Editor"`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if *by == "" {
				return usagef("--by NAME is missing: whose word is it?")
			}
			return e.decide(cmd.Context(), func(ctx context.Context, s store.Store) (claims.Decision, error) {
				made, err := s.Decisions(ctx)
				if err != nil {
					return claims.Decision{}, err
				}
				if !slices.ContainsFunc(made, func(d claims.Decision) bool { return d.ID == args[0] }) {
					return claims.Decision{}, fmt.Errorf("decision %s: %w", args[0], claims.ErrNotFound)
				}
				return claims.Decision{Kind: claims.DecideUndo, Undoes: args[0], Note: *note, By: *by}, nil
			})
		},
	}
}

// decide keeps an editor's decision, judges again and prints the decision with what it changed.
func (e *env) decide(ctx context.Context, make func(context.Context, store.Store) (claims.Decision, error)) error {
	return e.withStore(ctx, func(ctx context.Context, c config.Config, s store.Store) error {
		d, err := make(ctx, s)
		if err != nil {
			return err
		}
		if _, err := access.NewLog(s, e.now).Append(ctx, access.Entry{Who: d.By + " (command line)", What: string(d.Kind), Object: cmp.Or(string(d.Claim), d.Undoes), After: string(d.Status), Reason: d.Note}); err != nil {
			return err
		}
		ed := &editor{store: s, pipeline: e.pipeline(c, s), now: e.now}
		if d, err = ed.Decide(ctx, d); err != nil {
			return err
		}
		changes := ed.changes
		fmt.Fprintf(e.out, "%s kept; %d new, %d changed, %d gone on the board; `tallywire review undo %s` takes it back\n", d.ID, changes.New, changes.Changed, changes.Removed, d.ID)
		return nil
	})
}
