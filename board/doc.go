// Package board is the board as pages read it: a row a claim, in memory, with filters, facets with counts, orders and
// paging. It is built from a store once (Load) and follows it from then on (Refresh, Watch).
//
// A claim's mentions and history stay in the store. Start with New, then Load, then Find.
package board
