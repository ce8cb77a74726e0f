// Package storetest holds the contract of store.Store as tests: a backend's own test is one call to Run.
package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tallywire/claims"
	"tallywire/store"
)

// Open opens the store that lives in the folder dir, a new one where there is none yet. A second call with
// the same dir, after Close, gives the same contents again.
type Open func(t testing.TB, dir string) store.Store

// Run holds a backend to the contract.
func Run(t *testing.T, open Open) {
	for name, test := range map[string]func(*testing.T, store.Store){
		"record round trip":      testRecordRoundTrip,
		"record versions":        testVersions,
		"record paging":          testRecordPaging,
		"record repeated":        testRecordRepeated,
		"record replaced":        testRecordReplaced,
		"record refused":         testRecordRefused,
		"blocks":                 testBlocks,
		"blocks of odd keys":     testOddBlocks,
		"one id twice":           testOneIDTwice,
		"unjudged":               testUnjudged,
		"claim round trip":       testClaimRoundTrip,
		"claim paging":           testClaimPaging,
		"claims of mentions":     testClaimsOf,
		"claim merged":           testClaimMerged,
		"decisions":              testDecisions,
		"pages":                  testPages,
		"source state, settings": testSmall,
		"not found":              testNotFound,
		"no shared memory":       testNoSharedMemory,
		"cancelled":              testCancelled,
		"concurrent":             testConcurrent,
		"closed":                 testClosed,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, t.TempDir())
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Errorf("Close: %v", err)
				}
			})
			test(t, s)
			if name != "closed" {
				checkAll(t, s)
			}
		})
	}
	t.Run("reopened", func(t *testing.T) {
		t.Parallel()
		testReopened(t, open)
	})
}

// checkAll requires that the store finds nothing wrong with itself.
func checkAll(t *testing.T, s store.Store) {
	t.Helper()
	wrong, err := s.Check(t.Context())
	if err != nil || len(wrong) > 0 {
		t.Errorf("Check = %q, %v; want nothing", wrong, err)
	}
}

// equal compares as a reader would: a list of none and no list are the same.
func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(got, want, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-got +want):\n%s", what, diff)
	}
}

// must stops the test on an error.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// day is noon of a day in May 2025, with a fraction of a second that must survive.
func day(n int) time.Time { return time.Date(2025, time.May, n, 12, 0, 0, 123456789, time.UTC) }

// NewRecord returns a record that differs for every n, with mentions that lie under the blocking key
// "all", one of ten shared keys, and one of their own. Its ID and URL sort by n.
func NewRecord(n, mentions int) store.Record {
	doc := claims.DocumentID(fmt.Sprintf("%032x", n))
	r := store.Record{Document: claims.Document{
		ID: doc, Source: "harbor-post", URL: fmt.Sprintf("https://harbor.example/%06d", n), Title: "Обмін: 390 captives",
		Author: "A. Writer", Lang: "en", Published: day(23), Fetched: day(24).Add(time.Duration(n) * time.Second),
		Text:    fmt.Sprintf("Each side released %d captives on Friday.\n\nТисяча за тисячу, 1 000 на 1 000.", n),
		Blocks:  []claims.Block{{Kind: claims.BlockParagraph}, {Kind: claims.BlockQuote, Time: day(23)}},
		Archive: claims.Archive{File: "a-0001.warc.gz", RecordID: "<urn:uuid:1>", Digest: "sha256:00", Offset: int64(n)},
	}}
	for i := range mentions {
		r.Mentions = append(r.Mentions, newMention(doc, i, int64(n+i)))
		r.Blocks = append(r.Blocks, []string{"all", fmt.Sprintf("shared|%d", i%10), fmt.Sprintf("own|%d|%d", n, i)})
	}
	return r
}

// newMention returns the i-th mention of a document, with every kind of field filled.
func newMention(doc claims.DocumentID, i int, value int64) claims.Mention {
	n := claims.Int(value)
	low, err := claims.ParseNumber("0.10") // decimals stay exact
	if err != nil {
		panic(err) // the numeral stands above
	}
	return claims.Mention{
		ID: claims.NewMentionID(doc, i, i+3, "count/1"), Text: fmt.Sprintf("%d captives", value),
		Sentence: fmt.Sprintf("Each side released %d captives on Friday.", value), Start: 19, End: 31,
		Value: claims.Value{Low: low, Best: n}, Compare: claims.AtLeast, Approx: true,
		Unit: claims.Unit{Class: claims.UnitCount, Name: "captive"}, Measure: "captives released", Scope: claims.ScopePerSide,
		Concept: []string{"each", "side"}, Predicate: "release", PredicateSpan: &claims.Span{10, 18},
		Modality: claims.Asserted, Checkworthy: true, Date: claims.Period{From: "2025-05-23", To: "2025-05-23"},
		Parties: []string{"Ukraine", "Russia"}, Attribution: claims.Attribution{Text: "the ministry", Kind: claims.OriginNamed},
		Lang: "en", Head: "captive", Rule: "count/1", Document: doc, Published: day(23), Archive: &claims.Archive{File: "a-0001.warc.gz"},
	}
}

// NewClaim returns a claim over the given mentions; its ID sorts by n.
func NewClaim(n int, mentions ...claims.Mention) claims.Claim {
	value := claims.Exactly(claims.Int(int64(n)))
	return claims.Claim{
		ID: claims.ClaimID(fmt.Sprintf("c_%016x", n)), Statement: fmt.Sprintf("%d captives released", n), Status: claims.Verified,
		Confidence: claims.Int(1), Lifecycle: claims.Current, Reasons: []string{"V1: two voices say so"}, Value: value,
		Unit: claims.Unit{Class: claims.UnitCount, Name: "captive"}, Measure: "captives released", FirstSeen: day(23), LastChanged: day(24),
		Voices: 2, Supporting: []claims.SourceID{"harbor-post"}, Mentions: mentions,
		History: []claims.Change{{At: day(23), Kind: claims.First, Status: claims.Unverified, Value: value, Reasons: []string{"U1"}}},
		Review:  &claims.Review{Status: claims.Disputed, Note: "see the register", By: "desk", At: day(25)},
	}
}
