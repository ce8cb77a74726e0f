// Package store is the contract between tallywire and whatever keeps its data. Backends live below it
// (memstore, boltstore, pgstore) and are held to the contract by storetest.
//
// What was fetched (documents, their mentions, pages' crawl state) is the truth; claims are derived
// from it and can be rebuilt. Every write can be repeated: a second time it changes nothing.
package store

import (
	"context"

	"tallywire/claims"
)

// A Store keeps documents, mentions, claims, editors' decisions and crawl state. All methods are safe
// for concurrent use. A method that finds nothing returns an error that wraps claims.ErrNotFound; a
// damaged record wraps ErrDamaged. A write that has returned nil is on disk.
type Store interface {
	// PutRecords keeps documents with their mentions, all in one transaction. A document that is known by ID keeps its
	// first Fetched time and Archive and takes the given mentions. It reports which of them were new, in the order given.
	PutRecords(ctx context.Context, records ...Record) ([]bool, error)
	// Record returns one document version with its mentions.
	Record(ctx context.Context, id claims.DocumentID) (Record, error)
	// Versions returns every version of the document at a canonical URL, oldest fetch first; none is no error.
	Versions(ctx context.Context, url string) ([]claims.Document, error)
	// Records returns up to limit records in ascending order of document ID, from after (exclusive; "" from the
	// start), and the cursor for the next call, "" at the end.
	Records(ctx context.Context, after claims.DocumentID, limit int) ([]Record, claims.DocumentID, error)
	// Block says where the mentions are that lie under any of the blocking keys, each once, in ascending order.
	Block(ctx context.Context, keys ...string) ([]claims.Ref, error)

	// Unjudged returns the documents that PutRecords found new or changed, each once, in the order in which they came, and
	// the mark up to which they are; Judged takes those up to a mark off that list.
	Unjudged(ctx context.Context) (docs []claims.DocumentID, upTo uint64, err error)
	Judged(ctx context.Context, upTo uint64) error

	// PutClaims writes and removes claims in one transaction.
	PutClaims(ctx context.Context, put []claims.Claim, remove []claims.ClaimID) error
	// Claim returns one claim with mentions and history. An ID that was merged into another answers with that one.
	Claim(ctx context.Context, id claims.ClaimID) (claims.Claim, error)
	// ClaimsOf returns the IDs of the claims that hold any of the mentions, ascending.
	ClaimsOf(ctx context.Context, ids ...claims.MentionID) ([]claims.ClaimID, error)
	// Claims returns up to limit claims, whole, in ascending order of ID, from after (exclusive), and the next cursor, "" at the end.
	Claims(ctx context.Context, after claims.ClaimID, limit int) ([]claims.Claim, claims.ClaimID, error)

	// PutDecision appends an editor's decision; Decisions returns all of them, oldest first.
	PutDecision(ctx context.Context, d claims.Decision) error
	Decisions(ctx context.Context) ([]claims.Decision, error)

	// Page and PutPages keep what the crawler knows of an address: validators, last visit, failures.
	Page(ctx context.Context, url string) (claims.Page, error)
	PutPages(ctx context.Context, pages ...claims.Page) error
	// Pages returns a source's pages in ascending order of URL, as Claims does.
	Pages(ctx context.Context, source claims.SourceID, after string, limit int) ([]claims.Page, string, error)

	// SourceState and PutSourceState keep what is known of a source between passes.
	SourceState(ctx context.Context, id claims.SourceID) (claims.SourceState, error)
	PutSourceState(ctx context.Context, s claims.SourceState) error

	// Setting and PutSetting keep small named values ("schema", the hash of the rules in force).
	Setting(ctx context.Context, name string) (string, error)
	PutSetting(ctx context.Context, name, value string) error

	// Check reads everything and returns what is wrong with it, nothing where all is well.
	Check(ctx context.Context) ([]string, error)
	Close() error
}

// A Record is one version of a document with the mentions found in it and the blocking keys under
// which each mention is found again (same length as Mentions).
type Record struct {
	Document claims.Document  `json:"document"`
	Mentions []claims.Mention `json:"mentions"`
	Blocks   [][]string       `json:"blocks"`
}
