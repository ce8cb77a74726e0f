package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jimsmart/grobotstxt"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"tallywire/claims"
)

// probeItems is how many items of a door a Finding shows.
const probeItems = 5

// wellKnownFeeds are where feeds live that no page names: Miniflux 2.3.3's list, shortened to what news
// systems use.
var wellKnownFeeds = []string{"/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "/index.xml", "/feed.json"}

// A Finding is what an address would give as a source.
type Finding struct {
	Type    Type        `json:"type"`
	URL     string      `json:"url"` // for `url` in config.yaml; social: the server, "" for the platform's own
	Account string      `json:"account,omitempty"`
	Name    string      `json:"name"`            // of the publication or account, as it gives it
	Lang    string      `json:"lang,omitempty"`  // BCP 47, as it gives it
	Count   int         `json:"count"`           // articles or posts behind the door now
	Items   []FoundItem `json:"items"`           // the first of them
	Tried   []Tried     `json:"tried,omitempty"` // other doors looked at, in order, and what they gave
}

// A FoundItem is one article or post behind a door.
type FoundItem struct {
	URL       string    `json:"url"`
	Title     string    `json:"title"` // social: the beginning of the text
	Published time.Time `json:"published,omitzero"`
}

// Tried is a door that was looked at and not chosen.
type Tried struct {
	Type   Type   `json:"type"`
	URL    string `json:"url"`
	Result string `json:"result"`
}

// Probe looks at an address as a person would paste it (a front page, a feed, a profile) and returns the
// best door that it leads to: the platform's account, else a feed, else a news sitemap, else a sitemap,
// else the page itself. It asks with all the manners of a crawl and stores nothing. The error wraps the
// Failure of the address itself where there is no door at all.
func (c *Crawler) Probe(ctx context.Context, address string) (Finding, error) {
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	root, err := Canonical(address)
	if err != nil {
		return Finding{}, err
	}
	if f, ok, err := c.probeSocial(ctx, root); ok {
		return f, err
	}
	p := &probe{c: c, seen: map[string]bool{}}
	got, err := c.fetch(ctx, request{url: root, limit: max(c.opts.MaxBody, maxSitemap)})
	if err != nil {
		return Finding{}, fmt.Errorf("probe: %w", err)
	}
	p.seen[root], p.seen[got.final] = true, true
	if p.read(got, got.final) {
		return p.best(), nil
	}
	if err := p.around(ctx, got); err != nil {
		return Finding{}, err
	}
	if p.found == nil {
		return Finding{Tried: p.tried}, fail(ReasonNotPage, root, errors.New("neither feed, sitemap nor links to articles"))
	}
	return p.best(), nil
}

// A probe collects the doors that an address leads to.
type probe struct {
	c     *Crawler
	seen  map[string]bool
	found []Finding // in order of worth
	tried []Tried
}

// read looks at an answer as a feed and as a sitemap, and reports whether it is one.
func (p *probe) read(got *answer, at string) bool {
	kind := got.header.Get("Content-Type")
	links, err := readFeed(got.body, kind, at)
	if err == nil {
		p.add(Feed, at, links, feedName(got.body, kind))
		return true
	}
	if m, again := readSitemap(got.body, kind, at); again == nil && len(m.links)+len(m.children) > 0 {
		p.add(Sitemap, at, m.links, hostName(at))
		if len(m.links) == 0 {
			p.found[len(p.found)-1].Count = len(m.children)
		}
		return true
	}
	p.tried = append(p.tried, Tried{Type: Feed, URL: at, Result: string(reasonOf(err))})
	return false
}

// around looks for doors beside a page: the feeds that it names, the usual places, the sitemaps of
// robots.txt, and the page's own links.
func (p *probe) around(ctx context.Context, page *answer) error {
	text := toUTF8(page.body, page.header.Get("Content-Type"))
	named := alternateFeeds(text, page.final)
	named = slices.DeleteFunc(named, func(at string) bool { return strings.Contains(at, "/comments/") }) // WordPress names its comments' feed too
	u, err := url.Parse(page.final)
	if err != nil {
		return err
	}
	front := u.Scheme + "://" + u.Host
	for _, at := range named[:min(len(named), 4)] {
		if err := p.ask(ctx, at); err != nil {
			return err
		}
	}
	for _, path := range wellKnownFeeds {
		if len(p.found) > 0 {
			break
		}
		if err := p.ask(ctx, front+path); err != nil {
			return err
		}
	}
	if len(p.found) == 0 {
		rules, err := p.c.robots.rules(ctx, u)
		if err != nil {
			return err
		}
		maps := grobotstxt.Sitemaps(rules.text)
		slices.SortStableFunc(maps, func(a, b string) int { return newsFirst(a) - newsFirst(b) })
		for _, at := range append(maps[:min(len(maps), 3)], front+"/sitemap.xml") {
			if len(p.found) > 0 {
				break
			}
			if at, err := Canonical(at); err == nil {
				if err := p.ask(ctx, at); err != nil {
					return err
				}
			}
		}
	}
	if links, err := readPage(page.body, page.header.Get("Content-Type"), page.final, nil); err == nil && len(links) > 0 {
		p.add(Page, page.final, links, pageTitle(text))
	}
	return nil
}

// ask looks at one possible door. Its error is the context's alone.
func (p *probe) ask(ctx context.Context, at string) error {
	if p.seen[at] {
		return nil
	}
	p.seen[at] = true
	got, err := p.c.fetch(ctx, request{url: at, limit: max(p.c.opts.MaxBody, maxSitemap)})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		p.tried = append(p.tried, Tried{Type: Feed, URL: at, Result: string(reasonOf(err))})
		return nil
	}
	p.read(got, at)
	return nil
}

func (p *probe) add(kind Type, at string, links []link, name string) {
	f := Finding{Type: kind, URL: at, Name: name, Count: len(links), Items: []FoundItem{}}
	for _, l := range links[:min(len(links), probeItems)] {
		f.Items = append(f.Items, FoundItem{URL: l.url, Title: l.item.Title, Published: l.item.Published})
		if f.Lang == "" {
			f.Lang = l.item.Language
		}
	}
	if f.Name == "" {
		f.Name = hostName(at)
	}
	p.found = append(p.found, f)
}

// best is the first door found, which was looked for in order of worth, with the others behind it.
func (p *probe) best() Finding {
	out := p.found[0]
	for _, other := range p.found[1:] {
		out.Tried = append(out.Tried, Tried{Type: other.Type, URL: other.URL, Result: fmt.Sprintf("%d items", other.Count)})
	}
	out.Tried = append(out.Tried, p.tried...)
	return out
}

// probeSocial knows the addresses of accounts on the platforms.
func (c *Crawler) probeSocial(ctx context.Context, address string) (Finding, bool, error) {
	u, err := url.Parse(address)
	if err != nil {
		return Finding{}, false, nil
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	s := Source{ID: "probe"}
	switch host := strings.TrimPrefix(u.Host, "www."); {
	case host == "t.me" || host == "telegram.me":
		if s.Type, s.Account = Telegram, parts[0]; parts[0] == "s" && len(parts) > 1 {
			s.Account = parts[1]
		}
	case host == "bsky.app" && len(parts) > 1 && parts[0] == "profile":
		s.Type, s.Account = Bluesky, parts[1]
	case host == "x.com" || host == "twitter.com":
		s.Type, s.Account = X, parts[0]
	case strings.HasPrefix(parts[0], "@") && len(parts[0]) > 1:
		s.Type, s.Account, s.URL = Mastodon, strings.TrimPrefix(parts[0], "@"), u.Scheme+"://"+u.Host
	}
	if s.Account == "" {
		return Finding{}, false, nil
	}
	p := &pass{c: c, source: s, log: c.opts.Logger, state: claims.SourceState{Cursor: map[string]string{}}}
	from := platformOf(s.Type)
	err = from.open(ctx, p)
	if s.Type == Mastodon && err != nil && ctx.Err() == nil {
		return Finding{}, false, nil // a page whose path begins with @
	}
	f := Finding{Type: s.Type, URL: s.URL, Account: s.Account, Name: s.Account, Items: []FoundItem{}}
	if err != nil {
		return f, true, fmt.Errorf("probe: %w", err)
	}
	got, err := from.list(ctx, p, "", "")
	if err != nil {
		return f, true, fmt.Errorf("probe: %w", err)
	}
	for _, one := range got.posts {
		f.Count++
		if strings.EqualFold(strings.TrimPrefix(one.doc.Poster, "@"), s.Account) && one.doc.Author != "" {
			f.Name = one.doc.Author
		}
		if f.Lang == "" {
			f.Lang = one.doc.Lang
		}
		if len(f.Items) < probeItems {
			f.Items = append(f.Items, FoundItem{URL: one.doc.URL, Title: beginning(one.doc.Text), Published: one.doc.Published})
		}
	}
	return f, true, nil
}

// YAML is the entry for `sources:` in config.yaml that makes the finding a source. What a person must
// judge, class and owner, is set to the commonest and marked.
func (f Finding) YAML() string {
	var b strings.Builder
	field := func(name, value, note string) {
		if note != "" {
			note = "  # " + note
		}
		fmt.Fprintf(&b, "    %s: %s%s\n", name, value, note)
	}
	fmt.Fprintf(&b, "  - id: %s\n", f.id())
	field("name", quoted(f.Name), "")
	field("type", string(f.Type), "")
	if f.URL != "" {
		field("url", quoted(f.URL), "")
	}
	if f.Account != "" {
		field("account", quoted(f.Account), "")
		field("class", "social", "outlet, wire, official, party, ngo or social")
	} else {
		field("class", "outlet", "outlet, wire, official, party, ngo or social")
	}
	field("owner", quoted(f.Name), "one owner's outlets are one voice")
	if f.Lang != "" {
		field("language", quoted(f.Lang), "")
	}
	field("schedule", `"@every 15m"`, "")
	return b.String()
}

// id makes a source's id of its account or host: [a-z0-9-].
func (f Finding) id() string {
	from := f.Account
	if from == "" {
		from = hostName(f.URL)
	}
	out := strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(from)), "-")
	if out == "" {
		return "source"
	}
	return out
}

// quoted is a string as YAML and JSON both read it.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\ufeff':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// newsFirst orders sitemaps: those that call themselves news come first.
func newsFirst(at string) int {
	if strings.Contains(strings.ToLower(at), "news") {
		return 0
	}
	return 1
}

// hostName is an address's host without www, or its registrable domain's first label where it has one.
func hostName(at string) string {
	u, err := url.Parse(at)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// beginning is the start of a post's text on one line.
func beginning(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return text
}

// feedName is a feed's own title.
func feedName(body []byte, kind string) string {
	if feed, err := parseFeed(bytes.TrimLeft(toUTF8(body, kind), " \t\r\n")); err == nil {
		return plain(feed.Title)
	}
	return ""
}

// pageTitle is the text of a page's <title>.
func pageTitle(text []byte) string {
	z := html.NewTokenizer(bytes.NewReader(text))
	for open := false; ; {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken:
			t := z.Token()
			if t.DataAtom == atom.Body {
				return ""
			}
			open = t.DataAtom == atom.Title
		case html.TextToken:
			if open {
				return plain(string(z.Text()))
			}
		}
	}
}
