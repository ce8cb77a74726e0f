// Package article reads the article of a web page, or of a PDF file: its text by paragraphs, canonical address, title,
// author, times and language. It is a pure function of the page's bytes; start with Read, or with a Reader
// where many pages of one host follow each other.
package article

import (
	"bytes"
	"fmt"
	"regexp"

	"tallywire/claims"
)

// An Input is a page as it was fetched.
type Input struct {
	URL         string // the final address, absolute; "" if unknown
	ContentType string // the header as sent; "" if unknown
	Body        []byte
}

// Read finds the article in a page. The Document has no ID, Source, Fetched or Archive yet. It returns an
// error that wraps one of the reasons in walls.go where there is none; the Document then holds what the page
// says of itself, without a text. Concurrent calls are safe.
func Read(in Input) (claims.Document, error) {
	doc, err := read(in)
	if err != nil {
		return doc, in.wrap(err)
	}
	return doc, nil
}

func (in Input) wrap(err error) error {
	if in.URL == "" {
		return fmt.Errorf("read page: %w", err)
	}
	return fmt.Errorf("read page %s: %w", in.URL, err)
}

func read(in Input) (claims.Document, error) {
	if isPDF(in) {
		return readPDF(in)
	}
	p, m, err := open(in)
	if err != nil {
		return claims.Document{}, err
	}
	container := p.container()
	return finish(p, &m, p.choose(candidates(p, in.URL), container), container)
}

// open decodes and parses a page, cuts it into blocks and reads what it says of itself.
func open(in Input) (*page, meta, error) {
	if !looksLikeHTML(in.Body) {
		return nil, meta{}, ErrNotHTML
	}
	root, err := parse(decode(in))
	if err != nil {
		return nil, meta{}, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	p := cut(root)
	return p, readMeta(p, in.URL), nil
}

// finish makes the document of the chosen blocks, and refuses it where it is none.
func finish(p *page, m *meta, keep []bool, container int) (claims.Document, error) {
	credit, correction := p.credit(keep, m, container), p.correction()
	p.trim(keep, m)
	listing := p.isListing(keep, m)
	keep, times := p.live(keep, m, container)
	doc := p.document(keep, times, m)
	doc.Credit, doc.Correction = credit, correction
	err := refuse(p, m.head, m, &doc)
	if err == nil && listing {
		err = ErrNoText
	}
	if err != nil {
		doc.Text, doc.Blocks = "", nil
		return doc, err
	}
	return doc, nil
}

// looksLikeHTML tells whether a body holds markup that is neither a feed nor a sitemap.
func looksLikeHTML(body []byte) bool {
	head := bytes.ToLower(bytes.ReplaceAll(body[:min(len(body), 4096)], []byte{0}, nil)) // UTF-16 too
	return markup.Match(head) && !otherXML.Match(head)
}

var (
	markup   = regexp.MustCompile(`<(?:!doctype html|html|head|body|p|div|title|meta|br|b|a|span|h[1-6]|table|article|font|section)[\s>/]`)
	otherXML = regexp.MustCompile(`^\W*(?:\?xml[^>]*>\s*)?<?\s*(?:rss|feed|urlset|sitemapindex|rdf:rdf)[\s>]`)
)
