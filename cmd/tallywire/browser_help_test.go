package main

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// browserWait bounds one step in a browser: a page that hangs fails the test instead of holding it.
const browserWait = 60 * time.Second

// chromium starts a browser with a profile of its own and more flags, or skips the test aloud.
func chromium(t *testing.T, more ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" && os.Getenv("CI") != "" {
		t.Fatal("no Chromium, and CI must not pass without")
	}
	if path == "" {
		t.Skip("SKIPPED: no Chromium here; install it (apt-get install chromium) to test the pages in a browser")
	}
	flags := append([]chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("lang", "en"), chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1280, 900)}, more...)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), flags...)
	t.Cleanup(cancel)
	return ctx
}

// A tab is one page of a browser on the demo.
type tab struct {
	t    *testing.T
	ctx  context.Context
	base string
}

func newTab(t *testing.T, browser context.Context, base string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	// The browser lives as long as the context of its first step, so that one has no time limit.
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	return &tab{t, ctx, base}
}

// do runs steps and fails the test where one fails.
func (b *tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	for _, s := range steps {
		ctx, cancel := context.WithTimeout(b.ctx, browserWait)
		err := chromedp.Do(ctx, s)
		cancel()
		if err != nil {
			at, _ := chromedp.Run(b.ctx, chromedp.Location())
			text, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string]("document.body.innerText.slice(0, 600)"))
			b.t.Fatalf("%s, at %s: %v\n%s", what, at, err, text)
		}
	}
}

func (b *tab) open(path string) {
	b.t.Helper()
	b.do("open "+path, chromedp.Navigate(b.base+path))
}

// js evaluates an expression in the page.
func js[T any](b *tab, expression string) T {
	b.t.Helper()
	out, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return out
}

// until waits for an expression to hold of a page that is there whole: an address changes before what stands under it does.
func (b *tab) until(expression string) {
	b.t.Helper()
	end := time.Now().Add(browserWait)
	for {
		ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("document.readyState === 'complete' && ("+expression+")"))
		if err == nil && ok {
			return
		}
		if time.Now().After(end) {
			text, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string]("location.href + '\\n' + document.body.innerText.slice(0, 600)"))
			b.t.Fatalf("never: %s (%v)\n%s", expression, err, text)
		}
		time.Sleep(50 * time.Millisecond) // between two looks at another process
	}
}

// servedDemo starts the demo on a free port and returns its address.
func servedDemo(t *testing.T) string {
	t.Helper()
	cmd := program(t, "demo", "--listen", "127.0.0.1:0")
	errs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Signal(os.Interrupt); _ = cmd.Wait() })
	lines := bufio.NewScanner(errs)
	for lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "the board is at "); ok {
			go func() {
				for lines.Scan() {
					t.Log(lines.Text())
				}
			}()
			address, _, _ := strings.Cut(rest, "/ ")
			return address
		}
	}
	t.Fatal("the demo ended before it served")
	return ""
}

// axeSource is the accessibility checker.
func axeSource(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "axe", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
