package storetest

import (
	"errors"
	"fmt"
	"testing"

	"tallywire/claims"
	"tallywire/store"
)

// newPage returns a page that differs for every n; its URL sorts by n.
func newPage(source claims.SourceID, n int) claims.Page {
	return claims.Page{
		URL: fmt.Sprintf("https://harbor.example/%04d", n), Source: source, Kind: "article", Canonical: "https://harbor.example/x",
		ETag: `W/"1"`, LastModified: "Fri, 23 May 2025 12:00:00 GMT", Digest: "sha256:00", Status: 200, Reason: "too old",
		First: day(20), Fetched: day(23), Due: day(24), Fails: n,
	}
}

func testPages(t *testing.T, s store.Store) {
	const n = 230
	var want []claims.Page
	for i := range n {
		want = append(want, newPage("harbor", i))
	}
	other := newPage("harbor-post", n) // begins alike and is another source
	must(t, s.PutPages(t.Context(), append([]claims.Page{other, want[5]}, want...)...))
	must(t, s.PutPages(t.Context()))
	got, err := s.Page(t.Context(), want[7].URL)
	must(t, err)
	equal(t, "page", got, want[7])

	walk := func(source claims.SourceID, limit int) (all []claims.Page) {
		t.Helper()
		for after := ""; ; {
			part, next, err := s.Pages(t.Context(), source, after, limit)
			must(t, err)
			all = append(all, part...)
			if after = next; next == "" {
				return all
			}
		}
	}
	for _, limit := range []int{1, 46, n, n + 1} {
		equal(t, "a source's pages", walk("harbor", limit), want)
	}
	equal(t, "another source's pages", walk("harbor-post", 9), []claims.Page{other})
	equal(t, "an unknown source's pages", walk("har", 9), []claims.Page{})

	moved := want[7] // a page can change hands
	moved.Source, moved.Status = "harbor-post", 304
	must(t, s.PutPages(t.Context(), moved))
	equal(t, "pages after the move", walk("harbor-post", 9), []claims.Page{moved, other})
	equal(t, "pages left", len(walk("harbor", 100)), n-1)

	if err := s.PutPages(t.Context(), want[1], claims.Page{Source: "harbor"}); !errors.Is(err, claims.ErrInvalid) {
		t.Errorf("PutPages without a URL gave %v; want ErrInvalid", err)
	}
	if _, _, err := s.Pages(t.Context(), "harbor", "", 0); !errors.Is(err, claims.ErrInvalid) {
		t.Errorf("Pages with limit 0 gave %v; want ErrInvalid", err)
	}
}

func testSmall(t *testing.T, s store.Store) {
	state := claims.SourceState{
		Source: "harbor-post", Cursor: map[string]string{"since_id": "17"}, LastPass: day(23), State: "ok", Counts: map[string]int{"new": 3},
	}
	for _, fails := range []int{0, 1, 1} {
		state.Fails = fails
		must(t, s.PutSourceState(t.Context(), state))
		got, err := s.SourceState(t.Context(), state.Source)
		must(t, err)
		equal(t, "source state", got, state)
	}
	if err := s.PutSourceState(t.Context(), claims.SourceState{}); !errors.Is(err, claims.ErrInvalid) {
		t.Errorf("PutSourceState without a source gave %v; want ErrInvalid", err)
	}
	for _, value := range []string{"1", "", "правила\n\x00", "2"} {
		must(t, s.PutSetting(t.Context(), "schema", value))
		got, err := s.Setting(t.Context(), "schema")
		must(t, err)
		equal(t, "setting", got, value)
	}
	if err := s.PutSetting(t.Context(), "", "x"); !errors.Is(err, claims.ErrInvalid) {
		t.Errorf("PutSetting without a name gave %v; want ErrInvalid", err)
	}
}

func testNotFound(t *testing.T, s store.Store) {
	ctx := t.Context()
	for name, call := range map[string]func() error{
		"Record":      func() error { _, err := s.Record(ctx, "nothing"); return err },
		"Claim":       func() error { _, err := s.Claim(ctx, "nothing"); return err },
		"Page":        func() error { _, err := s.Page(ctx, "nothing"); return err },
		"SourceState": func() error { _, err := s.SourceState(ctx, "nothing"); return err },
		"Setting":     func() error { _, err := s.Setting(ctx, "nothing"); return err },
		"empty name":  func() error { _, err := s.Record(ctx, ""); return err },
	} {
		if err := call(); !errors.Is(err, claims.ErrNotFound) {
			t.Errorf("%s gave %v; want ErrNotFound", name, err)
		}
	}
}
