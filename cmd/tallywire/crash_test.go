package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tallywire/claims"
	"tallywire/demo"
)

// sampleNewsroom serves the sample's three days at once and writes a configuration for it into a fresh folder.
func sampleNewsroom(t *testing.T) (configFile string) {
	t.Helper()
	room, err := demo.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = room.Close() })
	for _, day := range demo.Days {
		if err := room.Day(day); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(file, demo.Config(room), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// program is a call of the real program, in its own process.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), "TALLYWIRE_TEST_MAIN=1", "X_BEARER_TOKEN=demo")
	return cmd
}

func mustRun(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs strings.Builder
	cmd := program(t, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("tallywire %s: %v\n%s%s", strings.Join(args, " "), err, out.String(), errs.String())
	}
	return out.String()
}

// said lists what a board says, mention by mention, without what differs from run to run (times of fetching).
func said(t *testing.T, export string) []string {
	t.Helper()
	var doc struct{ Claims []claims.Claim }
	if err := json.Unmarshal([]byte(export), &doc); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range doc.Claims {
		for _, m := range c.Mentions {
			out = append(out, fmt.Sprintf("%s %s %s %s %d %s", c.ID, c.Status, m.ID, m.URL, m.Start, m.Stance))
		}
	}
	slices.Sort(out)
	return out
}

func TestSecondCrawlChangesNothing(t *testing.T) {
	t.Parallel()
	conf := sampleNewsroom(t)
	first := mustRun(t, "crawl", "--config", conf, "--format", "json")
	before := mustRun(t, "export", "--config", conf)
	second := mustRun(t, "crawl", "--config", conf, "--format", "json")
	if after := mustRun(t, "export", "--config", conf); after != before {
		t.Errorf("the export of unchanged pages differs after a second crawl\nfirst crawl:\n%s\nsecond crawl:\n%s", first, second)
	}
	var report struct {
		Sources []struct {
			Source                 string
			New, Unchanged, Failed int
			Reasons                map[string]int
		}
	}
	if err := json.Unmarshal([]byte(second), &report); err != nil {
		t.Fatal(err)
	}
	unchanged := 0
	for _, s := range report.Sources {
		unchanged += s.Unchanged
		if s.New != 0 || s.Failed != 0 {
			t.Errorf("second crawl of %s: %d new, %d failed, want none: %v", s.Source, s.New, s.Failed, s.Reasons)
		}
	}
	if unchanged == 0 {
		t.Error("no page was found unchanged")
	}
}

// TestKillCrawl kills a crawl with SIGKILL at a random moment, five times, and crawls on: what was stored stays, nothing
// is there twice, every mention's evidence is there.
func TestKillCrawl(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts the real program fifteen times")
	}
	conf := sampleNewsroom(t)
	mustRun(t, "crawl", "--config", conf)
	want := said(t, mustRun(t, "export", "--config", conf))
	if len(want) == 0 {
		t.Fatal("the undisturbed crawl found nothing")
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 5 {
		dir := filepath.Join(t.TempDir(), "killed")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(conf)
		if err != nil {
			t.Fatal(err)
		}
		own := filepath.Join(dir, "config.yaml")
		if err := os.WriteFile(own, b, 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := program(t, "crawl", "--config", own)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(20+rng.IntN(400)) * time.Millisecond) // the moment of the kill is the input
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		var before []string
		if _, err := os.Stat(filepath.Join(dir, "data", "tallywire.db")); err == nil {
			mustRun(t, "rejudge", "--config", own)
			before = said(t, mustRun(t, "export", "--config", own))
		}
		mustRun(t, "crawl", "--config", own)
		after := said(t, mustRun(t, "export", "--config", own))
		if !slices.Equal(after, want) {
			t.Errorf("round %d: %d mentions after the kill and a new crawl, want %d", round, len(after), len(want))
		}
		ids := map[string]bool{}
		for _, line := range after {
			ids[strings.Fields(line)[2]] = true
		}
		for _, line := range before {
			if !ids[strings.Fields(line)[2]] {
				t.Errorf("round %d: lost %s", round, line)
			}
		}
		if out := mustRun(t, "db", "check", "--config", own); !strings.Contains(out, "sound") {
			t.Errorf("round %d: %s", round, out)
		}
	}
}
