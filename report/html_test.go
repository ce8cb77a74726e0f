package report

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"tallywire/claims"
	corpus "tallywire/internal/hostile"
)

// active finds what a browser would run or load in a page.
func active(t *testing.T, page []byte) []string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	styles := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script", "iframe", "object", "embed", "img", "base", "form", "link", "math", "audio", "video", "input":
			found = append(found, "<"+n.Data+">")
		case "style":
			styles++
		case "meta":
			for _, a := range n.Attr {
				if a.Key == "http-equiv" && !strings.EqualFold(a.Val, "Content-Security-Policy") {
					found = append(found, "meta "+a.Val)
				}
			}
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc":
				found = append(found, a.Key)
			case a.Key == "href" || a.Key == "src" || a.Key == "action":
				if !strings.HasPrefix(a.Val, "https://") && !strings.HasPrefix(a.Val, "http://") {
					found = append(found, a.Key+"="+a.Val)
				}
			}
		}
	}
	if styles != 1 {
		found = append(found, "styles")
	}
	return found
}

func TestNothingRunsInTheReport(t *testing.T) {
	t.Parallel()
	for _, s := range append(corpus.Markup(), scripts...) {
		var b bytes.Buffer
		if err := desk.HTML(&b, []claims.Claim{hostile(s)}); err != nil {
			t.Fatal(err)
		}
		if got := active(t, b.Bytes()); len(got) > 0 {
			t.Errorf("%q: %q in the page", s, got)
		}
	}
	// The check itself catches what it should.
	if got := active(t, []byte(`<p onclick=x><script>1</script><a href="javascript:1">`)); len(got) != 4 {
		t.Errorf("the control gave %q", got)
	}
}

func TestReportShowsEachVoice(t *testing.T) {
	t.Parallel()
	cs := board(t)
	var b bytes.Buffer
	if err := desk.HTML(&b, cs); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			count[n.Data]++
		}
	}
	mentions := 0
	for _, c := range cs {
		mentions += len(c.Mentions)
	}
	if count["svg"] != len(cs) || count["blockquote"] != mentions || count["mark"] != mentions || count["table"] != len(cs) {
		t.Errorf("%d plots, %d quotes, %d figures marked, %d histories; want %d claims with %d mentions", count["svg"], count["blockquote"], count["mark"], count["table"], len(cs), mentions)
	}
	for _, want := range []string{"Coordination Headquarters", "Russian Defence Ministry", "390"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page does not name %q", want)
		}
	}
}

func TestPlotStaysInItsFrame(t *testing.T) {
	t.Parallel()
	for _, c := range board(t) {
		p, ok := desk.NewPlot(&c)
		if !ok || len(p.Points) != len(c.Mentions) {
			t.Fatalf("%s: drawn %v with %d points of %d mentions", c.ID, ok, len(p.Points), len(c.Mentions))
		}
		for _, pt := range p.Points {
			if pt.X < plotLeft || pt.X > plotRight || pt.Y < plotTop || pt.Y > plotBottom || pt.High > pt.Y || pt.Low < pt.Y {
				t.Errorf("%s: point %+v lies outside", c.ID, pt)
			}
		}
		for _, b := range p.Bands {
			if b.X < plotLeft || b.X+b.Width > plotRight+0.1 {
				t.Errorf("%s: band %+v lies outside", c.ID, b)
			}
		}
	}
	if _, ok := desk.NewPlot(&claims.Claim{}); ok {
		t.Error("a claim without mentions was drawn")
	}
}
