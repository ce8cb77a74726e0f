// Package pacing has a process with a small heap collect garbage less often. By default Go collects whenever the heap has
// doubled: with 40 MB alive, every 40 MB, and reading a news page allocates 2. Collecting at a fixed size instead, as long as
// what lives is under half of it, saves a tenth of the crawler's processor time (doc/crawling.md, Measured).
package pacing

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// Size is how much memory a crawling process may fill with garbage.
const Size = 192 << 20

// smallHeap is the percentage of what is alive that may come as garbage to a small heap, which the size stops first.
const smallHeap = 400

// The settings are those of the whole process, and so is what follows.
var (
	mu      sync.Mutex
	started int   // Starts without a stop
	size    int64 // of the first of them
	small   bool  // what is set now
	percent int   // of a heap that is not small
	limit   int64 // to go back to, and never to go beyond
	round   int   // of beats: those of earlier ones end
)

// Start lets the process grow to so many bytes before garbage is collected, and leaves one of which more than half of that is
// alive as it was. Stop ends it. Where the environment sets GOGC its user knows better, and nothing happens. Of
// several Starts at a time the first one's size holds, until the last has stopped.
func Start(bytes int64) (stop func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	mu.Lock()
	defer mu.Unlock()
	if started++; started == 1 {
		round++
		size = bytes
		percent, limit = debug.SetGCPercent(smallHeap), debug.SetMemoryLimit(-1)
		set(isSmall(alive(), size))
		arm(round)
	}
	return sync.OnceFunc(func() {
		mu.Lock()
		defer mu.Unlock()
		if started--; started == 0 {
			debug.SetMemoryLimit(limit)
			debug.SetGCPercent(percent)
		}
	})
}

// set chooses between the two ways. The limit must not stand over a heap that cannot keep it: it would be collected without pause.
func set(to bool) {
	small = to
	if small {
		debug.SetMemoryLimit(min(size, limit))
		debug.SetGCPercent(smallHeap)
	} else {
		debug.SetMemoryLimit(limit)
		debug.SetGCPercent(percent)
	}
}

// Percent sets how much garbage may come to a heap that is not small, as debug.SetGCPercent does, also between Start and stop.
// Beside GOGC it does nothing.
func Percent(p int) {
	if os.Getenv("GOGC") != "" {
		return
	}
	mu.Lock()
	defer mu.Unlock()
	percent = p
	if started == 0 || !small {
		debug.SetGCPercent(p)
	}
}

// arm has adjust called some time after the next collection, when what holds the beat is found to be garbage.
func arm(round int) {
	beat := new(*int) // of a type with pointers: small objects without are collected in groups
	runtime.AddCleanup(beat, adjust, round)
}

// adjust chooses anew for what is alive now, and again after the next collection.
func adjust(its int) {
	mu.Lock()
	defer mu.Unlock()
	if started == 0 || its != round {
		return
	}
	if now := isSmall(alive(), size); now != small {
		set(now)
	}
	arm(its)
}

func isSmall(alive uint64, size int64) bool { return alive < uint64(max(size, 0))/2 }

// alive is what the last collection left.
func alive() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return math.MaxUint64 // a Go that has it no more
	}
	return sample[0].Value.Uint64()
}
