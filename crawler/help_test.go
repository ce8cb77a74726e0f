package crawler

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tallywire/claims"
	"tallywire/internal/webtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// epoch is when tests begin.
var epoch = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// memory is a State in memory.
type memory struct {
	mu      sync.Mutex
	pages   map[string]claims.Page
	sources map[claims.SourceID]claims.SourceState
}

func newMemory() *memory {
	return &memory{pages: map[string]claims.Page{}, sources: map[claims.SourceID]claims.SourceState{}}
}

func (m *memory) Page(_ context.Context, url string) (claims.Page, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	page, ok := m.pages[url]
	if !ok {
		return page, claims.ErrNotFound
	}
	return page, nil
}

func (m *memory) PutPages(ctx context.Context, pages ...claims.Page) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, page := range pages {
		m.pages[page.URL] = page
	}
	return nil
}

func (m *memory) Pages(_ context.Context, source claims.SourceID, after string, limit int) ([]claims.Page, string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []claims.Page
	for _, page := range m.pages {
		if page.Source == source && page.URL > after {
			out = append(out, page)
		}
	}
	slices.SortFunc(out, func(a, b claims.Page) int { return strings.Compare(a.URL, b.URL) })
	if len(out) > limit {
		return out[:limit], out[limit-1].URL, nil
	}
	return out, "", nil
}

func (m *memory) SourceState(_ context.Context, id claims.SourceID) (claims.SourceState, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	state, ok := m.sources[id]
	if !ok {
		return state, claims.ErrNotFound
	}
	return state, nil
}

func (m *memory) PutSourceState(_ context.Context, state claims.SourceState) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sources[state.Source] = state
	return nil
}

// shelf is a Sink that keeps what it is given and tells versions apart by their text.
type shelf struct {
	mu     sync.Mutex
	got    []Fetched
	known  map[claims.DocumentID]bool
	refuse map[string]Reason // by address
}

func (s *shelf) take(_ context.Context, f Fetched) (Result, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.got = append(s.got, f)
	if reason := s.refuse[f.URL]; reason != "" {
		return Result{Outcome: Refused, Reason: reason}, nil
	}
	text, published := string(f.Body), time.Time{}
	if f.Post != nil {
		text, published = f.Post.Text, f.Post.Published
	}
	if s.known == nil {
		s.known = map[claims.DocumentID]bool{}
	}
	id := claims.NewDocumentID(f.URL, text)
	if s.known[id] {
		return Result{Outcome: Unchanged, Canonical: f.URL, Published: published}, nil
	}
	s.known[id] = true
	return Result{Outcome: Added, Canonical: f.URL, Published: published}, nil
}

// urls lists the addresses that came, sorted.
func (s *shelf) urls() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, f := range s.got {
		out = append(out, f.URL)
	}
	slices.Sort(out)
	return out
}

func (s *shelf) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.got = nil
}

// rig is a Crawler before a Web on loopback.
type rig struct {
	*Crawler
	web   *webtest.Web
	state *memory
	shelf *shelf
	clock time.Time
}

// newRig makes a Crawler without pauses that may visit loopback; change may alter its Options.
func newRig(t *testing.T, web string, change func(*Options)) *rig {
	t.Helper()
	r := &rig{web: webtest.New(t, web), state: newMemory(), shelf: &shelf{}, clock: epoch}
	o := Options{
		AllowPrivateNetworks: true, Resolve: r.web.Listen(t), State: r.state, Sink: r.shelf.take, Timeout: 20 * time.Second,
		Now: func() time.Time { return r.clock }, Logger: slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if change != nil {
		change(&o)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	r.Crawler = c
	return r
}

// crawl makes a pass that must not fail.
func (r *rig) crawl(t *testing.T, s Source) Summary {
	t.Helper()
	sum, err := r.Crawl(t.Context(), s)
	if err != nil {
		t.Fatalf("crawl %s: %v", s.ID, err)
	}
	return sum
}

// testWriter logs to a test.
type testWriter struct{ t *testing.T }

func (w testWriter) Write(b []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

// shared is the path of a file of evaluation data, which are not part of the repository: below
// $TALLYWIRE_SHARED, else in a folder "shared" beside the checkout. A test without them is skipped aloud.
func shared(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("TALLYWIRE_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	path := filepath.Join(root, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED: no evaluation data: %v (set TALLYWIRE_SHARED)", err)
	}
	return path
}

// newBubbleRig is newRig with connections in memory, for testing/synctest.
func newBubbleRig(t *testing.T, web string, change func(*Options)) *rig {
	t.Helper()
	r := &rig{web: webtest.New(t, web), state: newMemory(), shelf: &shelf{}, clock: epoch}
	o := Options{AllowPrivateNetworks: true, State: r.state, Sink: r.shelf.take, Now: func() time.Time { return r.clock }}
	change(&o)
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	c.transport.base.DialContext = r.web.Dial(t)
	t.Cleanup(c.Close)
	r.Crawler = c
	return r
}

// archiveFunc is an Archive that shows what it is given.
type archiveFunc func(Exchange)

func (f archiveFunc) Write(_ context.Context, e Exchange) (claims.Archive, error) {
	f(e)
	return claims.Archive{File: "test.warc.gz", RecordID: "<urn:uuid:1>"}, nil
}
