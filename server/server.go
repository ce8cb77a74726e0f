package server

import (
	"crypto/rand"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"tallywire/claims"
	"tallywire/server/locale"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed static
var static embed.FS

// A Server answers requests; its handler is safe for concurrent use.
type Server struct {
	Options
	log    *slog.Logger
	pages  *template.Template
	words  *locale.Catalogue
	assets map[string]string // name to its hash
	key    [32]byte          // of form tokens; a new one at every start
	live   chan struct{}     // one token a listener to events
	names  sourceNames
	saved  savedSearches
}

// maxListeners bounds the pages that listen to events at once.
const maxListeners = 256

// New parses templates and words, so that a fault in them fails the start and no request.
func New(o Options) (*Server, error) {
	if o.Store == nil || o.Board == nil || o.Log == nil {
		return nil, fmt.Errorf("server: no store, board or log: %w", claims.ErrInvalid)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sources == nil {
		o.Sources = func() []Source { return nil }
	}
	if o.Writable == nil {
		o.Writable = fromHere
	}
	s := &Server{Options: o, log: o.Log, live: make(chan struct{}, maxListeners)}
	if _, err := rand.Read(s.key[:]); err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	var err error
	if s.words, err = locale.Load(); err != nil {
		return nil, fmt.Errorf("read the interface's words: %w", err)
	}
	if s.assets, err = hashAssets(static); err != nil {
		return nil, fmt.Errorf("read assets: %w", err)
	}
	if s.pages, err = template.New("").Funcs(s.funcs()).ParseFS(templates, "templates/*.html"); err != nil {
		return nil, fmt.Errorf("read page templates: %w", err)
	}
	return s, nil
}

// fromHere reports whether a request comes from this machine.
func fromHere(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

// assetsFS is static without its folder.
func assetsFS() fs.FS {
	sub, err := fs.Sub(static, "static")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}
