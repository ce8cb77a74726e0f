package newsgen

import (
	"fmt"
	"strings"
	"time"

	"tallywire/claims"
)

// cover has each figure of an event reported: by the office that counts it, by reporters' own counts, by wires, and by
// papers that reprint them.
func (w *World) cover(e *Event) {
	scene := w.scene(e)
	for i, f := range e.Figures {
		until := 10 * time.Hour
		if i+1 < len(e.Figures) {
			until = min(until, e.Figures[i+1].At.Sub(f.At)-time.Hour)
		}
		if until < time.Hour {
			until = time.Hour
		}
		wire := w.Sources[w.rng.IntN(2)]
		first := w.report(e, f, wire, scene, f.At.Add(20*time.Minute), "office")
		for n := 2 + w.rng.IntN(4); n > 0; n-- {
			src := w.Sources[2+w.rng.IntN(len(w.Sources)-4)]
			at := f.At.Add(30*time.Minute + time.Duration(w.rng.Int64N(int64(until))))
			if w.chance(w.opt.Reprints) {
				w.reprint(first, src, at)
				continue
			}
			voice := "own"
			if w.chance(0.4) {
				voice = "office"
			} else if w.chance(0.25) {
				voice = "second"
			}
			w.report(e, f, src, scene, at, voice)
		}
		if w.chance(0.2) {
			w.post(e, f, scene, f.At.Add(2*time.Hour))
		}
	}
	if last := len(e.Figures) - 1; last > 0 && w.chance(w.opt.Stale*4) {
		src := w.Sources[2+w.rng.IntN(len(w.Sources)-4)]
		r := w.report(e, e.Figures[last-1], src, scene, e.Figures[last].At.Add(4*time.Hour), "office")
		w.Reports[r].Stale = true
	}
	if e.Disputed { // the second office stands by another figure
		wrong := Figure{e.Figures[0].At, e.Figures[0].Value + max(3, e.Figures[0].Value*2/5)}
		for range 2 {
			src := w.Sources[2+w.rng.IntN(len(w.Sources)-4)]
			w.report(e, wrong, src, scene, e.Figures[0].At.Add(time.Duration(3+w.rng.IntN(4))*time.Hour), "second")
		}
	}
}

// report writes one article on a figure and returns its place among the Reports.
func (w *World) report(e *Event, f Figure, src claims.Source, s scene, at time.Time, voice string) int {
	r := Report{Event: e.ID, Said: f.Value, Voice: string(src.ID)}
	switch voice {
	case "office":
		r.Voice = s.office
	case "second":
		r.Voice = s.second
	}
	words := fmt.Sprint(f.Value)
	switch {
	case w.chance(w.opt.Errors):
		r.Wrong, r.Said = true, w.misread(f.Value)
		words = fmt.Sprint(r.Said)
	case e.Kind != "level" && f.Value > 60 && w.chance(w.opt.Rounded):
		r.Loose = true
		words, r.Said = w.loosely(f.Value)
	}
	r.Document = w.page(e, src, s, at, words, voice)
	w.Reports = append(w.Reports, r)
	here := len(w.Reports) - 1
	if r.Wrong && w.chance(w.opt.Mended) { // the page is edited an hour later
		mended := r
		mended.Wrong, mended.Said = false, f.Value
		d := &mended.Document
		d.Text = strings.ReplaceAll(d.Text, words, fmt.Sprint(f.Value))
		d.Title = strings.ReplaceAll(d.Title, words, fmt.Sprint(f.Value))
		d.Fetched = at.Add(80 * time.Minute)
		w.Reports = append(w.Reports, mended)
	}
	return here
}

// misread is a figure as a tired hand types it.
func (w *World) misread(n int64) int64 {
	switch w.rng.IntN(3) {
	case 0:
		return n + 10 + n/2
	case 1:
		return n*10 + w.rng.Int64N(10)
	}
	return max(2, n-n/3-2)
}

// loosely is a figure as a hasty writer puts it: never further off than such words allow, a tenth for "about" and three
// tenths for "more than".
func (w *World) loosely(n int64) (words string, said int64) {
	step := int64(10)
	for step*30 <= n {
		step *= 10
	}
	if down := n / step * step; down < n && w.chance(0.5) {
		return fmt.Sprintf("more than %d", down), down
	}
	if near := (n + step/2) / step * step; near > 0 && 12*max(near-n, n-near) < n {
		return fmt.Sprintf("about %d", near), near
	}
	return fmt.Sprint(n), n
}

// reprint gives another paper's or a wire's text again, credited or not, a word or two changed.
func (w *World) reprint(of int, src claims.Source, at time.Time) {
	r := w.Reports[of]
	from := r.Document
	r.Document.Source, r.Document.Published, r.Document.Fetched = src.ID, at, time.Time{}
	r.Document.URL = w.address(src, r.Event)
	if w.chance(0.5) {
		r.Document.Text += "\n\nThis report uses material of the agency " + w.nameOf(from.Source) + "."
	}
	if w.chance(0.5) {
		r.Document.Title = "News in brief: " + r.Document.Title
	}
	w.Reports = append(w.Reports, r)
}

func (w *World) nameOf(id claims.SourceID) string {
	for _, s := range w.Sources {
		if s.ID == id {
			return s.Name
		}
	}
	return ""
}

// post is hearsay: now and then far off.
func (w *World) post(e *Event, f Figure, s scene, at time.Time) {
	src := w.Sources[len(w.Sources)-1-w.rng.IntN(2)]
	said, wrong := f.Value, w.chance(0.5)
	if wrong {
		said = f.Value*3 + 11
	}
	w.Reports = append(w.Reports, Report{
		Event: e.ID, Said: said, Wrong: wrong, Voice: string(src.ID),
		Document: claims.Document{Source: src.ID, Poster: "@" + src.Account, URL: w.address(src, e.ID), Lang: "en", Published: at, Text: s.say(w, fmt.Sprint(said), at) + "."},
	})
}

func (w *World) address(src claims.Source, event int) string {
	return fmt.Sprintf("https://%s.example/%d/%d", src.ID, event, len(w.Reports))
}

// page is one article: a headline, the figure with whose word it is, and what articles are filled with.
func (w *World) page(e *Event, src claims.Source, s scene, at time.Time, words, voice string) claims.Document {
	lead := s.say(w, words, at)
	switch voice {
	case "office":
		lead = w.attribute(lead, s.office)
	case "second":
		lead = w.attribute(lead, s.second)
	default:
		lead += pick(w, []string{", our reporters counted", "", ", reporters of this paper at the scene found", ""})
	}
	paras := []string{lead + ".", pick(w, s.fill) + " " + pick(w, filler), pick(w, filler)}
	return claims.Document{
		Source: src.ID, URL: w.address(src, e.ID), Lang: "en", Title: pick(w, s.titles), Published: at, Text: strings.Join(paras, "\n\n"),
	}
}

func (w *World) attribute(lead, office string) string {
	switch w.rng.IntN(3) {
	case 0:
		return lead + ", the " + office + " said"
	case 1:
		return "According to the " + office + ", " + lower(lead)
	}
	return "The " + office + " said that " + lower(lead)
}

// lower begins a clause inside a sentence; figures and names stay.
func lower(s string) string {
	for _, w := range []string{"The ", "Police ", "Some ", "A "} {
		if strings.HasPrefix(s, w) {
			return strings.ToLower(s[:1]) + s[1:]
		}
	}
	return s
}
