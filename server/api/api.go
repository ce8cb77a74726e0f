// Package api is the JSON API under /api/v1 with what belongs beside it: feeds, metrics, health. Its
// description in OpenAPI 3.1 is made from the code. Answers are the JSON of the command line; errors are
// RFC 9457 problem documents.
//
// Reading needs no token on this machine and one of scope read elsewhere; writing needs one always. Start
// with New, then Register it on a mux, or serve its Handler alone.
package api

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"tallywire/access"
	"tallywire/claims"
	"tallywire/report"
)

// Store is what the API reads beside the Board.
type Store interface {
	Claim(ctx context.Context, id claims.ClaimID) (claims.Claim, error)
	Claims(ctx context.Context, after claims.ClaimID, limit int) ([]claims.Claim, claims.ClaimID, error)
	Decisions(ctx context.Context) ([]claims.Decision, error)
}

// A Board picks claims. Scan is one over a bare store.
type Board interface {
	// Pick returns up to limit claims that a filter picks, in its order, from behind cursor ("" from the start); limit 0
	// takes all. The error wraps claims.ErrInvalid for a filter or cursor that cannot be meant.
	Pick(ctx context.Context, f claims.Filter, cursor string, limit int) (Picked, error)
}

// A Picked is one page of claims.
type Picked struct {
	IDs   []claims.ClaimID
	Total int    // over all pages
	Next  string // cursor of the next page, "" at the end
}

// An Editor keeps an editor's decision and judges again. It sets ID and At, and returns the decision as kept.
type Editor interface {
	Decide(ctx context.Context, d claims.Decision) (claims.Decision, error)
}

// Options are what an API is made of. Store, Tokens, Audit and Log are needed; routes whose part is nil answer 404.
type Options struct {
	Store  Store
	Board  Board // Scan of Store
	Tokens *access.Tokens
	Audit  *access.Log
	Log    *slog.Logger
	Now    func() time.Time // time.Now
	Editor Editor
	// Check sets a draft's numbers against the board; lang is a BCP 47 tag or "".
	Check func(ctx context.Context, text, lang string) ([]claims.Checked, error)
	// Sources lists the sources with their health, as `sources --format json` does.
	Sources func(ctx context.Context) ([]Source, error)
	// Pack writes a verdict pack.
	Pack    func(ctx context.Context, cs []claims.Claim, w io.Writer) error
	Edition report.Edition // of exports and feeds
	Version string         // of the program
	Hosts   []string       // names, beside addresses and localhost, under which it may be asked without a token
	// Rate and Burst bound the requests of one token, or of one address without: a second, and at once. 0: 50 and 100.
	Rate, Burst int
}

// A Source is one source with how it fares.
type Source struct {
	claims.Source
	Type string             `json:"type"`
	URL  string             `json:"url"`
	Now  claims.SourceState `json:"health"`
}

// An API answers requests; its handler is safe for concurrent use.
type API struct {
	Options
	inner     *http.ServeMux
	huma      huma.API
	scopes    map[string]access.Scope // by pattern; "" is open to all
	requests  *limiter                // per token or address
	failures  *limiter                // wrong tokens per address
	inFlight  chan struct{}
	exporting chan struct{}
	reviewing sync.Mutex // between reading a claim's version and changing it
	metrics   *metrics
}

// Limits of reliability.md 5.3.
const (
	maxBody     = 1 << 20
	maxQuery    = 8 << 10
	maxParams   = 64
	maxDepth    = 64
	maxPage     = 200
	defaultPage = 50
	maxInFlight = 256
	maxExports  = 2
)

// New makes an API. It panics where a route is described wrongly, which no input can bring about.
func New(o Options) *API {
	if o.Board == nil {
		o.Board = Scan{o.Store}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rate == 0 {
		o.Rate, o.Burst = 50, 100
	}
	a := &API{Options: o, inner: http.NewServeMux(), scopes: map[string]access.Scope{}, requests: newLimiter(float64(o.Rate), o.Burst, o.Now), failures: newLimiter(1.0/6, 10, o.Now),
		inFlight: make(chan struct{}, maxInFlight), exporting: make(chan struct{}, maxExports)}
	a.metrics = newMetrics(a)
	config := huma.DefaultConfig("tallywire", o.Version)
	config.Info.Description = "Numbers in the news and what the sources make of them. Reading needs no token on the machine that serves; writing needs one always."
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", "" // our own route; the docs page would load scripts from elsewhere
	config.CreateHooks = nil                                             // no "$schema" in answers
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer", Description: "made by `tallywire token create`"}}
	a.huma = humago.New(a.inner, config)
	aliases(a.huma.OpenAPI().Components.Schemas)
	a.routes()
	nullable(a.huma.OpenAPI().Components.Schemas, "Claim", "review")
	return a
}

// routes are all routes.
func (a *API) routes() {
	a.claimRoutes()
	if a.Editor != nil {
		a.reviewRoute()
	}
	if a.Check != nil {
		a.checkRoute()
	}
	if a.Sources != nil {
		a.sourcesRoute()
	}
	a.exportRoute()
	a.tokenRoutes()
	a.auditRoute()
	a.plain("GET /api/v1/openapi.json", "", a.openAPI)
	a.plain("GET /healthz", "", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	a.plain("GET /readyz", "", a.ready)
	a.plain("GET /metrics", access.Admin, a.metrics.handler().ServeHTTP)
	for _, kind := range []string{"atom", "rss", "json"} {
		a.plain("GET /feed."+kind, access.Read, a.feed(kind))
	}
}

// plain adds a route that huma does not describe.
func (a *API) plain(pattern string, scope access.Scope, h http.HandlerFunc) {
	a.scopes[pattern] = scope
	a.inner.HandleFunc(pattern, h)
}

// operation begins the description of a route of scope read or more.
func (a *API) operation(id, method, path string, scope access.Scope, summary string) huma.Operation {
	a.scopes[method+" "+path] = scope
	op := huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"board"}, Security: []map[string][]string{{"token": {}}}, MaxBodyBytes: maxBody,
		Errors: []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusUnprocessableEntity, http.StatusTooManyRequests}}
	if scope == access.Read {
		op.Security = append(op.Security, map[string][]string{}) // none needed on this machine
	} else {
		op.Tags = []string{"desk"}
	}
	op.Description = "Scope: " + string(scope) + "."
	return op
}

// Register adds the routes to a mux.
func (a *API) Register(mux *http.ServeMux) {
	h := a.guard(a.inner)
	for _, path := range []string{"/api/v1/", "/healthz", "/readyz", "/metrics", "/feed.atom", "/feed.rss", "/feed.json"} {
		mux.Handle(path, h)
	}
}

// Handler is the API alone.
func (a *API) Handler() http.Handler {
	mux := http.NewServeMux()
	a.Register(mux)
	return mux
}

// openAPI answers with the description of the API.
func (a *API) openAPI(w http.ResponseWriter, r *http.Request) {
	raw, err := a.Description()
	if err != nil {
		a.problem(w, r, err)
		return
	}
	a.cached(w, r, "application/vnd.oai.openapi+json;version=3.1", raw)
}

// Description is the OpenAPI 3.1 document.
func (a *API) Description() ([]byte, error) { return a.huma.OpenAPI().MarshalJSON() }

func (a *API) ready(w http.ResponseWriter, r *http.Request) {
	if _, _, err := a.Store.Claims(r.Context(), "", 1); err != nil {
		a.problem(w, r, fmt.Errorf("%w: the store does not answer: %w", claims.ErrUnavailable, err))
		return
	}
	fmt.Fprintln(w, "ready")
}
