package judge

import (
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"tallywire/bench/usage"
	"tallywire/claims"
	"tallywire/pipeline"
	"tallywire/store"
	"tallywire/store/boltstore"
)

var (
	largest = flag.Int("mentions", 10_000, "size of the largest board")
	dir     = flag.String("dir", "", "where boards are kept for the next run; empty: nowhere")
)

// open opens a board of so many mentions, and makes what of it is not there.
func open(b *testing.B, mentions int) (*boltstore.DB, *pipeline.Pipeline) {
	b.Helper()
	at := *dir
	if at == "" {
		at = b.TempDir()
	}
	s, err := boltstore.Open(filepath.Join(at, fmt.Sprintf("%d.db", mentions)), boltstore.Options{})
	if err != nil {
		b.Fatal(err)
	}
	p := &pipeline.Pipeline{Store: s, Settings: house(), Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	made := number(b, s, "made", 0)
	if made == mentions/10 {
		return s, p
	}
	bench, began := claims.NewBench(house()), time.Now()
	for ; made < mentions/10; made += pass {
		var batch []store.Record
		for n := made; n < min(made+pass, mentions/10); n++ {
			r := document(n, house())
			r.Blocks = bench.Blocks(r.Mentions)
			batch = append(batch, r)
		}
		if _, err := s.PutRecords(b.Context(), batch...); err != nil {
			b.Fatal(err)
		}
		if _, err := p.Judge(b.Context(), false); err != nil {
			b.Fatal(err)
		}
		if err := s.PutSetting(b.Context(), "made", fmt.Sprint(min(made+pass, mentions/10))); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("board of %d mentions judged by passes of %d documents in %v", mentions, pass, time.Since(began).Round(time.Second))
	return s, p
}

// number reads a setting of a board, otherwise where there is none.
func number(b *testing.B, s *boltstore.DB, name string, otherwise int) int {
	b.Helper()
	text, err := s.Setting(b.Context(), name)
	if errors.Is(err, claims.ErrNotFound) {
		return otherwise
	}
	n, bad := strconv.Atoi(text)
	if err = errors.Join(err, bad); err != nil {
		b.Fatal(err)
	}
	return n
}

// onBoards runs a benchmark on boards of 10 thousand to a million mentions, as far as -mentions allows.
func onBoards(b *testing.B, f func(b *testing.B, mentions int)) {
	for _, size := range []int{10_000, 30_000, 100_000, 300_000, 1_000_000} {
		if size <= *largest {
			b.Run(fmt.Sprintf("mentions=%d", size), func(b *testing.B) { f(b, size) })
		}
	}
}

// pass is how many documents a crawl brings while a board is made.
const pass = 500

// BenchmarkAdd adds documents of ten mentions one by one, on the embedded store, and judges after each.
func BenchmarkAdd(b *testing.B) {
	onBoards(b, func(b *testing.B, size int) {
		s, p := open(b, size)
		defer s.Close()
		bench := claims.NewBench(house())
		var took []time.Duration
		worked := usage.CPU()
		n := number(b, s, "next", size/10)
		for b.Loop() {
			r := document(n, house())
			r.Blocks = bench.Blocks(r.Mentions)
			n++
			began := time.Now()
			if _, err := p.Keep(b.Context(), r); err != nil {
				b.Fatal(err)
			}
			if _, err := p.Judge(b.Context(), false); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(began))
		}
		b.ReportMetric(1000*(usage.CPU()-worked)/float64(len(took)), "cpu-ms/op")
		if err := s.PutSetting(b.Context(), "next", fmt.Sprint(n)); err != nil {
			b.Fatal(err)
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/p50")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms/p99")
	})
}

// BenchmarkWhole judges boards of different sizes as if for the first time.
func BenchmarkWhole(b *testing.B) {
	onBoards(b, func(b *testing.B, size int) {
		s, _ := open(b, size)
		defer s.Close()
		worked := usage.CPU()
		for b.Loop() {
			if err := s.PutSetting(b.Context(), "judgement", ""); err != nil {
				b.Fatal(err)
			}
			p := &pipeline.Pipeline{Store: s, Settings: house(), Now: time.Now, Log: slog.New(slog.DiscardHandler)}
			if _, err := p.Judge(b.Context(), false); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric((usage.CPU()-worked)/float64(b.N), "cpu-s/op")
		b.ReportMetric(usage.PeakMemory()/(1<<20), "peak-MB")
	})
}
