package api

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"tallywire/access"
)

// TestWhoMayDoWhat walks every route with every kind of caller: the table comes from the routes themselves.
func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(o *Options) { o.Rate, o.Burst = 10000, 10000 })
	id := string(d.some(t).ID)
	bodies := map[string]string{"POST /api/v1/check": `{"text":"x"}`, "POST /api/v1/tokens": `{"name":"x","scope":"read"}`, "POST /api/v1/claims/{id}/review": `{"status":"verified"}`}
	for pattern, need := range d.scopes {
		method, path, _ := strings.Cut(pattern, " ")
		path = strings.ReplaceAll(path, "{id}", id)
		for _, from := range []string{"", "away", "read", "review", "admin"} {
			w := d.ask(ask{method: method, path: path, from: from, body: bodies[pattern]})
			var want bool
			switch from {
			case "":
				want = need == "" || need == access.Read || pattern == "GET /metrics"
			case "away":
				want = need == ""
			default:
				want = need == "" || access.Scope(from).Allows(need)
			}
			refused := w.Code == 401 || w.Code == 403
			if from == "away" && pattern == "GET /metrics" {
				refused = w.Code == 404 // it is not even there
			}
			if refused == want {
				t.Errorf("%s asked by %q: %d, want it allowed: %v", pattern, from, w.Code, want)
			}
		}
	}
	if len(d.scopes) < 15 {
		t.Errorf("only %d routes", len(d.scopes))
	}
	for _, pattern := range []string{"POST /api/v1/claims/{id}/review", "POST /api/v1/tokens", "DELETE /api/v1/tokens/{id}"} {
		if s := d.scopes[pattern]; s != access.Review && s != access.Admin {
			t.Errorf("%s writes and needs scope %q", pattern, s)
		}
	}
}

// TestLocal lets nobody be of this machine who is not.
func TestLocal(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(o *Options) { o.Hosts = []string{"desk.internal"} })
	for name, test := range map[string]struct {
		header map[string]string
		want   int
	}{
		"address":        {nil, 200},
		"localhost":      {map[string]string{"Host": "localhost:8787"}, 200},
		"IPv6":           {map[string]string{"Host": "[::1]:8787"}, 200},
		"listed name":    {map[string]string{"Host": "desk.internal"}, 200},
		"rebound name":   {map[string]string{"Host": "evil.example"}, 401},
		"foreign page":   {map[string]string{"Sec-Fetch-Site": "cross-site"}, 401},
		"behind a proxy": {map[string]string{"X-Forwarded-For": "203.0.113.9"}, 401},
		"proxy, new":     {map[string]string{"Forwarded": "for=203.0.113.9"}, 401},
		"other address":  {map[string]string{"Host": "203.0.113.1"}, 401},
	} {
		if w := d.ask(ask{path: "/api/v1/claims", header: test.header}); w.Code != test.want {
			t.Errorf("%s: %d, want %d", name, w.Code, test.want)
		}
	}
}

// TestForeignPages sends what a browser sends for a page of another site, with a token and without: nothing is
// changed, and nothing is read.
func TestForeignPages(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	review := "/api/v1/claims/" + string(d.some(t).ID) + "/review"
	for name, test := range map[string]struct {
		header map[string]string
		want   int
	}{
		"cross-site":      {map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		"same-site":       {map[string]string{"Sec-Fetch-Site": "same-site"}, 403},
		"same-origin":     {map[string]string{"Sec-Fetch-Site": "same-origin"}, 200},
		"none":            {map[string]string{"Sec-Fetch-Site": "none"}, 200},
		"no browser":      {nil, 200},
		"foreign origin":  {map[string]string{"Origin": "https://evil.example"}, 403},
		"null origin":     {map[string]string{"Origin": "null"}, 403},
		"own origin":      {map[string]string{"Origin": "http://127.0.0.1:8787"}, 200},
		"other port":      {map[string]string{"Origin": "http://127.0.0.1:9999"}, 403},
		"both, disagree":  {map[string]string{"Origin": "http://127.0.0.1:8787", "Sec-Fetch-Site": "cross-site"}, 403},
		"origin, a trick": {map[string]string{"Origin": "http://127.0.0.1:8787.evil.example"}, 403},
		"host, a trick":   {map[string]string{"Origin": "https://evil.example", "Host": "127.0.0.1:8787"}, 403},
	} {
		if w := d.ask(ask{method: "POST", path: review, from: "review", body: `{"status":"verified"}`, header: test.header}); w.Code != test.want {
			t.Errorf("%s: %d, want %d", name, w.Code, test.want)
		}
	}
	for _, site := range []string{"cross-site", "same-site"} {
		if w := d.ask(ask{path: "/api/v1/claims", header: map[string]string{"Sec-Fetch-Site": site}}); w.Code != 401 {
			t.Errorf("read by a %s page: %d", site, w.Code)
		}
	}
}

// TestHeaders looks at every kind of answer, errors too.
func TestHeaders(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, a := range []ask{{path: "/api/v1/claims"}, {path: "/api/v1/none"}, {method: "PUT", path: "/api/v1/claims"}, {path: "/api/v1/claims/c_none"}, {path: "/api/v1/tokens"}, {path: "/healthz"}, {path: "/feed.rss"}, {path: "/api/v1/claims?status=x"}, {path: "/api/v1/export"}} {
		w := d.ask(a)
		for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin"} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s is %q", a.path, name, got)
			}
		}
		if w.Code >= 400 && w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d as %q: %s", a.path, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
	}
	if w := d.ask(ask{method: "PUT", path: "/api/v1/claims"}); w.Code != 405 || w.Header().Get("Allow") == "" {
		t.Errorf("PUT: %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
}

// TestRequestLimits sends what no client sends; each is refused and none of it costs memory.
func TestRequestLimits(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	review := "/api/v1/claims/" + string(d.some(t).ID) + "/review"
	for name, test := range map[string]struct {
		a    ask
		want int
	}{
		"huge body":        {ask{method: "POST", path: "/api/v1/check", body: `{"text":"` + strings.Repeat("x", 8<<20) + `"}`}, 413},
		"deep body":        {ask{method: "POST", path: "/api/v1/check", body: strings.Repeat("[", 500_000)}, 400},
		"deep object":      {ask{method: "POST", path: "/api/v1/check", body: strings.Repeat(`{"a":`, 65) + "1" + strings.Repeat("}", 65)}, 400},
		"key twice":        {ask{method: "POST", path: review, from: "review", body: `{"status":"verified","status":"disputed"}`}, 400},
		"key twice, below": {ask{method: "POST", path: review, from: "review", body: `{"a":{"b":1,"b":2}}`}, 400},
		"many parameters":  {ask{path: "/api/v1/claims?" + strings.Repeat("a&", 3000)}, 400},
		"long address":     {ask{path: "/api/v1/claims?q=" + strings.Repeat("x", 1<<20)}, 414},
		"long path":        {ask{path: "/api/v1/claims/" + strings.Repeat("x", 1<<20)}, 414},
		"wrong type":       {ask{path: "/api/v1/claims?limit=many"}, 422},
		"too many":         {ask{path: "/api/v1/claims?limit=201"}, 422},
		"bad cursor":       {ask{path: "/api/v1/claims?cursor=eyJ4"}, 400},
		"bad time":         {ask{path: "/api/v1/claims?since=yesterday"}, 400},
		"bad number":       {ask{path: "/api/v1/claims?min=1e9"}, 400},
		"long number":      {ask{path: "/api/v1/claims?min=" + strings.Repeat("9", 5000)}, 400},
		"path traversal":   {ask{path: "/api/v1/claims/..%2f..%2fstore.db"}, 404},
		"odd host in feed": {ask{path: "/feed.atom", header: map[string]string{"Host": "127.0.0.1@evil.example"}}, 401},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		w := d.ask(test.a)
		runtime.ReadMemStats(&after)
		if w.Code != test.want {
			t.Errorf("%s: %d, want %d: %.200s", name, w.Code, test.want, w.Body)
		}
		if w.Body.Len() > 4<<10 {
			t.Errorf("%s: an answer of %d bytes", name, w.Body.Len())
		}
	}
}

// TestAllowances runs out of requests and of wrong tokens, and comes back with time.
func TestAllowances(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(o *Options) { o.Rate, o.Burst = 1, 5 })
	count := map[int]int{}
	for range 8 {
		w := d.ask(ask{path: "/healthz"})
		count[w.Code]++
		if w.Code == 429 && w.Header().Get("Retry-After") == "" {
			t.Error("429 without Retry-After")
		}
	}
	if count[200] != 5 || count[429] != 3 {
		t.Errorf("answers %v, want five and then none", count)
	}
	wrong := map[string]string{"Authorization": "Bearer tlw_" + strings.Repeat("A", 43)}
	count = map[int]int{}
	for range 1000 {
		count[d.ask(ask{path: "/api/v1/claims", from: "away", header: wrong}).Code]++
	}
	if count[401] != 10 || count[429] != 990 {
		t.Errorf("1,000 wrong tokens: %v", count)
	}
	d.now = d.now.Add(time.Minute)
	if w := d.ask(ask{path: "/healthz"}); w.Code != 200 {
		t.Errorf("a minute later: %d", w.Code)
	}
}

// TestLimiterIsBounded asks as a million addresses.
func TestLimiterIsBounded(t *testing.T) {
	t.Parallel()
	l := newLimiter(1, 1, func() time.Time { return time.Unix(0, 0) })
	for i := range 1_000_000 {
		l.take(fmt.Sprint(i))
	}
	if len(l.by) != maxKeys || l.order.Len() != maxKeys {
		t.Errorf("%d keys, %d in order; want %d", len(l.by), l.order.Len(), maxKeys)
	}
	for in, want := range map[string]string{"203.0.113.9:1": "203.0.113.9", "[2001:db8:1:2:3::4]:1": "2001:db8:1:2::/64", "[::ffff:127.0.0.1]:1": "127.0.0.1", "[::1]:1": "::1", "x": "?"} {
		if got := addressOf(&http.Request{RemoteAddr: in}); got != want {
			t.Errorf("addressOf(%s) = %s, want %s", in, got, want)
		}
	}
}

// TestGETChangesNothing crawls every GET route and looks at the store.
func TestGETChangesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.some(t)
	for pattern := range d.scopes {
		if path, ok := strings.CutPrefix(pattern, "GET "); ok {
			d.ask(ask{path: strings.ReplaceAll(path, "{id}", string(c.ID)), from: "admin"})
		}
	}
	decisions, err := d.store.Decisions(t.Context())
	if err != nil || len(decisions) > 0 {
		t.Errorf("%d decisions, %v", len(decisions), err)
	}
	if head, err := d.Audit.Head(t.Context()); err != nil || head.Seq != 0 {
		t.Errorf("audit log at %d, %v", head.Seq, err)
	}
}

func FuzzJSONBody(f *testing.F) {
	for _, s := range []string{`{"text":"x"}`, `{"a":{"a":1}}`, `[{"a":1},{"a":2}]`, `{"a":1,"a":2}`, `{`, ``, `"x" "y"`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) { _ = checkJSON(raw) })
}
