package pipeline

import (
	"tallywire/claims"
	"tallywire/store"
)

// Record extracts a document as Digest does and keeps nothing: what is replayed is what was done.
func Record(doc claims.Document, s claims.Settings) store.Record {
	return (&Pipeline{Settings: s}).record(doc)
}
