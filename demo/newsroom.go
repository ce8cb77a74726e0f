// Package demo is a bundled sample newsroom: seven news sites and four social platforms over three days of
// May 2025, written by ourselves, served on loopback for a real crawl. Start with Start, then call Day and
// crawl, day by day.
package demo

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed all:site
var site embed.FS

// Days are the days of the sample, in order: folders of site.
var Days = []string{"fri", "sat", "sun"}

// hosts are the servers of the sample and what each one is.
var hosts = []struct{ name, kind string }{
	{"birdsite", "x"}, {"channel", "telegram"}, {"harbor", ""}, {"headquarters", ""}, {"lantern", ""},
	{"sky", "bluesky"}, {"strichka", ""}, {"toots", "mastodon"}, {"wireline", ""},
}

// A Newsroom is the running sample. Its methods are safe for concurrent use.
type Newsroom struct {
	mu      sync.RWMutex
	files   map[string]map[string][]byte // host -> path -> body
	bases   map[string]string            // host -> "http://127.0.0.1:port"
	servers []*http.Server
}

// Start serves the sample on free loopback ports, empty until the first Day.
func Start(ctx context.Context) (*Newsroom, error) {
	n := &Newsroom{files: map[string]map[string][]byte{}, bases: map[string]string{}}
	for _, h := range hosts {
		var lc net.ListenConfig
		l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
		if err != nil {
			return nil, errors.Join(fmt.Errorf("serve the sample newsroom: %w", err), n.Close())
		}
		n.files[h.name], n.bases[h.name] = map[string][]byte{}, "http://"+l.Addr().String()
		s := &http.Server{Handler: n.handler(h.name, h.kind), ReadHeaderTimeout: 5 * time.Second}
		n.servers = append(n.servers, s)
		go func() { _ = s.Serve(l) }() // ends at Close
	}
	return n, nil
}

// Close stops the servers.
func (n *Newsroom) Close() error {
	var errs []error
	for _, s := range n.servers {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}

// Base is the address of a host of the sample.
func (n *Newsroom) Base(host string) string { return n.bases[host] }

// Day lays a day's pages over those of the days before.
func (n *Newsroom) Day(day string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	root := path.Join("site", day)
	return fs.WalkDir(site, root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := site.ReadFile(name)
		if err != nil {
			return err
		}
		host, file, _ := strings.Cut(strings.TrimPrefix(name, root+"/"), "/")
		for h, base := range n.bases {
			b = []byte(strings.ReplaceAll(string(b), "{{"+h+"}}", base))
		}
		n.files[host]["/"+file] = b
		return nil
	})
}

func (n *Newsroom) file(host, name string) ([]byte, bool) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	for _, p := range []string{name, strings.TrimSuffix(name, "/") + "/index.html"} {
		if b, ok := n.files[host][p]; ok {
			return b, true
		}
	}
	return nil, false
}

var contentTypes = map[string]string{".html": "text/html; charset=utf-8", ".xml": "application/xml; charset=utf-8", ".json": "application/json", ".txt": "text/plain; charset=utf-8"}

func (n *Newsroom) handler(host, kind string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if kind != "" && n.social(w, r, host, kind) {
			return
		}
		name := path.Clean("/" + r.URL.Path)
		body, ok := n.file(host, name)
		if !ok || slices.Contains(strings.Split(name, "/"), "posts.json") {
			http.NotFound(w, r)
			return
		}
		contentType := contentTypes[path.Ext(name)]
		if contentType == "" {
			contentType = contentTypes[".html"]
		}
		answer(w, r, contentType, body)
	})
}

// answer sends a body with its validator, or 304 where the asker has it.
func answer(w http.ResponseWriter, r *http.Request, contentType string, body []byte) {
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", contentType)
	_, _ = w.Write(body) // the reader is gone where this fails
}
