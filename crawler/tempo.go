package crawler

import (
	"errors"
	"io"
	"sync"
	"time"
)

// A body that comes in drops holds its host, a worker and a connection up to the deadline. The slowest site met in earnest, a
// modem line of 1 KB/s, gives tempoLeast in a tempoSpan.
const (
	tempoSpan  = 10 * time.Second
	tempoLeast = 10 << 10 // bytes
)

// errTooSlow is a body that brings too little in a tempoSpan.
var errTooSlow = errors.New("body slower than 1 KiB/s")

// tempo is a body that is watched: once in a tempoSpan without tempoLeast bytes, it calls slow. The caller calls stop.
type tempo struct {
	io.Reader
	slow func()

	mu    sync.Mutex
	fresh int // bytes of this span
	over  bool
	timer *time.Timer
}

func newTempo(body io.Reader, slow func()) *tempo {
	t := &tempo{Reader: body, slow: slow}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.timer = time.AfterFunc(tempoSpan, t.beat)
	return t
}

// Read implements io.Reader.
func (t *tempo) Read(b []byte) (int, error) {
	n, err := t.Reader.Read(b)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.fresh += n
	return n, err
}

func (t *tempo) beat() {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.over:
	case t.fresh < tempoLeast:
		t.slow()
	default:
		t.fresh = 0
		t.timer.Reset(tempoSpan)
	}
}

func (t *tempo) stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.over = true
	t.timer.Stop()
}
