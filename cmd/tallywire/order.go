package main

import (
	"cmp"
	"slices"
	"strings"

	"tallywire/claims"
)

// demoOrder sorts the sample's board for reading, the same on every run: most voices first, then by statement.
func demoOrder(cs []claims.Claim) []claims.Claim {
	slices.SortFunc(cs, func(a, b claims.Claim) int {
		return cmp.Or(cmp.Compare(b.Voices, a.Voices), strings.Compare(a.Statement, b.Statement))
	})
	return cs
}
