package crawler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/gocolly/colly/v2"

	"tallywire/claims"
)

// A Crawler visits sources. Calls of Crawl may run at once, for different sources: they share the limit
// of requests in flight and each host's turn.
type Crawler struct {
	opts      Options
	transport *transport
	collector *colly.Collector
	hosts     *hosts
	robots    *robots
	inFlight  chan struct{} // one token a request in flight

	sessionLock sync.Mutex
	session     string // Bluesky's access token, "" before the first search
}

// New makes a Crawler. It is an error to leave out State or Sink, or to give a User-Agent without a
// product token that robots.txt can name.
func New(o Options) (*Crawler, error) {
	if o.State == nil || o.Sink == nil {
		return nil, fmt.Errorf("crawler: no state or no sink: %w", claims.ErrInvalid)
	}
	if o.UserAgent == "" {
		o.UserAgent = "tallywire/1 (+https://example.org/bot)"
	}
	token := productToken(o.UserAgent)
	if token == "" || strings.ContainsAny(o.UserAgent, "\r\n") {
		return nil, fmt.Errorf("crawler: user agent %q does not begin with a name: %w", o.UserAgent, claims.ErrInvalid)
	}
	if o.Delay < 0 {
		o.Delay = time.Second
	}
	if o.Concurrency <= 0 {
		o.Concurrency = 16
	}
	if o.MaxBody <= 0 {
		o.MaxBody = 10 << 20
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	c := &Crawler{opts: o, hosts: newHosts(o.Delay), inFlight: make(chan struct{}, o.Concurrency)}
	c.transport = newTransport(o)
	c.collector = newCollector(c.transport, o.UserAgent)
	c.robots = &robots{token: token, fetch: c.fetchRobots, now: o.Now, slow: c.hosts.crawlDelay, known: map[string]*robotsEntry{}}
	return c, nil
}

// Close lets go of idle connections. A Crawler must not be used after.
func (c *Crawler) Close() { c.transport.base.CloseIdleConnections() }

// now is the time in UTC.
func (c *Crawler) now() time.Time { return c.opts.Now().UTC() }

// Crawl makes one pass over a source: its door, the articles that are new behind it, and those known that
// are due again. Pages that fail are counted and never an error. The error is nil, the door's Failure,
// the context's, or what State, Archive or Sink failed with. The Summary counts what was done either way,
// and the source's new SourceState has been stored but where State itself failed.
func (c *Crawler) Crawl(ctx context.Context, source Source) (Summary, error) {
	p := &pass{c: c, source: source, trap: newTrapWatch(), log: c.opts.Logger.With("source", source.ID), sum: Summary{Source: source.ID, Reasons: map[Reason]int{}}}
	before, err := c.opts.State.SourceState(ctx, source.ID)
	if err != nil && !errors.Is(err, claims.ErrNotFound) {
		p.sum.State = "failed"
		return p.sum, fmt.Errorf("source %s: %w", source.ID, err)
	}
	p.state = before
	p.state.Source = source.ID
	err = p.run(ctx)
	p.sum.State = stateWord(source, err)
	if saved := p.saveState(ctx, err); saved != nil && err == nil {
		err = saved
	}
	if err != nil {
		err = fmt.Errorf("source %s: %w", source.ID, err)
	}
	return p.sum, err
}

// run picks the source's way.
func (p *pass) run(ctx context.Context) error {
	if err := p.obeyRest(ctx); err != nil {
		return err
	}
	switch p.source.Type {
	case Feed, Sitemap, Page:
		return p.articles(ctx)
	case Mastodon, Bluesky, Telegram, X:
		return p.posts(ctx)
	}
	return fmt.Errorf("type %q: %w", p.source.Type, claims.ErrInvalid)
}

// saveState stores what the pass came to, also where ctx has ended: a stopped pass is worth remembering.
func (p *pass) saveState(ctx context.Context, err error) error {
	now := p.c.now()
	s := &p.state
	s.LastPass, s.State, s.Error = now, p.sum.State, ""
	s.Counts = map[string]int{"fetched": p.sum.Fetched, "unchanged": p.sum.Unchanged, "new": p.sum.New, "failed": p.sum.Failed, "passed": p.sum.Passed}
	for reason, n := range p.sum.Reasons {
		s.Counts["failed:"+string(reason)] = n
	}
	s.NextPass = time.Time{}
	delete(s.Cursor, "rest_until")
	if err == nil {
		s.LastOK, s.Fails = now, 0
	} else {
		s.Error = fmt.Sprintf("%.500s", err)
		if ctx.Err() == nil {
			s.Fails++
			s.NextPass = now.Add(restOf(err, s.Fails))
			var f *Failure
			if errors.As(err, &f) && f.Reason == ReasonRateLimited && f.Retry > 0 {
				if s.Cursor == nil {
					s.Cursor = map[string]string{}
				}
				s.Cursor["rest_until"] = now.Add(f.Retry).Format(time.RFC3339Nano)
			}
		}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTimeout)
	defer cancel()
	return p.c.opts.State.PutSourceState(ctx, *s)
}

// obeyRest holds to the Retry-After that an earlier pass, perhaps of another process, was answered: it
// waits where that is short, and leaves the source alone where it is long.
func (p *pass) obeyRest(ctx context.Context) error {
	until, err := time.Parse(time.RFC3339Nano, p.state.Cursor["rest_until"])
	if err != nil {
		return nil
	}
	left := min(until.Sub(p.c.now()), maxRest)
	if left > maxWait {
		f := fail(ReasonRateLimited, p.source.URL, fmt.Errorf("the server asks to be left alone until %s", until.UTC().Format(time.RFC3339)))
		f.Retry = left
		return f
	}
	if left > 0 && !sleep(ctx, left) {
		return ctx.Err()
	}
	return nil
}

// restOf is how long a source whose door has failed so often in a row should be left alone: as long as its
// server asks, else longer each time. It is advice for the scheduler, in SourceState.NextPass; a pass that
// is asked for is made all the same.
func restOf(err error, fails int) time.Duration {
	rest := min(retryBase<<min(max(fails-1, 0), 20), maxRest)
	var f *Failure
	if errors.As(err, &f) {
		rest = max(rest, f.Retry)
	}
	return rest
}

// stateWord names how a source fares by the error of its pass.
func stateWord(source Source, err error) string {
	if err == nil {
		return "ok"
	}
	switch reasonOf(err) {
	case ReasonRateLimited:
		return "rate_limited"
	case ReasonToken:
		return "auth_needed"
	case ReasonForbidden, ReasonChallenge, ReasonRobots, ReasonPrivate:
		return "blocked"
	case ReasonNotFound, ReasonGone, ReasonAccount:
		return "gone"
	case ReasonNotFeed, ReasonBadFeed, ReasonNotSitemap, ReasonBadSitemap, ReasonNotPage, ReasonNotAPI, ReasonEmpty:
		return "changed_format"
	}
	return "failed"
}

// pathOf is an address without its query, for logs.
func pathOf(address string) string {
	if u, err := url.Parse(address); err == nil {
		u.RawQuery = ""
		return u.String()
	}
	return address
}
