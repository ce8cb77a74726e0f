package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"tallywire/access"
	"tallywire/claims"
)

type listInput struct {
	FilterParams
	Limit  int    `query:"limit" minimum:"0" maximum:"200" doc:"Claims a page; 0 is 50"`
	Cursor string `query:"cursor" maxLength:"2000" doc:"next of the page before"`
	Full   bool   `query:"full" doc:"With every mention and the whole history"`
	IfNone string `header:"If-None-Match"`
	url    *url.URL
}

// Resolve implements huma.Resolver: it keeps the address, for the link to the next page.
func (i *listInput) Resolve(ctx huma.Context) []error {
	u := ctx.URL()
	i.url = &u
	return nil
}

type listOutput struct {
	ETag  string `header:"ETag"`
	Link  string `header:"Link"`
	Cache string `header:"Cache-Control"`
	Body  claimList
}

// A claimList is a page of the board.
type claimList struct {
	Claims []claims.Claim `json:"claims" nullable:"false"`
	Total  int            `json:"total" doc:"Over all pages"`
	Next   string         `json:"next,omitempty" doc:"Cursor of the next page; missing at the end"`
	URL    string         `json:"next_url,omitempty" doc:"Address of the next page"`
}

type oneInput struct {
	ID     string `path:"id" maxLength:"64" example:"c_0123456789abcdef"`
	IfNone string `header:"If-None-Match"`
}

type oneOutput struct {
	ETag  string `header:"ETag"`
	Cache string `header:"Cache-Control"`
	Body  claims.Claim
}

type historyOutput struct {
	ETag  string `header:"ETag"`
	Cache string `header:"Cache-Control"`
	Body  claimHistory
}

// A claimHistory is every change of one claim, oldest first.
type claimHistory struct {
	History []claims.Change `json:"history" nullable:"false"`
}

const revalidate = "private, no-cache" // keep it, and ask each time whether it still holds

// notModified is a 304 with its tag.
func notModified(tag string) error {
	return huma.ErrorWithHeaders(huma.Status304NotModified(), http.Header{"ETag": {tag}, "Cache-Control": {revalidate}})
}

func tagOfJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic("api: " + err.Error()) // terms of package claims always have a JSON form
	}
	return tagOf(raw)
}

func (a *API) claimRoutes() {
	huma.Register(a.huma, a.operation("listClaims", http.MethodGet, "/api/v1/claims", access.Read, "The board: claims that filters pick"), a.listClaims)
	one := a.operation("getClaim", http.MethodGet, "/api/v1/claims/{id}", access.Read, "One claim with its mentions, reasons and history")
	one.Errors = append(one.Errors, http.StatusNotFound)
	huma.Register(a.huma, one, func(ctx context.Context, in *oneInput) (*oneOutput, error) {
		c, err := a.Store.Claim(ctx, claims.ClaimID(in.ID))
		if err != nil {
			return nil, a.fault(err)
		}
		tag := tagOfJSON(c)
		if in.IfNone != "" && tagMatches(in.IfNone, tag) {
			return nil, notModified(tag)
		}
		return &oneOutput{tag, revalidate, c}, nil
	})
	history := a.operation("getHistory", http.MethodGet, "/api/v1/claims/{id}/history", access.Read, "Every change of one claim, oldest first")
	history.Errors = append(history.Errors, http.StatusNotFound)
	huma.Register(a.huma, history, func(ctx context.Context, in *oneInput) (*historyOutput, error) {
		c, err := a.Store.Claim(ctx, claims.ClaimID(in.ID))
		if err != nil {
			return nil, a.fault(err)
		}
		if c.History == nil {
			c.History = []claims.Change{}
		}
		tag := tagOfJSON(c.History)
		if in.IfNone != "" && tagMatches(in.IfNone, tag) {
			return nil, notModified(tag)
		}
		return &historyOutput{tag, revalidate, claimHistory{c.History}}, nil
	})
}

func (a *API) listClaims(ctx context.Context, in *listInput) (*listOutput, error) {
	f, err := in.filter()
	if err != nil {
		return nil, a.fault(err)
	}
	limit := in.Limit
	if limit == 0 {
		limit = defaultPage
	}
	picked, err := a.Board.Pick(ctx, f, in.Cursor, min(limit, maxPage))
	if err != nil {
		return nil, a.fault(err)
	}
	list, err := a.load(ctx, picked.IDs)
	if err != nil {
		return nil, a.fault(err)
	}
	for i := range list {
		if !in.Full {
			list[i].Mentions, list[i].History = nil, nil
		}
	}
	out := &listOutput{Cache: revalidate, Body: claimList{Claims: list, Total: picked.Total, Next: picked.Next}}
	if picked.Next != "" {
		q := in.url.Query()
		q.Set("cursor", picked.Next)
		q.Set("limit", strconv.Itoa(limit))
		out.Body.URL = in.url.Path + "?" + q.Encode()
		out.Link = "<" + out.Body.URL + `>; rel="next"`
	}
	out.ETag = tagOfJSON(out.Body)
	if in.IfNone != "" && tagMatches(in.IfNone, out.ETag) {
		return nil, notModified(out.ETag)
	}
	return out, nil
}
