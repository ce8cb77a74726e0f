package locale

import (
	"strconv"
	"strings"

	"golang.org/x/text/number"

	"tallywire/claims"
)

// Int writes a whole number: "1,234".
func (l *Locale) Int(n int) string { return l.printer.Sprint(number.Decimal(n)) }

// Number writes an exact decimal with the reader's signs: "1 234,5". It is "" where the number is unknown.
func (l *Locale) Number(n claims.Number) string {
	if !n.Known() {
		return ""
	}
	digits := n.Decimal().Abs().String()
	whole, fraction, _ := strings.Cut(digits, ".")
	out := whole
	if i, err := strconv.ParseInt(whole, 10, 64); err == nil {
		out = l.printer.Sprint(number.Decimal(i))
	}
	if fraction != "" {
		out += l.decimal[0] + fraction
	}
	if n.Decimal().IsNegative() {
		out = "−" + out
	}
	return out
}

// DecimalComma reports whether the reader writes 0,5.
func (l *Locale) DecimalComma() bool { return l.decimal[0] == "," }

// Value writes a value as people say it: "390", "78 to 112", "at least 300", "305 (303 to 307)".
func (l *Locale) Value(v claims.Value) string {
	low, best, high := l.Number(v.Low), l.Number(v.Best), l.Number(v.High)
	switch {
	case v.Low.Known() && v.High.Known() && !v.Low.Equal(v.High):
		if v.Best.Known() && !v.Best.Equal(v.Low) && !v.Best.Equal(v.High) {
			return l.T("value.best", best, low, high)
		}
		return l.T("value.range", low, high)
	case v.Best.Known() && !v.High.Known():
		return l.T("value.least", best)
	case v.Best.Known() && !v.Low.Known():
		return l.T("value.most", best)
	case best == "":
		return l.T("value.none")
	}
	return best
}
