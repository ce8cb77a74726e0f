package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"tallywire/access"
	"tallywire/claims"
	"tallywire/pipeline"
	"tallywire/store/memstore"
)

// TestNoStatusWithoutWhoWhenWhy walks at random over every way in which a board is written (articles that are new, edited, gone, reviews
// set and cleared, merges, splits, what takes them back), and after each step asks every claim who, when, why and on what evidence (F10).
func TestNoStatusWithoutWhoWhenWhy(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			newWriters(t, seed).walk(60)
		})
	}
}

// writers are all who write to one board.
type writers struct {
	t      *testing.T
	ctx    context.Context
	rand   *rand.Rand
	now    time.Time
	store  *memstore.Store
	pipe   *pipeline.Pipeline
	desk   *desk
	made   int // decisions
	before map[claims.ClaimID]claims.Claim

	most, moved int // claims at once; changes of status
}

func newWriters(t *testing.T, seed uint64) *writers {
	w := &writers{t: t, ctx: t.Context(), rand: rand.New(rand.NewPCG(seed, 7)), now: time.Date(2025, 5, 23, 8, 0, 0, 0, time.UTC), store: memstore.New(), before: map[claims.ClaimID]claims.Claim{}}
	settings := claims.DefaultSettings()
	for _, s := range []claims.SourceID{"a", "b", "c", "d"} {
		settings.Sources = append(settings.Sources, claims.Source{ID: s, Name: strings.ToUpper(string(s)), Class: claims.ClassOutlet, Owner: string(s)})
	}
	now := func() time.Time { return w.now }
	w.pipe = &pipeline.Pipeline{Store: w.store, Settings: settings, Now: now, Log: slog.New(slog.DiscardHandler)}
	w.desk = &desk{e: &env{now: now}, store: w.store, editor: &editor{store: w.store, pipeline: w.pipe, now: now}}
	return w
}

func (w *writers) walk(steps int) {
	for step := range steps {
		w.now = w.now.Add(time.Duration(1+w.rand.IntN(90)) * time.Minute)
		did := w.step()
		all, err := pipeline.All(w.ctx, w.store)
		if err != nil {
			w.t.Fatal(err)
		}
		decisions, err := w.store.Decisions(w.ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		now := map[claims.ClaimID]claims.Claim{}
		for _, c := range all {
			now[c.ID] = c
			for _, wrong := range w.unexplained(c, decisions) {
				w.t.Errorf("step %d, %s: %s (%s): %s", step, did, c.ID, c.Statement, wrong)
			}
		}
		w.before, w.most = now, max(w.most, len(now))
	}
	head, wrong, err := access.NewLog(w.store, func() time.Time { return w.now }).Verify(w.ctx, access.Head{})
	if err != nil || len(wrong) > 0 || int(head.Seq) != w.made {
		w.t.Errorf("the audit log has %d entries of %d decisions, %q, %v", head.Seq, w.made, wrong, err)
	}
	if w.most < 3 || w.made < 10 || w.moved < 2 {
		w.t.Errorf("a poor walk: at most %d claims, %d decisions, %d changes of status", w.most, w.made, w.moved)
	}
}

// step does one thing and says which.
func (w *writers) step() string {
	some := make([]claims.ClaimID, 0, len(w.before))
	for id := range w.before {
		some = append(some, id)
	}
	slices.Sort(some)
	n := w.rand.IntN(10)
	if n < 5 || len(some) < 2 {
		return w.article()
	}
	one, other := w.before[some[w.rand.IntN(len(some))]], w.before[some[w.rand.IntN(len(some))]]
	d := claims.Decision{Kind: claims.DecideReview, Claim: one.ID, Mentions: firstMention(one), By: "A. Editor", Note: "asked"}
	switch n {
	case 5:
		d.Status = claims.Disputed
	case 6: // clears
	case 7:
		d.Kind, d.Other, d.Mentions = claims.DecideMerge, other.ID, append(firstMention(one), firstMention(other)...)
	case 8:
		d.Kind = claims.DecideSplit
	case 9:
		made, err := w.store.Decisions(w.ctx)
		if err != nil || len(made) == 0 {
			return "nothing"
		}
		d = claims.Decision{Kind: claims.DecideUndo, Undoes: made[w.rand.IntN(len(made))].ID, By: "A. Editor"}
	}
	if _, err := w.desk.Decide(w.ctx, d); err != nil {
		w.t.Fatal(err)
	}
	w.made++
	return string(d.Kind)
}

// article publishes one, or another version of one.
func (w *writers) article() string {
	thing := []string{"captives were released", "soldiers were killed", "people were injured", "buildings were destroyed"}[w.rand.IntN(4)]
	text := fmt.Sprintf("%d %s in Halm on Friday, our reporter counted.", 300+10*w.rand.IntN(3), thing)
	if w.rand.IntN(8) == 0 {
		text = "Nothing is known yet about what was lost on Friday."
	}
	source := claims.SourceID([]string{"a", "b", "c", "d"}[w.rand.IntN(4)])
	doc := claims.Document{Source: source, URL: fmt.Sprintf("https://%s.example/%d", source, w.rand.IntN(8)), Title: "News of the day", Lang: "en", Published: time.Date(2025, 5, 23, 9+w.rand.IntN(6), 0, 0, 0, time.UTC), Fetched: w.now, Text: text}
	if _, err := w.pipe.Digest(w.ctx, doc); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.pipe.Judge(w.ctx, false); err != nil {
		w.t.Fatal(err)
	}
	return "article " + doc.URL
}

// unexplained lists what a claim does not say of how it came by its status.
func (w *writers) unexplained(c claims.Claim, made []claims.Decision) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if len(c.History) == 0 || len(c.Reasons) == 0 && c.Lifecycle == claims.Current {
		return []string{"no history or no reasons"}
	}
	own := map[claims.MentionID]bool{}
	for _, m := range c.Mentions {
		own[m.ID] = true
	}
	status := claims.Status("")
	for i, h := range c.History {
		if h.At.IsZero() || h.Kind == "" || len(h.Reasons) == 0 {
			say("change %d has no time, kind or reason: %+v", i, h)
		}
		if h.Previous != status {
			say("change %d comes from %q, but %q stood before it", i, h.Previous, status)
		}
		if h.Mention != "" && !own[h.Mention] {
			say("change %d rests on a mention that is not the claim's", i)
		}
		status = h.Status
	}
	if status != c.Status {
		say("it is %s, but its history ends with %s", c.Status, status)
	}
	was, ok := w.before[c.ID]
	if ok && was.Status != c.Status {
		w.moved++
	}
	if ok && was.Status != c.Status && slices.EqualFunc(was.History, c.History, func(a, b claims.Change) bool {
		return a.At.Equal(b.At) && a.Status == b.Status && a.Mention == b.Mention
	}) {
		say("it went from %s to %s, and its history says nothing of it", was.Status, c.Status)
	}
	undone := map[string]bool{}
	for _, d := range made {
		if d.By == "" || d.At.IsZero() {
			say("decision %s has no name or time", d.ID)
		}
		if d.Kind == claims.DecideUndo {
			undone[d.Undoes] = true
		}
	}
	if r := c.Review; r != nil && !slices.ContainsFunc(made, func(d claims.Decision) bool {
		return d.Kind == claims.DecideReview && !undone[d.ID] && d.Status == r.Status && d.By == r.By && d.At.Equal(r.At) && d.Note == r.Note
	}) {
		say("the review %+v is nobody's decision", *r)
	}
	return out
}
