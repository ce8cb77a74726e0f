package crawler

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const section = `<!DOCTYPE html><html><head><title>News</title><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>
<nav><a href="/about">About</a><a href="/sport">Sport</a></nav>
<main>
<article><time datetime="2025-05-23T09:00:00Z">today</time><h2><a href="/news/one.html?utm_campaign=front">One <b>boat</b></a></h2><a href="/news/one.html#comments">3 comments</a></article>
<ul><li><a href="two.html">Two</a> <time datetime="2025-05-22">22 May</time></li><li><a href="https://www.news.example/news/three.html">Three</a></li></ul>
<a href="/picture.JPG">picture</a> <a href="https://social.example/share?u=https://news.example/news/one.html">share</a>
<a href="mailto:desk@news.example">mail</a><a href="#top">top</a><a href="">self</a><a href="/news/">here</a>
</main><aside><a href="/ad">ad</a></aside><footer><a href="/imprint">Imprint</a></footer></body></html>`

func TestReadPage(t *testing.T) {
	day := time.Date(2025, 5, 23, 9, 0, 0, 0, time.UTC)
	one := link{"https://news.example/news/one.html", Item{Title: "One boat", Published: day}}
	two := link{"https://news.example/news/two.html", Item{Title: "Two", Published: time.Date(2025, 5, 22, 0, 0, 0, 0, time.UTC)}}
	three := link{"https://www.news.example/news/three.html", Item{Title: "Three"}}
	for _, test := range []struct {
		name    string
		include string
		want    []link
	}{
		{"all but furniture", "", []link{one, two, three}},
		{"with an expression, furniture counts", "example/(about|news)", []link{{"https://news.example/about", Item{Title: "About"}}, {"https://news.example/sport", Item{Title: "Sport"}}, one, two, three,
			{"https://news.example/ad", Item{Title: "ad"}}, {"https://news.example/imprint", Item{Title: "Imprint"}}}},
		{"another site by its name", "^https://social.example/", []link{{"https://news.example/about", Item{Title: "About"}}, {"https://news.example/sport", Item{Title: "Sport"}}, one, two, three,
			{"https://social.example/share?u=https://news.example/news/one.html", Item{Title: "share"}}, {"https://news.example/ad", Item{Title: "ad"}}, {"https://news.example/imprint", Item{Title: "Imprint"}}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var include []*regexp.Regexp
			if test.include != "" {
				include = append(include, regexp.MustCompile(test.include))
			}
			got, err := readPage([]byte(section), "text/html", "https://news.example/news/", include)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(link{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadPageRefuses(t *testing.T) {
	for text, want := range map[string]Reason{"": ReasonEmpty, "{\"a\": 1}": ReasonNotPage, "<rss></rss>": ReasonNotPage} {
		if _, err := readPage([]byte(text), "application/xml", "https://news.example/", nil); reasonOf(err) != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Base elements, deep trees and unclosed tags do not keep links away.
func TestOddPages(t *testing.T) {
	for name, text := range map[string]string{
		"base":     `<base href="https://news.example/deep/"><a href="../x">x</a>`,
		"deep":     "<html>" + strings.Repeat("<div>", 200_000) + `<a href="/x">x</a>`,
		"unclosed": `<html><a href="/x">` + strings.Repeat("<b>", 50_000),
		"twice":    `<html><a href="/x">a</a><a href="/x">b</a>`,
		"escaped":  `<html><a href="&#x2f;x">x</a>`,
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readPage([]byte(text), "text/html", "https://news.example/", nil)
			if err != nil || len(got) != 1 || got[0].url != "https://news.example/x" {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
	got, err := readPage([]byte("<html>"+strings.Repeat(`<a href="/x`, 10)+strings.Repeat(`"><a href="/`, 100_000)), "text/html", "https://news.example/", nil)
	if err != nil || len(got) > maxItems {
		t.Errorf("%d links, %v", len(got), err)
	}
}

func TestSameSite(t *testing.T) {
	for pair, want := range map[string]bool{
		"https://www.news.example/ https://news.example/": true, "https://a.co.uk/ https://b.co.uk/": false, "http://127.0.0.1:1/ http://127.0.0.1:2/": true,
		"http://127.0.0.1/ http://127.0.0.2/": false, "https://news.example/ https://news.example.com/": false, "http://localhost/ http://localhost/": true,
	} {
		a, b, _ := strings.Cut(pair, " ")
		if got := sameSite(a, b); got != want {
			t.Errorf("%s: %v", pair, got)
		}
	}
}

func FuzzPage(f *testing.F) {
	f.Add([]byte(section))
	f.Fuzz(func(t *testing.T, body []byte) {
		links, _ := readPage(body, "text/html", "https://news.example/", nil)
		for _, l := range links {
			if again, err := Canonical(l.url); err != nil || again != l.url || !sameSite(l.url, "https://news.example/") {
				t.Fatalf("%q", l.url)
			}
		}
	})
}

// Seventeen extreme pages are read as section pages, each soon.
func TestHostilePages(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "eval/web/hostile"), "*.html.gz"))
	if err != nil || len(files) != 17 {
		t.Fatalf("%d pages, %v", len(files), err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			packed, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			body, err := unpack(packed, "gzip", 64<<20)
			if err != nil {
				t.Fatal(err)
			}
			links, err := readPage(body, "text/html", "https://news.example/", nil)
			if len(links) > maxItems {
				t.Errorf("%d links, %v", len(links), err)
			}
		})
	}
}
