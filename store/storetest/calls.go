package storetest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"tallywire/claims"
	"tallywire/store"
)

// calls are all methods of a store but Close, each on things that are there.
func calls(ctx context.Context, s store.Store) map[string]error {
	errs := map[string]error{}
	_, errs["PutRecords"] = s.PutRecords(ctx, NewRecord(1, 1))
	_, errs["Record"] = s.Record(ctx, NewRecord(1, 1).Document.ID)
	_, errs["Versions"] = s.Versions(ctx, NewRecord(1, 1).Document.URL)
	_, _, errs["Records"] = s.Records(ctx, "", 1)
	_, errs["Block"] = s.Block(ctx, "all")
	_, _, errs["Unjudged"] = s.Unjudged(ctx)
	errs["Judged"] = s.Judged(ctx, 0)
	errs["PutClaims"] = s.PutClaims(ctx, []claims.Claim{NewClaim(1)}, nil)
	_, errs["Claim"] = s.Claim(ctx, NewClaim(1).ID)
	_, errs["ClaimsOf"] = s.ClaimsOf(ctx, "m_1")
	_, _, errs["Claims"] = s.Claims(ctx, "", 1)
	errs["PutDecision"] = s.PutDecision(ctx, claims.Decision{ID: "d_1"})
	_, errs["Decisions"] = s.Decisions(ctx)
	errs["PutPages"] = s.PutPages(ctx, newPage("harbor", 1))
	_, errs["Page"] = s.Page(ctx, newPage("harbor", 1).URL)
	_, _, errs["Pages"] = s.Pages(ctx, "harbor", "", 1)
	errs["PutSourceState"] = s.PutSourceState(ctx, claims.SourceState{Source: "harbor"})
	_, errs["SourceState"] = s.SourceState(ctx, "harbor")
	errs["PutSetting"] = s.PutSetting(ctx, "name", "value")
	_, errs["Setting"] = s.Setting(ctx, "name")
	_, errs["Check"] = s.Check(ctx)
	return errs
}

func testCancelled(t *testing.T, s store.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, err := range calls(ctx, s) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a cancelled context gave %v; want context.Canceled", name, err)
		}
	}
	if _, err := s.Setting(t.Context(), "name"); !errors.Is(err, claims.ErrNotFound) {
		t.Errorf("a cancelled PutSetting was kept: %v", err)
	}
	for name, err := range calls(t.Context(), s) {
		if err != nil {
			t.Errorf("%s after cancelled calls: %v", name, err)
		}
	}
}

func testClosed(t *testing.T, s store.Store) {
	must(t, s.Close())
	must(t, s.Close())
	for name, err := range calls(t.Context(), s) {
		if !errors.Is(err, claims.ErrUnavailable) {
			t.Errorf("%s after Close gave %v; want ErrUnavailable", name, err)
		}
	}
}

func testNoSharedMemory(t *testing.T, s store.Store) {
	r, c := NewRecord(1, 1), NewClaim(1, NewRecord(1, 1).Mentions...)
	put(t, s, []bool{true}, r)
	must(t, s.PutClaims(t.Context(), []claims.Claim{c}, nil))
	spoil := func(r store.Record, c claims.Claim) {
		r.Mentions[0].Concept[0], r.Blocks[0][0], r.Mentions[0].Archive.File = "spoiled", "spoiled", "spoiled"
		c.Reasons[0], c.Review.Note = "spoiled", "spoiled"
	}
	spoil(r, c)
	for range 2 {
		gotR, err := s.Record(t.Context(), r.Document.ID)
		must(t, err)
		gotC, err := s.Claim(t.Context(), c.ID)
		must(t, err)
		equal(t, "record", gotR, NewRecord(1, 1))
		equal(t, "claim", gotC, NewClaim(1, NewRecord(1, 1).Mentions...))
		spoil(gotR, gotC)
	}
}

// testConcurrent lets writers of the same and of different things and readers run beside each other.
func testConcurrent(t *testing.T, s store.Store) {
	const writers, each = 8, 12
	ctx := t.Context()
	fresh := make([]int, writers)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				// Half of the documents are written by all of them; exactly one is told that it is new.
				got, err := s.PutRecords(ctx, NewRecord(i, 3), NewRecord(1000+w*each+i, 2))
				if err != nil || !got[1] {
					t.Errorf("PutRecords beside others = %v, %v", got, err)
					return
				}
				if got[0] {
					fresh[w]++
				}
				if err := s.PutClaims(ctx, []claims.Claim{NewClaim(w)}, []claims.ClaimID{NewClaim(w + 1).ID}); err != nil {
					t.Errorf("PutClaims beside others: %v", err)
				}
				if err := s.PutDecision(ctx, claims.Decision{ID: "d_" + string(rune('a'+i))}); err != nil {
					t.Errorf("PutDecision beside others: %v", err)
				}
			}
		})
		wg.Go(func() {
			for range each {
				records, _, err := s.Records(ctx, "", 50)
				if err != nil {
					t.Errorf("Records beside writers: %v", err)
				}
				for _, r := range records {
					if len(r.Mentions) < 2 || len(r.Blocks) != len(r.Mentions) {
						t.Errorf("half a record: %d mentions, %d blocks", len(r.Mentions), len(r.Blocks))
					}
				}
				if _, err := s.Block(ctx, "all", "shared|1"); err != nil {
					t.Errorf("Block beside writers: %v", err)
				}
			}
		})
	}
	wg.Wait()
	sum := 0
	for _, n := range fresh {
		sum += n
	}
	equal(t, "times that a document was new", sum, each)
	found, err := s.Block(ctx, "all")
	must(t, err)
	equal(t, "mentions", len(found), 3*each+2*writers*each)
	decisions, err := s.Decisions(ctx)
	must(t, err)
	equal(t, "decisions", len(decisions), each)
}

func testReopened(t *testing.T, open Open) {
	dir := t.TempDir()
	s := open(t, dir)
	record := NewRecord(1, 5)
	put(t, s, []bool{true}, record)
	for name, err := range calls(t.Context(), s) {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	put(t, s, []bool{false}, record)
	must(t, s.Close())

	s = open(t, dir)
	defer s.Close()
	put(t, s, []bool{false}, record)
	for name, err := range calls(t.Context(), s) {
		if err != nil {
			t.Errorf("%s after reopening: %v", name, err)
		}
	}
	put(t, s, []bool{false}, record)
	got, err := s.Record(t.Context(), record.Document.ID)
	must(t, err)
	equal(t, "record after reopening", got, record)
	decisions, err := s.Decisions(t.Context())
	must(t, err)
	equal(t, "decisions after reopening", decisions, []claims.Decision{{ID: "d_1"}})
	checkAll(t, s)
}
