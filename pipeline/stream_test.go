package pipeline_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"tallywire/claims"
	"tallywire/internal/newsgen"
	"tallywire/pipeline"
	"tallywire/store/memstore"
)

const streamGolden = "testdata/stream.golden"

var streamFaults = flag.Bool("faults", false, "print what the judge made wrong of the stream")

// A tally is what the judge made of a stream of which the truth is known.
type tally struct {
	documents, claims                   int
	verified, wrong, mixed              int // verified claims; those whose figure was never true; those that mix events
	updates, calledDisputes             int // figures that a count moved on to, without anybody being wrong; those called disputes
	disputes, disputesFound             int // events whose two offices disagree; those with a claim that was disputed
	confirmed, confirmedFound, straying int // last figures that two voices gave; those verified; claims of confirmed events beside the main one
}

// TestStream judges four quarters of a year of made-up news, each of its own world, with copies, lag, rounding, errors and edits, and holds the shares
// that the newsroom cares for: figures called verified that are not true, updates called disputes.
func TestStream(t *testing.T) {
	t.Parallel()
	var got tally
	for _, seed := range []uint64{7, 21, 22, 23} {
		o := newsgen.DefaultOptions()
		o.Seed = seed
		got.add(judgeStream(t, newsgen.New(o)))
	}
	if got.wrong*100 > got.verified {
		t.Errorf("%d of %d verified figures are wrong: more than 1 %%", got.wrong, got.verified)
	}
	if got.calledDisputes*100 > got.updates {
		t.Errorf("%d of %d updates are called disputes: more than 1 %%", got.calledDisputes, got.updates)
	}
	text := got.String()
	if *update {
		if err := os.WriteFile(streamGolden, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(streamGolden)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("the stream came to\n%s\nnot to\n%s\n(-update writes it down)", text, want)
	}
}

func (o *tally) add(p tally) {
	o.documents += p.documents
	o.claims += p.claims
	o.verified += p.verified
	o.wrong += p.wrong
	o.mixed += p.mixed
	o.updates += p.updates
	o.calledDisputes += p.calledDisputes
	o.disputes += p.disputes
	o.disputesFound += p.disputesFound
	o.confirmed += p.confirmed
	o.confirmedFound += p.confirmedFound
	o.straying += p.straying
}

func judgeStream(t *testing.T, w *newsgen.World) tally {
	t.Helper()
	settings := claims.DefaultSettings()
	settings.Sources = w.Sources
	p := &pipeline.Pipeline{Store: memstore.New(), Settings: settings}
	event := map[string]int{} // by address
	byEvent := map[int][]newsgen.Report{}
	for _, r := range w.Reports {
		event[r.Document.URL] = r.Event
		byEvent[r.Event] = append(byEvent[r.Event], r)
		if _, err := p.Digest(t.Context(), r.Document); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.Judge(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	board, err := pipeline.All(t.Context(), p.Store)
	if err != nil {
		t.Fatal(err)
	}
	out := tally{documents: len(w.Reports), claims: len(board)}
	claimsOf := map[int][]claims.Claim{}
	for _, c := range board {
		events := map[int]int{}
		for _, m := range c.Mentions {
			events[event[m.URL]]++
		}
		for e := range events {
			claimsOf[e] = append(claimsOf[e], c)
		}
		if c.Status != claims.Verified {
			continue
		}
		out.verified++
		switch e := w.Events[event[c.Mentions[0].URL]]; {
		case len(events) > 1:
			out.wrong++
			out.mixed++
			fault(t, "mixes events", e, &c)
		case !wasTrue(e, c.Value):
			out.wrong++
			fault(t, "was never true", e, &c)
		}
	}
	for _, e := range w.Events {
		out.count(t, e, byEvent[e.ID], claimsOf[e.ID])
	}
	return out
}

// count adds what became of one event.
func (o *tally) count(t *testing.T, e newsgen.Event, reports []newsgen.Report, its []claims.Claim) {
	clean := !e.Disputed && !slices.ContainsFunc(reports, func(r newsgen.Report) bool { return r.Wrong && !strings.HasPrefix(r.Voice, "crowd") })
	if clean {
		o.updates += len(e.Figures) - 1
		for _, c := range its {
			if slices.ContainsFunc(c.History, func(h claims.Change) bool { return h.Status == claims.Disputed }) {
				o.calledDisputes++
				fault(t, "is called a dispute", e, &c)
			}
		}
	}
	if e.Disputed {
		o.disputes++
		if slices.ContainsFunc(its, func(c claims.Claim) bool {
			return slices.ContainsFunc(c.History, func(h claims.Change) bool { return h.Status == claims.Disputed })
		}) {
			o.disputesFound++
		} else {
			for _, c := range its {
				fault(t, "is a dispute not found", e, &c)
			}
		}
	}
	last := e.Figures[len(e.Figures)-1].Value
	voices := map[string]bool{}
	for _, r := range reports {
		if r.Said == last && !r.Wrong && !strings.HasPrefix(r.Voice, "crowd") {
			voices[r.Voice] = true
		}
	}
	if clean && len(voices) > 1 && e.Kind != "plan" {
		o.confirmed++
		o.straying += len(its) - 1
		if slices.ContainsFunc(its, func(c claims.Claim) bool {
			return c.Status == claims.Verified && strings.TrimSuffix(c.Value.Best.String(), map[string]string{"grant": "000000"}[e.Kind]) == fmt.Sprint(last)
		}) {
			o.confirmedFound++
		} else if len(its) > 0 {
			fault(t, "is not verified", e, &its[0])
		}
	}
}

// wasTrue reports whether a value is one that its event had, or that one rounded or hedged.
func wasTrue(e newsgen.Event, v claims.Value) bool {
	best := v.Best.Decimal().InexactFloat64()
	if e.Kind == "grant" {
		best /= 1e6
	}
	return slices.ContainsFunc(e.Figures, func(f newsgen.Figure) bool {
		was := float64(f.Value)
		return best >= was*0.9-0.5 && best <= was*1.1+0.5
	})
}

func fault(t *testing.T, what string, e newsgen.Event, c *claims.Claim) {
	t.Helper()
	if !*streamFaults {
		return
	}
	t.Logf("%s %s %v %s", e.Kind, e.Place, e.Figures, what)
	if c != nil {
		t.Logf("    %s: %s %v", c.Statement, c.Status, c.Reasons)
		for _, m := range c.Mentions {
			t.Logf("       %s %s %s [%s] %s", m.Published.Format("02 15:04"), m.Origin, m.Stance, m.Text, m.Sentence)
		}
	}
}

func share(n, of int) string {
	if of == 0 {
		return "none"
	}
	return fmt.Sprintf("%d of %d, %.1f %%", n, of, 100*float64(n)/float64(of))
}

func (o tally) String() string {
	return fmt.Sprintf("documents: %d\nclaims: %d\nverified that are wrong: %s (%d mix events)\nupdates called disputes: %s\ndisputes found: %s\nfigures of two voices that are verified: %s (%d claims beside them)\n",
		o.documents, o.claims, share(o.wrong, o.verified), o.mixed, share(o.calledDisputes, o.updates), share(o.disputesFound, o.disputes), share(o.confirmedFound, o.confirmed), o.straying)
}
