package api

import (
	"container/list"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// maxKeys bounds how many tokens and addresses are remembered, those asked for least recently being
// forgotten first: 20,000 take about 4 MB.
const maxKeys = 20_000

// A limiter gives each key an allowance of its own.
type limiter struct {
	rate  rate.Limit
	burst int
	now   func() time.Time

	mu    sync.Mutex
	by    map[string]*list.Element
	order *list.List // of *allowance, last asked first
}

type allowance struct {
	key   string
	bound *rate.Limiter
}

func newLimiter(perSecond float64, burst int, now func() time.Time) *limiter {
	return &limiter{rate: rate.Limit(perSecond), burst: burst, now: now, by: map[string]*list.Element{}, order: list.New()}
}

func (l *limiter) of(key string) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.by[key]; ok {
		l.order.MoveToFront(e)
		return e.Value.(*allowance).bound
	}
	if l.order.Len() >= maxKeys {
		last := l.order.Back()
		delete(l.by, last.Value.(*allowance).key)
		l.order.Remove(last)
	}
	a := &allowance{key, rate.NewLimiter(l.rate, l.burst)}
	l.by[key] = l.order.PushFront(a)
	return a.bound
}

// take takes one from a key's allowance and returns 0, or how long to wait where there is none.
func (l *limiter) take(key string) time.Duration {
	now, bound := l.now(), l.of(key)
	if bound.AllowN(now, 1) {
		return 0
	}
	return time.Duration((1 - bound.TokensAt(now)) / float64(l.rate) * float64(time.Second))
}

// has reports whether a key has any allowance left, and takes nothing.
func (l *limiter) has(key string) bool { return l.of(key).TokensAt(l.now()) >= 1 }
