package storetest

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"tallywire/claims"
	"tallywire/store"
)

// put keeps records and requires which of them are new.
func put(t *testing.T, s store.Store, want []bool, records ...store.Record) {
	t.Helper()
	got, err := s.PutRecords(t.Context(), records...)
	if err != nil {
		t.Fatalf("PutRecords: %v", err)
	}
	equal(t, "new documents", got, want)
}

func testRecordRoundTrip(t *testing.T, s store.Store) {
	want := NewRecord(390, 12)
	bare := store.Record{Document: claims.Document{ID: "0", URL: "u"}} // no time, no text, no mention
	put(t, s, []bool{true, true}, want, bare)
	for _, want := range []store.Record{want, bare} {
		got, err := s.Record(t.Context(), want.Document.ID)
		must(t, err)
		equal(t, "record", got, want)
	}
	none, err := s.PutRecords(t.Context())
	must(t, err)
	equal(t, "new documents of none", none, []bool{})
}

func testVersions(t *testing.T, s store.Store) {
	newest, oldest, other := NewRecord(1, 1), NewRecord(2, 0), NewRecord(3, 0)
	newest.Document.Fetched, oldest.Document.Fetched = day(25), day(23)
	oldest.Document.URL = newest.Document.URL
	other.Document.URL = newest.Document.URL + "/more" // begins alike and is another address
	put(t, s, []bool{true, true, true}, newest, oldest, other)
	got, err := s.Versions(t.Context(), newest.Document.URL)
	must(t, err)
	equal(t, "versions, oldest fetch first", got, []claims.Document{oldest.Document, newest.Document})
	none, err := s.Versions(t.Context(), "https://harbor.example/")
	must(t, err)
	equal(t, "versions of an unknown address", none, []claims.Document{})
}

func testRecordPaging(t *testing.T, s store.Store) {
	const n = 450 // more than two read transactions of the backend that copies out 200 at a time
	var want []store.Record
	for i := range n {
		want = append(want, NewRecord(i, i%3))
	}
	shuffled := slices.Clone(want)
	slices.Reverse(shuffled)
	_, err := s.PutRecords(t.Context(), shuffled...)
	must(t, err)
	for _, limit := range []int{1, 7, 200, n - 1, n, n + 1} {
		var got []store.Record
		after, calls := claims.DocumentID(""), 0
		for {
			part, next, err := s.Records(t.Context(), after, limit)
			must(t, err)
			if len(part) > limit {
				t.Fatalf("Records with limit %d gave %d", limit, len(part))
			}
			got = append(got, part...)
			calls++
			if after = next; next == "" {
				break
			}
		}
		if want := (n + limit - 1) / limit; calls != want {
			t.Errorf("limit %d: %d calls, want %d: the last full page ends with an empty cursor", limit, calls, want)
		}
		equal(t, "IDs of all records", documentIDs(got), documentIDs(want))
		if limit == 200 { // comparing is the slow part
			equal(t, "all records", got, want)
		}
	}
	// A cursor is a place, not a record: it need not exist.
	part, _, err := s.Records(t.Context(), want[3].Document.ID+"x", 1)
	must(t, err)
	equal(t, "the record after a cursor between two", part, want[4:5])
	part, next, err := s.Records(t.Context(), "z", 5)
	must(t, err)
	equal(t, "records after the last", part, []store.Record{})
	equal(t, "cursor after the last", next, claims.DocumentID(""))
	for _, limit := range []int{0, -1} {
		if _, _, err := s.Records(t.Context(), "", limit); !errors.Is(err, claims.ErrInvalid) {
			t.Errorf("Records with limit %d gave %v; want ErrInvalid", limit, err)
		}
	}
}

func documentIDs(records []store.Record) (ids []claims.DocumentID) {
	for _, r := range records {
		ids = append(ids, r.Document.ID)
	}
	return ids
}

func testRecordRepeated(t *testing.T, s store.Store) {
	first := NewRecord(1, 3)
	put(t, s, []bool{true, false}, first, first)
	again := NewRecord(1, 3)
	again.Document.Fetched, again.Document.Archive = day(30), claims.Archive{File: "later.warc.gz"}
	put(t, s, []bool{false}, again)
	got, err := s.Record(t.Context(), first.Document.ID)
	must(t, err)
	equal(t, "a document fetched again keeps its first fetch and archive", got, first)
	all, _, err := s.Records(t.Context(), "", 10)
	must(t, err)
	equal(t, "records", len(all), 1)
	found, err := s.Block(t.Context(), "all")
	must(t, err)
	equal(t, "mentions", len(found), 3)

	// Bytes that were kept later than the text are taken: there were none before.
	bare := NewRecord(2, 0)
	bare.Document.Archive = claims.Archive{}
	put(t, s, []bool{true}, bare)
	put(t, s, []bool{false}, NewRecord(2, 0))
	got, err = s.Record(t.Context(), bare.Document.ID)
	must(t, err)
	equal(t, "archive", got.Document.Archive, NewRecord(2, 0).Document.Archive)
}

func testRecordReplaced(t *testing.T, s store.Store) {
	old := NewRecord(1, 4)
	put(t, s, []bool{true, true}, old, NewRecord(2, 1))
	next := NewRecord(1, 2) // a better extractor finds others, under other keys
	next.Mentions[0].ID, next.Mentions[0].Text = "m_new", "some 390 captives"
	next.Blocks = [][]string{{"fresh"}, {"fresh", "all"}}
	next.Document.Deleted = next.Document.Fetched.Add(time.Hour)
	put(t, s, []bool{false}, next)
	got, err := s.Record(t.Context(), old.Document.ID)
	must(t, err)
	equal(t, "record", got, next)
	for key, want := range map[string]int{"fresh": 2, "all": 2, "shared|0": 1, "own|1|3": 0} {
		found, err := s.Block(t.Context(), key)
		must(t, err)
		equal(t, "mentions under "+key, len(found), want)
	}
	none := NewRecord(1, 0)
	put(t, s, []bool{false}, none)
	found, err := s.Block(t.Context(), "fresh", "all")
	must(t, err)
	equal(t, "mentions left", len(found), 1)
}

func testRecordRefused(t *testing.T, s store.Store) {
	uneven := NewRecord(1, 2)
	uneven.Blocks = uneven.Blocks[:1]
	nameless := NewRecord(2, 0)
	nameless.Document.ID = ""
	long := NewRecord(3, 1)
	long.Blocks[0] = []string{strings.Repeat("k", store.MaxKeyBytes+1)}
	zero := NewRecord(4, 1)
	zero.Mentions[0].ID = "m_\x00"
	digits := NewRecord(5, 1)
	huge, err := claims.ParseNumber(strings.Repeat("9", claims.MaxNumeralLength))
	must(t, err)
	digits.Mentions[0].Value.Best = claims.NumberOf(huge.Decimal().Mul(huge.Decimal())) // could be written, not read again
	for name, bad := range map[string]store.Record{"uneven": uneven, "nameless": nameless, "long key": long, "zero byte": zero, "digits": digits} {
		if _, err := s.PutRecords(t.Context(), NewRecord(9, 1), bad); !errors.Is(err, claims.ErrInvalid) {
			t.Errorf("%s: PutRecords gave %v; want ErrInvalid", name, err)
		}
	}
	if _, err := s.Record(t.Context(), NewRecord(9, 1).Document.ID); !errors.Is(err, claims.ErrNotFound) {
		t.Errorf("a good record beside a refused one was kept: %v; want all or nothing", err)
	}
	longest := NewRecord(6, 1)
	longest.Blocks[0] = []string{strings.Repeat("k", store.MaxKeyBytes)}
	longest.Document.URL = strings.Repeat("u", store.MaxKeyBytes)
	put(t, s, []bool{true}, longest)
	found, err := s.Block(t.Context(), longest.Blocks[0][0])
	must(t, err)
	equal(t, "mentions under the longest key", len(found), 1)
}

func testBlocks(t *testing.T, s store.Store) {
	a, b := NewRecord(1, 3), NewRecord(2, 3)
	put(t, s, []bool{true, true}, a, b)
	got, err := s.Block(t.Context(), "shared|1", "own|1|0", "nothing", "all")
	must(t, err)
	var want []claims.Ref
	for _, r := range []store.Record{a, b} {
		for i := range r.Mentions {
			want = append(want, claims.Ref{Document: r.Document.ID, Ord: i})
		}
	}
	slices.SortFunc(want, claims.Ref.Compare)
	equal(t, "mentions, each once, in order", got, want)
	for _, keys := range [][]string{{}, {"nothing"}, {"al"}, {"all "}, {"shared"}} {
		got, err := s.Block(t.Context(), keys...)
		must(t, err)
		if len(got) > 0 {
			t.Errorf("Block(%q) gave %d mentions; want none", keys, len(got))
		}
	}
}

func testOddBlocks(t *testing.T, s store.Store) {
	keys := []string{"a", "a|", "a|b", "обмін", "\x01", "~\u007f", strings.Repeat("x", 300)}
	r := NewRecord(1, len(keys))
	for i, k := range keys {
		r.Blocks[i] = []string{k, k} // twice the same key is once
	}
	put(t, s, []bool{true}, r)
	for i, k := range keys {
		got, err := s.Block(t.Context(), k)
		must(t, err)
		equal(t, "mentions under "+k, got, []claims.Ref{{Document: r.Document.ID, Ord: i}})
	}
}

// A title and a body number their characters from the same zero, so two mentions can have one ID.
func testOneIDTwice(t *testing.T, s store.Store) {
	r := NewRecord(1, 3)
	r.Mentions[2].ID = r.Mentions[0].ID
	put(t, s, []bool{true}, r)
	got, err := s.Record(t.Context(), r.Document.ID)
	must(t, err)
	equal(t, "record", got, r)
	found, err := s.Block(t.Context(), "all", "own|1|2")
	must(t, err)
	equal(t, "mentions found", len(found), 3)
	put(t, s, []bool{false}, NewRecord(1, 1))
	found, err = s.Block(t.Context(), "all", "own|1|2")
	must(t, err)
	equal(t, "mentions left", found, []claims.Ref{{Document: r.Document.ID}})
}

func testUnjudged(t *testing.T, s store.Store) {
	list := func(want ...int) uint64 {
		t.Helper()
		docs, upTo, err := s.Unjudged(t.Context())
		must(t, err)
		var ids []claims.DocumentID
		for _, n := range want {
			ids = append(ids, NewRecord(n, 0).Document.ID)
		}
		equal(t, "documents to be judged", docs, ids)
		return upTo
	}
	list()
	put(t, s, []bool{true, true}, NewRecord(2, 2), NewRecord(1, 2))
	put(t, s, []bool{false}, NewRecord(2, 2)) // as it was
	first := list(2, 1)
	put(t, s, []bool{false}, NewRecord(2, 1)) // other mentions
	put(t, s, []bool{true}, NewRecord(3, 0))
	must(t, s.Judged(t.Context(), first))
	second := list(2, 3)
	must(t, s.Judged(t.Context(), first)) // again
	list(2, 3)
	must(t, s.Judged(t.Context(), second))
	list()
	gone := NewRecord(3, 0)
	gone.Document.Deleted = day(9)
	put(t, s, []bool{false}, gone)
	list(3)
}
