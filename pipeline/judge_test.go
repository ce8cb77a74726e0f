package pipeline_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tallywire/claims"
	"tallywire/internal/newsgen"
	"tallywire/pipeline"
	"tallywire/store"
	"tallywire/store/memstore"
)

// newDesk is a pipeline over a store with the press of a world.
func newDesk(s pipeline.Store, w *newsgen.World) *pipeline.Pipeline {
	settings := claims.DefaultSettings()
	settings.Sources = w.Sources
	return &pipeline.Pipeline{Store: s, Settings: settings, Now: func() time.Time { return noon }, Log: slog.New(slog.DiscardHandler)}
}

// boardText is a store's claims as text.
func boardText(t *testing.T, s pipeline.Store) string {
	t.Helper()
	all, err := pipeline.All(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	out, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// small is a world of a few weeks.
func small(seed uint64) *newsgen.World {
	o := newsgen.DefaultOptions()
	o.Seed, o.Events = seed, 40
	return newsgen.New(o)
}

// TestBatches digests a world's news in batches of any size, by processes that come and go: the board is as judged at once.
func TestBatches(t *testing.T) {
	t.Parallel()
	w := small(5)
	docs := w.Documents()
	once, byBatch := memstore.New(), memstore.New()
	p := newDesk(once, w)
	digest(t, p, docs...)
	judge(t, p)
	rng := rand.New(rand.NewPCG(5, 5))
	rng.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
	p = newDesk(byBatch, w)
	for len(docs) > 0 {
		n := min(len(docs), 1+rng.IntN(20))
		digest(t, p, docs[:n]...)
		docs = docs[n:]
		switch rng.IntN(6) {
		case 0: // ends without judging
			p = newDesk(byBatch, w)
		case 1: // ends between two passes
			judge(t, p)
			p = newDesk(byBatch, w)
		default:
			judge(t, p)
		}
	}
	judge(t, p)
	if diff := cmp.Diff(boardText(t, once), boardText(t, byBatch)); diff != "" {
		t.Errorf("board judged by batches differs (-at once +by batches):\n%s", diff)
	}
}

func digest(t *testing.T, p *pipeline.Pipeline, docs ...claims.Document) {
	t.Helper()
	for _, d := range docs {
		if _, err := p.Digest(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
}

func judge(t *testing.T, p *pipeline.Pipeline) pipeline.Changes {
	t.Helper()
	c, err := p.Judge(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A counted store counts what is read of it whole, and refuses to write claims while told so.
type counted struct {
	*memstore.Store
	whole int // calls of Records
	full  bool
}

func (s *counted) Records(ctx context.Context, after claims.DocumentID, limit int) ([]store.Record, claims.DocumentID, error) {
	s.whole++
	return s.Store.Records(ctx, after, limit)
}

func (s *counted) PutClaims(ctx context.Context, put []claims.Claim, remove []claims.ClaimID) error {
	if s.full {
		return errors.New("disk full")
	}
	return s.Store.PutClaims(ctx, put, remove)
}

// TestPasses judges a board that is too large for one go, the first time and after a change of settings with decisions made in
// between: it is as judged at once, and what the next documents do to it too.
func TestPasses(t *testing.T) {
	t.Parallel()
	w := small(6)
	docs := w.Documents()
	at := len(docs) - 30
	once, byPasses := memstore.New(), memstore.New()
	scratches := 0
	for _, s := range []*memstore.Store{once, byPasses} {
		p := newDesk(s, w)
		if s == byPasses {
			p.AtOnce, p.Scratch = 100, func() (pipeline.Store, func(), error) {
				scratches++
				return memstore.New(), func() {}, nil
			}
		}
		digest(t, p, docs[:at]...)
		judge(t, p)
		board, err := pipeline.All(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		a, b := board[3], board[9]
		merge := claims.Decision{ID: "d_1", Kind: claims.DecideMerge, Claim: a.ID, Other: b.ID, At: noon, By: "Ann"}
		for _, m := range slices.Concat(a.Mentions, b.Mentions) {
			merge.Mentions = append(merge.Mentions, m.ID)
		}
		if err := s.PutDecision(t.Context(), merge); err != nil {
			t.Fatal(err)
		}
		judge(t, p)
		p.Settings.MinIndependent++
		judge(t, p)
		digest(t, p, docs[at:]...)
		judge(t, p)
	}
	if diff := cmp.Diff(boardText(t, once), boardText(t, byPasses)); diff != "" {
		t.Errorf("board judged by passes differs (-at once +by passes):\n%s", diff)
	}
	if scratches != 2 {
		t.Errorf("%d scratch boards; want one for each whole judgement", scratches)
	}
}

// TestJudgeSome reads the whole store only where it has to: the first time, after a process that ended before it judged, under
// other settings, and never for a pass or a decision. What could not be written is judged again.
func TestJudgeSome(t *testing.T) {
	t.Parallel()
	w := small(6)
	docs := w.Documents()
	s := &counted{Store: memstore.New()}
	p := newDesk(s, w)
	step := func(what string, whole bool, do func()) pipeline.Changes {
		t.Helper()
		do()
		s.whole = 0
		changes := judge(t, p)
		if (s.whole > 0) != whole {
			t.Errorf("%s: the whole store was read %d times", what, s.whole)
		}
		return changes
	}
	step("first", true, func() { digest(t, p, docs[:100]...) })
	step("nothing new", false, func() {})
	step("a pass", false, func() { digest(t, p, docs[100:110]...) })
	step("the same pages again", false, func() { digest(t, p, docs[:110]...) })
	step("another process", false, func() { p = newDesk(s, w); digest(t, p, docs[110:111]...) })
	step("a process that ended before it judged", false, func() { digest(t, p, docs[111]); p = newDesk(s, w) })
	step("another source", true, func() { p.AddSource(claims.Source{ID: "new", Name: "New Paper", Class: claims.ClassOutlet}) })
	var id claims.ClaimID
	step("a decision", false, func() {
		all, err := pipeline.All(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		id = all[0].ID
		d := claims.Decision{ID: "d_1", Kind: claims.DecideReview, Claim: id, Mentions: []claims.MentionID{all[0].Mentions[0].ID}, Status: claims.Disputed, By: "Ann", At: noon}
		if err := s.PutDecision(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	})
	if c, err := s.Claim(t.Context(), id); err != nil || c.Review == nil {
		t.Errorf("the review of %s was not heeded: %+v, %v", id, c.Review, err)
	}
	digest(t, p, docs[112:130]...)
	s.full = true
	if _, err := p.Judge(t.Context(), false); err == nil {
		t.Error("no error where claims could not be written")
	}
	s.full = false
	step("what could not be written", false, func() {})
	got := boardText(t, s)
	if _, err := p.Rejudge(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(boardText(t, s), got); diff != "" {
		t.Errorf("the board differs from that judged whole (-whole +by steps):\n%s", diff)
	}
}

// TestUndoneReviews takes a review back, and takes that back: each time the claim says what is in force, without the whole
// board being judged.
func TestUndoneReviews(t *testing.T) {
	t.Parallel()
	w := small(6)
	s := &counted{Store: memstore.New()}
	p := newDesk(s, w)
	digest(t, p, w.Documents()[:60]...)
	judge(t, p)
	all, err := pipeline.All(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	c := all[0]
	s.whole = 0
	for i, d := range []claims.Decision{
		{ID: "d_1", Kind: claims.DecideReview, Claim: c.ID, Mentions: []claims.MentionID{c.Mentions[0].ID}, Status: claims.Disputed},
		{ID: "d_2", Kind: claims.DecideUndo, Undoes: "d_1"},
		{ID: "d_3", Kind: claims.DecideUndo, Undoes: "d_2"},
	} {
		d.By, d.At = "Ann", noon.Add(time.Duration(i)*time.Hour)
		if err := s.PutDecision(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		judge(t, p)
		if got, err := s.Claim(t.Context(), c.ID); err != nil || (got.Review != nil) != (i != 1) {
			t.Errorf("after %s: review %+v, %v", d.ID, got.Review, err)
		}
	}
	if s.whole > 0 {
		t.Error("the whole board was judged")
	}
}
