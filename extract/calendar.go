package extract

import "strconv"

// A calendar is a language's words of time.
type calendar struct {
	months    map[string]int
	weekdays  map[string]int
	days      *phrases // key: days from publication
	periods   *phrases
	since     map[string]bool
	until     map[string]bool
	on        map[string]bool
	last      map[string]bool
	next      map[string]bool
	ago       *phrases
	clock     *phrases
	era       *phrases
	yearNouns map[string]bool // plurals that a year stands before
	year      map[string]bool
	seasons   map[string]bool
	clockLead map[string]bool // prepositions of the time of day
	dayParts  map[string]bool // morning, tonight, ...
}

func newCalendar(d data) calendar {
	c := calendar{months: map[string]int{}, weekdays: map[string]int{}, days: d.phrases("days"), periods: d.phrases("periods"),
		since: d.set("since"), until: d.set("until"), on: d.set("on"), last: d.set("last"), next: d.set("next"), ago: d.phrases("ago"),
		clock: d.phrases("clock"), era: d.phrases("era"), yearNouns: d.set("year nouns"), year: d.set("year words"), seasons: d.set("seasons"), clockLead: d.set("clock lead"), dayParts: d.set("day parts")}
	for f, k := range d.keyed("months") {
		c.months[f], _ = strconv.Atoi(k)
	}
	for f, k := range d.keyed("weekdays") {
		c.weekdays[f], _ = strconv.Atoi(k)
	}
	return c
}
