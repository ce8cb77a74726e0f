package archive

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// BenchmarkWrite keeps pages of 210 KB, the mean of crawling.md 7, from four writers at once.
func BenchmarkWrite(b *testing.B) {
	a, err := Open(Options{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	rng := rand.New(rand.NewPCG(1, 2))
	var page strings.Builder
	for page.Len() < 210_000 {
		fmt.Fprintf(&page, "<p class=\"c%d\">Some %d captives came home to %x on day %d, the ministry said.</p>\n", rng.IntN(9), rng.IntN(1000), rng.Uint32(), rng.IntN(30))
	}
	e := exchange(page.String())
	b.SetBytes(int64(page.Len()))
	b.SetParallelism(2)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := a.Write(b.Context(), e); err != nil {
				b.Error(err)
			}
		}
	})
}
