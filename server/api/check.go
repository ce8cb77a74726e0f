package api

import (
	"context"
	"encoding/json"
	"mime"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"tallywire/access"
	"tallywire/claims"
)

type checkInput struct {
	Type    string `header:"Content-Type"`
	Lang    string `query:"lang" maxLength:"35" doc:"BCP 47; found out where it is not given"`
	RawBody []byte
}

// A draft is what is checked.
type draft struct {
	Text string `json:"text" doc:"The draft"`
	Lang string `json:"lang,omitempty" doc:"BCP 47; found out where it is not given"`
}

type checkOutput struct{ Body checkedDraft }

// A checkedDraft has each number of a draft with what the board says of it.
type checkedDraft struct {
	Numbers []claims.Checked `json:"numbers" nullable:"false"`
}

func (a *API) checkRoute() {
	op := a.operation("checkDraft", http.MethodPost, "/api/v1/check", access.Read, "Every number of a draft against the board; nothing is kept")
	schema := a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[draft](), true, "Draft")
	op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/json": {Schema: schema},
		"text/plain":       {Schema: &huma.Schema{Type: huma.TypeString}},
	}}
	op.SkipValidateBody = true // read below, in both its forms
	huma.Register(a.huma, op, func(ctx context.Context, in *checkInput) (*checkOutput, error) {
		d := draft{Text: string(in.RawBody), Lang: in.Lang}
		if kind, _, err := mime.ParseMediaType(in.Type); in.Type == "" || err == nil && kind == "application/json" {
			d = draft{Lang: in.Lang}
			if err := json.Unmarshal(in.RawBody, &d); err != nil {
				return nil, huma.NewError(http.StatusUnprocessableEntity, `the body is no draft; send {"text": "..."} or plain text`)
			}
		}
		if d.Text == "" {
			return nil, huma.NewError(http.StatusUnprocessableEntity, `there is no text; send {"text": "..."} or plain text`)
		}
		numbers, err := a.Check(ctx, d.Text, d.Lang)
		if err != nil {
			return nil, a.fault(err)
		}
		return &checkOutput{checkedDraft{numbers}}, nil
	})
}

type sourcesOutput struct{ Body sourceList }

type sourceList struct {
	Sources []Source `json:"sources" nullable:"false"`
}

func (a *API) sourcesRoute() {
	huma.Register(a.huma, a.operation("listSources", http.MethodGet, "/api/v1/sources", access.Read, "The sources with their health"), func(ctx context.Context, _ *struct{}) (*sourcesOutput, error) {
		list, err := a.Sources(ctx)
		if err != nil {
			return nil, a.fault(err)
		}
		return &sourcesOutput{sourceList{list}}, nil
	})
}
