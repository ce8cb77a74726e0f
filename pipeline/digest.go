// Package pipeline carries what was fetched through the stages: read the article, extract its mentions, keep
// them, judge the claims that they touch. Digest is one document's way, Judge the board's.
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"tallywire/claims"
	"tallywire/extract"
	"tallywire/extract/article"
	"tallywire/store"
)

// Store is what a pipeline needs of a store.
type Store interface {
	PutRecords(ctx context.Context, records ...store.Record) ([]bool, error)
	Record(ctx context.Context, id claims.DocumentID) (store.Record, error)
	Records(ctx context.Context, after claims.DocumentID, limit int) ([]store.Record, claims.DocumentID, error)
	Versions(ctx context.Context, url string) ([]claims.Document, error)
	PutClaims(ctx context.Context, put []claims.Claim, remove []claims.ClaimID) error
	Claims(ctx context.Context, after claims.ClaimID, limit int) ([]claims.Claim, claims.ClaimID, error)
	Decisions(ctx context.Context) ([]claims.Decision, error)
	Block(ctx context.Context, keys ...string) ([]claims.Ref, error)
	Claim(ctx context.Context, id claims.ClaimID) (claims.Claim, error)
	ClaimsOf(ctx context.Context, ids ...claims.MentionID) ([]claims.ClaimID, error)
	Setting(ctx context.Context, name string) (string, error)
	PutSetting(ctx context.Context, name, value string) error
	Unjudged(ctx context.Context) ([]claims.DocumentID, uint64, error)
	Judged(ctx context.Context, upTo uint64) error
}

// A Pipeline is safe for concurrent use.
type Pipeline struct {
	Store    Store
	Settings claims.Settings
	Now      func() time.Time
	Log      *slog.Logger
	// Changed, where it is set, is called after every write to the board, in the goroutine that judged.
	Changed func(Changes)
	// Scratch makes an empty store for a whole judgement of more mentions than AtOnce, and what removes it again. Where it
	// is nil, all of them are judged in memory.
	Scratch func() (Store, func(), error)
	AtOnce  int // 0: 200,000

	reader    article.Reader // learns the templates of the hosts crawled
	desks     sync.Once      // makes reading
	reading   chan struct{}  // as many pages are read at a time as there are processors: more would only take memory
	settings  sync.RWMutex   // over Settings and keyed, once there are calls
	keyed     *claims.Bench  // see keys
	keeping   sync.RWMutex   // records are written whole: held alone from reading some to writing them back
	judging   sync.Mutex     // one at a time, whoever asked
	bench     *claims.Bench  // that of the last judgement of some documents; under judging
	begun     atomic.Bool    // see begin
	inherited bool           // documents that an earlier process kept are still to be judged; under judging
	turns     sync.Map       // claims.SourceID to its chan struct{}: one pass over a source at a time
}

// read finds the article of a page when a processor is free for it. The error is ctx's where that ends first.
func (p *Pipeline) read(ctx context.Context, in article.Input) (claims.Document, error) {
	p.desks.Do(func() { p.reading = make(chan struct{}, runtime.GOMAXPROCS(0)) })
	select {
	case p.reading <- struct{}{}:
		defer func() { <-p.reading }()
		return p.reader.Read(in)
	case <-ctx.Done():
		return claims.Document{}, ctx.Err()
	}
}

// AddSource makes a source known to what is digested and judged from now on.
func (p *Pipeline) AddSource(s claims.Source) {
	p.settings.Lock()
	defer p.settings.Unlock()
	p.Settings.Sources = append(slices.Clone(p.Settings.Sources), s)
	p.keyed = nil
}

// keys is a bench of the settings in force, for its Blocks.
func (p *Pipeline) keys() *claims.Bench {
	p.settings.Lock()
	defer p.settings.Unlock()
	if p.keyed == nil {
		p.keyed = claims.NewBench(p.Settings)
	}
	return p.keyed
}

// house is the settings in force.
func (p *Pipeline) house() claims.Settings {
	p.settings.RLock()
	defer p.settings.RUnlock()
	return p.Settings
}

// turn waits until no other pass over a source is under way; done ends the turn. It returns ctx's error where that ends first.
func (p *Pipeline) turn(ctx context.Context, id claims.SourceID) (done func(), err error) {
	kept, _ := p.turns.LoadOrStore(id, make(chan struct{}, 1))
	c, _ := kept.(chan struct{})
	select {
	case c <- struct{}{}:
		return func() { <-c }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Digest extracts and keeps a document whose Source, URL, Text and Fetched are set. It reports whether this version is new.
func (p *Pipeline) Digest(ctx context.Context, doc claims.Document) (bool, error) {
	doc.ID = claims.NewDocumentID(doc.URL, doc.Text)
	if doc.Fetched.IsZero() {
		doc.Fetched = p.Now().UTC()
	}
	// A version that is known keeps the time and the evidence of the fetch that found it.
	known, err := p.Store.Record(ctx, doc.ID)
	switch {
	case err == nil:
		doc.Fetched, doc.Archive = known.Document.Fetched, known.Document.Archive // that it was gone for a while is forgotten
	case !errors.Is(err, claims.ErrNotFound):
		return false, fmt.Errorf("look up %s: %w", doc.URL, err)
	}
	r := p.record(doc)
	if err == nil && !sameMentions(known, r) { // it was read by other rules: what its claims say they rest on is no more
		if err := p.forget(ctx); err != nil {
			return false, err
		}
	}
	return p.Keep(ctx, r)
}

// Keep keeps a record that was read, to be judged, and reports whether its document is new.
func (p *Pipeline) Keep(ctx context.Context, r store.Record) (fresh bool, err error) {
	if err := p.begin(ctx); err != nil {
		return false, err
	}
	p.keeping.RLock()
	news, err := p.Store.PutRecords(ctx, r)
	p.keeping.RUnlock()
	if err != nil {
		return false, fmt.Errorf("keep %s: %w", r.Document.URL, err)
	}
	return news[0], nil
}

// sameMentions reports whether two readings of a document found mentions of the same names.
func sameMentions(a, b store.Record) bool {
	return slices.EqualFunc(a.Mentions, b.Mentions, func(x, y claims.Mention) bool { return x.ID == y.ID })
}

// Gone notes that the document at an address is there no more. What a post said that was taken down no longer speaks for
// its author; the record stays. An address that never gave a document is no error.
func (p *Pipeline) Gone(ctx context.Context, url string, at time.Time) error {
	versions, err := p.Store.Versions(ctx, url)
	if err != nil {
		return fmt.Errorf("look up %s: %w", url, err)
	}
	for _, doc := range versions {
		if !doc.Deleted.IsZero() {
			continue
		}
		doc.Deleted = at.UTC()
		if _, err := p.Keep(ctx, p.record(doc)); err != nil {
			return err
		}
	}
	return nil
}

// record extracts a document's mentions and ties them to it.
func (p *Pipeline) record(doc claims.Document) store.Record {
	r := store.Record{Document: doc, Mentions: extract.Mentions(doc)}
	class := claims.ClassOutlet
	for _, s := range p.house().Sources {
		if s.ID == doc.Source {
			class = s.Class
		}
	}
	for i := range r.Mentions {
		m := &r.Mentions[i]
		m.ID = claims.NewMentionID(doc.ID, m.Start, m.End, string(m.Part)+m.Rule)
		m.Document, m.URL, m.Source, m.Class, m.Title = doc.ID, doc.URL, doc.Source, class, doc.Title
		if m.Published.IsZero() {
			m.Published = doc.Published
		}
		m.Retrieved = doc.Fetched
		if doc.Poster != "" {
			m.Withdrawn = doc.Deleted // an article that has moved away is not taken back by that
		}
		if doc.Archive != (claims.Archive{}) {
			a := doc.Archive
			m.Archive = &a
		}
	}
	r.Blocks = p.keys().Blocks(r.Mentions)
	return r
}
