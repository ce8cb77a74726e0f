package server

import (
	"net/http"
)

// Handler is all routes.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page(s.boardPage))
	mux.HandleFunc("GET /claims/{id}", s.page(s.claimPage))
	mux.HandleFunc("POST /claims/{id}/review", s.form(s.review))
	mux.HandleFunc("POST /claims/{id}/merge", s.form(s.merge))
	mux.HandleFunc("POST /claims/{id}/split", s.form(s.split))
	mux.HandleFunc("POST /claims/{id}/undo", s.form(s.undo))
	mux.HandleFunc("GET /archive/{claim}/{mention}", s.page(s.archivePage))
	mux.HandleFunc("GET /archive/{claim}/{mention}/page", s.archivedHTML)
	mux.HandleFunc("GET /check", s.page(s.checkPage))
	mux.HandleFunc("POST /check", s.page(s.checkDraft)) // changes nothing: no form token
	mux.HandleFunc("GET /sources", s.page(s.sourcesPage))
	mux.HandleFunc("POST /sources/crawl", s.form(s.crawlNow))
	mux.HandleFunc("POST /sources/test", s.form(s.testSource))
	mux.HandleFunc("POST /sources/add", s.form(s.addSource))
	mux.HandleFunc("GET /topics", s.page(s.topicsPage))
	mux.HandleFunc("POST /topics/save", s.form(s.saveSearch))
	mux.HandleFunc("POST /topics/forget", s.form(s.forgetSearch))
	mux.HandleFunc("GET /events", s.events)
	mux.HandleFunc("GET /static/{name}", s.asset)
	if s.Routes != nil {
		s.Routes(mux)
	}
	mux.HandleFunc("/", s.page(s.noPage))
	return s.guard(http.NewCrossOriginProtection().Handler(mux))
}
