package server_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"

	"tallywire/claims"
)

// listen opens the stream of events and reads up to the first one.
func (h *house) listen(ctx context.Context) (*bufio.Scanner, *http.Response) {
	h.t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, h.srv.URL+"/events", nil)
	if err != nil {
		h.t.Fatal(err)
	}
	res, err := h.srv.Client().Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { res.Body.Close() })
	lines := bufio.NewScanner(res.Body)
	return lines, res
}

func event(lines *bufio.Scanner, name string) string {
	for lines.Scan() {
		if lines.Text() == "event: "+name && lines.Scan() {
			return lines.Text()
		}
	}
	return ""
}

func TestEventsTellOfChanges(t *testing.T) {
	t.Parallel()
	c := captives()
	h := newHouse(t, c)
	lines, res := h.listen(t.Context())
	if kind := res.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatalf("%s, %s", res.Status, kind)
	}
	if got := event(lines, "hello"); got != `data: {"generation":1}` {
		t.Errorf("hello says %q", got)
	}
	c.Voices++
	if err := h.store.PutClaims(t.Context(), []claims.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
	if err := h.board.Refresh(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	if got := event(lines, "board"); !strings.Contains(got, `"changed":1`) || !strings.Contains(got, string(c.ID)) {
		t.Errorf("board says %q", got)
	}
}

// TestListenersAreBounded: beyond the bound a page is told to come back, and those that left make room (F13).
func TestListenersAreBounded(t *testing.T) {
	t.Parallel()
	h := newHouse(t, captives())
	ctx, leave := context.WithCancel(t.Context())
	full := 0
	for range 300 {
		lines, res := h.listen(ctx)
		if res.StatusCode == http.StatusServiceUnavailable && res.Header.Get("Retry-After") != "" {
			full++
			continue
		}
		event(lines, "hello")
	}
	if full != 300-256 {
		t.Errorf("%d of 300 listeners were turned away; want %d", full, 300-256)
	}
	leave()
	for range 1000 {
		if _, res := h.listen(t.Context()); res.StatusCode == http.StatusOK {
			return
		}
	}
	t.Error("nobody gets in after all have left")
}
