// Package extract turns the text of a document into mentions: the numbers it gives, with everything
// the text says about each. It is a pure function of its input.
package extract

import "tallywire/claims"

// Mentions returns the numbers of a document in text order.
func Mentions(doc claims.Document) []claims.Mention { return nil }
