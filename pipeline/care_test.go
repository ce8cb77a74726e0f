package pipeline_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"tallywire/claims"
	"tallywire/pipeline"
	"tallywire/store/memstore"
)

var noon = time.Date(2025, 3, 3, 12, 0, 0, 0, time.UTC)

// desk is a pipeline over an empty store, with an office of a party and an outlet.
func desk() *pipeline.Pipeline {
	s := claims.DefaultSettings()
	s.Sources = []claims.Source{
		{ID: "ministry", Name: "Southern Defence Ministry", Class: claims.ClassParty, Party: "South", Social: true, Account: "southmod"},
		{ID: "lantern", Name: "Evening Lantern", Class: claims.ClassOutlet},
	}
	return &pipeline.Pipeline{Store: memstore.New(), Settings: s, Now: func() time.Time { return noon.Add(48 * time.Hour) }, Log: slog.New(slog.DiscardHandler)}
}

// TestGone holds that a post that is taken down no longer speaks for its author, that the board of the time before shows it
// whole, and that an article that has moved away is not taken back by that.
func TestGone(t *testing.T) {
	t.Parallel()
	p := desk()
	for _, doc := range []claims.Document{
		{Source: "ministry", Poster: "@southmod", URL: "https://social.example/1", Lang: "en", Published: noon, Fetched: noon, Text: "Our forces destroyed 12 tanks near Vell on Monday."},
		{Source: "lantern", URL: "https://lantern.example/2", Lang: "en", Published: noon, Fetched: noon, Text: "The flood at Marsa killed 7 people on Monday, our reporter counted."},
	} {
		if _, err := p.Digest(t.Context(), doc); err != nil {
			t.Fatal(err)
		}
	}
	board := func() map[string]claims.Claim {
		t.Helper()
		if _, err := p.Judge(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		all, err := pipeline.All(t.Context(), p.Store)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]claims.Claim{}
		for _, c := range all {
			out[c.Value.Best.String()] = c
		}
		return out
	}
	if c := board()["12"]; c.Lifecycle != claims.Current {
		t.Fatalf("before: %+v", c)
	}
	taken := noon.Add(5 * time.Hour)
	for _, url := range []string{"https://social.example/1", "https://lantern.example/2", "https://nobody.example/3"} {
		if err := p.Gone(t.Context(), url, taken); err != nil {
			t.Fatal(err)
		}
	}
	after := board()
	c := after["12"]
	if c.Lifecycle != claims.Withdrawn || c.Mentions[0].Stance != claims.Outdated {
		t.Errorf("the post's claim is %s, its mention %s", c.Lifecycle, c.Mentions[0].Stance)
	}
	if last := c.History[len(c.History)-1]; last.Kind != claims.Withdrawal || !last.At.Equal(taken) {
		t.Errorf("the history ends with %+v", last)
	}
	if c := after["7"]; c.Lifecycle != claims.Current {
		t.Errorf("the article's claim is %s", c.Lifecycle)
	}
	then, err := p.At(t.Context(), noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if i := slices.IndexFunc(then, func(c claims.Claim) bool { return c.Value.Best.String() == "12" }); i < 0 || then[i].Lifecycle != claims.Current {
		t.Errorf("the board of an hour later has %+v", then)
	}
}

// evidence is a folder of two files.
type evidence map[string]bool

func (e evidence) Prune(_ context.Context, _ time.Time, keep func(string) (bool, error)) (removed []string, freed int64, err error) {
	for _, name := range []string{"a.warc.gz", "b.warc.gz"} {
		if wanted, err := keep(name); err == nil && !wanted {
			delete(e, name)
			removed, freed = append(removed, name), freed+1
		}
	}
	return removed, freed, nil
}

// TestPrune holds that the evidence of what is on the board is kept.
func TestPrune(t *testing.T) {
	t.Parallel()
	p := desk()
	doc := claims.Document{Source: "lantern", URL: "https://lantern.example/2", Lang: "en", Published: noon, Fetched: noon, Text: "The flood at Marsa killed 7 people on Monday.", Archive: claims.Archive{File: "a.warc.gz", RecordID: "<urn:uuid:1>"}}
	if _, err := p.Digest(t.Context(), doc); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Judge(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	e := evidence{"a.warc.gz": true, "b.warc.gz": true}
	removed, freed, err := p.Prune(t.Context(), e, noon)
	if err != nil || freed != 1 || !slices.Equal(removed, []string{"b.warc.gz"}) || !e["a.warc.gz"] {
		t.Errorf("removed %v, %d bytes, %v", removed, freed, err)
	}
}
