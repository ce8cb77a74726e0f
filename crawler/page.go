package crawler

import (
	"bytes"
	"errors"
	"net"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/publicsuffix"
)

// notArticles are endings of addresses that hold no article text.
var notArticles = map[string]bool{".jpg": true, ".jpeg": true, ".png": true, ".gif": true, ".webp": true, ".svg": true, ".avif": true,
	".ico": true, ".css": true, ".js": true, ".json": true, ".xml": true, ".rss": true, ".atom": true, ".pdf": true, ".zip": true,
	".gz": true, ".mp3": true, ".mp4": true, ".webm": true, ".m3u8": true, ".mov": true, ".ogg": true, ".wav": true, ".doc": true,
	".docx": true, ".xls": true, ".xlsx": true, ".ppt": true, ".pptx": true, ".csv": true, ".txt": true, ".ics": true, ".woff": true, ".woff2": true, ".apk": true, ".exe": true, ".dmg": true}

// readPage reads the links of a section page in the order in which they stand, each once, with the date
// of its teaser where it has one. Without include, links in <nav>, <footer> and <aside> are furniture and
// left out. Links to other sites are left out, but for those where an include expression matches from
// the first character on, and so names the other site. PDF files are left out but where an include expression matches.
func readPage(body []byte, contentType, base string, include []*regexp.Regexp) ([]link, error) {
	links, _, err := readSection(body, contentType, base, include)
	return links, err
}

// readSection is readPage with the address of the page that goes on with the list, "" for none: that of rel=next.
func readSection(body []byte, contentType, base string, include []*regexp.Regexp) (links []link, next string, err error) {
	text := toUTF8(body, contentType)
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, "", fail(ReasonEmpty, base, nil)
	}
	if !looksLikeHTML(bytes.TrimLeft(text, " \t\r\n")) && !bytes.Contains(bytes.ToLower(text[:min(len(text), 4096)]), []byte("<a")) && !strings.Contains(contentType, "html") {
		return nil, "", fail(ReasonNotPage, base, errors.New("no HTML where a section page was expected"))
	}
	w := &linkWalk{root: base, base: base, include: include, at: map[string]int{}, raw: map[string]int{}}
	w.tokens(text)
	return slices.DeleteFunc(w.links, func(l link) bool { return l.url == w.next }), w.next, nil
}

// A linkWalk collects links from a stream of tokens: a tree would fail beyond 512 open elements.
type linkWalk struct {
	root, base string // the page's own address; what its links are relative to
	include    []*regexp.Regexp
	links      []link
	at         map[string]int // index into links
	raw        map[string]int // the same by href as written, -1 for those left out
	furniture  int            // open nav, footer and aside elements
	teaser     int            // index of the first link of the open teaser block
	pending    time.Time      // date seen in the teaser before its first link
	open       int            // index of the link whose <a> is open, -1 for none
	words      strings.Builder
	next       string // address of the page that goes on, "" for none
}

func (w *linkWalk) tokens(text []byte) {
	w.open = -1
	z := html.NewTokenizer(bytes.NewReader(text))
	for len(w.links) < maxItems && len(w.raw) < 10*maxItems {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			if w.open >= 0 && w.words.Len() < 1000 {
				w.words.Write(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(z.Token())
		case html.EndTagToken:
			w.end(z.Token().DataAtom)
		}
	}
}

func (w *linkWalk) start(t html.Token) {
	switch t.DataAtom {
	case atom.Base:
		if at, err := url.Parse(w.root); err == nil {
			if to, err := at.Parse(attribute(t, "href")); err == nil && attribute(t, "href") != "" {
				w.base = to.String()
			}
		}
	case atom.Nav, atom.Footer, atom.Aside:
		w.furniture++
	case atom.Article, atom.Li, atom.Tr:
		w.teaser, w.pending = len(w.links), time.Time{}
	case atom.Time:
		w.date(attribute(t, "datetime"))
	case atom.Link:
		w.goesOn(t)
	case atom.A:
		w.closeLink()
		w.goesOn(t)
		if w.furniture > 0 && len(w.include) == 0 {
			return
		}
		w.link(attribute(t, "href"))
	}
}

// goesOn takes down the first address that a page calls its next (HTML: link type "next"), on the same site.
func (w *linkWalk) goesOn(t html.Token) {
	if w.next != "" || !slices.Contains(strings.Fields(strings.ToLower(attribute(t, "rel"))), "next") {
		return
	}
	if at := resolve(w.base, attribute(t, "href")); at != "" && at != w.root && sameSite(w.root, at) {
		w.next = at
	}
}

func (w *linkWalk) end(tag atom.Atom) {
	switch tag {
	case atom.Nav, atom.Footer, atom.Aside:
		w.furniture = max(0, w.furniture-1)
	case atom.A:
		w.closeLink()
	case atom.Article, atom.Li, atom.Tr:
		w.teaser, w.pending = len(w.links), time.Time{}
	}
}

// link takes the address of an <a>.
func (w *linkWalk) link(href string) {
	if href == "" || strings.HasPrefix(href, "#") {
		return
	}
	i, known := w.raw[href]
	if !known {
		i = w.add(href)
		w.raw[href] = i
	}
	w.open = i
	w.words.Reset()
}

// add takes an address not seen in this spelling before and returns its index in links, -1 for none.
func (w *linkWalk) add(href string) int {
	at := resolve(w.base, href)
	if at == "" || at == w.root || !w.wanted(at) {
		return -1
	}
	i, known := w.at[at]
	if !known {
		i = len(w.links)
		w.at[at] = i
		w.links = append(w.links, link{url: at, item: Item{Published: w.pending}})
	}
	return i
}

// wanted applies what does not depend on the configuration, but for naming other sites.
func (w *linkWalk) wanted(at string) bool {
	u, err := url.Parse(at)
	if err != nil {
		return false
	}
	ending := strings.ToLower(path.Ext(u.Path))
	named := ending == ".pdf" && slices.ContainsFunc(w.include, func(re *regexp.Regexp) bool { return re.MatchString(at) })
	if notArticles[ending] && !named {
		return false
	}
	if sameSite(w.root, at) {
		return true
	}
	for _, re := range w.include {
		if loc := re.FindStringIndex(at); loc != nil && loc[0] == 0 && loc[1] > len(u.Scheme)+3 {
			return true
		}
	}
	return false
}

func (w *linkWalk) closeLink() {
	if w.open >= 0 {
		if item := &w.links[w.open].item; item.Title == "" {
			item.Title = plain(w.words.String())
		}
	}
	w.open = -1
}

// date gives a teaser's links its date, before or after them.
func (w *linkWalk) date(value string) {
	at := sitemapTime(value)
	if at.IsZero() {
		return
	}
	w.pending = at
	for i := w.teaser; i < len(w.links); i++ {
		if w.links[i].item.Published.IsZero() {
			w.links[i].item.Published = at
		}
	}
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// site is the registrable domain of a host, or the host itself where it is an address or has none.
func site(host string) string {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if net.ParseIP(host) != nil {
		return host
	}
	if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return domain
	}
	return host
}

// autodiscovered says in words which feeds a page names (HTML: <link rel=alternate>).
func autodiscovered(text []byte, base string) string {
	if feeds := alternateFeeds(text, base); len(feeds) > 0 {
		return "the page names " + strings.Join(feeds[:min(len(feeds), 3)], ", ")
	}
	return "the page names no feed"
}

// alternateFeeds lists the feeds that a page names, in its order.
func alternateFeeds(text []byte, base string) []string {
	var feeds []string
	z := html.NewTokenizer(bytes.NewReader(text))
	for len(feeds) < 20 {
		switch z.Next() {
		case html.ErrorToken:
			return feeds
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.DataAtom == atom.Body {
				return feeds
			}
			if t.DataAtom != atom.Link || !strings.Contains(" "+strings.ToLower(attribute(t, "rel"))+" ", " alternate ") {
				continue
			}
			switch strings.ToLower(attribute(t, "type")) {
			case "application/rss+xml", "application/atom+xml", "application/feed+json", "application/json", "application/rdf+xml", "text/xml":
				if at := resolve(base, attribute(t, "href")); at != "" {
					feeds = append(feeds, at)
				}
			}
		}
	}
	return feeds
}
