package main

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the README's transcript anew")

var claimIDs = regexp.MustCompile(`c_[0-9a-f]{16}`)

// TestReadmeTranscript holds the README's transcript of the demo to what the demo prints. Claim IDs depend on the ports on
// which the sample happens to be served, so they are not compared.
func TestReadmeTranscript(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	e := &env{in: strings.NewReader(""), out: &out, err: &errs, getenv: func(string) string { return "" }, now: time.Now}
	if code := run(t.Context(), []string{"demo", "--once"}, e); code != 0 {
		t.Fatalf("demo --once exits with %d: %s", code, errs.String())
	}
	got := claimIDs.ReplaceAllString(out.String(), "c_0123456789abcdef")
	const file, begin, end = "../../README.md", "<!-- demo -->\n```text\n", "```\n<!-- end -->"
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(b), begin)
	want, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("README.md has no transcript between %q and %q", begin, end)
	}
	if *update {
		if err := os.WriteFile(file, []byte(head+begin+got+end+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != want {
		t.Errorf("README.md's transcript is not what the demo prints; run `go test ./cmd/tallywire -run Readme -update`\ngot:\n%s\nwant:\n%s", got, want)
	}
}
