package crawler

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"code.dny.dev/ssrf"
)

// statusReason says why an answer's status, or a bot check in its place, gives no page; "" where it does.
func statusReason(a *answer, retry time.Duration) Reason {
	switch s := a.status; {
	case s == http.StatusOK || s == http.StatusNotModified:
		return ""
	case s >= 300 && s < 400 && a.header.Get("Location") != "" && a.exchange.Method != http.MethodPost:
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
	var alert tls.AlertError
	text := err.Error()
	switch {
	case errors.Is(err, errTooLarge):
		return ReasonTooLarge
	case errors.Is(err, errTooSlow):
		return ReasonTooSlow
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
	case errors.As(err, &alert), strings.Contains(text, "server gave HTTP response to HTTPS client"), strings.Contains(text, "tls: "):
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
