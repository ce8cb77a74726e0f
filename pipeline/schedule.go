package pipeline

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"tallywire/claims"
	"tallywire/crawler"
)

// A Timed is a source with its schedule.
type Timed struct {
	Source crawler.Source
	When   cron.Schedule
}

// States is where the scheduler remembers which slots it has run.
type States interface {
	SourceState(ctx context.Context, id claims.SourceID) (claims.SourceState, error)
	PutSourceState(ctx context.Context, s claims.SourceState) error
}

// Run crawls every source on its schedule until ctx ends, and then waits for the passes under way.
//
// Each source has one goroutine, so its passes never overlap. The last slot run is stored: slots missed while
// nothing ran, or while a pass took longer than its interval, are made up by one pass, at once. Times are UTC,
// so no slot is skipped or run twice where clocks change.
//
//	source ── wait for slot ── Crawl ── Judge (one at a time) ── store slot ─┐
//	   └────────────────────────────────────────────────────────────────────┘
func (p *Pipeline) Run(ctx context.Context, c *crawler.Crawler, states States, timed []Timed) error {
	errs := make([]error, len(timed))
	var wg sync.WaitGroup
	for i, t := range timed {
		wg.Go(func() { errs[i] = p.follow(ctx, c, states, t) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

// follow runs one source's slots. It returns nil when ctx ends, and an error only where the store fails.
func (p *Pipeline) follow(ctx context.Context, c *crawler.Crawler, states States, t Timed) error {
	for {
		state, err := states.SourceState(ctx, t.Source.ID)
		if err != nil && !errors.Is(err, claims.ErrNotFound) {
			if ctx.Err() != nil {
				return nil
			}
			return fmt.Errorf("source %s: %w", t.Source.ID, err)
		}
		now := p.Now().UTC()
		slot, due := dueSlot(t.When, state.LastSlot, now)
		wait := slot.Sub(now)
		if rest := state.NextPass.Sub(now); state.Fails > 0 && rest > 0 {
			due, wait = false, max(wait, rest) // the crawler asks to leave a failing source alone for longer
		}
		if !due {
			timer := time.NewTimer(wait)
			select {
			case <-ctx.Done():
				timer.Stop()
				return nil
			case <-timer.C:
			}
			continue
		}
		done, err := p.turn(ctx, t.Source.ID)
		if err != nil {
			return nil
		}
		source := t.Source
		source.Every = interval(t.When, slot)
		_, err = c.Crawl(ctx, source)
		done()
		if ctx.Err() != nil {
			return nil // the pass was cut short: its slot is due again
		}
		if err != nil {
			p.Log.Warn("pass failed", "source", t.Source.ID, "err", err)
		}
		changes, err := p.Judge(ctx, false)
		if err != nil && ctx.Err() == nil {
			p.Log.Error("judging failed", "source", t.Source.ID, "err", err)
		} else if changes.New+changes.Changed+changes.Removed > 0 {
			p.Log.Info("board changed", "source", t.Source.ID, "new", changes.New, "changed", changes.Changed, "removed", changes.Removed)
		}
		if err := p.markSlot(ctx, states, t, slot); err != nil && ctx.Err() == nil {
			return err
		}
	}
}

// markSlot stores that a slot was run, beside what the pass itself stored.
func (p *Pipeline) markSlot(ctx context.Context, states States, t Timed, slot time.Time) error {
	state, err := states.SourceState(ctx, t.Source.ID)
	if err != nil && !errors.Is(err, claims.ErrNotFound) {
		return fmt.Errorf("source %s: %w", t.Source.ID, err)
	}
	state.Source, state.LastSlot = t.Source.ID, slot
	if next := t.When.Next(slot); next.After(state.NextPass) {
		state.NextPass = next
	}
	return states.PutSourceState(ctx, state)
}

// interval is how long after a slot the next one comes.
func interval(when cron.Schedule, slot time.Time) time.Duration { return when.Next(slot).Sub(slot) }

// dueSlot returns the newest slot that has come since the last one run and true, or the next one to wait for and
// false. A source that never ran is due at once.
func dueSlot(when cron.Schedule, last, now time.Time) (time.Time, bool) {
	if last.IsZero() {
		return now, true
	}
	next := when.Next(last)
	if next.After(now) {
		return next, false
	}
	for n := 0; n < 10000; n++ { // a bound: a slot a second for hours of downtime need not be walked
		after := when.Next(next)
		if after.After(now) || after.IsZero() {
			return next, true
		}
		next = after
	}
	return now, true
}
