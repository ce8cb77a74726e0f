// Command desk measures the desk's pages over a large store: it generates the store where there is none, serves it with the
// real program, asks for pages at a steady rate, and prints how long they took and how much memory the server held.
//
//	go build -o tallywire ./cmd/tallywire
//	go run ./bench/desk --bin ./tallywire --dir /tmp/desk
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

func main() {
	bin := flag.String("bin", "./tallywire", "the program")
	dir := flag.String("dir", "", "folder of the store; generated where it is empty")
	n := flag.Int("claims", 100_000, "claims")
	mentions := flag.Int("mentions", 10, "mentions of each")
	rate := flag.Int("rate", 50, "requests a second")
	length := flag.Duration("for", 30*time.Second, "how long")
	crawl := flag.Bool("crawl", true, "have a second process crawl a newsroom on loopback meanwhile, with a store of its own")
	flag.Parse()
	if err := run(context.Background(), *bin, *dir, *n, *mentions, *rate, *length, *crawl); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, bin, dir string, n, mentions, rate int, length time.Duration, crawl bool) error {
	if dir == "" {
		return errors.New("--dir is missing")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, "tallywire.db")); errors.Is(err, os.ErrNotExist) {
		start := time.Now()
		if err := generate(ctx, dir, n, mentions, 1); err != nil {
			return err
		}
		fmt.Printf("generated %d claims with %d mentions in %.0f s\n", n, n*mentions, time.Since(start).Seconds())
	}
	if err := os.WriteFile(filepath.Join(dir, "config.yaml"), configuration(), 0o600); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, bin, "serve", "--config", filepath.Join(dir, "config.yaml"), "--listen", "127.0.0.1:0")
	errs, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() { _ = cmd.Process.Signal(os.Interrupt); _ = cmd.Wait() }()
	base := ""
	lines := bufio.NewScanner(errs)
	for base == "" && lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "the board is at "); ok {
			base, _, _ = strings.Cut(rest, "/ ")
		}
	}
	go func() {
		for lines.Scan() {
			fmt.Fprintln(os.Stderr, lines.Text())
		}
	}()
	for {
		res, err := http.Get(base + "/")
		if err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				break
			}
		}
		if time.Since(start) > 10*time.Minute {
			return fmt.Errorf("the board is not there after %s", time.Since(start))
		}
		time.Sleep(100 * time.Millisecond)
	}
	fmt.Printf("board read in %.1f s; memory %s\n", time.Since(start).Seconds(), memory(cmd.Process.Pid))
	for { // searches answer 503 until their index is there
		res, err := http.Get(base + "/?q=" + nouns[0])
		if err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				break
			}
		}
		if time.Since(start) > 30*time.Minute {
			return fmt.Errorf("there is no search after %s", time.Since(start))
		}
		time.Sleep(time.Second)
	}
	fmt.Printf("search ready after %.0f s; memory %s\n", time.Since(start).Seconds(), memory(cmd.Process.Pid))
	ids, err := claimIDs(base)
	if err != nil {
		return err
	}
	articles := func() int64 { return 0 }
	if crawl {
		var stop func()
		if articles, stop, err = crawling(ctx, bin, filepath.Join(dir, "crawl")); err != nil {
			return err
		}
		defer stop()
	}
	before := articles()
	load(base, ids, rate, length)
	fmt.Printf("crawled meanwhile: %d articles\n", articles()-before)
	fmt.Printf("memory after: %s\n", memory(cmd.Process.Pid))
	return nil
}

// configuration has the store's outlets.
func configuration() []byte {
	var b strings.Builder
	b.WriteString("store: {path: tallywire.db}\narchive: {dir: \"\"}\ntopics:\n")
	for i := range topics {
		fmt.Fprintf(&b, "  - {id: topic-%d, name: Topic %d, terms: [nothing]}\n", i, i)
	}
	b.WriteString("sources:\n")
	for i := range outlets {
		fmt.Fprintf(&b, "  - {id: outlet-%d, name: Outlet %d, type: feed, url: \"https://outlet-%d.example/rss\"}\n", i, i, i)
	}
	return []byte(b.String())
}

// claimIDs are 2,000 claims from different ends of the board.
func claimIDs(base string) ([]string, error) {
	var ids []string
	for i := range topics {
		for _, s := range []string{"verified", "disputed", "unverified"} {
			res, err := http.Get(fmt.Sprintf("%s/?topic=topic-%d&status=%s&limit=50", base, i, s))
			if err != nil {
				return nil, err
			}
			raw, err := io.ReadAll(res.Body)
			res.Body.Close()
			if err != nil {
				return nil, err
			}
			for _, part := range strings.Split(string(raw), `href="/claims/`)[1:] {
				ids = append(ids, part[:18])
			}
		}
	}
	if len(ids) == 0 {
		return nil, errors.New("no claims on the board")
	}
	return ids, nil
}

// A kind of page with how long it took.
type timing struct {
	mu    sync.Mutex
	took  map[string][]time.Duration
	bad   int
	bytes map[string]int
}

// load asks at a steady rate, whether or not answers have come: waiting would hide a slow server.
func load(base string, ids []string, rate int, length time.Duration) {
	t := &timing{took: map[string][]time.Duration{}, bytes: map[string]int{}}
	r := rand.New(rand.NewPCG(2, 3))
	web := &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 100}}
	var all sync.WaitGroup
	tick := time.NewTicker(time.Second / time.Duration(rate))
	defer tick.Stop()
	for end := time.Now().Add(length); time.Now().Before(end); <-tick.C {
		kind, path := ask(r, ids)
		all.Go(func() { t.ask(web, kind, base+path) })
	}
	all.Wait()
	report := map[string]any{"bad": t.bad}
	for kind, took := range t.took {
		slices.Sort(took)
		at := func(p float64) float64 { return float64(took[int(p*float64(len(took)-1))].Microseconds()) / 1000 }
		report[kind] = map[string]any{"n": len(took), "p50_ms": at(.5), "p90_ms": at(.9), "p99_ms": at(.99), "max_ms": at(1), "largest_bytes": t.bytes[kind]}
	}
	raw, err := json.MarshalIndent(report, "", " ")
	if err == nil {
		fmt.Println(string(raw))
	}
}

// ask picks a request: boards with filters, searches for words, claims.
func ask(r *rand.Rand, ids []string) (kind, path string) {
	q := url.Values{}
	if r.IntN(2) == 0 {
		q.Set("status", []string{"verified", "disputed", "unverified"}[r.IntN(3)])
	}
	if r.IntN(2) == 0 {
		q.Set("topic", fmt.Sprintf("topic-%d", r.IntN(topics)))
	}
	if r.IntN(3) == 0 {
		q.Set("source", fmt.Sprintf("outlet-%d", r.IntN(outlets)))
	}
	if r.IntN(3) == 0 {
		q.Set("sort", []string{"value", "voices", "statement"}[r.IntN(3)])
	}
	switch n := r.IntN(10); {
	case n < 4:
		return "board", "/?" + q.Encode()
	case n < 6:
		q.Set("q", nouns[r.IntN(len(nouns))]+" "+towns[r.IntN(len(towns))])
		return "search", "/?" + q.Encode()
	}
	return "claim", "/claims/" + ids[r.IntN(len(ids))]
}

func (t *timing) ask(web *http.Client, kind, address string) {
	start := time.Now()
	res, err := web.Get(address)
	n := int64(0)
	if err == nil {
		n, err = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if res.StatusCode != http.StatusOK {
			err = errors.New(res.Status)
		}
	}
	took := time.Since(start)
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		t.bad++
		return
	}
	t.took[kind] = append(t.took[kind], took)
	t.bytes[kind] = max(t.bytes[kind], int(n))
}

// memory is what the system says of a process, where it says it.
func memory(pid int) string {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return "unknown"
	}
	var out []string
	for line := range strings.Lines(string(raw)) {
		if strings.HasPrefix(line, "VmRSS") || strings.HasPrefix(line, "VmHWM") || strings.HasPrefix(line, "RssAnon") {
			out = append(out, strings.Join(strings.Fields(line), " "))
		}
	}
	return strings.Join(out, ", ")
}
