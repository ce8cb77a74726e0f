package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
)

// TestOpenAPIIsValid has a library of others check the description against OpenAPI 3.1's own schema, and
// real answers against the description.
func TestOpenAPIIsValid(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	raw, err := d.Description()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := libopenapi.NewDocument(raw)
	if err != nil {
		t.Fatal(err)
	}
	if v := doc.GetVersion(); !strings.HasPrefix(v, "3.1") {
		t.Errorf("version %s", v)
	}
	v, errs := validator.NewValidator(doc)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if ok, problems := v.ValidateDocument(); !ok {
		for _, p := range problems {
			t.Errorf("%s: %s", p.Message, p.Reason)
		}
	}
	id := string(d.some(t).ID)
	for _, a := range []ask{
		{path: "/api/v1/claims?full=true"}, {path: "/api/v1/claims?limit=1"}, {path: "/api/v1/claims/" + id}, {path: "/api/v1/claims/" + id + "/history"}, {path: "/api/v1/sources"},
		{path: "/api/v1/claims/c_none"}, {path: "/api/v1/tokens", from: "admin"}, {path: "/api/v1/audit", from: "admin"}, {path: "/api/v1/tokens"},
		{method: "POST", path: "/api/v1/check", body: `{"text":"41 people were killed on the ferry."}`}, {method: "POST", path: "/api/v1/claims/" + id + "/review", from: "review", body: `{"status":"verified"}`},
	} {
		w := d.ask(a)
		if a.method == "" {
			a.method = http.MethodGet
		}
		r := httptest.NewRequest(a.method, "http://127.0.0.1"+a.path, strings.NewReader(a.body))
		r.Header.Set("Content-Type", "application/json")
		res := w.Result()
		if ok, problems := v.ValidateHttpResponse(r, res); !ok {
			for _, p := range problems {
				t.Errorf("%s %s answers %d: %s: %s %v", a.method, a.path, w.Code, p.Message, p.Reason, p.SchemaValidationErrors)
			}
		}
	}
}

// TestOpenAPINamesEveryRoute compares the description with the routes that are served.
func TestOpenAPINamesEveryRoute(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	raw, err := d.Description()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Summary     string
			Security    []map[string][]string
		}
		Components struct{ SecuritySchemes map[string]any }
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for path, methods := range doc.Paths {
		for method, op := range methods {
			described[strings.ToUpper(method)+" "+path] = true
			if op.OperationID == "" || op.Summary == "" || len(op.Security) == 0 {
				t.Errorf("%s %s: %+v", method, path, op)
			}
		}
	}
	for pattern := range d.scopes {
		if strings.Contains(pattern, "/api/v1/") && pattern != "GET /api/v1/openapi.json" && !described[pattern] {
			t.Errorf("%s is served and not described", pattern)
		}
	}
	if bytes.Contains(raw, []byte("$schema")) || doc.Components.SecuritySchemes["token"] == nil {
		t.Error("answers hold a $schema, or no security scheme is described")
	}
	if len(described) < 11 {
		t.Errorf("only %d operations", len(described))
	}
	w := d.get(t, ask{path: "/api/v1/openapi.json", from: "away"}, 200, nil)
	if !bytes.Equal(w.Body.Bytes(), raw) {
		t.Error("the description that is served is another one")
	}
}
