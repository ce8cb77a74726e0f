package crawler

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
)

// maxItems is how many entries of one door are looked at: Media Cloud's feeds stop at 2,000
// (crawling.md 6).
const maxItems = 2000

// A link is one article as its door gives it.
type link struct {
	url  string // canonical
	item Item
}

// readFeed reads an RSS, Atom or JSON feed, newest first as the feed has it. base is the address that
// the feed was found at. An HTML page, and anything else that is no feed, is ReasonNotFeed.
func readFeed(body []byte, contentType, base string) ([]link, error) {
	text := toUTF8(body, contentType)
	head := bytes.TrimLeft(text, " \t\r\n\ufeff")
	switch {
	case len(head) == 0:
		return nil, fail(ReasonEmpty, base, nil)
	case looksLikeHTML(head):
		return nil, fail(ReasonNotFeed, base, fmt.Errorf("an HTML page where a feed was expected; %s", autodiscovered(head, base)))
	case gofeed.DetectFeedType(bytes.NewReader(head)) == gofeed.FeedTypeUnknown:
		return nil, fail(ReasonNotFeed, base, fmt.Errorf("neither RSS, Atom nor JSON Feed"))
	}
	head, err := bounded(head)
	if err != nil {
		return nil, fail(ReasonBadFeed, base, err)
	}
	feed, err := parseFeed(head)
	if err != nil {
		return nil, fail(ReasonBadFeed, base, short(err))
	}
	if feed.FeedType == "json" && len(feed.Items) == 0 && !strings.Contains(feed.FeedVersion, "jsonfeed.org") {
		return nil, fail(ReasonNotFeed, base, fmt.Errorf("JSON that is no JSON Feed"))
	}
	root := base
	if at := resolve(base, feed.Link); at != "" && feed.FeedType != "json" {
		root = at
	}
	var links []link
	for _, it := range feed.Items[:min(len(feed.Items), maxItems)] {
		if one, ok := feedLink(it, feed, base, root); ok {
			links = append(links, one)
		}
	}
	if len(links) == 0 && len(feed.Items) > 0 {
		return nil, fail(ReasonBadFeed, base, fmt.Errorf("none of %d entries has an address", len(feed.Items)))
	}
	return links, nil
}

// parseFeed reads a feed, and what there is of one that breaks off.
func parseFeed(text []byte) (feed *gofeed.Feed, err error) {
	defer func() {
		if p := recover(); p != nil {
			feed, err = nil, fmt.Errorf("feed reader: %.200s", fmt.Sprint(p))
		}
	}()
	feed, err = gofeed.NewParser().Parse(bytes.NewReader(text))
	if err == nil {
		return feed, nil
	}
	if mended := mendXML(text); mended != nil {
		if feed, again := gofeed.NewParser().Parse(bytes.NewReader(mended)); again == nil {
			return feed, nil
		}
	}
	return nil, err
}

// feedLink makes a link of one entry. Its address is the entry's link, else a GUID that is one.
func feedLink(it *gofeed.Item, feed *gofeed.Feed, base, root string) (link, bool) {
	candidates := append([]string{it.Link}, it.Links...)
	if strings.HasPrefix(it.GUID, "http://") || strings.HasPrefix(it.GUID, "https://") {
		candidates = append(candidates, it.GUID)
	}
	for _, raw := range candidates {
		// Feeds escape twice now and then: &amp;amp;.
		raw = html.UnescapeString(strings.TrimSpace(raw))
		if raw == "" {
			continue
		}
		at := resolve(root, raw)
		if at == "" {
			at = resolve(base, raw)
		}
		if at == "" || at == base {
			continue
		}
		one := link{url: at, item: Item{Title: plain(it.Title), Summary: it.Description, Language: feed.Language}}
		if it.PublishedParsed != nil {
			one.item.Published = it.PublishedParsed.UTC()
		}
		if it.UpdatedParsed != nil {
			one.item.Updated = it.UpdatedParsed.UTC()
		}
		if one.item.Published.IsZero() {
			one.item.Published = one.item.Updated
		}
		var names []string
		for _, person := range it.Authors {
			if person != nil && person.Name != "" {
				names = append(names, person.Name)
			}
		}
		one.item.Author = strings.Join(names, ", ")
		return one, true
	}
	return link{}, false
}

// resolve makes an address found on a page absolute and canonical, "" where it is none.
func resolve(base, ref string) string {
	root, err := url.Parse(base)
	if err != nil {
		return ""
	}
	at, err := root.Parse(strings.TrimSpace(ref))
	if err != nil {
		return ""
	}
	out, err := Canonical(at.String())
	if err != nil {
		return ""
	}
	return out
}

// plain undoes entities that survived the feed reader and sets white space to single blanks.
func plain(s string) string {
	return strings.Join(strings.Fields(html.UnescapeString(s)), " ")
}

// looksLikeHTML knows a page by its first tag.
func looksLikeHTML(head []byte) bool {
	low := bytes.ToLower(head[:min(len(head), 1024)])
	for bytes.HasPrefix(low, []byte("<!--")) || bytes.HasPrefix(low, []byte("<?xml")) {
		end := bytes.IndexByte(low, '>')
		if end < 0 {
			return false
		}
		low = bytes.TrimLeft(low[end+1:], " \t\r\n")
	}
	return bytes.HasPrefix(low, []byte("<!doctype html")) || bytes.HasPrefix(low, []byte("<html")) || bytes.HasPrefix(low, []byte("<head")) || bytes.HasPrefix(low, []byte("<body"))
}

// mendXML closes the open elements of XML that was cut off, nil where there is nothing to mend.
func mendXML(text []byte) []byte {
	if cut := bytes.LastIndex(text, []byte("</item>")); cut > 0 {
		if bytes.Contains(text[:min(cut, 4096)], []byte("<rdf:RDF")) { // RSS 1.0 has its items behind the channel
			return append(bytes.Clone(text[:cut]), "</item></rdf:RDF>"...)
		}
		return append(bytes.Clone(text[:cut]), "</item></channel></rss>"...)
	}
	if cut := bytes.LastIndex(text, []byte("</entry>")); cut > 0 {
		return append(bytes.Clone(text[:cut]), "</entry></feed>"...)
	}
	return nil
}

// newest is the later of two times.
func newest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
