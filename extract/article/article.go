// Package article reads the article of a web page: its text by paragraphs, canonical address, title,
// author, times and language. It is a pure function of the page's bytes; start with Read, or with a Reader
// where many pages of one host follow each other.
package article

import (
	"bytes"
	"fmt"

	"tallywire/claims"
)

// An Input is a page as it was fetched.
type Input struct {
	URL         string // the final address, absolute; "" if unknown
	ContentType string // the header as sent; "" if unknown
	Body        []byte
}

// Read finds the article in a page. The Document has no ID, Source, Fetched or Archive yet. It returns an
// error that wraps one of the reasons in walls.go where there is none. Concurrent calls are safe.
func Read(in Input) (claims.Document, error) {
	doc, err := read(in)
	if err != nil {
		return claims.Document{}, fmt.Errorf("read page %s: %w", in.URL, err)
	}
	return doc, nil
}

func read(in Input) (claims.Document, error) {
	switch {
	case isPDF(in):
		return claims.Document{}, ErrPDF
	case !looksLikeHTML(in.Body):
		return claims.Document{}, ErrNotHTML
	}
	root, err := parse(decode(in))
	if err != nil {
		return claims.Document{}, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	p := cut(root)
	m := readMeta(p, in.URL)
	p.hash()
	container := p.container()
	keep := p.choose(candidates(p, in.URL), container)
	p.trim(keep, &m)
	doc := p.document(keep, &m)
	if err := refuse(p, &doc); err != nil {
		return claims.Document{}, err
	}
	return doc, nil
}

func isPDF(in Input) bool {
	return bytes.HasPrefix(bytes.TrimLeft(in.Body[:min(len(in.Body), 1024)], "\x00\t\n\f\r "), []byte("%PDF-"))
}

func looksLikeHTML(body []byte) bool {
	head := bytes.ToLower(body[:min(len(body), 2048)])
	for _, mark := range []string{"<html", "<!doctype html", "<head", "<body", "<p", "<div", "<title", "<meta"} {
		if bytes.Contains(head, []byte(mark)) || bytes.Contains(head, bytes.Join(bytes.Split([]byte(mark), nil), []byte{0})) {
			return true
		}
	}
	return false
}
