package newsgen

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"tallywire/claims"
)

// Options say how much happens and how the press behaves. Shares are between 0 and 1.
type Options struct {
	Seed      uint64
	Events    int
	Start     time.Time
	Days      int     // over how many days the events begin
	Outlets   int     // outlets of their own owner; as many again are in pairs of one owner
	Reprints  float64 // of reports that are a wire's words, credited or not
	Errors    float64 // of reports that give a wrong figure
	Mended    float64 // of the wrong figures that the page corrects, said or silently
	Rounded   float64 // of reports that round or hedge
	Stale     float64 // of reports that give a figure the count has moved on from
	Disagrees float64 // of events whose two offices count differently
}

// DefaultOptions is a busy quarter of a year.
func DefaultOptions() Options {
	return Options{
		Seed: 7, Events: 240, Start: time.Date(2024, 2, 5, 6, 0, 0, 0, time.UTC), Days: 90, Outlets: 8,
		Reprints: 0.3, Errors: 0.02, Mended: 0.5, Rounded: 0.12, Stale: 0.06, Disagrees: 0.08,
	}
}

// An Event is something that happened, with the true figures of one count of it over time.
type Event struct {
	ID       int
	Kind     string // "toll", "missing", "arrests", "release", "grant", "level", "plan"
	Place    string
	Figures  []Figure // by time
	Disputed bool     // two offices count it differently
}

// A Figure was true from At until the next one of its Event.
type Figure struct {
	At    time.Time
	Value int64
}

// A Report is one document with what it says of which event.
type Report struct {
	Document claims.Document
	Event    int
	Said     int64
	Wrong    bool // the figure was never true
	Loose    bool // rounded or hedged
	Stale    bool
	Voice    string // whose word it is
}

// A World is a region with its press.
type World struct {
	Sources []claims.Source
	Events  []Event
	Reports []Report // by time of publication

	opt    Options
	rng    *rand.Rand
	places map[string]bool
}

// New makes a world.
func New(o Options) *World {
	w := &World{opt: o, rng: rand.New(rand.NewPCG(o.Seed, 1)), places: map[string]bool{}}
	w.press()
	for i := range o.Events {
		w.happen(i)
	}
	slices.SortStableFunc(w.Reports, func(a, b Report) int {
		return cmp.Or(a.Document.Published.Compare(b.Document.Published), strings.Compare(a.Document.URL, b.Document.URL))
	})
	for i := range w.Reports { // a page read again for its correction comes in with the next pass
		d := &w.Reports[i].Document
		if d.Fetched.IsZero() {
			d.Fetched = d.Published.Add(20 * time.Minute)
		}
	}
	slices.SortStableFunc(w.Reports, func(a, b Report) int { return a.Document.Fetched.Compare(b.Document.Fetched) })
	return w
}

// Documents are the reports' documents, in the order in which a crawler would fetch them.
func (w *World) Documents() []claims.Document {
	out := make([]claims.Document, len(w.Reports))
	for i := range w.Reports {
		out[i] = w.Reports[i].Document
	}
	return out
}

func (w *World) chance(share float64) bool { return w.rng.Float64() < share }

func pick[T any](w *World, list []T) T { return list[w.rng.IntN(len(list))] }

// press founds the newspapers.
func (w *World) press() {
	w.Sources = append(w.Sources, claims.Source{ID: "wire-one", Name: "Longitude Wire", Class: claims.ClassWire}, claims.Source{ID: "wire-two", Name: "Coastal Press Agency", Class: claims.ClassWire})
	for i := range w.opt.Outlets {
		name := w.name() + " " + pick(w, []string{"Courier", "Gazette", "Observer", "Herald", "Chronicle"})
		w.Sources = append(w.Sources, claims.Source{ID: claims.SourceID(fmt.Sprintf("paper-%d", i)), Name: name, Class: claims.ClassOutlet})
	}
	for i := range w.opt.Outlets / 2 {
		owner := w.name() + " Media"
		for j, kind := range []string{"Morning", "Evening"} {
			w.Sources = append(w.Sources, claims.Source{ID: claims.SourceID(fmt.Sprintf("pair-%d-%d", i, j)), Name: kind + " " + strings.TrimSuffix(owner, " Media"), Class: claims.ClassOutlet, Owner: owner})
		}
	}
	w.Sources = append(w.Sources,
		claims.Source{ID: "crowd-one", Name: "Night watcher", Class: claims.ClassSocial, Social: true, Account: "nightwatcher"},
		claims.Source{ID: "crowd-two", Name: "Map and more", Class: claims.ClassSocial, Social: true, Account: "mapandmore"})
}

// name makes a name that no other place or paper has.
func (w *World) name() string {
	heads := []string{"Bar", "Cor", "Dal", "Fen", "Gol", "Hal", "Kes", "Lor", "Mar", "Nor", "Orl", "Pel", "Ras", "Sel", "Tor", "Ulm", "Vel", "Wes", "Yar", "Zan"}
	middles := []string{"a", "e", "i", "o", "u", "en", "ar", "il", "or", "um"}
	tails := []string{"den", "mark", "ford", "ska", "vik", "burg", "dale", "nia", "stad", "wick", "holm", "gard"}
	for {
		n := pick(w, heads) + pick(w, middles) + pick(w, tails)
		if !w.places[n] {
			w.places[n] = true
			return n
		}
	}
}
