package boltstore

import (
	"fmt"
	"testing"

	"tallywire/claims"
	"tallywire/store"
	"tallywire/store/storetest"
)

// batch returns n documents with 10 mentions each, from the first on.
func batch(first, n int) []store.Record {
	records := make([]store.Record, n)
	for i := range records {
		records[i] = storetest.NewRecord(first+i, 10)
		for j := range records[i].Blocks { // as in life: a few mentions a key
			records[i].Blocks[j][0] = fmt.Sprintf("captive|release|%d", (first+i)/5)
		}
	}
	return records
}

// BenchmarkPutRecords writes batches of 100 new documents with 10 mentions each, a transaction a batch.
func BenchmarkPutRecords(b *testing.B) {
	d := openIn(b, b.TempDir())
	defer d.Close()
	n := 0
	for b.Loop() {
		b.StopTimer()
		records := batch(n, 100)
		b.StartTimer()
		if _, err := d.PutRecords(b.Context(), records...); err != nil {
			b.Fatal(err)
		}
		n += 100
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "documents/s")
}

// BenchmarkPutOne writes documents one by one from 16 callers, which the writer commits in groups.
func BenchmarkPutOne(b *testing.B) {
	d := openIn(b, b.TempDir())
	defer d.Close()
	next := make(chan int)
	stop := make(chan struct{})
	go func() {
		for i := 0; ; i++ {
			select {
			case next <- i:
			case <-stop:
				return
			}
		}
	}()
	b.SetParallelism(8) // of GOMAXPROCS
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := d.PutRecords(b.Context(), batch(<-next, 1)...); err != nil {
				b.Error(err)
				return
			}
		}
	})
	close(stop)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "documents/s")
}

// benchStore is a store of 5,000 documents, 50,000 mentions and 1,000 claims of 10 mentions.
func benchStore(b *testing.B) *DB {
	b.Helper()
	d := openIn(b, b.TempDir())
	for first := 0; first < 5000; first += 1000 {
		records := batch(first, 1000)
		if _, err := d.PutRecords(b.Context(), records...); err != nil {
			b.Fatal(err)
		}
		var board []claims.Claim
		for i := 0; i < 1000; i += 5 {
			board = append(board, storetest.NewClaim(first+i, records[i].Mentions...))
		}
		if err := d.PutClaims(b.Context(), board, nil); err != nil {
			b.Fatal(err)
		}
	}
	return d
}

// BenchmarkBlock finds the 50 mentions that lie under one of a new mention's keys.
func BenchmarkBlock(b *testing.B) {
	d := benchStore(b)
	defer d.Close()
	i := 0
	for b.Loop() {
		found, err := d.Block(b.Context(), fmt.Sprintf("captive|release|%d", i%1000), "nothing")
		if err != nil || len(found) != 50 {
			b.Fatal(len(found), err)
		}
		i += 7
	}
}

// BenchmarkClaims reads the whole board, 200 claims at a time.
func BenchmarkClaims(b *testing.B) {
	d := benchStore(b)
	defer d.Close()
	n := 0
	for b.Loop() {
		for after := claims.ClaimID(""); ; {
			board, next, err := d.Claims(b.Context(), after, 200)
			if err != nil {
				b.Fatal(err)
			}
			n += len(board)
			if after = next; next == "" {
				break
			}
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "claims/s")
}

// BenchmarkOpen opens and closes the store of 5,000 documents.
func BenchmarkOpen(b *testing.B) {
	d := benchStore(b)
	path := d.Path()
	must(b, d.Close())
	for b.Loop() {
		d, err := Open(path, Options{})
		must(b, err)
		must(b, d.Close())
	}
}

// BenchmarkCheck checks the store of 5,000 documents.
func BenchmarkCheck(b *testing.B) {
	d := benchStore(b)
	defer d.Close()
	for b.Loop() {
		if wrong, err := d.Check(b.Context()); err != nil || wrong != nil {
			b.Fatal(wrong, err)
		}
	}
}
