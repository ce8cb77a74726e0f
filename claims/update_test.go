package claims

import (
	"encoding/json"
	"flag"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var worlds = flag.Uint64("worlds", 6, "how many worlds TestUpdate brings in")

// A drawer is a docket in memory, kept up to date with what a bench says.
type drawer struct {
	bench *Bench // for keys
	docs  map[DocumentID][]Mention
	rows  map[string][]Ref
	board map[ClaimID]Claim
	of    map[MentionID]ClaimID
	due   map[ClaimID]time.Time
	last  time.Time
}

func newDrawer(s Settings) *drawer {
	return &drawer{bench: NewBench(s), docs: map[DocumentID][]Mention{}, rows: map[string][]Ref{}, board: map[ClaimID]Claim{}, of: map[MentionID]ClaimID{}, due: map[ClaimID]time.Time{}}
}

func (d *drawer) Page(doc DocumentID) ([]Mention, error) {
	if len(d.docs[doc]) == 0 {
		return nil, nil
	}
	var out []Mention
	for _, id := range slices.Sorted(maps.Keys(d.docs)) {
		if list := d.docs[id]; len(list) > 0 && list[0].URL == d.docs[doc][0].URL {
			out = append(out, list...)
		}
	}
	return out, nil
}

func (d *drawer) Near(key string) ([]Ref, error) { return d.rows[key], nil }

func (d *drawer) ClaimOf(m MentionID) (ClaimID, error) { return d.of[m], nil }

func (d *drawer) Claim(id ClaimID) (*Claim, error) {
	if c, ok := d.board[id]; ok {
		return &c, nil
	}
	return nil, nil
}

// keep adds a document, or puts another reading of it in its place.
func (d *drawer) keep(doc []Mention) {
	id := doc[0].Document
	d.docs[id] = doc
	for ord, keys := range d.bench.Blocks(doc) {
		for _, k := range keys {
			if ref := (Ref{id, ord}); !slices.Contains(d.rows[k], ref) {
				d.rows[k] = append(d.rows[k], ref)
			}
		}
	}
}

// update judges what has changed and writes it down.
func (d *drawer) update(t testing.TB, b *Bench, decisions []Decision, c Changed) Verdicts {
	t.Helper()
	c.Newest, c.Due = d.last, d.due
	v, err := b.Update(d, decisions, c)
	if err != nil {
		t.Fatal(err)
	}
	d.last = v.Newest
	for _, id := range v.Remove {
		for _, m := range d.board[id].Mentions {
			if d.of[m.ID] == id {
				delete(d.of, m.ID)
			}
		}
		delete(d.board, id)
		delete(d.due, id)
	}
	for _, c := range v.Claims {
		d.board[c.ID] = c
		for _, m := range c.Mentions {
			d.of[m.ID] = c.ID
		}
		if due, ok := v.Due[c.ID]; ok && due.IsZero() {
			delete(d.due, c.ID)
		} else if ok {
			d.due[c.ID] = due
		}
	}
	return v
}

// whole is the board as text, in order.
func (d *drawer) whole(t testing.TB) string {
	t.Helper()
	return asText(t, slices.SortedFunc(maps.Values(d.board), compareClaims))
}

func asText(t testing.TB, board []Claim) string {
	t.Helper()
	out, err := json.MarshalIndent(board, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// pages makes the documents of a small crowded world in a random order: few places, things, acts and figures, so that much
// of it meets; outlets that copy; pages in several versions; posts that are taken down.
func pages(rng *rand.Rand, n int) [][]Mention {
	places, heads, verbs := []string{"Halm", "Losna", "Quay"}, []string{"person", "soldier", "civilian", "bus", "house"}, []string{"kill", "injure", "release", "destroy", ""}
	figures := []int64{2, 3, 7, 12, 20, 41, 120, 270, 390, 400, 1000, 1027, 5100, 5147}
	sources := []SourceID{"wire", "post", "lantern", "morning", "night", "north-office", "south-office", "aid", "mill", "statistics"}
	begin := time.Date(2025, 3, 1, 8, 0, 0, 0, time.UTC)
	pick := func(list []string) string { return list[rng.IntN(len(list))] }
	var out [][]Mention
	for i := range n {
		at := begin.Add(time.Duration(rng.IntN(80*24)) * time.Hour)
		place, source := pick(places), sources[rng.IntN(len(sources))]
		var doc []Mention
		lang := max(0, rng.IntN(6)-3)
		if lang != 0 { // one place in two spellings
			place = [2]string{"Зарічне", "Заречное"}[lang-1]
		}
		page := i
		if rng.IntN(6) == 0 && i > 0 {
			page = rng.IntN(i) // another version of a page
			if first := out[page][0]; first.URL != "" {
				source, at = first.Source, first.Published
			}
		}
		for k := range 1 + rng.IntN(5) {
			m := say(source, figures[rng.IntN(len(figures))], 10)
			head, verb := pick(heads), pick(verbs)
			if lang != 0 {
				head, verb = [][2]string{{"будинок", "дом"}, {"автобус", "автобус"}}[rng.IntN(2)][lang-1], [2]string{"зруйнувати", "разрушить"}[lang-1]
				m.Lang = [2]string{"uk", "ru"}[lang-1]
			}
			m.Head, m.Unit.Name, m.Predicate, m.Names, m.Title = head, head, verb, []string{place}, "News from "+place
			m.Text = m.Value.Best.String() + " " + head
			m.Sentence = tell(rng, source, m.Text, verb, place)
			m.Place = place
			if rng.IntN(3) == 0 {
				m.Place, m.Names = "", nil
			}
			m.Start, m.End, m.Paragraph = k*200, k*200+10, k
			m.Published, m.Retrieved = at, at.Add(time.Duration(i)*time.Minute)
			m.Date = Period{at.Format(time.DateOnly), at.Format(time.DateOnly)}
			switch rng.IntN(10) {
			case 0:
				m.Scope = ScopePart
			case 1:
				m.Basis = BasisPlan
			case 2:
				m.Compare, m.Value.High = AtLeast, Number{}
			case 3:
				m.Attribution = Attribution{Text: "the harbour police", Organisation: "harbour police", Kind: OriginNamed}
			case 4:
				m.Dated = true
			case 5:
				m.Basis = BasisRunning
			case 6:
				m.Approx, m.Text = true, "about "+m.Text
			case 7:
				m.Rivals = true
			case 8:
				m.DeniedBy = &Attribution{Text: "the southern office", Organisation: "southern office", Kind: OriginNamed}
			}
			doc = append(doc, m)
		}
		url := doc[0].URL
		if page < i {
			url = out[page][0].URL
		} else {
			url += "/" + string(rune('a'+i%26)) + time.Duration(i).String()
		}
		for k := range doc {
			m := &doc[k]
			m.URL, m.Source = url, source
			m.Document = NewDocumentID(url, time.Duration(i).String())
			m.ID = NewMentionID(m.Document, m.Start, m.End, "test/1")
		}
		out = append(out, doc)
	}
	rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// tell words a sentence, now and then in the words that everybody uses.
func tell(rng *rand.Rand, source SourceID, what, verb, place string) string {
	if rng.IntN(3) == 0 {
		return "In the early hours of Sunday " + what + " of the town of " + place + " were " + verb + " by the great storm of the season."
	}
	return string(source) + " counted " + what + " near " + place + ", " + verb + " as far as anybody knows, and " + time.Duration(rng.IntN(1e6)).String() + " more words."
}

// TestUpdate brings worlds in by batches of any size: after each the board is, byte for byte, as judged from scratch.
func TestUpdate(t *testing.T) {
	t.Parallel()
	for seed := range *worlds {
		rng := rand.New(rand.NewPCG(seed, 1))
		d, b := newDrawer(house()), NewBench(house())
		var all []Mention
		var decisions []Decision
		for list := pages(rng, 40+rng.IntN(60)); len(list) > 0; {
			n := min(len(list), 1+rng.IntN(12))
			var c Changed
			for _, doc := range list[:n] {
				d.keep(doc)
				c.Documents = append(c.Documents, doc[0].Document)
				all = append(all, doc...)
			}
			list = list[n:]
			if rng.IntN(4) == 0 { // a post is taken down
				gone := all[rng.IntN(len(all))].Document
				for i := range all {
					if all[i].Document == gone {
						all[i].Withdrawn = all[i].Published.AddDate(0, 0, 2)
					}
				}
				for i := range d.docs[gone] {
					d.docs[gone][i].Withdrawn = d.docs[gone][i].Published.AddDate(0, 0, 2)
				}
				c.Documents = append(c.Documents, gone)
			}
			if rng.IntN(3) == 0 && len(d.board) > 2 {
				made := decide(rng, d, len(decisions))
				decisions = append(decisions, made)
				c.Claims = append(c.Claims, made.Claim, made.Other)
				c.Mentions = append(c.Mentions, made.Mentions...)
			}
			d.update(t, b, decisions, c)
			want := NewBench(house()).Judge(all, decisions)
			if diff := cmp.Diff(asText(t, want.Claims), d.whole(t)); diff != "" {
				t.Fatalf("seed %d, %d documents, batch of %d: the board differs from that judged at once (-at once +by batches):\n%s", seed, len(d.docs), n, diff)
			}
			if diff := cmp.Diff(want.Due, d.due); diff != "" {
				t.Fatalf("seed %d, %d documents, batch of %d: ends of disputes (-at once +by batches):\n%s", seed, len(d.docs), n, diff)
			}
			if rng.IntN(5) == 0 {
				b.Forget()
			}
		}
	}
}

// decide makes up an editor's decision on the board.
func decide(rng *rand.Rand, d *drawer, n int) Decision {
	ids := slices.Sorted(maps.Keys(d.board))
	a, b := d.board[ids[rng.IntN(len(ids))]], d.board[ids[rng.IntN(len(ids))]]
	out := Decision{ID: "d_" + time.Duration(n).String(), At: d.last.Add(time.Duration(n) * time.Minute), By: "Ann", Claim: a.ID}
	switch rng.IntN(3) {
	case 0:
		out.Kind, out.Other = DecideMerge, b.ID
		for _, m := range slices.Concat(a.Mentions, b.Mentions) {
			out.Mentions = append(out.Mentions, m.ID)
		}
	case 1:
		out.Kind, out.Mentions = DecideSplit, []MentionID{a.Mentions[0].ID}
	default:
		out.Kind, out.Status, out.Note = DecideReview, Verified, "seen the list"
		for _, m := range a.Mentions {
			out.Mentions = append(out.Mentions, m.ID)
		}
	}
	return out
}

// TestUpdateTime ends a dispute by time alone: nobody repeats the rival figure, and news of something else shows that the
// window is over.
func TestUpdateTime(t *testing.T) {
	t.Parallel()
	d, b := newDrawer(house()), NewBench(house())
	said := []Mention{say("post", 41, 10, rival), say("lantern", 41, 11, rival), say("wire", 35, 9, rival)}
	elsewhere := say("aid", 5147, 10, on(20), func(m *Mention) {
		m.Head, m.Unit.Name, m.Text, m.Names, m.Title = "tent", "tent", "5147 tents", nil, "Tents"
	})
	var all []Mention
	for i, m := range append(said, elsewhere) {
		all = append(all, m)
		d.keep([]Mention{m})
		d.update(t, b, nil, Changed{Documents: []DocumentID{m.Document}})
		if diff := cmp.Diff(asText(t, Judge(all, nil, house())), d.whole(t)); diff != "" {
			t.Fatalf("after document %d (-at once +by one):\n%s", i, diff)
		}
	}
	c := d.board[d.of[said[0].ID]]
	if c.Status != Verified {
		t.Errorf("status %s, reasons %q; want the dispute over", c.Status, c.Reasons)
	}
}
