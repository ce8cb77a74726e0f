package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"

	"tallywire/claims"
	"tallywire/report"
)

// plainAPI is the JSON that pages, scripts and the evaluation read until server/api takes its place through
// Options.Routes.
func (s *Server) plainAPI(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/v1/claims", s.apiClaims)
	mux.HandleFunc("GET /api/v1/claims/{id}", s.apiClaim)
	mux.HandleFunc("GET /api/v1/claims/{id}/history", s.apiHistory)
	mux.HandleFunc("GET /api/v1/export", s.apiExport)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", s.ready)
}

func (s *Server) pick(r *http.Request) ([]claims.Claim, claims.Filter, error) {
	f, err := filterOf(r.URL.Query())
	if err != nil {
		return nil, f, err
	}
	var out []claims.Claim
	var after claims.ClaimID
	for {
		page, next, err := s.Store.Claims(r.Context(), after, 200)
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
	c, err := s.Store.Claim(r.Context(), claims.ClaimID(r.PathValue("id")))
	if err != nil {
		s.problem(w, r, err)
		return
	}
	s.json(w, c)
}

func (s *Server) apiHistory(w http.ResponseWriter, r *http.Request) {
	c, err := s.Store.Claim(r.Context(), claims.ClaimID(r.PathValue("id")))
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
	if _, _, err := s.Store.Claims(r.Context(), "", 1); err != nil {
		s.problem(w, r, fmt.Errorf("%w: %w", claims.ErrUnavailable, err))
		return
	}
	fmt.Fprintln(w, "ready")
}

// problem answers with an RFC 9457 problem document.
func (s *Server) problem(w http.ResponseWriter, r *http.Request, err error) {
	status := statusOf(err)
	detail := err.Error()
	if status == http.StatusInternalServerError {
		s.log.Error("request failed", "url", r.URL.Path, "err", err)
		detail = "see the log"
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"type": "about:blank", "title": http.StatusText(status), "status": status, "detail": detail, "instance": r.URL.Path})
}
