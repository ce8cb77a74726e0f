package server_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tallywire/claims"
	corpus "tallywire/internal/hostile"
	"tallywire/server"
)

// active finds what a browser would run, or load from elsewhere, in a page of ours.
func active(d *goquery.Document) []string {
	var out []string
	d.Find("*").Each(func(_ int, e *goquery.Selection) {
		for _, a := range e.Nodes[0].Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc",
				(a.Key == "href" || a.Key == "src" || a.Key == "action") && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:") || strings.HasPrefix(value, "vbscript:")),
				a.Key == "src" && !strings.HasPrefix(a.Val, "/static/"):
				out = append(out, fmt.Sprintf("<%s %s=%q>", e.Nodes[0].Data, a.Key, a.Val))
			}
		}
	})
	d.Find("script:not([src]), img, iframe, object, embed, base, style:not(:first-of-type), link[href]:not([rel=alternate]):not([href^='/static/'])").Each(func(_ int, e *goquery.Selection) {
		out = append(out, "<"+e.Nodes[0].Data+">")
	})
	return out
}

// TestXSSCorpus puts each of some 400 texts that browsers have run into every crawled word, four at a time, and reads the pages (D8);
// as an archived page each stands alone.
func TestXSSCorpus(t *testing.T) {
	t.Parallel()
	all := corpus.Markup()
	var put []claims.Claim
	var texts []string
	for four := range slices.Chunk(all, 4) {
		s, n := strings.Join(four, " "), len(put)
		texts = append(texts, s)
		put = append(put, hostileClaim(claims.ClaimID(fmt.Sprintf("c_%016x", n)), 2*n, "https://harbor.example/?"+s, func(string) string { return s }))
	}
	h := newHouse(t, put...)
	for i, s := range texts {
		for _, path := range []string{"/claims/" + string(put[i].ID), fmt.Sprintf("/archive/%s/m_%020d", put[i].ID, 2*i)} {
			for _, bad := range active(h.doc(path)) {
				t.Errorf("%q at %s: %s", s, path, bad)
			}
		}
	}
	for _, s := range all {
		h.page = server.Archived{URL: s, ContentType: "text/html", Body: []byte(s)}
		for _, bad := range active(h.doc(fmt.Sprintf("/archive/%s/m_%020d/page", put[0].ID, 0))) {
			t.Errorf("%q archived: %s", s, bad)
		}
	}
	shown := 0
	for next := "/?limit=100"; next != ""; {
		d := h.doc(next)
		shown += d.Find("a.claim").Length()
		for _, bad := range active(d) {
			t.Errorf("%s: %s", next, bad)
		}
		next, _ = d.Find("a[rel=next]").Attr("href")
	}
	if shown != len(put) {
		t.Errorf("the board shows %d of %d claims", shown, len(put))
	}
	control, err := goquery.NewDocumentFromReader(strings.NewReader(`<p onclick=x style=x><script>1</script><a href=" JavaScript:1"><img src=//x><link href=x rel=stylesheet>`))
	if err != nil {
		t.Fatal(err)
	}
	if got := active(control); len(got) != 7 {
		t.Errorf("the control gave %q", got)
	}
}
