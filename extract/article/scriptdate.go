package article

import (
	"regexp"
	"strings"
	"time"
)

// dateInScript is a key of a script's state and its value, where the key begins; keysOfDate are parts of all such keys, to look for
// first: the expression takes 20 ms to run over a page's scripts, and they 0.2.
var (
	dateInScript = regexp.MustCompile(`(?i)(?:date_?published|(?:first_?)?publish(?:ed)?_?(?:date|time|at|on)(?:_?iso)?|pub_?date|publication_?date|display_?date)["']?\s*[:=]\s*["']?([^"',;}<]{8,40})`)
	keysOfDate   = []string{"ublish", "ubDate", "ubdate", "ub_date", "ublicationDate", "ublication_date", "isplayDate", "isplay_date"}
)

// maxScript is how much of one inline script is searched, in bytes.
const maxScript = 512 << 10

// scriptDate is the first publication date in attributes for scripts, then in inline scripts.
func (h *head) scriptDate(monthFirst bool) time.Time {
	for _, s := range h.data {
		if st, _, _, ok := findStamp(s, monthFirst); ok {
			return st.time
		}
	}
	for _, s := range h.inline {
		if st, ok := stateDate(clip(s, maxScript), monthFirst); ok {
			return st.time
		}
	}
	return time.Time{}
}

// stateDate is the first publication date in a script.
func stateDate(script string, monthFirst bool) (stamp, bool) {
	const tries, before, behind = 50, 16, 120 // keys that may have no date; bytes around the part of a key
	best, where := stamp{}, len(script)
	for _, key := range keysOfDate {
		at := 0
		for range tries {
			i := strings.Index(script[at:], key)
			if i < 0 || at+i >= where {
				break
			}
			at += i + len(key)
			near := script[max(0, at-len(key)-before):min(len(script), at+behind)]
			m := dateInScript.FindStringSubmatch(near)
			if m == nil {
				continue
			}
			if st, _, _, ok := findStamp(m[1], monthFirst); ok {
				best, where = st, at-len(key)
				break
			}
		}
	}
	return best, where < len(script)
}
