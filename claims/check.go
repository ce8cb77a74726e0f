package claims

import (
	"fmt"
	"slices"
	"strings"

	"tallywire/claims/lexicon"
)

// A CheckStatus is what the board says of a draft's number.
type CheckStatus string

// Unknown is the status of a number that no claim of the board speaks of; the others are those of Status.
const Unknown CheckStatus = "unknown"

// A Checked is one number of a draft against the board; the JSON names are the contract's.
type Checked struct {
	Text     string      `json:"text"`
	Sentence string      `json:"sentence"`
	Start    int         `json:"start"` // code points into the draft
	End      int         `json:"end"`
	Value    Value       `json:"value"`
	Claim    *ClaimID    `json:"claim"`
	Status   CheckStatus `json:"status"`
	Agrees   *bool       `json:"agrees"` // whether the draft's figure fits the claim's value; null where it cannot be said
	Best     Number      `json:"best"`
	Reasons  []string    `json:"reasons"`
	// Line is the attribution to paste: "Russia's Defence Ministry said so; Ukraine gave the same figure".
	Line string `json:"line,omitempty"`
}

// Check sets every checkworthy number of a draft against the board, in text order.
func Check(draft []Mention, board []Claim, s Settings) []Checked {
	l := lexicon.Default()
	type known struct {
		claim *Claim
		group *group
	}
	var all []known
	for i := range board {
		g := &group{}
		for j := range board[i].Mentions {
			f := newFrame(&board[i].Mentions[j], speaker{}, s.Widths)
			f.settle()
			g.add(f)
		}
		if len(g.frames) > 0 {
			all = append(all, known{&board[i], g})
		}
	}
	out := []Checked{}
	for i := range draft {
		m := &draft[i]
		if !m.Checkworthy {
			continue
		}
		f := newFrame(m, speaker{}, s.Widths)
		f.settle()
		own := &group{}
		own.add(f)
		c := Checked{Text: m.Text, Sentence: m.Sentence, Start: m.Start, End: m.End, Value: m.Value, Status: Unknown, Reasons: []string{"no claim on the board speaks of this number"}}
		var best *Claim
		most := 0
		for _, k := range all {
			score := 0
			for _, g := range k.group.frames {
				if g.kind != f.kind || contradictsDraft(l, f, g) {
					continue
				}
				if g.fig.point.Equal(f.fig.point) && f.kind == g.kind {
					if a := alike(l, f, g); a >= figureNeeds(f) {
						score = max(score, a+600)
					}
				}
			}
			if score == 0 && !clash(l, own, k.group) {
				score = likeness(l, own, k.group)
			}
			if score > most {
				best, most = k.claim, score
			}
		}
		if best != nil {
			c.against(best, f, s)
		}
		out = append(out, c)
	}
	return out
}

// contradictsDraft is contradict without the time of publication: a draft has none.
func contradictsDraft(l *lexicon.Lexicon, f, g *frame) bool {
	a, b := *f, *g
	a.at = b.at
	return contradict(l, &a, &b)
}

func (c *Checked) against(claim *Claim, f *frame, s Settings) {
	id := claim.ID
	c.Claim, c.Status, c.Best, c.Reasons = &id, CheckStatus(claim.Status), claim.Value.Best, slices.Clone(claim.Reasons)
	if claim.Value.Best.Known() {
		shown := figure{low: claim.Value.Best.Decimal(), high: claim.Value.Best.Decimal(), point: claim.Value.Best.Decimal(), bare: true}
		agrees := f.fig.compatible(shown, s.Widths)
		c.Agrees = &agrees
		if !agrees {
			c.Reasons = append(c.Reasons, fmt.Sprintf("the draft says %s, the board %s", f.fig.written, claim.Value.Best))
		}
	}
	c.Line = AttributionLine(claim)
}

// AttributionLine says in one line who stands behind a claim's figure, to paste into an article.
func AttributionLine(c *Claim) string {
	var say, deny []string
	for _, v := range c.Origins {
		switch {
		case v.Stance == Supports && v.Counts:
			say = append(say, v.Name)
		case v.Stance == Disputes && v.Counts:
			if v.Value.Best.Known() {
				deny = append(deny, fmt.Sprintf("%s said %s", v.Name, v.Value.Best))
			} else {
				deny = append(deny, v.Name+" denied it")
			}
		}
	}
	if len(say) == 0 && len(deny) == 0 {
		return "no source that counts has confirmed this figure"
	}
	var parts []string
	if len(say) > 0 {
		parts = append(parts, say[0]+" said so")
		if len(say) == 2 {
			parts = append(parts, say[1]+" gave the same figure")
		} else if len(say) > 2 {
			parts = append(parts, strings.Join(say[1:len(say)-1], ", ")+" and "+say[len(say)-1]+" gave the same figure")
		}
	}
	return strings.Join(append(parts, deny...), "; ")
}
