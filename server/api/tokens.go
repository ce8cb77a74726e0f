package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"tallywire/access"
)

type tokenInput struct {
	Body struct {
		Name    string `json:"name" minLength:"1" maxLength:"100" doc:"Who or what uses it"`
		Scope   string `json:"scope" enum:"read,review,admin"`
		Expires int    `json:"expires_hours,omitempty" minimum:"0" maximum:"87600" doc:"Hours that it lives; 0 for ever"`
	}
}

type madeToken struct {
	access.Token
	Secret string `json:"secret" doc:"The token itself, shown this once"`
}

type madeOutput struct{ Body madeToken }

type tokenOutput struct{ Body access.Token }

type tokensOutput struct{ Body tokenList }

type tokenList struct {
	Tokens []access.Token `json:"tokens" nullable:"false"`
}

type tokenID struct {
	ID string `path:"id" maxLength:"64"`
}

func (a *API) tokenRoutes() {
	huma.Register(a.huma, a.operation("listTokens", http.MethodGet, "/api/v1/tokens", access.Admin, "All tokens, without their secrets"), func(ctx context.Context, _ *struct{}) (*tokensOutput, error) {
		list, err := a.Tokens.List(ctx)
		if err != nil {
			return nil, a.fault(err)
		}
		return &tokensOutput{tokenList{list}}, nil
	})
	create := a.operation("createToken", http.MethodPost, "/api/v1/tokens", access.Admin, "Make a token; it is shown this once")
	create.DefaultStatus = http.StatusCreated
	huma.Register(a.huma, create, func(ctx context.Context, in *tokenInput) (*madeOutput, error) {
		if _, err := a.Audit.Append(ctx, access.Entry{Who: who(ctx).name(), What: "token create", Object: in.Body.Name, After: in.Body.Scope}); err != nil {
			return nil, a.fault(err)
		}
		made, secret, err := a.Tokens.Create(ctx, in.Body.Name, access.Scope(in.Body.Scope), time.Duration(in.Body.Expires)*time.Hour)
		if err != nil {
			return nil, a.fault(err)
		}
		return &madeOutput{madeToken{made, secret}}, nil
	})
	revoke := a.operation("revokeToken", http.MethodDelete, "/api/v1/tokens/{id}", access.Admin, "End a token at once")
	revoke.DefaultStatus = http.StatusOK
	revoke.Errors = append(revoke.Errors, http.StatusNotFound)
	huma.Register(a.huma, revoke, func(ctx context.Context, in *tokenID) (*tokenOutput, error) {
		if _, err := a.Audit.Append(ctx, access.Entry{Who: who(ctx).name(), What: "token revoke", Object: in.ID}); err != nil {
			return nil, a.fault(err)
		}
		k, err := a.Tokens.Revoke(ctx, in.ID)
		if err != nil {
			return nil, a.fault(err)
		}
		return &tokenOutput{k}, nil
	})
}

type auditInput struct {
	From  int `query:"from" minimum:"1" default:"1" doc:"Number of the first entry"`
	Limit int `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type auditOutput struct{ Body auditPage }

type auditPage struct {
	Entries []access.Entry `json:"entries" nullable:"false"`
	Head    access.Head    `json:"head" doc:"Where the log ends; keep it elsewhere"`
}

func (a *API) auditRoute() {
	huma.Register(a.huma, a.operation("readAudit", http.MethodGet, "/api/v1/audit", access.Admin, "The audit log, oldest first"), func(ctx context.Context, in *auditInput) (*auditOutput, error) {
		head, err := a.Audit.Head(ctx)
		if err != nil {
			return nil, a.fault(err)
		}
		entries, err := a.Audit.Entries(ctx, uint64(max(in.From, 1)), in.Limit) // #nosec: at least 1
		if err != nil {
			return nil, a.fault(err)
		}
		return &auditOutput{auditPage{entries, head}}, nil
	})
}
