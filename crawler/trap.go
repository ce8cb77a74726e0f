package crawler

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"tallywire/claims"
)

const (
	// maxSegments is how deep a path may be: Heritrix's TooManyPathSegments.
	maxSegments = 20
	// maxRepeats is how often a group of up to three segments may follow itself (/a/b/a/b/a/b): Heritrix
	// stops at two repeats, Zeno at three. A date like /05/05/05/ has two.
	maxRepeats = 3
	// maxQueries is how many addresses of one listing may differ in their query alone. A section page of
	// a site with addresses like /story?id=7 has a hundred; calendars and filters have no end.
	maxQueries = 200
	// trapSample and trapShare tell a trap by what comes of it: where so many new addresses have been
	// asked and this share of them, in per cent, held what is known under another address, the rest is
	// left alone.
	trapSample, trapShare = 30, 80
	// trapAllowance is how many new addresses of such a source are still tried in each later pass, until
	// a pass finds it mended.
	trapAllowance = 10
	// trapTries is on how many days an address left alone is looked at again.
	trapTries = 3
)

// trapPath reports an address whose path turns in circles.
func trapPath(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return true
	}
	segments := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(segments) > maxSegments {
		return true
	}
	for group := 1; group <= 3; group++ {
		repeats := 0
		for i := group; i+group <= len(segments); {
			if !slices.Equal(segments[i-group:i], segments[i:i+group]) {
				repeats, i = 0, i+1
				continue
			}
			if repeats++; repeats >= maxRepeats {
				return true
			}
			i += group
		}
	}
	return false
}

// A trapWatch sees what comes of a pass's new addresses.
type trapWatch struct {
	mu      sync.Mutex
	bodies  map[string]string // digest of a body -> the address it came from
	asked   int
	same    int
	caught  bool
	queries map[string]int // new addresses by their part before the query
}

func newTrapWatch() *trapWatch {
	return &trapWatch{bodies: map[string]string{}, queries: map[string]int{}}
}

// listed reports whether a new address of a section page is one too many of its kind.
func (w *trapWatch) listed(address string) bool {
	bare, _, ok := strings.Cut(address, "?")
	if !ok {
		return false
	}
	w.queries[bare]++
	return w.queries[bare] > maxQueries
}

// came takes down what a new address gave: its body's digest, and whether its text was known. It reports
// whether the source has turned out a trap just now.
func (w *trapWatch) came(page claims.Page, known bool) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked++
	if first, ok := w.bodies[page.Digest]; known || ok && first != page.URL {
		w.same++
	} else {
		w.bodies[page.Digest] = page.URL
	}
	if !w.caught && w.asked >= trapSample && w.same*100 >= w.asked*trapShare {
		w.caught = true
		return true
	}
	return false
}

// isCaught reports whether the source has turned out a trap.
func (w *trapWatch) isCaught() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.caught
}

// verdict says for the next pass whether to beware: yes, no, or as before where too little was seen.
func (w *trapWatch) verdict(before string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.caught, before != "" && w.asked > 0 && w.same*100 >= w.asked*trapShare:
		return fmt.Sprintf("%d of %d new addresses held what is known", w.same, w.asked)
	case w.asked > 0:
		return ""
	}
	return before
}
