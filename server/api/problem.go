package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"tallywire/claims"
)

// statusOf turns a kind of error into an HTTP status.
func statusOf(err error) int {
	var body *http.MaxBytesError
	switch {
	case errors.As(err, &body):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, claims.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, claims.ErrInvalid):
		return http.StatusBadRequest
	case errors.Is(err, claims.ErrConflict):
		return http.StatusConflict
	case errors.Is(err, claims.ErrUnavailable):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// fault is an error as huma answers it. What is ours to know stays in the log.
func (a *API) fault(err error) error {
	status := statusOf(err)
	if status == http.StatusInternalServerError {
		a.Log.Error("request failed", "err", err)
		return huma.NewError(status, "see the log")
	}
	return huma.NewError(status, err.Error())
}

// problem answers with a problem document, for routes that huma does not answer.
func (a *API) problem(w http.ResponseWriter, r *http.Request, err error) {
	status, detail := statusOf(err), err.Error()
	if status == http.StatusInternalServerError {
		a.Log.Error("request failed", "url", r.URL.Path, "err", err)
		detail = "see the log"
	}
	refuse(w, status, detail)
}

// refuse writes a problem document.
func refuse(w http.ResponseWriter, status int, detail string) {
	raw, err := json.Marshal(map[string]any{"title": http.StatusText(status), "status": status, "detail": detail})
	if err != nil {
		panic("api: " + err.Error()) // two texts and a number
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_, _ = w.Write(raw) // the reader is gone where this fails
}

// tagOf is a strong ETag of a body.
func tagOf(raw []byte) string {
	sum := sha256.Sum256(raw)
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}

// tagMatches reports whether an If-Match or If-None-Match header names a tag.
func tagMatches(header, tag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		if part = strings.TrimPrefix(strings.TrimSpace(part), "W/"); part == tag || part == "*" {
			return true
		}
	}
	return false
}

// cached answers with a body and its ETag, or 304 where the asker has it.
func (a *API) cached(w http.ResponseWriter, r *http.Request, contentType string, raw []byte) {
	tag := tagOf(raw)
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "private, no-cache")
	if h := r.Header.Get("If-None-Match"); h != "" && tagMatches(h, tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", contentType)
	_, _ = w.Write(raw)
}
