package server

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"tallywire/claims"
	"tallywire/server/locale"
)

// A view is one request as a page sees it: who reads, and what the template shows.
type view struct {
	r *http.Request
	*locale.Locale
	Token  string
	Title  string // of the page
	Here   string // the navigation's entry: board, check, sources, topics, ""
	Notice string // what was just done, in words
	Can    bool   // whether changes are allowed
	Data   any
	now    time.Time
	status int
}

// InLanguage is the link to this page in another language.
func (v *view) InLanguage(lang string) string {
	if v.r.Method != http.MethodGet {
		return "?lang=" + lang
	}
	q := v.r.URL.Query()
	q.Set("lang", lang)
	q.Del("done")
	return "?" + q.Encode()
}

// Now is the time of the request, UTC.
func (v *view) Now() time.Time { return v.now }

const languageCookie = "tallywire_language"

// page wraps a handler of a page: it finds the reader's language, and an error becomes a page that helps.
func (s *Server) page(f func(w http.ResponseWriter, v *view) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if lang := r.URL.Query().Get("lang"); slices.Contains(locale.Languages, lang) && r.Method == http.MethodGet {
			s.chooseLanguage(w, r, lang)
			return
		}
		chosen := ""
		if c, err := r.Cookie(languageCookie); err == nil {
			chosen = c.Value
		}
		v := &view{r: r, Locale: s.words.For(chosen, r.Header.Get("Accept-Language")), now: s.Now().UTC(), status: http.StatusOK}
		v.Token = s.token(w, r)
		v.Can = s.Writable(r)
		if done := r.URL.Query().Get("done"); done != "" && v.Has("done."+done) {
			v.Notice = v.T("done." + done)
		}
		if err := f(w, v); err != nil {
			s.fail(w, v, err)
		}
	}
}

// chooseLanguage keeps a reader's choice and goes back to the page without it in its address.
func (s *Server) chooseLanguage(w http.ResponseWriter, r *http.Request, lang string) {
	http.SetCookie(w, &http.Cookie{Name: languageCookie, Value: lang, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil})
	q := r.URL.Query()
	q.Del("lang")
	back := url.URL{Path: "/" + strings.TrimLeft(path.Clean(r.URL.Path), "/\\"), RawQuery: q.Encode()}
	http.Redirect(w, r, back.String(), http.StatusSeeOther)
}

// show renders into a buffer first, so that a failure is an error page and not half a page.
func (s *Server) show(w http.ResponseWriter, v *view, name string, data any) error {
	v.Data = data
	var b bytes.Buffer
	if err := s.pages.ExecuteTemplate(&b, name, v); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", v.Lang)
	w.Header().Add("Vary", "Accept-Language, Cookie")
	w.WriteHeader(v.status)
	_, _ = b.WriteTo(w) // the reader is gone where this fails
	return nil
}

// statusOf is the one place where a kind of error becomes an HTTP status.
func statusOf(err error) int {
	switch {
	case errors.Is(err, errForbidden):
		return http.StatusForbidden
	case errors.Is(err, errTooLarge):
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

// fail shows an error as a page: what happened, and what to do.
func (s *Server) fail(w http.ResponseWriter, v *view, err error) {
	if v.r.Context().Err() != nil {
		return // nobody is there to read it
	}
	v.status = statusOf(err)
	detail := err.Error()
	if v.status == http.StatusInternalServerError {
		s.log.Error("page failed", "url", v.r.URL.Path, "err", err)
		detail = ""
	}
	if v.status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "3")
	}
	v.Title, v.Here = v.T(fmt.Sprintf("error.%d", v.status)), ""
	if err := s.show(w, v, "error.html", struct {
		Status       int
		Detail, Help string
	}{v.status, plain(cut(detail, 300)), v.T(fmt.Sprintf("error.%d.help", v.status))}); err != nil {
		s.log.Error("page failed", "url", v.r.URL.Path, "err", err)
		http.Error(w, http.StatusText(v.status), v.status)
	}
}

func (s *Server) noPage(_ http.ResponseWriter, v *view) error {
	return fmt.Errorf("%s: %w", cut(v.r.URL.Path, 100), claims.ErrNotFound)
}

// funcs are what templates may call besides a view's methods.
func (s *Server) funcs() template.FuncMap {
	return template.FuncMap{
		"plain": plain,
		"link":  link,
		"place": place,
		"cut":   cut,
		"asset": func(name string) string { return "/static/" + name + "?v=" + s.assets[name] },
		"sign":  sign,
		"source": func(id claims.SourceID) string {
			return s.sourceName(id)
		},
		"rfc": func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"add": func(a, b int) int { return a + b },
		"sub": func(a int) int { return -a },
		"pair": func(v *view, data any) any {
			return struct {
				V *view
				D any
			}{v, data}
		},
	}
}

// sign stands beside a status's word, so that colour is never the only sign.
func sign(status any) string {
	switch fmt.Sprint(status) {
	case "verified":
		return "✔"
	case "disputed":
		return "≠"
	case "unverified":
		return "?"
	}
	return "·"
}

// sourceNames finds a source's name by its ID.
type sourceNames struct {
	mu   sync.Mutex
	of   map[claims.SourceID]string
	seen int
}

func (s *Server) sourceName(id claims.SourceID) string {
	n := &s.names
	n.mu.Lock()
	defer n.mu.Unlock()
	if list := s.Sources(); n.of == nil || n.seen != len(list) {
		n.of, n.seen = make(map[claims.SourceID]string, len(list)), len(list)
		for _, src := range list {
			n.of[src.ID] = plain(src.Name)
		}
	}
	if name := n.of[id]; name != "" {
		return name
	}
	return plain(string(id))
}

// hashAssets gives each asset its hash, so that an address names one content for ever.
func hashAssets(files embed.FS) (map[string]string, error) {
	out := map[string]string{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := files.ReadFile(name)
		sum := sha256.Sum256(b)
		out[path.Base(name)] = hex.EncodeToString(sum[:6])
		return err
	})
	return out, err
}

func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if s.assets[name] == "" {
		http.NotFound(w, r)
		return
	}
	if r.URL.Query().Get("v") == s.assets[name] {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	http.ServeFileFS(w, r, assetsFS(), name)
}
