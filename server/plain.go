package server

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain makes crawled text safe to read: characters that nobody sees, and that could turn or hide a figure, are spelled out
// ("[U+202E]"); a joiner or selector inside an emoji stays. Line breaks and tabs are spaces.
func plain(s string) string {
	if !needsPlain(s) {
		return s
	}
	var b strings.Builder
	var before rune
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(' ')
		case (r == 0x200D || r == 0xFE0F) && unicode.Is(unicode.So, before):
			b.WriteRune(r)
			continue // what came before the joiner still counts
		case r == utf8.RuneError, unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r), unicode.Is(unicode.Variation_Selector, r), unicode.Is(unicode.Co, r), isFiller(r):
			fmt.Fprintf(&b, "[U+%04X]", r)
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

func needsPlain(s string) bool {
	for _, r := range s {
		if r < ' ' || r >= 0x7f && (r == utf8.RuneError || unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector, unicode.Co) || isFiller(r)) {
			return true
		}
	}
	return false
}

// isFiller is for letters that draw nothing. Source: Unicode 15 Default_Ignorable_Code_Point among letters and marks.
func isFiller(r rune) bool {
	return r == 0x034F || r == 0x115F || r == 0x1160 || r == 0x17B4 || r == 0x17B5 || r == 0x3164 || r == 0xFFA0 || r == 0x2800
}

// link returns an address that a reader may follow: http and https only, "" for anything else.
func link(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// place is the readable form of an address: without scheme, and cut where it is long.
func place(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return plain(cut(address, 80))
	}
	return plain(cut(strings.TrimSuffix(u.Host+u.EscapedPath(), "/"), 80))
}

// cut shortens a text to n characters.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
