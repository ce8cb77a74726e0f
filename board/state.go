package board

import (
	"slices"
	"time"

	"tallywire/claims"
)

// A state is one whole board. It is never changed once published; only codes grows, by append.
type state struct {
	generation uint64
	count      int
	rows       []*row // by slot; nil: free
	slots      map[claims.ClaimID]uint32
	orders     [5][]uint32 // slots in each order of claims.Sorts
	codes      *codes
	facts      []fact   // by slot: what a walk over the board looks at, close together in memory
	values     []uint16 // of all facts: topics, then sources, then languages of each

	firstDay, lastDay int32 // of the facts
}

// A fact is a row as a walk sees it. 32 bytes: a hundred thousand lie in a processor's cache, which makes a walk five times
// as fast as one over the rows.
type fact struct {
	changed         int64 // of the last change, Unix seconds
	day             int32 // the same, days since 1970; -1 for none
	from            uint32
	topics, sources uint16 // how many of values, from from
	languages       uint16
	status          [2]int8
}

// index fills facts and values from the rows.
func (s *state) index() {
	s.firstDay, s.lastDay = lastPlausible, 0
	s.facts, s.values = make([]fact, len(s.rows)), make([]uint16, 0, 3*len(s.rows))
	for slot, r := range s.rows {
		if r == nil {
			continue
		}
		s.facts[slot] = fact{changed: r.sum.LastChanged.Unix(), day: r.day, from: uint32(len(s.values)), topics: uint16(len(r.topics)), sources: uint16(len(r.sources)), // #nosec: a claim has few
			languages: uint16(len(r.languages)), status: r.status} // #nosec
		if r.day >= 0 {
			s.firstDay, s.lastDay = min(s.firstDay, r.day), max(s.lastDay, r.day)
		}
		s.values = append(append(append(s.values, r.topics...), r.sources...), r.languages...)
	}
	s.firstDay = min(s.firstDay, s.lastDay)
}

// of gives a fact's facet values.
func (s *state) of(f *fact) (topics, sources, languages []uint16) {
	a := f.from
	b := a + uint32(f.topics)
	c := b + uint32(f.sources)
	return s.values[a:b], s.values[b:c], s.values[c : c+uint32(f.languages)]
}

// A row is a claim with its facet values as small numbers, so that a hundred thousand are counted in a millisecond.
type row struct {
	sum       claims.Summary
	status    [2]int8 // indexes of statuses: the machine's, the editor's; -1 for none
	topics    []uint16
	sources   []uint16
	languages []uint16
	day       int32 // of the last change, days since 1970
}

var statuses = []claims.Status{claims.Verified, claims.Disputed, claims.Unverified}

// codes numbers the values of facets. A published codes is never changed: an edit copies it.
type codes struct {
	topics, sources, languages table
	texts                      map[string]string // one copy of each word that rows share
}

type table struct {
	code map[string]uint16
	name []string
}

func newCodes() *codes {
	return &codes{topics: table{code: map[string]uint16{}}, sources: table{code: map[string]uint16{}}, languages: table{code: map[string]uint16{}}, texts: map[string]string{}}
}

func (t *table) of(name string) uint16 {
	if c, ok := t.code[name]; ok {
		return c
	}
	if len(t.name) == 1<<16-1 {
		return 0 // more sources than any desk reads; they are counted under the first
	}
	c := uint16(len(t.name)) // #nosec: bounded above
	t.code[name] = c
	t.name = append(t.name, name)
	return c
}

func (t table) clone() table {
	code := make(map[string]uint16, len(t.code))
	for k, v := range t.code {
		code[k] = v
	}
	return table{code: code, name: slices.Clone(t.name)}
}

func codesOf[S ~string](t *table, names []S) []uint16 {
	if len(names) == 0 {
		return nil
	}
	out := make([]uint16, len(names))
	for i, n := range names {
		out[i] = t.of(string(n))
	}
	return out
}

// same gives the one kept copy of a word.
func (c *codes) same(s string) string {
	if kept, ok := c.texts[s]; ok {
		return kept
	}
	c.texts[s] = s
	return s
}

// newRow makes a claim's row, with the words that many rows share kept once.
func (c *codes) newRow(claim *claims.Claim) *row {
	s := claims.Summarise(claim)
	s.Unit.Name, s.Unit.Class = c.same(s.Unit.Name), claims.UnitClass(c.same(string(s.Unit.Class)))
	s.Status, s.Reviewed, s.Lifecycle = claims.Status(c.same(string(s.Status))), claims.Status(c.same(string(s.Reviewed))), claims.Lifecycle(c.same(string(s.Lifecycle)))
	s.Date.From, s.Date.To = c.same(s.Date.From), c.same(s.Date.To)
	for i := range s.Topics {
		s.Topics[i] = c.same(s.Topics[i])
	}
	for i := range s.Sources {
		s.Sources[i] = claims.SourceID(c.same(string(s.Sources[i])))
	}
	for i := range s.Languages {
		s.Languages[i] = c.same(s.Languages[i])
	}
	if s.Value.Low.Equal(s.Value.Best) {
		s.Value.Low = s.Value.Best
	}
	if s.Value.High.Equal(s.Value.Best) {
		s.Value.High = s.Value.Best
	}
	return &row{
		sum: s, status: [2]int8{statusCode(s.Status), statusCode(s.Reviewed)}, topics: codesOf(&c.topics, s.Topics), sources: codesOf(&c.sources, s.Sources),
		languages: codesOf(&c.languages, s.Languages), day: dayOf(s.LastChanged),
	}
}

func statusCode(s claims.Status) int8 { return int8(slices.Index(statuses, s)) } // #nosec: -1 to 2

// lastPlausible is the day after which a date is taken for unknown: counts by day reach from the first to the last one.
const lastPlausible = 47_482 // 2100-01-01

func dayOf(t time.Time) int32 {
	d := t.Unix() / 86400
	if t.IsZero() || t.Unix() < 0 || d > lastPlausible {
		return -1
	}
	return int32(d) // #nosec: bounded above
}

// rowsEqual reports whether two rows would show the same.
func rowsEqual(a, b *claims.Summary) bool {
	return a.ID == b.ID && a.Statement == b.Statement && a.Status == b.Status && a.Reviewed == b.Reviewed && a.Lifecycle == b.Lifecycle &&
		a.Value.Equal(b.Value) && a.Unit == b.Unit && a.Confidence.Equal(b.Confidence) && a.Voices == b.Voices && a.Mentions == b.Mentions && a.Date == b.Date &&
		slices.Equal(a.Topics, b.Topics) && slices.Equal(a.Sources, b.Sources) && slices.Equal(a.Languages, b.Languages) &&
		a.FirstSeen.Equal(b.FirstSeen) && a.LastChanged.Equal(b.LastChanged)
}
