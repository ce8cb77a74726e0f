// Package claims holds the terms that every other package shares (Source, Document, Mention,
// Claim, Status) and the pure logic on them: which mentions speak of one claim, who of their
// origins is an independent voice, and what status the claim has by the rulebook.
//
// It knows no network, no disk and no clock: the same mentions and settings, in any order, give
// the same claims, byte for byte. Start with Judge, then read Mention and Claim.
package claims
