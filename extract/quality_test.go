package extract_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tallywire/claims"
	"tallywire/extract"
)

// A labelled sentence with the figures a careful reader takes from it.
type labelled struct {
	text   string
	want   []label
	silent []string // figures that must not reach a board
}

type label struct{ value, noun, predicate, source string }

// readLabelled reads testdata/labelled/LANG.txt; its head tells the format.
func readLabelled(t testing.TB, path string) []labelled {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []labelled
	for _, block := range strings.Split(string(b), "\n\n") {
		var l labelled
		for _, line := range strings.Split(strings.TrimSpace(block), "\n") {
			switch {
			case strings.HasPrefix(line, "#") || line == "":
			case strings.HasPrefix(line, "= "):
				f := strings.Split(line[2:], "|")
				if len(f) != 4 {
					t.Fatalf("%s: %q has %d fields, want 4", path, line, len(f))
				}
				for i := range f {
					f[i] = strings.TrimSpace(f[i])
				}
				l.want = append(l.want, label{f[0], f[1], f[2], f[3]})
			case strings.HasPrefix(line, "! "):
				l.silent = append(l.silent, line[2:])
			default:
				l.text = line
			}
		}
		if l.text != "" {
			out = append(out, l)
		}
	}
	return out
}

// shown is the value of a mention as the labels write it.
func shown(m *claims.Mention) string {
	low, best, high := m.Value.Low.String(), m.Value.Best.String(), m.Value.High.String()
	switch {
	case low != "" && low == high:
		return best
	case high == "":
		return low + ".."
	case low == "":
		return ".." + high
	}
	return low + ".." + high
}

func nounOf(m *claims.Mention) string {
	if (m.Unit.Class == claims.UnitCount || m.Unit.Class == claims.UnitRatio) && m.Head != "" {
		return m.Head
	}
	return m.Unit.Name
}

// A tally counts what was found, right or missed of one kind of field.
type tally struct{ right, found, wanted int }

func (c tally) String() string {
	p, r := percent(c.right, c.found), percent(c.right, c.wanted)
	return fmt.Sprintf("precision %5.1f recall %5.1f of %d", p, r, c.wanted)
}

func percent(a, b int) float64 {
	if b == 0 {
		return 100
	}
	return 100 * float64(a) / float64(b)
}

// TestQuality measures precision and recall by kind of field on the labelled sentences, and compares them with
// testdata/quality.golden. A change that moves a figure shows in that file's diff.
func TestQuality(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/labelled/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("labelled sentences: %v, %d files", err, len(paths))
	}
	var report strings.Builder
	sentences := 0
	for _, path := range paths {
		lang := strings.TrimSuffix(filepath.Base(path), ".txt")
		counts := map[string]*tally{}
		for _, kind := range []string{"value", "noun", "predicate", "source", "silence"} {
			counts[kind] = &tally{}
		}
		for _, l := range readLabelled(t, path) {
			sentences++
			judge(t, lang, l, counts)
		}
		for _, kind := range []string{"value", "noun", "predicate", "source", "silence"} {
			fmt.Fprintf(&report, "%s %-9s %s\n", lang, kind, counts[kind])
		}
	}
	fmt.Fprintf(&report, "sentences %d\n", sentences)
	compareGolden(t, "testdata/quality.golden", report.String())
}

func judge(t *testing.T, lang string, l labelled, counts map[string]*tally) {
	t.Helper()
	mentions := extract.Text(l.text, lang, time.Date(2025, 6, 11, 9, 0, 0, 0, time.UTC))
	used := make([]bool, len(mentions))
	for _, w := range l.want {
		counts["value"].wanted++
		at := -1
		for i := range mentions {
			if !used[i] && mentions[i].Checkworthy && shown(&mentions[i]) == w.value {
				at = i
				break
			}
		}
		if at < 0 {
			t.Logf("%s: %s: no mention with value %s", lang, l.text, w.value)
			continue
		}
		used[at] = true
		counts["value"].right++
		m := &mentions[at]
		for _, f := range []struct{ kind, got, want string }{
			{"noun", nounOf(m), w.noun}, {"predicate", m.Predicate, w.predicate}, {"source", m.Attribution.Text, w.source},
		} {
			if f.want == "-" {
				continue
			}
			c := counts[f.kind]
			c.wanted++
			if f.got != "" {
				c.found++
			}
			if f.got == f.want {
				c.right++
			} else {
				t.Logf("%s: %s: %s of %s: got %q, want %q", lang, l.text, f.kind, w.value, f.got, f.want)
			}
		}
	}
	for i := range mentions {
		if mentions[i].Checkworthy {
			counts["value"].found++
		}
	}
	for _, s := range l.silent {
		c := counts["silence"]
		c.wanted++
		c.found++
		loud := false
		for i := range mentions {
			loud = loud || mentions[i].Checkworthy && !used[i] && (mentions[i].Value.Best.String() == s || strings.Contains(mentions[i].Text, s))
		}
		if !loud {
			c.right++
		} else {
			t.Logf("%s: %s: %s reaches the board", lang, l.text, s)
		}
	}
}
