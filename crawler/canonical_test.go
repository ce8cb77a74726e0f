package crawler

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	whatwg "github.com/nlnwa/whatwg-url/url"

	"tallywire/claims"
)

func TestCanonical(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"HTTP://Harbor.Example:80/News", "http://harbor.example/News"},
		{"https://harbor.example:443", "https://harbor.example/"},
		{"https://harbor.example:8443/", "https://harbor.example:8443/"},
		{"http://harbor.example:443/", "http://harbor.example:443/"},
		{"https://harbor.example./a", "https://harbor.example/a"},
		{"https://user:secret@harbor.example/a", "https://harbor.example/a"},
		{"https://harbor.example/a#part", "https://harbor.example/a"},
		{"https://harbor.example/a?#part", "https://harbor.example/a"},
		{"https://harbor.example/a/../b/./c", "https://harbor.example/b/c"},
		{"https://harbor.example/../../a", "https://harbor.example/a"},
		{"https://harbor.example/a/..", "https://harbor.example/"},
		{"https://harbor.example/a/", "https://harbor.example/a/"},
		{"https://harbor.example//a", "https://harbor.example//a"},
		{"https://harbor.example/%7ejo/%e2%82%ac", "https://harbor.example/~jo/%E2%82%AC"},
		{"https://harbor.example/~jo/€", "https://harbor.example/~jo/%E2%82%AC"},
		{"https://harbor.example/a%2fb", "https://harbor.example/a%2Fb"},
		{"https://harbor.example/a b", "https://harbor.example/a%20b"},
		{"  https://harbor.example/a\n", "https://harbor.example/a"},
		{"https://harbor.exa\nmple/a", "https://harbor.example/a"},
		{"https://bücher.example/", "https://xn--bcher-kva.example/"},
		{"https://BÜCHER.example/", "https://xn--bcher-kva.example/"},
		{"https://a_b.example/", "https://a_b.example/"},
		{"http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"},
		{"https://harbor.example/a?utm_source=x&id=7&fbclid=abc", "https://harbor.example/a?id=7"},
		{"https://harbor.example/a?UTM_Source=x", "https://harbor.example/a"},
		{"https://harbor.example/a?utm%5Fsource=x", "https://harbor.example/a"},
		{"https://harbor.example/a?b=2&a=1&", "https://harbor.example/a?b=2&a=1"},
		{"https://harbor.example/a?q=a+b%20c", "https://harbor.example/a?q=a+b%20c"},
		{"https://harbor.example/a?q=ü", "https://harbor.example/a?q=%C3%BC"},
		{"https://harbor.example/a?utm=1", "https://harbor.example/a?utm=1"},
		{"https://harbor.example/?p=12", "https://harbor.example/?p=12"},
		{"https://harbor.example/a;jsessionid=0A1B?x=1&PHPSESSID=77", "https://harbor.example/a?x=1"},
		{"https://harbor.example/a?q=it's", "https://harbor.example/a?q=it%27s"},
		{"https:\\\\harbor.example\\a\\b?c\\d", "https://harbor.example/a/b?c\\d"},
		{"https://harbor.example/a?gclid", "https://harbor.example/a"},
	} {
		if got, err := Canonical(test.in); got != test.want || err != nil {
			t.Errorf("%q: got %q, %v, want %q", test.in, got, err, test.want)
		}
	}
	for _, bad := range []string{"", "harbor.example/a", "/a", "ftp://harbor.example/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x",
		"gopher://harbor.example/", "http://", "http:///a", "https:a", "http://har bor.example/", "http://harbor.example:port/", "http://%zz/", "mailto:a@b.example", "http://.../", "https://harbor.example/" + strings.Repeat("a", maxURL)} {
		if got, err := Canonical(bad); !errors.Is(err, claims.ErrInvalid) {
			t.Errorf("%.60q: got %q, %v", bad, got, err)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	for _, seed := range []string{"HTTP://Harbor.Example:80/a/../b?utm_source=x&y=%7e#z", "https://bücher.example/%e2%82", "http://[::1]:80/%", "https://a/?&&=&", "http://a.example/%2e%2e/b", "http://1.2.3.4.:80/;a", "https://a.example/?a=%"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		once, err := Canonical(in)
		if err != nil {
			return
		}
		twice, err := Canonical(once)
		if err != nil || twice != once {
			t.Fatalf("%q -> %q -> %q, %v", in, once, twice, err)
		}
		// colly brings addresses into its own spelling before it asks: robots.txt must have been asked of
		// the very same one.
		asked, err := whatwg.NewParser(whatwg.WithPercentEncodeSinglePercentSign()).Parse(once)
		if err == nil && asked.Href(false) != once {
			t.Fatalf("%q -> %q, asked as %q", in, once, asked.Href(false))
		}
		u, err := url.Parse(once)
		if err != nil || u.Host == "" || u.Fragment != "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
			t.Fatalf("%q -> %q", in, once)
		}
		if strings.ContainsFunc(once, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
			t.Fatalf("%q -> %q holds a bare byte", in, once)
		}
	})
}

// TestCanonicalPairs holds which of over 300 pairs of spellings are one address and which are two (reliability.md, C10).
func TestCanonicalPairs(t *testing.T) {
	type change struct {
		name string
		make func(u url.URL) string
	}
	text := func(from, to string) func(url.URL) string {
		return func(u url.URL) string { return strings.Replace(u.String(), from, to, 1) }
	}
	query := func(more string) func(url.URL) string {
		return func(u url.URL) string {
			if u.RawQuery != "" {
				more = "&" + strings.TrimLeft(more, "&")
			}
			u.RawQuery += more
			return u.String()
		}
	}
	same := []change{
		{"scheme in capitals", text("https:", "HTTPS:")}, {"default port", text(".example/", ".example:443/")}, {"trailing dot", text(".example/", ".example./")},
		{"host in capitals", text(".example/", ".EXAMPLE/")}, {"a user", text("//", "//reader:secret@")}, {"fragment", func(u url.URL) string { return u.String() + "#part" }},
		{"empty fragment", func(u url.URL) string { return u.String() + "#" }}, {"dot segment", text(".example/", ".example/./")}, {"up and down", text(".example/", ".example/x/../")},
		{"above the root", text(".example/", ".example/../")}, {"needless escape", text("news", "%6eews")}, {"escape in small letters", text("news", "%6Eews")},
		{"white space around", func(u url.URL) string { return "  " + u.String() + "\n" }}, {"a line break inside", text("news", "ne\nws")}, {"backslashes", text("/news", "\\news")},
		{"utm_source", query("utm_source=feed")}, {"in capitals", query("UTM_MEDIUM=mail")}, {"fbclid", query("fbclid=IwAR0")}, {"gclid without a value", query("gclid")}, {"two of them", query("mc_cid=1&mc_eid=2")},
	}
	other := []change{
		{"http", text("https:", "http:")}, {"another port", text(".example/", ".example:8443/")}, {"a subdomain", text("//", "//m.")}, {"another path", text("news", "sport")},
		{"path in capitals", text("news", "News")}, {"double slash", text("/news", "//news")}, {"escaped slash", text("news/", "news%2F")}, {"a parameter", query("page=2")},
		{"a word that begins like tracking", query("utmost=1")}, {"a longer path", text("news", "news/x")}, {"another host", text(".example", ".example2")}, {"a plus for a path", text("news", "ne+ws")},
	}
	bases := []string{"https://harbor.example/news/1", "https://harbor.example/news/", "https://harbor.example/news/?id=7", "https://www.harbor.example/news/a-b_c~d.html", "https://harbor.example/news/%E2%82%AC",
		"https://harbor.example/news/story?b=2&a=1", "https://bücher.example/news/1", "https://harbor.example/news/2025/05/23/", "https://a-b.example/news/x?q=a+b%20c", "https://harbor.example/news/x;v=1"}
	pairs := 0
	for _, base := range bases {
		want, err := Canonical(base)
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		for i, list := range [][]change{same, other} {
			for _, c := range list {
				spelling := c.make(*u)
				if spelling == u.String() {
					continue // the base has nothing to change in this way
				}
				pairs++
				got, err := Canonical(spelling)
				if err != nil {
					t.Errorf("%s, %s: %q: %v", base, c.name, spelling, err)
				} else if (got == want) != (i == 0) {
					t.Errorf("%s, %s: %q gives %q", base, c.name, spelling, got)
				}
				if again, err := Canonical(got); again != got || err != nil {
					t.Errorf("%q is no fixed point: %q, %v", got, again, err)
				}
			}
		}
	}
	if pairs < 300 {
		t.Errorf("only %d pairs", pairs)
	}
}
