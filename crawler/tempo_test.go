package crawler

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestTempo has bodies come at several paces, by the bubble's clock: a drip ends after one span, however long the deadline; one
// that brings enough is read to its end, and so is a late one that is short.
func TestTempo(t *testing.T) {
	for _, test := range []struct {
		name  string
		parts []int         // bytes
		pause time.Duration // before each
		want  Reason        // "" for a whole body
		after time.Duration // at which it ends
	}{
		{"a byte a second", ones(60), time.Second, ReasonTooSlow, tempoSpan},
		{"asleep", []int{200_000}, 15 * time.Second, ReasonTooSlow, tempoSpan},
		{"drips after a good start", append([]int{200_000}, ones(60)...), time.Second, ReasonTooSlow, 2 * tempoSpan},
		{"slow but steady", []int{4096, 4096, 4096, 4096, 4096, 4096, 4096}, 3 * time.Second, "", 21 * time.Second},
		{"short and late", []int{10}, 9 * time.Second, "", 9 * time.Second},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, "", func(t *testing.T, r *rig) {
				total := 0
				r.web.Handle("http://a.example/page", func(w http.ResponseWriter, in *http.Request) {
					control := http.NewResponseController(w)
					_ = control.Flush()
					for _, n := range test.parts {
						if !sleep(in.Context(), test.pause) {
							return
						}
						if _, err := w.Write([]byte(strings.Repeat("x", n))); err != nil || control.Flush() != nil {
							return
						}
						total += n
					}
				})
				begin := time.Now()
				got, err := r.fetch(t.Context(), request{url: "http://a.example/page", free: true})
				if took := time.Since(begin); reasonOf(err) != test.want || took != test.after {
					t.Errorf("%v after %v, want %q after %v", err, took, test.want, test.after)
				}
				if err == nil && len(got.body) != total {
					t.Errorf("%d bytes of %d", len(got.body), total)
				}
			})
		})
	}
}

func ones(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = 1
	}
	return out
}
