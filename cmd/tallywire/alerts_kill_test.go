package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// A hook is a receiver of webhooks that can be told to hold its answers back. It keeps what it took by webhook-id, as the
// standard advises, and says how often each arrived.
type hook struct {
	mu      sync.Mutex
	taken   map[string]string // webhook-id to the body
	arrived chan struct{}     // one for each request, taken or not
	hold    chan struct{}     // closed: answer
	late    bool              // take it, but answer only when hold is closed
	lose    bool              // do not even take it before hold is closed
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the sender was killed while it sent
	}
	h.mu.Lock()
	late, lose, hold := h.late, h.lose, h.hold
	if !lose {
		h.taken[r.Header.Get("webhook-id")] = string(body)
	}
	h.mu.Unlock()
	h.arrived <- struct{}{}
	if late || lose {
		<-hold
		if lose {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}
}

// TestAlertsSurviveKill kills the program with SIGKILL while a webhook is on its way, before the receiver has taken it and after,
// and lets the next one deliver: every alert arrives, and under one webhook-id, so that a receiver that keeps them takes none twice.
func TestAlertsSurviveKill(t *testing.T) {
	t.Parallel()
	const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	h := &hook{taken: map[string]string{}, arrived: make(chan struct{}, 1000), hold: make(chan struct{})}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	t.Cleanup(func() { close(h.hold) })
	dir := t.TempDir()
	conf := filepath.Join(dir, "config.yaml")
	text := fmt.Sprintf("store: {path: t.db}\narchive: {dir: \"\"}\nsources: [{id: harbor-post, url: \"https://harbor.example/rss\"}]\nalerts:\n  allow_private_networks: true\n"+
		"  channels: [{id: hook, type: webhook, url: %q, secret_env: HOOK_SECRET}]\n  rules: [{id: all, when: [new], query: \"\", to: [hook]}]\n", srv.URL)
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	start := func(args ...string) (kill func()) {
		cmd := program(t, append(args, "--config", conf)...)
		cmd.Env = append(cmd.Env, "HOOK_SECRET="+secret)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }
	}
	mustRun(t, "claims", "--config", conf) // the empty board is known
	things := []string{"cranes were broken", "homes lost power", "bridges were closed", "patients were treated", "trees were planted"}
	for round, thing := range things {
		h.mu.Lock()
		h.late, h.lose = round%2 == 1, round%2 == 0
		h.mu.Unlock()
		doc := filepath.Join(dir, fmt.Sprintf("%d.jsonl", round))
		line := fmt.Sprintf(`{"url":"https://harbor.example/%d","source":"harbor-post","published":"2025-03-0%dT10:00:00Z","lang":"en","text":"%d %s in the storm, our reporter counted."}`, round, round+1, 4100+37*round, thing)
		if err := os.WriteFile(doc, []byte(line), 0o600); err != nil {
			t.Fatal(err)
		}
		kill := start("ingest", "--jsonl", doc)
		select {
		case <-h.arrived: // the message is at the receiver, which does not answer
		case <-time.After(2 * time.Minute):
			t.Fatalf("round %d: nothing arrived", round)
		}
		kill()
	}
	h.mu.Lock()
	h.late, h.lose = false, false
	h.mu.Unlock()
	kill := start("serve", "--listen", "127.0.0.1:0")
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(50 * time.Millisecond) { // another process delivers
		h.mu.Lock()
		n := len(h.taken)
		h.mu.Unlock()
		if n >= len(things) || time.Now().After(end) {
			break
		}
	}
	kill()
	mustRun(t, "claims", "--config", conf)
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, thing := range things {
		what, _, _ := strings.Cut(thing, " ")
		ids := []string{}
		for id, body := range h.taken {
			if strings.Contains(body, what) {
				ids = append(ids, id)
			}
		}
		if len(ids) != 1 {
			t.Errorf("the alert of %s has the webhook-ids %q; want one", what, ids)
		}
	}
	if len(h.taken) != len(things) {
		t.Errorf("%d alerts of %d claims", len(h.taken), len(things))
	}
}
