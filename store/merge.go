package store

import "tallywire/claims"

// Keep returns next as it is kept beside the version known by the same ID: with the first Fetched time and
// the first Archive that was not empty.
func Keep(known, next claims.Document) claims.Document {
	next.Fetched = known.Fetched
	if known.Archive != (claims.Archive{}) {
		next.Archive = known.Archive
	}
	return next
}

// Successor follows the merges of decisions, oldest first, from a claim to the one that it ended in.
// It returns false where the claim was merged into no other.
func Successor(decisions []claims.Decision, id claims.ClaimID) (claims.ClaimID, bool) {
	undone := map[string]bool{}
	for i := len(decisions) - 1; i >= 0; i-- { // newest first: an undo can itself be undone
		if d := decisions[i]; d.Kind == claims.DecideUndo && !undone[d.ID] {
			undone[d.Undoes] = true
		}
	}
	into := map[claims.ClaimID]claims.ClaimID{}
	for _, d := range decisions {
		if d.Kind == claims.DecideMerge && !undone[d.ID] {
			into[d.Other] = d.Claim
		}
	}
	end := id
	for range into { // no chain is longer than the merges; a ring ends here too
		next, ok := into[end]
		if !ok {
			break
		}
		end = next
	}
	return end, end != id
}
