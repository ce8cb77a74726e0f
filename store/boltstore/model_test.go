package boltstore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"tallywire/claims"
	"tallywire/store"
	"tallywire/store/memstore"
	"tallywire/store/storetest"
)

// TestModel does the same random things to a store and to memstore: both answer alike at every step, also
// after a reopening, and Check finds nothing at the end.
func TestModel(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		run++
		m := &model{dir: fmt.Sprintf("%s/%d", dir, run), ctx: context.Background(), mem: memstore.New()}
		m.open(t)
		defer func() { m.db.Close() }()
		t.Repeat(map[string]func(*rapid.T){
			"put records": m.putRecords, "put claims": m.putClaims, "decide": m.decide, "put pages": m.putPages,
			"reopen": m.reopen, "": m.compare,
		})
		wrong, err := m.db.Check(m.ctx)
		if err != nil || len(wrong) > 0 {
			t.Fatalf("Check = %q, %v; want nothing", wrong, err)
		}
	})
}

// A model is a store beside its reference.
type model struct {
	dir string
	ctx context.Context // of the whole test: rapid's actions take none
	db  *DB
	mem *memstore.Store
}

func (m *model) open(t *rapid.T) {
	db, err := Open(m.dir+"/s.db", Options{})
	if err != nil {
		t.Fatal(err)
	}
	m.db = db
}

func (m *model) reopen(t *rapid.T) {
	if err := m.db.Close(); err != nil {
		t.Fatal(err)
	}
	m.open(t)
}

// same requires equal results, and errors of one kind.
func same(t *rapid.T, what string, got, want any, gotErr, wantErr error) {
	for _, kind := range []error{claims.ErrNotFound, claims.ErrConflict, claims.ErrInvalid} {
		if errors.Is(gotErr, kind) != errors.Is(wantErr, kind) {
			t.Fatalf("%s: %v; the model says %v", what, gotErr, wantErr)
		}
	}
	if (gotErr == nil) != (wantErr == nil) {
		t.Fatalf("%s: %v; the model says %v", what, gotErr, wantErr)
	}
	a, errA := json.Marshal(got)
	b, errB := json.Marshal(want)
	if errA == nil && errB == nil && bytes.Equal(a, b) { // quicker than comparing field by field
		return
	}
	if diff := cmp.Diff(got, want, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s (-got +model):\n%s", what, diff)
	}
}

// few are so few numbers that most things happen to something that is already there.
var few = rapid.IntRange(0, 5)

func (m *model) putRecords(t *rapid.T) {
	var records []store.Record
	for range rapid.IntRange(0, 4).Draw(t, "records") {
		r := storetest.NewRecord(few.Draw(t, "document"), rapid.IntRange(0, 4).Draw(t, "mentions"))
		r.Document.URL = fmt.Sprintf("https://harbor.example/%d", few.Draw(t, "url"))
		r.Document.Title = rapid.SampledFrom([]string{"", "a", "обмін"}).Draw(t, "title")
		for i := range r.Blocks {
			r.Blocks[i] = rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "ab", "a\x01"}), 0, 3).Draw(t, "keys")
			if rapid.IntRange(0, 9).Draw(t, "same id") == 0 {
				r.Mentions[i].ID = r.Mentions[0].ID
			}
		}
		records = append(records, r)
	}
	got, gotErr := m.db.PutRecords(m.ctx, records...)
	want, wantErr := m.mem.PutRecords(m.ctx, records...)
	same(t, "PutRecords", got, want, gotErr, wantErr)
	docs, upTo, gotErr := m.db.Unjudged(m.ctx)
	wantDocs, wantUpTo, wantErr := m.mem.Unjudged(m.ctx)
	same(t, "Unjudged", docs, wantDocs, gotErr, wantErr)
	if rapid.Bool().Draw(t, "judged") {
		same(t, "Judged", nil, nil, m.db.Judged(m.ctx, upTo), m.mem.Judged(m.ctx, wantUpTo))
	}
}

func (m *model) putClaims(t *rapid.T) {
	var put []claims.Claim
	for range rapid.IntRange(0, 3).Draw(t, "put") {
		mentions := storetest.NewRecord(few.Draw(t, "document"), 3).Mentions
		put = append(put, storetest.NewClaim(few.Draw(t, "claim"), mentions[:rapid.IntRange(0, 3).Draw(t, "mentions")]...))
	}
	var remove []claims.ClaimID
	for range rapid.IntRange(0, 2).Draw(t, "remove") {
		remove = append(remove, storetest.NewClaim(few.Draw(t, "claim")).ID)
	}
	same(t, "PutClaims", nil, nil, m.db.PutClaims(m.ctx, put, remove), m.mem.PutClaims(m.ctx, put, remove))
}

func (m *model) decide(t *rapid.T) {
	d := claims.Decision{
		ID: fmt.Sprintf("d_%d", rapid.IntRange(0, 20).Draw(t, "id")), Kind: claims.DecideMerge,
		Claim: storetest.NewClaim(few.Draw(t, "claim")).ID, Other: storetest.NewClaim(few.Draw(t, "other")).ID,
	}
	if rapid.IntRange(0, 3).Draw(t, "undo") == 0 {
		d.Kind, d.Undoes = claims.DecideUndo, fmt.Sprintf("d_%d", rapid.IntRange(0, 20).Draw(t, "undoes"))
	}
	same(t, "PutDecision", nil, nil, m.db.PutDecision(m.ctx, d), m.mem.PutDecision(m.ctx, d))
}

func (m *model) putPages(t *rapid.T) {
	var pages []claims.Page
	for range rapid.IntRange(0, 3).Draw(t, "pages") {
		pages = append(pages, claims.Page{
			URL: fmt.Sprintf("https://harbor.example/%d", few.Draw(t, "url")), Source: rapid.SampledFrom([]claims.SourceID{"a", "ab", "b"}).Draw(t, "source"),
			Status: rapid.IntRange(200, 202).Draw(t, "status"),
		})
	}
	same(t, "PutPages", nil, nil, m.db.PutPages(m.ctx, pages...), m.mem.PutPages(m.ctx, pages...))
}

// compare asks both the same questions.
func (m *model) compare(t *rapid.T) {
	limit := rapid.IntRange(1, 4).Draw(t, "limit")
	var after claims.DocumentID
	for more := true; more; more = after != "" {
		got, gotNext, gotErr := m.db.Records(m.ctx, after, limit)
		want, wantNext, wantErr := m.mem.Records(m.ctx, after, limit)
		same(t, "Records", got, want, gotErr, wantErr)
		same(t, "cursor", gotNext, wantNext, nil, nil)
		after = wantNext
	}
	keys := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "ab", "a\x01", "c"}), 0, 3).Draw(t, "keys")
	got, gotErr := m.db.Block(m.ctx, keys...)
	want, wantErr := m.mem.Block(m.ctx, keys...)
	same(t, fmt.Sprintf("Block(%q)", keys), got, want, gotErr, wantErr)

	gotClaims, gotClaim, gotErr := m.db.Claims(m.ctx, "", limit)
	wantClaims, wantClaim, wantErr := m.mem.Claims(m.ctx, "", limit)
	same(t, "Claims", gotClaims, wantClaims, gotErr, wantErr)
	same(t, "cursor", gotClaim, wantClaim, nil, nil)
	n := few.Draw(t, "n")
	one, gotErr := m.db.Claim(m.ctx, storetest.NewClaim(n).ID)
	wantOne, wantErr := m.mem.Claim(m.ctx, storetest.NewClaim(n).ID)
	same(t, "Claim", one, wantOne, gotErr, wantErr)
	id := storetest.NewRecord(n, 1).Mentions[0].ID
	of, gotErr := m.db.ClaimsOf(m.ctx, id)
	wantOf, wantErr := m.mem.ClaimsOf(m.ctx, id)
	same(t, "ClaimsOf", of, wantOf, gotErr, wantErr)

	url := fmt.Sprintf("https://harbor.example/%d", n)
	versions, gotErr := m.db.Versions(m.ctx, url)
	wantVersions, wantErr := m.mem.Versions(m.ctx, url)
	same(t, "Versions", versions, wantVersions, gotErr, wantErr)
	decisions, gotErr := m.db.Decisions(m.ctx)
	wantDecisions, wantErr := m.mem.Decisions(m.ctx)
	same(t, "Decisions", decisions, wantDecisions, gotErr, wantErr)
	pages, gotPage, gotErr := m.db.Pages(m.ctx, "a", "", limit)
	wantPages, wantPage, wantErr := m.mem.Pages(m.ctx, "a", "", limit)
	same(t, "Pages", pages, wantPages, gotErr, wantErr)
	same(t, "cursor", gotPage, wantPage, nil, nil)
}
