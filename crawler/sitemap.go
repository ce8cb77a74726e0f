package crawler

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
)

const (
	// maxSitemap is the size of one sitemap once unpacked, and maxSitemapURLs its length (sitemaps.org).
	maxSitemap     = 50 << 20
	maxSitemapURLs = 50_000
	// maxSitemapDepth is how far indexes of indexes are followed: sitemaps.org allows one level, sites
	// have two.
	maxSitemapDepth = 3
	// maxSitemaps is how many files of one source are read in a pass.
	maxSitemaps = 50
	// maxXMLDepth is how deep an element may stand: a sitemap needs five levels. encoding/xml keeps every
	// open element (2 million cost it 986 MB, reliability.md 1).
	maxXMLDepth = 32
)

// A sitemapFile is what one sitemap says: articles, and further sitemaps.
type sitemapFile struct {
	links    []link
	children []sitemapChild
}

type sitemapChild struct {
	url     string
	lastmod time.Time
}

// readSitemap reads a urlset with or without news tags, an index, a list of addresses in plain text, or
// a feed in a sitemap's place, each of them plain or gzipped. Addresses on another site than base's are
// left out of everything but a feed (sitemaps.org, "Sitemaps & Cross Submits").
func readSitemap(body []byte, contentType, base string) (sitemapFile, error) {
	if isGzip(body) {
		var err error
		if body, err = unpack(body, "gzip", maxSitemap); err != nil {
			if errors.Is(err, errTooLarge) {
				return sitemapFile{}, fail(ReasonTooLarge, base, err)
			}
			return sitemapFile{}, fail(ReasonBadSitemap, base, err)
		}
	}
	text := bytes.TrimLeft(toUTF8(body, contentType), " \t\r\n")
	switch {
	case len(text) == 0:
		return sitemapFile{}, fail(ReasonEmpty, base, nil)
	case looksLikeHTML(text):
		return sitemapFile{}, fail(ReasonNotSitemap, base, errors.New("an HTML page where a sitemap was expected"))
	case bytes.HasPrefix(text, []byte("http://")) || bytes.HasPrefix(text, []byte("https://")):
		return plainSitemap(text, base), nil
	}
	return xmlSitemap(text, contentType, base)
}

// plainSitemap reads one address a line.
func plainSitemap(text []byte, base string) sitemapFile {
	var out sitemapFile
	for line := range bytes.Lines(text) {
		if at := resolve(base, string(line)); len(bytes.TrimSpace(line)) > 0 && at != "" && sameSite(base, at) && len(out.links) < maxSitemapURLs {
			out.links = append(out.links, link{url: at})
		}
	}
	return out
}

// xmlSitemap streams through the XML. What comes before damage counts.
func xmlSitemap(text []byte, contentType, base string) (sitemapFile, error) {
	var out sitemapFile
	var entry map[string]string // of the open url or sitemap element; nil outside
	var path []string
	var value strings.Builder
	rooted := false
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = false
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // recoded already
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) && !rooted {
			return out, fail(ReasonNotSitemap, base, errors.New("no XML"))
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if len(out.links)+len(out.children) > 0 {
				break
			}
			return out, fail(ReasonBadSitemap, base, short(err))
		}
		switch t := token.(type) {
		case xml.StartElement:
			name := t.Name.Local
			if len(path) == 0 {
				switch name {
				case "rss", "feed", "RDF":
					links, err := readFeed(text, contentType, base)
					return sitemapFile{links: links}, err
				case "urlset", "sitemapindex":
					rooted = true
				default:
					return out, fail(ReasonNotSitemap, base, fmt.Errorf("root element %.40q", name))
				}
			}
			if path = append(path, name); len(path) > maxXMLDepth {
				return out, fail(ReasonBadSitemap, base, errors.New("nested too deep"))
			}
			if len(path) == 2 && (name == "url" || name == "sitemap") {
				entry = map[string]string{}
			}
			value.Reset()
		case xml.CharData:
			if value.Len() < maxURL {
				value.Write(t)
			}
		case xml.EndElement:
			if len(path) == 0 {
				continue
			}
			if text := strings.TrimSpace(value.String()); entry != nil && text != "" && (len(path) == 3 || len(path) > 3 && path[2] == "news") {
				entry[t.Name.Local] = text
			}
			value.Reset()
			if len(path) == 2 && entry != nil {
				out.add(entry, base, path[1])
				entry = nil
			}
			path = path[:len(path)-1]
		}
		if len(out.links)+len(out.children) >= maxSitemapURLs {
			break
		}
	}
	return out, nil
}

// add takes one url or sitemap element.
func (s *sitemapFile) add(entry map[string]string, base, kind string) {
	at := resolve(base, entry["loc"])
	if entry["loc"] == "" || at == "" || !sameSite(base, at) {
		return
	}
	modified := sitemapTime(entry["lastmod"])
	if kind == "sitemap" {
		s.children = append(s.children, sitemapChild{url: at, lastmod: modified})
		return
	}
	s.links = append(s.links, link{url: at, item: Item{
		Title: plain(entry["title"]), Language: entry["language"],
		Published: sitemapTime(entry["publication_date"]), Updated: modified,
	}})
}

// sitemapTime reads the W3C date formats that sitemaps use, zero where it is none. A date without a time
// is its midnight UTC.
func sitemapTime(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05", "2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// sameSite reports whether two addresses are of one site: one registrable domain, or one host where it
// is an address or has none.
func sameSite(a, b string) bool {
	u, err := url.Parse(a)
	v, err2 := url.Parse(b)
	return err == nil && err2 == nil && site(u.Hostname()) == site(v.Hostname())
}
