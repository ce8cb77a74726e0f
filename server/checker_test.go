package server_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"tallywire/board"
	"tallywire/claims"
	"tallywire/extract"
	"tallywire/pipeline"
	"tallywire/server"
	"tallywire/store/memstore"
)

// TestDraftIsReadAsOfToday: "on Saturday" is the Saturday before the draft, and a draft about last year is not held to that.
func TestDraftIsReadAsOfToday(t *testing.T) {
	t.Parallel()
	s := memstore.New()
	settings := claims.DefaultSettings()
	settings.Sources = []claims.Source{{ID: "harbor", Class: claims.ClassOutlet}}
	pipe := &pipeline.Pipeline{Store: s, Settings: settings, Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)}
	for _, d := range []claims.Document{
		{URL: "https://harbor.example/1", Published: time.Date(2025, 5, 23, 15, 0, 0, 0, time.UTC), Text: "Each side released 390 soldiers on Friday, our reporter counted."},
		{URL: "https://harbor.example/2", Published: time.Date(2025, 5, 24, 15, 0, 0, 0, time.UTC), Text: "Each side released 307 soldiers on Saturday, our reporter counted."},
		{URL: "https://harbor.example/3", Published: time.Date(2025, 5, 25, 15, 0, 0, 0, time.UTC), Text: "Each side released 40 sailors on Sunday, our reporter counted."},
	} {
		d.Source, d.Lang, d.Title = "harbor", "en", "News"
		if _, err := pipe.Digest(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := pipe.Judge(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	b := board.New(s, nil)
	check := func(at time.Time, draft string) claims.Checked {
		t.Helper()
		numbers, err := server.Checker{Store: s, Board: b, Settings: settings, Extract: extract.Text, Now: func() time.Time { return at }}.Check(context.Background(), draft, "en")
		if err != nil || len(numbers) != 1 {
			t.Fatalf("%s: %+v, %v", draft, numbers, err)
		}
		return numbers[0]
	}
	for _, loaded := range []bool{false, true} {
		if loaded {
			if err := b.Load(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if n := check(now, "Each side released 307 soldiers on Saturday."); n.Agrees == nil || !*n.Agrees {
			t.Errorf("board loaded %v: the figure of Saturday: %+v", loaded, n)
		}
		if n := check(now.AddDate(2, 0, 0), "Each side released 40 sailors on Sunday, our reporter counted."); n.Agrees == nil || !*n.Agrees {
			t.Errorf("board loaded %v: a story of two years ago: %+v", loaded, n)
		}
		if n := check(now.AddDate(2, 0, 0), "On 24 May 2025 each side released 307 soldiers."); n.Agrees == nil || !*n.Agrees {
			t.Errorf("board loaded %v: two years later: %+v", loaded, n)
		}
	}
	if n := check(now, "Each side released 370 soldiers on Saturday."); n.Agrees == nil || *n.Agrees || n.Best.String() != "307" {
		t.Errorf("a wrong figure of Saturday: %+v", n)
	}
}
