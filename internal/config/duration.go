package config

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// days matches the units that people reach for and Go does not have.
var days = regexp.MustCompile(`^([0-9]+)\s*(d|days?|w|weeks?)$`)

// parseDuration reads "1s", "15m", "720h" or a mix ("1h30m"). A negative one is refused: no key means anything by it.
func parseDuration(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err == nil && text != "0" {
		if d < 0 {
			return 0, fmt.Errorf("duration %q is negative", text)
		}
		return d, nil
	}
	if m := days.FindStringSubmatch(text); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil && n < 10000 {
			hours := 24
			if m[2][0] == 'w' {
				hours = 7 * 24
			}
			return 0, fmt.Errorf("duration %q: the largest unit is the hour; write %dh", text, n*hours)
		}
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return 0, fmt.Errorf("duration %q has no unit; write %ss, %sm or %sh", text, text, text, text)
	}
	return 0, fmt.Errorf("%q is no duration; write a number with ms, s, m or h, such as 15m or 1h30m", text)
}
