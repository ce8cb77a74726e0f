package server

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"tallywire/claims"
)

// A sourcesData is what sources.html shows.
type sourcesData struct {
	Rows     []sourceRow
	Running  bool
	Crawls   bool // whether passes can be asked for here
	Found    *Finding
	Asked    string    // the address that was tested
	New      NewSource // the form of a source to add
	Lines    string    // the same as lines of config.yaml
	Problem  string
	Classes  []claims.Class
	Claims   map[claims.SourceID]int // on the board that mention it
	Troubled int
}

// A sourceRow is one source with how it fares.
type sourceRow struct {
	Source
	State  claims.SourceState
	Word   string // ok, never, running, or the state
	Good   bool
	Help   string // what to do about the state
	Fails  []choice
	Pass   *Pass
	Claims int
	Link   string
}

func (s *Server) sourcesPage(w http.ResponseWriter, v *view) error {
	d, err := s.sourcesData(v)
	if err != nil {
		return err
	}
	return s.show(w, v, "sources.html", d)
}

func (s *Server) sourcesData(v *view) (sourcesData, error) {
	v.Title, v.Here = v.T("nav.sources"), "sources"
	d := sourcesData{Crawls: s.Crawls != nil, Classes: claims.Classes}
	var passes []Pass
	if s.Crawls != nil {
		passes = s.Crawls.Passes()
	}
	per := s.perSource(v)
	for _, src := range s.Sources() {
		state, err := s.Store.SourceState(v.r.Context(), src.ID)
		if err != nil && !errors.Is(err, claims.ErrNotFound) {
			return d, err
		}
		row := sourceRow{Source: src, State: state, Word: state.State, Claims: per[src.ID], Link: link(src.URL)}
		if i := slices.IndexFunc(passes, func(p Pass) bool { return p.Source == src.ID }); i >= 0 {
			row.Pass = &passes[i]
			d.Running = d.Running || row.Pass.Running
		}
		switch {
		case row.Pass != nil && row.Pass.Running:
			row.Word, row.Good = "running", true
		case state.LastPass.IsZero():
			row.Word, row.Good = "never", true
		case state.State == "ok":
			row.Good = true
		default:
			d.Troubled++
		}
		if v.Has("state." + row.Word + ".help") {
			row.Help = v.T("state." + row.Word + ".help")
		}
		for key, n := range state.Counts {
			if reason, ok := strings.CutPrefix(key, "failed:"); ok && n > 0 {
				row.Fails = append(row.Fails, choice{Label: plain(reason), N: n})
			}
		}
		slices.SortFunc(row.Fails, func(a, b choice) int { return strings.Compare(a.Label, b.Label) })
		d.Rows = append(d.Rows, row)
	}
	return d, nil
}

// perSource counts the board's claims by source.
func (s *Server) perSource(v *view) map[claims.SourceID]int {
	out := map[claims.SourceID]int{}
	for _, c := range s.everything(v).Source {
		out[claims.SourceID(c.Name)] = c.N
	}
	return out
}

func (s *Server) crawlNow(w http.ResponseWriter, v *view) error {
	if s.Crawls == nil {
		return fmt.Errorf("%w: %s", errForbidden, v.T("sources.nocrawl"))
	}
	var ids []claims.SourceID
	if id := claims.SourceID(v.r.PostFormValue("source")); id != "" {
		if !slices.ContainsFunc(s.Sources(), func(x Source) bool { return x.ID == id }) {
			return fmt.Errorf("source %s: %w", cut(plain(string(id)), 60), claims.ErrNotFound)
		}
		ids = append(ids, id)
	}
	if err := s.Crawls.Start(ids...); err != nil {
		return err
	}
	http.Redirect(w, v.r, "/sources?done=crawl", http.StatusSeeOther)
	return nil
}

// testSource asks an address what it would give, and offers it as a source.
func (s *Server) testSource(w http.ResponseWriter, v *view) error {
	if s.Crawls == nil {
		return fmt.Errorf("%w: %s", errForbidden, v.T("sources.nocrawl"))
	}
	asked := strings.TrimSpace(v.r.PostFormValue("address"))
	if asked == "" || len(asked) > 2000 {
		return fmt.Errorf("%w: %s", claims.ErrInvalid, v.T("sources.noaddress"))
	}
	found, err := s.Crawls.Test(v.r.Context(), asked)
	d, failed := s.sourcesData(v)
	if failed != nil {
		return failed
	}
	d.Asked = plain(asked)
	if err != nil {
		d.Problem = plain(cut(err.Error(), 300))
		return s.show(w, v, "sources.html", d)
	}
	d.Found = &found
	d.New = NewSource{ID: idFrom(found), Name: found.Name, Type: found.Type, URL: found.URL, Account: found.Account, Class: string(claims.ClassOutlet), Language: found.Lang}
	if slices.Contains([]string{"mastodon", "bluesky", "telegram", "x"}, found.Type) {
		d.New.Class = string(claims.ClassSocial)
	}
	d.Lines = d.New.lines()
	return s.show(w, v, "sources.html", d)
}

func (s *Server) addSource(w http.ResponseWriter, v *view) error {
	if s.Crawls == nil {
		return fmt.Errorf("%w: %s", errForbidden, v.T("sources.nocrawl"))
	}
	get := func(k string) string { return strings.TrimSpace(cut(v.r.PostFormValue(k), 2000)) }
	n := NewSource{ID: get("id"), Name: get("name"), Type: get("type"), URL: get("url"), Account: get("account"), Class: get("class"), Owner: get("owner"), Party: get("party"), Language: get("language")}
	if err := s.Crawls.Add(v.r.Context(), n); err != nil {
		if !errors.Is(err, claims.ErrInvalid) {
			return err
		}
		d, failed := s.sourcesData(v)
		if failed != nil {
			return failed
		}
		d.New, d.Found, d.Lines, d.Problem = n, &Finding{Type: n.Type, URL: n.URL, Account: n.Account, Name: n.Name}, n.lines(), plain(cut(err.Error(), 300))
		v.status = http.StatusBadRequest
		return s.show(w, v, "sources.html", d)
	}
	http.Redirect(w, v.r, "/sources?done=add", http.StatusSeeOther)
	return nil
}

var notID = regexp.MustCompile(`[^a-z0-9]+`)

// idFrom makes an ID of what a finding is called.
func idFrom(f Finding) string {
	name := f.Name
	if f.Account != "" {
		name = f.Account
	}
	id := strings.Trim(notID.ReplaceAllString(strings.ToLower(name), "-"), "-")
	if id == "" {
		id = strings.Trim(notID.ReplaceAllString(strings.ToLower(place(f.URL)), "-"), "-")
	}
	return cut(id, 40)
}

// lines are a source as an item of config.yaml. Every value is a quoted JSON string, which YAML reads.
func (n NewSource) lines() string {
	var b strings.Builder
	for i, kv := range [][2]string{{"id", n.ID}, {"name", n.Name}, {"type", n.Type}, {"url", n.URL}, {"account", n.Account}, {"class", n.Class}, {"owner", n.Owner}, {"party", n.Party}, {"language", n.Language}} {
		lead := "    "
		if i == 0 {
			lead = "  - "
		} else if kv[1] == "" {
			continue
		}
		fmt.Fprintf(&b, "%s%s: %q\n", lead, kv[0], kv[1])
	}
	return b.String()
}
