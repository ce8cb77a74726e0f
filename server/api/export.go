package api

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"tallywire/access"
	"tallywire/report"
)

type exportInput struct {
	FilterParams
	Format    string `query:"format" default:"json" enum:"json,jsonl,csv,xlsx,md,html,claimreview,pack" doc:"See the command export"`
	Limit     int    `query:"limit" minimum:"0" doc:"At most so many claims; 0 for all"`
	Excel     bool   `query:"excel" doc:"csv: begin with the byte order mark by which Excel knows UTF-8"`
	Comma     bool   `query:"comma" doc:"csv: decimal comma, cells parted by semicolons"`
	Automatic bool   `query:"include_automatic" doc:"claimreview: also what no person has reviewed, marked so"`
	Title     string `query:"title" maxLength:"200" doc:"md, html: the title"`
}

// writeLimit is how long a client may take for 64 KiB of an export.
const writeLimit = 30 * time.Second

func (a *API) exportRoute() {
	op := a.operation("exportClaims", http.MethodGet, "/api/v1/export", access.Read, "The report: claims with every mention and the whole history, as a file")
	op.Errors = append(op.Errors, http.StatusServiceUnavailable)
	content := map[string]*huma.MediaType{"application/zip": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}
	for _, f := range report.Formats {
		content[report.ContentType(f)] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	op.Responses = map[string]*huma.Response{"200": {Description: "The file", Content: content}}
	huma.Register(a.huma, op, a.export)
}

func (a *API) export(ctx context.Context, in *exportInput) (*huma.StreamResponse, error) {
	select {
	case a.exporting <- struct{}{}:
		defer func() { <-a.exporting }()
	default:
		return nil, huma.ErrorWithHeaders(huma.NewError(http.StatusServiceUnavailable, "other exports are being written; ask again in a few seconds"), http.Header{"Retry-After": {"5"}})
	}
	f, err := in.filter()
	if err != nil {
		return nil, a.fault(err)
	}
	picked, err := a.Board.Pick(ctx, f, "", in.Limit)
	if err != nil {
		return nil, a.fault(err)
	}
	cs, err := a.load(ctx, picked.IDs)
	if err != nil {
		return nil, a.fault(err)
	}
	kind, ending := report.ContentType(in.Format), report.Extension(in.Format)
	var b bytes.Buffer // whole before the first byte goes out: the store is not held while a slow client reads
	if in.Format == "pack" {
		if a.Pack == nil {
			return nil, huma.NewError(http.StatusNotFound, "this desk writes no packs")
		}
		kind, ending, err = "application/zip", "pack.zip", a.Pack(ctx, cs, &b)
	} else {
		e := a.Edition
		e.Excel, e.Comma, e.Automatic, e.Title = in.Excel, in.Comma, in.Automatic, in.Title
		err = e.Write(&b, in.Format, cs)
	}
	if err != nil {
		return nil, a.fault(err)
	}
	head, err := a.Audit.Head(ctx)
	if err != nil {
		return nil, a.fault(err)
	}
	return &huma.StreamResponse{Body: func(out huma.Context) {
		out.SetHeader("Content-Type", kind)
		out.SetHeader("Content-Disposition", fmt.Sprintf(`attachment; filename="tallywire.%s"`, ending))
		out.SetHeader("Tallywire-Audit-Head", head.String()) // an anchor outside of the store, in whoever keeps the report
		w := out.BodyWriter()
		deadline, _ := w.(http.ResponseWriter)
		for part := range slices.Chunk(b.Bytes(), 64<<10) {
			if deadline != nil {
				_ = http.NewResponseController(deadline).SetWriteDeadline(time.Now().Add(writeLimit)) // where the connection has none, nothing is to be set
			}
			if _, err := w.Write(part); err != nil {
				return // the reader is gone
			}
		}
	}}, nil
}
