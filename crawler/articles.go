package crawler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"tallywire/claims"
)

const (
	// passBudget is how many articles one pass asks for; the rest stay in the frontier for the next.
	passBudget = 5000
	// passWorkers is how many articles of one source are read at once. One host has one request in
	// flight: the others are with the Sink.
	passWorkers = 4
	// statePage is how many pages are read from State at once.
	statePage = 500
	// frontierPart is how many new pages are stored at once: a store takes 10,000 writes together best
	// (reliability.md 3.3).
	frontierPart = 10_000
	// storeTimeout is how long a stopped pass still takes to store what it has done.
	storeTimeout = 10 * time.Second
	// retryBase is the first wait after a failure, doubled each time to maxRest; retryTimes ends it.
	retryBase  = 5 * time.Minute
	retryTimes = 10
)

// The kinds of claims.Page.
const (
	kindDoor    = "door"
	kindArticle = "article"
	kindPost    = "post"
)

// A pass is one pass over one source.
type pass struct {
	c      *Crawler
	source Source
	log    *slog.Logger
	state  claims.SourceState
	trap   *trapWatch
	dry    bool // nothing is archived: Plan's

	mu  sync.Mutex
	sum Summary
}

// A job is one article to ask for.
type job struct {
	page claims.Page
	item *Item // nil on a revisit of which the door says nothing
}

// articles asks the door, puts what is new into the frontier, and then asks for everything that is due:
// also what an earlier pass, stopped or killed, left behind, and also where the door itself has failed
// while its site is up.
func (p *pass) articles(ctx context.Context) error {
	var links []link
	var doors []claims.Page
	var closed error
	left := p.leaveDoor()
	if !left {
		links, doors, closed = p.door(ctx)
	}
	switch reasonOf(closed) {
	case ReasonNotFound, ReasonGone, ReasonServerError, ReasonNotFeed, ReasonBadFeed, ReasonNotSitemap, ReasonBadSitemap, ReasonNotPage,
		ReasonEmpty, ReasonTooLarge, ReasonTruncated, ReasonEncoding:
	default:
		if closed != nil {
			return closed
		}
	}
	jobs, fresh, err := p.frontier(ctx, links)
	if err != nil {
		return err
	}
	// The door's validators come last: a kill before them makes the next pass read the door again.
	for part := range slices.Chunk(append(fresh, doors...), frontierPart) {
		if err := p.c.opts.State.PutPages(ctx, part...); err != nil {
			return fmt.Errorf("store frontier: %w", err)
		}
	}
	if closed == nil && !left {
		p.heard(slices.ContainsFunc(jobs, job.isNews))
	}
	due, err := p.due(ctx, jobs)
	if err != nil {
		return err
	}
	jobs = append(jobs, due...)
	if len(jobs) > passBudget {
		jobs = jobs[:passBudget]
	}
	p.found(len(jobs))
	err = p.work(ctx, jobs)
	if p.state.Cursor == nil {
		p.state.Cursor = map[string]string{}
	}
	if caught := p.trap.verdict(p.state.Cursor["trap"]); caught != "" {
		p.state.Cursor["trap"] = caught
	} else {
		delete(p.state.Cursor, "trap")
	}
	if err == nil {
		err = closed
	}
	return err
}

// work does the jobs, passWorkers at a time. Its error is the first that stops a pass.
func (p *pass) work(ctx context.Context, jobs []job) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	queue := make(chan job)
	var workers sync.WaitGroup
	for range min(passWorkers, len(jobs)) {
		workers.Go(func() {
			for j := range queue {
				if err := p.article(ctx, j); err != nil {
					cancel(err)
				}
				p.done(1)
			}
		})
	}
	for _, j := range jobs {
		select {
		case queue <- j:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
	}
	close(queue)
	workers.Wait()
	return context.Cause(ctx)
}

// article asks for one article and stores what came of it. Its error stops the pass.
func (p *pass) article(ctx context.Context, j job) (err error) {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	page := j.page
	if wait := page.Due.Sub(p.c.now()); page.Reason == string(ReasonRateLimited) && wait > 0 && !sleep(ctx, min(wait, maxWait)) {
		return ctx.Err()
	}
	begin := p.c.now()
	if page.Fetched.IsZero() && p.trap.isCaught() {
		// Not for good: a consent wall or a broken template looks alike, and may be gone tomorrow.
		page.Reason, page.Due = string(ReasonTrap), begin.Add(maxRest)
		if page.Fails++; page.Fails > trapTries {
			page.Due = time.Time{}
		}
		p.count(ReasonTrap)
		return p.c.opts.State.PutPages(ctx, page)
	}
	defer func() {
		if r := recover(); r != nil {
			p.log.Error("panic over a page", "url", page.URL, "err", fmt.Sprintf("%.500v", r))
			p.settleFailure(&page, fail(ReasonPanic, page.URL, nil))
			err = p.c.opts.State.PutPages(ctx, page)
		}
	}()
	got, err := p.c.fetch(ctx, request{url: page.URL, header: p.conditional(page), keep: true, known: page.Digest, refuse: p.excluded})
	var failure *Failure
	switch {
	case err == nil:
		err = p.read(ctx, &page, j.item, got, begin)
	case errors.As(err, &failure):
		err = p.lost(ctx, &page, failure)
	}
	if err != nil {
		return err
	}
	// The Sink has stored what the page held: who stops the pass now must not make us ask again.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTimeout)
	defer cancel()
	if err := p.c.opts.State.PutPages(ctx, page); err != nil {
		return fmt.Errorf("store page %s: %w", page.URL, err)
	}
	return nil
}

// read takes a good answer to the Sink, where it holds something new.
func (p *pass) read(ctx context.Context, page *claims.Page, item *Item, got *answer, begin time.Time) error {
	known, fresh := page.Digest, page.Fetched.IsZero()
	p.note(page, got)
	if got.status == http.StatusNotModified && known == "" {
		p.add(func(s *Summary) { s.Fetched++ })
		p.settleFailure(page, fail(ReasonStatus, page.URL, errors.New("304 to an unconditional request")))
		return nil
	}
	if got.status == http.StatusNotModified || known != "" && page.Digest == known && page.Reason == "" {
		p.add(func(s *Summary) {
			s.Unchanged++
			if got.status == http.StatusOK {
				s.Fetched++
			}
		})
		page.Fails, page.Due = 0, p.nextVisit(*page)
		return nil
	}
	p.add(func(s *Summary) { s.Fetched++ })
	if reason := notText(got); reason != "" {
		p.settleFailure(page, fail(reason, page.URL, nil))
		return nil
	}
	result, err := p.c.opts.Sink(ctx, Fetched{
		Source: page.Source, URL: page.URL, Final: got.final, Status: got.status, Header: got.header,
		ContentType: got.header.Get("Content-Type"), Body: got.body, Item: item, At: begin, Archive: got.archive, NotBefore: p.notBefore(),
	})
	if err != nil {
		return fmt.Errorf("take in %s: %w", page.URL, err)
	}
	p.settle(page, result)
	if fresh && p.trap.came(*page, result.Outcome == Unchanged) {
		p.log.Warn("a spider trap: new addresses hold what is known", "url", page.URL)
	}
	return nil
}

// settle puts a Sink's result down in the page and the Summary.
func (p *pass) settle(page *claims.Page, result Result) {
	if at := plausible(result.Published.UTC(), p.c.now()); !at.IsZero() {
		page.Published = at
	}
	switch result.Outcome {
	case Refused:
		reason := result.Reason
		if reason == "" {
			reason = ReasonSinkRefused
		}
		p.count(reason)
		page.Reason, page.Fails = string(reason), 0
		page.Due = p.nextVisit(*page)
		if reason == ReasonTooOld {
			page.Due = time.Time{}
		}
		return
	case Unchanged:
		p.add(func(s *Summary) { s.Unchanged++ })
	default:
		p.add(func(s *Summary) { s.New++ })
	}
	page.Reason, page.Fails = "", 0
	if page.Canonical = result.Canonical; page.Canonical == "" {
		page.Canonical = page.Final
	}
	page.Due = p.nextVisit(*page)
}

// lost puts down a page that could not be had, and tells the Sink where a known document has gone.
func (p *pass) lost(ctx context.Context, page *claims.Page, f *Failure) error {
	was := Reason(page.Reason)
	page.Status = f.Status
	if f.Status != 0 {
		page.Fetched = p.c.now()
	}
	p.settleFailure(page, f)
	isGone := f.Reason == ReasonGone || f.Reason == ReasonNotFound
	if !isGone || page.Canonical == "" || was == ReasonGone || was == ReasonNotFound {
		return nil
	}
	_, err := p.c.opts.Sink(ctx, Fetched{Source: page.Source, URL: page.Canonical, Final: page.Final, Status: f.Status, At: p.c.now(), Gone: true})
	if err != nil {
		return fmt.Errorf("take in the end of %s: %w", page.URL, err)
	}
	return nil
}

// settleFailure counts a failure and sets when the page is tried again.
func (p *pass) settleFailure(page *claims.Page, f *Failure) {
	p.log.Debug("page failed", "url", pathOf(page.URL), "reason", f.Reason, "status", f.Status, "err", f.Err)
	p.count(f.Reason)
	now := p.c.now()
	page.Reason = string(f.Reason)
	if f.Reason != ReasonRateLimited { // which says nothing of the page
		page.Fails++
	}
	switch {
	case f.Reason == ReasonRateLimited && f.Retry > 0:
		page.Due = now.Add(f.Retry)
	case f.Reason == ReasonRobots:
		page.Due = now.Add(robotsLife)
	case f.Reason.lasting() || page.Fails > retryTimes:
		page.Due = time.Time{}
	default:
		wait := min(retryBase<<min(max(page.Fails-1, 0), 20), maxRest)
		if slices.Contains(p.c.opts.Revisit, 0) {
			wait = 0
		}
		page.Due = now.Add(max(wait, f.Retry))
	}
}

// note puts an answer down in its page.
func (p *pass) note(page *claims.Page, got *answer) {
	page.Fetched, page.Status, page.Final = p.c.now(), got.status, got.final
	if tag := got.header.Get("Etag"); tag != "" || got.status == http.StatusOK {
		page.ETag = limited(tag)
	}
	if modified := got.header.Get("Last-Modified"); modified != "" || got.status == http.StatusOK {
		page.LastModified = limited(modified)
	}
	if got.status == http.StatusOK {
		page.Digest = got.digest()
	}
}

// limited drops validators that no sane server sends.
func limited(header string) string {
	if len(header) > 512 {
		return ""
	}
	return header
}

// conditional makes the headers that let a server answer 304.
func (p *pass) conditional(page claims.Page) http.Header {
	h := http.Header{}
	if p.source.Language != "" {
		h.Set("Accept-Language", p.source.Language+", *;q=0.5")
	}
	if page.Reason != "" || page.Digest == "" { // nothing of it is kept, so nothing can be unchanged
		return h
	}
	if page.ETag != "" {
		h.Set("If-None-Match", page.ETag)
	}
	if page.LastModified != "" {
		h.Set("If-Modified-Since", page.LastModified)
	}
	return h
}

// notText says why an answer holds no article: "" where it may.
func notText(got *answer) Reason {
	if len(got.body) == 0 {
		return ReasonEmpty
	}
	kind := strings.ToLower(got.header.Get("Content-Type"))
	if kind == "" || strings.HasPrefix(kind, "application/octet-stream") {
		kind = http.DetectContentType(got.body)
	}
	for _, prefix := range []string{"image/", "video/", "audio/", "font/", "application/zip", "application/gzip", "application/octet-stream", "application/x-", "application/vnd.", "application/msword"} {
		if strings.HasPrefix(kind, prefix) && !strings.HasPrefix(kind, "application/x-html") {
			return ReasonNotText
		}
	}
	return ""
}

// digest names a body or text.
func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
