package server

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"tallywire/board"
	"tallywire/claims"
)

// A boardData is what board.html shows.
type boardData struct {
	Words      string
	Rows       []rowView
	Total      int
	From, To   int // rows shown, counting from 1
	Facets     []facetView
	Active     []choice // filters in force; Href takes one away
	Sorts      []choice
	First      string // first page, "" where this is it
	Next       string
	Exports    []choice
	Keep       []choice // what the search form keeps: Name is the parameter, Label its value
	Feed       string   // address of this view as a feed of changes
	Query      string   // this view's filters, without page
	Generation uint64
	Board      int // claims on the whole board
	Saved      bool
}

// A rowView is one claim on the board.
type rowView struct {
	claims.Summary
	Shown   claims.Status
	Topics  []string // names
	Sources []string // names, at most three
	More    int      // sources beyond those
}

// A facetView is one facet with its values.
type facetView struct {
	Key, Title string
	Items      []choice
	More       []choice // beyond the first ones
	On         bool
}

// A choice is a link among others.
type choice struct {
	Name, Label, Href string
	N                 int
	On                bool
	Sign              string
}

// facetItems is how many values of a facet stand open.
const facetItems = 8

func (s *Server) boardPage(w http.ResponseWriter, v *view) error {
	v.Title, v.Here = v.T("nav.board"), "board"
	if !s.Board.Loaded() {
		return fmt.Errorf("%w: %s", claims.ErrUnavailable, v.T("board.loading"))
	}
	q := v.r.URL.Query()
	f, err := filterOf(q)
	if err != nil {
		return err
	}
	res, err := s.Board.Find(v.r.Context(), board.Query{Filter: f, Cursor: q.Get("cursor")})
	if err != nil {
		return err
	}
	own := filterValues(q)
	d := boardData{Words: q.Get("q"), Total: res.Total, From: res.From + 1, To: res.From + len(res.Rows), Generation: res.Generation, Board: s.Board.Len(), Query: own.Encode(), Feed: "/feed.atom" + with(own, "sort", "", "limit", "")[1:]}
	for _, r := range res.Rows {
		d.Rows = append(d.Rows, s.rowView(r))
	}
	d.Facets = s.facetViews(v, own, f, res.Facets)
	d.Active = s.activeFilters(v, own, f)
	for _, order := range claims.Sorts {
		d.Sorts = append(d.Sorts, choice{Label: v.T("sort." + order), Href: with(own, "sort", strings.TrimPrefix(order, "changed")), On: order == f.Sort || f.Sort == "" && order == "changed"})
	}
	if q.Get("cursor") != "" {
		d.First = with(own, "cursor", "")
	}
	if res.Next != "" {
		d.Next = with(own, "cursor", res.Next)
	}
	d.Exports = s.exports(v, without(own, "limit"))
	for _, key := range []string{"status", "topic", "source", "language", "since", "until", "unit", "min", "max", "sort"} {
		if x := own.Get(key); x != "" {
			d.Keep = append(d.Keep, choice{Name: key, Label: x})
		}
	}
	if d.Words != "" {
		v.Title = plain(d.Words) + " · " + v.Title
	}
	return s.show(w, v, "board.html", d)
}

// filterKeys are the parameters that make a view of the board; cursor and notices are not of it.
var filterKeys = []string{"q", "status", "topic", "source", "language", "since", "until", "unit", "min", "max", "sort", "limit"}

// filterValues are an address's filters alone.
func filterValues(q url.Values) url.Values {
	own := url.Values{}
	for _, k := range filterKeys {
		if x := q.Get(k); x != "" {
			own.Set(k, x)
		}
	}
	return own
}

// with is the link to a view with one parameter changed; "" takes it away.
func with(q url.Values, pairs ...string) string {
	out := url.Values{}
	for k, x := range q {
		out[k] = x
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			out.Del(pairs[i])
		} else {
			out.Set(pairs[i], pairs[i+1])
		}
	}
	return "/?" + out.Encode()
}

// without are parameters without one of them.
func without(q url.Values, key string) url.Values {
	out := url.Values{}
	for k, x := range q {
		if k != key {
			out[k] = x
		}
	}
	return out
}

func (s *Server) rowView(r claims.Summary) rowView {
	out := rowView{Summary: r, Shown: r.Shown()}
	for _, t := range r.Topics {
		out.Topics = append(out.Topics, s.topicName(t))
	}
	for i, id := range r.Sources {
		if i == 3 {
			out.More = len(r.Sources) - 3
			break
		}
		out.Sources = append(out.Sources, s.sourceName(id))
	}
	return out
}

func (s *Server) topicName(id string) string {
	for _, t := range s.Settings.Topics {
		if t.ID == id && t.Name != "" {
			return plain(t.Name)
		}
	}
	return plain(id)
}

func (s *Server) languageName(v *view, lang string) string {
	if v.Has("language." + lang) {
		return v.T("language." + lang)
	}
	return plain(lang)
}

func (s *Server) facetViews(v *view, own url.Values, f claims.Filter, in board.Facets) []facetView {
	toggle := func(key, now, value string) string {
		if now == value {
			value = ""
		}
		return with(own, key, value)
	}
	var out []facetView
	add := func(key, now string, counts []board.Count, label func(string) string) {
		fv := facetView{Key: key, Title: v.T("facet." + key), On: now != ""}
		for _, c := range counts {
			it := choice{Name: c.Name, Label: label(c.Name), N: c.N, On: c.Name == now, Href: toggle(key, now, c.Name)}
			if key == "status" {
				it.Sign = sign(c.Name)
			}
			if len(fv.Items) < facetItems || it.On {
				fv.Items = append(fv.Items, it)
			} else if len(fv.More) < 100 {
				fv.More = append(fv.More, it)
			}
		}
		if len(fv.Items) > 0 {
			out = append(out, fv)
		}
	}
	add("status", string(f.Status), in.Status, func(n string) string { return v.T("status." + n) })
	add("topic", f.Topic, in.Topic, s.topicName)
	add("source", string(f.Source), in.Source, func(n string) string { return s.sourceName(claims.SourceID(n)) })
	add("language", f.Language, in.Language, func(n string) string { return s.languageName(v, n) })
	days := facetView{Key: "changed", Title: v.T("facet.changed"), On: !f.Since.IsZero() || !f.Until.IsZero()}
	for _, sp := range in.Changed {
		on := sp.From.Equal(f.Since) && sp.To.Equal(f.Until)
		it := choice{Label: spanWords(v, sp), N: sp.N, On: on, Href: with(own, "since", sp.From.Format(time.DateOnly), "until", sp.To.Format(time.DateOnly))}
		if on {
			it.Href = with(own, "since", "", "until", "")
		}
		days.Items = append(days.Items, it)
	}
	if len(days.Items) > 0 {
		out = append(out, days)
	}
	return out
}

func spanWords(v *view, sp board.Span) string {
	switch days := sp.To.Sub(sp.From).Hours() / 24; {
	case days < 2:
		return v.Date(sp.From)
	case days < 40:
		return v.Month(sp.From)
	}
	return sp.From.Format("2006")
}

func (s *Server) activeFilters(v *view, own url.Values, f claims.Filter) []choice {
	var out []choice
	add := func(key, label string, drop ...string) {
		pairs := []string{key, ""}
		for _, d := range drop {
			pairs = append(pairs, d, "")
		}
		out = append(out, choice{Name: v.T("facet." + key), Label: label, Href: with(own, pairs...)})
	}
	if len(f.Words) > 0 {
		add("q", plain(strings.Join(f.Words, " ")))
	}
	if f.Status != "" {
		add("status", v.T("status."+string(f.Status)))
	}
	if f.Topic != "" {
		add("topic", s.topicName(f.Topic))
	}
	if f.Source != "" {
		add("source", s.sourceName(f.Source))
	}
	if f.Language != "" {
		add("language", s.languageName(v, f.Language))
	}
	switch {
	case !f.Since.IsZero() && !f.Until.IsZero():
		add("since", spanOrRange(v, f), "until")
	case !f.Since.IsZero():
		add("since", v.T("period.since", v.Date(f.Since)))
	case !f.Until.IsZero():
		add("until", v.T("period.before", v.Date(f.Until)))
	}
	if f.Unit != "" {
		add("unit", plain(f.Unit))
	}
	if f.Min.Known() {
		add("min", "≥ "+v.Number(f.Min))
	}
	if f.Max.Known() {
		add("max", "≤ "+v.Number(f.Max))
	}
	return slices.Clip(out)
}

func spanOrRange(v *view, f claims.Filter) string {
	if f.Until.Sub(f.Since) <= 24*time.Hour {
		return v.Date(f.Since)
	}
	return v.T("period.range", v.Date(f.Since), v.Date(f.Until.Add(-time.Second)))
}
