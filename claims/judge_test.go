package claims

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The newsroom of these tests: two sides, a wire, outlets, of which two have one owner, an aid group, a register and a private account.
func house() Settings {
	s := DefaultSettings()
	s.Sources = []Source{
		{ID: "wire", Name: "Wireline", Class: ClassWire}, {ID: "post", Name: "Harbor Post", Class: ClassOutlet}, {ID: "lantern", Name: "Evening Lantern", Class: ClassOutlet},
		{ID: "morning", Name: "Morning Quay", Class: ClassOutlet, Owner: "Quay Media"}, {ID: "night", Name: "Night Quay", Class: ClassOutlet, Owner: "Quay Media"},
		{ID: "north-office", Name: "Northern Staff", Class: ClassParty, Party: "North"}, {ID: "north-president", Name: "President of the North", Class: ClassParty, Party: "North"},
		{ID: "south-office", Name: "Southern Defence Ministry", Class: ClassParty, Party: "South"},
		{ID: "aid", Name: "Border Aid", Class: ClassNGO}, {ID: "statistics", Name: "Statistics Office", Class: ClassOfficial, Register: true},
		{ID: "mill", Name: "Rumour mill", Class: ClassSocial, Social: true},
	}
	return s
}

// tellings are the sources' own ways to put it, so that none looks like a copy of another.
var tellings = map[SourceID]string{
	"wire":            "Divers of the coast guard brought up bodies until dusk; %d people were killed, an agency reporter on the quay counted.",
	"post":            "When the doors of the car deck were opened it was clear that %d people were killed in the fire.",
	"lantern":         "Candles stood in the windows of the harbour town for the %d people killed on Saturday's crossing.",
	"morning":         "Our correspondent walked along the row of stretchers and came to %d people killed.",
	"night":           "By the light of the salvage tug one could see what had happened to the %d people killed on board.",
	"north-office":    "The staff informs the public that %d people were killed by the fire on the Lady Ingrid.",
	"north-president": "With a heavy heart I have to say that %d people were killed on the ship of our sailors.",
	"south-office":    "According to data checked this morning %d people were killed when the vessel burned out.",
	"aid":             "Volunteers who washed the dead know of %d people killed and of their names.",
	"statistics":      "Entered in the register of deaths after the accident at sea: %d people killed.",
	"mill":            "they wont tell you but %d people killed on that boat, ask the crew",
}

// say is a mention of n people killed in the ferry fire by a source in its own voice, at an hour of 1 March 2025.
func say(source SourceID, n int64, hour int, change ...func(*Mention)) Mention {
	at := time.Date(2025, 3, 1, hour, 0, 0, 0, time.UTC)
	m := Mention{
		Text: fmt.Sprintf("%d people", n), Sentence: fmt.Sprintf(tellings[source], n), Value: Exactly(Int(n)),
		Compare: Equal, Unit: Unit{UnitCount, "person"}, Head: "person", Predicate: "kill", Modality: Asserted, Checkworthy: true,
		Date: Period{"2025-03-01", "2025-03-01"}, Lang: "en", Names: []string{"Lady Ingrid"}, Source: source, Title: "Fire on the ferry", Published: at, Retrieved: at,
	}
	for _, f := range change {
		f(&m)
	}
	m.URL = fmt.Sprintf("https://%s.example/%s-%d-%d", source, m.Predicate, hour, n)
	m.Document = NewDocumentID(m.URL, m.Sentence)
	m.ID = NewMentionID(m.Document, m.Start, m.End, "test/1")
	return m
}

func quoting(who string) func(*Mention) {
	return func(m *Mention) {
		m.Attribution = Attribution{Text: who, Organisation: who, Kind: OriginNamed}
	}
}
func on(day int) func(*Mention) {
	return func(m *Mention) {
		m.Published = m.Published.AddDate(0, 0, day-1)
		m.Retrieved = m.Published
		d := m.Published.Format(time.DateOnly)
		m.Date = Period{d, d}
	}
}
func bounded(c Comparator) func(*Mention) {
	return func(m *Mention) {
		m.Compare = c
		switch c {
		case AtLeast, Above:
			m.Value.High = Number{}
		case AtMost, Below:
			m.Value.Low = Number{}
		}
	}
}
func about(m *Mention)              { m.Approx = true }
func denied(m *Mention)             { m.Modality = Denied }
func unsure(m *Mention)             { m.Unsure = true }
func words(s string) func(*Mention) { return func(m *Mention) { m.Sentence = s } }
func rival(m *Mention)              { m.Rivals = true }

// TestRules holds each rule of the rulebook with the figure shown and the words that its reason must hold.
func TestRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		said   []Mention
		status Status
		best   string
		reason string
	}{
		{"one outlet", []Mention{say("post", 41, 10)}, Unverified, "41", "U1"},
		{"two outlets of their own", []Mention{say("post", 41, 10), say("lantern", 41, 11)}, Verified, "41", "V1"},
		{"two outlets of one owner", []Mention{say("morning", 41, 10), say("night", 41, 11)}, Unverified, "41", "U1"},
		{"an office through two carriers", []Mention{say("post", 41, 10, quoting("the harbour police")), say("lantern", 41, 11, quoting("the harbour police"))}, Unverified, "41", "U1"},
		{"a reprint that is not credited", []Mention{
			say("wire", 41, 10, words("A fire on the ferry Lady Ingrid killed 41 people before dawn on Saturday as she lay off the quay.")),
			say("post", 41, 11, words("A fire on the ferry Lady Ingrid killed 41 people before dawn on Saturday as she lay off the old quay."))}, Unverified, "41", "U1"},
		{"one side", []Mention{say("north-office", 41, 10)}, Unverified, "41", "U2"},
		{"two offices of one side", []Mention{say("north-office", 41, 10), say("north-president", 41, 11)}, Unverified, "41", "U2"},
		{"both sides", []Mention{say("north-office", 41, 10), say("south-office", 41, 11)}, Verified, "41", "V2"},
		{"a side and an outlet", []Mention{say("north-office", 41, 10), say("post", 41, 11)}, Verified, "41", "V1"},
		{"a side that admits it", []Mention{say("south-office", 41, 10, words("We admit that 41 people died when our shells fell short."))}, Verified, "41", "V3"},
		{"the register itself", []Mention{say("statistics", 41, 10)}, Verified, "41", "V4"},
		{"posts only", []Mention{say("mill", 400, 10)}, Unverified, "400", "U3"},
		{"a post and an outlet", []Mention{say("mill", 41, 9), say("post", 41, 10)}, Unverified, "41", "U1"},
		{"an outlet that tells of posts", []Mention{say("post", 400, 10, func(m *Mention) { m.Attribution = Attribution{Text: "posts on X", Kind: OriginSocial} })}, Unverified, "400", "U3"},
		{"nobody named", []Mention{say("post", 60, 10, func(m *Mention) { m.Attribution = Attribution{Text: "reportedly", Kind: OriginUnnamed} })}, Unverified, "60", "U4"},
		{"unconfirmed by its own source", []Mention{say("aid", 15, 10, unsure)}, Unverified, "15", "U5"},
		{"two outlets apart", []Mention{say("post", 41, 10, rival), say("lantern", 35, 11, rival)}, Disputed, "35", "D1"},
		{"most voices win a dispute", []Mention{say("post", 41, 10, rival), say("wire", 41, 11, rival), say("lantern", 55, 11, rival)}, Disputed, "41", "D1"},
		{"a denial", []Mention{say("north-office", 41, 10), say("south-office", 41, 11, denied)}, Disputed, "41", "D2"},
		{"a denial of what only posts say", []Mention{say("mill", 41, 10), say("aid", 41, 11, denied)}, Disputed, "", "D2"},
		{"a post never disputes", []Mention{say("post", 41, 10), say("lantern", 41, 11), say("mill", 400, 12)}, Verified, "41", "V1"},
		{"about 400 and 406", []Mention{say("post", 400, 10, about), say("lantern", 406, 11)}, Verified, "406", "V1"},
		{"1,000 and 1,027", []Mention{say("post", 1000, 10), say("lantern", 1027, 11)}, Verified, "1027", "V1"},
		{"at least 300 says 390", []Mention{say("post", 300, 10, bounded(AtLeast)), say("lantern", 390, 11)}, Verified, "390", "V1"},
		{"a toll that grows", []Mention{say("post", 41, 10, quoting("the harbour police")), say("lantern", 63, 10, on(2), quoting("the harbour police"))}, Unverified, "63", "U1"},
		{"a toll that two confirm as it grows", []Mention{say("post", 41, 10), say("post", 63, 10, on(2)), say("lantern", 63, 12, on(2))}, Verified, "63", "V1"},
		{"a late reprint of an old toll", []Mention{say("post", 41, 10), say("post", 63, 10, on(2)), say("lantern", 63, 12, on(2)), say("wire", 41, 12, on(3))}, Verified, "63", "V1"},
		{"a later lower toll from another voice", []Mention{say("post", 63, 10), say("lantern", 41, 10, on(2))}, Disputed, "41", "D1"},
		{"a later lower toll from the same voice", []Mention{say("post", 63, 10), say("post", 41, 10, on(2))}, Unverified, "41", "U1"},
		{"higher, hours later, and not repeated", []Mention{say("post", 41, 8), say("lantern", 63, 14)}, Unverified, "63", "U1"},
		{"higher, hours later, and the first repeats its own", []Mention{say("post", 41, 8), say("lantern", 63, 14), say("post", 41, 16)}, Disputed, "41", "D1"},
		{"nothing but a vague word", []Mention{say("post", 12, 10, func(m *Mention) { m.Value = Value{Low: Int(12), High: Int(99)}; m.Text = "dozens of people" })}, Unverified, "", "U1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := Judge(c.said, nil, house())
			if len(got) != 1 {
				var lines []string
				for _, g := range got {
					lines = append(lines, g.Statement)
				}
				t.Fatalf("%d claims, want 1: %q", len(got), lines)
			}
			if got[0].Status != c.status || got[0].Value.Best.String() != c.best || len(got[0].Reasons) == 0 || !strings.HasPrefix(got[0].Reasons[0], c.reason) {
				t.Errorf("got %s, best %q, %q; want %s, %q, %s", got[0].Status, got[0].Value.Best, got[0].Reasons, c.status, c.best, c.reason)
			}
		})
	}
}

// TestKeys holds what keeps mentions apart and what does not.
func TestKeys(t *testing.T) {
	t.Parallel()
	counting := func(head, predicate string) func(*Mention) {
		return func(m *Mention) {
			m.Head, m.Unit.Name, m.Predicate = head, head, predicate
			m.Text = strings.Fields(m.Text)[0] + " " + head + "s"
			m.Sentence = fmt.Sprintf("It is said that %s had to do with %s.", m.Text, predicate)
		}
	}
	for _, c := range []struct {
		name string
		said []Mention
		want int
	}{
		{"captives and prisoners of war", []Mention{say("post", 390, 10, counting("captive", "release")), say("wire", 390, 11, counting("prisoner", "free"))}, 1},
		{"soldiers and civilians", []Mention{say("post", 270, 10, counting("soldier", "release")), say("wire", 270, 11, counting("civilian", "release"))}, 2},
		{"killed and injured", []Mention{say("post", 300, 10, counting("person", "kill")), say("wire", 300, 11, counting("person", "injure"))}, 2},
		{"instalments of three days", []Mention{say("post", 390, 10, counting("captive", "release")), say("post", 307, 10, on(2), counting("captive", "release")), say("post", 303, 10, on(3), counting("captive", "release"))}, 3},
		{"plan and fact", []Mention{say("post", 1000, 10, counting("captive", "release"), func(m *Mention) { m.Modality, m.Basis = Planned, BasisPlan }), say("wire", 1000, 11, counting("captive", "release"))}, 2},
		{"per cent and points", []Mention{say("post", 3, 10, func(m *Mention) { m.Unit = Unit{UnitPercent, "per cent"}; m.Head = "" }), say("wire", 3, 11, func(m *Mention) { m.Unit = Unit{UnitPercent, "percentage point"}; m.Head = "" })}, 2},
		{"a year apart", []Mention{say("post", 41, 10), say("wire", 41, 10, func(m *Mention) {
			m.Published = m.Published.AddDate(1, 0, 0)
			m.Date = Period{"2026-03-01", "2026-03-01"}
		})}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := Judge(c.said, nil, house()); len(got) != c.want {
				t.Errorf("%d claims, want %d", len(got), c.want)
			}
		})
	}
}

func TestSilentEditIsACorrection(t *testing.T) {
	t.Parallel()
	old, edited := say("post", 14000, 10), say("post", 1400, 10)
	edited.URL, edited.Retrieved = old.URL, old.Retrieved.Add(24*time.Hour)
	edited.Published = edited.Retrieved
	got := Judge([]Mention{edited, old}, nil, house())
	if len(got) != 1 || got[0].Value.Best.String() != "1400" {
		t.Fatalf("got %+v, want one claim of 1400", got)
	}
	last := got[0].History[len(got[0].History)-1]
	if last.Kind != Correction {
		t.Errorf("the last change is %q, want a correction", last.Kind)
	}
	for _, m := range got[0].Mentions {
		if want := map[bool]Stance{true: Outdated, false: Supports}[m.ID == old.ID]; m.Stance != want {
			t.Errorf("%s is %s, want %s", m.Text, m.Stance, want)
		}
	}
}

func TestHistoryOfADispute(t *testing.T) {
	t.Parallel()
	got := Judge([]Mention{say("post", 41, 8), say("lantern", 41, 9), say("wire", 35, 10), say("post", 41, 12)}, nil, house())
	if len(got) != 1 {
		t.Fatalf("%d claims, want 1", len(got))
	}
	var kinds []ChangeKind
	for _, h := range got[0].History {
		kinds = append(kinds, h.Kind)
	}
	if want := []ChangeKind{First, Repeat, Dispute}; !slices.Equal(kinds, want) {
		t.Errorf("history is %v, want %v", kinds, want)
	}
}

func TestDecisions(t *testing.T) {
	t.Parallel()
	a, b := say("post", 41, 10), say("wire", 41, 11)
	at := time.Date(2025, 3, 2, 0, 0, 0, 0, time.UTC)
	split := Decision{ID: "d_1", Kind: DecideSplit, Mentions: []MentionID{b.ID}, By: "A. Editor", At: at}
	if got := Judge([]Mention{a, b}, []Decision{split}, house()); len(got) != 2 {
		t.Errorf("after a split: %d claims, want 2", len(got))
	}
	undo := Decision{ID: "d_2", Kind: DecideUndo, Undoes: "d_1", By: "A. Editor", At: at.Add(time.Hour)}
	if got := Judge([]Mention{a, b}, []Decision{undo, split}, house()); len(got) != 1 {
		t.Errorf("after its undo: %d claims, want 1", len(got))
	}
	c := say("lantern", 77, 11, func(m *Mention) { m.Head, m.Predicate, m.Unit.Name = "bus", "burn", "bus" })
	merge := Decision{ID: "d_3", Kind: DecideMerge, Mentions: []MentionID{a.ID, c.ID}, By: "A. Editor", At: at}
	if got := Judge([]Mention{a, c}, []Decision{merge}, house()); len(got) != 1 {
		t.Errorf("after a merge: %d claims, want 1", len(got))
	}
	word := Decision{ID: "d_4", Kind: DecideReview, Mentions: []MentionID{a.ID}, Status: Verified, Note: "by phone", By: "A. Editor", At: at}
	got := Judge([]Mention{a}, []Decision{word}, house())
	if got[0].Status != Unverified || got[0].Review == nil || got[0].Review.Status != Verified {
		t.Errorf("a review leaves the machine's status and stands beside it: got %s, %+v", got[0].Status, got[0].Review)
	}
}

// TestOrderDoesNotMatter shuffles random worlds: the claims are byte-equal in any order.
func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	sources := []SourceID{"wire", "post", "lantern", "morning", "night", "north-office", "south-office", "aid", "mill"}
	verbs := []string{"kill", "injure", "release", "arrest", ""}
	heads := []string{"person", "soldier", "civilian", "captive", "bus", ""}
	rapid.Check(t, func(t *rapid.T) {
		var said []Mention
		for i := range rapid.IntRange(1, 14).Draw(t, "n") {
			m := say(rapid.SampledFrom(sources).Draw(t, "source"), rapid.SampledFrom([]int64{2, 12, 41, 63, 390, 400, 1000, 1027}).Draw(t, "value"), rapid.IntRange(0, 23).Draw(t, "hour"),
				on(rapid.IntRange(1, 4).Draw(t, "day")), func(m *Mention) {
					m.Predicate, m.Head = rapid.SampledFrom(verbs).Draw(t, "verb"), rapid.SampledFrom(heads).Draw(t, "head")
					m.Approx, m.Dated, m.Rivals = rapid.Bool().Draw(t, "approx"), rapid.Bool().Draw(t, "dated"), rapid.Bool().Draw(t, "rivals")
					m.Modality = rapid.SampledFrom([]Modality{Asserted, Asserted, Planned, Denied}).Draw(t, "modality")
				})
			m.Start = i
			m.ID = NewMentionID(m.Document, m.Start, m.End, "test/1")
			said = append(said, m)
		}
		want := marshal(t, Judge(said, nil, house()))
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		for range 3 {
			rng.Shuffle(len(said), func(i, j int) { said[i], said[j] = said[j], said[i] })
			if diff := cmp.Diff(want, marshal(t, Judge(said, nil, house()))); diff != "" {
				t.Fatalf("another order gives other claims (-first +second):\n%s", diff)
			}
		}
	})
}

func marshal(t *rapid.T, cs []Claim) string {
	b, err := json.MarshalIndent(cs, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
