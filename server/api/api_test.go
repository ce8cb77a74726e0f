package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"tallywire/access"
	"tallywire/claims"
	"tallywire/extract"
	"tallywire/pipeline"
	"tallywire/report"
	"tallywire/store/memstore"
)

// desk is an API over a few claims, with a token of each scope.
type desk struct {
	*API
	store  *memstore.Store
	tokens map[access.Scope]string
	now    time.Time
	log    *bytes.Buffer
}

// editor keeps decisions and judges again, as the command line does.
type editor struct {
	store *memstore.Store
	pipe  *pipeline.Pipeline
	mu    sync.Mutex
	n     int
}

func (e *editor) Decide(ctx context.Context, d claims.Decision) (claims.Decision, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.n++
	sum := sha256.Sum256(fmt.Appendf(nil, "%d", e.n))
	d.ID, d.At = "d_"+hex.EncodeToString(sum[:8]), e.pipe.Now().Add(time.Duration(e.n)*time.Second)
	if err := e.store.PutDecision(ctx, d); err != nil {
		return d, err
	}
	_, err := e.pipe.Judge(ctx, false)
	return d, err
}

func newDesk(t testing.TB, change ...func(*Options)) *desk {
	t.Helper()
	d := &desk{store: memstore.New(), tokens: map[access.Scope]string{}, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), log: &bytes.Buffer{}}
	var mu sync.Mutex
	now := func() time.Time { mu.Lock(); defer mu.Unlock(); return d.now }
	settings := claims.DefaultSettings()
	log := slog.New(slog.NewTextHandler(d.log, nil))
	for _, id := range []claims.SourceID{"harbor-post", "port-radio"} {
		settings.Sources = append(settings.Sources, claims.Source{ID: id, Name: string(id), Class: claims.ClassOutlet})
	}
	pipe := &pipeline.Pipeline{Store: d.store, Settings: settings, Now: now, Log: log}
	at := time.Date(2025, 3, 1, 10, 0, 0, 0, time.UTC)
	for i, text := range []string{
		"A fire on the ferry killed 41 people on Saturday, our reporter counted.", "At the quay we saw that 41 people were killed in the fire on the ferry on Saturday.",
		"The harbour lost 12 cranes in the storm, the port authority said.", "The city planted 8,000 trees last year.", "Unemployment fell to 3.9 per cent in February.", "The budget grew by 34.5 million euros.",
	} {
		source := []claims.SourceID{"harbor-post", "port-radio"}[i%2]
		if _, err := pipe.Digest(t.Context(), claims.Document{Source: source, URL: fmt.Sprintf("https://%s.example/%d", source, i), Title: "News", Lang: "en", Published: at.Add(time.Duration(i) * time.Hour), Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := pipe.Judge(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	o := Options{Store: d.store, Tokens: access.NewTokens(d.store, now), Audit: access.NewLog(d.store, now), Log: log, Now: now, Editor: &editor{store: d.store, pipe: pipe}, Version: "test",
		Check: func(ctx context.Context, text, lang string) ([]claims.Checked, error) {
			all, err := pipeline.All(ctx, d.store)
			return claims.Check(extract.Text(text, lang, time.Time{}), all, settings), err
		},
		Sources: func(context.Context) ([]Source, error) {
			return []Source{{Source: settings.Sources[0], Type: "feed", URL: "https://harbor.example/rss", Now: claims.SourceState{State: "ok", LastPass: at}}}, nil
		},
		Pack: func(_ context.Context, cs []claims.Claim, w io.Writer) error {
			_, err := fmt.Fprint(w, "PK", len(cs))
			return err
		},
		Edition: report.Edition{Base: "https://desk.example", Publisher: report.Publisher{Name: "The Desk", URL: "https://desk.example"}},
	}
	for _, f := range change {
		f(&o)
	}
	for _, s := range access.Scopes {
		_, secret, err := o.Tokens.Create(t.Context(), "test "+string(s), s, 0)
		if err != nil {
			t.Fatal(err)
		}
		d.tokens[s] = secret
	}
	d.API = New(o)
	return d
}

// A call is one request; from is who asks: "" this machine, "away" another one, else a token's scope, from away.
type ask struct {
	method, path, from, body string
	header                   map[string]string
}

func (d *desk) ask(a ask) *httptest.ResponseRecorder {
	if a.method == "" {
		a.method = http.MethodGet
	}
	r := httptest.NewRequest(a.method, a.path, strings.NewReader(a.body))
	r.Host, r.RemoteAddr = "127.0.0.1:8787", "127.0.0.1:50000"
	if a.from != "" {
		r.RemoteAddr = "203.0.113.9:50000"
	}
	if token := d.tokens[access.Scope(a.from)]; token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if a.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for k, v := range a.header {
		if k == "Host" {
			r.Host = v
			continue
		}
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	d.Handler().ServeHTTP(w, r)
	return w
}

// get asks and reads the answer's JSON.
func (d *desk) get(t *testing.T, a ask, want int, into any) *httptest.ResponseRecorder {
	t.Helper()
	w := d.ask(a)
	if w.Code != want {
		t.Fatalf("%s %s: %d, want %d: %s", a.method, a.path, w.Code, want, w.Body)
	}
	if into != nil {
		if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
			t.Fatalf("%s: %v: %s", a.path, err, w.Body)
		}
	}
	return w
}

func (d *desk) some(t *testing.T) claims.Claim {
	t.Helper()
	var list claimList
	d.get(t, ask{path: "/api/v1/claims?status=verified"}, 200, &list)
	if len(list.Claims) != 1 {
		t.Fatalf("%d verified claims", len(list.Claims))
	}
	return list.Claims[0]
}

func TestListAndPages(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, order := range append([]string{""}, claims.Sorts...) {
		var whole claimList
		d.get(t, ask{path: "/api/v1/claims?full=true&sort=" + order}, 200, &whole)
		if order == "" {
			d.get(t, ask{path: "/api/v1/claims?full=true"}, 200, &whole)
		}
		if len(whole.Claims) < 4 || whole.Total != len(whole.Claims) || whole.Next != "" || len(whole.Claims[0].Mentions) == 0 {
			t.Fatalf("sort %q: %d of %d claims", order, len(whole.Claims), whole.Total)
		}
		var ids, want []claims.ClaimID
		for _, c := range whole.Claims {
			want = append(want, c.ID)
		}
		next := "/api/v1/claims?limit=2"
		if order != "" {
			next += "&sort=" + order
		}
		for n := 0; next != "" && n < 10; n++ {
			var page claimList
			w := d.get(t, ask{path: next}, 200, &page)
			for _, c := range page.Claims {
				ids = append(ids, c.ID)
				if c.Mentions != nil {
					t.Error("mentions without full")
				}
			}
			if link := w.Header().Get("Link"); (link == "") != (page.URL == "") || page.URL != "" && link != "<"+page.URL+`>; rel="next"` {
				t.Errorf("Link %q, next_url %q", link, page.URL)
			}
			next = page.URL
		}
		if fmt.Sprint(ids) != fmt.Sprint(want) {
			t.Errorf("sort %q: by pages %v, whole %v", order, ids, want)
		}
	}
}

func TestConditional(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.some(t)
	for _, path := range []string{"/api/v1/claims", "/api/v1/claims/" + string(c.ID), "/api/v1/claims/" + string(c.ID) + "/history", "/api/v1/openapi.json", "/feed.atom"} {
		first := d.get(t, ask{path: path}, 200, nil)
		tag := first.Header().Get("ETag")
		if tag == "" || first.Header().Get("Cache-Control") == "no-store" {
			t.Errorf("%s: ETag %q, Cache-Control %q", path, tag, first.Header().Get("Cache-Control"))
		}
		again := d.ask(ask{path: path, header: map[string]string{"If-None-Match": `"x", W/` + tag}})
		if again.Code != 304 || again.Body.Len() > 0 || again.Header().Get("ETag") != tag {
			t.Errorf("%s again: %d with %d bytes, ETag %q", path, again.Code, again.Body.Len(), again.Header().Get("ETag"))
		}
		if other := d.ask(ask{path: path, header: map[string]string{"If-None-Match": `"other"`}}); other.Code != 200 {
			t.Errorf("%s with another tag: %d", path, other.Code)
		}
	}
}

func TestReview(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.some(t)
	path := "/api/v1/claims/" + string(c.ID)
	tag := d.get(t, ask{path: path}, 200, nil).Header().Get("ETag")
	var after claims.Claim
	w := d.get(t, ask{method: "POST", path: path + "/review", from: "review", body: `{"status":"disputed","note":"two dead miscounted","by":"A. Editor"}`, header: map[string]string{"If-Match": tag}}, 200, &after)
	if after.Review == nil || after.Review.Status != claims.Disputed || after.Review.By != "A. Editor" || after.Status != claims.Verified || w.Header().Get("Tallywire-Decision") == "" {
		t.Errorf("after the review: %+v", after.Review)
	}
	if now := d.get(t, ask{path: path}, 200, nil).Header().Get("ETag"); now != w.Header().Get("ETag") || now == tag {
		t.Errorf("ETag %s, the review said %s, before %s", now, w.Header().Get("ETag"), tag)
	}
	// A second editor who saw the old version.
	d.get(t, ask{method: "POST", path: path + "/review", from: "review", body: `{"status":"verified"}`, header: map[string]string{"If-Match": tag}}, 412, nil)
	d.get(t, ask{path: path}, 200, &after)
	if after.Review.Status != claims.Disputed {
		t.Error("the late review was taken")
	}
	d.get(t, ask{method: "POST", path: path + "/review", from: "review", body: `{"clear":true}`}, 200, nil)
	var cleared claims.Claim
	d.get(t, ask{path: path}, 200, &cleared)
	if cleared.Review != nil {
		t.Errorf("after clear: %+v", cleared.Review)
	}
	for _, bad := range []string{`{}`, `{"status":"true"}`, `{"status":"verified","clear":true}`, `{"status":"verified","x":1}`, `{"status":1}`, `[]`} {
		if w := d.ask(ask{method: "POST", path: path + "/review", from: "review", body: bad}); w.Code != 422 {
			t.Errorf("%s: %d: %s", bad, w.Code, w.Body)
		}
	}
	d.get(t, ask{method: "POST", path: "/api/v1/claims/c_none/review", from: "review", body: `{"status":"verified"}`}, 404, nil)
	var log auditPage
	d.get(t, ask{path: "/api/v1/audit", from: "admin"}, 200, &log)
	var told []string
	for _, e := range log.Entries {
		told = append(told, e.What+" "+e.After)
	}
	if got := strings.Join(told, ", "); got != "review disputed, review refused: the claim had changed verified, review " {
		t.Errorf("audit: %s", got)
	}
	if !strings.Contains(log.Entries[0].Who, "test review (t_") || log.Entries[0].Reason != "two dead miscounted" {
		t.Errorf("audit: %+v", log.Entries[0])
	}
}

// A slow store takes a while to read a claim, so that requests that do not wait for each other read the same one.
type slow struct{ Store }

func (s slow) Claim(ctx context.Context, id claims.ClaimID) (claims.Claim, error) {
	c, err := s.Store.Claim(ctx, id)
	time.Sleep(10 * time.Millisecond)
	return c, err
}

// TestTwoEditorsAtOnce sends reviews of one version together: one is taken, the others are told so.
func TestTwoEditorsAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(o *Options) { o.Store = slow{o.Store} })
	c := d.some(t)
	path := "/api/v1/claims/" + string(c.ID)
	tag := d.get(t, ask{path: path}, 200, nil).Header().Get("ETag")
	var wg sync.WaitGroup
	codes := make([]int, 8)
	for i := range codes {
		wg.Go(func() {
			codes[i] = d.ask(ask{method: "POST", path: path + "/review", from: "review", body: fmt.Sprintf(`{"status":"disputed","note":"%d"}`, i), header: map[string]string{"If-Match": tag}}).Code
		})
	}
	wg.Wait()
	count := map[int]int{}
	for _, code := range codes {
		count[code]++
	}
	if count[200] != 1 || count[412] != 7 {
		t.Errorf("answers %v", codes)
	}
	decisions, err := d.store.Decisions(t.Context())
	if err != nil || len(decisions) != 1 {
		t.Errorf("%d decisions, %v", len(decisions), err)
	}
	if head, wrong, err := d.Audit.Verify(t.Context(), access.Head{}); err != nil || len(wrong) > 0 || head.Seq != 8 {
		t.Errorf("audit: %+v, %q, %v; want all eight tries", head, wrong, err)
	}
}

func TestCheckSourcesExport(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, a := range []ask{
		{method: "POST", path: "/api/v1/check", body: `{"text":"The fire on the ferry killed 41 people."}`},
		{method: "POST", path: "/api/v1/check?lang=en", body: "The fire on the ferry killed 41 people.", header: map[string]string{"Content-Type": "text/plain; charset=utf-8"}},
	} {
		var got checkedDraft
		d.get(t, a, 200, &got)
		if len(got.Numbers) != 1 || got.Numbers[0].Status != "verified" || got.Numbers[0].Agrees == nil || !*got.Numbers[0].Agrees {
			t.Errorf("%+v", got)
		}
	}
	d.get(t, ask{method: "POST", path: "/api/v1/check", body: `{"text":""}`}, 422, nil)
	d.get(t, ask{method: "POST", path: "/api/v1/check", body: `{"text":`}, 400, nil)
	var list sourceList
	d.get(t, ask{path: "/api/v1/sources"}, 200, &list)
	if len(list.Sources) != 1 || list.Sources[0].Now.State != "ok" {
		t.Errorf("%+v", list)
	}
	for _, format := range append([]string{"", "pack"}, report.Formats...) {
		path := "/api/v1/export?status=verified"
		if format != "" {
			path += "&format=" + format
		}
		w := d.get(t, ask{path: path}, 200, nil)
		if w.Body.Len() == 0 || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment; filename=") || w.Header().Get("Content-Type") == "" {
			t.Errorf("%s: %v", format, w.Header())
		}
	}
	d.get(t, ask{path: "/api/v1/export?format=pdf"}, 422, nil)
	for path, want := range map[string]bool{"/api/v1/export?format=jsonl&language=en": true, "/api/v1/export?format=jsonl&language=uk": false, "/feed.json?language=en": true, "/feed.json?language=uk": false, "/api/v1/claims?language=uk": false} {
		if got := strings.Contains(d.get(t, ask{path: path}, 200, nil).Body.String(), "41 people"); got != want {
			t.Errorf("%s has the English claim: %v", path, got)
		}
	}
	var doc struct{ Claims []claims.Claim }
	d.get(t, ask{path: "/api/v1/export?limit=2"}, 200, &doc)
	if len(doc.Claims) != 2 || len(doc.Claims[0].Mentions) == 0 || len(doc.Claims[0].History) == 0 {
		t.Errorf("export of two: %d", len(doc.Claims))
	}
}

func TestTokensByAPI(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var made madeToken
	d.get(t, ask{method: "POST", path: "/api/v1/tokens", from: "admin", body: `{"name":"cms","scope":"read","expires_hours":1}`}, 201, &made)
	use := ask{path: "/api/v1/claims", from: "away", header: map[string]string{"Authorization": "Bearer " + made.Secret}}
	d.get(t, use, 200, nil)
	d.get(t, ask{method: "DELETE", path: "/api/v1/tokens/" + made.ID, from: "admin"}, 200, nil)
	d.get(t, use, 401, nil)
	w := d.get(t, ask{path: "/api/v1/tokens", from: "admin"}, 200, nil)
	if strings.Contains(w.Body.String(), "tlw_") || strings.Contains(d.log.String(), "tlw_") {
		t.Error("a token shows in the list or the log")
	}
}

func TestMetricsAndHealth(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.get(t, ask{path: "/healthz", from: "away"}, 200, nil)
	d.get(t, ask{path: "/readyz", from: "away"}, 200, nil)
	d.get(t, ask{path: "/api/v1/claims"}, 200, nil)
	d.get(t, ask{path: "/api/v1/nothing"}, 404, nil)
	w := d.get(t, ask{path: "/metrics"}, 200, nil)
	for _, want := range []string{`tallywire_claims{status="verified"} 1`, `tallywire_http_requests_total{route="/api/v1/claims",status="200"} 1`, `route="none",status="404"`, `tallywire_source_up{source="harbor-post"} 1`, `tallywire_info{version="test"} 1`, "go_goroutines"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("metrics lack %s", want)
		}
	}
	d.get(t, ask{path: "/metrics", from: "away"}, 404, nil)
	d.get(t, ask{path: "/metrics", from: "read"}, 403, nil)
	d.get(t, ask{path: "/metrics", from: "admin"}, 200, nil)
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	d.get(t, ask{path: "/readyz"}, 503, nil)
}
