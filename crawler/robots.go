package crawler

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jimsmart/grobotstxt"
)

const (
	// maxRobots is how much of a robots.txt is read; the rest is let be (RFC 9309, 2.5: at least 500 KiB).
	maxRobots = 500 << 10
	// robotsLife is how long an answer holds (RFC 9309, 2.4: no more than 24 h).
	robotsLife = 24 * time.Hour
	// robotsDownLife is how long "unreachable, so all closed" holds before we ask again.
	robotsDownLife = 10 * time.Minute
	// robotsRedirects is how many hops are followed (RFC 9309, 2.3.1.2: at least five).
	robotsRedirects = 5
)

// rules are what one robots.txt says, or would say, to our crawler.
type rules struct {
	text  string        // "" allows all
	down  error         // why nothing may be asked: 5xx, 429, no answer
	delay time.Duration // Crawl-delay, at most maxCrawlDelay
	until time.Time
}

// robots keeps the rules of each scheme, host and port, and reads each file once however many ask.
type robots struct {
	token string // our product token, in lower case
	fetch func(ctx context.Context, url string) (body string, err error)
	now   func() time.Time
	// slow is told the crawl-delay that a host asks for.
	slow func(host string, delay time.Duration)

	mu    sync.Mutex
	known map[string]*robotsEntry
}

type robotsEntry struct {
	ready chan struct{} // closed when rules are set
	rules rules
}

// allowed reports whether the address may be asked: nil, or a Failure. The address is one of parseURL's,
// so it is escaped as the matcher wants it.
func (r *robots) allowed(ctx context.Context, u *url.URL) error {
	got, err := r.rules(ctx, u)
	if err != nil {
		return err
	}
	switch {
	case u.EscapedPath() == "/robots.txt":
		return nil
	case got.down != nil:
		switch reason := reasonOf(got.down); reason { // the page would fare alike
		case ReasonPrivate, ReasonDNS, ReasonUnreachable, ReasonTLS, ReasonTimeout, ReasonTooSlow, ReasonRateLimited:
			return fail(reason, u.String(), got.down)
		}
		return fail(ReasonRobotsDown, u.String(), got.down)
	case got.text != "" && !robotsAllow(got.text, r.token, u.String()):
		return fail(ReasonRobots, u.String(), nil)
	}
	return nil
}

// rules returns the rules that hold for u's host, asking for them where they are unknown or stale.
func (r *robots) rules(ctx context.Context, u *url.URL) (rules, error) {
	key := u.Scheme + "://" + u.Host
	for {
		r.mu.Lock()
		entry, ok := r.known[key]
		if ok {
			select {
			case <-entry.ready:
				if r.now().After(entry.rules.until) {
					ok = false
				}
			default:
			}
		}
		if !ok {
			if len(r.known) >= keepIdleHosts {
				clear(r.known)
			}
			entry = &robotsEntry{ready: make(chan struct{})}
			r.known[key] = entry
			r.mu.Unlock()
			entry.rules = r.ask(ctx, key)
			if entry.rules.delay > 0 {
				r.slow(u.Host, entry.rules.delay)
			}
			if ctx.Err() != nil { // our caller was called off, which says nothing of the host
				r.mu.Lock()
				delete(r.known, key)
				r.mu.Unlock()
				close(entry.ready)
				return rules{}, ctx.Err()
			}
			close(entry.ready)
			return entry.rules, nil
		}
		r.mu.Unlock()
		select {
		case <-entry.ready:
			if !entry.rules.until.IsZero() {
				return entry.rules, nil
			} // else its asker was called off: ask ourselves
		case <-ctx.Done():
			return rules{}, ctx.Err()
		}
	}
}

// ask reads one robots.txt.
func (r *robots) ask(ctx context.Context, root string) rules {
	text, err := r.fetch(ctx, root+"/robots.txt")
	got := rules{text: text, until: r.now().Add(robotsLife)}
	if err != nil {
		got.down, got.until = err, r.now().Add(robotsDownLife)
	}
	got.delay = robotsDelay(text, r.token)
	return got
}

// robotsAllow reports whether a robots.txt lets a product token ask an address, by Google's own matcher.
// The address is to be in escaped form, as it goes over the wire (RFC 9309, 2.2.2). The matcher would
// escape it; Google's does not, and lets a bare byte match no rule's path, as here.
func robotsAllow(text, token, address string) bool {
	if strings.ContainsFunc(address, func(r rune) bool { return r >= 0x80 }) {
		address = strings.Map(func(r rune) rune {
			if r >= 0x80 {
				return 0
			}
			return r
		}, address)
		address = strings.ReplaceAll(address, "\x00", "%00")
	}
	return grobotstxt.AgentAllowed(text, token, address)
}

// delayReader collects the crawl-delay of our group, or of the group for everybody.
type delayReader struct {
	token                    string
	inGroup, ours, everybody bool
	delay                    map[bool]time.Duration // by "is it ours"
}

// robotsDelay returns the Crawl-delay for a product token, 0 for none. It is outside RFC 9309 and widely
// used.
func robotsDelay(text, token string) time.Duration {
	d := &delayReader{token: token, delay: map[bool]time.Duration{}}
	grobotstxt.Parse(text, d)
	if own, ok := d.delay[true]; ok {
		return own
	}
	return d.delay[false]
}

func (d *delayReader) HandleRobotsStart() {}
func (d *delayReader) HandleRobotsEnd()   {}

func (d *delayReader) HandleUserAgent(_ int, value string) {
	if d.inGroup { // a user-agent line after rules begins a new group
		d.ours, d.everybody, d.inGroup = false, false, false
	}
	name := strings.ToLower(strings.TrimSpace(value))
	d.everybody = d.everybody || name == "*" || strings.HasPrefix(name, "* ")
	d.ours = d.ours || name == d.token
}

func (d *delayReader) HandleAllow(int, string)    { d.inGroup = true }
func (d *delayReader) HandleDisallow(int, string) { d.inGroup = true }
func (d *delayReader) HandleSitemap(int, string)  {}

func (d *delayReader) HandleUnknownAction(_ int, action, value string) {
	if !strings.EqualFold(action, "crawl-delay") {
		return
	}
	d.inGroup = true
	seconds, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !(seconds > 0) {
		return
	}
	delay := time.Duration(min(seconds, maxCrawlDelay.Seconds()) * float64(time.Second))
	if d.ours {
		d.delay[true] = delay
	} else if d.everybody {
		d.delay[false] = delay
	}
}

// productToken is the part of a User-Agent that robots.txt names (RFC 9309, 2.2.1): letters, - and _.
func productToken(userAgent string) string {
	end := strings.IndexFunc(userAgent, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_')
	})
	if end < 0 {
		end = len(userAgent)
	}
	return strings.ToLower(userAgent[:end])
}
