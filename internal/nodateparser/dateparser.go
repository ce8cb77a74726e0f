// Package dateparser stands in for the library of that name (go.mod: replace), which go-htmldate imports for a search
// that extract/article turns off (SkipExtensiveSearch). The library builds the calendars of two hundred locales when a
// program starts: 0.2 s and 95 MB for every command, measured with GODEBUG=inittrace=1. Only what go-htmldate names is here, and
// parsing finds nothing.
package dateparser

import (
	"errors"
	"time"
)

// A ParserType is a kind of search.
type ParserType uint8

// The kinds of search that go-htmldate asks for.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
)

// A PreferredDateSource says where an ambiguous date is put.
type PreferredDateSource uint8

// Past puts it before now.
const Past PreferredDateSource = 1

// A Configuration has the fields that go-htmldate sets.
type Configuration struct {
	CurrentTime         time.Time
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
}

// A Parser finds nothing.
type Parser struct{ ParserTypes []ParserType }

// A Date is what a parser would find.
type Date struct{ Time time.Time }

var errNone = errors.New("dateparser: left out of this program")

// Parse always fails.
func (*Parser) Parse(*Configuration, string, ...string) (Date, error) { return Date{}, errNone }
