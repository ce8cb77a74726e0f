package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"tallywire/access"
)

// callerKey is where a request's context holds its caller.
type callerKey struct{}

// A caller is who asks: a token, or somebody on this machine without one.
type caller struct {
	access.Token
	local bool
}

// who is the caller of a request under way.
func who(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

// name is how the audit log names a caller.
func (c caller) name() string {
	if c.ID == "" {
		return "somebody on this machine"
	}
	return c.Name + " (" + c.ID + ")"
}

// guard sets what every answer carries, counts, bounds and authorizes.
func (a *API) guard(next *http.ServeMux) http.Handler {
	return a.metrics.count(next, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
		h.Set("X-Frame-Options", "DENY")
		h.Set("X-Robots-Tag", "noindex")
		h.Set("Cache-Control", "no-store")
		select {
		case a.inFlight <- struct{}{}:
			defer func() { <-a.inFlight }()
		default:
			h.Set("Retry-After", "1")
			refuse(w, http.StatusServiceUnavailable, "too many requests are being answered; ask again in a second")
			return
		}
		if len(r.URL.RawQuery) > maxQuery || len(r.URL.Path) > maxQuery {
			refuse(w, http.StatusRequestURITooLong, "the address is too long")
			return
		}
		if strings.Count(r.URL.RawQuery, "&") >= maxParams {
			refuse(w, http.StatusBadRequest, "too many parameters")
			return
		}
		_, pattern := next.Handler(r)
		if pattern == "" {
			a.noRoute(w, r, next)
			return
		}
		need, known := a.scopes[pattern]
		if !known {
			a.Log.Error("route without a scope", "url", pattern) // our own mistake: it stays closed
			refuse(w, http.StatusForbidden, "this route is closed")
			return
		}
		c, ok := a.authorize(w, r, need)
		if !ok {
			return
		}
		if err := wholeBody(w, r); err != nil {
			refuse(w, statusOf(err), err.Error())
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, c)))
	}))
}

// noRoute answers for an address or method that there is not.
func (a *API) noRoute(w http.ResponseWriter, r *http.Request, next *http.ServeMux) {
	probe := httptest.NewRecorder()
	next.ServeHTTP(probe, r.WithContext(r.Context()))
	if allow := probe.Header().Get("Allow"); allow != "" {
		w.Header().Set("Allow", allow)
		refuse(w, http.StatusMethodNotAllowed, "this address takes "+allow)
		return
	}
	refuse(w, http.StatusNotFound, "there is no such address; /api/v1/openapi.json lists them")
}

// authorize finds the caller and whether the route is open to him. It has answered where it is not.
func (a *API) authorize(w http.ResponseWriter, r *http.Request, need access.Scope) (caller, bool) {
	address := addressOf(r)
	header := r.Header.Get("Authorization")
	if header == "" {
		c := caller{local: a.local(r, address)}
		if !a.allowed(w, a.requests, address) {
			return c, false
		}
		open := need == "" || need == access.Read && c.local || need == access.Admin && c.local && r.Method == http.MethodGet && r.URL.Path == "/metrics"
		if !open {
			if r.URL.Path == "/metrics" { // not there, for whoever is not of the house
				refuse(w, http.StatusNotFound, "there is no such address")
				return c, false
			}
			w.Header().Set("WWW-Authenticate", `Bearer realm="tallywire"`)
			refuse(w, http.StatusUnauthorized, "this needs a token of scope "+string(need)+"; `tallywire token create` makes one")
		}
		return c, open
	}
	if !a.failures.has(address) {
		w.Header().Set("Retry-After", "60")
		refuse(w, http.StatusTooManyRequests, "too many wrong tokens from this address")
		return caller{}, false
	}
	scheme, secret, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "bearer") {
		secret = ""
	}
	token, err := a.Tokens.Check(r.Context(), strings.TrimSpace(secret))
	if err != nil {
		if !errors.Is(err, access.ErrUnknown) {
			a.problem(w, r, fmt.Errorf("check token: %w", err))
			return caller{}, false
		}
		a.failures.take(address)
		w.Header().Set("WWW-Authenticate", `Bearer realm="tallywire", error="invalid_token"`)
		refuse(w, http.StatusUnauthorized, "the token is unknown, revoked or at its end")
		return caller{}, false
	}
	if !a.allowed(w, a.requests, token.ID) {
		return caller{}, false
	}
	if need != "" && !token.Scope.Allows(need) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="tallywire", error="insufficient_scope", scope="`+string(need)+`"`)
		refuse(w, http.StatusForbidden, "this needs a token of scope "+string(need)+"; this one is of scope "+string(token.Scope))
		return caller{}, false
	}
	return caller{Token: token}, true
}

// allowed takes one request from an allowance, or answers 429.
func (a *API) allowed(w http.ResponseWriter, l *limiter, key string) bool {
	wait := l.take(key)
	if wait <= 0 {
		return true
	}
	w.Header().Set("Retry-After", strconv.Itoa(int(wait.Seconds())+1))
	refuse(w, http.StatusTooManyRequests, "too many requests; ask again later")
	return false
}

// addressOf names the network that asks: an IPv4 address, or the /64 of an IPv6 one, which one holder has.
func addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return "?"
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return "?"
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		if p, err := ip.Prefix(64); err == nil && !ip.IsLoopback() {
			return p.String()
		}
	}
	return ip.String()
}

// local reports whether a request comes from this machine, by a name that no foreign page can have pointed
// here (DNS rebinding), from no foreign page, and through no proxy, which would make everybody local.
func (a *API) local(r *http.Request, address string) bool {
	ip, err := netip.ParseAddr(address)
	if err != nil || !ip.IsLoopback() {
		return false
	}
	for _, h := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(h) != "" {
			return false
		}
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site == "cross-site" || site == "same-site" {
		return false
	}
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(strings.ToLower(host), "[]")
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsLoopback()
	}
	return host == "localhost" || slices.Contains(a.Hosts, host)
}

// wholeBody reads a request's body under its limit and, where it is JSON, refuses what parsers disagree on:
// keys that stand twice, and nesting without end.
func wholeBody(w http.ResponseWriter, r *http.Request) error {
	if r.Body == nil || r.Body == http.NoBody {
		return nil
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return err
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(raw)), int64(len(raw))
	if kind := r.Header.Get("Content-Type"); kind == "" || strings.Contains(kind, "json") {
		return checkJSON(raw)
	}
	return nil
}
