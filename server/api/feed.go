package api

import (
	"bytes"
	"net/http"
	"net/url"

	"tallywire/claims"
	"tallywire/report"
)

// maxFeed is how many entries a feed has, and of how many claims they are taken.
const maxFeed = 100

// feed answers with the changes of status of what the filters pick.
func (a *API) feed(kind string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		f, err := FilterParams{Q: q.Get("q"), Status: q.Get("status"), Topic: q.Get("topic"), Source: q.Get("source"), Language: q.Get("language"), Since: q.Get("since"), Until: q.Get("until"),
			Unit: q.Get("unit"), Min: q.Get("min"), Max: q.Get("max")}.filter()
		if err != nil {
			a.problem(w, r, err)
			return
		}
		picked, err := a.Board.Pick(r.Context(), f, "", maxFeed)
		var cs []claims.Claim
		if err == nil {
			cs, err = a.load(r.Context(), picked.IDs)
		}
		if err != nil {
			a.problem(w, r, err)
			return
		}
		e := a.Edition
		if e.Base == "" {
			e.Base = "http://" + r.Host
			if u, err := url.Parse(e.Base); err != nil || u.Host != r.Host || u.User != nil {
				refuse(w, http.StatusBadRequest, "the Host header is no host")
				return
			}
		}
		var b bytes.Buffer
		if err := e.Feed(&b, kind, r.URL.RequestURI(), cs, maxFeed); err != nil {
			a.problem(w, r, err)
			return
		}
		a.cached(w, r, report.FeedType(kind), b.Bytes())
	}
}
