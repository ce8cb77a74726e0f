// Package archive keeps what was fetched as evidence, in WARC/1.1 files (ISO 28500:2017): one gzip member
// a record, a response and the request that it answers beside it, each with the SHA-256 of its payload.
//
// A file is named for its start, carries the suffix ".open" while it is written, and is closed when it is
// full or its day (UTC) is over. Write returns when the records are on the disk, so that no claim rests
// on evidence that a power cut takes away; writers that come together share one flush. A file that a
// killed process left open is cut back to its last whole record and closed at the next start.
//
// It leaves to others what is worth keeping, and to any tool that knows WARC the reading of whole files.
// Start with Open, Archive.Write and Archive.Read.
package archive
