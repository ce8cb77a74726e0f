package boltstore

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"tallywire/claims"
	"tallywire/store"
	"tallywire/store/storetest"
)

// filled makes a store with n documents, closes it and returns its file.
func filled(t *testing.T, n int) string {
	t.Helper()
	d := openIn(t, t.TempDir())
	var records []store.Record
	for i := range n {
		records = append(records, storetest.NewRecord(i, 3))
	}
	if _, err := d.PutRecords(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
	if err := d.PutClaims(t.Context(), []claims.Claim{storetest.NewClaim(1, records[0].Mentions...)}, nil); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return d.Path()
}

// change rewrites a file's bytes.
func change(t *testing.T, path string, f func([]byte) []byte) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, f(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

// zeroPage fills one page of a file with zeros.
func zeroPage(n int) func([]byte) []byte {
	size := os.Getpagesize() // bbolt's page
	return func(b []byte) []byte {
		clear(b[n*size : (n+1)*size])
		return b
	}
}

// What bbolt meets with a panic, or with a new empty store, is an error that says what to do.
func TestOpenDamaged(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		damage func(t *testing.T, path string)
		want   error
	}{
		"empty file": {func(t *testing.T, p string) { change(t, p, func([]byte) []byte { return nil }) }, store.ErrNoStore},
		"file gone":  {func(t *testing.T, p string) { must(t, os.Remove(p)) }, store.ErrNoStore},
		"text file": {func(t *testing.T, p string) {
			change(t, p, func([]byte) []byte { return bytes.Repeat([]byte("text\n"), 9000) })
		}, store.ErrNoStore},
		"short text file": {func(t *testing.T, p string) { change(t, p, func([]byte) []byte { return []byte("text\n") }) }, store.ErrNoStore},
		"folder":          {func(t *testing.T, p string) { must(t, os.Remove(p)); must(t, os.Mkdir(p, 0o700)) }, store.ErrNoStore},
		"cut to 20 pages": {func(t *testing.T, p string) { change(t, p, func(b []byte) []byte { return b[:20*os.Getpagesize()] }) }, store.ErrDamaged},
		"cut to 3 pages":  {func(t *testing.T, p string) { change(t, p, func(b []byte) []byte { return b[:3*os.Getpagesize()] }) }, store.ErrDamaged},
		"both heads gone": {func(t *testing.T, p string) { change(t, p, zeroPage(0)); change(t, p, zeroPage(1)) }, store.ErrNoStore},
		"all but heads": {func(t *testing.T, p string) {
			change(t, p, func(b []byte) []byte { clear(b[2*os.Getpagesize():]); return b })
		}, store.ErrDamaged},
		"another store": {func(t *testing.T, p string) { must(t, os.WriteFile(markerPath(p), []byte("00ff\n"), 0o600)) }, store.ErrNoStore},
		"other buckets": {func(t *testing.T, p string) {
			must(t, os.Remove(p))
			b, err := bolt.Open(p, 0o600, nil)
			must(t, err)
			must(t, b.Close())
		}, store.ErrNoStore},
		"newer schema": {func(t *testing.T, p string) {
			b, err := bolt.Open(p, 0o600, nil)
			must(t, err)
			must(t, b.Update(func(tx *bolt.Tx) error { return tx.Bucket(metaBucket).Put(schemaKey, []byte("2")) }))
			must(t, b.Close())
		}, store.ErrNoStore},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filled(t, 200)
			c.damage(t, path)
			for range 2 { // the first attempt leaves no lock behind
				d, err := Open(path, Options{})
				if err == nil {
					d.Close()
				}
				if !errors.Is(err, c.want) || !strings.Contains(err.Error(), path) {
					t.Fatalf("Open gave %v; want %v and the path", err, c.want)
				}
				if strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "goroutine") {
					t.Errorf("the message is not one line: %v", err)
				}
			}
		})
	}
}

// A file whose marker was lost is still a store, and gets its marker again.
func TestOpenWithoutMarker(t *testing.T) {
	t.Parallel()
	path := filled(t, 1)
	want, err := readMarker(path)
	must(t, err)
	must(t, os.Remove(markerPath(path)))
	d, err := Open(path, Options{})
	must(t, err)
	must(t, d.Close())
	got, err := readMarker(path)
	must(t, err)
	if got != want || len(got) != 32 {
		t.Errorf("marker is %q; want %q", got, want)
	}
	left, err := filepath.Glob(path + "*")
	must(t, err)
	if len(left) != 2 {
		t.Errorf("files left: %q; want the store and its marker", left)
	}
}

// One flipped bit in a record is told apart from a claim: bbolt itself would give back the wrong value.
func TestFlippedByte(t *testing.T) {
	t.Parallel()
	path := filled(t, 3)
	doc, claim := storetest.NewRecord(1, 3), storetest.NewClaim(1)
	b, err := bolt.Open(path, 0o600, nil)
	must(t, err)
	must(t, b.Update(func(tx *bolt.Tx) error {
		for _, at := range []struct{ bucket, key []byte }{
			{mentionBucket, mentionKey(doc.Document.ID, 1)}, {claimBucket, []byte(claim.ID)},
		} {
			bucket := tx.Bucket(at.bucket)
			rec := clone(bucket.Get(at.key))
			rec[len(rec)/2] ^= 1
			if err := bucket.Put(at.key, rec); err != nil {
				return err
			}
		}
		return nil
	}))
	must(t, b.Close())

	d, err := Open(path, Options{})
	must(t, err)
	defer d.Close()
	ctx := t.Context()
	for name, call := range map[string]func() error{
		"Record":  func() error { _, err := d.Record(ctx, doc.Document.ID); return err },
		"Records": func() error { _, _, err := d.Records(ctx, "", 10); return err },
		"Claim":   func() error { _, err := d.Claim(ctx, claim.ID); return err },
		"Claims":  func() error { _, _, err := d.Claims(ctx, "", 10); return err },
	} {
		if err := call(); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s of a damaged record gave %v; want ErrDamaged", name, err)
		}
	}
	if _, err := d.Record(ctx, storetest.NewRecord(2, 0).Document.ID); err != nil {
		t.Errorf("a sound record beside it: %v", err)
	}
	wrong, err := d.Check(ctx)
	must(t, err)
	if text := strings.Join(wrong, "\n"); len(wrong) < 2 || !strings.Contains(text, string(claim.ID)) || !strings.Contains(text, string(doc.Document.ID)) {
		t.Errorf("Check found %q; want the document and the claim named", wrong)
	}

	// What is derived can be written again, and then all is well.
	_, err = d.PutRecords(ctx, doc)
	must(t, err)
	must(t, d.PutClaims(ctx, []claims.Claim{storetest.NewClaim(1, doc.Mentions[0])}, nil))
	wrong, err = d.Check(ctx)
	if err != nil || len(wrong) > 0 {
		t.Errorf("Check after the repair = %q, %v; want nothing", wrong, err)
	}
}

// Check compares indexes with records both ways: an entry too few and one too many are both found.
func TestCheckIndexes(t *testing.T) {
	t.Parallel()
	doc := storetest.NewRecord(1, 3)
	id := string(doc.Document.ID)
	for name, c := range map[string]struct {
		bucket, drop, add, value []byte
		want                     string
	}{
		"version missing": {bucket: versionBucket, drop: pair(doc.Document.URL, id), want: "is missing"},
		"version extra":   {bucket: versionBucket, add: pair("https://nowhere.example/", id), want: "leads to nothing"},
		"block missing":   {bucket: blockBucket, drop: blockKey("all", doc.Document.ID, 0), want: "is missing"},
		"block extra":     {bucket: blockBucket, add: blockKey("x", doc.Document.ID, 0), value: []byte{}, want: "leads to nothing"},
		"block wrong":     {bucket: blockBucket, add: blockKey("all", doc.Document.ID, 0), value: []byte{1}, want: "not "},
		"mention missing": {bucket: mentionBucket, drop: mentionKey(doc.Document.ID, 1), want: "one before it is missing"},
		"record missing":  {bucket: recordBucket, drop: []byte(id), want: "its document is missing"},
		"claim missing":   {bucket: claimBucket, drop: []byte(storetest.NewClaim(1).ID), want: "leads to nothing"},
		"page extra":      {bucket: pageOfBucket, add: pair("harbor", "https://nowhere.example/"), want: "leads to nothing"},
		"decision extra":  {bucket: decisionIDBucket, add: []byte("d_1"), value: seqKey(7), want: "leads to nothing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := Open(filled(t, 3), Options{})
			must(t, err)
			defer d.Close()
			must(t, d.update(t.Context(), func(tx *bolt.Tx) error {
				b := tx.Bucket(c.bucket)
				if c.drop != nil {
					return b.Delete(c.drop)
				}
				return b.Put(c.add, c.value)
			}))
			wrong, err := d.Check(t.Context())
			must(t, err)
			if !strings.Contains(strings.Join(wrong, "\n"), c.want) {
				t.Errorf("Check found %q; want %q", wrong, c.want)
			}
		})
	}
}

// must stops the test on an error.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
