package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"tallywire/board"
	"tallywire/claims"
	"tallywire/server"
	"tallywire/store"
	"tallywire/store/memstore"
)

var now = time.Date(2025, 5, 26, 9, 0, 0, 0, time.UTC)

// A house is a server over a store in memory, with an editor that only writes down.
type house struct {
	t      *testing.T
	store  *memstore.Store
	board  *board.Board
	srv    *httptest.Server
	web    *http.Client
	decide []claims.Decision
	page   server.Archived
}

func (h *house) Decide(ctx context.Context, d claims.Decision) (claims.Decision, error) {
	d.ID, d.At = fmt.Sprintf("d_%016x", len(h.decide)), now
	h.decide = append(h.decide, d)
	return d, h.store.PutDecision(ctx, d)
}

func (h *house) Page(context.Context, claims.Archive) (server.Archived, error) { return h.page, nil }

func newHouse(t *testing.T, put ...claims.Claim) *house {
	t.Helper()
	h := &house{t: t, store: memstore.New()}
	if err := h.store.PutClaims(t.Context(), put, nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range put {
		for _, m := range c.Mentions {
			doc := claims.Document{ID: m.Document, URL: m.URL, Title: m.Title, Source: m.Source, Text: m.Sentence, Fetched: now, Published: m.Published}
			if _, err := h.store.PutRecords(t.Context(), store.Record{Document: doc}); err != nil {
				t.Fatal(err)
			}
		}
	}
	h.board = board.New(h.store, nil)
	if err := h.board.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	settings := claims.DefaultSettings()
	settings.Topics = []claims.Topic{{ID: "exchange", Name: "Exchange", Terms: []string{"captives"}}}
	s, err := server.New(server.Options{
		Store: h.store, Board: h.board, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }, Settings: settings,
		Sources: func() []server.Source {
			return []server.Source{{Source: claims.Source{ID: "harbor", Name: hostile("name"), Class: claims.ClassOutlet}, Type: "feed", URL: "javascript:alert(1)"}}
		},
		Extract: func(string, string, time.Time) []claims.Mention { return nil }, Editor: h, Evidence: h,
	})
	if err != nil {
		t.Fatal(err)
	}
	h.srv = httptest.NewServer(s.Handler())
	t.Cleanup(h.srv.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	h.web = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return h
}

// ask sends a request and reads the answer whole.
func (h *house) ask(req *http.Request) (*http.Response, string) {
	h.t.Helper()
	res, err := h.web.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return res, string(b)
}

func (h *house) get(path string, header ...string) (*http.Response, string) {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), http.MethodGet, h.srv.URL+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return h.ask(req)
}

// doc is a page, parsed.
func (h *house) doc(path string, header ...string) *goquery.Document {
	h.t.Helper()
	res, body := h.get(path, header...)
	if res.StatusCode != http.StatusOK {
		h.t.Fatalf("%s: %s\n%s", path, res.Status, body)
	}
	d, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

func (h *house) post(path string, form url.Values, header ...string) (*http.Response, string) {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), http.MethodPost, h.srv.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return h.ask(req)
}

// token is that of the forms on a page.
func (h *house) token(path string) string {
	h.t.Helper()
	v, _ := h.doc(path).Find("input[name=token]").First().Attr("value")
	if v == "" {
		h.t.Fatalf("%s has no form token", path)
	}
	return v
}

// hostile is text that tries to be markup, in a form that tells where it came from.
func hostile(where string) string {
	return `"><script>alert("` + where + `")</script><img src=x onerror=alert(1)>'{{.}}` + "\u202e"
}

// captives is one claim of two mentions, hostile in every word that was crawled.
func captives() claims.Claim {
	return hostileClaim("c_00000000000000aa", 1, "https://harbor.example/a", hostile)
}

// hostileClaim is a claim of two mentions, numbered from n, at an address and at one that is none, with what hostile says in every word that
// was crawled.
func hostileClaim(id claims.ClaimID, n int, address string, hostile func(where string) string) claims.Claim {
	val := claims.Exactly(claims.Int(390))
	mention := func(n int, stance claims.Stance, u string) claims.Mention {
		return claims.Mention{ID: claims.MentionID(fmt.Sprintf("m_%020d", n)), Text: "390 captives", Sentence: "Freed: 390 captives " + hostile("sentence"), Value: val, Unit: claims.Unit{Class: claims.UnitCount, Name: "captive"},
			Title: hostile("title"), URL: u, Source: "harbor", Lang: "en", Document: claims.DocumentID(fmt.Sprintf("%032x", n)), Published: now.AddDate(0, 0, -n), Retrieved: now,
			Stance: stance, Origin: "outlet:" + hostile("origin"), Attribution: claims.Attribution{Text: hostile("speaker")}, Parties: []string{}, Concept: []string{},
			Archive: &claims.Archive{File: "x.warc.gz", RecordID: hostile("record"), Digest: "sha256:00"}}
	}
	return claims.Claim{ID: id, Statement: "390 captives " + hostile("statement"), Status: claims.Verified, Confidence: claims.Int(1), Lifecycle: claims.Current, Reasons: []string{"V1: " + hostile("reason"), "sum: " + hostile("sum")},
		Settle: []string{hostile("settle")}, Value: val, Unit: claims.Unit{Class: claims.UnitCount, Name: "captive"}, Measure: "captives freed", Place: hostile("place"), Date: claims.Period{From: "2025-05-23", To: "2025-05-23"},
		Parties: []string{}, Topics: []string{"exchange"}, FirstSeen: now, LastChanged: now, Voices: 2, Supporting: []claims.SourceID{"harbor"}, Disputing: []claims.SourceID{},
		Origins:  []claims.Voice{{Name: hostile("voice"), Party: hostile("party"), Counts: true, Stake: true, Value: val, Stance: claims.Supports, Carriers: []claims.SourceID{"harbor"}}},
		Mentions: []claims.Mention{mention(n, claims.Supports, address), mention(n+1, claims.Disputes, "javascript:alert(document.domain)//x")},
		History:  []claims.Change{{At: now, Kind: claims.First, Status: claims.Verified, Value: val, Reasons: []string{hostile("history")}}},
		Review:   &claims.Review{Status: claims.Verified, Note: hostile("note"), By: hostile("by"), At: now}}
}

const captivesPath = "/claims/c_00000000000000aa"

// everyGET are the addresses of all pages.
var everyGET = []string{"/", "/?q=captives&status=verified", "/?q=zzz", captivesPath, "/archive/c_00000000000000aa/m_00000000000000000001", "/archive/c_00000000000000aa/m_00000000000000000001/page", "/check", "/sources", "/topics",
	"/nothing", "/claims/none", "/?sort=x", "/static/desk.css", "/static/none"}

func TestHeadersOnEveryAnswer(t *testing.T) { // reliability.md F2
	t.Parallel()
	h := newHouse(t, captives())
	for _, path := range everyGET {
		res, _ := h.get(path)
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			"X-Frame-Options": "DENY", "X-Robots-Tag": "noindex", "Permissions-Policy": "geolocation=(), camera=(), microphone=()"} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q; want %q", path, name, got, want)
			}
		}
		csp := res.Header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe-eval") || !strings.HasSuffix(path, "/page") && (strings.Contains(csp, "unsafe-inline") || !strings.Contains(csp, "require-trusted-types-for 'script'")) {
			t.Errorf("%s: policy %q", path, csp)
		}
	}
}

// TestNothingCrawledRuns puts markup into every crawled word and reads every page as a browser would (D8, F2).
func TestNothingCrawledRuns(t *testing.T) {
	t.Parallel()
	h := newHouse(t, captives())
	h.page = server.Archived{URL: "https://harbor.example/a", ContentType: "text/html", Body: []byte(`<title>t</title><script>alert(1)</script><p onclick=x style="x">Freed <b>390</b> <a href="javascript:x">a</a><img src=//evil.example/x><svg onload=x><style>*{}</style><iframe src=x></iframe><form action=//x><input></form><meta http-equiv=refresh content=0;//evil.example><base href=//x>`)}
	for _, path := range everyGET[:9] {
		for _, lang := range []string{"en", "uk"} {
			d := h.doc(path, "Accept-Language", lang)
			for _, bad := range active(d) {
				t.Errorf("%s: %s", path, bad)
			}
			if strings.Contains(d.Text(), "\u202e") {
				t.Errorf("%s shows U+202E raw (D12)", path)
			}
		}
	}
	if d := h.doc(captivesPath); !strings.Contains(d.Find("h1").Text(), `<script>alert("statement")`) || !strings.Contains(d.Find("h1").Text(), "[U+202E]") {
		t.Errorf("the statement reads %q", d.Find("h1").Text())
	}
	res, body := h.get(everyGET[5])
	if csp := res.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "sandbox; default-src 'none'") { // D9
		t.Errorf("the archived page's policy is %q", csp)
	}
	if strings.Contains(body, "evil.example") || strings.Contains(body, "alert") || !strings.Contains(body, "<b>390</b>") {
		t.Errorf("the archived page is\n%s", body)
	}
}

func TestCrossSiteWritesAreRefused(t *testing.T) { // F1
	t.Parallel()
	h := newHouse(t, captives())
	token := h.token(captivesPath)
	form := url.Values{"status": {"disputed"}, "by": {"A. Editor"}, "token": {token}}
	for _, c := range []struct {
		name   string
		header []string
		want   int
	}{
		{"cross-site", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"same-site", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"another origin", []string{"Origin", "https://evil.example"}, 403},
		{"null origin", []string{"Origin", "null"}, 403},
		{"own page", []string{"Sec-Fetch-Site", "same-origin"}, 303},
		{"own origin", []string{"Origin", h.srv.URL}, 303},
	} {
		if res, body := h.post(captivesPath+"/review", form, c.header...); res.StatusCode != c.want {
			t.Errorf("%s: %s; want %d\n%s", c.name, res.Status, c.want, body)
		}
	}
	for _, bad := range []string{"", "0000", strings.Repeat("0", 64)} {
		form.Set("token", bad)
		if res, _ := h.post(captivesPath+"/review", form); res.StatusCode != http.StatusForbidden {
			t.Errorf("token %q: %s; want 403", bad, res.Status)
		}
	}
	h.web.Jar, _ = cookiejar.New(nil)
	form.Set("token", token)
	if res, _ := h.post(captivesPath+"/review", form); res.StatusCode != http.StatusForbidden {
		t.Errorf("another visitor's token: %s; want 403", res.Status)
	}
	if len(h.decide) != 2 {
		t.Errorf("%d decisions; want the two of our own page", len(h.decide))
	}
}

func TestReadingChangesNothing(t *testing.T) { // F1
	t.Parallel()
	h := newHouse(t, captives())
	state := func() string {
		c, err1 := h.store.Claim(t.Context(), "c_00000000000000aa")
		d, err2 := h.store.Decisions(t.Context())
		s, _ := h.store.Setting(t.Context(), "saved_searches")
		raw, err3 := json.Marshal([]any{c, d, s, h.board.Generation()})
		if err1 != nil || err2 != nil || err3 != nil {
			t.Fatal(err1, err2, err3)
		}
		return string(raw)
	}
	before := state()
	for _, path := range append(everyGET, captivesPath+"/review", captivesPath+"/undo", "/sources/crawl", "/topics/save", "/topics/forget") {
		h.get(path)
	}
	if after := state(); after != before {
		t.Errorf("reading changed\n%s\nto\n%s", before, after)
	}
}

func TestForeignNamesAndPathsAreRefused(t *testing.T) { // F12
	t.Parallel()
	h := newHouse(t, captives())
	for host, want := range map[string]int{"evil.example": 400, "evil.example:80": 400, "127.0.0.1.evil.example": 400, "localhost": 200, "localhost:8787": 200, "[::1]:80": 200, "10.0.0.7": 200} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.srv.URL+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = host
		if res, _ := h.ask(req); res.StatusCode != want {
			t.Errorf("Host %q: %s; want %d", host, res.Status, want)
		}
	}
	for _, path := range []string{"/static/..%2fserver.go", "/static/%2e%2e/go.mod", "/archive/..%2f..%2fstore.db/x", "/archive/c_00000000000000aa/..%2f..%2fx", "/claims/..%2f..%2fetc%2fpasswd"} {
		if res, _ := h.get(path); res.StatusCode == http.StatusOK {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
	for _, path := range []string{"//evil.example/?lang=uk", "/\\evil.example/?lang=uk", "/%2f%2fevil.example?lang=uk", "/?lang=uk"} {
		res, _ := h.get(path)
		if u, err := url.Parse(res.Header.Get("Location")); err != nil || u.Host != "" || strings.HasPrefix(u.Path, "//") {
			t.Errorf("%s leads to %q", path, res.Header.Get("Location"))
		}
	}
}

func TestRequestsHaveLimits(t *testing.T) { // F4
	t.Parallel()
	h := newHouse(t, captives())
	token := h.token(captivesPath)
	for name, c := range map[string]struct {
		form url.Values
		want int
	}{
		"2 MB":         {url.Values{"draft": {strings.Repeat("390 ", 500_000)}}, http.StatusRequestEntityTooLarge},
		"long draft":   {url.Values{"draft": {strings.Repeat("390 ", 80_000)}}, http.StatusRequestEntityTooLarge},
		"not text":     {url.Values{"draft": {"a\x00b"}}, http.StatusBadRequest},
		"broken UTF-8": {url.Values{"draft": {"a\xffb"}}, http.StatusBadRequest},
	} {
		if res, _ := h.post("/check", c.form); res.StatusCode != c.want {
			t.Errorf("%s: %s; want %d", name, res.Status, c.want)
		}
	}
	if res, _ := h.post(captivesPath+"/review", url.Values{"token": {token}, "status": {"verified"}, "by": {"A"}, "note": {strings.Repeat("a", 2<<20)}}); res.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a note of 2 MB: %s; want 413", res.Status)
	}
	if res, _ := h.get("/?" + strings.Repeat("q=1&", 10_000)); res.StatusCode != http.StatusRequestURITooLong {
		t.Errorf("10,000 parameters: %s", res.Status)
	}
	for name, form := range map[string]url.Values{
		"no name": {"token": {token}, "status": {"verified"}},

		"long name": {"token": {token}, "status": {"verified"}, "by": {strings.Repeat("a", 81)}},
		"long note": {"token": {token}, "status": {"verified"}, "by": {"A"}, "note": {strings.Repeat("a", 2001)}},
		"no status": {"token": {token}, "by": {"A"}, "status": {"true"}},
	} {
		if res, _ := h.post(captivesPath+"/review", form); res.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s; want 400", name, res.Status)
		}
	}
	for _, q := range []string{"?limit=-1", "?since=yesterday", "?min=1e9", "?cursor=%25", "?status=true", "?limit=99999999999999999999"} {
		if res, body := h.get("/" + q); res.StatusCode != http.StatusBadRequest || !strings.Contains(body, "<h1>") {
			t.Errorf("%s: %s; want 400 and a page", q, res.Status)
		}
	}
}

// TestTwoEditors: the second one's form was made before the first one's review, and is turned away (F9).
func TestTwoEditors(t *testing.T) {
	t.Parallel()
	c := captives()
	h := newHouse(t, c)
	d := h.doc(captivesPath)
	seen, _ := d.Find("input[name=seen]").Attr("value")
	form := url.Values{"token": {h.token(captivesPath)}, "seen": {seen}, "status": {"disputed"}, "by": {"A. Editor"}}
	c.Review = &claims.Review{Status: claims.Disputed, By: "Another", At: now.Add(time.Minute)}
	if err := h.store.PutClaims(t.Context(), []claims.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
	if res, _ := h.post(captivesPath+"/review", form); res.StatusCode != http.StatusConflict || len(h.decide) != 0 {
		t.Errorf("%s with %d decisions; want 409 and none", res.Status, len(h.decide))
	}
}

func TestOthersMayOnlyRead(t *testing.T) { // F5, as far as pages go
	t.Parallel()
	h := newHouse(t, captives())
	s, err := server.New(server.Options{Store: h.store, Board: h.board, Log: slog.New(slog.DiscardHandler), Editor: h, Now: func() time.Time { return now }, Writable: func(*http.Request) bool { return false }})
	if err != nil {
		t.Fatal(err)
	}
	h.srv = httptest.NewServer(s.Handler())
	t.Cleanup(h.srv.Close)
	if n := h.doc(captivesPath).Find("form[method=post]").Length(); n != 0 {
		t.Errorf("%d forms for a reader", n)
	}
	posts := 0
	for _, pattern := range server.Patterns(s) { // the table comes from the routes themselves
		method, path, _ := strings.Cut(pattern, " ")
		if method != http.MethodPost || path == "/check" {
			continue
		}
		posts++
		path = strings.ReplaceAll(path, "{id}", "c_00000000000000aa")
		if res, body := h.post(path, url.Values{"by": {"A"}, "status": {"verified"}}); res.StatusCode != http.StatusForbidden || !strings.Contains(body, "own machine") {
			t.Errorf("%s: %s; want 403 because of where it comes from", path, res.Status)
		}
	}
	if posts < 9 || len(h.decide) > 0 {
		t.Errorf("%d routes that change something, %d decisions", posts, len(h.decide))
	}
	for _, path := range []string{"/debug/pprof/", "/debug/vars", "/store", "/tallywire.db"} { // F14
		if res, _ := h.get(path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s; want 404", path, res.Status)
		}
	}
}

func TestPagesSpeakTheReadersLanguage(t *testing.T) {
	t.Parallel()
	c := captives()
	c.Value = claims.Exactly(claims.Int(12345))
	h := newHouse(t, c)
	for accept, want := range map[string]string{"en": "12,345", "en-IN": "12,345", "uk": "12\u00a0345", "de": "12.345", "": "12,345", "tlh, xx;q=bad": "12,345"} {
		if got := strings.TrimSpace(h.doc("/", "Accept-Language", accept).Find("td.value").Text()); got != want {
			t.Errorf("%q reads %q; want %q", accept, got, want)
		}
	}
	res, _ := h.get("/?q=captives&lang=uk")
	if to := res.Header.Get("Location"); to != "/?q=captives" {
		t.Errorf("choosing a language leads to %q", to)
	}
	d := h.doc("/?q=captives", "Accept-Language", "en")
	if lang, _ := d.Find("html").Attr("lang"); lang != "uk" || !strings.Contains(d.Find("nav").Text(), "Табло") {
		t.Errorf("after choosing Ukrainian the page is in %q", lang)
	}
}

func TestPageWeight(t *testing.T) {
	t.Parallel()
	c := captives()
	for i := range 2000 {
		m := c.Mentions[0]
		m.ID = claims.MentionID(fmt.Sprintf("m_x%019d", i))
		m.Sentence = "390 captives " + strings.Repeat("and many words ", 20)
		c.Mentions = append(c.Mentions, m)
		c.History = append(c.History, c.History[0])
	}
	h := newHouse(t, c)
	assets := 0
	for _, name := range []string{"desk.css", "desk.js", "mark.svg"} {
		_, body := h.get("/static/" + name)
		assets += len(body)
	}
	for _, path := range []string{"/", captivesPath, captivesPath + "?from=1960", "/check", "/sources", "/topics"} {
		if _, body := h.get(path); len(body)+assets > 150<<10 {
			t.Errorf("%s weighs %d bytes with its assets; want at most %d", path, len(body)+assets, 150<<10)
		}
	}
}
