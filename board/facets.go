package board

import (
	"cmp"
	"slices"
	"time"
)

// Facets are the values that a filter can be narrowed to, with how many claims each would show.
type Facets struct {
	Status   []Count // verified, disputed, unverified, always all three
	Topic    []Count // most claims first, then by name
	Source   []Count
	Language []Count
	Changed  []Span // days, months or years of the last change, newest first
}

// A Count is one value of a facet.
type Count struct {
	Name string
	N    int
}

// A Span is a time of the last change: a day, a month or a year, [From, To) in UTC.
type Span struct {
	From, To time.Time
	N        int
}

// maxSpans is how many days, then months, are shown before a coarser step is taken.
const maxSpans = 10

type counts struct {
	status                     [3]int
	topics, sources, languages []int
	days                       []int // from first
	first                      int32
}

func newCounts(s *state) *counts {
	return &counts{topics: make([]int, len(s.codes.topics.name)), sources: make([]int, len(s.codes.sources.name)), languages: make([]int, len(s.codes.languages.name)), days: make([]int, s.lastDay-s.firstDay+1), first: s.firstDay}
}

func (n *counts) add(r *fact, topics, sources, languages []uint16, fails uint8) {
	if fails&^byStatus == 0 {
		if r.status[0] >= 0 {
			n.status[r.status[0]]++
		}
		if r.status[1] >= 0 && r.status[1] != r.status[0] {
			n.status[r.status[1]]++
		}
	}
	if fails&^byTopic == 0 {
		for _, c := range topics {
			n.topics[c]++
		}
	}
	if fails&^bySource == 0 {
		for _, c := range sources {
			n.sources[c]++
		}
	}
	if fails&^byLanguage == 0 {
		for _, c := range languages {
			n.languages[c]++
		}
	}
	if fails&^byDay == 0 && r.day >= 0 {
		n.days[r.day-n.first]++
	}
}

func (n *counts) facets(s *state) Facets {
	var f Facets
	for i, st := range statuses {
		f.Status = append(f.Status, Count{string(st), n.status[i]})
	}
	f.Topic, f.Source, f.Language = named(s.codes.topics.name, n.topics), named(s.codes.sources.name, n.sources), named(s.codes.languages.name, n.languages)
	f.Changed = spans(n.days, n.first)
	return f
}

func named(names []string, n []int) []Count {
	var out []Count
	for i, c := range n {
		if c > 0 {
			out = append(out, Count{names[i], c})
		}
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name)) })
	return out
}

// spans groups days into the finest steps of which there are not too many.
func spans(days []int, first int32) []Span {
	var out []Span
	for _, step := range []func(time.Time) (time.Time, time.Time){day, month, year} {
		by := map[time.Time]*Span{}
		for d, n := range days {
			if n == 0 {
				continue
			}
			from, to := step(time.Unix((int64(first)+int64(d))*86400, 0).UTC())
			if by[from] == nil {
				by[from] = &Span{From: from, To: to}
			}
			by[from].N += n
		}
		out = out[:0]
		for _, s := range by {
			out = append(out, *s)
		}
		if len(out) <= maxSpans {
			break
		}
	}
	slices.SortFunc(out, func(a, b Span) int { return b.From.Compare(a.From) })
	return out
}

func day(t time.Time) (from, to time.Time) { return t, t.AddDate(0, 0, 1) }

func month(t time.Time) (from, to time.Time) {
	from = time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
	return from, from.AddDate(0, 1, 0)
}

func year(t time.Time) (from, to time.Time) {
	from = time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	return from, from.AddDate(1, 0, 0)
}
