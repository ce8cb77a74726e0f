package pipeline

import (
	"context"
	"fmt"
	"sync"

	"tallywire/claims"
	"tallywire/crawler"
)

// A Pass is one pass that somebody asked for, under way or the last one that ended.
type Pass struct {
	Source      claims.SourceID
	Running     bool
	Found, Done int    // addresses
	New, Failed int    // known when it has ended
	Error       string // "" where it went well
}

// Now makes passes on demand, beside the schedule. It is the crawler's Progress too, which is where its counts come from.
// All methods are safe for concurrent use; Wait ends it.
type Now struct {
	ctx context.Context

	mu     sync.Mutex
	passes map[claims.SourceID]*Pass
	order  []claims.SourceID
	all    sync.WaitGroup
}

// NewNow makes a Now whose passes end with ctx.
func NewNow(ctx context.Context) *Now {
	return &Now{ctx: ctx, passes: map[claims.SourceID]*Pass{}}
}

// Start begins a pass over each of the sources and returns at once. It starts nothing, and returns an error that wraps
// claims.ErrConflict, where one of them is still being crawled on demand.
func (n *Now) Start(p *Pipeline, c *crawler.Crawler, sources []crawler.Source) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, s := range sources {
		if was := n.passes[s.ID]; was != nil && was.Running {
			return fmt.Errorf("source %s is being crawled already: %w", s.ID, claims.ErrConflict)
		}
	}
	for _, s := range sources {
		if n.passes[s.ID] == nil {
			n.order = append(n.order, s.ID)
		}
		n.passes[s.ID] = &Pass{Source: s.ID, Running: true}
	}
	n.all.Go(func() { n.crawl(p, c, sources) })
	return nil
}

func (n *Now) crawl(p *Pipeline, c *crawler.Crawler, sources []crawler.Source) {
	report, err := p.Crawl(n.ctx, c, sources)
	if err != nil && n.ctx.Err() == nil {
		p.Log.Warn("pass on demand failed", "err", err)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, r := range report.Sources {
		pass := n.passes[r.Source]
		pass.Running, pass.New, pass.Failed, pass.Error = false, r.New, r.Failed, r.Error
	}
}

// Passes are the passes asked for since the start, the last one of each source.
func (n *Now) Passes() []Pass {
	n.mu.Lock()
	defer n.mu.Unlock()
	out := make([]Pass, 0, len(n.order))
	for _, id := range n.order {
		out = append(out, *n.passes[id])
	}
	return out
}

// Wait returns when no pass is under way.
func (n *Now) Wait() { n.all.Wait() }

// Found implements crawler.Progress. Passes of the schedule are not counted.
func (n *Now) Found(id claims.SourceID, count int) { n.count(id, count, 0) }

// Done implements crawler.Progress.
func (n *Now) Done(id claims.SourceID, count int) { n.count(id, 0, count) }

func (n *Now) count(id claims.SourceID, found, done int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if p := n.passes[id]; p != nil && p.Running {
		p.Found, p.Done = p.Found+found, p.Done+done
	}
}
