package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"github.com/gocolly/colly/v2"
	"golang.org/x/net/publicsuffix"

	"tallywire/claims"
)

// maxRedirects is how many hops are followed: browsers stop at twenty, Go at ten.
const maxRedirects = 10

// A request is one address to ask, redirects and all.
type request struct {
	url    string // one of parseURL's
	header http.Header
	post   []byte // sent as a POST of JSON; nil: a GET. Redirects of a POST are not followed
	limit  int64  // of the unpacked body; 0: Options.MaxBody
	hops   int    // redirects followed; 0: maxRedirects
	// free skips robots.txt: for robots.txt itself, and for an API that we enter with a token of our own
	// under its own terms.
	free  bool
	keep  bool   // write a 200 answer to the archive, but for one whose body's digest is known
	known string // digest
	cut   bool   // a body over the limit is cut there and no failure: for robots.txt alone
	// refuse, where set, closes redirect targets: the source's exclude expressions.
	refuse func(address string) bool
}

// An answer is what came in the end. Its status is 200 or 304, all else is a Failure.
type answer struct {
	exchange Exchange
	final    string // canonical
	status   int
	header   http.Header
	body     []byte // unpacked
	archive  claims.Archive
	sum      string // digest of body, "" until it is asked for
}

// digest names the unpacked body.
func (a *answer) digest() string {
	if a.sum == "" {
		a.sum = digest(a.body)
	}
	return a.sum
}

// wasPlain tells whether the body came as it is: then what the archive digested on the way is its digest too.
func (a *answer) wasPlain() bool {
	packed := a.exchange.Body
	return len(a.body) > 0 && len(packed) == len(a.body) && &packed[0] == &a.body[0]
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
	var jar http.CookieJar // of this chain alone: some sites set a cookie and send back to the same page
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
		cookies := cookieHeader(jar, u)
		if hop > req.hops || seen[address+"\n"+cookies] {
			return nil, fail(ReasonRedirects, req.url, fmt.Errorf("after %d hops", hop))
		}
		seen[address+"\n"+cookies] = true
		if hop > 0 && req.refuse != nil && req.refuse(address) {
			return nil, fail(ReasonExcluded, req.url, fmt.Errorf("redirects to %.200s", address))
		}
		got, err := c.hop(ctx, u, req, cookies)
		if err != nil {
			return nil, err
		}
		next := got.header.Get("Location")
		if next == "" || req.post != nil || got.status < 300 || got.status > 399 || got.status == http.StatusNotModified {
			return c.settle(ctx, req, got)
		}
		if set := (&http.Response{Header: got.header}).Cookies(); len(set) > 0 {
			if jar == nil {
				if jar, err = cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List}); err != nil {
					return nil, err
				}
			}
			jar.SetCookies(u, set)
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
	if req.keep && c.opts.Archive != nil && got.status == http.StatusOK && (req.known == "" || got.digest() != req.known) {
		if got.archive, err = c.opts.Archive.Write(ctx, got.exchange); err != nil {
			return nil, fmt.Errorf("archive %.200s: %w", got.exchange.URL, err)
		}
		if sum, ok := strings.CutPrefix(got.archive.Digest, "sha256:"); ok && got.wasPlain() {
			got.sum = sum
		}
	}
	return got, nil
}

// hop asks one address once.
func (c *Crawler) hop(ctx context.Context, u *url.URL, req request, cookies string) (*answer, error) {
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
	got, err := c.ask(ctx, u, req, cookies)
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
func (c *Crawler) ask(ctx context.Context, u *url.URL, req request, cookies string) (got *answer, err error) {
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
	if cookies != "" {
		header.Set("Cookie", cookies)
	}
	if header.Get("Accept") == "" {
		header.Set("Accept", "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5")
	}
	method, payload := http.MethodGet, io.Reader(nil)
	if req.post != nil {
		method, payload = http.MethodPost, bytes.NewReader(req.post)
		header.Set("Content-Type", "application/json")
	}
	if err := collector.Request(method, u.String(), payload, nil, header); err != nil {
		return nil, fail(errorReason(err), u.String(), short(err))
	}
	if got == nil {
		return nil, fail(ReasonUnreachable, u.String(), errors.New("no answer"))
	}
	return got, nil
}

// cookieHeader is what a jar has for an address, "" for no jar.
func cookieHeader(jar http.CookieJar, u *url.URL) string {
	if jar == nil {
		return ""
	}
	var parts []string
	for _, cookie := range jar.Cookies(u) {
		parts = append(parts, cookie.Name+"="+cookie.Value)
	}
	return strings.Join(parts, "; ")
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
