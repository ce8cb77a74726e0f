package server_test

import (
	"fmt"
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

// TestXSSCorpus puts each of some 400 texts that browsers have run into every crawled word, and reads the pages (D8).
func TestXSSCorpus(t *testing.T) {
	t.Parallel()
	var put []claims.Claim
	all := corpus.Markup()
	for i, s := range all {
		put = append(put, hostileClaim(claims.ClaimID(fmt.Sprintf("c_%016x", i)), 2*i, "https://harbor.example/?"+s, func(string) string { return s }))
	}
	h := newHouse(t, put...)
	for i, s := range all {
		id := put[i].ID
		h.page = server.Archived{URL: s, ContentType: "text/html", Body: []byte(s)}
		for _, path := range []string{"/claims/" + string(id), fmt.Sprintf("/archive/%s/m_%020d", id, 2*i), fmt.Sprintf("/archive/%s/m_%020d/page", id, 2*i)} {
			for _, bad := range active(h.doc(path)) {
				t.Errorf("%q at %s: %s", s, path, bad)
			}
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
	if shown != len(all) {
		t.Errorf("the board shows %d of %d claims", shown, len(all))
	}
	control, err := goquery.NewDocumentFromReader(strings.NewReader(`<p onclick=x style=x><script>1</script><a href=" JavaScript:1"><img src=//x><link href=x rel=stylesheet>`))
	if err != nil {
		t.Fatal(err)
	}
	if got := active(control); len(got) != 7 {
		t.Errorf("the control gave %q", got)
	}
}
