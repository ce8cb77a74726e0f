package boltstore

import (
	"encoding/binary"

	"tallywire/claims"
)

// Key layout of schema 1. Every name is a top-level bucket; "rec" is an envelope (see envelope.go);
// 00 is a zero byte, which no part of a key holds; numbers are big-endian.
//
//	meta         "schema" -> "1" | "store_id" -> 32 hex digits
//	record       document                                 -> rec of claims.Document
//	mention      document 00 ord(2)                       -> rec of storedMention; all of a document are one range
//	block        len(2) key document 00 ord(2)            -> ""; a key's mentions are one range; len is of key
//	unjudged     seq(8)                                   -> document, in order of arrival; seq never comes again
//	version      URL 00 document                          -> ""
//	claim        claim                                    -> rec of claims.Claim with mentions and history
//	claim_of     mention 00 claim                         -> ""
//	decision     seq(8)                                   -> rec of claims.Decision, in order of arrival
//	decision_id  decision                                 -> seq(8)
//	page         URL                                      -> rec of claims.Page
//	page_of      source 00 URL                            -> ""
//	source       source                                   -> rec of claims.SourceState
//	setting      name                                     -> rec of a string
//
// block, version, claim_of, decision_id and page_of are derived from the record that stands in the same
// transaction; Check compares them both ways. doc/storage.md says the same for people.
var (
	metaBucket       = []byte("meta")
	recordBucket     = []byte("record")
	mentionBucket    = []byte("mention")
	blockBucket      = []byte("block")
	unjudgedBucket   = []byte("unjudged")
	versionBucket    = []byte("version")
	claimBucket      = []byte("claim")
	claimOfBucket    = []byte("claim_of")
	decisionBucket   = []byte("decision")
	decisionIDBucket = []byte("decision_id")
	pageBucket       = []byte("page")
	pageOfBucket     = []byte("page_of")
	sourceBucket     = []byte("source")
	settingBucket    = []byte("setting")
)

// buckets are all of them, in the order above.
var buckets = [][]byte{
	metaBucket, recordBucket, mentionBucket, blockBucket, unjudgedBucket, versionBucket, claimBucket, claimOfBucket,
	decisionBucket, decisionIDBucket, pageBucket, pageOfBucket, sourceBucket, settingBucket,
}

// schema is the layout that this code reads and writes.
const schema = "1"

var (
	schemaKey  = []byte("schema")
	storeIDKey = []byte("store_id")
)

// A storedMention is a mention with the keys under which it is found again.
type storedMention struct {
	Mention claims.Mention `json:"mention"`
	Blocks  []string       `json:"blocks"`
}

// pair is a 00 b.
func pair(a, b string) []byte {
	k := make([]byte, 0, len(a)+1+len(b))
	k = append(k, a...)
	k = append(k, 0)
	return append(k, b...)
}

// mentionKey is document 00 ord(2).
func mentionKey(doc claims.DocumentID, ord int) []byte {
	return binary.BigEndian.AppendUint16(pair(string(doc), ""), uint16(ord)) // store.MaxMentions keeps ord in range
}

// blockPrefix is len(2) key: what all entries of a blocking key begin with.
func blockPrefix(key string) []byte {
	return append(binary.BigEndian.AppendUint16(nil, uint16(len(key))), key...) // store.MaxKeyBytes keeps it in range
}

// blockKey is len(2) key document 00 ord(2).
func blockKey(key string, doc claims.DocumentID, ord int) []byte {
	return append(blockPrefix(key), mentionKey(doc, ord)...)
}

// seqKey is seq(8).
func seqKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }
