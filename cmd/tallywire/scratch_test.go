package main

import (
	"os"
	"path/filepath"
	"testing"

	"tallywire/internal/config"
)

// TestScratch makes a scratch board beside the store, and removes those that processes left which were killed.
func TestScratch(t *testing.T) {
	t.Parallel()
	var c config.Config
	c.Store.Path = filepath.Join(t.TempDir(), "claims.db")
	left, other := filepath.Join(filepath.Dir(c.Store.Path), ".claims.db.judging-1"), filepath.Join(filepath.Dir(c.Store.Path), ".other.db.judging-1")
	for _, dir := range []string{left, other} {
		if err := os.MkdirAll(filepath.Join(dir, "board"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	s, remove, err := scratch(c)
	if err != nil {
		t.Fatal(err)
	}
	if claims, _, err := s.Claims(t.Context(), "", 10); err != nil || len(claims) > 0 {
		t.Errorf("scratch board: %d claims, error %v; want none", len(claims), err)
	}
	remove()
	kept, err := os.ReadDir(filepath.Dir(c.Store.Path))
	if err != nil || len(kept) != 1 || kept[0].Name() != filepath.Base(other) {
		t.Errorf("left over: %v, error %v; want only another store's scratch board, %s", kept, err, filepath.Base(other))
	}
}
