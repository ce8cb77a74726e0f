package memstore

import (
	"sync"
	"testing"

	"tallywire/store"
	"tallywire/store/storetest"
)

func TestStore(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	stores := map[string]*Store{}
	storetest.Run(t, func(_ testing.TB, dir string) store.Store {
		mu.Lock()
		defer mu.Unlock()
		s := stores[dir]
		if s == nil {
			s = New()
			stores[dir] = s
		}
		s.mu.Lock()
		s.closed = false // what a disk would have kept
		s.mu.Unlock()
		return s
	})
}
