package crawler

import (
	"bytes"
	"errors"
)

// maxFeedParts is how many elements and attributes, or JSON objects and arrays, a feed may have: 125 for each of maxItems
// entries. gofeed keeps them all, and ten megabytes of empty items cost it 5 s and 1.8 GB (measured with v1.4.2).
const maxFeedParts = 250_000

var errFeedParts = errors.New("more than 250,000 elements")

// bounded cuts a feed behind the last entry that is looked at, and refuses one that is too much for the reader all the same.
func bounded(text []byte) ([]byte, error) {
	if len(text) > 0 && text[0] == '{' {
		if bytes.Count(text, []byte("{"))+bytes.Count(text, []byte("[")) > maxFeedParts {
			return nil, errFeedParts
		}
		return text, nil
	}
	for _, end := range []string{"</item>", "</entry>"} {
		if at := nth(text, []byte(end), maxItems); at >= 0 {
			text = mendXML(text[:at+len(end)])
			break
		}
	}
	if xmlParts(text) > maxFeedParts {
		return nil, errFeedParts
	}
	return text, nil
}

// nth is where the n-th of a mark begins, if there are more than n, else -1.
func nth(text, mark []byte, n int) int {
	at := -1
	for from := 0; n >= 0; n-- {
		i := bytes.Index(text[from:], mark)
		if i < 0 {
			return -1
		}
		if n > 0 {
			at = from + i
		}
		from += i + len(mark)
	}
	return at
}

// xmlParts counts the tags of a text and their attributes, without what stands in CDATA sections and comments.
func xmlParts(text []byte) int {
	n := 0
	for i := bytes.IndexByte(text, '<'); i >= 0; {
		rest := text[i:]
		var end int
		switch {
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			end = bytes.Index(rest, []byte("]]>"))
		case bytes.HasPrefix(rest, []byte("<!--")):
			end = bytes.Index(rest, []byte("-->"))
		default:
			n++
			if end = bytes.IndexByte(rest, '>'); end > 0 {
				n += bytes.Count(rest[:end], []byte("="))
			}
		}
		if end < 0 {
			return n + bytes.Count(rest, []byte("="))
		}
		i += end + 1
		next := bytes.IndexByte(text[i:], '<')
		if next < 0 {
			return n
		}
		i += next
	}
	return n
}
