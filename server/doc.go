// Package server is the desk: the board, claims, the check of drafts, sources and topics as web pages. Their data
// as JSON is server/api's, which is hung in through Options.Routes. Pages are rendered here, work without scripts, load nothing from elsewhere, and print.
//
// Everything that was crawled is hostile: it goes through html/template, its invisible characters are spelled out
// (plain.go), and archived pages are shown cleaned and in a sandbox. Start with New, then Handler.
package server
