package boltstore

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"tallywire/claims"
	"tallywire/store"
	"tallywire/store/storetest"
)

// modelRuns is how many stores TestModel fills where -rapid.checks says nothing: seconds, not the minute of
// rapid's 100.
const modelRuns = "8"

// helperEnv makes the test binary a process that holds or writes the store named in it.
const helperEnv = "BOLTSTORE_TEST_HELPER"

func TestMain(m *testing.M) {
	if mode, dir, ok := strings.Cut(os.Getenv(helperEnv), "="); ok {
		if err := help(mode, dir); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		if err := flag.Set("rapid.checks", modelRuns); err != nil {
			panic(err) // the flag's name is rapid's
		}
	}
	goleak.VerifyTestMain(m)
}

// help is the helper process: "hold" opens the store until standard input ends; "write N" writes documents from
// N on without end and prints the number of each once its write is acknowledged.
func help(mode, dir string) error {
	d, err := Open(filepath.Join(dir, "tallywire.db"), Options{})
	if err != nil {
		return err
	}
	fmt.Println("open")
	if mode == "hold" {
		_, err := io.Copy(io.Discard, os.Stdin)
		return errors.Join(err, d.Close())
	}
	first, err := strconv.Atoi(strings.TrimPrefix(mode, "write "))
	if err != nil {
		return err
	}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for w := range 4 { // several, so that groups are committed
		wg.Go(func() {
			for i := first + w; ; i += 4 {
				r := storetest.NewRecord(i, 3)
				_, err := d.PutRecords(context.Background(), r)
				if err == nil {
					err = d.PutClaims(context.Background(), []claims.Claim{storetest.NewClaim(i, r.Mentions...)}, []claims.ClaimID{storetest.NewClaim(i - 40).ID})
				}
				mu.Lock()
				fmt.Println(i, err)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return nil
}

// start runs a helper and returns it with its output, once the store is open.
func start(t *testing.T, mode, dir string) (*exec.Cmd, *bufio.Scanner, io.Closer) {
	t.Helper()
	exe, err := os.Executable()
	must(t, err)
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), helperEnv+"="+mode+"="+dir)
	in, err := cmd.StdinPipe()
	must(t, err)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "open" {
		t.Fatalf("helper said %q", lines.Text())
	}
	return cmd, lines, in
}

// TestKill kills a writing process at random: nothing that was acknowledged is lost, and no half of anything
// is left. It shows nothing of power loss, which the page cache survives.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	t.Parallel()
	dir := t.TempDir()
	last := 0
	for round := range 5 {
		cmd, lines, _ := start(t, fmt.Sprintf("write %d", 10_000*round), dir)
		acked := map[int]bool{}
		for n := 12 + 7*round; len(acked) < n && lines.Scan(); { // killed after so many acknowledgements
			i, rest, _ := strings.Cut(lines.Text(), " ")
			number, err := strconv.Atoi(i)
			if err != nil || rest != "<nil>" {
				t.Fatalf("helper said %q", lines.Text())
			}
			acked[number] = true
		}
		must(t, cmd.Process.Kill())
		for lines.Scan() { // what it still said before it died is acknowledged too
			if i, rest, ok := strings.Cut(lines.Text(), " "); ok && rest == "<nil>" {
				number, err := strconv.Atoi(i)
				must(t, err)
				acked[number] = true
			}
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("helper ended by itself")
		}
		d := openIn(t, dir)
		for i := range acked {
			want := storetest.NewRecord(i, 3)
			got, err := d.Record(t.Context(), want.Document.ID)
			if err != nil || len(got.Mentions) != 3 {
				t.Errorf("round %d: acknowledged document %d: %d mentions, %v", round, i, len(got.Mentions), err)
			}
			if found, err := d.Block(t.Context(), want.Blocks[1]...); err != nil || len(found) < 3 {
				t.Errorf("round %d: acknowledged document %d is not found by its keys: %v", round, i, err)
			}
		}
		wrong, err := d.Check(t.Context())
		if err != nil || len(wrong) > 0 {
			t.Errorf("round %d: Check = %q, %v; want nothing", round, wrong, err)
		}
		last = len(acked)
		must(t, d.Close())
	}
	t.Logf("%d acknowledged writes in the last round", last)
}

// TestTwoProcesses requires that a second process is turned away and told who is there.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd, _, in := start(t, "hold", dir)
	d, err := Open(filepath.Join(dir, "tallywire.db"), Options{})
	if err == nil {
		d.Close()
	}
	if want := fmt.Sprintf("process %d", cmd.Process.Pid); !errors.Is(err, store.ErrInUse) || !strings.Contains(err.Error(), want) {
		t.Errorf("Open beside another process gave %v; want ErrInUse and %q", err, want)
	}
	must(t, in.Close())
	must(t, cmd.Wait())
	must(t, openIn(t, dir).Close())
}

// TestFull fills the store to its limit: the write fails, nothing is lost, and the store goes on.
func TestFull(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.db")
	// bbolt grows a file by 16 MiB at least.
	d, err := Open(path, Options{MaxSize: 20 << 20})
	must(t, err)
	defer d.Close()
	text := noise(1 << 20)
	n := 0
	for ; n < 100; n++ {
		r := storetest.NewRecord(n, 0)
		r.Document.Text = text
		if _, err = d.PutRecords(t.Context(), r); err != nil {
			break
		}
	}
	if err == nil || !strings.Contains(err.Error(), "maximum size") {
		t.Fatalf("after %d documents: %v; want the size limit", n, err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() > 20<<20 {
		t.Errorf("file: %v, %v; want 20 MiB at most", info.Size(), err)
	}
	if _, err := d.Record(t.Context(), storetest.NewRecord(n-1, 0).Document.ID); err != nil {
		t.Errorf("reading the last document when full: %v", err)
	}
	must(t, d.PutClaims(t.Context(), nil, []claims.ClaimID{"c_0"}))
	wrong, err := d.Check(t.Context())
	if err != nil || len(wrong) > 0 {
		t.Errorf("Check = %q, %v; want nothing", wrong, err)
	}
}

// noise is text that does not compress: n printable characters of a xorshift generator.
func noise(n int) string {
	b := make([]byte, n)
	x := uint32(2463534242) // Marsaglia's seed (Xorshift RNGs, 2003)
	for i := range b {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		b[i] = byte('!' + x%90)
	}
	return string(b)
}
