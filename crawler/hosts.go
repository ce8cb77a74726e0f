package crawler

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

const (
	// maxCrawlDelay is the most that robots.txt may ask for: Nutch skips hosts above 30 s, Heritrix takes
	// up to 300 s, Common Crawl's news crawler 120 s (crawling.md 6, reliability.md 4.1).
	maxCrawlDelay = 120 * time.Second
	// maxWait is how long a request waits for a resting host before it is put off to a later pass.
	maxWait = 30 * time.Second
	// restAfter429 is the rest after a 429 without Retry-After: Media Cloud's 30 s, doubled each time.
	restAfter429 = 30 * time.Second
	// restAfterFailure is the first rest of a host that does not answer, four times as long each time:
	// Media Cloud stays away for 10 min after a failed connection; one page's bad luck is not yet that,
	// and after the second the rest is over maxWait, so that a dead host holds a pass up twice at most.
	restAfterFailure = 10 * time.Second
	// maxRest caps every rest, Retry-After's too (reliability.md, C12).
	maxRest = 24 * time.Hour
	// keepIdleHosts is how many hosts are remembered before those at rest are forgotten.
	keepIdleHosts = 10_000
)

// hosts sees to it that a host has one request at a time, with a pause after each, and none at all
// while it rests. It runs on the process's monotonic time.
type hosts struct {
	delay time.Duration
	mu    sync.Mutex
	known map[string]*host
}

// A host is one scheme-independent host:port.
type host struct {
	slot chan struct{} // holds one token while a request is in flight
	// The rest is under hosts.mu.
	ended time.Time     // when the last request was over
	rest  time.Time     // asked to stay away until then
	ask   time.Duration // robots.txt's crawl-delay
	fails int           // failures in a row
	users int           // requests in flight or waiting
}

func newHosts(delay time.Duration) *hosts { return &hosts{delay: delay, known: map[string]*host{}} }

// host returns the record of a name, which the caller must hand back to leave.
func (h *hosts) enter(name string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	one, ok := h.known[name]
	if !ok {
		if len(h.known) >= keepIdleHosts {
			now := time.Now()
			for k, v := range h.known {
				if v.users == 0 && v.ended.Add(maxCrawlDelay).Before(now) && v.rest.Before(now) {
					delete(h.known, k)
				}
			}
		}
		one = &host{slot: make(chan struct{}, 1)}
		h.known[name] = one
	}
	one.users++
	return one
}

// acquire waits for the host's turn. It returns at once, with how long is left, where the host rests for
// longer than maxWait. The caller calls release when its request is over.
func (h *hosts) acquire(ctx context.Context, name string) (release func(), rest time.Duration, err error) {
	one := h.enter(name)
	leave := func() {
		h.mu.Lock()
		one.users--
		h.mu.Unlock()
	}
	select {
	case one.slot <- struct{}{}:
	case <-ctx.Done():
		leave()
		return nil, 0, ctx.Err()
	}
	for {
		now := time.Now()
		h.mu.Lock()
		resting := one.rest.Sub(now)
		wait := resting
		if !one.ended.IsZero() {
			wait = max(wait, one.ended.Add(max(h.delay, one.ask)).Sub(now))
		}
		h.mu.Unlock()
		if resting > maxWait || wait > 0 && !sleep(ctx, wait) {
			<-one.slot
			leave()
			return nil, max(resting, 0), ctx.Err()
		}
		if wait <= 0 {
			break
		}
	}
	return func() {
		h.mu.Lock()
		one.ended = time.Now()
		one.users--
		h.mu.Unlock()
		<-one.slot
	}, 0, nil
}

// crawlDelay sets what a host's robots.txt asks for.
func (h *hosts) crawlDelay(name string, d time.Duration) {
	one := h.enter(name)
	h.mu.Lock()
	one.ask = min(d, maxCrawlDelay)
	one.users--
	h.mu.Unlock()
}

// outcome tells how a request to a host went: well (""), or for which Reason not. Retry is the answer's
// own wish, 0 where it has none. It returns how long the host now rests.
func (h *hosts) outcome(name string, reason Reason, retry time.Duration) time.Duration {
	one := h.enter(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	one.users--
	var rest time.Duration
	switch reason {
	case ReasonRateLimited:
		if rest = retry; rest == 0 {
			rest = doubled(restAfter429, one.fails)
		}
		one.fails++
	case ReasonDNS, ReasonUnreachable, ReasonTimeout, ReasonTooSlow:
		rest = doubled(restAfterFailure, 2*one.fails)
		one.fails++
	case ReasonServerError:
		// A broken page is not yet a broken host.
		if one.fails++; one.fails >= 3 {
			rest = doubled(restAfterFailure, 2*(one.fails-3))
		}
	default:
		one.fails = 0
	}
	rest = min(rest, maxRest)
	if until := time.Now().Add(rest); rest > 0 && until.After(one.rest) {
		one.rest = until
	}
	return rest
}

// doubled is base times two to the n, capped at maxRest, with up to a tenth added so that many hosts do
// not wake at once.
func doubled(base time.Duration, n int) time.Duration {
	d := maxRest
	if n < 20 {
		d = min(base<<n, maxRest)
	}
	return d + rand.N(d/10+1)
}

// sleep waits for d and reports whether ctx let it.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
