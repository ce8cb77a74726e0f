package crawler

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestSectionPages holds that a list is followed over its pages while they name what is new, and no further.
func TestSectionPages(t *testing.T) {
	r := newRig(t, "", func(o *Options) { o.Logger, o.MaxAge = nil, 720*time.Hour })
	newest := 30 // articles are numbered upwards; a page of the list has ten
	r.web.Handle("http://a.example/*", func(w http.ResponseWriter, in *http.Request) {
		if !strings.HasPrefix(in.URL.Path, "/news") {
			if strings.HasPrefix(in.URL.Path, "/story") {
				fmt.Fprint(w, "<p>", in.URL.Path, "</p>")
			} else {
				http.NotFound(w, in)
			}
			return
		}
		page := 1
		if n := in.URL.Query().Get("page"); n != "" {
			_, _ = fmt.Sscan(n, &page)
		}
		fmt.Fprint(w, "<!DOCTYPE html><html><body><ul>")
		for i := newest - 10*(page-1); i > max(0, newest-10*page); i-- {
			fmt.Fprintf(w, `<li><a href="/story%d">Story %d</a></li>`, i, i)
		}
		fmt.Fprintf(w, `</ul><nav><a rel="nofollow next" href="/news?page=%d">Older</a></nav></body></html>`, page+1)
	})
	source := Source{ID: "a", Type: Page, URL: "http://a.example/news"}
	lists := func() []string {
		var out []string
		for _, req := range r.web.Requests() {
			if name := strings.TrimPrefix(req.URL, "http://a.example/"); strings.HasPrefix(name, "news") {
				out = append(out, name)
			}
		}
		r.web.Forget()
		return out
	}
	// The fourth page is empty.
	if sum := r.crawl(t, source); sum.New != 30 || !slices.Equal(lists(), []string{"news", "news?page=2", "news?page=3", "news?page=4"}) {
		t.Errorf("%+v", sum)
	}
	if sum := r.crawl(t, source); sum.New != 0 || !slices.Equal(lists(), []string{"news"}) {
		t.Errorf("nothing new: %+v", sum)
	}
	newest = 45
	if sum := r.crawl(t, source); sum.New != 15 || !slices.Equal(lists(), []string{"news", "news?page=2", "news?page=3"}) {
		t.Errorf("fifteen new: %+v", sum)
	}
	newest = 1000
	if sum := r.crawl(t, source); sum.New != 10*maxSection || len(lists()) != maxSection {
		t.Errorf("a list without end: %+v", sum)
	}
}

// TestSectionNext holds what counts as the next page, and that PDF files want an include expression.
func TestSectionNext(t *testing.T) {
	const base = "http://a.example/news/"
	for name, c := range map[string]struct{ html, want string }{
		"link element":      {`<html><head><link rel="next" href="?page=2"></head>`, base + "?page=2"},
		"anchor":            {`<html><a rel="next" href="/news/2">x</a>`, base + "2"},
		"in furniture":      {`<html><footer><a rel=next href="/news/2">x</a></footer>`, base + "2"},
		"itself":            {`<html><a rel="next" href="/news/">x</a>`, ""},
		"another site":      {`<html><a rel="next" href="http://b.example/2">x</a>`, ""},
		"a word in another": {`<html><a rel="nextish" href="/news/2">x</a>`, ""},
		"a script":          {`<html><a rel="next" href="javascript:more()">x</a>`, ""},
	} {
		links, next, err := readSection([]byte(c.html+`<a href="/s">s</a>`), "text/html", base, nil)
		if err != nil || next != c.want || slices.ContainsFunc(links, func(l link) bool { return l.url == next }) {
			t.Errorf("%s: next %q, links %v, %v", name, next, links, err)
		}
	}
	page := []byte(`<html><a href="/r.pdf">r</a><a href="/s">s</a>`)
	for include, want := range map[string]int{"": 1, `\.pdf$`: 2, "/s": 1} {
		var res []*regexp.Regexp
		if include != "" {
			res = append(res, regexp.MustCompile(include))
		}
		if links, err := readPage(page, "text/html", base, res); err != nil || len(links) != want {
			t.Errorf("include %q: %v, %v", include, links, err)
		}
	}
}
