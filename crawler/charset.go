package crawler

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// xmlDeclaration is the XML declaration with its encoding.
var xmlDeclaration = regexp.MustCompile(`^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>`)

// metaCharset is a page's own word for its charset, in either of its forms.
var metaCharset = regexp.MustCompile(`(?i)<meta\s[^>]*?charset\s*=\s*["']?\s*([a-z0-9._:-]+)`)

// toUTF8 recodes a door's bytes: a byte order mark rules, then valid UTF-8 wins over every label (a stale
// label costs more than it saves, crawling.md 1), then the header's charset, the XML declaration and the
// page's meta, then a guess. The XML declaration of the result no longer names an encoding, so that no
// later reader recodes again.
func toUTF8(body []byte, contentType string) []byte {
	if enc, n := byMark(body); enc != nil {
		body = recode(body[n:], enc)
	} else if !utf8.Valid(body) || wide(body) {
		body = recode(body, labelled(body, contentType))
	}
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	if m := xmlDeclaration.FindSubmatchIndex(body); m != nil {
		mended := append([]byte{}, body[:m[2]]...)
		mended = append(mended, "utf-8"...)
		body = append(mended, body[m[3]:]...)
	}
	return body
}

// byMark returns the encoding that a byte order mark names, and the mark's length.
func byMark(b []byte) (encoding.Encoding, int) {
	switch {
	case bytes.HasPrefix(b, []byte{0xef, 0xbb, 0xbf}):
		return unicode.UTF8, 3
	case bytes.HasPrefix(b, []byte{0xff, 0xfe, 0, 0}):
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), 4
	case bytes.HasPrefix(b, []byte{0, 0, 0xfe, 0xff}):
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), 4
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2
	}
	return nil, 0
}

// wide reports text in two or four bytes a character, whose zero bytes make it valid UTF-8 by accident.
func wide(b []byte) bool { return bytes.IndexByte(b[:min(len(b), 64)], 0) >= 0 }

// labelled returns the encoding that the body's labels name, else a guess, else Windows-1252.
func labelled(body []byte, contentType string) encoding.Encoding {
	// XML without a mark shows its width by where the zeros stand (XML 1.0, F.1).
	switch {
	case bytes.HasPrefix(body, []byte{0, 0, 0, '<'}):
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case bytes.HasPrefix(body, []byte{'<', 0, 0, 0}):
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case bytes.HasPrefix(body, []byte{0, '<', 0}):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case bytes.HasPrefix(body, []byte{'<', 0}):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	}
	head := body[:min(len(body), 64<<10)]
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		if enc, name := charset.Lookup(params["charset"]); enc != nil && name != "utf-8" {
			return enc
		}
	}
	for _, label := range []*regexp.Regexp{xmlDeclaration, metaCharset} {
		if m := label.FindSubmatch(head); m != nil {
			// A label in single bytes cannot stand in a text of double ones.
			if enc, name := charset.Lookup(string(m[1])); enc != nil && name != "utf-8" && !strings.HasPrefix(name, "utf-16") {
				return enc
			}
		}
	}
	if guess, err := chardet.NewTextDetector().DetectBest(head); err == nil {
		if guess.Confidence < 30 && looksThai(head) { // which the detector does not know
			guess.Charset = "windows-874"
		}
		if enc, name := charset.Lookup(guess.Charset); enc != nil && name != "utf-8" {
			return enc
		}
	}
	enc, _ := charset.Lookup("windows-1252")
	return enc
}

// looksThai knows TIS-620: words without blanks make long runs of bytes that are all of its range, where
// Latin texts have one or two accented letters together. Its consonants are below 0xd0, where the other
// one-byte alphabets keep little.
func looksThai(b []byte) bool {
	high, low, runs := 0, 0, 0
	for i, c := range b {
		switch {
		case c < 0x80:
			continue
		case c < 0xa1 || c > 0xfb || c > 0xda && c < 0xdf:
			return false
		}
		high++
		if c < 0xd0 {
			low++
		}
		if i == 0 || b[i-1] < 0x80 {
			runs++
		}
	}
	return runs > 0 && high >= 4*runs && 5*low >= 2*high
}

// recode gives valid UTF-8 whatever comes.
func recode(body []byte, enc encoding.Encoding) []byte {
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		out = body
	}
	return bytes.ToValidUTF8(out, []byte("\ufffd"))
}
