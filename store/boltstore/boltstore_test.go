package boltstore

import (
	"path/filepath"
	"testing"

	"tallywire/store"
	"tallywire/store/storetest"
)

// openIn opens the store in a folder.
func openIn(t testing.TB, dir string) *DB {
	t.Helper()
	d, err := Open(filepath.Join(dir, "tallywire.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t testing.TB, dir string) store.Store { return openIn(t, dir) })
}
