package extract

import "strings"

// compoundWord reads a German number word as it is written in one: "zweihundertsechsundfünfzigtausend".
// exp is the power of ten of a scale word ("Millionen"), else -1.
func compoundWord(word string, lx *lexicon) (value, exp int64, ok bool) {
	if w, known := lx.num[word]; known {
		switch w.kind {
		case "scale":
			if w.value > 3 {
				return 1, w.value, true
			}
			return 1000, -1, true
		case "hundred":
			return 100, -1, true
		}
		return w.value, -1, true
	}
	v, ok := splitCompound(word, lx)
	return v, -1, ok
}

// splitCompound cuts thousands, hundreds and the "und" between units and tens, in this order.
func splitCompound(s string, lx *lexicon) (int64, bool) {
	if s == "" || len(s) > 120 {
		return 0, false
	}
	if head, tail, found := strings.Cut(s, "tausend"); found {
		high, low := int64(1), int64(0)
		var ok bool
		if head != "" {
			if high, ok = belowThousand(head, lx); !ok {
				return 0, false
			}
		}
		if tail = strings.TrimPrefix(tail, "und"); tail != "" {
			if low, ok = belowThousand(tail, lx); !ok {
				return 0, false
			}
		}
		return high*1000 + low, true
	}
	return belowThousand(s, lx)
}

func belowThousand(s string, lx *lexicon) (int64, bool) {
	if head, tail, found := strings.Cut(s, "hundert"); found {
		high, low := int64(1), int64(0)
		var ok bool
		if head != "" {
			if high, ok = belowHundred(head, lx); !ok {
				return 0, false
			}
		}
		if tail = strings.TrimPrefix(tail, "und"); tail != "" {
			if low, ok = belowHundred(tail, lx); !ok {
				return 0, false
			}
		}
		return high*100 + low, true
	}
	return belowHundred(s, lx)
}

func belowHundred(s string, lx *lexicon) (int64, bool) {
	if w, ok := lx.num[s]; ok && (w.kind == "unit" || w.kind == "teen" || w.kind == "ten") {
		return w.value, true
	}
	for at := strings.Index(s, "und"); at > 0; {
		u, okUnit := lx.num[s[:at]]
		t, okTen := lx.num[s[at+3:]]
		if okUnit && okTen && u.kind == "unit" && t.kind == "ten" {
			return u.value + t.value, true
		}
		next := strings.Index(s[at+3:], "und")
		if next < 0 {
			break
		}
		at += 3 + next
	}
	return 0, false
}

// takeCompound adds a German word's value to the number so far; the words may also stand apart: "vier und sechzig".
func (c *count) takeCompound(v, exp int64) bool {
	if exp > 0 {
		if !c.inGroup && !c.any() {
			return false
		}
		return c.addScale(exp)
	}
	low := c.group % 1000 // what is still open to "hundert" and "und"
	switch {
	case v == 100 && low > 0 && low < 100:
		c.group += low*100 - low
	case v == 1000 && c.group > 0 && c.group < 1000:
		c.group *= 1000
	case v >= 1000 && c.inGroup:
		return false
	case c.inGroup && v >= 20 && v < 100 && v%10 == 0 && low%100 < 10 && low%100 > 0:
		c.group += v // drei und zwanzig
	case c.inGroup && (low >= 100 && v >= 100 || low%100 != 0 || low > 0 && v >= 100):
		return false
	default:
		c.group += v
	}
	c.inGroup = true
	return true
}
