package crawler

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// retryAfter reads how long an answer asks us to stay away: Retry-After in seconds or as a date (RFC
// 9110, 10.2.3), else the reset of the platforms' rate limit headers, which is an epoch second (X), an
// ISO time (Mastodon) or a number of seconds (the IETF draft). Nonsense and the past give 0, everything
// is capped at maxRest.
func retryAfter(h http.Header, now time.Time) time.Duration {
	if value := strings.TrimSpace(h.Get("Retry-After")); value != "" {
		if d := waitOf(value, now); d > 0 {
			return d
		}
	}
	for _, name := range []string{"X-Rate-Limit", "X-Ratelimit", "Ratelimit"} {
		if left := h.Get(name + "-Remaining"); left == "0" {
			if d := waitOf(strings.TrimSpace(h.Get(name+"-Reset")), now); d > 0 {
				return d
			}
		}
	}
	return 0
}

// waitOf reads one such value.
func waitOf(value string, now time.Time) time.Duration {
	var d time.Duration
	if n, err := strconv.ParseFloat(value, 64); err == nil {
		switch {
		case !(n > 0):
			return 0
		case n > 1e9 && n < 1e11: // an epoch second: no server means 30 years
			d = time.Unix(int64(n), 0).Sub(now)
		case n > maxRest.Seconds():
			return maxRest
		default:
			d = time.Duration(n * float64(time.Second))
		}
	} else if t, err := http.ParseTime(value); err == nil {
		d = t.Sub(now)
	} else if t, err := time.Parse(time.RFC3339, value); err == nil {
		d = t.Sub(now)
	}
	return max(0, min(d, maxRest))
}
