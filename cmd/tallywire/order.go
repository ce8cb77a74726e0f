package main

import "tallywire/claims"

// demoOrder sorts the sample's board for reading: most voices first, then by statement.
func demoOrder(cs []claims.Claim) []claims.Claim { return claims.Filter{Sort: "voices"}.Order(cs) }
