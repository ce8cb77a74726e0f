package article

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// A meta is what a page says of itself outside its text.
type meta struct {
	canonical, title, author, site, section, lang string
	published, modified                           time.Time
}

func readMeta(page *goquery.Document, final string) meta {
	m := meta{canonical: final}
	named := map[string]string{}
	page.Find("meta").Each(func(_ int, s *goquery.Selection) {
		key := strings.ToLower(s.AttrOr("property", s.AttrOr("name", s.AttrOr("itemprop", ""))))
		if v := strings.TrimSpace(s.AttrOr("content", "")); key != "" && v != "" && named[key] == "" {
			named[key] = v
		}
	})
	linked := readJSONLD(page)
	if href, ok := page.Find(`link[rel="canonical"]`).Attr("href"); ok {
		m.canonical = resolve(final, href, final)
	} else if og := named["og:url"]; og != "" {
		m.canonical = resolve(final, og, final)
	}
	h1 := text(page.Find("h1").First())
	m.title = first(linked.Headline, named["og:title"], named["dc.title"], h1, trimSite(text(page.Find("title").First())))
	m.author = first(linked.author, named["author"], named["article:author"], named["dc.creator"])
	m.site = first(named["og:site_name"], linked.publisher, named["dc.publisher"], named["application-name"])
	m.section = first(named["article:section"], linked.Section)
	m.lang = first(page.Find("html").AttrOr("lang", ""), linked.Language, strings.ReplaceAll(named["og:locale"], "_", "-"), named["content-language"])
	var times []string
	page.Find("time[datetime]").Each(func(_ int, s *goquery.Selection) { times = append(times, s.AttrOr("datetime", "")) })
	stamps := append([]string{linked.Published, named["article:published_time"], named["og:article:published_time"], named["datepublished"], named["pubdate"], named["date"]}, times...)
	m.published = earliest(append(stamps, named["dc.date"], named["dc.date.issued"], visibleStamp(page))...)
	m.modified = earliest(linked.Modified, named["article:modified_time"], named["og:updated_time"], named["datemodified"])
	return m
}

func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func first(values ...string) string {
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			return v
		}
	}
	return ""
}

// trimSite takes a publication's name off the end or the front of a window title.
func trimSite(title string) string {
	for _, sep := range []string{" | ", " — ", " – ", " :: "} {
		if parts := strings.Split(title, sep); len(parts) == 2 {
			if len(parts[0]) >= len(parts[1]) {
				return parts[0]
			}
			return parts[1]
		}
	}
	return title
}

func resolve(base, ref, fallback string) string {
	b, err := url.Parse(base)
	if err != nil {
		return fallback
	}
	u, err := b.Parse(strings.TrimSpace(ref))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fallback
	}
	u.Fragment = ""
	return u.String()
}

type linkedData struct {
	Headline, Published, Modified, Section, Language, author, publisher string
}

// readJSONLD takes the first article-like object of the page's JSON-LD.
func readJSONLD(page *goquery.Document) (out linkedData) {
	page.Find(`script[type="application/ld+json"]`).EachWithBreak(func(_ int, s *goquery.Selection) bool {
		var v any
		if len(s.Text()) > 1<<20 || json.Unmarshal([]byte(s.Text()), &v) != nil {
			return true
		}
		return !findArticle(v, &out, 0)
	})
	return out
}

func findArticle(v any, out *linkedData, depth int) bool {
	if depth > 5 {
		return false
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			if findArticle(x, out, depth+1) {
				return true
			}
		}
	case map[string]any:
		if g, ok := v["@graph"]; ok && findArticle(g, out, depth+1) {
			return true
		}
		kind := str(v["@type"])
		if !strings.Contains(kind, "Article") && !strings.Contains(kind, "Posting") && !strings.Contains(kind, "Report") {
			return false
		}
		*out = linkedData{Headline: str(v["headline"]), Published: str(v["datePublished"]), Modified: str(v["dateModified"]),
			Section: str(v["articleSection"]), Language: str(v["inLanguage"]), author: name(v["author"]), publisher: name(v["publisher"])}
		return true
	}
	return false
}

func str(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		if len(v) > 0 {
			return str(v[0])
		}
	}
	return ""
}

func name(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		return str(v["name"])
	case []any:
		var names []string
		for _, x := range v {
			if n := name(x); n != "" {
				names = append(names, n)
			}
		}
		return strings.Join(names, ", ")
	}
	return ""
}

// stampLayouts are the written forms of a publication time; a stamp without a zone is taken as UTC.
var stampLayouts = []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04",
	time.RFC1123Z, time.RFC1123, "2 January 2006, 15:04", "2 January 2006 15:04", "January 2, 2006, 15:04", "January 2, 2006 15:04", "Jan 2, 2006 15:04", "2006-01-02", "2 January 2006", "January 2, 2006", "2 Jan 2006", "Jan 2, 2006"}

func parseStamp(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 8 || len(s) > 40 {
		return time.Time{}, false
	}
	for _, layout := range stampLayouts {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 1990 && t.Year() < 2100 {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

var visible = regexp.MustCompile(`\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}(?:,? \d{1,2}:\d{2})?|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}(?:,? \d{1,2}:\d{2})?`)

// visibleStamp is the first written-out date near the top of the page, for pages that state none in markup.
func visibleStamp(page *goquery.Document) string {
	t := text(page.Find("body"))
	return visible.FindString(t[:min(len(t), 3000)])
}
