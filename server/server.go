// Package server shows the board: pages for people, JSON for programs. Pages work without scripts and load nothing from
// elsewhere. Start with New.
package server

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"tallywire/claims"
	"tallywire/report"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed static/*
var static embed.FS

// Store is what the server reads.
type Store interface {
	Claim(ctx context.Context, id claims.ClaimID) (claims.Claim, error)
	Claims(ctx context.Context, after claims.ClaimID, limit int) ([]claims.Claim, claims.ClaimID, error)
}

// A Server answers requests; its handler is safe for concurrent use.
type Server struct {
	store Store
	log   *slog.Logger
	pages *template.Template
}

// New parses the templates and returns a Server over a store.
func New(s Store, log *slog.Logger) (*Server, error) {
	pages, err := template.New("").Funcs(template.FuncMap{
		"day":   func(t time.Time) string { return t.UTC().Format("2 Jan 2006, 15:04 UTC") },
		"value": valueWords,
		"sign": func(s claims.Status) string {
			return map[claims.Status]string{claims.Verified: "✔", claims.Disputed: "≠", claims.Unverified: "?"}[s]
		},
	}).ParseFS(templates, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("read page templates: %w", err)
	}
	return &Server{store: s, log: log, pages: pages}, nil
}

func valueWords(v claims.Value) string {
	if v.Low.Known() && v.High.Known() && !v.Low.Equal(v.High) {
		return strings.TrimSpace(v.Best.String() + " (" + v.Low.String() + " to " + v.High.String() + ")")
	}
	if v.Best.Known() && !v.High.Known() {
		return "at least " + v.Best.String()
	}
	return v.Best.String()
}

// Handler is all routes.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.board)
	mux.HandleFunc("GET /claims/{id}", s.claim)
	mux.HandleFunc("GET /api/v1/claims", s.apiClaims)
	mux.HandleFunc("GET /api/v1/claims/{id}", s.apiClaim)
	mux.HandleFunc("GET /api/v1/claims/{id}/history", s.apiHistory)
	mux.HandleFunc("GET /api/v1/export", s.apiExport)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", s.ready)
	mux.Handle("GET /static/", http.FileServerFS(static))
	return headers(http.NewCrossOriginProtection().Handler(mux))
}

// headers sets what every answer carries (reliability.md 5.1).
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
		h.Set("X-Frame-Options", "DENY")
		h.Set("X-Robots-Tag", "noindex")
		next.ServeHTTP(w, r)
	})
}

// query reads the filter of a request's parameters.
func query(r *http.Request) (claims.Filter, error) {
	q := r.URL.Query()
	f := claims.Filter{Words: strings.Fields(q.Get("q")), Status: claims.Status(q.Get("status")), Topic: q.Get("topic"), Source: claims.SourceID(q.Get("source")), Unit: q.Get("unit"), Sort: q.Get("sort")}
	for name, at := range map[string]*time.Time{"since": &f.Since, "until": &f.Until} {
		if v := q.Get(name); v != "" {
			t, err := time.Parse(time.RFC3339, v)
			if err != nil {
				if t, err = time.Parse(time.DateOnly, v); err != nil {
					return f, fmt.Errorf("%w: %s %q; want YYYY-MM-DD or RFC 3339", claims.ErrInvalid, name, v)
				}
			}
			*at = t.UTC()
		}
	}
	for name, n := range map[string]*claims.Number{"min": &f.Min, "max": &f.Max} {
		if v := q.Get(name); v != "" {
			var err error
			if *n, err = claims.ParseNumber(v); err != nil {
				return f, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	if v := q.Get("limit"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil {
			return f, fmt.Errorf("%w: limit %q; want a number", claims.ErrInvalid, v)
		}
		f.Limit = n
	}
	return f, f.Validate()
}

func (s *Server) pick(r *http.Request) ([]claims.Claim, claims.Filter, error) {
	f, err := query(r)
	if err != nil {
		return nil, f, err
	}
	var out []claims.Claim
	var after claims.ClaimID
	for {
		page, next, err := s.store.Claims(r.Context(), after, 200)
		if err != nil {
			return nil, f, err
		}
		for i := range page {
			if f.Matches(&page[i]) {
				out = append(out, page[i])
			}
		}
		if after = next; next == "" {
			return f.Order(out), f, nil
		}
	}
}

func (s *Server) board(w http.ResponseWriter, r *http.Request) {
	cs, _, err := s.pick(r)
	if err != nil {
		s.problem(w, r, err)
		return
	}
	s.page(w, r, "board.html", struct {
		Query  string
		Status string
		Claims []claims.Claim
	}{r.URL.Query().Get("q"), r.URL.Query().Get("status"), cs})
}

func (s *Server) claim(w http.ResponseWriter, r *http.Request) {
	c, err := s.store.Claim(r.Context(), claims.ClaimID(r.PathValue("id")))
	if err != nil {
		s.problem(w, r, err)
		return
	}
	s.page(w, r, "claim.html", c)
}

// page renders into a buffer first, so that a failure is an error page and not half a page.
func (s *Server) page(w http.ResponseWriter, r *http.Request, name string, data any) {
	var b bytes.Buffer
	if err := s.pages.ExecuteTemplate(&b, name, data); err != nil {
		s.problem(w, r, fmt.Errorf("render %s: %w", name, err))
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = b.WriteTo(w) // the reader is gone where this fails
}

func (s *Server) apiClaims(w http.ResponseWriter, r *http.Request) {
	cs, _, err := s.pick(r)
	if err != nil {
		s.problem(w, r, err)
		return
	}
	for i := range cs {
		cs[i].Mentions, cs[i].History = nil, nil
	}
	w.Header().Set("Content-Type", "application/json")
	_ = report.JSON(w, cs)
}

func (s *Server) apiClaim(w http.ResponseWriter, r *http.Request) {
	c, err := s.store.Claim(r.Context(), claims.ClaimID(r.PathValue("id")))
	if err != nil {
		s.problem(w, r, err)
		return
	}
	s.json(w, c)
}

func (s *Server) apiHistory(w http.ResponseWriter, r *http.Request) {
	c, err := s.store.Claim(r.Context(), claims.ClaimID(r.PathValue("id")))
	if err != nil {
		s.problem(w, r, err)
		return
	}
	s.json(w, map[string]any{"history": c.History})
}

func (s *Server) apiExport(w http.ResponseWriter, r *http.Request) {
	cs, _, err := s.pick(r)
	if err != nil {
		s.problem(w, r, err)
		return
	}
	format := r.URL.Query().Get("format")
	if format == "" {
		format = "json"
	}
	var b bytes.Buffer
	if err := report.Write(&b, format, cs); err != nil {
		s.problem(w, r, err)
		return
	}
	w.Header().Set("Content-Type", map[string]string{"json": "application/json", "jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8"}[format])
	w.Header().Set("Content-Disposition", `attachment; filename="tallywire.`+format+`"`)
	_, _ = b.WriteTo(w)
}

func (s *Server) json(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v)
}

func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	if _, _, err := s.store.Claims(r.Context(), "", 1); err != nil {
		s.problem(w, r, fmt.Errorf("%w: %w", claims.ErrUnavailable, err))
		return
	}
	fmt.Fprintln(w, "ready")
}

// problem answers with an RFC 9457 problem document.
func (s *Server) problem(w http.ResponseWriter, r *http.Request, err error) {
	status := http.StatusInternalServerError
	switch {
	case errors.Is(err, claims.ErrNotFound):
		status = http.StatusNotFound
	case errors.Is(err, claims.ErrInvalid):
		status = http.StatusBadRequest
	case errors.Is(err, claims.ErrConflict):
		status = http.StatusConflict
	case errors.Is(err, claims.ErrUnavailable):
		status = http.StatusServiceUnavailable
	}
	detail := err.Error()
	if status == http.StatusInternalServerError {
		s.log.Error("request failed", "url", r.URL.Path, "err", err)
		detail = "see the log"
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"type": "about:blank", "title": http.StatusText(status), "status": status, "detail": detail, "instance": r.URL.Path})
}
