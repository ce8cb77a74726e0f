// Package newsgen writes news of which the truth is known: a made-up region where things happen, offices that count them,
// and a press that reports late, rounds, reprints, errs and corrects. Start with New, then World.Documents.
//
// Everything comes from one seed, so the same Options give the same words. Figures measured on such a stream say how the
// judge treats what the stream holds, not how often real papers err: the shares of errors, copies and edits are Options.
package newsgen
