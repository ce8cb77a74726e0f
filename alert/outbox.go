package alert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"tallywire/claims"
)

// Settings is what the outbox needs of a store: small named values. A name that is not there is claims.ErrNotFound.
type Settings interface {
	Setting(ctx context.Context, name string) (string, error)
	PutSetting(ctx context.Context, name, value string) error
}

// Names of settings.
//
//	alert/next        number of the next message
//	alert/first       number below which every message is done
//	alert/out/N       a message; "" once it is delivered
//	alert/id/ID       number of the message of an event for a channel
//	alert/seen/XX     what the claims whose IDs begin with XX (hex) were when last looked at
//	alert/version     version of the board that was last looked at
//	alert/plan/ID     the digest that a mail channel is about to send
const (
	nextName    = "alert/next"
	firstName   = "alert/first"
	outName     = "alert/out/"
	idName      = "alert/id/"
	seenName    = "alert/seen/"
	versionName = "alert/version"
	planName    = "alert/plan/"
)

// A message is an event on its way to a channel.
type message struct {
	Seq     uint64    `json:"seq"`
	ID      string    `json:"id"` // idempotency key: of event and channel
	Channel string    `json:"channel"`
	Event   Event     `json:"event"`
	Queued  time.Time `json:"queued"`
	Tries   int       `json:"tries"`
	Due     time.Time `json:"due"`
	Failed  bool      `json:"failed,omitempty"` // given up
	Error   string    `json:"error,omitempty"`  // of the last try
}

// An outbox keeps messages in a store. Its caller sees to it that one goroutine uses it at a time.
type outbox struct{ settings Settings }

func (o outbox) get(ctx context.Context, name string) (string, error) {
	v, err := o.settings.Setting(ctx, name)
	if errors.Is(err, claims.ErrNotFound) {
		return "", nil
	}
	return v, err
}

func (o outbox) number(ctx context.Context, name string) (uint64, error) {
	raw, err := o.get(ctx, name)
	if err != nil || raw == "" {
		return 1, err
	}
	n, err := strconv.ParseUint(raw, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("setting %s: %w", name, err)
	}
	return n, nil
}

func (o outbox) putNumber(ctx context.Context, name string, n uint64) error {
	return o.settings.PutSetting(ctx, name, strconv.FormatUint(n, 10))
}

func outAt(seq uint64) string { return outName + strconv.FormatUint(seq, 10) }

// add keeps a message, and reports false where its event was kept for its channel before. It can be cut
// short anywhere and repeated: the number of the next message moves last.
func (o outbox) add(ctx context.Context, m message) (bool, error) {
	next, err := o.number(ctx, nextName)
	if err != nil {
		return false, err
	}
	if known, err := o.get(ctx, idName+m.ID); err != nil {
		return false, err
	} else if known != "" {
		if n, err := strconv.ParseUint(known, 10, 64); err == nil && n < next {
			return false, nil
		}
	}
	m.Seq = next
	if err := o.settings.PutSetting(ctx, idName+m.ID, strconv.FormatUint(next, 10)); err != nil {
		return false, err
	}
	if err := o.put(ctx, m); err != nil {
		return false, err
	}
	return true, o.putNumber(ctx, nextName, next+1)
}

func (o outbox) put(ctx context.Context, m message) error {
	raw, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return o.settings.PutSetting(ctx, outAt(m.Seq), string(raw))
}

// done drops a delivered message; its ID stays known.
func (o outbox) done(ctx context.Context, seq uint64) error {
	return o.settings.PutSetting(ctx, outAt(seq), "")
}

// read returns the message of a number, false where it is done.
func (o outbox) read(ctx context.Context, seq uint64) (m message, open bool, err error) {
	raw, err := o.get(ctx, outAt(seq))
	if err != nil || raw == "" {
		return m, false, err
	}
	if err := json.Unmarshal([]byte(raw), &m); err != nil {
		return m, false, fmt.Errorf("alert %d: %w", seq, err)
	}
	return m, true, nil
}

// each calls f with every message that is not done, oldest first, and moves the mark over those that are.
func (o outbox) each(ctx context.Context, f func(message) error) error {
	first, err := o.number(ctx, firstName)
	if err != nil {
		return err
	}
	next, err := o.number(ctx, nextName)
	if err != nil {
		return err
	}
	mark, moving := first, true
	for seq := first; seq < next; seq++ {
		m, open, err := o.read(ctx, seq)
		if err != nil {
			return err
		}
		if open {
			if err := f(m); err != nil {
				return err
			}
			if moving {
				if _, open, err = o.read(ctx, seq); err != nil {
					return err
				}
			}
		}
		if moving = moving && !open; moving {
			mark = seq + 1
		}
	}
	if mark > first {
		return o.putNumber(ctx, firstName, mark)
	}
	return nil
}
