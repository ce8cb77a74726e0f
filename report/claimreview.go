package report

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tallywire/claims"
)

// A Skipped is a claim that ClaimReview left out, and why.
type Skipped struct {
	Claim claims.ClaimID
	Why   string
}

// maxReviewed is the length that Google advises for claimReviewed, in characters.
const maxReviewed = 75

// The types of schema.org that are written; the names are the vocabulary's.
type (
	graph struct {
		Context string        `json:"@context"`
		Graph   []claimReview `json:"@graph"`
	}
	claimReview struct {
		Type          string    `json:"@type"`
		ID            string    `json:"@id"`
		URL           string    `json:"url"`
		ClaimReviewed string    `json:"claimReviewed"`
		DatePublished string    `json:"datePublished"`
		Expires       string    `json:"expires,omitempty"`
		Author        agent     `json:"author"`
		ItemReviewed  reviewed  `json:"itemReviewed"`
		ReviewRating  rating    `json:"reviewRating"`
		InLanguage    string    `json:"inLanguage"`
		at            time.Time // of the review
	}
	agent struct {
		Type string `json:"@type"`
		Name string `json:"name"`
		URL  string `json:"url,omitempty"`
	}
	reviewed struct {
		Type            string  `json:"@type"`
		ID              string  `json:"@id"`
		Author          []agent `json:"author,omitempty"` // left out where nobody can be named
		DatePublished   string  `json:"datePublished,omitempty"`
		FirstAppearance *work   `json:"firstAppearance,omitempty"`
		Appearance      []work  `json:"appearance,omitempty"`
	}
	work struct {
		Type          string `json:"@type"`
		URL           string `json:"url"`
		Headline      string `json:"headline,omitempty"`
		DatePublished string `json:"datePublished,omitempty"`
	}
	rating struct {
		Type              string `json:"@type"`
		AlternateName     string `json:"alternateName"`
		RatingExplanation string `json:"ratingExplanation"`
	}
)

// ClaimReview writes schema.org markup, a JSON-LD graph with a ClaimReview a claim, by the rules of Google's
// fact check markup. Ratings are words alone: a scale of truth has no place for "unverified". Only what a
// person has reviewed is written, unless Automatic; then the rating says that a machine gave it. Claims that
// may not be published stand in the Skipped, in the order given.
//
// The Edition needs Base, Publisher.Name and Publisher.URL on Base's site; without them the error wraps claims.ErrInvalid.
func (e Edition) ClaimReview(w io.Writer, cs []claims.Claim) ([]Skipped, error) {
	if err := e.publishable(); err != nil {
		return nil, err
	}
	g := graph{Context: "https://schema.org", Graph: []claimReview{}}
	var out []Skipped
	for i := range cs {
		if why := e.keepBack(&cs[i]); why != "" {
			out = append(out, Skipped{cs[i].ID, why})
			continue
		}
		g.Graph = append(g.Graph, e.claimReview(&cs[i]))
	}
	enc := json.NewEncoder(w) // "<" and "&" are escaped: the graph goes into a script element
	enc.SetIndent("", " ")
	return out, enc.Encode(g)
}

// publishable checks what the markup says of the publisher.
func (e Edition) publishable() error {
	base, publisher := Link(e.Base), Link(e.Publisher.URL)
	if base == "" || strings.TrimSpace(e.Publisher.Name) == "" || publisher == "" {
		return fmt.Errorf("%w: ClaimReview names who publishes the check and where; set publish.base, publish.name and publish.url in config.yaml", claims.ErrInvalid)
	}
	if !sameSite(base, publisher) {
		return fmt.Errorf("%w: ClaimReview stands on the publisher's own site; publish.base %s is not on that of publish.url %s", claims.ErrInvalid, base, publisher)
	}
	return nil
}

// sameSite reports whether an address is on a site's host or below it.
func sameSite(address, site string) bool {
	a, errA := url.Parse(address)
	s, errS := url.Parse(site)
	if errA != nil || errS != nil {
		return false
	}
	host, home := strings.ToLower(a.Hostname()), strings.TrimPrefix(strings.ToLower(s.Hostname()), "www.")
	return host == home || strings.HasSuffix(host, "."+home)
}

// ratingWords may not stand in claimReviewed: it says what was claimed, not what came of it.
var ratingWords = regexp.MustCompile(`(?i)\b(true|false|fake|hoax|misleading|debunked|verified|unverified|disputed|incorrect|wrong|fact[- ]?check(ed)?)\b`)

// keepBack says why a claim may not be published, "" where it may.
func (e Edition) keepBack(c *claims.Claim) string {
	switch {
	case c.Review == nil && !e.Automatic:
		return "no person has reviewed it"
	case c.Review != nil && (c.Review.By == "" || c.Review.At.IsZero()):
		return "its review has no name or time"
	case strings.TrimSpace(c.Statement) == "":
		return "it has no statement"
	case ratingWords.MatchString(c.Statement):
		return "its statement holds a word of rating"
	case len(e.appearances(c)) == 0:
		return "it appeared nowhere but on the publisher's own site"
	}
	return ""
}

// appearances are the addresses at which a claim was made, oldest first, a version each, without those on
// the publisher's own site: nobody checks himself.
func (e Edition) appearances(c *claims.Claim) []work {
	seen := map[string]bool{}
	var out []work
	for _, m := range sorted(c.Mentions, func(a, b claims.Mention) int { return a.Published.Compare(b.Published) }) {
		u := Link(m.URL)
		if u == "" || seen[u] || m.Stance == claims.Disputes || sameSite(u, e.Publisher.URL) {
			continue
		}
		seen[u] = true
		out = append(out, work{"CreativeWork", u, Visible(m.Title), dateOf(m.Published)})
	}
	return out
}

func (e Edition) claimReview(c *claims.Claim) claimReview {
	page := e.page(c.ID)
	r := claimReview{
		Type: "ClaimReview", ID: page + "#review", URL: page, ClaimReviewed: short(Visible(c.Statement)), InLanguage: "en",
		Author: agent{"Organization", e.Publisher.Name, Link(e.Publisher.URL)},
	}
	status := c.Status
	if c.Review != nil {
		r.at, status = c.Review.At, c.Review.Status
		r.ReviewRating = rating{"Rating", statusWord(status), explanation(c.Review.Note, c)}
	} else {
		r.at = c.LastChanged
		r.ReviewRating = rating{"Rating", statusWord(status) + " (automatic assessment, not reviewed by a person)", explanation("", c)}
	}
	r.DatePublished, r.Expires = dateOf(r.at), dateOf(superseded(c, r.at))
	works := e.appearances(c)
	r.ItemReviewed = reviewed{Type: "Claim", ID: page + "#claim", Author: claimants(c), DatePublished: works[0].DatePublished, FirstAppearance: &works[0], Appearance: works}
	return r
}

func statusWord(s claims.Status) string {
	return map[claims.Status]string{claims.Verified: "Verified", claims.Disputed: "Disputed", claims.Unverified: "Unverified"}[s]
}

// explanation is the editor's note, or the machine's reasons, in a sentence or two.
func explanation(note string, c *claims.Claim) string {
	if note = strings.TrimSpace(Visible(note)); note != "" {
		return note
	}
	return Visible(claims.AttributionLine(c)) + "."
}

// superseded is when a review stopped being about the claim's present figure: the first change of value after
// it, or the withdrawal; zero while it holds.
func superseded(c *claims.Claim, at time.Time) time.Time {
	var value *claims.Value
	for _, h := range sorted(c.History, func(a, b claims.Change) int { return a.At.Compare(b.At) }) {
		if !h.At.After(at) {
			value = &h.Value
		} else if h.Kind == claims.Withdrawal || value != nil && !value.Equal(h.Value) {
			return h.At
		}
	}
	if c.Lifecycle == claims.Withdrawn {
		return c.LastChanged
	}
	return time.Time{}
}

// claimants are those who make the claim and can be named, in the order of the claim's voices.
func claimants(c *claims.Claim) []agent {
	var out []agent
	for _, v := range c.Origins {
		if v.Stance != claims.Supports || !v.Counts || v.Name == "" {
			continue
		}
		kind := "Organization"
		if slices.ContainsFunc(c.Mentions, func(m claims.Mention) bool { return m.Attribution.Speaker == v.Name }) {
			kind = "Person"
		}
		out = append(out, agent{Type: kind, Name: Visible(v.Name)})
	}
	return out
}

// short cuts a statement to what Google advises, at a comma where there is one, else between words.
func short(s string) string {
	if utf8.RuneCountInString(s) < maxReviewed {
		return s
	}
	head := string([]rune(s)[:maxReviewed-1])
	if i := strings.LastIndex(head, ", "); i > len(head)/2 {
		return head[:i]
	}
	if i := strings.LastIndexByte(head, ' '); i > 0 {
		return head[:i] + "…"
	}
	return head
}

func dateOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}
