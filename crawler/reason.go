package crawler

import (
	"errors"
	"fmt"
	"time"
)

// A Reason says in one word why an address gave no document. Reasons are counted in a Summary and kept
// in claims.Page. The Sink may add its own ("no_text"); those of the crawler are the constants below.
type Reason string

// Why an address was not asked, or gave nothing.
const (
	ReasonBadURL      Reason = "bad_url"            // no address a crawler can ask: not http(s), no host, malformed
	ReasonRobots      Reason = "robots"             // robots.txt closes it
	ReasonRobotsDown  Reason = "robots_unreachable" // robots.txt answers 5xx, 429 or nothing, so all is closed (RFC 9309, 2.3.1.4)
	ReasonPrivate     Reason = "private_address"    // the host's address is loopback, private or reserved
	ReasonDNS         Reason = "dns"                // the host's name does not resolve
	ReasonUnreachable Reason = "unreachable"        // no connection, or it broke before an answer
	ReasonTLS         Reason = "tls"                // no valid certificate
	ReasonTimeout     Reason = "timeout"            // no whole answer in time
	ReasonTooSlow     Reason = "too_slow"           // the body came slower than 1 KiB/s
	ReasonHeader      Reason = "bad_header"         // headers malformed or over 64 KiB
	ReasonTooLarge    Reason = "too_large"          // the body is over max_body once unpacked
	ReasonTruncated   Reason = "truncated"          // the body ended early
	ReasonEncoding    Reason = "bad_encoding"       // the compression is damaged or unknown
	ReasonRedirects   Reason = "too_many_redirects" // over ten hops, or a circle
	ReasonBadRedirect Reason = "bad_redirect"       // a redirect to nowhere or to another scheme
	ReasonNotFound    Reason = "not_found"          // 404
	ReasonGone        Reason = "gone"               // 410
	ReasonForbidden   Reason = "forbidden"          // 401, 402, 403, 407, 451
	ReasonChallenge   Reason = "challenge"          // a bot check in place of the page
	ReasonRateLimited Reason = "rate_limited"       // 429, or 503 with Retry-After, or the host still rests after one
	ReasonServerError Reason = "server_error"       // other 5xx
	ReasonStatus      Reason = "http_status"        // any other answer that is not 200
	ReasonNotText     Reason = "not_text"           // an image, a film, a packed file
	ReasonEmpty       Reason = "empty"              // no bytes
	ReasonNotFeed     Reason = "not_feed"           // HTML or something else where a feed was expected
	ReasonBadFeed     Reason = "bad_feed"           // a feed that cannot be read
	ReasonNotSitemap  Reason = "not_sitemap"        // something else where a sitemap was expected
	ReasonBadSitemap  Reason = "bad_sitemap"        // a sitemap that cannot be read
	ReasonNotPage     Reason = "not_page"           // no HTML where a section page was expected
	ReasonNotAPI      Reason = "not_api"            // an answer that is none of the platform's
	ReasonTooOld      Reason = "too_old"            // published before max_age; passed over, not a failure
	ReasonExcluded    Reason = "excluded"           // it redirects to what the source's exclude closes; passed over
	ReasonTrap        Reason = "trap"               // an address of a spider trap, or the pass's budget is spent
	ReasonPanic       Reason = "panic"              // our own mistake while reading it
	ReasonSinkRefused Reason = "unreadable"         // the Sink refused it and gave no reason
	ReasonAccount     Reason = "no_account"         // the platform knows no such account
	ReasonToken       Reason = "auth_needed"        // the platform wants a token that was not given or is wrong
)

// Reasons lists the crawler's own reasons, in the order of the constants.
var Reasons = []Reason{ReasonBadURL, ReasonRobots, ReasonRobotsDown, ReasonPrivate, ReasonDNS, ReasonUnreachable, ReasonTLS,
	ReasonTimeout, ReasonTooSlow, ReasonHeader, ReasonTooLarge, ReasonTruncated, ReasonEncoding, ReasonRedirects, ReasonBadRedirect,
	ReasonNotFound, ReasonGone, ReasonForbidden, ReasonChallenge, ReasonRateLimited, ReasonServerError, ReasonStatus,
	ReasonNotText, ReasonEmpty, ReasonNotFeed, ReasonBadFeed, ReasonNotSitemap, ReasonBadSitemap, ReasonNotPage, ReasonNotAPI,
	ReasonTooOld, ReasonExcluded, ReasonTrap, ReasonPanic, ReasonSinkRefused, ReasonAccount, ReasonToken}

// A Failure is an address that gave nothing, with the reason. Errors of Crawl wrap one where the
// source's door is what failed.
type Failure struct {
	Reason Reason
	URL    string
	Status int           // of the answer, 0 where there was none
	Retry  time.Duration // how long the server or our own manners ask to stay away; 0: unsaid
	Err    error         // cause, may be nil
}

func (f *Failure) Error() string {
	text := string(f.Reason)
	if f.Status != 0 && f.Status != 200 {
		text = fmt.Sprintf("%s (status %d)", text, f.Status)
	}
	if f.Err != nil {
		text += ": " + f.Err.Error()
	}
	return fmt.Sprintf("%.300s: %.700s", f.URL, text)
}

func (f *Failure) Unwrap() error { return f.Err }

// fail makes a Failure.
func fail(reason Reason, url string, err error) *Failure {
	return &Failure{Reason: reason, URL: url, Err: err}
}

// reasonOf returns the Reason of err, "" where it is none of ours.
func reasonOf(err error) Reason {
	var f *Failure
	if errors.As(err, &f) {
		return f.Reason
	}
	return ""
}

// lasting reports whether trying again soon is of no use.
func (r Reason) lasting() bool {
	switch r {
	case ReasonBadURL, ReasonPrivate, ReasonGone, ReasonNotText, ReasonTooLarge, ReasonExcluded, ReasonTrap, ReasonBadRedirect:
		return true
	}
	return false
}
