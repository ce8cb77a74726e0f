package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tallywire/claims"
	"tallywire/store/memstore"
)

// said is a claim with a sentence in a language.
func said(n int, statement, lang, sentence string, value string, change ...func(*claims.Claim)) claims.Claim {
	v, err := claims.ParseNumber(value)
	if err != nil {
		panic(err)
	}
	at := time.Date(2025, 5, 20+n, 12, 0, 0, 0, time.UTC)
	c := claims.Claim{ID: claims.ClaimID(fmt.Sprintf("c_%016x", n)), Statement: statement, Status: claims.Unverified, Lifecycle: claims.Current, Value: claims.Exactly(v), LastChanged: at,
		Unit: claims.Unit{Class: claims.UnitCount, Name: "thing"}, Topics: []string{}, Parties: []string{},
		Mentions: []claims.Mention{{ID: claims.MentionID(fmt.Sprintf("m_%d", n)), Lang: lang, Sentence: sentence, Source: "harbor-post"}}}
	for _, f := range change {
		f(&c)
	}
	return c
}

// newsroom is a small board in six languages.
func newsroom() []claims.Claim {
	return []claims.Claim{
		said(1, "390 captives released by each side", "en", "Each side released 390 captives on Friday, the Kremlin spokesman said.", "390", func(c *claims.Claim) {
			c.Status, c.Topics, c.Parties = claims.Verified, []string{"prisoner-exchange"}, []string{"Ukraine", "Russia"}
			c.Origins = []claims.Voice{{Name: "Russian Defence Ministry"}}
		}),
		said(2, "1,000 prisoners planned", "uk", "Сторони домовилися обміняти 1 000 полонених на 1 000.", "1000", func(c *claims.Claim) { c.Place = "Istanbul" }),
		said(3, "307 военнопленных", "ru", "Россия передала 307 украинских военнопленных.", "307"),
		said(4, "41 Tote bei Fährbrand", "de", "Bei dem Brand der Fähre in München starben 41 Menschen, sagten die Behörden.", "41", func(c *claims.Claim) { c.Status = claims.Disputed }),
		said(5, "12 grues perdues", "fr", "Le port a perdu douze grues pendant les tempêtes; 34,5 millions d'euros.", "34.5", func(c *claims.Claim) { c.Unit = claims.Unit{Class: claims.UnitCurrency, Name: "EUR"} }),
		said(6, "8.000 árboles plantados", "es", "La ciudad plantó 8.000 árboles el año pasado.", "8000", func(c *claims.Claim) {
			c.Review = &claims.Review{Status: claims.Verified, By: "desk"}
			c.Mentions[0].Attribution = claims.Attribution{Speaker: "Ana Pérez"}
		}),
		said(7, "39 drones shot down", "en", "Air defence shot down 39 of 50 drones, a prisoner told us later. An exchange followed.", "39", func(c *claims.Claim) { c.Lifecycle = claims.Withdrawn; c.Mentions[0].Source = "port-radio" }),
	}
}

// queries are words with the claims of newsroom that they pick.
var queries = []struct {
	words string
	want  []int
}{
	{"captives", []int{1}}, {"captive", []int{1}}, {"CAPTIVES released", []int{1}}, {"releasing captive", []int{1}}, {"captives drones", nil},
	{"полонених", []int{2}}, {"полонений", []int{2}}, {"полоненими", []int{2}}, {"военнопленный", []int{3}}, {"военнопленные", []int{3}},
	{"Mensch", []int{4}}, {"Behörde", []int{4}}, {"Munchen", []int{4}}, {"münchen", []int{4}}, {"grue", []int{5}}, {"tempete", []int{5}}, {"árbol", []int{6}}, {"arboles", []int{6}}, {"plantada", []int{6}},
	{"1000", []int{2}}, {"1,000", []int{2}}, {"1 000", []int{2}}, {"8000", []int{6}}, {"34.5", []int{5}}, {"34,5", []int{5}}, {"391", nil}, {"39", []int{7}},
	{`"each side released"`, []int{1}}, {`"released each side"`, nil}, {`"captives on Friday"`, []int{1}}, {"“each side”", []int{1}}, {`"prisoner exchange"`, nil}, {`"side the kremlin"`, nil},
	{"-captives status:verified", []int{6}}, {"status:verified", []int{1, 6}}, {"review:verified", []int{6}}, {"status:unverified", []int{2, 3, 5, 6, 7}}, {"-status:unverified", []int{1, 4}},
	{"source:port-radio", []int{7}}, {"topic:prisoner-exchange", []int{1}}, {"unit:eur", []int{5}}, {"unit:currency", []int{5}}, {"lang:uk", []int{2}}, {"lifecycle:withdrawn", []int{7}},
	{"speaker:pérez", []int{6}}, {`speaker:"ana perez"`, []int{6}}, {"speaker:ministry", []int{1}}, {"party:ukraine", []int{1}}, {"place:istanbul", []int{2}}, {"id:c_0000000000000003", []int{3}}, {"c_0000000000000003", []int{3}},
	{"value:390", []int{1}}, {"value:300..400", []int{1, 3}}, {"value:>307", []int{1, 2, 6}}, {"value:>=307", []int{1, 2, 3, 6}}, {"value:<41", []int{5, 7}}, {"value:<=41", []int{4, 5, 7}}, {"-value:<=1000", []int{6}}, {"value:34.5", []int{5}}, {"value:..40", []int{5, 7}},
	{"since:2025-05-25", []int{5, 6, 7}}, {"until:2025-05-22", []int{1}}, {"since:2025-05-22 until:2025-05-24T00:00:00Z", []int{2, 3}},
	{"capt*", []int{1}}, {"dron*", []int{7}}, {"-dron* status:unverified lang:en", nil}, {"", []int{1, 2, 3, 4, 5, 6, 7}}, {"shot-down", []int{7}}, {"shot down", []int{7}}, {"https://x.example/y", nil}, {"10:30", nil},
	// Typos, where nothing is found without them.
	{"captivs", []int{1}}, {"kaptives", nil}, {"exchnage", []int{7}}, {"exchang", []int{7}}, {"spokseman", []int{1}}, {"полоненх", []int{2}}, {"Behörrden", []int{4}}, {"drunes", []int{7}}, {"392", nil}, {"-kaptivs status:verified", []int{1, 6}},
}

func open(t testing.TB, s Store) *Index {
	t.Helper()
	x, err := Open(filepath.Join(t.TempDir(), "search"), s, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	if err := x.Follow(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	return x
}

func filled(t testing.TB, cs []claims.Claim) *memstore.Store {
	t.Helper()
	s := memstore.New()
	if err := s.PutClaims(t.Context(), cs, nil); err != nil {
		t.Fatal(err)
	}
	return s
}

func numbers(ids []claims.ClaimID) []int {
	var out []int
	for _, id := range ids {
		var n int
		if _, err := fmt.Sscanf(string(id), "c_%x", &n); err != nil {
			panic(err)
		}
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// TestQueries asks each query of an index, of a bare store, and of an index that follows a change.
func TestQueries(t *testing.T) {
	t.Parallel()
	s := filled(t, newsroom())
	x := open(t, s)
	for _, q := range queries {
		got, err := x.Search(t.Context(), q.words, 0)
		if err != nil || !slices.Equal(numbers(got), q.want) {
			t.Errorf("%s: index gives %v, %v; want %v", q.words, numbers(got), err, q.want)
		}
		parsed, err := Parse(q.words)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := x.scan(t.Context(), parsed, 0); err != nil || !slices.Equal(numbers(got), q.want) {
			t.Errorf("%s: reading gives %v, %v; want %v", q.words, numbers(got), err, q.want)
		}
	}
	for _, bad := range []string{"status:true", "value:many", "value:>", "since:yesterday", "lifecycle:x", "status:", "speaker:!", strings.Repeat("x ", 2000), strings.Repeat("x ", 60)} {
		if _, err := x.Search(t.Context(), bad, 0); !errors.Is(err, claims.ErrInvalid) {
			t.Errorf("%.40s: %v, want claims.ErrInvalid", bad, err)
		}
	}
	if got, err := x.Search(t.Context(), "status:unverified", 2); err != nil || len(got) != 2 {
		t.Errorf("limit 2: %v, %v", got, err)
	}
}

func TestBestFirst(t *testing.T) {
	t.Parallel()
	s := filled(t, []claims.Claim{
		said(1, "a ferry", "en", strings.Repeat("There were many other things in this long story of the harbour. ", 30)+"Captives too.", "1"),
		said(2, "captives released", "en", "The captives came home.", "2"),
	})
	got, err := open(t, s).Search(t.Context(), "captives", 2)
	if err != nil || len(got) != 2 || got[0] != "c_0000000000000002" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestFollowsTheStore(t *testing.T) {
	t.Parallel()
	s := filled(t, newsroom())
	x := open(t, s)
	if err := x.Follow(t.Context(), "1"); err != nil {
		t.Fatal(err)
	}
	changed := said(1, "391 hostages freed", "en", "Each side freed 391 hostages.", "391")
	if err := s.PutClaims(t.Context(), []claims.Claim{changed}, []claims.ClaimID{"c_0000000000000007"}); err != nil {
		t.Fatal(err)
	}
	if err := x.Apply(t.Context(), []claims.Claim{changed}, []claims.ClaimID{"c_0000000000000007"}, "2"); err != nil {
		t.Fatal(err)
	}
	check := func(when string, x *Index) {
		t.Helper()
		for words, want := range map[string][]int{"captives": nil, "hostages": {1}, "drones": nil, "": {1, 2, 3, 4, 5, 6}} {
			if got, err := x.Search(t.Context(), words, 0); err != nil || !slices.Equal(numbers(got), want) {
				t.Errorf("%s, %q: %v, %v; want %v", when, words, numbers(got), err, want)
			}
		}
	}
	check("applied", x)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(x.dir, failing{s}, x.log)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Follow(t.Context(), "2"); err != nil {
		t.Errorf("the index of a version was compared again: %v", err)
	}
	check("opened again", again)
	again.store = s
	if err := s.PutClaims(t.Context(), newsroom(), nil); err != nil {
		t.Fatal(err)
	}
	if err := again.Follow(t.Context(), "3"); err != nil {
		t.Fatal(err)
	}
	if got, err := again.Search(t.Context(), "drones", 0); err != nil || len(got) != 1 {
		t.Errorf("after another process's write: %v, %v", got, err)
	}
	if n, err := again.Rebuild(t.Context(), "3"); err != nil || n != 7 {
		t.Errorf("Rebuild = %d, %v", n, err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

// failing is a store that may not be read whole.
type failing struct{ *memstore.Store }

func (failing) Claims(_ context.Context, _ claims.ClaimID, _ int) ([]claims.Claim, claims.ClaimID, error) {
	return nil, "", errors.New("read whole")
}

// TestDamageIsRepaired damages a closed index in every file and every way; whoever searches gets the right answer.
func TestDamageIsRepaired(t *testing.T) {
	t.Parallel()
	s := filled(t, newsroom())
	model := open(t, s)
	if err := model.Close(); err != nil {
		t.Fatal(err)
	}
	var files []string
	if err := filepath.WalkDir(model.dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(model.dir, path)
			files = append(files, rel)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(files) < 3 {
		t.Fatalf("files %v", files)
	}
	for _, file := range files {
		for how, damage := range map[string]func(path string, raw []byte) error{
			"gone":  func(path string, _ []byte) error { return os.Remove(path) },
			"empty": func(path string, _ []byte) error { return os.WriteFile(path, nil, 0o600) },
			"cut":   func(path string, raw []byte) error { return os.WriteFile(path, raw[:len(raw)/2], 0o600) },
			"zeros": func(path string, raw []byte) error { return os.WriteFile(path, make([]byte, len(raw)), 0o600) },
			"flipped": func(path string, raw []byte) error {
				raw = slices.Clone(raw)
				raw[len(raw)/2] ^= 0xff
				return os.WriteFile(path, raw, 0o600)
			},
			"folder": func(path string, _ []byte) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o700)) },
		} {
			dir := filepath.Join(t.TempDir(), "search")
			if err := os.CopyFS(dir, os.DirFS(model.dir)); err != nil {
				t.Fatal(err)
			}
			sumsRaw, err := os.ReadFile(sumsName(model.dir))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(sumsName(dir), sumsRaw, 0o600); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, file)
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := damage(path, raw); err != nil {
				t.Fatal(err)
			}
			x, err := Open(dir, s, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Errorf("%s %s: Open: %v", file, how, err)
				continue
			}
			if err := x.Follow(t.Context(), ""); err != nil {
				t.Errorf("%s %s: Follow: %v", file, how, err)
			}
			if got, err := x.Search(t.Context(), "captives", 0); err != nil || !slices.Equal(numbers(got), []int{1}) {
				t.Errorf("%s %s: %v, %v", file, how, got, err)
			}
			if err := x.Close(); err != nil {
				t.Errorf("%s %s: Close: %v", file, how, err)
			}
		}
	}
}

// TestDamageUnderWay takes the library away from under a search: the answer comes from the store, and the next one from a new index.
func TestDamageUnderWay(t *testing.T) {
	t.Parallel()
	x := open(t, filled(t, newsroom()))
	if err := x.bleve.Close(); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if got, err := x.Search(t.Context(), "captives", 0); err != nil || !slices.Equal(numbers(got), []int{1}) {
			t.Errorf("%v, %v", got, err)
		}
	}
	x.mending.Wait()
	q, err := Parse("captives")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := x.ask(t.Context(), q, 0); err != nil || len(got) != 1 {
		t.Errorf("after the repair: %v, %v", got, err)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"1,000 for 1 000": "1000 for 1000", "3.9%": "3.9", "3,9 %": "3.9", "1.234.567,8": "1234567.8", "1 2 3": "1 2 3", "the Kremlin's": "the kremlins",
		"обов'язок": "обовязок", "cease-fire": "cease fire", "20th": "20th", "c_01ab": "c_01ab", "1,5 2,5": "1.5 2.5", "390.": "390", "10:30": "10 30", "": "",
	} {
		if got := join(words(in)); got != want {
			t.Errorf("words(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, q := range queries {
		f.Add(q.words)
	}
	c := newsroom()[0]
	f.Fuzz(func(t *testing.T, s string) {
		q, err := Parse(s)
		if err != nil {
			if !errors.Is(err, claims.ErrInvalid) {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		q.Matches(&c, true)
		if _, err := json.Marshal(q.build(true)); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	var cs []claims.Claim
	for i := range 20_000 {
		c := newsroom()[i%7]
		c.ID = claims.ClaimID(fmt.Sprintf("c_%016x", i+100))
		c.Mentions = slices.Clone(c.Mentions)
		c.Mentions[0].Sentence += fmt.Sprintf(" Story number %d of harbour%d.", i, i%500)
		cs = append(cs, c)
	}
	x := open(b, filled(b, cs))
	for _, q := range []string{"harbour77", "captives harbour77", `"story number 1000"`, "harbur77x", "captives", "status:verified"} {
		b.Run(strings.ReplaceAll(q, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				if _, err := x.Search(b.Context(), q, 50); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
