package article

import (
	"net/url"
	"strings"
	"sync"

	"tallywire/claims"
)

// maxHosts is how many hosts a Reader remembers; beyond, the one not read for longest is forgotten.
const maxHosts = 2_000

// A Reader reads pages and learns the templates of their hosts: where the article stands and which lines
// repeat. The first pages of a host are read by consensus of the extractors (30 ms), the next by its template
// at little more than the cost of parsing, with a check that falls back to consensus where a page does not
// fit. The zero Reader is ready. Calls may be concurrent; read one after the other, the same pages give the
// same documents.
type Reader struct {
	mu    sync.Mutex
	hosts map[string]*known
	clock int // counts reads, to tell which host is oldest
}

// known is a host's template and when it was last used.
type known struct {
	template *template
	used     int
}

// Read finds the article in a page; see the function Read.
func (r *Reader) Read(in Input) (claims.Document, error) {
	doc, err := r.read(in)
	if err != nil {
		return doc, in.wrap(err)
	}
	return doc, nil
}

func (r *Reader) read(in Input) (claims.Document, error) {
	if isPDF(in) {
		return readPDF(in)
	}
	p, m, err := open(in)
	if err != nil {
		return claims.Document{}, err
	}
	host, address := hostOf(in.URL, m.canonical)
	t := r.recall(host)
	container := p.container()
	keep, fits := t.apply(p, container)
	if fits {
		t = t.count()
	}
	if due := fits && t.used >= checkEvery<<min(t.agreed, checkDoubled); due || !fits {
		agreed := p.choose(candidates(p, in.URL), container)
		switch {
		case due && p.alike(keep, agreed):
			t = t.checked()
		case due:
			t = nil // the host has changed its pages
		}
		keep = agreed
		t = t.learn(p, keep, address)
	}
	t = t.repeated(p, keep, address)
	doc, err := finish(p, &m, keep, container)
	if err == nil {
		r.remember(host, t)
	}
	return doc, err
}

// count gives the template with one more page read by it.
func (t *template) count() *template {
	next := *t
	next.used++
	return &next
}

// checked gives the template after a check that agreed with it.
func (t *template) checked() *template {
	next := *t
	next.used = 0
	next.agreed++
	return &next
}

// alike tells whether two choices hold nine tenths of the same words.
func (p *page) alike(a, b []bool) bool {
	both, all := 0, 0
	for i := range p.blocks {
		w := p.blocks[i].words
		if a[i] && b[i] {
			both += 2 * w
		}
		if a[i] {
			all += w
		}
		if b[i] {
			all += w
		}
	}
	return both*10 >= all*9
}

func (r *Reader) recall(host string) *template {
	r.mu.Lock()
	defer r.mu.Unlock()
	if k := r.hosts[host]; k != nil && host != "" {
		r.clock++
		k.used = r.clock
		return k.template
	}
	return nil
}

func (r *Reader) remember(host string, t *template) {
	if host == "" {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.hosts == nil {
		r.hosts = map[string]*known{}
	}
	r.clock++
	if k := r.hosts[host]; k != nil {
		k.template, k.used = t, r.clock
		return
	}
	if len(r.hosts) >= maxHosts {
		oldest, when := "", r.clock
		for h, k := range r.hosts {
			if k.used < when {
				oldest, when = h, k.used
			}
		}
		delete(r.hosts, oldest)
	}
	r.hosts[host] = &known{t, r.clock}
}

// hostOf gives the host that a page is of, "" if unknown, and a hash of its own address.
func hostOf(final, canonical string) (string, uint64) {
	u, err := url.Parse(final)
	if err != nil || u.Host == "" {
		if u, err = url.Parse(canonical); err != nil {
			return "", 0
		}
	}
	words := wordHashes(nil, canonical)
	return strings.ToLower(strings.TrimPrefix(u.Host, "www.")), joinHashes(words)
}
