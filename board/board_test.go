package board_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tallywire/board"
	"tallywire/claims"
	"tallywire/store/memstore"
)

var (
	topics    = []string{"exchange", "strikes", "energy"}
	sources   = []claims.SourceID{"harbor", "wire", "lantern", "post"}
	languages = []string{"en", "uk"}
	nouns     = []string{"captives", "drones", "homes", "полонених", "crowns"}
	began     = time.Date(2025, 5, 23, 0, 0, 0, 0, time.UTC)
)

// someClaim makes claim n, of few different values, so that orders have ties and facets have company.
func someClaim(r *rand.Rand, n int) claims.Claim {
	noun := nouns[r.IntN(len(nouns))]
	v := claims.Int(int64(r.IntN(5) * 100))
	c := claims.Claim{
		ID: claims.ClaimID(fmt.Sprintf("c_%016x", n)), Statement: fmt.Sprintf("%s %s", v, noun), Measure: noun, Unit: claims.Unit{Class: claims.UnitCount, Name: noun},
		Status: []claims.Status{claims.Verified, claims.Disputed, claims.Unverified}[r.IntN(3)], Value: claims.Exactly(v), Confidence: claims.Int(int64(r.IntN(2))),
		Voices: r.IntN(4), LastChanged: began.Add(time.Duration(r.IntN(96)) * time.Hour), Parties: []string{}, Topics: []string{}, Reasons: []string{},
	}
	if r.IntN(4) == 0 {
		c.Value = claims.Value{}
	}
	if r.IntN(3) == 0 {
		c.Topics = []string{topics[r.IntN(3)]}
	}
	if r.IntN(6) == 0 {
		c.Review = &claims.Review{Status: claims.Verified, By: "A. Editor", At: began}
	}
	for i := range r.IntN(4) {
		c.Mentions = append(c.Mentions, claims.Mention{ID: claims.MentionID(fmt.Sprintf("m_%d_%d", n, i)), Source: sources[r.IntN(4)], Lang: languages[r.IntN(2)],
			Sentence: fmt.Sprintf("Each side freed %s %s, “they” said.", v, noun), Title: "Day " + fmt.Sprint(r.IntN(3))})
	}
	return c
}

// someFilter asks for one to three things.
func someFilter(r *rand.Rand) claims.Filter {
	f := claims.Filter{Sort: append([]string{""}, claims.Sorts...)[r.IntN(6)]}
	for range r.IntN(4) {
		switch r.IntN(9) {
		case 0:
			f.Status = claims.Disputed
		case 1:
			f.Topic = append(topics, "none")[r.IntN(4)]
		case 2:
			f.Source = append(sources, "nobody")[r.IntN(5)]
		case 3:
			f.Language = languages[r.IntN(2)]
		case 4:
			f.Since = began.Add(24 * time.Hour)
		case 5:
			f.Until = began.Add(48 * time.Hour)
		case 6:
			f.Unit = strings.ToUpper(nouns[r.IntN(5)])
		case 7:
			f.Min = claims.Int(200)
		case 8:
			f.Words = [][]string{{"freed"}, {"ЧЕН", "day"}, {"“they”"}, {"c_00000000000000"}, {"100", "captives"}, {"nothing"}}[r.IntN(6)]
		}
	}
	return f
}

// every reads all pages of a query.
func every(t *testing.T, b *board.Board, f claims.Filter) (ids []claims.ClaimID, first board.Result) {
	t.Helper()
	f.Limit = 7
	q := board.Query{Filter: f}
	for page := 0; ; page++ {
		r, err := b.Find(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if page == 0 {
			first = r
		}
		if r.From != len(ids) {
			t.Fatalf("page %d begins at %d, %d rows before it", page, r.From, len(ids))
		}
		for _, row := range r.Rows {
			ids = append(ids, row.ID)
		}
		if q.Cursor = r.Next; q.Cursor == "" {
			return ids, first
		}
	}
}

// TestFindIsTheFilter holds the board to claims.Filter, the one meaning of a filter, through random refreshes.
func TestFindIsTheFilter(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	s := memstore.New()
	var put []claims.Claim
	for n := range 150 {
		put = append(put, someClaim(r, n))
	}
	if err := s.PutClaims(t.Context(), put, nil); err != nil {
		t.Fatal(err)
	}
	b := board.New(s, nil)
	if err := b.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	for round := range 8 {
		all, _, err := s.Claims(t.Context(), "", 1000)
		if err != nil {
			t.Fatal(err)
		}
		for range 60 {
			f := someFilter(r)
			got, first := every(t, b, f)
			if want := picked(all, f); !slices.Equal(got, want) {
				t.Fatalf("round %d, %+v:\n got %v\nwant %v", round, f, got, want)
			}
			if len(f.Words) == 0 {
				var firsts []claims.ClaimID
				for _, row := range b.First(f, 5) {
					firsts = append(firsts, row.ID)
				}
				if want := got[:min(len(got), 5)]; !slices.Equal(firsts, want) {
					t.Fatalf("round %d, first of %+v:\n got %v\nwant %v", round, f, firsts, want)
				}
			}
			if diff := cmp.Diff(facetsOf(all, f), first.Facets, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("round %d, facets of %+v (-want +got):\n%s", round, f, diff)
			}
		}
		var changed []claims.Claim
		var gone, ids []claims.ClaimID
		for range 5 {
			c := someClaim(r, r.IntN(170))
			changed, ids = append(changed, c), append(ids, c.ID)
		}
		if id := all[r.IntN(len(all))].ID; !slices.Contains(ids, id) {
			gone = append(gone, id)
		}
		if err := s.PutClaims(t.Context(), changed, gone); err != nil {
			t.Fatal(err)
		}
		if round%2 == 0 {
			err = b.Refresh(t.Context(), append(ids, gone...)...)
		} else {
			err = b.Load(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func picked(all []claims.Claim, f claims.Filter) (ids []claims.ClaimID) {
	var out []claims.Claim
	for i := range all {
		if f.Matches(&all[i]) {
			out = append(out, all[i])
		}
	}
	for _, c := range f.Order(out) {
		ids = append(ids, c.ID)
	}
	return ids
}

// facetsOf counts by asking the filter for every value.
func facetsOf(all []claims.Claim, f claims.Filter) board.Facets {
	var out board.Facets
	for _, st := range []claims.Status{claims.Verified, claims.Disputed, claims.Unverified} {
		g := f
		g.Status = st
		out.Status = append(out.Status, board.Count{Name: string(st), N: len(picked(all, g))})
	}
	count := func(list *[]board.Count, name string, g claims.Filter) {
		if n := len(picked(all, g)); n > 0 {
			*list = append(*list, board.Count{Name: name, N: n})
		}
	}
	for _, name := range topics {
		g := f
		g.Topic = name
		count(&out.Topic, name, g)
	}
	for _, name := range sources {
		g := f
		g.Source = name
		count(&out.Source, string(name), g)
	}
	for _, name := range languages {
		g := f
		g.Language = name
		count(&out.Language, name, g)
	}
	for _, list := range [][]board.Count{out.Topic, out.Source, out.Language} {
		slices.SortFunc(list, func(a, b board.Count) int {
			if a.N != b.N {
				return b.N - a.N
			}
			return strings.Compare(a.Name, b.Name)
		})
	}
	for d := 5; d >= 0; d-- {
		from := began.AddDate(0, 0, d)
		g := f
		g.Since, g.Until = from, from.AddDate(0, 0, 1)
		if n := len(picked(all, g)); n > 0 {
			out.Changed = append(out.Changed, board.Span{From: from, To: g.Until, N: n})
		}
	}
	return out
}

func TestChangesAreTold(t *testing.T) {
	t.Parallel()
	s := memstore.New()
	b := board.New(s, nil)
	if b.Loaded() {
		t.Error("a new board says that it is loaded")
	}
	if err := b.Load(t.Context()); err != nil || !b.Loaded() {
		t.Fatal(err, b.Loaded())
	}
	changes, leave := b.Subscribe()
	defer leave()
	r := rand.New(rand.NewPCG(3, 4))
	one, two := someClaim(r, 1), someClaim(r, 2)
	for _, c := range []claims.Claim{one, two} {
		if err := s.PutClaims(t.Context(), []claims.Claim{c}, nil); err != nil {
			t.Fatal(err)
		}
		if err := b.Refresh(t.Context(), c.ID); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Refresh(t.Context(), one.ID, two.ID); err != nil { // nothing new: nobody is told
		t.Fatal(err)
	}
	got := <-changes
	if diff := cmp.Diff(board.Change{Generation: 3, Changed: []claims.ClaimID{one.ID, two.ID}}, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("change (-want +got):\n%s", diff)
	}
	select {
	case c := <-changes:
		t.Errorf("told twice: %+v", c)
	default:
	}
}

func TestCursorOfAnotherKindIsRefused(t *testing.T) {
	t.Parallel()
	b := board.New(memstore.New(), nil)
	for _, c := range []string{"%%%", "bm9wZQ", strings.Repeat("A", 5000)} {
		if _, err := b.Find(context.Background(), board.Query{Cursor: c}); !errors.Is(err, claims.ErrInvalid) {
			t.Errorf("cursor %.20q: %v; want ErrInvalid", c, err)
		}
	}
}

// versions is a setting that a test changes.
type versions chan string

func (v versions) Setting(context.Context, string) (string, error) { return <-v, nil }

func TestWatchLoadsWhatOthersWrote(t *testing.T) {
	t.Parallel()
	s := memstore.New()
	b := board.New(s, nil)
	if err := b.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := someClaim(rand.New(rand.NewPCG(5, 6)), 9)
	if err := s.PutClaims(t.Context(), []claims.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
	v, ticks, done := make(versions), make(chan time.Time), make(chan bool)
	go func() {
		defer close(done)
		b.Watch(t.Context(), v, ticks, func(err error) { t.Error(err) })
	}()
	v <- "1" // the look before the first tick
	for _, now := range []string{"1", "2"} {
		ticks <- began
		v <- now
	}
	close(ticks)
	<-done
	if b.Len() != 1 {
		t.Errorf("%d rows after another process wrote one", b.Len())
	}
}
