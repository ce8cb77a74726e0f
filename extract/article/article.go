// Package article reads the article of a web page: its text by paragraphs, canonical address, title,
// author, times and language. It is a pure function of the page's bytes; start with Read.
package article

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"tallywire/claims"
)

// Reasons why a page gives no article; a closed list, so that they can be counted.
var (
	ErrNotHTML    = errors.New("not_html")    // the body is no HTML page
	ErrUnreadable = errors.New("unreadable")  // broken or too deep to parse
	ErrNoText     = errors.New("no_text")     // a page without an article in it
	ErrConsent    = errors.New("consent")     // a consent wall
	ErrPaywall    = errors.New("paywall")     // a stub that asks for payment
	ErrNeedScript = errors.New("need_script") // a page that only scripts fill
)

// Reason is the word that an error of Read is counted under: that of the reason it wraps, else "unreadable".
func Reason(err error) string {
	for _, r := range []error{ErrNotHTML, ErrNoText, ErrConsent, ErrPaywall, ErrNeedScript} {
		if errors.Is(err, r) {
			return r.Error()
		}
	}
	return ErrUnreadable.Error()
}

// An Input is a page as it was fetched.
type Input struct {
	URL         string // the final address, absolute
	ContentType string // the header as sent; "" if unknown
	Body        []byte
}

// Read finds the article in a page. The Document has no ID, Source, Fetched or Archive yet. It returns an
// error that wraps one of the reasons above where there is none.
func Read(in Input) (claims.Document, error) {
	if !looksLikeHTML(in.Body) {
		return claims.Document{}, fmt.Errorf("%s: %w", in.URL, ErrNotHTML)
	}
	root, err := html.Parse(bytes.NewReader(decode(in)))
	if err != nil {
		return claims.Document{}, fmt.Errorf("%s: %w: %v", in.URL, ErrUnreadable, err)
	}
	page := goquery.NewDocumentFromNode(root)
	meta := readMeta(page, in.URL)
	doc := claims.Document{URL: meta.canonical, Title: meta.title, Author: meta.author, Site: meta.site, Section: meta.section,
		Lang: meta.lang, Published: meta.published, Modified: meta.modified}
	base, _ := url.Parse(in.URL)
	result, err := trafilatura.ExtractDocument(root, trafilatura.Options{
		OriginalURL: base, EnableFallback: true, ExcludeComments: true, HtmlDateMode: trafilatura.Disabled,
	})
	if err != nil || result.ContentNode == nil {
		return claims.Document{}, fmt.Errorf("%s: %w", in.URL, ErrNoText)
	}
	var w walker
	w.walk(result.ContentNode)
	w.flush(claims.BlockParagraph)
	if len(w.blocks) > 0 && sameText(w.texts[0], doc.Title) {
		w.texts, w.blocks = w.texts[1:], w.blocks[1:]
	}
	doc.Text, doc.Blocks = strings.Join(w.texts, "\n\n"), w.blocks
	if doc.Text == "" {
		return claims.Document{}, fmt.Errorf("%s: %w", in.URL, ErrNoText)
	}
	return doc, nil
}

func sameText(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

func looksLikeHTML(body []byte) bool {
	head := bytes.ToLower(body[:min(len(body), 2048)])
	return bytes.Contains(head, []byte("<html")) || bytes.Contains(head, []byte("<!doctype html")) || bytes.Contains(head, []byte("<head")) || bytes.Contains(head, []byte("<body")) || bytes.Contains(head, []byte("<p"))
}

// A walker renders a content tree as one block a paragraph.
type walker struct {
	texts  []string
	blocks []claims.Block
	line   strings.Builder
}

var blockTags = map[string]claims.BlockKind{
	"p": claims.BlockParagraph, "div": claims.BlockParagraph, "section": claims.BlockParagraph, "article": claims.BlockParagraph, "main": claims.BlockParagraph,
	"h1": claims.BlockHeading, "h2": claims.BlockHeading, "h3": claims.BlockHeading, "h4": claims.BlockHeading, "h5": claims.BlockHeading, "h6": claims.BlockHeading,
	"li": claims.BlockList, "ul": claims.BlockParagraph, "ol": claims.BlockParagraph, "dd": claims.BlockList, "dt": claims.BlockList,
	"figcaption": claims.BlockCaption, "caption": claims.BlockCaption, "tr": claims.BlockRow, "table": claims.BlockParagraph,
	"blockquote": claims.BlockQuote, "pre": claims.BlockParagraph, "td": "", "th": "",
}

func (w *walker) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.line.WriteString(n.Data)
		return
	case html.ElementNode:
		switch n.Data {
		case "script", "style", "noscript", "template":
			return
		case "br":
			if next := n.NextSibling; next != nil && next.Type == html.ElementNode && next.Data == "br" {
				w.flush(claims.BlockParagraph)
			} else {
				w.line.WriteByte(' ')
			}
			return
		case "td", "th":
			if strings.TrimSpace(w.line.String()) != "" {
				w.line.WriteString(" | ")
			}
		}
	}
	kind, block := blockTags[n.Data]
	if n.Type != html.ElementNode || kind == "" {
		block = false
	}
	if block {
		w.flush(claims.BlockParagraph)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c)
	}
	if block {
		w.flush(kind)
	}
}

func (w *walker) flush(kind claims.BlockKind) {
	text := strings.Join(strings.Fields(w.line.String()), " ")
	w.line.Reset()
	if text == "" {
		return
	}
	w.texts = append(w.texts, text)
	w.blocks = append(w.blocks, claims.Block{Kind: kind})
}

// earliest parses the first of several stamps that is a date and time.
func earliest(stamps ...string) time.Time {
	for _, s := range stamps {
		if t, ok := parseStamp(s); ok {
			return t
		}
	}
	return time.Time{}
}
