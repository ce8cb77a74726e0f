package server

import (
	"net/http"
)

// A route is an address with what answers it.
type route struct {
	pattern string
	answer  http.HandlerFunc
}

// routes are all addresses but those of Options.Routes. What begins with POST changes something and is a form, but for a draft's
// check, which keeps nothing and so needs no token.
func (s *Server) routes() []route {
	return []route{
		{"GET /{$}", s.page(s.boardPage)},
		{"GET /claims/{id}", s.page(s.claimPage)},
		{"POST /claims/{id}/review", s.form(s.review)},
		{"POST /claims/{id}/merge", s.form(s.merge)},
		{"POST /claims/{id}/split", s.form(s.split)},
		{"POST /claims/{id}/undo", s.form(s.undo)},
		{"GET /archive/{claim}/{mention}", s.page(s.archivePage)},
		{"GET /archive/{claim}/{mention}/page", s.archivedHTML},
		{"GET /check", s.page(s.checkPage)},
		{"POST /check", s.page(s.checkDraft)},
		{"GET /sources", s.page(s.sourcesPage)},
		{"POST /sources/crawl", s.form(s.crawlNow)},
		{"POST /sources/test", s.form(s.testSource)},
		{"POST /sources/add", s.form(s.addSource)},
		{"GET /topics", s.page(s.topicsPage)},
		{"POST /topics/save", s.form(s.saveSearch)},
		{"POST /topics/forget", s.form(s.forgetSearch)},
		{"GET /events", s.events},
		{"GET /static/{name}", s.asset},
	}
}

// Handler is all routes.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.HandleFunc(r.pattern, r.answer)
	}
	if s.Routes != nil {
		s.Routes(mux)
	}
	mux.HandleFunc("/", s.page(s.noPage))
	return s.guard(http.NewCrossOriginProtection().Handler(mux))
}
