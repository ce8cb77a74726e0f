package claims

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"tallywire/claims/lexicon"
)

// TestKeysOfFigures makes counts of every size, bare and hedged: two that agree, of one thing and deed within a season, share
// a key, so that blocking keeps nothing apart that the judge might join.
func TestKeysOfFigures(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 9))
	var frames []*frame
	for range 1200 {
		n := decimal.New(int64(rng.IntN(1200)), int32(rng.IntN(5))-1)
		m := say("post", 1, 10, on(1+rng.IntN(28)))
		m.Value, m.Approx = Exactly(NumberOf(n)), rng.IntN(4) == 0
		if rng.IntN(5) == 0 {
			m.Compare = []Comparator{Above, AtLeast, Below, AtMost}[rng.IntN(4)]
		}
		m.Head, m.Unit.Name, m.Predicate, m.Text = "soldier", "soldier", "release", n.String()+" soldiers"
		frames = append(frames, newSheet(newCast(house()), []Mention{m}, DefaultWidths()).frames...)
	}
	agreed := 0
	for i, pair := range sharing(frames) {
		for j, shares := range pair {
			if agree(frames[i].fig, frames[j].fig) {
				if agreed++; !shares {
					t.Errorf("%s (bare %v) and %s (bare %v) agree and share no key", frames[i].fig.point, frames[i].fig.bare, frames[j].fig.point, frames[j].fig.bare)
				}
			}
		}
	}
	if agreed < 5000 {
		t.Errorf("only %d pairs agree: too few to tell", agreed)
	}
}

// sharing says of each frame with which earlier ones it shares a topic key.
func sharing(frames []*frame) [][]bool {
	out := make([][]bool, len(frames))
	for i := range frames {
		out[i] = make([]bool, i)
	}
	for _, p := range candidates(len(frames), func(i int) []blockKey { return frames[i].topicKeys(lexicon.Default()) }) {
		out[p[1]][p[0]] = true
	}
	return out
}
