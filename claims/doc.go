// Package claims holds the terms that every other package shares (Source, Document, Mention,
// Claim, Status) and the pure logic on them: which mentions speak of one claim, who of their
// origins is an independent voice, and what status the claim has by the rulebook.
//
// It knows no network, no disk and no clock: the same mentions and settings, in any order, give
// the same claims, byte for byte. Start with Judge (bench.go), then read Mention and Claim.
//
// The files, in the order in which data flows:
//
//   - terms: source, document, page, mention, number, claim, decision, filter, summary, settings, errors
//   - what a figure says: figure (its interval), units, words (folded and stemmed, in sets), lexicon/ (what languages know)
//   - a mention made comparable: frame; its phrase, owner, basis, surroundings, concepts
//   - whose word it is: cast (who may be named), origin, whois, attribution, recorder (who counted), foretold (who plans), wording; coreference
//   - a page: sheet, versions (of one page), copies (of another's words)
//   - which mentions are one claim: group, blocks (where to look), alike, likeness, bond, agglomerate, decided (by editors)
//   - the verdict: judge (one claim), unify, moment, testimony, camp, evaluate, stance, reasons, arithmetic; statement
//   - its history: history
//   - what claims are to each other: relate, relate_update
//   - a board: bench (judges it whole), update (only what changed), shelf (what update keeps), check (a draft against it)
package claims
