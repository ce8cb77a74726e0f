package crawler

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"code.dny.dev/ssrf"
	"github.com/gocolly/colly/v2"

	"tallywire/claims"
)

// maxRedirects is how many hops are followed: browsers stop at twenty, Go at ten.
const maxRedirects = 10

// A request is one address to ask, redirects and all.
type request struct {
	url    string // one of parseURL's
	header http.Header
	limit  int64 // of the unpacked body; 0: Options.MaxBody
	hops   int   // redirects followed; 0: maxRedirects
	// free skips robots.txt: for robots.txt itself, and for an API that we enter with a token of our own
	// under its own terms.
	free  bool
	keep  bool   // write a 200 answer to the archive, but for one whose body's digest is known
	known string // digest
	cut   bool   // a body over the limit is cut there and no failure: for robots.txt alone
}

// An answer is what came in the end. Its status is 200 or 304, all else is a Failure.
type answer struct {
	exchange Exchange
	final    string // canonical
	status   int
	header   http.Header
	body     []byte // unpacked
	archive  claims.Archive
}

// fetch asks an address and follows its redirects. Every hop is put to robots.txt, the host's turn and
// the guard anew. An answer that is neither 200 nor 304 is a Failure.
func (c *Crawler) fetch(ctx context.Context, req request) (*answer, error) {
	if req.limit == 0 {
		req.limit = c.opts.MaxBody
	}
	if req.hops == 0 {
		req.hops = maxRedirects
	}
	address, seen := req.url, map[string]bool{}
	for hop := 0; ; hop++ {
		u, err := parseURL(address)
		if err != nil {
			if hop > 0 {
				return nil, fail(ReasonBadRedirect, req.url, err)
			}
			return nil, fail(ReasonBadURL, address, err)
		}
		u.Fragment, u.RawFragment = "", ""
		address = u.String()
		if hop > req.hops || seen[address] {
			return nil, fail(ReasonRedirects, req.url, fmt.Errorf("after %d hops", hop))
		}
		seen[address] = true
		got, err := c.hop(ctx, u, req)
		if err != nil {
			return nil, err
		}
		next := got.header.Get("Location")
		if next == "" || got.status < 300 || got.status > 399 || got.status == http.StatusNotModified {
			return c.settle(ctx, req, got)
		}
		to, err := u.Parse(next)
		if err != nil {
			return nil, fail(ReasonBadRedirect, req.url, fmt.Errorf("to %.200q", next))
		}
		if to.Scheme != "http" && to.Scheme != "https" {
			return nil, fail(ReasonBadRedirect, req.url, fmt.Errorf("to %.200q", to.String()))
		}
		if to.Host != u.Host && req.header.Get("Authorization") != "" { // a token is for its own host
			req.header = withoutSecrets(req.header)
		}
		address = to.String()
	}
}

// settle makes an answer or a Failure of the last hop, and keeps a whole page.
func (c *Crawler) settle(ctx context.Context, req request, got *answer) (*answer, error) {
	retry := retryAfter(got.header, c.opts.Now())
	if reason := statusReason(got, retry); reason != "" {
		f := fail(reason, req.url, nil)
		f.Status, f.Retry = got.status, retry
		if reason == ReasonForbidden || reason == ReasonStatus || reason == ReasonNotFound {
			f.Err = apiMessage(got)
		}
		return got, f
	}
	var err error
	if got.final, err = Canonical(got.exchange.URL); err != nil {
		return nil, fail(ReasonBadURL, got.exchange.URL, err)
	}
	if req.keep && c.opts.Archive != nil && got.status == http.StatusOK && (req.known == "" || digest(got.body) != req.known) {
		if got.archive, err = c.opts.Archive.Write(ctx, got.exchange); err != nil {
			return nil, fmt.Errorf("archive %.200s: %w", got.exchange.URL, err)
		}
	}
	return got, nil
}

// hop asks one address once.
func (c *Crawler) hop(ctx context.Context, u *url.URL, req request) (*answer, error) {
	if !req.free {
		if err := c.robots.allowed(ctx, u); err != nil {
			return nil, err
		}
	}
	release, rest, err := c.hosts.acquire(ctx, u.Host)
	if err != nil {
		return nil, err
	}
	if release == nil {
		f := fail(ReasonRateLimited, u.String(), errors.New("the host rests"))
		f.Retry = rest
		return nil, f
	}
	defer release()
	select {
	case c.inFlight <- struct{}{}:
		defer func() { <-c.inFlight }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	got, err := c.ask(ctx, u, req)
	if ctx.Err() != nil && err != nil {
		return nil, ctx.Err()
	}
	var reason Reason
	var retry time.Duration
	if err != nil {
		reason = reasonOf(err)
	} else {
		retry = retryAfter(got.header, c.opts.Now())
		reason = statusReason(got, retry)
	}
	rest = c.hosts.outcome(u.Host, reason, retry)
	var f *Failure
	if errors.As(err, &f) {
		f.Retry = rest
	}
	return got, err
}

// ask hands one request to colly, on a clone of the one collector, and returns whatever came.
func (c *Crawler) ask(ctx context.Context, u *url.URL, req request) (got *answer, err error) {
	carry := &carrier{limit: req.limit, cut: req.cut}
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, carrierKey{}, carry), c.opts.Timeout)
	defer cancel()
	collector := c.collector.Clone()
	collector.Context = ctx
	collector.OnResponse(func(r *colly.Response) {
		got = &answer{exchange: carry.exchange, status: r.StatusCode, header: carry.exchange.Header, body: carry.body}
	})
	header := req.header.Clone()
	if header == nil {
		header = http.Header{}
	}
	header.Set("User-Agent", c.opts.UserAgent)
	header.Set("Accept-Encoding", acceptEncoding)
	if header.Get("Accept") == "" {
		header.Set("Accept", "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5")
	}
	if err := collector.Request(http.MethodGet, u.String(), nil, nil, header); err != nil {
		return nil, fail(errorReason(err), u.String(), short(err))
	}
	if got == nil {
		return nil, fail(ReasonUnreachable, u.String(), errors.New("no answer"))
	}
	return got, nil
}

// newCollector makes the one collector. What is switched off here is done by our own code, for the
// reasons in crawling.md 5.
func newCollector(rt http.RoundTripper, userAgent string) *colly.Collector {
	c := colly.NewCollector()
	c.UserAgent = userAgent
	c.Async = false                                                                                                  // every async visit is a goroutine
	c.AllowURLRevisit = true                                                                                         // marks before it fetches; State knows better
	c.IgnoreRobotsTxt = true                                                                                         // its reader is unbounded and skips redirects
	c.ParseHTTPErrorResponse = true                                                                                  // a 304 is no error
	c.MaxBodySize = 0                                                                                                // cuts in silence; the transport fails instead
	c.MaxDepth, c.MaxRequests, c.CacheDir, c.DetectCharset, c.CheckHead, c.TraceHTTP = 0, 0, "", false, false, false // COLLY_ variables may have set them
	c.AllowedDomains, c.DisallowedDomains = nil, nil
	c.DisableCookies() // one jar for all hosts
	c.SetRedirectHandler(func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse })
	c.SetRequestTimeout(0) // the context's deadline is the limit
	c.WithTransport(rt)
	return c
}

// statusReason says why an answer's status, or a bot check in its place, gives no page; "" where it does.
func statusReason(a *answer, retry time.Duration) Reason {
	switch s := a.status; {
	case s == http.StatusOK || s == http.StatusNotModified:
		return ""
	case s >= 300 && s < 400 && a.header.Get("Location") != "":
		return ""
	case s == http.StatusTooManyRequests, s == http.StatusServiceUnavailable && retry > 0:
		return ReasonRateLimited
	case isChallenge(a):
		return ReasonChallenge
	case s == http.StatusNotFound:
		return ReasonNotFound
	case s == http.StatusGone:
		return ReasonGone
	case s == 401, s == 402, s == 403, s == 407, s == 451:
		return ReasonForbidden
	case s >= 500:
		return ReasonServerError
	}
	return ReasonStatus
}

// isChallenge knows the bot checks of Cloudflare and Akamai that stand in place of a page (as Zeno's
// discard hooks do). They are named, never got round.
func isChallenge(a *answer) bool {
	if a.status != 403 && a.status != 503 && a.status != 429 {
		return false
	}
	if a.header.Get("Cf-Mitigated") == "challenge" {
		return true
	}
	head := a.body[:min(len(a.body), 16<<10)]
	return bytes.Contains(head, []byte("<title>Just a moment...</title>")) || bytes.Contains(head, []byte("/cdn-cgi/challenge-platform/"))
}

// errorReason sorts the errors of a request that got no answer.
func errorReason(err error) Reason {
	var dns *net.DNSError
	var timeout net.Error
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	text := err.Error()
	switch {
	case errors.Is(err, errTooLarge):
		return ReasonTooLarge
	case errors.Is(err, errEncoding):
		return ReasonEncoding
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork), errors.Is(err, ssrf.ErrProhibitedPort), errors.Is(err, ssrf.ErrInvalidHostPort):
		return ReasonPrivate
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return ReasonTimeout
	case errors.As(err, &dns):
		return ReasonDNS
	case errors.As(err, &unknown), errors.As(err, &host), errors.As(err, &invalid), errors.As(err, &verify), errors.As(err, &record):
		return ReasonTLS
	case errors.Is(err, io.ErrUnexpectedEOF):
		return ReasonTruncated
	// net/http has no error values for these.
	case strings.Contains(text, "server response headers exceeded"), strings.Contains(text, "malformed HTTP"), strings.Contains(text, "malformed MIME header"), strings.Contains(text, "too many 1xx"):
		return ReasonHeader
	case strings.Contains(text, "failed to parse Location header"):
		return ReasonBadRedirect
	case strings.Contains(text, "read body: "):
		return ReasonTruncated
	}
	return ReasonUnreachable
}

// short cuts an error's text, which may hold what a server sent, and drops net/http's own prefix.
func short(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	if len(err.Error()) <= 300 {
		return err
	}
	return errors.New(strings.ToValidUTF8(err.Error()[:300], "") + "...")
}

// fetchRobots reads a robots.txt: its text, "" where all is allowed, or an error where all is closed. A
// file that is not there (4xx but for 429) or that redirects without end allows all (RFC 9309, 2.3.1).
func (c *Crawler) fetchRobots(ctx context.Context, address string) (string, error) {
	header := http.Header{"Accept": {"text/plain, */*;q=0.5"}}
	got, err := c.fetch(ctx, request{url: address, header: header, limit: maxRobots, cut: true, hops: robotsRedirects, free: true})
	var f *Failure
	switch {
	case err == nil:
		return string(got.body), nil
	case !errors.As(err, &f):
		return "", err
	case f.Reason == ReasonRedirects, f.Reason == ReasonBadRedirect:
		return "", nil
	case f.Status >= 400 && f.Status < 500 && f.Status != http.StatusTooManyRequests:
		return "", nil
	}
	return "", err
}
