package boltstore

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tallywire/claims"
	"tallywire/store"
	"tallywire/store/storetest"
)

// contents is everything in the store at path that callers can read, and Check's findings.
func contents(t *testing.T, path string) (records []store.Record, board []claims.Claim) {
	t.Helper()
	d, err := Open(path, Options{})
	must(t, err)
	defer d.Close()
	records, _, err = d.Records(t.Context(), "", 10_000)
	must(t, err)
	board, _, err = d.Claims(t.Context(), "", 10_000)
	must(t, err)
	wrong, err := d.Check(t.Context())
	if err != nil || len(wrong) > 0 {
		t.Errorf("Check of %s = %q, %v; want nothing", path, wrong, err)
	}
	return records, board
}

func TestBackupRestore(t *testing.T) {
	t.Parallel()
	path := filled(t, 30)
	backup := filepath.Join(t.TempDir(), "backup.db")
	d, err := Open(path, Options{})
	must(t, err)
	must(t, d.Backup(t.Context(), backup))
	if err := d.Backup(t.Context(), backup); !errors.Is(err, claims.ErrConflict) {
		t.Errorf("Backup over a backup gave %v; want ErrConflict", err)
	}
	_, err = d.PutRecords(t.Context(), storetest.NewRecord(1000, 1)) // after the backup
	must(t, err)
	if err := Restore(t.Context(), backup, path, true); !errors.Is(err, store.ErrInUse) {
		t.Errorf("Restore over an open store gave %v; want ErrInUse", err)
	}
	must(t, d.Close())
	if err := Restore(t.Context(), backup, path, false); !errors.Is(err, claims.ErrConflict) {
		t.Errorf("Restore over a store gave %v; want ErrConflict", err)
	}
	now, _ := contents(t, path)
	if len(now) != 31 {
		t.Errorf("%d documents after the refusals; want all 31", len(now))
	}

	must(t, os.Remove(path)) // the marker stays
	must(t, Restore(t.Context(), backup, path, false))
	got, gotBoard := contents(t, path)
	elsewhere := filepath.Join(t.TempDir(), "new", "s.db")
	must(t, Restore(t.Context(), backup, elsewhere, false))
	want, wantBoard := contents(t, elsewhere)
	if len(got) != 30 || len(gotBoard) != 1 {
		t.Errorf("restored %d documents and %d claims; want 30 and 1", len(got), len(gotBoard))
	}
	if diff := cmp.Diff(got, want) + cmp.Diff(gotBoard, wantBoard); diff != "" {
		t.Errorf("restored to two places (-one +other):\n%s", diff)
	}
	must(t, Restore(t.Context(), backup, path, true))
	if _, err := os.Stat(path + ".old"); err != nil {
		t.Errorf("the replaced store is not kept: %v", err)
	}
}

func TestRestoreDamaged(t *testing.T) {
	t.Parallel()
	path := filled(t, 100)
	d, err := Open(path, Options{})
	must(t, err)
	defer d.Close()
	dir := t.TempDir()
	for name, c := range map[string]struct {
		damage func([]byte) []byte
		sum    bool
	}{
		"cut":                  {func(b []byte) []byte { return b[:len(b)/2] }, true},
		"cut, no checksum":     {func(b []byte) []byte { return b[:len(b)/2] }, false},
		"flipped":              {func(b []byte) []byte { b[len(b)-100] ^= 1; return b }, true},
		"zeroed, no checksum":  {func(b []byte) []byte { clear(b[8*os.Getpagesize() : 40*os.Getpagesize()]); return b }, false},
		"another, no checksum": {func([]byte) []byte { return []byte("text") }, false},
	} {
		backup := filepath.Join(dir, name)
		must(t, d.Backup(t.Context(), backup))
		change(t, backup, c.damage)
		if !c.sum {
			must(t, os.Remove(checksumPath(backup)))
		}
		to := filepath.Join(dir, name+" restored")
		if err := Restore(t.Context(), backup, to, false); !errors.Is(err, store.ErrDamaged) && !errors.Is(err, store.ErrNoStore) {
			t.Errorf("%s: Restore gave %v; want ErrDamaged or ErrNoStore", name, err)
		}
		if left, err := filepath.Glob(to + "*"); err != nil || len(left) > 0 {
			t.Errorf("%s: left behind %q, %v", name, left, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Backup(ctx, filepath.Join(dir, "cancelled")); !errors.Is(err, context.Canceled) {
		t.Errorf("Backup with a cancelled context gave %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "cancelled*")); err != nil || len(left) > 0 {
		t.Errorf("a cancelled backup left %q, %v", left, err)
	}
}

func TestCompact(t *testing.T) {
	t.Parallel()
	path := filled(t, 300)
	d, err := Open(path, Options{})
	must(t, err)
	var bare []store.Record
	for i := range 300 { // most of it goes
		bare = append(bare, storetest.NewRecord(i, 0))
	}
	_, err = d.PutRecords(t.Context(), bare...)
	must(t, err)
	if _, _, err := Compact(t.Context(), path); !errors.Is(err, store.ErrInUse) {
		t.Errorf("Compact of an open store gave %v; want ErrInUse", err)
	}
	must(t, d.Close())
	want, wantBoard := contents(t, path)
	before, after, err := Compact(t.Context(), path)
	must(t, err)
	if after >= before || after == 0 {
		t.Errorf("compacted from %d to %d bytes", before, after)
	}
	got, gotBoard := contents(t, path)
	if diff := cmp.Diff(got, want) + cmp.Diff(gotBoard, wantBoard); diff != "" {
		t.Errorf("contents after compaction (-got +want):\n%s", diff)
	}
	left, err := filepath.Glob(path + "*")
	must(t, err)
	if len(left) != 2 {
		t.Errorf("files left: %q; want the store and its marker", left)
	}
}
