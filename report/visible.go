package report

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"tallywire/claims"
)

// Visible shows what a text hides: characters that turn the writing direction, have no width, or are
// control codes stand as "[U+202E]", so that none of them can change what a reader takes a figure for
// (Unicode TR 36; reliability.md D12). Line ends and tabs become spaces, bytes that are not UTF-8 U+FFFD.
func Visible(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return hidden(r) || r < ' ' || r == utf8.RuneError }) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(' ')
		case hidden(r):
			fmt.Fprintf(&b, "[U+%04X]", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hidden reports whether a character shows nothing of itself: controls, format characters (bidi marks, zero
// widths, soft hyphen, tags), variation selectors, fillers that look like nothing.
func hidden(r rune) bool {
	switch r {
	case '\n', '\t', '\r':
		return false
	case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, 0x2028, 0x2029:
		return true
	}
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// Link returns an address that may stand behind a link, "" for one that may not: only http and https, with
// a host, without user name.
func Link(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// ValueWords puts a value as people write it: "390", "78 to 112", "at least 300"; "" where nothing is known.
func ValueWords(v claims.Value) string {
	low, best, high := number(v.Low), number(v.Best), number(v.High)
	switch {
	case v.Low.Known() && v.High.Known() && !v.Low.Equal(v.High):
		if v.Best.Known() && !v.Best.Equal(v.Low) && !v.Best.Equal(v.High) {
			return best + " (" + low + " to " + high + ")"
		}
		return low + " to " + high
	case v.Best.Known() && !v.High.Known():
		return "at least " + best
	case v.Best.Known() && !v.Low.Known():
		return "up to " + best
	}
	return best
}

// number writes a number with its thousands parted by commas.
func number(n claims.Number) string {
	s := n.String()
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	whole, fraction, _ := strings.Cut(s, ".")
	var parts []string
	for len(whole) > 3 {
		parts = append([]string{whole[len(whole)-3:]}, parts...)
		whole = whole[:len(whole)-3]
	}
	out := strings.Join(append([]string{whole}, parts...), ",")
	if fraction != "" {
		out += "." + fraction
	}
	return sign + out
}

// unitWords is a unit as it stands behind a number: "captives" for a claim, "per cent", "USD".
func unitWords(u claims.Unit) string {
	if u.Name == "" && u.Class == claims.UnitPercent {
		return "%"
	}
	return u.Name
}

// Sign is the sign that stands beside a status word, so that colour is never the only sign.
func Sign(s claims.Status) string {
	return map[claims.Status]string{claims.Verified: "✔", claims.Disputed: "≠", claims.Unverified: "?"}[s]
}

// Plural is a count with its noun: "1 voice", "2 voices".
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
