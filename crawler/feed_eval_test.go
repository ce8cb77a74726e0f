package crawler

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html/charset"
)

// tarFiles reads the regular files of a .tar.gz.
func tarFiles(t *testing.T, path string) map[string][]byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg {
			if out[h.Name], err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
		}
	}
}

var headerLine = regexp.MustCompile(`(?im)^\s*Header:\s*Content-type:\s*(.+)$`)
var expectLine = regexp.MustCompile(`encoding == u?'([^']+)'`)

// The feeds of feedparser's own tests. The 15 well-formed ones that are not read are CDF and other forms
// that nobody has published for twenty years.
func TestFeedparserFeeds(t *testing.T) {
	files := tarFiles(t, shared(t, "eval/web/feedparser-tests.tar.gz"))
	gates := map[string]struct{ want, of int }{"wellformed": {1734, 1749}, "encoding": {81, 82}, "chardet": {8, 8}, "illformed": {8, 11}}
	read, all := map[string]int{}, map[string]int{}
	missed := map[string][]string{}
	for name, body := range files {
		var group string
		switch {
		case !strings.HasSuffix(name, ".xml"):
			continue
		case strings.HasPrefix(name, "tests/wellformed/"):
			group = "wellformed"
		case strings.HasPrefix(name, "tests/encoding/"):
			group = "encoding"
		case strings.HasPrefix(name, "tests/illformed/chardet/"):
			group = "chardet"
		case strings.HasPrefix(name, "tests/illformed/"):
			group = "illformed"
		default:
			continue
		}
		all[group]++
		contentType := ""
		if m := headerLine.FindSubmatch(body); m != nil {
			contentType = strings.TrimSpace(string(m[1]))
		}
		text := toUTF8(body, contentType)
		_, err := parseFeed(bytes.TrimLeft(text, " \t\r\n"))
		ok := err == nil
		if m := expectLine.FindSubmatch(body); group == "chardet" && m != nil {
			enc, _ := charset.Lookup(string(m[1]))
			want, _ := enc.NewDecoder().Bytes(body)
			ok = ok && bytes.Equal(want, text)
		}
		if ok {
			read[group]++
		} else {
			missed[group] = append(missed[group], name)
		}
	}
	for group, gate := range gates {
		t.Logf("%s: %d of %d", group, read[group], all[group])
		if read[group] < gate.want || all[group] != gate.of {
			t.Errorf("%s: read %d of %d, want %d of %d; missed %q", group, read[group], all[group], gate.want, gate.of, missed[group])
		}
	}
}

// Every feed of gofeed's parser tests is read or refused without a panic, and none takes long.
func TestGofeedFeeds(t *testing.T) {
	n := 0
	for name, body := range tarFiles(t, shared(t, "eval/web/gofeed-testdata.tar.gz")) {
		if strings.HasSuffix(name, ".xml") {
			n++
			_, err := readFeed(body, "", "http://a.example/feed")
			if reasonOf(err) == ReasonPanic {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	t.Logf("%d feeds", n)
}
