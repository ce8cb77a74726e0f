package article

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// hostPage makes page n of a host whose articles stand in div.copy, and whose pages all bear one more line there.
func hostPage(n int) Input {
	var body strings.Builder
	fmt.Fprintf(&body, `<html lang="en"><head><title>Story %d - The Pier</title><link rel="canonical" href="https://pier.example/story/%d"></head><body>
<div class="head"><a href="/">The Pier</a> <a href="/t">Town</a> <a href="/h">Harbour</a></div><div class="page"><h1>Story %d</h1><div class="copy">`, n, n, n)
	for i := range 4 + n%3 {
		fmt.Fprintf(&body, "<p>Paragraph %d of story %d says that %d boats were counted at the pier, which is more than anyone had thought likely.</p>\n", i, n, 100*n+i)
	}
	fmt.Fprintf(&body, `<p>The Pier is printed on the island since the great flood</p></div></div><div class="rail"><h4>Elsewhere</h4><a href="/x%d">Gull eats %d chips</a></div></body></html>`, n, n)
	return Input{URL: fmt.Sprintf("https://pier.example/story/%d", n), Body: []byte(body.String())}
}

// TestReader learns a host: pages of it are read by template after three, with the same text as by consensus
// but for the line that all of them bear.
func TestReader(t *testing.T) {
	t.Parallel()
	var r Reader
	for n := range 12 {
		doc, err := r.Read(hostPage(n))
		if err != nil {
			t.Fatalf("page %d: %v", n, err)
		}
		want, err := Read(hostPage(n))
		if err != nil {
			t.Fatal(err)
		}
		text := want.Text
		if n >= repeatPages-1 {
			text = strings.TrimSuffix(text, "\n\nThe Pier is printed on the island since the great flood")
		}
		if diff := cmp.Diff(doc.Text, text); diff != "" {
			t.Errorf("page %d (-got +want):\n%s", n, diff)
		}
	}
	p, m, err := open(hostPage(50))
	if err != nil {
		t.Fatal(err)
	}
	host, _ := hostOf("", m.canonical)
	if _, fits := r.recall(host).apply(p, p.container()); !fits {
		t.Error("a page of a known host is not read by its template")
	}
	other, _, err := open(Input{Body: []byte("<html><body><main><p class=x>" + strings.Repeat("A redesign puts the text elsewhere on the page. ", 20) + "</p></main></body></html>")})
	if err != nil {
		t.Fatal(err)
	}
	if _, fits := r.recall(host).apply(other, other.container()); fits {
		t.Error("a page of another make is read by the template")
	}
}

// TestReaderRepeats: the same pages in the same order give the same documents, with any history of other hosts.
func TestReaderRepeats(t *testing.T) {
	t.Parallel()
	var a, b Reader
	if _, err := b.Read(Input{URL: "https://other.example/", Body: []byte("<p>" + strings.Repeat("Some other text of some other host. ", 10))}); err != nil {
		t.Fatal(err)
	}
	for n := range 8 {
		x, errX := a.Read(hostPage(n))
		y, errY := b.Read(hostPage(n))
		if diff := cmp.Diff(x, y); diff != "" || (errX == nil) != (errY == nil) {
			t.Errorf("page %d: %v %v\n%s", n, errX, errY, diff)
		}
	}
}

// TestReaderConcurrent is for the race detector.
func TestReaderConcurrent(t *testing.T) {
	t.Parallel()
	var r Reader
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for n := range 6 {
				if _, err := r.Read(hostPage(6*g + n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

// TestReaderForgets: a Reader keeps a bounded number of hosts.
func TestReaderForgets(t *testing.T) {
	t.Parallel()
	var r Reader
	for i := range maxHosts + 10 {
		r.remember(fmt.Sprintf("h%d.example", i), &template{})
	}
	if len(r.hosts) != maxHosts || r.recall("h0.example") != nil || r.recall(fmt.Sprintf("h%d.example", maxHosts+9)) == nil {
		t.Errorf("%d hosts kept", len(r.hosts))
	}
}
