package pacing

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
)

var sink []byte // kept from the compiler

// churn makes 256 MiB of garbage and says how often it was collected.
func churn() uint32 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 4096 {
		sink = make([]byte, 64<<10)
	}
	runtime.ReadMemStats(&after)
	return after.NumGC - before.NumGC
}

// settings gives what is set.
func settings() (gcPercent int, memoryLimit int64) {
	gcPercent = debug.SetGCPercent(100)
	debug.SetGCPercent(gcPercent)
	return gcPercent, debug.SetMemoryLimit(-1)
}

func TestStart(t *testing.T) {
	t.Setenv("GOGC", "")
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	runtime.GC()
	stop := Start(128 << 20)
	if p, l := settings(); p != smallHeap || l != 128<<20 {
		t.Errorf("a small heap: %d %%, limit %d", p, l)
	}
	second := Start(1 << 20)
	stop()
	stop()
	if p, l := settings(); p != smallHeap || l != 128<<20 {
		t.Errorf("one of two stopped: %d %%, limit %d", p, l)
	}
	second()
	if p, l := settings(); p != 50 || l != math.MaxInt64 {
		t.Errorf("stopped: %d %%, limit %d", p, l)
	}
}

// TestLargeHeap has more alive than half of the size: a limit would then be collected for without pause.
func TestLargeHeap(t *testing.T) {
	t.Setenv("GOGC", "")
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	alive := make([]byte, 32<<20)
	runtime.GC()
	stop := Start(48 << 20)
	defer stop()
	if p, l := settings(); p != 50 || l != math.MaxInt64 {
		t.Errorf("%d %%, limit %d", p, l)
	}
	Percent(60)
	if p, _ := settings(); p != 60 {
		t.Errorf("told 60: %d %%", p)
	}
	if n := churn(); n > 64 {
		t.Errorf("collected %d times", n)
	}
	runtime.KeepAlive(alive)
}

func TestAdjust(t *testing.T) {
	t.Setenv("GOGC", "")
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	runtime.GC()
	stop := Start(64 << 20)
	defer stop()
	Percent(70)
	if p, _ := settings(); p != smallHeap {
		t.Errorf("a small heap: %d %%", p)
	}
	func() {
		alive := make([]byte, 48<<20)
		runtime.GC()
		adjust(round)
		if p, _ := settings(); p != 70 {
			t.Errorf("the heap has grown: %d %%", p)
		}
		runtime.KeepAlive(alive)
	}()
	runtime.GC()
	adjust(round)
	if p, l := settings(); p != smallHeap || l != 64<<20 {
		t.Errorf("the heap has shrunk: %d %%, limit %d", p, l)
	}
}

func TestStartHeedsTheEnvironment(t *testing.T) {
	t.Setenv("GOGC", "70")
	defer debug.SetGCPercent(debug.SetGCPercent(70))
	stop := Start(1 << 30)
	if p, l := settings(); p != 70 || l != math.MaxInt64 {
		t.Errorf("beside GOGC=70: %d %%, limit %d", p, l)
	}
	Percent(60)
	if p, _ := settings(); p != 70 {
		t.Errorf("told 60 beside GOGC=70: %d %%", p)
	}
	stop()
	t.Setenv("GOGC", "")
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(100 << 20))
	defer Start(1 << 30)()
	if _, l := settings(); l != 100<<20 {
		t.Errorf("beside GOMEMLIMIT=100MiB: limit %d", l)
	}
}
