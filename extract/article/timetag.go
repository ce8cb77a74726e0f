package article

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A timeTag is a time element, or one with itemprop or class of a publication time.
type timeTag struct {
	stamp    string // the first attribute that is a time, else the text
	text     string // as readers see it
	names    string // class, itemprop and the like, lower case
	modified bool
	encoded  bool // scripts write the text
}

// published tells whether the element's names say that its time is the publication's.
func (t *timeTag) published() bool {
	return strings.Contains(t.names, "publish") || strings.Contains(t.names, "pubdate") || strings.Contains(t.names, "posted")
}

func newTimeTag(n *html.Node, names string) timeTag {
	up := ""
	if n.Parent != nil {
		up = strings.ToLower(attr(n.Parent, "class"))
	}
	t := timeTag{text: dateText(n), names: names + " " + up + " " + strings.ToLower(clip(attr(n, "data-testid"), 100))}
	if s := encodedDate(n); s != "" {
		t.text, t.encoded = s, true
	}
	for _, key := range []string{"datetime", "content", "data-datetime", "title", "data-timestamp", "data-date", "data-time"} {
		v := attr(n, key)
		if v == "" {
			continue
		}
		t.stamp = first(t.stamp, v)
		if _, ok := parseStamp(v); ok {
			t.stamp = v
			break
		}
	}
	if t.stamp == "" {
		t.stamp = t.text
	}
	label := before(n, 40)
	t.modified = strings.Contains(t.names, "modified") || strings.Contains(t.names, "updated") && !strings.Contains(t.names, "publish") || words().is("updated", label) || words().is("updated", t.text)
	return t
}

// dateText is the text of an element with a space where two of its pieces would join to one number or word, as in a
// calendar leaf of three lines.
func dateText(n *html.Node) string {
	const limit = 200 // bytes
	if n.FirstChild == nil || n.FirstChild == n.LastChild && n.FirstChild.Type == html.TextNode {
		return textOf(n, limit)
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if b.Len() > limit || n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Svg {
			return
		}
		if s := n.Data; n.Type == html.TextNode && s != "" {
			if isDigit(s[0]) {
				b.WriteByte(' ')
			}
			b.WriteString(clip(s, 4*limit))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if _, isBlock := blockKinds[n.DataAtom]; isBlock || n.DataAtom == atom.Br {
			b.WriteByte(' ')
		}
	}
	walk(n)
	return strings.ToValidUTF8(clip(strings.Join(strings.Fields(strings.ToValidUTF8(b.String(), "")), " "), limit), "")
}

// encodedDate is a date in Base64 in an attribute for scripts: what readers see once these ran, "" where there is none.
func encodedDate(n *html.Node) string {
	const least, most = 12, 120 // bytes
	for i := range n.Attr {
		a := &n.Attr[i]
		if !strings.HasPrefix(a.Key, "data-") || len(a.Val) < least || len(a.Val) > most {
			continue
		}
		b, err := base64.StdEncoding.DecodeString(a.Val)
		if err != nil || !utf8.Valid(b) {
			continue
		}
		if _, ok := parseStamp(string(b)); ok {
			return string(b)
		}
	}
	return ""
}
