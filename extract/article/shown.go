package article

import (
	"regexp"
	"time"
)

// evidence is what shownInstead weighs against the date line that readers see.
type evidence struct {
	stated  []string // what the head and JSON-LD state, and elements that are of a change
	weak    bool     // none names the publication, or it names the moment of the last change
	address string
}

// shownInstead decides between the publication as markup states it and the date line that readers see, where no zone can explain
// that they differ:
//   - a line that another statement of markup bears out is the page's date: the system behind the page keeps the day on
//     which a text was begun, the page bears the one it is published under;
//   - a line with a time of day, or an element of the publication's, that is earlier stands against a weak statement: that one is of a change.
//
// A day that markup writes as midnight in a zone east of Greenwich, turned to UTC, is the day that the line or the address has.
func (p *page) shownInstead(stated stamp, e evidence, h *head, names pageNames, monthFirst bool) stamp {
	shown, named := p.shownStamp(h, names, monthFirst)
	if shown.time.IsZero() {
		if next := addressDate(e.address); stated.isMidnightEast(next) {
			return stamp{time: next}
		}
		return stated
	}
	switch {
	case isDay(stated.time) && sameDay(shown.time, stated.time):
		return shown
	case !shown.clock && stated.isMidnightEast(shown.time):
		return shown
	case !shown.apart(stated):
		return stated
	case e.weak && (shown.clock || named) && shown.time.Before(stated.time):
		return shown
	}
	for _, s := range e.stated {
		if other, _, _, ok := findStamp(s, monthFirst); ok && other.apart(stated) && !shown.apart(other) {
			if other.clock && (other.zoned || !shown.clock) {
				return other
			}
			return shown
		}
	}
	return stated
}

// shownStamp is the date that readers see: what scripts write into an element, the line beside the headline, or an element of the
// publication's; named is whether it is such an element.
func (p *page) shownStamp(h *head, names pageNames, monthFirst bool) (st stamp, named bool) {
	var tag stamp
	for i := range h.times {
		t := &h.times[i]
		if t.modified || !t.encoded && (!t.published() || !tag.time.IsZero() || machineTime.MatchString(t.text)) {
			continue
		}
		if st, _, _, ok := findStamp(t.text, monthFirst); ok && t.encoded {
			return st, true
		} else if ok {
			tag = st
		}
	}
	st = p.besideHeadline(p.headline(names), monthFirst)
	switch {
	case st.time.IsZero():
		return tag, !tag.time.IsZero()
	case !tag.time.IsZero() && sameDay(tag.time, st.time):
		return st, true
	}
	return st, false
}

// machineTime is a time as no page shows it to readers.
var machineTime = regexp.MustCompile(`\dT\d\d:?\d\d`)

// isMidnightEast tells whether a time is the beginning of a day, given in UTC, in a zone east of Greenwich.
func (s stamp) isMidnightEast(day time.Time) bool {
	const east = 14 // hours of the easternmost zone
	if !s.clock || !s.zoned || day.IsZero() {
		return false
	}
	d := day.Sub(s.time)
	return d > 0 && d <= east*time.Hour && d%time.Hour == 0
}

// beside gives a stamp as the clock on the wall had it, where its zone is said and the other's is not: both are of one page. UTC may
// be only what a system keeps its times in.
func (s stamp) beside(other stamp) stamp {
	if s.clock && s.east != 0 && !other.zoned {
		s.time, s.zoned = s.time.Add(time.Duration(s.east)*time.Minute), false
	}
	return s
}

// apart tells whether two stamps are of different moments or days whatever zone the one without a zone is in.
func (s stamp) apart(other stamp) bool {
	s, other = s.beside(other), other.beside(s)
	const east, west = 14 * time.Hour, 12 * time.Hour // the outermost zones
	var before, after time.Duration                   // how far s may lie before and behind the other
	if s.zoned != other.zoned {
		before, after = east, west
	}
	switch {
	case !s.clock && !other.clock:
		return !sameDay(s.time, other.time)
	case !s.clock:
		before += 24*time.Hour - time.Second
	case !other.clock:
		after += 24*time.Hour - time.Second
	default:
		before, after = max(before, time.Hour), max(after, time.Hour)
	}
	d := s.time.Sub(other.time)
	return d > after || -d > before
}
