package pipeline_test

import (
	"log/slog"
	"testing"
	"time"

	"tallywire/claims"
	"tallywire/extract"
	"tallywire/pipeline"
	"tallywire/store/memstore"
)

// TestCheckDrafts sets short drafts, as a desk types them, against a board: each number finds its claim, or none.
func TestCheckDrafts(t *testing.T) {
	t.Parallel()
	settings := claims.DefaultSettings()
	settings.Sources = house
	p := &pipeline.Pipeline{Store: memstore.New(), Settings: settings, Now: func() time.Time { return noon }, Log: slog.New(slog.DiscardHandler)}
	at := time.Date(2025, 3, 3, 9, 0, 0, 0, time.UTC)
	for i, said := range []struct {
		source claims.SourceID
		text   string
	}{
		{"north-office", "On Monday 390 prisoners, 270 soldiers and 120 civilians, came home to the North across the Karsk bridge."},
		{"south-office", "The South and the North each released 390 prisoners at the Karsk bridge on Monday, among them 270 soldiers and 120 civilians."},
		{"north-office", "Since March 2022 the North has brought home 5,757 people from captivity."},
		{"mill", "The North holds only about 400 Southern prisoners, a friend in the army says."},
		{"post", "A fire in the textile mill of Orlen killed 14 people on Monday, our reporter at the scene counted."},
		{"lantern", "We counted 17 people killed by Monday's fire in the Orlen textile mill."},
		{"wire", "The reservoir above Halm is 94 per cent full, the water board said on Monday."},
	} {
		doc := claims.Document{Source: said.source, URL: "https://" + string(said.source) + ".example/" + string(rune('a'+i)), Text: said.text, Published: at.Add(time.Duration(i) * time.Hour), Fetched: at.Add(time.Duration(i) * time.Hour)}
		if _, err := p.Digest(t.Context(), doc); err != nil {
			t.Fatal(err)
		}
	}
	board := judged(t, p)
	for _, c := range []struct {
		draft, number string
		status        claims.CheckStatus
		best          string // of the claim found
		agrees        bool
	}{
		{"On Monday 390 prisoners were exchanged at the Karsk bridge.", "390 prisoners", "verified", "390", true},
		{"The exchange freed 270 soldiers.", "270 soldiers", "verified", "270", true},
		{"Among those who came home were 120 civilians.", "120 civilians", "verified", "120", true},
		{"Since March 2022 the North has returned 5,757 people from captivity.", "5,757 people", "unverified", "5757", true},
		{"The North holds only about 400 prisoners of the South.", "about 400 prisoners", "unverified", "400", true},
		{"The North holds 400 prisoners.", "400 prisoners", "unverified", "400", true},
		{"The fire in Orlen killed 14 people.", "14 people", "disputed", "14", true},
		{"The fire at the Orlen mill killed 21 people.", "21 people", "disputed", "14", false},
		{"The Halm reservoir stands at 94 per cent.", "94 per cent", "unverified", "94", true},
		{"The Halm reservoir stands at 81 per cent.", "81 per cent", "unverified", "94", false},
		{"A bus crash in Losna killed 14 people.", "14 people", claims.Unknown, "", false},
		{"The company cut 390 jobs.", "390 jobs", claims.Unknown, "", false},
	} {
		found := claims.Check(extract.Text(c.draft, "en", time.Time{}), board, settings)
		i := -1
		for k := range found {
			if found[k].Text == c.number {
				i = k
			}
		}
		if i < 0 {
			t.Errorf("%q: no number %q in %+v", c.draft, c.number, found)
			continue
		}
		f := found[i]
		agrees := f.Agrees != nil && *f.Agrees
		if f.Status != c.status || f.Best.String() != c.best || agrees != c.agrees {
			t.Errorf("%q: %s, best %q, agrees %v, %v; want %s, %q, %v", c.draft, f.Status, f.Best, agrees, f.Reasons, c.status, c.best, c.agrees)
		}
	}
}
