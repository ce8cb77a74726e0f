package storetest

import (
	"errors"
	"slices"
	"testing"

	"tallywire/claims"
	"tallywire/store"
)

func testClaimRoundTrip(t *testing.T, s store.Store) {
	want := NewClaim(390, NewRecord(1, 30).Mentions...)
	must(t, s.PutClaims(t.Context(), []claims.Claim{want}, nil))
	must(t, s.PutClaims(t.Context(), []claims.Claim{want}, []claims.ClaimID{"c_unknown"}))
	got, err := s.Claim(t.Context(), want.ID)
	must(t, err)
	equal(t, "claim", got, want)

	want.Status, want.History = claims.Disputed, append(want.History, claims.Change{At: day(25), Kind: claims.Dispute})
	must(t, s.PutClaims(t.Context(), []claims.Claim{want}, []claims.ClaimID{want.ID})) // written, not removed
	got, err = s.Claim(t.Context(), want.ID)
	must(t, err)
	equal(t, "claim", got, want)

	must(t, s.PutClaims(t.Context(), nil, []claims.ClaimID{want.ID, want.ID}))
	if _, err := s.Claim(t.Context(), want.ID); !errors.Is(err, claims.ErrNotFound) {
		t.Errorf("Claim after its removal gave %v; want ErrNotFound", err)
	}

	nameless := NewClaim(2)
	nameless.ID = ""
	if err := s.PutClaims(t.Context(), []claims.Claim{NewClaim(3), nameless}, nil); !errors.Is(err, claims.ErrInvalid) {
		t.Errorf("PutClaims without an ID gave %v; want ErrInvalid", err)
	}
	all, next, err := s.Claims(t.Context(), "", 10)
	must(t, err)
	equal(t, "claims", all, []claims.Claim{})
	equal(t, "cursor", next, claims.ClaimID(""))
}

func testClaimPaging(t *testing.T, s store.Store) {
	const n = 205
	var want []claims.Claim
	for i := range n {
		want = append(want, NewClaim(i))
	}
	shuffled := slices.Clone(want)
	slices.Reverse(shuffled)
	must(t, s.PutClaims(t.Context(), shuffled, nil))
	for _, limit := range []int{3, 41, n, n + 1} {
		var got []claims.Claim
		for after := claims.ClaimID(""); ; {
			part, next, err := s.Claims(t.Context(), after, limit)
			must(t, err)
			got = append(got, part...)
			if after = next; next == "" {
				break
			}
		}
		equal(t, "all claims", got, want)
	}
	if _, _, err := s.Claims(t.Context(), "", 0); !errors.Is(err, claims.ErrInvalid) {
		t.Errorf("Claims with limit 0 gave %v; want ErrInvalid", err)
	}
}

func testClaimsOf(t *testing.T, s store.Store) {
	m := NewRecord(1, 4).Mentions
	one, two := NewClaim(1, m[0], m[1], m[1]), NewClaim(2, m[1], m[2])
	must(t, s.PutClaims(t.Context(), []claims.Claim{two, one}, nil))
	want := func(want []claims.ClaimID, ids ...claims.MentionID) {
		t.Helper()
		got, err := s.ClaimsOf(t.Context(), ids...)
		must(t, err)
		equal(t, "claims of mentions", got, want)
	}
	want([]claims.ClaimID{one.ID}, m[0].ID)
	want([]claims.ClaimID{one.ID, two.ID}, m[2].ID, m[1].ID, m[0].ID)
	want(nil, m[3].ID, "m_")
	want(nil)
	one.Mentions = m[3:] // a claim that loses a mention is no longer found by it
	must(t, s.PutClaims(t.Context(), []claims.Claim{one}, []claims.ClaimID{two.ID}))
	want([]claims.ClaimID{one.ID}, m[3].ID)
	want(nil, m[0].ID, m[1].ID, m[2].ID)
}

func testClaimMerged(t *testing.T, s store.Store) {
	one, two, three := NewClaim(1), NewClaim(2), NewClaim(3)
	must(t, s.PutClaims(t.Context(), []claims.Claim{one, two, three}, nil))
	decide := func(d claims.Decision) {
		t.Helper()
		must(t, s.PutDecision(t.Context(), d))
	}
	want := func(id claims.ClaimID, want claims.Claim) {
		t.Helper()
		got, err := s.Claim(t.Context(), id)
		must(t, err)
		equal(t, "claim "+string(id), got, want)
	}
	decide(claims.Decision{ID: "d_1", Kind: claims.DecideMerge, Claim: two.ID, Other: one.ID})
	decide(claims.Decision{ID: "d_2", Kind: claims.DecideMerge, Claim: three.ID, Other: two.ID})
	want(one.ID, one) // until the board follows the decision, the claim is still there
	must(t, s.PutClaims(t.Context(), nil, []claims.ClaimID{one.ID, two.ID}))
	want(one.ID, three)
	want(two.ID, three)
	decide(claims.Decision{ID: "d_3", Kind: claims.DecideUndo, Undoes: "d_2"})
	if _, err := s.Claim(t.Context(), one.ID); !errors.Is(err, claims.ErrNotFound) {
		t.Errorf("Claim merged into a claim that is gone gave %v; want ErrNotFound", err)
	}
	decide(claims.Decision{ID: "d_4", Kind: claims.DecideUndo, Undoes: "d_3"}) // the undo is undone
	want(one.ID, three)
	decide(claims.Decision{ID: "d_5", Kind: claims.DecideMerge, Claim: one.ID, Other: three.ID}) // a ring ends
	want(three.ID, three)
}

func testDecisions(t *testing.T, s store.Store) {
	none, err := s.Decisions(t.Context())
	must(t, err)
	equal(t, "decisions at first", none, []claims.Decision{})
	var want []claims.Decision
	for i := range 410 {
		d := claims.Decision{
			ID: "d_" + string(rune('z'-i%26)) + string(rune('a'+i/26)), Kind: claims.DecideReview, Claim: "c_1", Status: claims.Verified,
			Mentions: []claims.MentionID{"m_1", "m_2"}, Note: "seen in the register", By: "desk", At: day(23),
		}
		must(t, s.PutDecision(t.Context(), d))
		want = append(want, d)
	}
	must(t, s.PutDecision(t.Context(), want[3]))
	got, err := s.Decisions(t.Context())
	must(t, err)
	equal(t, "decisions, oldest first", got, want)

	changed := want[3]
	changed.Note = "something else"
	if err := s.PutDecision(t.Context(), changed); !errors.Is(err, claims.ErrConflict) {
		t.Errorf("PutDecision of a changed decision gave %v; want ErrConflict: decisions are never rewritten", err)
	}
	if err := s.PutDecision(t.Context(), claims.Decision{}); !errors.Is(err, claims.ErrInvalid) {
		t.Errorf("PutDecision without an ID gave %v; want ErrInvalid", err)
	}
	got, err = s.Decisions(t.Context())
	must(t, err)
	equal(t, "decisions after the refusals", got, want)
}
