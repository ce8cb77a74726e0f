package article

import (
	"strings"
	"unicode"
)

// plainDigits writes the digits of all scripts, wide spaces and commas in ASCII. at maps each byte of the result, and its end, to the
// text; it is nil where nothing changed.
func plainDigits(s string) (string, []int) {
	odd := func(r rune) bool {
		return r >= 0x80 && (unicode.IsDigit(r) || unicode.IsSpace(r) || r == '،' || r == '、' || unicode.Is(unicode.Cf, r))
	}
	if strings.IndexFunc(s, odd) < 0 {
		return s, nil
	}
	var b strings.Builder
	var at []int
	for i, r := range s {
		switch {
		case !odd(r):
			b.WriteString(string(r))
		case unicode.IsDigit(r):
			b.WriteByte(byte('0' + digitValue(r)))
		case r == '،' || r == '、':
			b.WriteByte(',')
		default:
			b.WriteByte(' ')
		}
		for len(at) < b.Len() {
			at = append(at, i)
		}
	}
	return b.String(), append(at, len(s))
}

// digitValue of a decimal digit: Unicode keeps those of one script together, and each block begins where one more is no digit.
func digitValue(r rune) int {
	n := 0
	for n < 9 && unicode.IsDigit(r-rune(n)-1) {
		n++
	}
	return n
}
