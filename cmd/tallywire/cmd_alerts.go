package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"tallywire/alert"
	"tallywire/claims"
	"tallywire/internal/config"
	"tallywire/store"
)

func newAlerts(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "alerts",
		Short: "Who is told of changes: what waits, and a test",
		Long: "Rules and channels stand in config.yaml under `alerts:`. `run` and `serve` deliver; other commands that change the board deliver what\n" +
			"they caused before they end. What cannot be delivered waits in the store and is tried again for three days.",
		Example: "  tallywire alerts status\n  tallywire alerts test desk-hook\n  tallywire alerts send",
	}
	cmd.AddCommand(newAlertsStatus(e), newAlertsTest(e), newAlertsSend(e))
	return cmd
}

// withAlerts runs f with the configuration's alert rules at work.
func (e *env) withAlerts(ctx context.Context, f func(context.Context, config.Config, *alert.Engine) error) error {
	return e.withStore(ctx, func(ctx context.Context, c config.Config, s store.Store) error {
		w, ok := s.(*watched)
		if !ok || w.alerts == nil {
			return usagef("%s has no rules under `alerts:`; one is {id: changes, when: [status], query: \"\", to: [CHANNEL]}", c.File)
		}
		return f(ctx, c, w.alerts)
	})
}

func newAlertsStatus(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "What waits in the outbox, as JSON", Args: cobra.NoArgs, Example: "  tallywire alerts status",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.withAlerts(cmd.Context(), func(ctx context.Context, _ config.Config, engine *alert.Engine) error {
				waiting, err := engine.Waiting(ctx)
				if err != nil {
					return err
				}
				enc := json.NewEncoder(e.out)
				enc.SetIndent("", " ")
				return enc.Encode(map[string]any{"waiting": waiting})
			})
		},
	}
}

func newAlertsTest(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "test CHANNEL", Short: "Send a test message to a channel", Args: cobra.ExactArgs(1), ValidArgsFunction: offer(1, whole(e.completeChannels)), Example: "  tallywire alerts test desk-hook",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := e.config()
			if err != nil {
				return err
			}
			for _, ch := range c.Alerts.Channels {
				if ch.ID != args[0] {
					continue
				}
				sender, err := e.sender(c, ch)
				if err != nil {
					return err
				}
				now := e.now().UTC()
				event := alert.Event{ID: "e_test", Kind: alert.NewClaim, Rule: "test", At: now, Claim: "c_0000000000000000", Statement: "a test of this channel, no claim", Status: claims.Unverified, Reasons: []string{"somebody ran `tallywire alerts test`"}}
				if err := sender.Send(cmd.Context(), alert.Delivery{ID: fmt.Sprintf("e_test_%d", now.UnixNano()), At: now, Events: []alert.Event{event}}); err != nil {
					return fmt.Errorf("channel %s: %w", ch.ID, err)
				}
				fmt.Fprintf(e.err, "%s took it\n", ch.ID)
				return nil
			}
			return fmt.Errorf("channel %s: not under alerts.channels in %s: %w", args[0], c.File, claims.ErrNotFound)
		},
	}
}

func newAlertsSend(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "send", Short: "Deliver what is due now", Args: cobra.NoArgs, Example: "  tallywire alerts send",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.withAlerts(cmd.Context(), func(ctx context.Context, _ config.Config, engine *alert.Engine) error {
				if _, err := engine.Flush(ctx); err != nil {
					return err
				}
				waiting, err := engine.Waiting(ctx)
				if err != nil {
					return err
				}
				n := 0
				for _, w := range waiting {
					n += w.Pending
				}
				fmt.Fprintf(e.err, "%s still waiting\n", plural(n, "alert"))
				return nil
			})
		},
	}
}
