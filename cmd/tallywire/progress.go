package main

import (
	"sync"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"tallywire/claims"
	"tallywire/crawler"
)

// bars shows a progress bar a source on a terminal. Its methods are safe for concurrent use.
type bars struct {
	mu    sync.Mutex
	all   *mpb.Progress
	bar   map[claims.SourceID]*mpb.Bar
	found map[claims.SourceID]int64
}

// newBars returns nil where progress is not wanted: no terminal, or --quiet.
func (e *env) newBars(sources []crawler.Source) *bars {
	if e.quiet || !terminal(e.err) {
		return nil
	}
	b := &bars{all: mpb.New(mpb.WithOutput(e.err), mpb.WithWidth(40)), bar: map[claims.SourceID]*mpb.Bar{}, found: map[claims.SourceID]int64{}}
	for _, s := range sources {
		b.bar[s.ID] = b.all.AddBar(0, mpb.PrependDecorators(decor.Name(string(s.ID), decor.WCSyncSpaceR)), mpb.AppendDecorators(decor.CountersNoUnit("%d / %d")))
	}
	return b
}

// progress is b as the crawler takes it; a nil b is no progress.
func (b *bars) progress() crawler.Progress {
	if b == nil {
		return nil
	}
	return b
}

// Found implements crawler.Progress.
func (b *bars) Found(id claims.SourceID, n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.found[id] += int64(n)
	if bar := b.bar[id]; bar != nil {
		bar.SetTotal(b.found[id], false)
	}
}

// Done implements crawler.Progress.
func (b *bars) Done(id claims.SourceID, n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if bar := b.bar[id]; bar != nil {
		bar.IncrBy(n)
	}
}

// finish completes the bars and gives the terminal back.
func (b *bars) finish() {
	if b == nil {
		return
	}
	for _, bar := range b.bar {
		bar.SetTotal(-1, true)
	}
	b.all.Wait()
}
