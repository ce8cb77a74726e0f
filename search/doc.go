// Package search finds claims by words: an index (bleve) over what claims and their mentions say, derived
// from a store and rebuilt from it whenever it is missing, old or damaged.
//
// One query language serves command line, API and pages; Parse has its grammar. Texts are taken apart and
// stemmed here, by the language that each was read in, so that the index itself only compares words and a
// Query can be asked of a bare claim with the same answer (Query.Matches). Start with Open, then Follow, then Search.
package search
