// Package importtest holds the import table of doc/design.md as a test: which package may import which.
// It has no other code. A new package needs a row in the table, and a row says in one line what a package
// may know; whoever needs more changes the row and says why in the commit.
package importtest
