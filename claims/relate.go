package claims

// relate ties parts and wholes, plans and facts, and instalments, and checks their sums (verdicts.md 6).
func relate(out []Claim, frames []*frame) {}
