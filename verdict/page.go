package verdict

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"tallywire/archive"
	"tallywire/crawler"
	"tallywire/extract/article"
)

// maxPage is the most that an archived page is unpacked to.
const maxPage = 256 << 20

// A page is an archived page as it can be searched.
type page struct {
	article string // its text as the reader of articles finds it, "" where it finds none
	text    string // all its letters and digits, small, without what stands between them
}

// readPage unpacks an archived page.
func readPage(e archive.Exchange) (page, error) {
	body, err := crawler.Decode(e.Body, e.Header.Get("Content-Encoding"), maxPage)
	if err != nil {
		return page{}, err
	}
	kind := e.Header.Get("Content-Type")
	var p page
	var b strings.Builder
	if json.Valid(body) {
		var v any
		if err := json.Unmarshal(body, &v); err != nil {
			return p, err
		}
		texts(v, &b)
	} else {
		if doc, err := article.Read(article.Input{URL: e.URL, ContentType: kind, Body: body}); err == nil {
			p.article = doc.Text
		}
		if r, err := charset.NewReader(bytes.NewReader(body), kind); err == nil {
			var decoded bytes.Buffer
			if _, err := decoded.ReadFrom(r); err == nil {
				body = decoded.Bytes()
			}
		}
		bare(string(body), &b)
	}
	p.text = letters(b.String())
	return p, nil
}

// texts writes every text of a JSON value, each as markup and as it is.
func texts(v any, b *strings.Builder) {
	switch v := v.(type) {
	case string:
		b.WriteString(v)
		b.WriteByte('\n')
		if strings.ContainsAny(v, "<&") {
			bare(v, b)
		}
	case []any:
		for _, x := range v {
			texts(x, b)
		}
	case map[string]any:
		for _, x := range v {
			texts(x, b)
		}
	}
}

// bare writes the text of markup, that of attributes (titles, descriptions) too.
func bare(markup string, b *strings.Builder) {
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			b.Write(z.Text())
			b.WriteByte(' ')
		case html.StartTagToken, html.SelfClosingTagToken:
			for _, a := range z.Token().Attr {
				if a.Key == "content" || a.Key == "alt" || a.Key == "title" {
					b.WriteString("\n" + a.Val + "\n")
				}
			}
		}
	}
}

// letters keeps letters and digits.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// holds reports whether a text stands in the page, whatever markup, blanks and signs stand in it.
func (p page) holds(s string) bool {
	s = letters(s)
	return s != "" && strings.Contains(p.text, s)
}
