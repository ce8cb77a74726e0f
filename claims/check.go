package claims

import (
	"cmp"
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

// What a number of a draft and a mention on the board must share, in thousandths of likeness, to speak of one claim: with
// figures that fit, less the longer they are, and with others.
var (
	draftSays   = [...]int{1: 300, 2: 250, 3: 120, 4: 0}
	draftRivals = 420
	draftFits   = 1000 // what a figure that fits is worth when one of several claims is chosen
)

// Check sets every checkworthy number of a draft against the board, in text order. A draft says less than an article, and
// not when it was written: what it leaves out contradicts nothing.
func Check(draft []Mention, board []Claim, s Settings) []Checked {
	l, c := lexicon.Default(), newCast(s)
	frames := make([][]*frame, len(board))
	for i := range board {
		for _, m := range board[i].Mentions {
			f := newFrame(&m, speaker{}, s.Widths)
			f.settle()
			frames[i] = append(frames[i], f)
		}
		shareStory(frames[i])
	}
	read := framesOf(c, draft, s.Widths)
	slices.SortFunc(read, func(a, b *frame) int { return cmp.Compare(a.ord, b.ord) })
	out := []Checked{}
	for _, f := range read {
		var best *Claim
		most := 0
		for i := range board {
			for _, g := range frames[i] {
				if score := draftLike(l, f, g); score > most {
					best, most = &board[i], score
				}
			}
		}
		n := Checked{Text: f.m.Text, Sentence: f.m.Sentence, Start: f.m.Start, End: f.m.End, Value: f.m.Value, Status: Unknown, Reasons: []string{"no claim on the board speaks of this number"}}
		if best != nil {
			n.against(best, f, s)
		}
		out = append(out, n)
	}
	return out
}

// draftLike is how likely a number of a draft speaks of the claim that a mention belongs to, 0 for not at all.
func draftLike(l *lexicon.Lexicon, f, g *frame) int {
	switch {
	case f.kind != g.kind || f.plan != g.plan && (done(f) || done(g)),
		compareConcepts(l, f.things, g.things) == apart, compareConcepts(l, f.acts, g.acts) == apart,
		compareConcepts(l, f.measures, g.measures) == apart, compareConcepts(l, f.sides, g.sides) == apart,
		f.m.Dated && g.m.Dated && daysApart(f, g) > 1 && f.basis == BasisPeriod && g.basis == BasisPeriod,
		elsewhere(f.where, f.story, g.where, g.story), startsApart(f, g):
		return 0
	}
	score := alike(l, f, g)
	if f.fig.compatible(g.fig, DefaultWidths()) {
		if score < draftSays[min(f.digits, 4)] {
			return 0
		}
		return score + draftFits
	}
	if score < draftRivals || f.story.common(g.story) == 0 && f.context.common(g.context) < 3 || farOff(f.fig, g.fig) || farOff(g.fig, f.fig) {
		return 0
	}
	return score
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
		case !v.Counts:
		case v.Stance == Supports && c.Status == Disputed && v.Value.Best.Known():
			deny = append(deny, fmt.Sprintf("%s said %s", v.Name, v.Value.Best))
		case v.Stance == Supports:
			say = append(say, v.Name)
		case v.Stance == Disputes && v.Value.Best.Known():
			deny = append(deny, fmt.Sprintf("%s said %s", v.Name, v.Value.Best))
		case v.Stance == Disputes:
			deny = append(deny, v.Name+" denied it")
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
