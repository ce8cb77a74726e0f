package crawler

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"time"

	"code.dny.dev/ssrf"
)

const (
	// maxHeader caps an answer's headers; Go's own cap is 10 MiB (reliability.md, C8).
	maxHeader = 64 << 10
	// dialTimeout and headerTimeout bound the parts of an exchange that Options.Timeout bounds whole.
	dialTimeout   = 15 * time.Second
	headerTimeout = 20 * time.Second
)

// carrier travels in a request's context: the transport leaves there what colly must not see or touch.
type carrier struct {
	limit    int64 // of the unpacked body
	cut      bool  // keep the first limit bytes of a longer body
	exchange Exchange
	body     []byte // unpacked
}

type carrierKey struct{}

// transport is the http.RoundTripper given to colly. It reads the whole body under its cap, undoes the
// content coding, keeps the exchange as it was on the wire, and hands colly an answer with nothing left
// to unpack, cut or recode: the body itself goes to the carrier.
type transport struct {
	base *http.Transport
	now  func() time.Time
}

// newTransport makes the one transport that all fetches of a Crawler share.
func newTransport(o Options) *transport {
	dialer := &net.Dialer{Timeout: dialTimeout, KeepAlive: 30 * time.Second}
	if !o.AllowPrivateNetworks {
		// At the moment of dialling, so that no name can answer the check with one address and the
		// connection with another (reliability.md 1, finding 4). Any port: news runs on odd ones too.
		dialer.Control = ssrf.New(ssrf.WithAnyPort()).Safe
	}
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		if o.Resolve != nil {
			to, err := o.Resolve(ctx, address)
			if err != nil {
				return nil, err
			}
			address = to
		}
		conn, err := dialer.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return quickAck(conn), nil
	}
	return &transport{now: o.Now, base: &http.Transport{
		Proxy:                  nil, // a proxy would dial for us, past the guard
		DialContext:            dial,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // we undo codings ourselves, under the cap
		TLSHandshakeTimeout:    dialTimeout,
		ResponseHeaderTimeout:  headerTimeout,
		MaxResponseHeaderBytes: maxHeader,
		MaxIdleConns:           200,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        90 * time.Second,
	}}
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	c, ok := req.Context().Value(carrierKey{}).(*carrier)
	if !ok {
		return nil, errors.New("request without a carrier") // our own mistake: nothing else may use this transport
	}
	e := Exchange{Method: req.Method, URL: req.URL.String(), At: t.now().UTC()}
	trace := &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		if addr, ok := info.Conn.RemoteAddr().(*net.TCPAddr); ok {
			e.IP = addr.IP.String()
		}
	}}
	ctx, cancel := context.WithCancelCause(httptrace.WithClientTrace(req.Context(), trace))
	defer cancel(nil)
	res, err := t.base.RoundTrip(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	e.RequestHeader = withoutSecrets(req.Header)
	e.Proto, e.Status, e.Header = res.Proto, res.StatusCode, res.Header.Clone()
	_, e.Reason, _ = strings.Cut(res.Status, " ")
	c.exchange = e
	if res.ContentLength > c.limit && !c.cut {
		return nil, errTooLarge
	}
	body := newTempo(res.Body, func() { cancel(errTooSlow) })
	packed, err := readCapped(body, c.limit, res.ContentLength)
	body.stop()
	if err != nil && errors.Is(context.Cause(ctx), errTooSlow) {
		err = errTooSlow // net/http says no more than that it was called off
	}
	tooLong := errors.Is(err, errTooLarge) && c.cut
	if err != nil && !tooLong {
		return nil, fmt.Errorf("read body: %w", err)
	}
	c.exchange.Body = packed
	c.body, err = Decode(packed, res.Header.Get("Content-Encoding"), c.limit)
	if err != nil && !tooLong && !(errors.Is(err, errTooLarge) && c.cut) {
		return nil, fmt.Errorf("unpack body: %w", err)
	}
	return shielded(res), nil
}

// shielded is res as colly may see it. colly unpacks by path and by type, cuts, and recodes by the
// header's charset (crawling.md 5, numbers 5, 6, 8, 9, 15): the body goes round it, in the carrier.
func shielded(res *http.Response) *http.Response {
	out := *res
	out.Header = http.Header{}
	if location := res.Header.Get("Location"); location != "" {
		out.Header.Set("Location", location)
	}
	out.Body, out.ContentLength, out.Uncompressed = http.NoBody, 0, true
	return &out
}

// withoutSecrets copies a request's headers but for those that grant access.
func withoutSecrets(h http.Header) http.Header {
	h = h.Clone()
	for _, name := range []string{"Authorization", "Cookie", "Proxy-Authorization"} {
		h.Del(name)
	}
	return h
}
