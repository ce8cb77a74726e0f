package archive_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nlnwa/gowarc/v2"
	"go.uber.org/goleak"

	"tallywire/archive"
	"tallywire/claims"
	"tallywire/crawler"
)

var _ crawler.Archive = (*archive.Archive)(nil)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var epoch = time.Date(2026, 11, 23, 8, 0, 0, 123456000, time.UTC)

// exchange is one about n, whose body has some length.
func exchange(n int) archive.Exchange {
	return archive.Exchange{
		Method: "GET", URL: fmt.Sprintf("http://harbor.example/news/%d?a=b", n), RequestHeader: http.Header{"User-Agent": {"tallywire/1"}},
		Proto: "HTTP/1.1", Status: 200, Reason: "OK", Header: http.Header{"Content-Type": {"text/html"}, "Set-Cookie": {"a=1", "b=2"}},
		Body: []byte(strings.Repeat(fmt.Sprintf("<p>%d boats</p>\r\n\r\n", n), 50)), At: epoch, IP: "192.0.2.7",
	}
}

func open(t *testing.T, o archive.Options) *archive.Archive {
	t.Helper()
	if o.Now == nil {
		o.Now = func() time.Time { return epoch }
	}
	a, err := archive.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

func write(t *testing.T, a *archive.Archive, n int) claims.Archive {
	t.Helper()
	at, err := a.Write(t.Context(), exchange(n))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestWriteAndRead(t *testing.T) {
	dir := t.TempDir()
	a := open(t, archive.Options{Dir: dir, Agent: "tallywire/1"})
	var kept []claims.Archive
	for n := range 3 {
		kept = append(kept, write(t, a, n))
	}
	check := func(a *archive.Archive) {
		for n, at := range kept {
			got, err := a.Read(t.Context(), at)
			if err != nil {
				t.Fatalf("read %+v: %v", at, err)
			}
			want := exchange(n)
			want.RequestHeader = nil // of the request record, which is not read back
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("exchange %d (-want +got):\n%s", n, diff)
			}
			sum := sha256.Sum256(want.Body)
			if at.Digest != "sha256:"+hex.EncodeToString(sum[:]) {
				t.Errorf("digest %s", at.Digest)
			}
			at.Offset = 0 // found by its id as well
			if _, err := a.Read(t.Context(), at); err != nil {
				t.Errorf("read by id: %v", err)
			}
		}
	}
	check(a) // while it is written
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	check(a)
	check(open(t, archive.Options{Dir: dir}))
	validate(t, filepath.Join(dir, kept[0].File), 7)
}

// validate reads a whole file with gowarc at its strictest.
func validate(t *testing.T, path string, records int) {
	t.Helper()
	r, err := gowarc.NewWarcFileReader(path, 0, gowarc.WithStrictValidation())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	n := 0
	for {
		record, _, problems, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("record %d of %s: %v", n, path, err)
		}
		var found gowarc.Validation
		if err := record.ValidateDigest(&found); err != nil || !found.Valid() || problems != nil && !problems.Valid() {
			t.Errorf("record %d: %v %v %v", n, err, &found, problems)
		}
		if n > 0 && record.WarcHeader().Get("WARC-Payload-Digest") == "" && record.Type() == gowarc.Response {
			t.Errorf("record %d has no payload digest", n)
		}
		if err := record.Close(); err != nil {
			t.Error(err)
		}
		n++
	}
	if n != records {
		t.Errorf("%d records in %s, want %d", n, filepath.Base(path), records)
	}
}

func TestReadRefuses(t *testing.T) {
	outside := t.TempDir()
	dir := filepath.Join(outside, "inside")
	a := open(t, archive.Options{Dir: dir})
	at := write(t, a, 1)
	if raw, err := os.ReadFile(filepath.Join(dir, at.File+".open")); err != nil || os.WriteFile(filepath.Join(outside, at.File), raw, 0o600) != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		change func(*claims.Archive)
		want   error
	}{
		"no such file":          {func(c *claims.Archive) { c.File = "other.warc.gz" }, claims.ErrNotFound},
		"a file outside":        {func(c *claims.Archive) { c.File = "../" + c.File }, claims.ErrNotFound},
		"nothing":               {func(c *claims.Archive) { c.File = "" }, claims.ErrNotFound},
		"no such record":        {func(c *claims.Archive) { c.Offset, c.RecordID = 0, "<urn:uuid:0>" }, claims.ErrNotFound},
		"another record":        {func(c *claims.Archive) { c.RecordID = "<urn:uuid:0>" }, archive.ErrDamaged},
		"another digest":        {func(c *claims.Archive) { c.Digest = "sha256:00" }, archive.ErrDamaged},
		"between two records":   {func(c *claims.Archive) { c.Offset++ }, archive.ErrDamaged},
		"beyond the file's end": {func(c *claims.Archive) { c.Offset = 1 << 40 }, archive.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			at := at
			test.change(&at)
			if _, err := a.Read(t.Context(), at); !errors.Is(err, test.want) {
				t.Errorf("error %v, want %v", err, test.want)
			}
		})
	}
}

// Every single flipped bit of a record is noticed when it is read.
func TestFlippedBits(t *testing.T) {
	dir := t.TempDir()
	a := open(t, archive.Options{Dir: dir})
	at, next := write(t, a, 1), write(t, a, 2)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, at.File)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	response := whole[at.Offset:next.Offset]
	end := bytes.Index(response[1:], []byte{0x1f, 0x8b, 8}) + 1 // where the request record begins
	for i := range end {
		if i > 3 && i < 10 { // time, flags and system of the gzip header: free to differ
			continue
		}
		damaged := bytes.Clone(whole)
		damaged[at.Offset+int64(i)] ^= 1 << (i % 8)
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := a.Read(t.Context(), at); err == nil {
			want := exchange(1)
			if !bytes.Equal(got.Body, want.Body) {
				t.Fatalf("flipped bit in byte %d: wrong body and no error", i)
			}
		}
	}
}

// A record that was changed and packed anew is noticed by its digests, the block's and the payload's.
func TestForgedRecord(t *testing.T) {
	dir := t.TempDir()
	a := open(t, archive.Options{Dir: dir})
	at := write(t, a, 390)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, at.File)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(whole[at.Offset:]))
	if err != nil {
		t.Fatal(err)
	}
	z.Multistream(false)
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	forged := bytes.Replace(text, []byte("<p>390 boats"), []byte("<p>930 boats"), 1)
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write(forged)
	_ = w.Close()
	if err := os.WriteFile(path, append(whole[:at.Offset:at.Offset], packed.Bytes()...), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Read(t.Context(), at); !errors.Is(err, archive.ErrDamaged) {
		t.Errorf("error %v", err)
	}
	at.Digest = "" // the block's digest alone tells
	if _, err := a.Read(t.Context(), at); !errors.Is(err, archive.ErrDamaged) {
		t.Errorf("without the payload's digest: %v", err)
	}
}

// A file that a killed process left is cut to its last whole record, wherever it broke off.
func TestRepair(t *testing.T) {
	dir := t.TempDir()
	a := open(t, archive.Options{Dir: dir})
	var kept []claims.Archive
	for n := range 3 {
		kept = append(kept, write(t, a, n))
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(filepath.Join(dir, kept[0].File))
	if err != nil {
		t.Fatal(err)
	}
	for cut := 0; cut <= len(whole); cut += 37 {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, kept[0].File+".open"), whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		a := open(t, archive.Options{Dir: dir})
		if left, _ := filepath.Glob(filepath.Join(dir, "*.open")); len(left) > 0 {
			t.Fatalf("cut at %d: %q is still open", cut, left)
		}
		for n, at := range kept {
			end := int64(len(whole))
			if n+1 < len(kept) {
				end = kept[n+1].Offset
			}
			_, err := a.Read(t.Context(), at)
			if end <= int64(cut) && err != nil {
				t.Fatalf("cut at %d: record %d is lost: %v", cut, n, err)
			}
			if at.Offset >= int64(cut) && err == nil {
				t.Fatalf("cut at %d: record %d is back from the dead", cut, n)
			}
		}
		if files, err := a.Files(); err == nil && len(files) > 0 {
			if err := a.Check(t.Context(), files[0].Name, func(archive.Record) error { return nil }); err != nil {
				t.Fatalf("cut at %d: %v", cut, err)
			}
		}
		write(t, a, 9) // and the folder is fit for use
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A file that another process writes is let be.
func TestRepairLeavesLiveFiles(t *testing.T) {
	dir := t.TempDir()
	a := open(t, archive.Options{Dir: dir})
	at := write(t, a, 1)
	b := open(t, archive.Options{Dir: dir})
	if _, err := os.Stat(filepath.Join(dir, at.File+".open")); err != nil {
		t.Fatalf("the live file was taken away: %v", err)
	}
	if other := write(t, b, 2); other.File == at.File {
		t.Errorf("two writers in %s", at.File)
	}
	if _, err := b.Read(t.Context(), at); err != nil {
		t.Errorf("read the other's file: %v", err)
	}
	write(t, a, 3)
}

func TestRotation(t *testing.T) {
	dir := t.TempDir()
	now := epoch
	a := open(t, archive.Options{Dir: dir, MaxSize: 3000, Now: func() time.Time { return now }})
	files := map[string]int{}
	for n := range 8 {
		files[write(t, a, n).File]++
	}
	if len(files) < 2 {
		t.Errorf("one file for all: %v", files)
	}
	last := write(t, a, 8)
	now = now.Add(24 * time.Hour)
	if at := write(t, a, 9); at.File == last.File || !strings.Contains(at.File, "20261124") {
		t.Errorf("after midnight it still writes to %s", at.File)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	all, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, path := range all {
		if strings.HasSuffix(path, ".open") {
			t.Errorf("%s is still open", path)
		}
		if info, err := os.Stat(path); err != nil || info.Size() > 3000 {
			t.Errorf("%s: %d bytes, %v", path, info.Size(), err)
		}
	}
}

// Writers at once get records that do not overlap, and each can be read when Write returns.
func TestConcurrentWriters(t *testing.T) {
	dir := t.TempDir()
	a := open(t, archive.Options{Dir: dir, MaxSize: 20_000})
	var wait sync.WaitGroup
	for n := range 40 {
		wait.Go(func() {
			at, err := a.Write(t.Context(), exchange(n))
			if err != nil {
				t.Error(err)
				return
			}
			got, err := a.Read(t.Context(), at)
			if err != nil || !bytes.Equal(got.Body, exchange(n).Body) {
				t.Errorf("record %d: %v", n, err)
			}
		})
	}
	wait.Wait()
}

func TestOff(t *testing.T) {
	a := open(t, archive.Options{})
	if at := write(t, a, 1); at != (claims.Archive{}) {
		t.Errorf("kept %+v", at)
	}
	if _, err := a.Read(t.Context(), claims.Archive{File: "x.warc.gz"}); !errors.Is(err, claims.ErrNotFound) {
		t.Errorf("error %v", err)
	}
}

// Headers that try to end their line stay in it.
func TestHostileHeaders(t *testing.T) {
	a := open(t, archive.Options{Dir: t.TempDir()})
	e := exchange(1)
	e.Reason = "OK\r\nX-Forged: 1"
	e.Header = http.Header{"X-A": {"a\r\nX-Forged: 1\r\n\r\nbody"}}
	e.Proto = "HTTP/2.0"
	at, err := a.Write(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	got, err := a.Read(t.Context(), at)
	if err != nil || got.Header.Get("X-Forged") != "" || !bytes.Equal(got.Body, e.Body) {
		t.Errorf("got %+v, %v", got.Header, err)
	}
}

// The payload stays packed as it came.
func TestPackedBody(t *testing.T) {
	a := open(t, archive.Options{Dir: t.TempDir()})
	e := exchange(1)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(e.Body)
	_ = z.Close()
	plain := e.Body
	e.Body, e.Header = packed.Bytes(), http.Header{"Content-Encoding": {"gzip"}}
	at, err := a.Write(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	got, err := a.Read(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	body, err := crawler.Decode(got.Body, got.Header.Get("Content-Encoding"), 1<<20)
	if err != nil || !bytes.Equal(body, plain) {
		t.Errorf("unpacked %d bytes, %v", len(body), err)
	}
}
