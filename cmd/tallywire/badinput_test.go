package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tallywire/pipeline"
	"tallywire/store/boltstore"
)

// call runs one command in this process.
func call(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, &env{in: strings.NewReader(""), out: &o, err: &e, getenv: func(string) string { return "" }, now: time.Now})
	return code, o.String(), e.String()
}

// TestBadPages crawls a site on which everything is wrong but one article: each fault is counted under its name, the article is kept.
func TestBadPages(t *testing.T) {
	t.Parallel()
	var site *httptest.Server
	good := `<html lang="en"><head><title>Fire</title></head><body><article><h1>Fire on the quay</h1><p>A fire on the quay killed 41 people on Saturday, the harbour police said, and burned until the early morning.</p><p>Nobody knows how it began. The quay is closed for the time being, and trains stop one station earlier.</p></article></body></html>`
	site = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/feed.xml":
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprint(w, `<rss version="2.0"><channel><title>Site</title>`)
			for _, p := range []string{"good", "paper.pdf", "large", "gone", "broken"} {
				fmt.Fprintf(w, `<item><title>%s</title><link>%s/%[1]s</link></item>`, p, site.URL)
			}
			fmt.Fprint(w, `</channel></rss>`)
		case "/html.xml", "/good":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, good)
		case "/paper.pdf":
			w.Header().Set("Content-Type", "application/pdf")
			fmt.Fprint(w, "%PDF-1.7 390 captives")
		case "/large":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<html><body><p>", strings.Repeat("390 captives. ", 20<<20/14), "</p></body></html>")
		case "/broken":
			w.WriteHeader(http.StatusInternalServerError)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(site.Close)
	dead := httptest.NewServer(http.NotFoundHandler())
	dead.Close()
	dir := t.TempDir()
	conf := filepath.Join(dir, "config.yaml")
	text := fmt.Sprintf(`crawler: {delay: 0s, max_age: 0s, allow_private_networks: true}
sources:
  - {id: site, type: feed, url: "%s/feed.xml"}
  - {id: html-feed, type: feed, url: "%[1]s/html.xml"}
  - {id: dead, type: feed, url: "%s/feed.xml"}
`, site.URL, dead.URL)
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := call(t, "crawl", "--config", conf, "--format", "json")
	if code != exitFailed {
		t.Errorf("exit code %d, want %d: two sources failed whole", code, exitFailed)
	}
	var report pipeline.Report
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v\n%s\n%s", err, out, errs)
	}
	site1 := report.Sources[0]
	if site1.State != "ok" || site1.New != 1 || site1.Failed != 4 {
		t.Errorf("site: %+v, want state ok, 1 new, 4 failed", site1)
	}
	for _, reason := range []string{"pdf", "too_large", "not_found", "server_error"} {
		if site1.Reasons[reason] != 1 {
			t.Errorf("site: %d failed as %s, want 1: %v", site1.Reasons[reason], reason, site1.Reasons)
		}
	}
	for i, want := range map[int]string{1: "not_feed", 2: "unreachable"} {
		if r := report.Sources[i]; !strings.Contains(r.Error, want) {
			t.Errorf("%s: error %q, want %s named", r.Source, r.Error, want)
		}
		if !strings.Contains(errs, want) {
			t.Errorf("stderr does not name %s:\n%s", want, errs)
		}
	}
	if _, out, _ := call(t, "claims", "--config", conf); !strings.Contains(out, "41 people") {
		t.Errorf("the one good article is not on the board:\n%s", out)
	}
}

func TestStoreInUse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	conf := filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(conf, []byte("store: {path: t.db}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := boltstore.Open(filepath.Join(dir, "t.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	code, _, errs := call(t, "claims", "--config", conf)
	if code != exitFailed || !strings.Contains(errs, "in use") || !strings.Contains(errs, fmt.Sprint(os.Getpid())) || !strings.Contains(errs, "hint: ") {
		t.Errorf("exit code %d, stderr %q; want %d, the holder's pid and a hint", code, errs, exitFailed)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := call(t, "claims", "--config", conf); code != exitOK {
		t.Errorf("after it was let go: exit code %d: %s", code, errs)
	}
}

func TestMentionsPointToTheirEvidence(t *testing.T) {
	t.Parallel()
	conf := sampleNewsroom(t)
	mustRun(t, "crawl", "--config", conf)
	var doc struct {
		Claims []struct {
			Mentions []struct {
				URL     string
				Archive *struct {
					File     string
					RecordID string `json:"record_id"`
					Digest   string
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(mustRun(t, "export", "--config", conf)), &doc); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, c := range doc.Claims {
		for _, m := range c.Mentions {
			n++
			if m.Archive == nil || m.Archive.RecordID == "" || !strings.HasPrefix(m.Archive.Digest, "sha256:") {
				t.Fatalf("mention of %s has no evidence: %+v", m.URL, m.Archive)
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(conf), "data", "archive", m.Archive.File)); errors.Is(err, os.ErrNotExist) {
				t.Fatalf("evidence of %s is in %s, which is not there", m.URL, m.Archive.File)
			}
		}
	}
	if n == 0 {
		t.Fatal("no mentions")
	}
}
