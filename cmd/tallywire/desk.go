package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"tallywire/access"
	"tallywire/archive"
	readmodel "tallywire/board"
	"tallywire/claims"
	"tallywire/crawler"
	"tallywire/extract"
	"tallywire/internal/config"
	"tallywire/pipeline"
	"tallywire/server"
	"tallywire/store"
)

// wholeReload is how many changed claims are read one by one; for more, the whole board is read.
const wholeReload = 2000

// A desk joins the web pages to everything behind them. It is the server's Editor, Evidence and Crawls.
type desk struct {
	e     *env
	store store.Store
	board *readmodel.Board
	job   *crawl        // nil where only pages are served
	now   *pipeline.Now // as job
	pipe  *pipeline.Pipeline
	kept  *archive.Archive // nil where nothing is kept

	editor *editor

	example string // a draft that stands ready on the check page

	mu    sync.Mutex // over conf and its file
	conf  config.Config
	shown []server.Source // of conf
}

// newDesk makes a desk over an open store. job and now are nil where nothing is crawled here.
func (e *env) newDesk(ctx context.Context, c config.Config, s store.Store, job *crawl, now *pipeline.Now) (*desk, error) {
	d := &desk{e: e, store: s, job: job, now: now, conf: c}
	var words readmodel.Searcher
	if w, ok := s.(*watched); ok {
		words = w
	}
	d.board = readmodel.New(s, words)
	if job != nil {
		d.pipe, d.kept = job.pipeline, job.archive
	} else {
		d.pipe = e.pipeline(c, s)
		if c.Archive.Dir != "" {
			var err error
			if d.kept, err = archive.Open(archive.Options{Dir: c.Archive.Dir, Now: e.now, Logger: e.logger()}); err != nil {
				return nil, fmt.Errorf("open archive %s: %w", c.Archive.Dir, err)
			}
		}
	}
	d.editor = &editor{store: s, pipeline: d.pipe, now: e.now}
	d.pipe.Changed = func(ch pipeline.Changes) { d.refresh(ctx, ch) }
	return d, nil
}

// refresh brings the board up to what the pipeline wrote.
func (d *desk) refresh(ctx context.Context, ch pipeline.Changes) {
	if !d.board.Loaded() {
		return // the first Load reads it
	}
	var err error
	if len(ch.Written) > wholeReload {
		err = d.board.Load(ctx)
	} else {
		err = d.board.Refresh(ctx, ch.Written...)
	}
	if err != nil && ctx.Err() == nil {
		d.e.logger().Error("board not refreshed", "err", err)
	}
}

// server makes the pages, with routes beside them.
func (d *desk) server(routes func(*http.ServeMux)) (*server.Server, error) {
	o := server.Options{
		Store: d.store, Board: d.board, Log: d.e.logger(), Now: d.e.now, Settings: settings(d.conf), Sources: d.sources, Editor: d, Routes: routes,
		Extract: extract.Text, Exports: exportsOf(d.conf), Example: d.example,
	}
	if d.kept != nil {
		o.Evidence = d
	}
	if d.job != nil {
		o.Crawls = d
	}
	return server.New(o)
}

// exportsOf are the formats that pages offer: ClaimReview only where the configuration says who publishes.
func exportsOf(c config.Config) []string {
	return slices.DeleteFunc(slices.Clone(exportFormats), func(f string) bool {
		return f == "claimreview" && (c.Publish.Base == "" || c.Publish.Name == "" || c.Publish.URL == "")
	})
}

// sources are kept ready: pages ask for them at every name.
func (d *desk) sources() []server.Source {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.shown) != len(d.conf.Sources) {
		d.shown = make([]server.Source, len(d.conf.Sources))
		for i, s := range settings(d.conf).Sources {
			from := d.conf.Sources[i]
			d.shown[i] = server.Source{Source: s, Type: from.Type, URL: from.URL, Schedule: from.Schedule}
		}
	}
	return d.shown
}

// Decide implements server.Editor.
func (d *desk) Decide(ctx context.Context, decision claims.Decision) (claims.Decision, error) {
	ctx = context.WithoutCancel(ctx)
	if _, err := access.NewLog(d.store, d.e.now).Append(ctx, access.Entry{Who: decision.By + " (page)", What: string(decision.Kind), Object: cmp.Or(string(decision.Claim), decision.Undoes), After: string(decision.Status), Reason: decision.Note}); err != nil {
		return decision, err
	}
	return d.editor.Decide(ctx, decision)
}

// maxShown is the longest archived page that is shown, unpacked.
const maxShown = 16 << 20

// Page implements server.Evidence.
func (d *desk) Page(ctx context.Context, at claims.Archive) (server.Archived, error) {
	x, err := d.kept.Read(ctx, at)
	if err != nil {
		return server.Archived{}, err
	}
	body, err := crawler.Decode(x.Body, x.Header.Get("Content-Encoding"), maxShown)
	if err != nil {
		return server.Archived{}, fmt.Errorf("unpack %s: %w", x.URL, err)
	}
	kind := x.Header.Get("Content-Type")
	if media, _, _ := mime.ParseMediaType(kind); !strings.HasPrefix(media, "text/") && !strings.Contains(media, "html") && !strings.Contains(media, "json") && !strings.Contains(media, "xml") {
		return server.Archived{}, fmt.Errorf("%s is %s, which is not shown: %w", x.URL, kind, claims.ErrNotFound)
	}
	if !utf8.Valid(body) {
		r, err := charset.NewReader(bytes.NewReader(body), kind)
		if err != nil {
			return server.Archived{}, fmt.Errorf("recode %s: %w", x.URL, err)
		}
		if body, err = io.ReadAll(io.LimitReader(r, maxShown)); err != nil {
			return server.Archived{}, fmt.Errorf("recode %s: %w", x.URL, err)
		}
	}
	return server.Archived{URL: x.URL, At: x.At, Status: x.Status, ContentType: kind, Body: body}, nil
}

// Start implements server.Crawls.
func (d *desk) Start(ids ...claims.SourceID) error {
	d.mu.Lock()
	c := d.conf
	d.mu.Unlock()
	var names []string
	for _, id := range ids {
		names = append(names, string(id))
	}
	sources, err := named(c, names)
	if err != nil {
		return err
	}
	return d.now.Start(d.job.pipeline, d.job.crawler, sources)
}

// Passes implements server.Crawls.
func (d *desk) Passes() []server.Pass {
	var out []server.Pass
	for _, p := range d.now.Passes() {
		out = append(out, server.Pass{Source: p.Source, Running: p.Running, Found: p.Found, Done: p.Done, New: p.New, Failed: p.Failed, Error: p.Error})
	}
	return out
}

// Test implements server.Crawls.
func (d *desk) Test(ctx context.Context, address string) (server.Finding, error) {
	ctx, cancel := context.WithTimeout(ctx, 40*time.Second) // a page waits for it, and pages have a minute
	defer cancel()
	f, err := d.job.crawler.Probe(ctx, address)
	if err != nil {
		return server.Finding{}, err
	}
	out := server.Finding{Type: string(f.Type), URL: f.URL, Account: f.Account, Name: f.Name, Lang: f.Lang, Count: f.Count}
	for _, i := range f.Items {
		out.Items = append(out.Items, server.FoundItem{URL: i.URL, Title: i.Title, Published: i.Published})
	}
	for _, t := range f.Tried {
		out.Tried = append(out.Tried, fmt.Sprintf("%s %s: %s", t.Type, t.URL, t.Result))
	}
	return out, nil
}

// Add implements server.Crawls: it writes the source to the configuration's file, and knows it from now on.
func (d *desk) Add(_ context.Context, n server.NewSource) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if slices.ContainsFunc(d.conf.Sources, func(s config.Source) bool { return s.ID == n.ID }) {
		return fmt.Errorf("%w: there is a source %q already; give this one another id", claims.ErrInvalid, n.ID)
	}
	next, err := config.AddSource(d.conf.File, config.NewSource{ID: n.ID, Name: n.Name, Type: n.Type, URL: n.URL, Account: n.Account, Class: n.Class, Owner: n.Owner, Party: n.Party, Language: n.Language})
	if err != nil {
		return fmt.Errorf("%w: %w", claims.ErrInvalid, err)
	}
	added := next.Sources[len(next.Sources)-1]
	d.conf.Sources = append(slices.Clone(d.conf.Sources), added)
	all := settings(d.conf).Sources
	d.pipe.AddSource(all[len(all)-1])
	return nil
}
