package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	webhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// TestAlertsFromTheCommandLine takes documents and has a signed webhook told of what they changed, once each,
// over processes and through a receiver that is down for a while.
func TestAlertsFromTheCommandLine(t *testing.T) {
	const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	t.Setenv("HOOK_SECRET", secret) // the program is called as a process of its own
	verifier, err := webhooks.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var got []string
	down := false
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = verifier.Verify(body, r.Header)
		}
		if err != nil {
			t.Error(err)
		}
		if down {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		var p struct {
			Type string
			Data struct{ Title string }
		}
		if err := json.Unmarshal(body, &p); err != nil {
			t.Error(err)
		}
		got = append(got, p.Type+": "+p.Data.Title)
	}))
	t.Cleanup(hook.Close)
	dir := t.TempDir()
	conf := filepath.Join(dir, "config.yaml")
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("config.yaml", fmt.Sprintf(`store: {path: t.db}
archive: {dir: ""}
sources:
  - {id: harbor-post, url: "https://harbor.example/rss"}
  - {id: port-radio, url: "https://radio.example/rss"}
alerts:
  allow_private_networks: true
  channels: [{id: hook, type: webhook, url: "%s", secret_env: HOOK_SECRET}]
  rules: [{id: ferry, when: [new, status], query: "ferry people", to: [hook]}]
`, hook.URL))
	told := func(want ...string) {
		t.Helper()
		mu.Lock()
		defer mu.Unlock()
		if !slices.Equal(got, want) {
			t.Errorf("told %q, want %q", got, want)
		}
		got = nil
	}
	one := write("one.jsonl", `{"url":"https://harbor.example/a","source":"harbor-post","published":"2025-03-01T10:00:00Z","lang":"en","text":"A fire on the ferry killed 41 people on Saturday, our reporter counted."}
{"url":"https://harbor.example/c","source":"harbor-post","published":"2025-03-01T10:00:00Z","lang":"en","text":"The storm broke 12 cranes, our reporter counted."}`)
	two := write("two.jsonl", `{"url":"https://radio.example/b","source":"port-radio","published":"2025-03-01T11:00:00Z","lang":"en","text":"At the quay we saw that 41 people were killed in the fire on the ferry on Saturday."}`)
	mustRun(t, "claims", "--config", conf)
	mustRun(t, "ingest", "--config", conf, "--jsonl", one)
	told("claim.new: new, ? unverified: 41 people killed, 1 March 2025")
	mustRun(t, "ingest", "--config", conf, "--jsonl", one)
	told()
	mu.Lock()
	down = true
	mu.Unlock()
	mustRun(t, "ingest", "--config", conf, "--jsonl", two)
	if out := mustRun(t, "alerts", "status", "--config", conf); !strings.Contains(out, `"pending": 1`) || !strings.Contains(out, "502") {
		t.Errorf("status: %s", out)
	}
	told()
	mu.Lock()
	down = false
	mu.Unlock()
	code, _, errs := call(t, "alerts", "send", "--config", conf) // not due yet, or due after five seconds on a slow machine
	if code != exitOK {
		t.Errorf("alerts send: %d %s", code, errs)
	}
	mustRun(t, "alerts", "test", "hook", "--config", conf)
	if code, _, _ := call(t, "alerts", "test", "nowhere", "--config", conf); code != exitNotFound {
		t.Errorf("a channel that there is not: exit code %d", code)
	}
	if code, _, errs := call(t, "alerts", "test", "hook", "--config", conf); code != exitUsage || !strings.Contains(errs, "HOOK_SECRET is not set") {
		t.Errorf("without the secret: exit code %d, %s", code, errs)
	}
}
