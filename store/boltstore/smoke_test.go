package boltstore

import (
	"path/filepath"
	"testing"

	"tallywire/claims"
	"tallywire/store"
)

func TestSmoke(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d", "s.db")
	for round := range 2 {
		d, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		r := store.Record{Document: claims.Document{ID: "a", URL: "https://a.example/"}, Mentions: []claims.Mention{{ID: "m_1"}}, Blocks: [][]string{{"k"}}}
		fresh, err := d.PutRecords(t.Context(), r, r)
		if err != nil || fresh[0] != (round == 0) || fresh[1] {
			t.Fatal(fresh, err)
		}
		got, err := d.Block(t.Context(), "k", "x")
		if err != nil || len(got) != 1 {
			t.Fatal(got, err)
		}
		if wrong, err := d.Check(t.Context()); err != nil || wrong != nil {
			t.Fatal(wrong, err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
