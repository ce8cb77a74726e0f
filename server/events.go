package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"tallywire/board"
)

const (
	beat     = 20 * time.Second // between two signs of life, so that proxies and browsers keep the stream
	look     = time.Second      // between two looks at passes under way
	maxAlive = 10 * time.Minute // after which a page asks anew
)

// events streams what changes, as server-sent events: "board" with the new generation and how many claims changed, "crawl"
// when a pass moved on. Pages fetch themselves again; the stream carries no content.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	select {
	case s.live <- struct{}{}:
		defer func() { <-s.live }()
	default:
		w.Header().Set("Retry-After", "30")
		http.Error(w, "too many pages are listening", http.StatusServiceUnavailable)
		return
	}
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Time{}) // the server's limit for requests would end the stream
	changes, leave := s.Board.Subscribe()
	defer leave()
	w.Header().Set("Content-Type", "text/event-stream")
	send := func(event string, data any) bool {
		raw, err := json.Marshal(data)
		if err != nil {
			return false
		}
		_ = c.SetWriteDeadline(time.Now().Add(beat))
		if _, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event, raw); err != nil {
			return false
		}
		return c.Flush() == nil
	}
	if !send("hello", map[string]any{"generation": s.Board.Generation()}) {
		return
	}
	beats, looks, end := time.NewTicker(beat), time.NewTicker(look), time.NewTimer(maxAlive)
	defer beats.Stop()
	defer looks.Stop()
	defer end.Stop()
	last := s.passesWord()
	for ok := true; ok; {
		select {
		case <-r.Context().Done():
			return
		case <-end.C:
			return
		case <-beats.C:
			ok = send("beat", struct{}{})
		case ch := <-changes:
			ok = send("board", boardEvent(ch))
		case <-looks.C:
			if now := s.passesWord(); now != last {
				last = now
				ok = send("crawl", struct{}{})
			}
		}
	}
}

func boardEvent(ch board.Change) map[string]any {
	return map[string]any{"generation": ch.Generation, "changed": len(ch.Changed), "gone": len(ch.Gone), "ids": ch.Changed[:min(len(ch.Changed), 100)]}
}

// passesWord names the state of all passes.
func (s *Server) passesWord() string {
	if s.Crawls == nil {
		return ""
	}
	return fmt.Sprint(s.Crawls.Passes())
}
