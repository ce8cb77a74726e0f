package extract

import (
	"strings"

	"tallywire/claims"
)

// parseDigits reads one number token ("1,200.50") under a language's customs. It refuses what is no single
// numeral: addresses ("192.168.1.2"), dates ("12.03.2026"), and more than claims.MaxNumeralLength characters.
//
// A separator that occurs several times groups; of two kinds the last is the decimal sign; one that occurs
// once groups where exactly three digits follow and the language uses it so. Indian grouping (12,34,567) is
// known by its last group of three after groups of two.
func parseDigits(s string, lx *lexicon) (claims.Number, bool) {
	if len(s) > claims.MaxNumeralLength {
		return claims.Number{}, false
	}
	if plainDigits(s) {
		return parsePlain(s)
	}
	for r, f := range vulgar {
		if s == string(r) {
			top, bottom, _ := strings.Cut(f, "/")
			a, _ := claims.ParseNumber(top)
			b, _ := claims.ParseNumber(bottom)
			return quotient(a, b), true
		}
	}
	if s[0] == '.' || s[0] == ',' {
		if plainDigits(s[1:]) {
			return parsePlain("0." + s[1:])
		}
		return claims.Number{}, false
	}
	last := strings.LastIndexAny(s, ".,'")
	sign := s[last]
	head, tail := s[:last], s[last+1:]
	switch {
	case strings.IndexByte(head, sign) >= 0: // several of the last sign: all of them group
		if sign == '.' && !lx.commaPoint && len(tail) != 3 || strings.ContainsAny(head, otherSigns(sign)) {
			return claims.Number{}, false
		}
		return grouped(s, sign)
	case strings.ContainsAny(head, otherSigns(sign)): // two kinds: the last is the decimal sign
		other := head[strings.IndexAny(head, otherSigns(sign))]
		whole, ok := groupedText(head, other)
		if !ok || sign == '\'' {
			return claims.Number{}, false
		}
		return parsePlain(whole + "." + tail)
	case sign == '\'':
		return grouped(s, sign)
	case len(tail) == 3 && len(head) <= 3 && head != "0" && (sign == ',') != lx.commaPoint:
		return grouped(s, sign)
	}
	return parsePlain(head + "." + tail)
}

func otherSigns(sign byte) string {
	switch sign {
	case '.':
		return ",'"
	case ',':
		return ".'"
	}
	return ".,"
}

func plainDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func parsePlain(s string) (claims.Number, bool) {
	n, err := claims.ParseNumber(s)
	return n, err == nil
}

func grouped(s string, sign byte) (claims.Number, bool) {
	text, ok := groupedText(s, sign)
	if !ok {
		return claims.Number{}, false
	}
	return parsePlain(text)
}

// groupedText takes the grouping sign out, if the groups are of three digits or Indian.
func groupedText(s string, sign byte) (string, bool) {
	parts := strings.Split(s, string(sign))
	n := len(parts)
	if n == 1 {
		return s, true
	}
	if len(parts[n-1]) != 3 || len(parts[0]) > 3 || parts[0] == "" {
		return "", false
	}
	three, two := true, true
	for _, p := range parts[1 : n-1] {
		three = three && len(p) == 3
		two = two && len(p) == 2
	}
	if !three && !(two && len(parts[0]) <= 2) {
		return "", false
	}
	return strings.Join(parts, ""), true
}

// scaled returns n times ten to the exp.
func scaled(n claims.Number, exp int64) claims.Number {
	return claims.NumberOf(n.Decimal().Shift(int32(exp)))
}

func sum(a, b claims.Number) claims.Number { return claims.NumberOf(a.Decimal().Add(b.Decimal())) }

func product(a, b claims.Number) claims.Number { return claims.NumberOf(a.Decimal().Mul(b.Decimal())) }

// quotient is exact where the decimal ends, else rounded to 16 digits.
func quotient(a, b claims.Number) claims.Number {
	if b.Decimal().IsZero() {
		return claims.Number{}
	}
	return claims.NumberOf(a.Decimal().Div(b.Decimal()))
}

func negative(n claims.Number) claims.Number {
	if !n.Known() {
		return n
	}
	return claims.NumberOf(n.Decimal().Neg())
}

func less(a, b claims.Number) bool { return a.Decimal().LessThan(b.Decimal()) }

// precision is the power of ten of the last digit written: "1,000" 3, "1,027" 0, "48.2" -1.
func precision(n claims.Number) int {
	s := n.String()
	if at := strings.IndexByte(s, '.'); at >= 0 {
		return at + 1 - len(s)
	}
	s = strings.TrimPrefix(s, "-")
	p := len(s) - len(strings.TrimRight(s, "0"))
	if p == len(s) {
		return 0
	}
	return p
}
