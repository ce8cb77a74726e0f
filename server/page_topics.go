package server

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"tallywire/board"
	"tallywire/claims"
)

// A topicsData is what topics.html shows.
type topicsData struct {
	Topics   []topicRow
	Searches []searchRow
}

type topicRow struct {
	Name     string
	Terms    []string
	Href     string
	N        int
	Statuses []choice
	Latest   time.Time
}

type searchRow struct {
	savedSearch
	Href string
	Feed string // address of its changes as a feed
	N    int
	Bad  bool // its filter can no longer be read
}

// A savedSearch is a view of the board under a name. It is kept in the store's setting savedSetting.
type savedSearch struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	Query string    `json:"query"` // the board's parameters
	By    string    `json:"by,omitempty"`
	At    time.Time `json:"at"`
}

const (
	savedSetting = "saved_searches"
	maxSaved     = 500
)

// savedSearches serialises changes of the list.
type savedSearches struct{ mu sync.Mutex }

// everything are the facets of the whole board.
func (s *Server) everything(v *view) board.Facets {
	res, err := s.Board.Find(v.r.Context(), board.Query{Filter: claims.Filter{Limit: 1}})
	if err != nil {
		return board.Facets{} // only where words are searched for
	}
	return res.Facets
}

func (s *Server) topicsPage(w http.ResponseWriter, v *view) error {
	v.Title, v.Here = v.T("nav.topics"), "topics"
	var d topicsData
	for _, t := range s.Settings.Topics {
		row := topicRow{Name: s.topicName(t.ID), Href: with(nil, "topic", t.ID)}
		for _, term := range t.Terms {
			row.Terms = append(row.Terms, plain(term))
		}
		res, err := s.Board.Find(v.r.Context(), board.Query{Filter: claims.Filter{Topic: t.ID, Limit: 1}})
		if err != nil {
			return err
		}
		row.N = res.Total
		if len(res.Rows) > 0 {
			row.Latest = res.Rows[0].LastChanged
		}
		for _, c := range res.Facets.Status {
			row.Statuses = append(row.Statuses, choice{Name: c.Name, Label: v.T("status." + c.Name), N: c.N, Sign: sign(c.Name), Href: with(url.Values{"topic": {t.ID}}, "status", c.Name)})
		}
		d.Topics = append(d.Topics, row)
	}
	list, err := s.searches(v.r.Context())
	if err != nil {
		return err
	}
	for _, x := range list {
		row := searchRow{savedSearch: x, Href: "/?" + x.Query, Feed: "/feed.atom?" + x.Query}
		q, err := url.ParseQuery(x.Query)
		if err == nil {
			var f claims.Filter
			if f, err = filterOf(q); err == nil {
				f.Limit = 1
				var res board.Result
				if res, err = s.Board.Find(v.r.Context(), board.Query{Filter: f}); err == nil {
					row.N = res.Total
				}
			}
		}
		row.Bad = err != nil
		d.Searches = append(d.Searches, row)
	}
	return s.show(w, v, "topics.html", d)
}

// searches are the saved ones, by name.
func (s *Server) searches(ctx context.Context) ([]savedSearch, error) {
	raw, err := s.Store.Setting(ctx, savedSetting)
	if errors.Is(err, claims.ErrNotFound) || err == nil && raw == "" {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read saved searches: %w", err)
	}
	var list []savedSearch
	if err := json.Unmarshal([]byte(raw), &list); err != nil {
		return nil, fmt.Errorf("read saved searches: %w", err)
	}
	slices.SortFunc(list, func(a, b savedSearch) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.ID, b.ID))
	})
	return list, nil
}

// change rewrites the list of saved searches.
func (s *Server) change(ctx context.Context, f func([]savedSearch) ([]savedSearch, error)) error {
	s.saved.mu.Lock()
	defer s.saved.mu.Unlock()
	list, err := s.searches(ctx)
	if err != nil {
		return err
	}
	if list, err = f(list); err != nil {
		return err
	}
	raw, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return s.Store.PutSetting(ctx, savedSetting, string(raw))
}

func (s *Server) saveSearch(w http.ResponseWriter, v *view) error {
	name := strings.TrimSpace(v.r.PostFormValue("name"))
	q, err := url.ParseQuery(v.r.PostFormValue("query"))
	if err == nil {
		_, err = filterOf(q)
	}
	switch {
	case name == "" || !utf8.ValidString(name) || utf8.RuneCountInString(name) > maxName:
		return fmt.Errorf("%w: %s", claims.ErrInvalid, v.T("topics.noname", maxName))
	case err != nil:
		return fmt.Errorf("%w: %s", claims.ErrInvalid, v.T("topics.badquery"))
	}
	own := filterValues(q)
	own.Del("limit")
	x := savedSearch{Name: name, Query: own.Encode(), By: editor(v.r), At: v.now}
	sum := sha256.Sum256([]byte(x.Name + "\x00" + x.Query))
	x.ID = "s_" + hex.EncodeToString(sum[:8])
	err = s.change(v.r.Context(), func(list []savedSearch) ([]savedSearch, error) {
		if slices.ContainsFunc(list, func(y savedSearch) bool { return y.ID == x.ID }) {
			return list, nil
		}
		if len(list) >= maxSaved {
			return nil, fmt.Errorf("%w: %s", claims.ErrInvalid, v.T("topics.full", maxSaved))
		}
		return append(list, x), nil
	})
	if err != nil {
		return err
	}
	http.Redirect(w, v.r, "/topics?done=saved#searches", http.StatusSeeOther)
	return nil
}

func (s *Server) forgetSearch(w http.ResponseWriter, v *view) error {
	id := v.r.PostFormValue("id")
	err := s.change(v.r.Context(), func(list []savedSearch) ([]savedSearch, error) {
		return slices.DeleteFunc(list, func(y savedSearch) bool { return y.ID == id }), nil
	})
	if err != nil {
		return err
	}
	http.Redirect(w, v.r, "/topics?done=forgot#searches", http.StatusSeeOther)
	return nil
}
