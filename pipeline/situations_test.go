package pipeline_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tallywire/claims"
	"tallywire/pipeline"
	"tallywire/store/memstore"
)

var update = flag.Bool("update", false, "rewrite the reasons of testdata/situations.txt")

const situationsFile = "testdata/situations.txt"

// The newsroom of the situations: two sides of a war, two of a labour dispute, a wire, outlets of which two have one owner, an aid
// group, a register and two private accounts.
var house = []claims.Source{
	{ID: "wire", Name: "Wireline", Class: claims.ClassWire},
	{ID: "post", Name: "Harbor Post", Class: claims.ClassOutlet}, {ID: "lantern", Name: "Evening Lantern", Class: claims.ClassOutlet},
	{ID: "morning", Name: "Morning Quay", Class: claims.ClassOutlet, Owner: "Quay Media"}, {ID: "night", Name: "Night Quay", Class: claims.ClassOutlet, Owner: "Quay Media"},
	{ID: "north-office", Name: "Northern General Staff", Class: claims.ClassParty, Party: "North"}, {ID: "north-president", Name: "President of the North", Class: claims.ClassParty, Party: "North"},
	{ID: "south-office", Name: "Southern Defence Ministry", Class: claims.ClassParty, Party: "South"},
	{ID: "company", Name: "Halm AG", Class: claims.ClassParty, Party: "Halm"}, {ID: "union", Name: "Foundry Workers' Union", Class: claims.ClassParty, Party: "Foundry Workers"},
	{ID: "aid", Name: "Border Aid", Class: claims.ClassNGO}, {ID: "statistics", Name: "Statistics Office", Class: claims.ClassOfficial, Register: true},
	{ID: "mill", Name: "Rumour mill", Class: claims.ClassSocial, Social: true}, {ID: "parrot", Name: "Parrot", Class: claims.ClassSocial, Social: true},
}

// A situation is documents and what the board must say of them.
type situation struct {
	name string
	docs []claims.Document
	asks []ask
}

// An ask is one "?" line: the claim that holds a mention with these words.
type ask struct {
	line   int // counting from 0
	words  string
	status claims.Status
	best   string
	rule   string // "V1"
	reason string // the reasons in words, without the first one's rule; "" in a new line
	kinds  string // of the changes in its history, "" for any
	stance string // "WORDS STANCE" of other mentions of the claim, joined with ", "
}

func readSituations(t *testing.T) (lines []string, all []situation) {
	t.Helper()
	raw, err := os.ReadFile(situationsFile)
	if err != nil {
		t.Fatal(err)
	}
	scan := bufio.NewScanner(strings.NewReader(string(raw)))
	for n := 0; scan.Scan(); n++ {
		line := scan.Text()
		lines = append(lines, line)
		switch mark, rest, _ := strings.Cut(line, " "); {
		case mark == "=":
			all = append(all, situation{name: rest})
		case strings.HasPrefix(mark, "@"):
			s := &all[len(all)-1]
			s.docs = append(s.docs, readDocument(t, n, strings.TrimPrefix(mark, "@"), rest, len(s.docs)))
		case mark == ">":
			s := &all[len(all)-1]
			s.asks[len(s.asks)-1].kinds = rest
		case mark == "~":
			s := &all[len(all)-1]
			s.asks[len(s.asks)-1].stance = rest
		case mark == "?":
			s := &all[len(all)-1]
			words, want, ok := strings.Cut(rest, " = ")
			f := strings.SplitN(want, " ", 4)
			if !ok || len(f) < 3 {
				t.Fatalf("line %d: %q", n+1, line)
			}
			a := ask{line: n, words: words, status: claims.Status(f[0]), best: strings.Trim(f[1], "-"), rule: strings.TrimSuffix(f[2], ":")}
			if len(f) == 4 {
				a.reason = f[3]
			}
			s.asks = append(s.asks, a)
		}
	}
	return lines, all
}

// readDocument reads "SOURCE[/LANGUAGE][#ADDRESS]", "DAY HOUR TEXT". Documents of one address are versions of one page.
func readDocument(t *testing.T, line int, who, rest string, number int) claims.Document {
	t.Helper()
	f := strings.SplitN(rest, " ", 3)
	day, err1 := strconv.Atoi(f[0])
	hour, err2 := strconv.Atoi(f[1])
	if err1 != nil || err2 != nil || len(f) < 3 {
		t.Fatalf("line %d: want day, hour, text: %q", line+1, rest)
	}
	source, address, ok := strings.Cut(who, "#")
	if !ok {
		address = strconv.Itoa(number)
	}
	source, lang, _ := strings.Cut(source, "/")
	at := time.Date(2025, 3, day, hour, 0, 0, 0, time.UTC)
	return claims.Document{Source: claims.SourceID(source), URL: fmt.Sprintf("https://%s.example/%s", source, address), Lang: lang, Text: strings.ReplaceAll(f[2], `\n`, "\n"), Published: at, Fetched: at}
}

// TestSituations judges each situation of testdata/situations.txt from its texts.
func TestSituations(t *testing.T) {
	lines, all := readSituations(t)
	right := 0
	for _, s := range all {
		t.Run(s.name, func(t *testing.T) {
			ctx := context.Background()
			settings := claims.DefaultSettings()
			settings.Sources = house
			p := pipeline.Pipeline{Store: memstore.New(), Settings: settings, Now: func() time.Time { return s.docs[len(s.docs)-1].Fetched }}
			for _, d := range s.docs {
				if _, err := p.Digest(ctx, d); err != nil {
					t.Fatal(err)
				}
			}
			board := judged(t, &p)
			for _, a := range s.asks {
				c := holding(board, a.words)
				if c == nil {
					t.Errorf("no claim holds %q; board: %s", a.words, statements(board))
					continue
				}
				rule, reason, _ := strings.Cut(strings.Join(c.Reasons, "; "), ": ")
				if c.Status != a.status || c.Value.Best.String() != a.best || rule != a.rule {
					t.Errorf("%q is %s, %q, %s; want %s, %q, %s; board: %s", a.words, c.Status, c.Value.Best, c.Reasons, a.status, a.best, a.rule, statements(board))
					continue
				}
				right++
				if kinds := kindsOf(c); a.kinds != "" && kinds != a.kinds {
					t.Errorf("%q: the history is %s; want %s", a.words, kinds, a.kinds)
				}
				for _, want := range strings.Split(a.stance, ", ") {
					if i := strings.LastIndexByte(want, ' '); i > 0 && !takes(c, want[:i], claims.Stance(want[i+1:])) {
						t.Errorf("%q: no mention %q of it is %s: %s", a.words, want[:i], want[i+1:], statements([]claims.Claim{*c}))
					}
				}
				switch {
				case *update:
					lines[a.line] = fmt.Sprintf("? %s = %s %s %s: %s", a.words, a.status, orDash(a.best), a.rule, reason)
				case reason != a.reason:
					t.Errorf("%q: the reasons are\n%s\nnot\n%s", a.words, reason, a.reason)
				}
			}
		})
	}
	if *update {
		if err := os.WriteFile(situationsFile, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d situations, %d answers right", len(all), right)
}

func judged(t *testing.T, p *pipeline.Pipeline) []claims.Claim {
	t.Helper()
	if _, err := p.Judge(context.Background(), false); err != nil {
		t.Fatal(err)
	}
	board, _, err := p.Store.Claims(context.Background(), "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	return board
}

// holding is the claim with a mention of these words; of several the one whose mention is not outdated.
func holding(board []claims.Claim, words string) *claims.Claim {
	for i := range board {
		for _, m := range board[i].Mentions {
			if strings.Contains(m.Text, words) {
				return &board[i]
			}
		}
	}
	return nil
}

// kindsOf are the kinds of change of a claim's history.
func kindsOf(c *claims.Claim) string {
	var out []string
	for _, h := range c.History {
		out = append(out, string(h.Kind))
	}
	return strings.Join(out, " ")
}

// takes reports whether a mention of a claim with these words has a stance.
func takes(c *claims.Claim, words string, s claims.Stance) bool {
	return slices.ContainsFunc(c.Mentions, func(m claims.Mention) bool { return strings.Contains(m.Text, words) && m.Stance == s })
}

func statements(board []claims.Claim) string {
	var out []string
	for _, c := range board {
		var said []string
		for _, m := range c.Mentions {
			said = append(said, fmt.Sprintf("%s@%s(%s)", m.Text, m.Source, m.Stance))
		}
		out = append(out, fmt.Sprintf("%s [%s] %s %s", c.Statement, strings.Join(said, ", "), c.Status, c.Reasons))
	}
	return "\n  " + strings.Join(out, "\n  ")
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
