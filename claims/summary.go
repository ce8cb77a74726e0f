package claims

import (
	"slices"
	"time"
)

// A Summary is a claim as a row of the board shows it: all that a Filter looks at but the words, without mentions and
// history. It is small enough to keep a hundred thousand of them in memory.
type Summary struct {
	ID          ClaimID
	Statement   string
	Status      Status // the machine's
	Reviewed    Status // the editor's; "" where there is no review
	Lifecycle   Lifecycle
	Value       Value
	Unit        Unit
	Confidence  Number
	Voices      int
	Mentions    int // how many there are
	Date        Period
	Topics      []string
	Sources     []SourceID // whose documents mention it, sorted, each once
	Languages   []string   // its mentions are in, sorted, each once
	FirstSeen   time.Time
	LastChanged time.Time
}

// Summarise gives the row of a whole claim. It shares no memory with the claim's mentions but strings.
func Summarise(c *Claim) Summary {
	s := Summary{
		ID: c.ID, Statement: c.Statement, Status: c.Status, Lifecycle: c.Lifecycle, Value: c.Value, Unit: c.Unit, Confidence: c.Confidence,
		Voices: c.Voices, Mentions: len(c.Mentions), Date: c.Date, Topics: c.Topics, FirstSeen: c.FirstSeen, LastChanged: c.LastChanged,
	}
	if c.Review != nil {
		s.Reviewed = c.Review.Status
	}
	for i := range c.Mentions {
		m := &c.Mentions[i]
		if m.Source != "" {
			s.Sources = append(s.Sources, m.Source)
		}
		if m.Lang != "" {
			s.Languages = append(s.Languages, m.Lang)
		}
	}
	slices.Sort(s.Sources)
	slices.Sort(s.Languages)
	s.Sources, s.Languages = slices.Clip(slices.Compact(s.Sources)), slices.Clip(slices.Compact(s.Languages))
	return s
}

// Shown is the status that the board shows: the editor's where there is one, else the machine's.
func (s *Summary) Shown() Status {
	if s.Reviewed != "" {
		return s.Reviewed
	}
	return s.Status
}
