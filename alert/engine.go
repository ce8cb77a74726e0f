package alert

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"tallywire/claims"
)

// Board is what an Engine reads to catch up.
type Board interface {
	Claims(ctx context.Context, after claims.ClaimID, limit int) ([]claims.Claim, claims.ClaimID, error)
}

// A Channel is where messages go.
type Channel struct {
	ID     string
	Sender Sender
	Digest time.Duration // 0: each event at once; else those of each such stretch of UTC together, after its end
}

// A Sender delivers messages. Its error wraps ErrGone where trying again is of no use.
type Sender interface {
	Send(ctx context.Context, d Delivery) error
}

// A Delivery is what goes out at once: one event, or a digest's.
type Delivery struct {
	ID     string    // idempotency key, the same at every try
	At     time.Time // of this try
	Events []Event   // oldest first
}

// Options are what an Engine is made of.
type Options struct {
	Settings Settings
	Board    Board
	Rules    []Rule
	Channels []Channel
	Now      func() time.Time // time.Now
	Log      *slog.Logger
}

// An Engine is safe for concurrent use, within one process.
type Engine struct {
	Options
	outbox outbox
	mu     sync.Mutex    // over outbox and seen
	wake   chan struct{} // something was queued
}

// New makes an Engine. The error wraps claims.ErrInvalid where a rule names a channel that there is not.
func New(o Options) (*Engine, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	for _, r := range o.Rules {
		for _, id := range r.To {
			if !slices.ContainsFunc(o.Channels, func(c Channel) bool { return c.ID == id }) {
				return nil, fmt.Errorf("%w: alert rule %s: there is no channel %q", claims.ErrInvalid, r.ID, id)
			}
		}
	}
	return &Engine{Options: o, outbox: outbox{o.Settings}, wake: make(chan struct{}, 1)}, nil
}

// Observe looks at claims that were just written (now) and removed, which lead to a board of a version, and
// queues what rules pick. When it returns nil the events are on disk.
func (e *Engine) Observe(ctx context.Context, now []claims.Claim, removed []claims.ClaimID, version string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.observe(ctx, now, removed, false); err != nil {
		return fmt.Errorf("alerts: %w", err)
	}
	return e.Settings.PutSetting(ctx, versionName, version)
}

// CatchUp looks at every claim of the board, where it is not of the version that was last looked at: what was
// written while no Engine listened, or one was cut short, is told of now. The first time of all, the board as
// it is becomes known and nothing is told.
func (e *Engine) CatchUp(ctx context.Context, version string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	known, err := e.outbox.get(ctx, versionName)
	if err != nil {
		return fmt.Errorf("alerts: %w", err)
	}
	if known == version && known != "" {
		return nil
	}
	gone := map[claims.ClaimID]bool{}
	for n := range 256 {
		part, err := e.seen(ctx, fmt.Sprintf("%02x", n))
		if err != nil {
			return fmt.Errorf("alerts: %w", err)
		}
		for id := range part {
			gone[id] = true
		}
	}
	var after claims.ClaimID
	var all []claims.Claim // those that are new or not as they were seen, for a claim may go on under another ID
	for {
		page, next, err := e.Board.Claims(ctx, after, 200)
		if err != nil {
			return fmt.Errorf("alerts: read claims: %w", err)
		}
		for i := range page {
			delete(gone, page[i].ID)
			all = append(all, page[i])
		}
		if after = next; next == "" {
			break
		}
	}
	removed := make([]claims.ClaimID, 0, len(gone))
	for id := range gone {
		removed = append(removed, id)
	}
	slices.Sort(removed)
	if err := e.observe(ctx, all, removed, known == ""); err != nil {
		return fmt.Errorf("alerts: %w", err)
	}
	if version == "" {
		version = "0"
	}
	return e.Settings.PutSetting(ctx, versionName, version)
}

// part names the part of seen that a claim stands in.
func part(id claims.ClaimID) string {
	hex := strings.TrimPrefix(string(id), "c_")
	if len(hex) < 2 {
		return "00"
	}
	return hex[:2]
}

func (e *Engine) seen(ctx context.Context, name string) (map[claims.ClaimID]seen, error) {
	raw, err := e.outbox.get(ctx, seenName+name)
	if err != nil {
		return nil, err
	}
	out := map[claims.ClaimID]seen{}
	if raw == "" {
		return out, nil
	}
	return out, json.Unmarshal([]byte(raw), &out)
}

// observe compares claims with what was seen of them, queues events and then takes over what is seen now. Cut
// short, it does the same again: events that are queued already stay as they are.
func (e *Engine) observe(ctx context.Context, now []claims.Claim, removed []claims.ClaimID, quiet bool) error {
	parts := map[string]map[claims.ClaimID]seen{}
	of := func(id claims.ClaimID) (map[claims.ClaimID]seen, error) {
		name := part(id)
		if parts[name] == nil {
			p, err := e.seen(ctx, name)
			if err != nil {
				return nil, err
			}
			parts[name] = p
		}
		return parts[name], nil
	}
	moved := map[claims.MentionID]seen{} // what was seen of claims that are gone, by their mentions
	for _, id := range removed {
		p, err := of(id)
		if err != nil {
			return err
		}
		for _, m := range p[id].Mentions {
			moved[m] = p[id]
		}
		delete(p, id)
	}
	queued := 0
	for i := range now {
		c := &now[i]
		p, err := of(c.ID)
		if err != nil {
			return err
		}
		var was *seen
		if s, ok := p[c.ID]; ok {
			was = &s
		}
		for j := 0; was == nil && j < len(c.Mentions); j++ {
			if s, ok := moved[c.Mentions[j].ID]; ok { // an earlier mention turned up and gave the claim another ID
				was = &s
			}
		}
		if !quiet {
			n, err := e.queue(ctx, was, c)
			if err != nil {
				return err
			}
			queued += n
		}
		p[c.ID] = seenOf(c)
	}
	for _, name := range sortedKeys(parts) {
		raw, err := json.Marshal(parts[name])
		if err != nil {
			return err
		}
		if err := e.Settings.PutSetting(ctx, seenName+name, string(raw)); err != nil {
			return err
		}
	}
	if queued > 0 {
		select {
		case e.wake <- struct{}{}:
		default:
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// queue keeps the events of one claim for their channels.
func (e *Engine) queue(ctx context.Context, was *seen, c *claims.Claim) (int, error) {
	n := 0
	for i := range e.Rules {
		r := &e.Rules[i]
		for _, event := range r.events(was, c) {
			for _, to := range r.To {
				now := e.Now().UTC()
				fresh, err := e.outbox.add(ctx, message{ID: eventID(event.ID, to), Channel: to, Event: event, Queued: now, Due: now})
				if err != nil {
					return n, err
				}
				if fresh {
					n++
				}
			}
		}
	}
	return n, nil
}
