package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"tallywire/claims"
	corpus "tallywire/internal/hostile"
)

// TestFeedsAreReadByOthers reads each kind with gofeed.
func TestFeedsAreReadByOthers(t *testing.T) {
	t.Parallel()
	cs := board(t)
	for _, kind := range []string{"atom", "rss", "json"} {
		var b, again bytes.Buffer
		if err := desk.Feed(&b, kind, "/feed."+kind+"?status=verified", cs, 100); err != nil {
			t.Fatal(err)
		}
		if err := desk.Feed(&again, kind, "/feed."+kind+"?status=verified", cs, 100); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("%s: not the same bytes twice, %v", kind, err)
		}
		f, err := gofeed.NewParser().ParseString(b.String())
		if err != nil {
			t.Fatalf("%s: %v\n%s", kind, err, b.String())
		}
		if f.FeedType != kind || f.Title != "Prisoner exchange" || len(f.Items) != 6 {
			t.Errorf("%s: type %s, title %q, %d entries", kind, f.FeedType, f.Title, len(f.Items))
		}
		ids := map[string]bool{}
		last := ""
		for _, i := range f.Items {
			ids[i.GUID] = true
			if !strings.HasPrefix(i.Link, "https://desk.example/claims/c_") || i.PublishedParsed == nil && i.UpdatedParsed == nil {
				t.Errorf("%s: entry %+v", kind, i)
			}
			at := i.UpdatedParsed
			if at == nil {
				at = i.PublishedParsed
			}
			if now := at.UTC().Format("20060102150405"); last != "" && now > last {
				t.Errorf("%s: not newest first", kind)
			} else {
				last = now
			}
		}
		if len(ids) != len(f.Items) {
			t.Errorf("%s: %d ids of %d entries", kind, len(ids), len(f.Items))
		}
		if kind != "json" && !strings.Contains(b.String(), "полонених") {
			t.Errorf("%s: no Cyrillic", kind)
		}
	}
}

// TestHostileFeeds puts scripts and odd characters into every text: each feed still parses, and none of it is markup.
func TestHostileFeeds(t *testing.T) {
	t.Parallel()
	for _, s := range append([]string{"]]>", "\x00\x01\ufffe\uffff", "<![CDATA[x]]>"}, append(corpus.Markup(), scripts...)...) {
		for _, kind := range []string{"atom", "rss", "json"} {
			var b bytes.Buffer
			if err := desk.Feed(&b, kind, "/feed", []claims.Claim{hostile(s)}, 10); err != nil {
				t.Fatal(err)
			}
			f, err := gofeed.NewParser().ParseString(b.String())
			if err != nil || len(f.Items) != 1 {
				t.Errorf("%s with %q: %v\n%s", kind, s, err, b.String())
			}
			if strings.Contains(b.String(), "<script") {
				t.Errorf("%s with %q: %s", kind, s, b.String())
			}
		}
	}
}
