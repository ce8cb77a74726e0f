package newsgen

import (
	"math"
	"time"
)

// kinds of events, with how often each comes.
var kinds = []string{"toll", "toll", "toll", "missing", "arrests", "arrests", "release", "grant", "level", "plan"}

// happen lets one event happen and has the press report it.
func (w *World) happen(id int) {
	e := Event{ID: id, Kind: pick(w, kinds), Place: w.name()}
	start := w.opt.Start.Add(time.Duration(w.rng.IntN(w.opt.Days*24*60)) * time.Minute)
	first := w.size()
	e.Figures = []Figure{{start, first}}
	switch e.Kind {
	case "toll":
		e.Figures = w.grows(start, first, 1+w.rng.IntN(4))
	case "missing":
		e.Figures = w.falls(start, first, 1+w.rng.IntN(3))
	case "level":
		e.Figures = w.falls(start, 30+w.rng.Int64N(60), 1+w.rng.IntN(3))
	}
	e.Disputed = len(e.Figures) == 1 && e.Kind != "plan" && e.Kind != "level" && w.chance(w.opt.Disagrees)
	w.Events = append(w.Events, e)
	w.cover(&e)
}

// size is a figure as news has them: many small, few large.
func (w *World) size() int64 {
	return 5 + int64(math.Pow(10, 0.5+2.3*w.rng.Float64()))
}

// grows is a running count that rises n-1 times, a day or so apart.
func (w *World) grows(start time.Time, first int64, n int) []Figure {
	out := []Figure{{start, first}}
	for range n - 1 {
		last := out[len(out)-1]
		out = append(out, Figure{last.At.Add(time.Duration(14+w.rng.IntN(24)) * time.Hour), last.Value + 1 + w.rng.Int64N(1+last.Value/3)})
	}
	return out
}

// falls is a stock that falls n-1 times, a day or more apart.
func (w *World) falls(start time.Time, first int64, n int) []Figure {
	out := []Figure{{start, first}}
	for range n - 1 {
		last := out[len(out)-1]
		if last.Value < 4 {
			break
		}
		out = append(out, Figure{last.At.Add(time.Duration(26+w.rng.IntN(24)) * time.Hour), last.Value - 1 - w.rng.Int64N(last.Value/3+1)})
	}
	return out
}
