package server

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"tallywire/claims"
	"tallywire/server/locale"
)

func TestPlain(t *testing.T) { // reliability.md D12
	t.Parallel()
	for in, want := range map[string]string{
		"390 captives": "390 captives", "\u202e093": "[U+202E]093", "3\u200b90": "3[U+200B]90", "3\u00ad90": "3[U+00AD]90", "1\ufe0f0": "1[U+FE0F]0", "a\U000E0041b": "a[U+E0041]b",
		"line\nnext": "line next", "полонених": "полонених", "👩\u200d🚒 ❤\ufe0f": "👩\u200d🚒 ❤\ufe0f", "a\x1b[31mb": "a[U+001B][31mb", "x\u3164y": "x[U+3164]y", "\xff": "[U+FFFD]",
	} {
		if got := plain(in); got != want {
			t.Errorf("plain(%q) = %q; want %q", in, got, want)
		}
	}
}

func TestLink(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://harbor.example/a?b=1": "https://harbor.example/a?b=1", "http://127.0.0.1:80/x": "http://127.0.0.1:80/x", "javascript:alert(1)": "", "JaVaScRiPt://x/%0aalert(1)": "", "data:text/html,x": "",
		"//evil.example": "", "/relative": "", "": "", "ftp://x/y": "", "https://user@bank.example/": "", "https:///x": "", " https://x": "", "vbscript:x": "",
	} {
		if got := link(in); got != want {
			t.Errorf("link(%q) = %q; want %q", in, got, want)
		}
	}
}

func TestMarkIn(t *testing.T) {
	t.Parallel()
	if got := markIn("Each side released 390 captives.", "390 captives"); got != (marked{"Each side released ", "390 captives", "."}) {
		t.Errorf("%+v", got)
	}
	if got := markIn("nothing here", "390"); got != (marked{Before: "nothing here"}) {
		t.Errorf("%+v", got)
	}
	long := strings.Repeat("й", 3000)
	if got := markIn(long+"390"+long, "390"); got.Mark != "390" || len([]rune(got.Before)) > 402 || len([]rune(got.After)) > 402 {
		t.Errorf("%d before, %d after", len([]rune(got.Before)), len([]rune(got.After)))
	}
}

func TestDiffWords(t *testing.T) {
	t.Parallel()
	got := diffWords("Our reporter counted 9 buses on Friday", "Our reporter counted 11 buses on Friday")
	want := []piece{{"", "Our reporter counted"}, {"del", "9"}, {"ins", "11"}, {"", "buses on Friday"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestDiffWordsKeepsBothTexts: what stayed and went is the old text, what stayed and came the new one.
func TestDiffWordsKeepsBothTexts(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	text := func() string {
		var w []string
		for range r.IntN(40) {
			w = append(w, fmt.Sprintf("w%d", r.IntN(9)))
		}
		return strings.Join(w, " ")
	}
	for range 300 {
		a, b := text(), text()
		var old, now []string
		for _, p := range diffWords(a, b) {
			if p.Op != "ins" {
				old = append(old, p.Text)
			}
			if p.Op != "del" {
				now = append(now, p.Text)
			}
		}
		if strings.Join(old, " ") != a || strings.Join(now, " ") != b {
			t.Fatalf("%q to %q gives %q and %q", a, b, old, now)
		}
	}
}

func TestUnderline(t *testing.T) {
	t.Parallel()
	draft := "Звільнили 390 полонених, 390 of them."
	v := testView(t)
	pieces := underline(v, draft, []checked{{Checked: claims.Checked{Start: 10, End: 23}, N: 1, Kind: "agrees"}, {Checked: claims.Checked{Start: 12, End: 20}, N: 2, Kind: "open"}, {Checked: claims.Checked{Start: 25, End: 999}, N: 3, Kind: "open"}})
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text)
	}
	if b.String() != draft || len(pieces) != 3 || pieces[1].Text != "390 полонених" {
		t.Errorf("%+v", pieces)
	}
}

func TestScaleHoldsItsRange(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{{"390", "390"}, {"0", "0"}, {"307", "390"}, {"-5", "12.5"}, {"0.001", "0.0011"}, {"1", "99999999999999999999"}, {"37.8", "38.1"}} {
		low, high := decimal.RequireFromString(c[0]), decimal.RequireFromString(c[1])
		lo, hi, steps := scale(low, high)
		if lo.GreaterThan(low) || hi.LessThan(high) || !lo.LessThan(hi) || len(steps) < 2 || len(steps) > 12 {
			t.Errorf("scale(%s, %s) = %s to %s in %v", low, high, lo, hi, steps)
		}
	}
}

func testView(t *testing.T) *view {
	t.Helper()
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return &view{Locale: words.For("en", "")}
}
