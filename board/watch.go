package board

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"tallywire/claims"
)

// A Change says what a refresh did to the board.
type Change struct {
	Generation uint64
	Changed    []claims.ClaimID // new or shown otherwise, ascending
	Gone       []claims.ClaimID // ascending
}

// maxPending is how many claims a Change collects for a slow listener; beyond it only the generation counts.
const maxPending = 500

// A broadcast hands changes to those who listen. Nobody slow holds up a refresh: what one has not fetched yet is
// joined to what comes next.
type broadcast struct {
	mu   sync.Mutex
	ears map[chan Change]bool
}

// Subscribe returns a channel of changes; leave ends it.
func (b *Board) Subscribe() (changes <-chan Change, leave func()) {
	ear := make(chan Change, 1)
	n := &b.news
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.ears == nil {
		n.ears = map[chan Change]bool{}
	}
	n.ears[ear] = true
	return ear, func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		delete(n.ears, ear)
	}
}

func (n *broadcast) send(c Change) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for ear := range n.ears {
		out := c
		select {
		case old := <-ear:
			out.Changed, out.Gone = join(old.Changed, c.Changed), join(old.Gone, c.Gone)
		default:
		}
		ear <- out // there is room: only send fills it, and it holds mu
	}
}

func join(a, b []claims.ClaimID) []claims.ClaimID {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), maxPending)]
}

// VersionSetting is the name of the store's setting that whoever writes claims sets to something new.
const VersionSetting = "board_version"

// Versions is where Watch looks.
type Versions interface {
	Setting(ctx context.Context, name string) (string, error)
}

// Watch looks at VersionSetting on every tick and loads the board again where it has changed: for a store
// that other processes write to. It ends with ctx, or when ticks is closed; errors go to report, and the next tick tries again.
func (b *Board) Watch(ctx context.Context, v Versions, ticks <-chan time.Time, report func(error)) {
	last, err := v.Setting(ctx, VersionSetting)
	if err != nil && !errors.Is(err, claims.ErrNotFound) {
		report(err)
	}
	for {
		select {
		case <-ctx.Done():
			return
		case _, ok := <-ticks:
			if !ok {
				return
			}
		}
		now, err := v.Setting(ctx, VersionSetting)
		if errors.Is(err, claims.ErrNotFound) || err == nil && now == last {
			continue
		}
		if err == nil {
			err = b.Load(ctx)
		}
		if err == nil {
			last = now
		} else if ctx.Err() == nil {
			report(err)
		}
	}
}
