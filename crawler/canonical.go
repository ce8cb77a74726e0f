package crawler

import (
	_ "embed"
	"fmt"
	"net/url"
	"strings"
	"sync"

	"github.com/gocolly/colly/v2"
	"golang.org/x/net/idna"

	"tallywire/claims"
)

// maxURL is the longest address, in bytes, that is looked at: Zeno asks up to 4,000, Media Cloud 2,048
// (crawling.md 6).
const maxURL = 4096

//go:embed tracking.txt
var trackingList string

// tracking holds the names of tracking.txt, and its prefixes without their star.
var tracking = sync.OnceValue(func() (t struct {
	names    map[string]bool
	prefixes []string
}) {
	t.names = map[string]bool{}
	for line := range strings.Lines(trackingList) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case strings.HasSuffix(line, "*"):
			t.prefixes = append(t.prefixes, strings.TrimSuffix(line, "*"))
		default:
			t.names[line] = true
		}
	}
	return t
})

// Canonical returns the one spelling of an http or https address: scheme and host in lower case (a
// host's non-ASCII labels in Punycode), no user, default port, trailing dot or fragment, dot segments
// resolved, percent escapes in upper case and only where needed, and no tracking parameters or session
// ids (tracking.txt). The order of the other parameters is kept, as is a trailing slash: servers may tell
// them apart. It is a fixed point: Canonical of its result is the result. An address that no crawler can
// ask is ErrInvalid.
func Canonical(address string) (string, error) {
	u, err := parseURL(address)
	if err != nil {
		return "", err
	}
	u.Fragment, u.RawFragment = "", ""
	u.RawQuery = dropTracking(u.RawQuery)
	u.ForceQuery = false
	return u.String(), nil
}

// parseURL reads an address that can be asked and brings scheme, host and path into one spelling. The
// query and the fragment stay as they are.
func parseURL(address string) (*url.URL, error) {
	bad := func(what string) error { return fmt.Errorf("address %.200q: %s: %w", address, what, claims.ErrInvalid) }
	address = strings.Map(func(r rune) rune { // as browsers do (WHATWG URL 4.4, step 3)
		if r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, strings.TrimSpace(address))
	if end := strings.IndexAny(address+"?", "?#"); strings.Contains(address[:end], `\`) { // as browsers do (4.4, path state)
		address = strings.ReplaceAll(address[:end], `\`, "/") + address[end:]
	}
	if len(address) > maxURL {
		return nil, bad("too long")
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, bad("malformed")
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, bad("neither http nor https")
	}
	host := strings.TrimRight(u.Hostname(), ".")
	if host == "" || u.Opaque != "" {
		return nil, bad("no host")
	}
	if strings.Contains(host, ":") {
		host = "[" + strings.ToLower(host) + "]"
	} else if host, err = idna.Lookup.ToASCII(host); err != nil {
		// Names with an underscore are outside IDNA and live on the web all the same.
		if host = strings.ToLower(strings.TrimRight(u.Hostname(), ".")); strings.ContainsFunc(host, notHostByte) {
			return nil, bad("malformed host")
		}
	}
	port := u.Port()
	if port != "" && !(u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443") {
		host += ":" + port
	}
	u.Host, u.User = host, nil
	setPath(u)
	u.RawQuery = escapeQuery(u.RawQuery)
	// colly spells addresses its own way (WHATWG's: 0x7f.1 is 127.0.0.1) before it asks. Taking its word
	// here makes sure that robots.txt, the host's turn and the archive are about what is really asked.
	spelt := speller.AbsoluteURL(u.String())
	if u, err = url.Parse(spelt); spelt == "" || err != nil || len(spelt) > maxURL {
		return nil, bad("malformed")
	}
	return u, nil
}

// speller gives access to colly's URL parser.
var speller = &colly.Request{URL: &url.URL{Scheme: "http", Host: "base.invalid", Path: "/"}}

// notHostByte reports a rune that no ASCII host name holds.
func notHostByte(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.')
}

// setPath resolves dot segments and spells the escapes of u's path one way.
func setPath(u *url.URL) {
	path := normalEscapes(u.EscapedPath())
	if path == "" || path[0] != '/' {
		path = "/" + path
	}
	var out []string
	parts := strings.Split(path[1:], "/")
	for i, part := range parts {
		last := i == len(parts)-1
		if at := strings.Index(strings.ToLower(part), ";jsessionid="); at >= 0 { // Java servers' session ids
			part = part[:at]
		}
		switch strings.ToLower(part) {
		case ".":
			if last {
				out = append(out, "")
			}
		case "..":
			if len(out) > 0 {
				out = out[:len(out)-1]
			}
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, part)
		}
	}
	path = "/" + strings.Join(out, "/")
	u.Path, u.RawPath = path, ""
	if plain, err := url.PathUnescape(path); err == nil {
		u.Path, u.RawPath = plain, path
	}
}

// normalEscapes writes percent escapes in upper case, undoes those of unreserved characters (RFC 3986,
// 6.2.2) and escapes every byte that may not stand bare in a path.
func normalEscapes(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if v, ok := unhex(s[i+1], s[i+2]); ok {
				if unreserved(v) {
					b.WriteByte(v)
				} else {
					b.WriteByte('%')
					b.WriteByte(hex[v>>4])
					b.WriteByte(hex[v&15])
				}
				i += 2
				continue
			}
		}
		if unreserved(c) || strings.IndexByte("/!$&'()*+,;=:@", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

func unhex(a, b byte) (byte, bool) {
	digit := func(c byte) (byte, bool) {
		switch {
		case c >= '0' && c <= '9':
			return c - '0', true
		case c >= 'a' && c <= 'f':
			return c - 'a' + 10, true
		case c >= 'A' && c <= 'F':
			return c - 'A' + 10, true
		}
		return 0, false
	}
	x, ok := digit(a)
	y, ok2 := digit(b)
	return x<<4 | y, ok && ok2
}

// escapeQuery escapes the bytes of a query that browsers escape (WHATWG URL 1.3, special-query); all else
// stays.
func escapeQuery(q string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(q); i++ {
		if c := q[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>#'", c) >= 0 {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// dropTracking removes the parameters of tracking.txt and keeps the order of the rest.
func dropTracking(query string) string {
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(part, "=")
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
		if part != "" && !isTracking(strings.ToLower(name)) {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}

func isTracking(name string) bool {
	list := tracking()
	if list.names[name] {
		return true
	}
	for _, prefix := range list.prefixes {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
