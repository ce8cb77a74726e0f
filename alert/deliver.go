package alert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrGone is the error of a Sender where trying again is of no use: the receiver said that it is no more.
var ErrGone = errors.New("the receiver is gone")

// A RetryError is a failure after which the receiver asked for patience.
type RetryError struct {
	Err   error
	After time.Duration
}

func (e *RetryError) Error() string { return e.Err.Error() }

func (e *RetryError) Unwrap() error { return e.Err }

// waits are the times between tries, as Standard Webhooks advises; after the last one a message is given up
// and kept.
var waits = []time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour}

// maxWait bounds what a receiver can ask for.
const maxWait = 24 * time.Hour

// idle is how long Run waits at most before it looks again.
const idle = time.Minute

// Run delivers until ctx ends.
func (e *Engine) Run(ctx context.Context) {
	for ctx.Err() == nil {
		next, err := e.Flush(ctx)
		if err != nil && ctx.Err() == nil {
			e.Log.Error("alerts not delivered", "err", err)
		}
		wait := idle
		if now := e.Now(); !next.IsZero() && next.Sub(now) < wait {
			wait = max(next.Sub(now), time.Second)
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-e.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// Flush delivers everything that is due and returns when the next is, the zero time where nothing waits. A
// channel that fails is left alone until its message is due again; the error is of the store.
func (e *Engine) Flush(ctx context.Context) (next time.Time, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	waiting := map[string][]message{} // of channels with a digest
	down := map[string]bool{}
	soon := func(t time.Time) {
		if next.IsZero() || t.Before(next) {
			next = t
		}
	}
	err = e.outbox.each(ctx, func(m message) error {
		if m.Failed {
			return nil
		}
		i := slices.IndexFunc(e.Channels, func(c Channel) bool { return c.ID == m.Channel })
		if i < 0 {
			return nil // the channel was taken out of the configuration; it may come back
		}
		c := &e.Channels[i]
		now := e.Now().UTC()
		switch {
		case c.Digest > 0:
			waiting[c.ID] = append(waiting[c.ID], m)
			return nil
		case down[c.ID] || m.Due.After(now):
			soon(m.Due)
			return nil
		}
		sent := c.Sender.Send(ctx, Delivery{ID: m.ID, At: now, Events: []Event{m.Event}})
		if ctx.Err() != nil && sent != nil {
			return ctx.Err() // cut short: it is due again
		}
		if sent == nil {
			return e.outbox.done(ctx, m.Seq)
		}
		down[c.ID] = true
		m = e.failed(m, sent)
		if !m.Failed {
			soon(m.Due)
		}
		return e.outbox.put(ctx, m)
	})
	if err != nil {
		return next, err
	}
	for _, id := range sortedKeys(waiting) {
		i := slices.IndexFunc(e.Channels, func(c Channel) bool { return c.ID == id })
		due, err := e.digest(ctx, &e.Channels[i], waiting[id])
		if err != nil {
			return next, err
		}
		if !due.IsZero() {
			soon(due)
		}
	}
	return next, nil
}

// FlushNew is Flush where anything was queued since the last one that Run or FlushNew made.
func (e *Engine) FlushNew(ctx context.Context) error {
	select {
	case <-e.wake:
		_, err := e.Flush(ctx)
		return err
	default:
		return nil
	}
}

// failed is a message after a try that failed.
func (e *Engine) failed(m message, err error) message {
	m.Error = line(err.Error(), 500)
	e.Log.Warn("alert not delivered", "channel", m.Channel, "alert", m.ID, "tries", m.Tries+1, "err", err)
	if m.Tries >= len(waits) || errors.Is(err, ErrGone) {
		m.Failed = true
	} else {
		wait := waits[m.Tries]
		var patience *RetryError
		if errors.As(err, &patience) && patience.After > wait {
			wait = min(patience.After, maxWait)
		}
		m.Due = e.Now().UTC().Add(wait)
	}
	m.Tries++
	return m
}

// plan is a digest about to be sent. It is kept before the sending, so that a second try is the same mail.
type plan struct {
	ID    string   `json:"id"`
	Seqs  []uint64 `json:"seqs"`
	Tries int      `json:"tries"`
}

// digest sends the messages of the stretches that are over, and returns when it is to be called again.
func (e *Engine) digest(ctx context.Context, c *Channel, waiting []message) (time.Time, error) {
	now := e.Now().UTC()
	slot := now.Truncate(c.Digest)
	var p plan
	raw, err := e.outbox.get(ctx, planName+c.ID)
	if err == nil && raw != "" {
		err = json.Unmarshal([]byte(raw), &p)
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("digest of %s: %w", c.ID, err)
	}
	if p.ID == "" {
		parts := []string{"digest", c.ID}
		for _, m := range waiting {
			if m.Queued.Before(slot) {
				p.Seqs = append(p.Seqs, m.Seq)
				parts = append(parts, m.ID)
			}
		}
		if len(p.Seqs) == 0 {
			return slot.Add(c.Digest), nil
		}
		p.ID = eventID(parts...)
		if err := e.putPlan(ctx, c, p); err != nil {
			return time.Time{}, err
		}
	}
	d := Delivery{ID: p.ID, At: now}
	var of []message
	for _, m := range waiting {
		if slices.Contains(p.Seqs, m.Seq) {
			of = append(of, m)
			d.Events = append(d.Events, m.Event)
		}
	}
	if len(of) > 0 {
		if of[0].Due.After(now) {
			return of[0].Due, nil
		}
		sent := c.Sender.Send(ctx, d)
		if ctx.Err() != nil && sent != nil {
			return time.Time{}, ctx.Err()
		}
		if sent != nil {
			for _, m := range of {
				m = e.failed(m, sent)
				if err := e.outbox.put(ctx, m); err != nil {
					return time.Time{}, err
				}
				of[0].Due = m.Due
				if m.Failed {
					p = plan{}
				}
			}
			if p.ID == "" {
				return slot.Add(c.Digest), e.putPlan(ctx, c, p)
			}
			return of[0].Due, nil
		}
	}
	for _, seq := range p.Seqs {
		if err := e.outbox.done(ctx, seq); err != nil {
			return time.Time{}, err
		}
	}
	return slot.Add(c.Digest), e.putPlan(ctx, c, plan{})
}

func (e *Engine) putPlan(ctx context.Context, c *Channel, p plan) error {
	raw := []byte("")
	if p.ID != "" {
		var err error
		if raw, err = json.Marshal(p); err != nil {
			return err
		}
	}
	return e.Settings.PutSetting(ctx, planName+c.ID, string(raw))
}

// A Waiting is what is in the outbox for one channel.
type Waiting struct {
	Channel string    `json:"channel"`
	Pending int       `json:"pending"`
	Failed  int       `json:"failed"` // given up, kept
	Oldest  time.Time `json:"oldest,omitzero"`
	Error   string    `json:"error,omitempty"` // of the last try that failed
}

// Waiting lists what is in the outbox, a line a channel that has any, by ID.
func (e *Engine) Waiting(ctx context.Context) ([]Waiting, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	by := map[string]Waiting{}
	err := e.outbox.each(ctx, func(m message) error {
		w := by[m.Channel]
		w.Channel = m.Channel
		if m.Failed {
			w.Failed++
		} else {
			w.Pending++
		}
		if w.Oldest.IsZero() {
			w.Oldest = m.Queued
		}
		if m.Error != "" {
			w.Error = m.Error
		}
		by[m.Channel] = w
		return nil
	})
	out := make([]Waiting, 0, len(by))
	for _, id := range sortedKeys(by) {
		out = append(out, by[id])
	}
	return out, err
}
