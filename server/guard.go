package server

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"tallywire/claims"
)

// pagePolicy is the Content-Security-Policy of everything but archived pages (reliability.md 5.1).
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"

// Limits of one request.
const (
	maxForm  = 1 << 20 // bytes of a body
	maxQuery = 8 << 10 // bytes of an address behind its "?"
)

// guard sets what every answer carries, errors too, and turns away what no page of ours sends.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
		h.Set("X-Frame-Options", "DENY")
		h.Set("X-Robots-Tag", "noindex")
		h.Set("Cache-Control", "no-store")
		switch {
		case !s.knownHost(r.Host):
			http.Error(w, "this desk is not known by that name; ask for it by address, or list the name in its settings", http.StatusBadRequest)
			return
		case len(r.URL.RawQuery) > maxQuery:
			http.Error(w, "the address is too long", http.StatusRequestURITooLong)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		next.ServeHTTP(w, r)
	})
}

// knownHost refuses names that a hostile page could have pointed at this machine (DNS rebinding). Addresses cannot be.
func (s *Server) knownHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	return host == "localhost" || slices.Contains(s.Hosts, host)
}

const visitorCookie = "tallywire_visitor"

// token is the secret that a form of this visitor must send back. It sets the visitor's cookie where there is none.
func (s *Server) token(w http.ResponseWriter, r *http.Request) string {
	c, err := r.Cookie(visitorCookie)
	if err != nil || len(c.Value) != 26 {
		c = &http.Cookie{Name: visitorCookie, Value: rand.Text(), Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil}
		http.SetCookie(w, c)
	}
	return s.tokenOf(c.Value)
}

func (s *Server) tokenOf(visitor string) string {
	mac := hmac.New(sha256.New, s.key[:])
	mac.Write([]byte(visitor))
	return hex.EncodeToString(mac.Sum(nil))
}

var errForm = errors.New("this form is too old or not ours: open the page again and repeat")

// form wraps a handler that changes something: who may, a token that only our page knew, and a form that is whole.
func (s *Server) form(f func(w http.ResponseWriter, v *view) error) http.HandlerFunc {
	return s.page(func(w http.ResponseWriter, v *view) error {
		if !s.Writable(v.r) {
			return fmt.Errorf("%w: changes are made from the desk's own machine", errForbidden)
		}
		if err := parseForm(v.r); err != nil {
			return err
		}
		c, err := v.r.Cookie(visitorCookie)
		if err != nil || !hmac.Equal([]byte(s.tokenOf(c.Value)), []byte(v.r.PostFormValue("token"))) {
			return fmt.Errorf("%w: %w", errForbidden, errForm)
		}
		return f(w, v)
	})
}

var errForbidden = errors.New("not allowed")

// maxFields bounds a form's fields.
const maxFields = 2000

func parseForm(r *http.Request) error {
	err := r.ParseForm() // first: ParseMultipartForm would hide its error
	if err == nil {
		if err = r.ParseMultipartForm(maxForm); errors.Is(err, http.ErrNotMultipart) {
			err = nil
		}
	}
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		return fmt.Errorf("%w: more than %d bytes", errTooLarge, big.Limit)
	case err != nil:
		return fmt.Errorf("%w: the form cannot be read", claims.ErrInvalid)
	}
	n := 0
	for _, values := range r.PostForm {
		n += len(values)
	}
	if n > maxFields {
		return fmt.Errorf("%w: %d fields", errTooLarge, n)
	}
	return nil
}

var errTooLarge = errors.New("too large")
