package config

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A Size is a number of bytes, written "10MiB" in the file.
type Size int64

// units are tried in this order, so that "MiB" is not read as "B". Powers of 1024 are IEC 80000-13's,
// powers of 1000 the SI's.
var units = []struct {
	name  string
	bytes int64
}{
	{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30},
	{"kB", 1e3}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9},
	{"B", 1},
}

// ParseSize reads a number with a unit: B, kB, MB, GB, KiB, MiB or GiB. A fraction is taken ("1.5MiB").
func ParseSize(text string) (Size, error) {
	for _, u := range units {
		digits, ok := strings.CutSuffix(text, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
		if err != nil || n < 0 || math.IsNaN(n) || n*float64(u.bytes) > 1<<50 {
			break
		}
		return Size(n * float64(u.bytes)), nil
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return 0, fmt.Errorf("size %q has no unit; write %sB, %sKiB or %sMiB", text, text, text, text)
	}
	return 0, fmt.Errorf("%q is no size; write a number with B, KiB, MiB or GiB, such as 10MiB", text)
}

// String writes the size in the largest unit of 1024 that leaves no fraction.
func (s Size) String() string {
	for i := 2; i >= 0; i-- {
		if u := units[i]; s != 0 && int64(s)%u.bytes == 0 {
			return fmt.Sprintf("%d%s", int64(s)/u.bytes, u.name)
		}
	}
	return fmt.Sprintf("%dB", int64(s))
}
