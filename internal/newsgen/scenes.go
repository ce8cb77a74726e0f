package newsgen

import (
	"strings"
	"time"
)

// A scene is how one event is told: the sentences that give its figure, the offices that count it, headlines and colour.
type scene struct {
	leads          []string // {n} the figure, {place}, {what}, {day}
	place, what    string
	office, second string
	titles, fill   []string
}

// say gives the figure in one of the scene's sentences.
func (s *scene) say(w *World, words string, at time.Time) string {
	text := strings.NewReplacer("{n}", words, "{place}", s.place, "{what}", s.what, "{day}", at.UTC().Weekday().String()).Replace(pick(w, s.leads))
	return strings.ToUpper(text[:1]) + text[1:]
}

func (w *World) scene(e *Event) scene {
	s := scene{place: e.Place}
	switch e.Kind {
	case "toll":
		s.what = pick(w, []string{"flood", "fire", "landslide", "storm", "blast", "train crash"})
		s.leads = []string{"the {what} at {place} has killed {n} people", "{n} people have been killed in the {what} at {place}", "the death toll of the {what} at {place} stands at {n}", "{n} people have died in the {what} at {place}"}
		s.office, s.second = e.Place+" rescue service", e.Place+" hospital"
		s.titles = []string{"What is known of the " + s.what + " at " + e.Place, "Grief in " + e.Place + " after the " + s.what}
		s.fill = []string{"Rescuers work through the night.", "Roads into the town are closed.", "Schools stay shut until further notice."}
	case "missing":
		s.what = pick(w, []string{"flood", "landslide", "avalanche", "ferry accident"})
		s.leads = []string{"{n} people are missing after the {what} at {place}", "{n} people are still missing since the {what} at {place}", "the number of people missing after the {what} at {place} is {n}"}
		s.office, s.second = e.Place+" rescue service", e.Place+" civil guard"
		s.titles = []string{"Search goes on at " + e.Place, e.Place + ": hope after the " + s.what}
		s.fill = []string{"Dogs and drones are in use.", "Families wait in a sports hall."}
	case "arrests":
		s.what = pick(w, []string{"march", "rally", "blockade", "street protest"})
		s.leads = []string{"police arrested {n} people at the {what} in {place} on {day}", "{n} people were arrested at the {what} in {place} on {day}", "{n} people were arrested on {day} during the {what} in {place}"}
		s.office, s.second = e.Place+" police", e.Place+" legal aid group"
		s.titles = []string{"After the " + s.what + " in " + e.Place, e.Place + " counts its arrests"}
		s.fill = []string{"Most of the evening was calm.", "Trams ran again before midnight."}
	case "release":
		s.leads = []string{"{n} prisoners were released from the camp at {place} on {day}", "the camp at {place} released {n} prisoners on {day}", "{n} prisoners left the camp at {place} free on {day}"}
		s.office, s.second = e.Place+" prison board", e.Place+" relief committee"
		s.titles = []string{"Gates open at " + e.Place, "Families meet at " + e.Place}
		s.fill = []string{"Buses waited outside.", "Doctors looked at each of them."}
	case "grant":
		s.leads = []string{"the region has granted {place} {n} million euros for new bridges", "{place} was granted {n} million euros for new bridges", "{n} million euros have been granted to {place} for new bridges"}
		s.office, s.second = "regional treasury", e.Place+" town council"
		s.titles = []string{"New bridges for " + e.Place, e.Place + " may build"}
		s.fill = []string{"Building is to begin in the spring.", "The old ones are rusty."}
	case "level":
		s.leads = []string{"the reservoir above {place} stood at {n} per cent on {day}", "the reservoir above {place} was {n} per cent full on {day}", "the level of the reservoir above {place} was {n} per cent on {day}"}
		s.office, s.second = e.Place+" water board", "hydrological institute"
		s.titles = []string{"Water above " + e.Place, e.Place + " looks at its reservoir"}
		s.fill = []string{"Gardens may be watered at night.", "No rain is in sight."}
	default: // plan
		s.leads = []string{"{place} plans to build {n} homes", "{n} homes are to be built in {place}", "the town of {place} will build {n} homes"}
		s.office, s.second = e.Place+" housing office", e.Place+" tenants' union"
		s.titles = []string{"Homes for " + e.Place, e.Place + " grows"}
		s.fill = []string{"The ground belongs to the town.", "Rents are to stay low."}
	}
	return s
}

// filler is what the rest of an article is made of; it holds no figure.
var filler = []string{
	"Nobody at the town hall could be reached for a comment.", "The wind turned in the afternoon and it grew cold.", "Neighbours brought bread and tea.",
	"A service is planned at the old church.", "The council meets again next week.", "Trains were late all day.", "The story is being updated.",
	"People stood at the corner and talked of little else.",
}
