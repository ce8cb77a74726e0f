package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"tallywire/claims"
)

// FeedType is the media type of a kind of feed: atom, rss, json.
func FeedType(kind string) string {
	return map[string]string{"atom": "application/atom+xml; charset=utf-8", "rss": "application/rss+xml; charset=utf-8", "json": "application/feed+json"}[kind]
}

// Feed writes the changes of claims as a feed of a kind: atom, rss or json; newest first, at most limit
// entries. A repeat is no change. path is the feed's own address below Base, which the Edition needs. The same
// claims give the same bytes: the feed's time is that of its newest entry.
func (e Edition) Feed(w io.Writer, kind, path string, cs []claims.Claim, limit int) error {
	if e.Base == "" {
		return fmt.Errorf("%w: a feed needs the address of the board", claims.ErrInvalid)
	}
	type change struct {
		claim *claims.Claim
		claims.Change
	}
	var all []change
	for i := range cs {
		for _, h := range cs[i].History {
			if h.Kind != claims.Repeat || h.Status != h.Previous {
				all = append(all, change{&cs[i], h})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b change) int {
		return cmp.Or(b.At.Compare(a.At), strings.Compare(string(a.claim.ID), string(b.claim.ID)), strings.Compare(string(a.Kind), string(b.Kind)))
	})
	if len(all) > limit {
		all = all[:limit]
	}
	f := &feeds.Feed{Title: xmlText(Visible(e.title())), Link: &feeds.Link{Href: e.Base + "/"}, Description: "Changes of status and value of claims in the news"}
	if e.Publisher.Name != "" {
		f.Author = &feeds.Author{Name: xmlText(e.Publisher.Name)}
	}
	f.Updated, f.Created = time.Unix(0, 0).UTC(), time.Unix(0, 0).UTC()
	if len(all) > 0 {
		f.Updated, f.Created = all[0].At.UTC(), all[0].At.UTC()
	}
	for _, h := range all {
		page := e.page(h.claim.ID)
		f.Items = append(f.Items, &feeds.Item{
			Title: xmlText(changeTitle(h.claim, h.Change)), Link: &feeds.Link{Href: page}, IsPermaLink: "false",
			Id:          fmt.Sprintf("%s#%s-%d", page, h.Kind, h.At.UTC().UnixNano()),
			Description: xmlText(Visible(strings.Join(h.Reasons, "; "))), Updated: h.At.UTC(), Created: h.At.UTC(),
		})
	}
	switch kind {
	case "atom":
		a := (&feeds.Atom{Feed: f}).AtomFeed()
		a.Id = e.Base + path // the library takes the link, which all feeds of a board share
		return feeds.WriteXML(a, w)
	case "rss":
		return f.WriteRss(w)
	case "json":
		j := (&feeds.JSON{Feed: f}).JSONFeed()
		j.FeedUrl = e.Base + path
		enc := json.NewEncoder(w)
		enc.SetIndent("", " ")
		return enc.Encode(j)
	}
	return fmt.Errorf("%w: feed %q; want atom, rss or json", claims.ErrInvalid, kind)
}

// changeTitle says a change in a line: "disputed (was verified): 390 captives released, 390 to 420".
func changeTitle(c *claims.Claim, h claims.Change) string {
	head := string(h.Status)
	if h.Previous != "" && h.Previous != h.Status {
		head += " (was " + string(h.Previous) + ")"
	} else if h.Kind != claims.First {
		head += " (" + string(h.Kind) + ")"
	}
	title := Sign(h.Status) + " " + head + ": " + Visible(c.Statement)
	if v := ValueWords(h.Value); v != "" && !strings.Contains(title, v) {
		title += " (" + v + ")"
	}
	return title
}

// xmlText drops what XML cannot hold and Visible leaves: it leaves nothing of it but U+FFFE and U+FFFF.
func xmlText(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
}
