package alert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"tallywire/claims"
	"tallywire/search"
	"tallywire/store/memstore"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// claim is one of n with a status and a value.
func claim(n int, status claims.Status, value int64, change ...func(*claims.Claim)) claims.Claim {
	v := claims.Exactly(claims.Int(value))
	c := claims.Claim{ID: claims.ClaimID(fmt.Sprintf("c_%016x", n)), Statement: fmt.Sprintf("%d captives released", value), Status: status, Value: v, LastChanged: noon, Reasons: []string{"V1: two voices"},
		Topics:   []string{"exchange"},
		Mentions: []claims.Mention{{ID: claims.MentionID(fmt.Sprintf("m_%d", n)), Lang: "en", Sentence: "They released captives.", URL: fmt.Sprintf("https://a.example/%d", n), Stance: claims.Supports, Value: v, Published: noon}},
		History:  []claims.Change{{At: noon, Kind: claims.First, Status: status, Value: v}}}
	for _, f := range change {
		f(&c)
	}
	return c
}

// recorder is a Sender that keeps what it is given.
type recorder struct {
	got  []Delivery
	fail func(n int) error // of the n-th try
	n    int
}

func (r *recorder) Send(_ context.Context, d Delivery) error {
	r.n++
	if r.fail != nil {
		if err := r.fail(r.n); err != nil {
			return err
		}
	}
	r.got = append(r.got, d)
	return nil
}

func (r *recorder) titles() []string {
	var out []string
	for _, d := range r.got {
		for _, e := range d.Events {
			out = append(out, string(e.Kind)+" "+string(e.Claim[len(e.Claim)-1:]))
		}
	}
	return out
}

// desk is an engine over a store with a clock that can be set.
type desk struct {
	*Engine
	store *memstore.Store
	to    *recorder
	now   time.Time
	n     int
}

func newDesk(t *testing.T, rules []Rule, change ...func(*Options)) *desk {
	t.Helper()
	d := &desk{store: memstore.New(), to: &recorder{}, now: noon}
	d.restart(t, rules, change...)
	if err := d.CatchUp(t.Context(), "start"); err != nil {
		t.Fatal(err)
	}
	return d
}

// restart makes a new engine over the same store, as another process would.
func (d *desk) restart(t *testing.T, rules []Rule, change ...func(*Options)) {
	t.Helper()
	o := Options{Settings: d.store, Board: d.store, Rules: rules, Channels: []Channel{{ID: "desk", Sender: d.to}}, Now: func() time.Time { return d.now }, Log: slog.New(slog.DiscardHandler)}
	for _, f := range change {
		f(&o)
	}
	e, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	d.Engine = e
}

// put writes claims as a pass does: to the store, then to the engine.
func (d *desk) put(t *testing.T, cs []claims.Claim, remove ...claims.ClaimID) {
	t.Helper()
	d.n++
	if err := d.store.PutClaims(t.Context(), cs, remove); err != nil {
		t.Fatal(err)
	}
	if err := d.Observe(t.Context(), cs, remove, fmt.Sprint(d.n)); err != nil {
		t.Fatal(err)
	}
}

func (d *desk) flush(t *testing.T) time.Time {
	t.Helper()
	next, err := d.Flush(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func everything() []Rule { return []Rule{{ID: "all", When: Kinds, To: []string{"desk"}}} }

func want(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	query := func(s string) search.Query {
		q, err := search.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	stale := func(c *claims.Claim) {
		c.History = append(c.History, claims.Change{At: noon.Add(time.Hour), Kind: claims.Update, Value: c.Value})
		c.History[0].Value = claims.Exactly(claims.Int(300))
		late := claims.Mention{ID: "m_late", Text: "300 captives", URL: "https://b.example/1", Source: "b", Stance: claims.Outdated, Value: claims.Exactly(claims.Int(300)), Published: noon.Add(2 * time.Hour)}
		early, corrected := late, late
		early.ID, early.Published = "m_early", noon.Add(time.Minute)
		corrected.ID, corrected.URL = "m_corrected", c.Mentions[0].URL
		c.Mentions = append(c.Mentions, late, early, corrected)
	}
	for name, test := range map[string]struct {
		rule       Rule
		was, now   claims.Claim
		want       []Kind
		brandIsNew bool
	}{
		"nothing":                 {rule: Rule{When: Kinds}, was: claim(1, claims.Verified, 390), now: claim(1, claims.Verified, 390)},
		"status":                  {rule: Rule{When: Kinds}, was: claim(1, claims.Unverified, 390), now: claim(1, claims.Verified, 390), want: []Kind{StatusChanged}},
		"status not asked for":    {rule: Rule{When: []Kind{NewClaim}}, was: claim(1, claims.Unverified, 390), now: claim(1, claims.Verified, 390)},
		"an editor's word":        {rule: Rule{When: Kinds}, was: claim(1, claims.Verified, 390), now: claim(1, claims.Verified, 390, func(c *claims.Claim) { c.Review = &claims.Review{Status: claims.Disputed, At: noon} }), want: []Kind{StatusChanged}},
		"value":                   {rule: Rule{When: Kinds}, was: claim(1, claims.Verified, 390), now: claim(1, claims.Verified, 391), want: []Kind{ValueChanged}},
		"value within 10":         {rule: Rule{When: Kinds, By: decimal.NewFromInt(10)}, was: claim(1, claims.Verified, 390), now: claim(1, claims.Verified, 400)},
		"value beyond 10":         {rule: Rule{When: Kinds, By: decimal.NewFromInt(10)}, was: claim(1, claims.Verified, 390), now: claim(1, claims.Verified, 401), want: []Kind{ValueChanged}},
		"value within 5 %":        {rule: Rule{When: Kinds, By: decimal.NewFromInt(5), Share: true}, was: claim(1, claims.Verified, 400), now: claim(1, claims.Verified, 380)},
		"value beyond 5 %, lower": {rule: Rule{When: Kinds, By: decimal.NewFromInt(5), Share: true}, was: claim(1, claims.Verified, 400), now: claim(1, claims.Verified, 379), want: []Kind{ValueChanged}},
		"new":                     {rule: Rule{When: Kinds}, now: claim(1, claims.Verified, 390), want: []Kind{NewClaim}, brandIsNew: true},
		"new in a topic":          {rule: Rule{When: Kinds, Query: query("topic:exchange")}, now: claim(1, claims.Verified, 390), want: []Kind{NewClaim}, brandIsNew: true},
		"new in another topic":    {rule: Rule{When: Kinds, Query: query("topic:storms")}, now: claim(1, claims.Verified, 390), brandIsNew: true},
		"words":                   {rule: Rule{When: Kinds, Query: query("captive released")}, now: claim(1, claims.Verified, 390), want: []Kind{NewClaim}, brandIsNew: true},
		"stale":                   {rule: Rule{When: Kinds}, was: claim(1, claims.Verified, 390), now: claim(1, claims.Verified, 390, stale), want: []Kind{StaleFigure}},
		"stale, told before":      {rule: Rule{When: Kinds}, was: claim(1, claims.Verified, 390, stale), now: claim(1, claims.Verified, 390, stale)},
		"two at once":             {rule: Rule{When: Kinds}, was: claim(1, claims.Unverified, 390), now: claim(1, claims.Verified, 500), want: []Kind{StatusChanged, ValueChanged}},
	} {
		var was *seen
		if !test.brandIsNew {
			s := seenOf(&test.was)
			was = &s
		}
		var got []Kind
		for _, e := range test.rule.events(was, &test.now) {
			got = append(got, e.Kind)
			if e.ID == "" || e.Title() == "" || e.At.IsZero() {
				t.Errorf("%s: %+v", name, e)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestToldOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t, everything())
	d.put(t, []claims.Claim{claim(1, claims.Unverified, 390), claim(2, claims.Unverified, 7)})
	d.put(t, []claims.Claim{claim(1, claims.Unverified, 390)}) // the same again
	d.flush(t)
	d.flush(t)
	d.put(t, []claims.Claim{claim(1, claims.Verified, 390)})
	d.restart(t, everything())
	if err := d.CatchUp(t.Context(), "2"); err != nil {
		t.Fatal(err)
	}
	d.flush(t)
	d.flush(t)
	want(t, "told", d.to.titles(), []string{"new 1", "new 2", "status 1"})
	ids := map[string]bool{}
	for _, m := range d.to.got {
		ids[m.ID] = true
	}
	if len(ids) != 3 {
		t.Errorf("%d ids", len(ids))
	}
	if w, err := d.Waiting(t.Context()); err != nil || len(w) != 0 {
		t.Errorf("waiting %+v, %v", w, err)
	}
}

func TestTheBoardAtFirstIsNoNews(t *testing.T) {
	t.Parallel()
	d := &desk{store: memstore.New(), to: &recorder{}, now: noon}
	if err := d.store.PutClaims(t.Context(), []claims.Claim{claim(1, claims.Unverified, 390)}, nil); err != nil {
		t.Fatal(err)
	}
	d.restart(t, everything())
	if err := d.CatchUp(t.Context(), "7"); err != nil {
		t.Fatal(err)
	}
	d.put(t, []claims.Claim{claim(1, claims.Verified, 390)})
	d.flush(t)
	want(t, "told", d.to.titles(), []string{"status 1"})
}

// TestWrittenWhileNobodyListened is told of at the next start, once.
func TestWrittenWhileNobodyListened(t *testing.T) {
	t.Parallel()
	d := newDesk(t, everything())
	d.put(t, []claims.Claim{claim(1, claims.Unverified, 390), claim(2, claims.Unverified, 390)})
	d.flush(t)
	d.to.got = nil
	if err := d.store.PutClaims(t.Context(), []claims.Claim{claim(1, claims.Disputed, 390), claim(3, claims.Unverified, 5)}, []claims.ClaimID{claim(2, "", 0).ID}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		d.restart(t, everything())
		if err := d.CatchUp(t.Context(), "other"); err != nil {
			t.Fatal(err)
		}
		d.flush(t)
	}
	want(t, "told", d.to.titles(), []string{"status 1", "new 3"})
}

// TestAnotherIDIsNoNewClaim: an earlier mention turned up, and the claim took its name from it.
func TestAnotherIDIsNoNewClaim(t *testing.T) {
	t.Parallel()
	d := newDesk(t, everything())
	d.put(t, []claims.Claim{claim(1, claims.Unverified, 390)})
	renamed := claim(1, claims.Verified, 390)
	renamed.ID = claim(9, "", 0).ID
	d.put(t, []claims.Claim{renamed}, claim(1, "", 0).ID)
	d.flush(t)
	want(t, "told", d.to.titles(), []string{"new 1", "status 9"})
}

func TestRetries(t *testing.T) {
	t.Parallel()
	d := newDesk(t, everything())
	d.to.fail = func(int) error { return errors.New("down") }
	d.put(t, []claims.Claim{claim(1, claims.Unverified, 390), claim(2, claims.Unverified, 7)})
	next := d.flush(t)
	if d.to.n != 1 { // a channel that is down is not asked for every message
		t.Errorf("%d tries", d.to.n)
	}
	if !next.Equal(noon) { // the second message waits for the first
		t.Errorf("next at %s", next)
	}
	d.put(t, nil, claim(2, "", 0).ID)
	tries := 0
	for range 40 {
		d.now = d.now.Add(30 * time.Hour)
		d.flush(t)
		tries = d.to.n
	}
	if w, err := d.Waiting(t.Context()); err != nil || len(w) != 1 || w[0].Failed != 2 || w[0].Pending != 0 || w[0].Error != "down" {
		t.Errorf("waiting %+v, %v", w, err)
	}
	if tries != 2*(len(waits)+1) {
		t.Errorf("%d tries of two messages", tries)
	}
}

func TestPatienceAndGone(t *testing.T) {
	t.Parallel()
	d := newDesk(t, everything())
	d.to.fail = func(n int) error {
		if n == 1 {
			return &RetryError{errors.New("busy"), time.Hour}
		}
		return nil
	}
	d.put(t, []claims.Claim{claim(1, claims.Unverified, 390)})
	if next := d.flush(t); !next.Equal(noon.Add(time.Hour)) {
		t.Errorf("next at %s, want an hour on", next)
	}
	d.now = noon.Add(59 * time.Minute)
	d.flush(t)
	if d.to.n != 1 {
		t.Error("asked before its time")
	}
	d.now = noon.Add(time.Hour)
	d.flush(t)
	want(t, "told", d.to.titles(), []string{"new 1"})
	d.to.fail = func(int) error { return fmt.Errorf("410: %w", ErrGone) }
	d.put(t, []claims.Claim{claim(2, claims.Unverified, 390)})
	d.flush(t)
	if w, err := d.Waiting(t.Context()); err != nil || len(w) != 1 || w[0].Failed != 1 {
		t.Errorf("waiting %+v, %v", w, err)
	}
}

// breaking is Settings that end after some writes, as a killed process does.
type breaking struct {
	Settings
	left int
}

var errKilled = errors.New("killed")

func (b *breaking) PutSetting(ctx context.Context, name, value string) error {
	if b.left == 0 {
		return errKilled
	}
	b.left--
	return b.Settings.PutSetting(ctx, name, value)
}

// TestKilledAnywhere ends the process after every single write, between sending and noting it too; after the
// restarts each event has been sent, and no event under two IDs.
func TestKilledAnywhere(t *testing.T) {
	t.Parallel()
	for writes := range 40 {
		d := newDesk(t, everything())
		cs := []claims.Claim{claim(1, claims.Unverified, 390), claim(2, claims.Unverified, 7)}
		dying := &breaking{d.store, writes}
		d.restart(t, everything(), func(o *Options) { o.Settings = dying })
		if err := d.store.PutClaims(t.Context(), cs, nil); err != nil {
			t.Fatal(err)
		}
		err := d.Observe(t.Context(), cs, nil, "1")
		if err == nil {
			_, err = d.Flush(t.Context())
		}
		if err != nil && !errors.Is(err, errKilled) {
			t.Fatal(err)
		}
		d.restart(t, everything())
		if err := d.CatchUp(t.Context(), "1"); err != nil {
			t.Fatal(err)
		}
		d.flush(t)
		d.flush(t)
		ids := map[string]string{}
		for _, m := range d.to.got {
			ids[m.ID] = string(m.Events[0].Kind) + string(m.Events[0].Claim)
		}
		events := map[string]bool{}
		for _, e := range ids {
			events[e] = true
		}
		if len(ids) != 2 || len(events) != 2 || len(d.to.got) > 3 {
			t.Errorf("killed after %d writes: %d deliveries under %d ids of %d events", writes, len(d.to.got), len(ids), len(events))
		}
		if w, err := d.Waiting(t.Context()); err != nil || len(w) != 0 {
			t.Errorf("killed after %d writes: waiting %+v, %v", writes, w, err)
		}
	}
}

func TestDigest(t *testing.T) {
	t.Parallel()
	daily := func(o *Options) { o.Channels[0].Digest = 24 * time.Hour }
	d := newDesk(t, everything())
	d.restart(t, everything(), daily)
	d.put(t, []claims.Claim{claim(1, claims.Unverified, 390), claim(2, claims.Unverified, 7)})
	if next := d.flush(t); !next.Equal(noon.Add(12*time.Hour)) || d.to.n != 0 {
		t.Errorf("next at %s after %d mails; want midnight", next, d.to.n)
	}
	d.now = noon.Add(12 * time.Hour)
	d.to.fail = func(n int) error {
		if n == 1 {
			return errors.New("down")
		}
		return nil
	}
	d.flush(t)
	d.put(t, []claims.Claim{claim(3, claims.Unverified, 7)}) // of the next day
	d.now = d.now.Add(time.Minute)
	d.restart(t, everything(), daily)
	d.flush(t)
	if len(d.to.got) != 1 || len(d.to.got[0].Events) != 2 {
		t.Fatalf("digests %+v", d.to.got)
	}
	d.now = d.now.Add(24 * time.Hour)
	d.flush(t)
	d.flush(t)
	if len(d.to.got) != 2 || len(d.to.got[1].Events) != 1 || d.to.got[0].ID == d.to.got[1].ID {
		t.Errorf("digests %+v", d.to.got)
	}
}

func TestNoSuchChannel(t *testing.T) {
	t.Parallel()
	if _, err := New(Options{Rules: everything()}); !errors.Is(err, claims.ErrInvalid) {
		t.Errorf("%v, want claims.ErrInvalid", err)
	}
}

func TestEventJSON(t *testing.T) {
	t.Parallel()
	c := claim(1, claims.Verified, 390)
	was := seenOf(&c)
	now := claim(1, claims.Disputed, 400)
	r := Rule{ID: "all", When: Kinds}
	raw, err := json.Marshal(r.events(&was, &now))
	if err != nil {
		t.Fatal(err)
	}
	var back []Event
	if err := json.Unmarshal(raw, &back); err != nil || len(back) != 2 || !back[1].Before.Equal(claims.Int(390)) || back[0].Previous != claims.Verified {
		t.Errorf("%s: %v", raw, err)
	}
	if got := back[0].Title(); got != "≠ disputed, was verified: 400 captives released" {
		t.Error(got)
	}
	if got := back[1].Title(); got != "400, was 390: 400 captives released (disputed)" {
		t.Error(got)
	}
}
