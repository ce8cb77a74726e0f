package claims

import "time"

// A DecisionKind is what an editor did.
type DecisionKind string

// The kinds of decision.
const (
	DecideReview DecisionKind = "review" // set or clear a status
	DecideMerge  DecisionKind = "merge"  // two claims are one
	DecideSplit  DecisionKind = "split"  // mentions leave a claim
	DecideUndo   DecisionKind = "undo"   // takes an earlier decision back
)

// A Decision is an editor's word. It names mentions, not claims, wherever grouping is meant, so that it
// holds whatever the machine groups later. Decisions are never rewritten; an undo is a new one.
type Decision struct {
	ID       string       `json:"id"` // "d_" and 16 hex digits
	Kind     DecisionKind `json:"kind"`
	Claim    ClaimID      `json:"claim,omitempty"`
	Other    ClaimID      `json:"other,omitempty"`    // merge: the claim that ends in Claim
	Mentions []MentionID  `json:"mentions,omitempty"` // split: those that leave; merge: one mention of each; review: one of the claim's
	Status   Status       `json:"status,omitempty"`   // review; "" clears
	Undoes   string       `json:"undoes,omitempty"`
	Note     string       `json:"note,omitempty"`
	By       string       `json:"by"`
	At       time.Time    `json:"at"` // UTC
}
