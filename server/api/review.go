package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"tallywire/access"
	"tallywire/claims"
)

type reviewInput struct {
	ID      string `path:"id" maxLength:"64"`
	IfMatch string `header:"If-Match" doc:"ETag of the claim that the editor saw: where it has changed since, the answer is 412 and nothing is set"`
	Body    reviewBody
}

// A reviewBody is an editor's word.
type reviewBody struct {
	Status string `json:"status,omitempty" enum:"verified,disputed,unverified" doc:"The editor's status; leave it out with clear"`
	Clear  bool   `json:"clear,omitempty" doc:"Take the review back"`
	Note   string `json:"note,omitempty" maxLength:"2000" doc:"Why, in a sentence"`
	By     string `json:"by,omitempty" maxLength:"200" doc:"Whose word it is; else the token's name"`
}

type reviewOutput struct {
	ETag     string `header:"ETag"`
	Decision string `header:"Tallywire-Decision" doc:"ID of the decision, for undoing it"`
	Body     claims.Claim
}

func (a *API) reviewRoute() {
	op := a.operation("reviewClaim", http.MethodPost, "/api/v1/claims/{id}/review", access.Review, "An editor's word on a claim, kept beside the machine's status")
	op.Errors = append(op.Errors, http.StatusNotFound, http.StatusPreconditionFailed)
	huma.Register(a.huma, op, a.review)
}

func (a *API) review(ctx context.Context, in *reviewInput) (*reviewOutput, error) {
	if in.Body.Clear == (in.Body.Status != "") {
		return nil, huma.NewError(http.StatusUnprocessableEntity, "give a status, or clear", &huma.ErrorDetail{Location: "body.status", Message: "one of status and clear"})
	}
	by := strings.TrimSpace(in.Body.By)
	if by == "" {
		by = who(ctx).Name
	}
	a.reviewing.Lock()
	defer a.reviewing.Unlock()
	c, err := a.Store.Claim(ctx, claims.ClaimID(in.ID))
	if err != nil {
		return nil, a.fault(err)
	}
	told := access.Entry{Who: who(ctx).name() + ", for " + by, What: "review", Object: string(c.ID), Before: reviewWords(c.Review), After: in.Body.Status, Reason: in.Body.Note}
	if in.IfMatch != "" && !tagMatches(in.IfMatch, tagOfJSON(c)) {
		told.What = "review refused: the claim had changed"
		if _, err := a.Audit.Append(ctx, told); err != nil {
			return nil, a.fault(err)
		}
		return nil, huma.NewError(http.StatusPreconditionFailed, "the claim has changed since you read it; read it again, then review it")
	}
	if _, err := a.Audit.Append(ctx, told); err != nil {
		return nil, a.fault(err)
	}
	d := claims.Decision{Kind: claims.DecideReview, Claim: c.ID, Status: claims.Status(in.Body.Status), Note: in.Body.Note, By: by}
	if len(c.Mentions) > 0 {
		d.Mentions = []claims.MentionID{c.Mentions[0].ID}
	}
	if d, err = a.Editor.Decide(ctx, d); err != nil {
		told.What = "review failed"
		if _, auditErr := a.Audit.Append(ctx, told); auditErr != nil {
			a.Log.Error("audit log", "err", auditErr)
		}
		return nil, a.fault(fmt.Errorf("keep review: %w", err))
	}
	if c, err = a.Store.Claim(ctx, c.ID); err != nil {
		return nil, a.fault(err)
	}
	return &reviewOutput{tagOfJSON(c), d.ID, c}, nil
}

func reviewWords(r *claims.Review) string {
	if r == nil {
		return ""
	}
	return string(r.Status) + " by " + r.By
}
