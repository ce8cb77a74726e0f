package claims

import (
	"bytes"
	"fmt"

	"github.com/shopspring/decimal"
)

// MaxNumeralLength is the longest numeral, in characters, that is read as a number: a megabyte of
// digits costs seconds and gigabytes (measured), and no news figure needs more.
const MaxNumeralLength = 40

// A Number is an exact decimal, or unknown. The zero value is unknown and is written as JSON null;
// a known one is written as a plain JSON number, without exponent.
type Number struct {
	dec   decimal.Decimal
	known bool
}

// NumberOf returns the known Number of an exact decimal.
func NumberOf(d decimal.Decimal) Number { return Number{dec: d, known: true} }

// Int returns the known Number of an integer.
func Int(n int64) Number { return NumberOf(decimal.NewFromInt(n)) }

// ParseNumber reads a plain decimal numeral ("-12.50"). It returns ErrInvalid for anything else,
// an exponent and a numeral longer than MaxNumeralLength among them.
func ParseNumber(s string) (Number, error) {
	if len(s) > MaxNumeralLength || bytes.ContainsAny([]byte(s), "eE") {
		return Number{}, fmt.Errorf("number %.20q: %w", s, ErrInvalid)
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return Number{}, fmt.Errorf("number %q: %w", s, ErrInvalid)
	}
	return NumberOf(d), nil
}

// Known reports whether there is a value.
func (n Number) Known() bool { return n.known }

// Decimal returns the exact value, zero where it is unknown.
func (n Number) Decimal() decimal.Decimal { return n.dec }

// Equal reports whether both are unknown, or both are known and of the same value (1.10 equals 1.1).
func (n Number) Equal(m Number) bool {
	return n.known == m.known && (!n.known || n.dec.Equal(m.dec))
}

// String is the plain numeral, "" where it is unknown.
func (n Number) String() string {
	if !n.known {
		return ""
	}
	return n.dec.String()
}

// MarshalJSON writes a JSON number or null.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.known {
		return []byte("null"), nil
	}
	return []byte(n.dec.String()), nil
}

// UnmarshalJSON reads a JSON number or null.
func (n *Number) UnmarshalJSON(b []byte) error {
	if bytes.Equal(b, []byte("null")) {
		*n = Number{}
		return nil
	}
	v, err := ParseNumber(string(b))
	if err != nil {
		return err
	}
	*n = v
	return nil
}

// A Value is what a mention or claim says of the size of a thing. A one-sided bound leaves the other
// end unknown ("at least 300": low 300, best 300, high unknown); a vague word has ends and no best
// ("dozens": 12, unknown, 99).
type Value struct {
	Low  Number `json:"low"`
	Best Number `json:"best"`
	High Number `json:"high"`
}

// Exactly is the Value of a bare figure.
func Exactly(n Number) Value { return Value{Low: n, Best: n, High: n} }

// Equal compares end by end.
func (v Value) Equal(w Value) bool {
	return v.Low.Equal(w.Low) && v.Best.Equal(w.Best) && v.High.Equal(w.High)
}
