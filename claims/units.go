package claims

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/shopspring/decimal"
)

//go:embed units.tsv
var unitTable string

// A measure says how a unit is brought to the base unit of its kind: a value less offset, times factor.
type measure struct {
	kind   string // what it measures: "length", "area"
	factor decimal.Decimal
	offset decimal.Decimal
}

// measuresByUnit is units.tsv by the unit's name.
var measuresByUnit = sync.OnceValue(func() map[string]measure {
	out := map[string]measure{}
	for n, line := range strings.Split(unitTable, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) < 3 {
			panic(fmt.Sprintf("claims/units.tsv:%d: a unit, its kind and its factor wanted", n+1))
		}
		m := measure{kind: cells[1], factor: decimal.RequireFromString(cells[2])}
		if len(cells) > 3 {
			m.offset = decimal.RequireFromString(cells[3])
		}
		out[cells[0]] = m
	}
	return out
})

// measureOf is the measure of a mention's unit; false where its figures are compared as they stand.
func measureOf(m *Mention) (measure, bool) {
	switch m.Unit.Class {
	case UnitCount, UnitCurrency, UnitPercent, UnitRatio, UnitOther, "":
		return measure{}, false
	}
	u, ok := measuresByUnit()[m.Unit.Name]
	if m.Change != "" { // "rose 3 degrees" is a difference, which has no zero point
		u.offset = decimal.Zero
	}
	return u, ok
}

// base brings a value to the base unit.
func (u measure) base(d decimal.Decimal) decimal.Decimal { return d.Sub(u.offset).Mul(u.factor) }

// back brings a value from the base unit to this one, to nine places.
func (u measure) back(d decimal.Decimal) decimal.Decimal {
	return d.DivRound(u.factor, 9).Add(u.offset)
}

// inUnitOf gives a figure in base units in the unit of a mention.
func inUnitOf(f *frame, d decimal.Decimal) Number {
	if u, ok := measureOf(f.m); ok {
		return NumberOf(u.back(d))
	}
	return NumberOf(d)
}
