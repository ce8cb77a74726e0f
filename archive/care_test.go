package archive

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tallywire/claims"
)

func exchange(body string) Exchange {
	return Exchange{Method: "GET", URL: "http://a.example/", Proto: "HTTP/1.1", Status: 200, Reason: "OK", Header: http.Header{}, Body: []byte(body), At: time.Unix(0, 0)}
}

// A nearly full disk is refused in words, and writing goes on when there is room.
func TestLowDisk(t *testing.T) {
	a, err := Open(Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	free := int64(1 << 30)
	a.diskSpace = func(string) (int64, int64, error) { return free, 100 << 30, nil }
	for _, step := range []struct {
		free int64
		want error
	}{{1 << 30, nil}, {50 << 20, claims.ErrUnavailable}, {50 << 20, claims.ErrUnavailable}, {1 << 30, nil}} {
		free, a.sinceLook = step.free, freeEvery
		if _, err := a.Write(t.Context(), exchange("x")); !errors.Is(err, step.want) {
			t.Errorf("%d MiB free: %v", step.free>>20, err)
		}
	}
	// A fiftieth is enough on a small disk, and a system that cannot say is no hindrance.
	a.diskSpace = func(string) (int64, int64, error) { return 1 << 20, 16 << 20, nil }
	a.sinceLook = freeEvery
	if _, err := a.Write(t.Context(), exchange("x")); err != nil {
		t.Error(err)
	}
	a.diskSpace = func(string) (int64, int64, error) { return 0, 0, errors.ErrUnsupported }
	a.sinceLook = freeEvery
	if _, err := a.Write(t.Context(), exchange("x")); err != nil {
		t.Error(err)
	}
}

// A disk that fills up in the middle of a record loses that record alone, and writing goes on when there
// is room (reliability.md, A4).
func TestDiskFull(t *testing.T) {
	if os.Getenv("TALLYWIRE_FAULT") == "" {
		t.Skip("SKIPPED: mounts a small disk; set TALLYWIRE_FAULT=1 and be root")
	}
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("SKIPPED: cannot mount a small disk: %v: %s", err, out)
	}
	defer func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	}()
	a, err := Open(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	a.diskSpace = func(string) (int64, int64, error) { return 0, 0, errors.ErrUnsupported }
	noise := make([]byte, 200<<10)
	for i := range noise {
		noise[i] = byte(i * i >> 3)
	}
	ballast := filepath.Join(dir, "ballast")
	first, err := a.Write(t.Context(), exchange("first"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(ballast, make([]byte, 900<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	var failed error
	for range 20 {
		e := exchange(string(noise))
		for i := range e.Body { // not to be packed away
			e.Body[i] ^= byte(time.Now().UnixNano() >> 3)
		}
		if _, failed = a.Write(t.Context(), e); failed != nil {
			break
		}
	}
	if failed == nil || !strings.Contains(failed.Error(), "no space left") {
		t.Fatalf("error %v", failed)
	}
	if _, err := a.Read(t.Context(), first); err != nil {
		t.Errorf("read on a full disk: %v", err)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	last, err := a.Write(t.Context(), exchange("last"))
	if err != nil {
		t.Fatalf("after there is room: %v", err)
	}
	if _, err := a.Read(t.Context(), last); err != nil {
		t.Error(err)
	}
	if err := a.Check(t.Context(), last.File, func(Record) error { return nil }); err != nil {
		t.Error(err)
	}
}

func TestCheckAndPrune(t *testing.T) {
	dir, now := t.TempDir(), time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	a, err := Open(Options{Dir: dir, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	var kept []claims.Archive
	for range 4 {
		at, err := a.Write(t.Context(), exchange("hello"))
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, at)
		now = now.Add(24 * time.Hour)
	}
	var found []claims.Archive
	files, err := a.Files()
	if err != nil || len(files) != 4 || !files[3].Open || files[0].Open || files[0].Start.Day() != 1 {
		t.Fatalf("files %+v, %v", files, err)
	}
	for _, f := range files {
		if err := a.Check(t.Context(), f.Name, func(r Record) error { found = append(found, r.At); return nil }); err != nil {
			t.Error(err)
		}
	}
	if !slices.Equal(found, kept) {
		t.Errorf("found %+v, kept %+v", found, kept)
	}
	removed, freed, err := a.Prune(t.Context(), now, func(name string) (bool, error) { return name == kept[1].File, nil })
	if err != nil || !slices.Equal(removed, []string{kept[0].File, kept[2].File}) || freed != files[0].Size+files[2].Size {
		t.Errorf("removed %q, %d bytes, %v", removed, freed, err)
	}
	if _, err := a.Read(t.Context(), kept[0]); !errors.Is(err, claims.ErrNotFound) {
		t.Errorf("error %v", err)
	}
	for _, at := range []claims.Archive{kept[1], kept[3]} {
		if _, err := a.Read(t.Context(), at); err != nil {
			t.Error(err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, kept[1].File))
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)/2] ^= 1
	if err := os.WriteFile(filepath.Join(dir, kept[1].File), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := a.Check(t.Context(), kept[1].File, func(Record) error { return nil }); !errors.Is(err, ErrDamaged) {
		t.Errorf("error %v", err)
	}
}

// Whatever bytes are read, there is an error or a record, and no panic.
func FuzzRead(f *testing.F) {
	whole, err := packExchange(exchange("hello"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole.bytes)
	f.Add([]byte("WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		good, n, err := scan(strings.NewReader(string(b)))
		if good > int64(len(b)) || n == 0 && good != 0 || err == nil && good != int64(len(b)) {
			t.Fatalf("good %d of %d, %d records, %v", good, len(b), n, err)
		}
		if rec, err := parseRecord(b); err == nil {
			_, _ = rec.exchange("")
		}
	})
}
