package claims

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// prepare reads the mentions page by page. Frames come in order of time.
func prepare(c *cast, mentions []Mention, w Widths) ([]*frame, map[MentionID]MentionID) {
	pages := map[string][]Mention{}
	for _, m := range mentions {
		pages[m.URL] = append(pages[m.URL], m)
	}
	var frames []*frame
	corrected := map[MentionID]MentionID{}
	for _, url := range sortedKeys(pages) {
		page := newSheet(c, pages[url], w)
		frames = append(frames, page.frames...)
		maps.Copy(corrected, page.corrected)
	}
	slices.SortFunc(frames, compareFrames)
	return frames, corrected
}

// claimOf judges the mentions of one claim, by time. due is when its dispute ends by its own, zero where it does not.
func claimOf(members []*frame, corrected map[MentionID]MentionID, s Settings, newest time.Time) (c Claim, due time.Time) {
	members = slices.Clone(members)
	for i, f := range members {
		own := *f // whose voices are one differs by claim
		members[i] = &own
	}
	unify(members)
	history, last := replay(members, corrected, s, newest)
	first := members[0]
	c = Claim{
		ID: newClaimID(first), Status: last.status, Lifecycle: last.lifecycle, Reasons: last.reasons, Settle: last.settle,
		Value: last.value, Voices: last.independed, Origins: last.voices, History: history, Basis: last.basis,
		Parties: []string{}, Topics: []string{}, Supporting: []SourceID{}, Disputing: []SourceID{},
	}
	if c.Reasons == nil {
		c.Reasons = []string{}
	}
	face := last.chosen
	if face == nil {
		face = members[len(members)-1]
	}
	face = clearest(members, face)
	c.Unit, c.Measure, c.Scope, c.Date, c.Place = face.m.Unit, measureWords(face), face.m.Scope, face.m.Date, face.m.Place
	for _, f := range members {
		m := *f.m
		m.Stance, m.Origin, m.Repeats = last.stance[m.ID], f.who.voice, f.repeated
		c.Mentions = append(c.Mentions, m)
		for _, p := range m.Parties {
			if !slices.Contains(c.Parties, p) {
				c.Parties = append(c.Parties, p)
			}
		}
		if c.Place == "" {
			c.Place = m.Place
		}
		switch m.Stance {
		case Supports:
			if !slices.Contains(c.Supporting, m.Source) {
				c.Supporting = append(c.Supporting, m.Source)
			}
		case Disputes:
			if !slices.Contains(c.Disputing, m.Source) {
				c.Disputing = append(c.Disputing, m.Source)
			}
		}
	}
	slices.Sort(c.Parties)
	slices.Sort(c.Supporting)
	slices.Sort(c.Disputing)
	if len(history) > 0 {
		c.FirstSeen, c.LastChanged = history[0].At, history[len(history)-1].At
	}
	c.Topics = topicsOf(members, s.Topics)
	c.Statement = statement(&c, face)
	c.Confidence = confidence(&c, last)
	return c, last.due
}

// newClaimID names a claim by its earliest mention, so that it keeps its name as it grows.
func newClaimID(first *frame) ClaimID {
	said := "claim\x00" + first.m.URL + "\x00" + first.kind + "\x00" + first.fig.point.String() + "\x00" + strings.Join(fold(first.m.Sentence), " ")
	if first.nth > 0 { // "two buses and two lorries"
		said += "\x00" + strconv.Itoa(first.nth)
	}
	sum := sha256.Sum256([]byte(said))
	return ClaimID("c_" + hex.EncodeToString(sum[:8]))
}

// topicsOf lists the topics whose terms stand in the mentions' sentences or titles.
func topicsOf(members []*frame, topics []Topic) []string {
	out := []string{}
	for _, t := range topics {
		if slices.ContainsFunc(members, func(f *frame) bool {
			text := " " + strings.Join(fold(f.m.Title+" "+f.m.Sentence), " ") + " "
			return slices.ContainsFunc(t.Terms, func(term string) bool {
				words := strings.Join(fold(term), " ")
				return words != "" && strings.Contains(text, " "+words)
			})
		}) {
			out = append(out, t.ID)
		}
	}
	slices.Sort(out)
	return out
}

// confidence orders claims of one status by their voices and the precision of the figure; the steps are
// the rounded effects measured on news (status-research.md 4.8), with its ceiling of 0.92.
func confidence(c *Claim, o outcome) Number {
	hundredths := int64(40)
	switch c.Status {
	case Verified:
		hundredths = 76 + 8*int64(min(c.Voices-1, 2))
	case Disputed:
		hundredths = 48
	default:
		if o.rule == "U1" {
			hundredths = 60
		}
		if o.rule == "U3" || o.rule == "U4" || o.rule == "U5" {
			hundredths = 20
		}
	}
	if o.chosen != nil && !o.chosen.fig.bare {
		hundredths -= 4
	}
	return NumberOf(decimal.New(hundredths, -2))
}

// review sets the latest editor's word of each claim beside the machine's.
func review(out []Claim, decisions []Decision) {
	for _, d := range decisions {
		if d.Kind != DecideReview {
			continue
		}
		for i := range out {
			c := &out[i]
			if c.ID != d.Claim && !slices.ContainsFunc(c.Mentions, func(m Mention) bool { return slices.Contains(d.Mentions, m.ID) }) {
				continue
			}
			if d.Status == "" {
				c.Review = nil
			} else {
				c.Review = &Review{Status: d.Status, Note: d.Note, By: d.By, At: d.At}
			}
			reason := "an editor, " + d.By + ", set " + string(d.Status)
			if d.Status == "" {
				reason = "an editor, " + d.By + ", took the review back"
			}
			c.History = append(c.History, Change{At: d.At, Kind: Reviewed, Status: c.Status, Previous: c.Status, Value: c.Value, Reasons: []string{reason}})
		}
	}
}
