package alert

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"tallywire/claims"
	"tallywire/search"
)

// A Kind is what an event tells.
type Kind string

// The kinds of event, which are what a rule's `when` can name.
const (
	StatusChanged Kind = "status" // the status, or the editor's, is another one
	ValueChanged  Kind = "value"  // the best value moved by more than the rule's `by`
	NewClaim      Kind = "new"    // a claim is new on the board
	StaleFigure   Kind = "stale"  // somebody published a figure after the claim had moved on from it
)

// Kinds lists them in the order of help texts.
var Kinds = []Kind{StatusChanged, ValueChanged, NewClaim, StaleFigure}

// A Rule picks events.
type Rule struct {
	ID    string
	When  []Kind
	Query search.Query    // which claims; the empty one: all
	By    decimal.Decimal // value: more than this, in the claim's unit or in per cent; 0: any change
	Share bool            // By is per cent of the value before
	To    []string        // IDs of channels
}

// An Event is one thing that happened to one claim.
type Event struct {
	ID        string         `json:"id"` // "e_" and 24 hex digits; the same for the same happening
	Kind      Kind           `json:"kind"`
	Rule      string         `json:"rule"`
	At        time.Time      `json:"at"` // of the claim's change, UTC
	Claim     claims.ClaimID `json:"claim"`
	Statement string         `json:"statement"`
	Status    claims.Status  `json:"status"`
	Previous  claims.Status  `json:"previous,omitempty"`
	Value     claims.Value   `json:"value"`
	Before    claims.Number  `json:"before"` // the best value before; null where there was none
	Reasons   []string       `json:"reasons"`
	Source    string         `json:"source,omitempty"` // stale: who published it
	URL       string         `json:"url,omitempty"`    // stale: where
	Figure    string         `json:"figure,omitempty"` // stale: what
}

// seen is what a claim was when it was last looked at.
type seen struct {
	Status   claims.Status      `json:"s"`
	Best     claims.Number      `json:"v"`
	Mentions []claims.MentionID `json:"m,omitempty"` // a few, by which it is known again under another ID
	Stale    []claims.MentionID `json:"o,omitempty"` // mentions that were told of as stale
}

// maxKnown is how many mentions a claim is known again by.
const maxKnown = 5

func seenOf(c *claims.Claim) seen {
	s := seen{Status: status(c), Best: c.Value.Best}
	for i := range c.Mentions {
		if len(s.Mentions) < maxKnown {
			s.Mentions = append(s.Mentions, c.Mentions[i].ID)
		}
	}
	for _, m := range staleMentions(c) {
		s.Stale = append(s.Stale, m.ID)
	}
	return s
}

// status is an editor's status, else the machine's.
func status(c *claims.Claim) claims.Status {
	if c.Review != nil {
		return c.Review.Status
	}
	return c.Status
}

// events lists what happened to a claim since it was seen (nil: never), in the order of Kinds.
func (r *Rule) events(was *seen, c *claims.Claim) []Event {
	if !r.Query.Matches(c, false) {
		return nil
	}
	var out []Event
	add := func(k Kind, key string, change func(*Event)) {
		if !slices.Contains(r.When, k) {
			return
		}
		e := Event{Kind: k, Rule: r.ID, At: c.LastChanged.UTC(), Claim: c.ID, Statement: c.Statement, Status: status(c), Value: c.Value, Reasons: c.Reasons}
		if was != nil {
			e.Before = was.Best
		}
		if change != nil {
			change(&e)
		}
		e.ID = eventID(string(k), r.ID, string(c.ID), key)
		out = append(out, e)
	}
	at := fmt.Sprintf("%d", c.LastChanged.UnixNano())
	if c.Review != nil {
		at += fmt.Sprintf("/%d", c.Review.At.UnixNano())
	}
	if was == nil {
		add(NewClaim, "", nil)
		return out
	}
	if was.Status != status(c) {
		add(StatusChanged, string(was.Status)+">"+string(status(c))+"@"+at, func(e *Event) { e.Previous = was.Status })
	}
	if r.moved(was.Best, c.Value.Best) {
		add(ValueChanged, was.Best.String()+">"+c.Value.Best.String()+"@"+at, nil)
	}
	for _, m := range staleMentions(c) {
		if !slices.Contains(was.Stale, m.ID) {
			add(StaleFigure, string(m.ID), func(e *Event) {
				e.At, e.Source, e.URL, e.Figure = m.Published.UTC(), string(m.Source), m.URL, m.Text
			})
		}
	}
	return out
}

// moved reports whether a value moved by more than the rule lets pass.
func (r *Rule) moved(from, to claims.Number) bool {
	if !from.Known() || !to.Known() || from.Equal(to) {
		return false
	}
	by := r.By
	if r.Share {
		by = from.Decimal().Abs().Mul(r.By).Div(decimal.NewFromInt(100))
	}
	return to.Decimal().Sub(from.Decimal()).Abs().GreaterThan(by)
}

// staleMentions are figures that were published after their claim had its present value, and are another one:
// late reprints, and pages that were not brought up to date. An address that gives the present figure too was corrected.
func staleMentions(c *claims.Claim) []*claims.Mention {
	var since time.Time // when the claim came to its present value
	for i := len(c.History) - 1; i >= 0 && c.History[i].Value.Best.Equal(c.Value.Best); i-- {
		since = c.History[i].At
	}
	if since.IsZero() {
		return nil
	}
	current := map[string]bool{}
	for i := range c.Mentions {
		if c.Mentions[i].Stance == claims.Supports {
			current[c.Mentions[i].URL] = true
		}
	}
	var out []*claims.Mention
	for i := range c.Mentions {
		if m := &c.Mentions[i]; m.Stance == claims.Outdated && m.Published.After(since) && !current[m.URL] && !m.Value.Best.Equal(c.Value.Best) {
			out = append(out, m)
		}
	}
	return out
}

// eventID names a happening.
func eventID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return "e_" + hex.EncodeToString(sum[:12])
}
