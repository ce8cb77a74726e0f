package claims

import (
	"slices"
	"strings"
	"time"
)

// Rules names the rules of grouping and judging. It changes with every change of what they come to: boards that were judged
// by others are judged again whole.
const Rules = "2026-11-23.11"

// A Bench judges by one set of settings. Judge decides on a whole board; Update decides again only on what some pages touch,
// with the same outcome. A Bench is not safe for concurrent use, except for Blocks.
type Bench struct {
	settings Settings
	cast     *cast
	shelf    shelf
}

// NewBench returns a bench that knows nothing of what is kept.
func NewBench(s Settings) *Bench { return &Bench{settings: s, cast: newCast(s)} }

// Verdicts are what judging comes to.
type Verdicts struct {
	Claims []Claim // the whole board's, or those to be written; in order of ID
	Remove []ClaimID
	Newest time.Time // when the newest mention came out, UTC; disputes end by it
	// Due are the claims whose dispute ends by its own at a moment, if nobody says anything: when Newest reaches it they are
	// judged again. Of Update those of the claims made anew, zero where there is no such moment any more.
	Due map[ClaimID]time.Time
}

// Judge groups mentions into claims and gives each its status, value, reasons and history by the
// rulebook. It is a pure function: the same mentions, decisions and settings in any order give the same
// claims, in ascending order of ID. Mentions that are not checkworthy are left out. The mentions given are
// not changed.
func Judge(mentions []Mention, decisions []Decision, s Settings) []Claim {
	return NewBench(s).Judge(mentions, decisions).Claims
}

// Judge is the function Judge by the bench's settings.
func (b *Bench) Judge(mentions []Mention, decisions []Decision) Verdicts {
	frames, corrected := prepare(b.cast, mentions, b.settings.Widths)
	figures := byFigure(frames)
	inherit(figures)
	inForce := decisionsInForce(decisions)
	v := Verdicts{Due: map[ClaimID]time.Time{}}
	for _, f := range frames {
		if f.at.After(v.Newest) {
			v.Newest = f.at
		}
	}
	decided := newDecided(inForce)
	for _, members := range clusters(groupsOf(figures, decided), decided) {
		c, due := claimOf(members, corrected, b.settings, v.Newest)
		v.Claims = append(v.Claims, c)
		if !due.IsZero() {
			v.Due[c.ID] = due
		}
	}
	slices.SortFunc(v.Claims, compareClaims)
	relate(v.Claims, frames, b.settings.Widths)
	review(v.Claims, inForce)
	return v
}

func compareClaims(a, b Claim) int { return strings.Compare(string(a.ID), string(b.ID)) }
