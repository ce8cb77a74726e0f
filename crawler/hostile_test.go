package crawler

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// pack compresses n zero bytes.
func pack(t testing.TB, coding string, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	var w io.WriteCloser
	var err error
	switch coding {
	case "gzip":
		w, err = gzip.NewWriterLevel(&out, gzip.BestSpeed)
	case "br":
		w = brotli.NewWriterLevel(&out, 0)
	case "zstd":
		w, err = zstd.NewWriter(&out, zstd.WithEncoderLevel(zstd.SpeedFastest))
	case "deflate":
		w, err = zlib.NewWriterLevel(&out, 1)
	case "raw deflate":
		w, err = flate.NewWriter(&out, 1)
	}
	if err != nil {
		t.Fatal(err)
	}
	chunk := make([]byte, 1<<16)
	for n > 0 {
		k, err := w.Write(chunk[:min(n, len(chunk))])
		if err != nil {
			t.Fatal(err)
		}
		n -= k
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Compression bombs end at the limit, by every way in which a body can be packed (reliability.md, C5).
func TestBombs(t *testing.T) {
	const big = 32 << 20
	gz := pack(t, "gzip", big)
	for _, test := range []struct {
		name, path, contentType, coding string
		body                            []byte
	}{
		{"gzip", "/page", "text/html", "gzip", gz},
		{"brotli", "/page", "text/html", "br", pack(t, "br", big)},
		{"zstd", "/page", "text/html", "zstd", pack(t, "zstd", big)},
		{"deflate", "/page", "text/html", "deflate", pack(t, "deflate", big)},
		{"raw deflate", "/page", "text/html", "deflate", pack(t, "raw deflate", big)},
		{"gzip in gzip", "/page", "text/html", "gzip, gzip", regzip(t, gz)},
		{"by path", "/sitemap.xml.gz", "application/xml", "gzip", gz},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRig(t, "", func(o *Options) { o.MaxBody = 1 << 18 })
			r.web.Handle("http://a.example"+test.path, func(out http.ResponseWriter, _ *http.Request) {
				out.Header().Set("Content-Type", test.contentType)
				out.Header().Set("Content-Encoding", test.coding)
				_, _ = out.Write(test.body)
			})
			before := allocated()
			_, err := r.fetch(t.Context(), request{url: "http://a.example" + test.path})
			if reasonOf(err) != ReasonTooLarge {
				t.Errorf("error %v", err)
			}
			if used := allocated() - before; used > 20<<20 {
				t.Errorf("%d MiB allocated", used>>20)
			}
		})
	}
	// Neither a path nor a type makes colly unpack behind our back: the body comes as it is.
	t.Run("gzip by type and path alone", func(t *testing.T) {
		r := newRig(t, "", func(o *Options) { o.MaxBody = 1 << 18 })
		r.web.Handle("http://a.example/sitemap.xml.gz", func(out http.ResponseWriter, _ *http.Request) {
			out.Header().Set("Content-Type", "application/gzip")
			_, _ = out.Write(gz)
		})
		got, err := r.fetch(t.Context(), request{url: "http://a.example/sitemap.xml.gz"})
		if err != nil || !bytes.Equal(got.body, gz) {
			t.Fatalf("%v", err)
		}
	})
}

func regzip(t testing.TB, b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	_ = z.Close()
	return out.Bytes()
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// A body is whole or it is a failure (reliability.md, C6).
func TestBodiesCutShort(t *testing.T) {
	packed := pack(t, "gzip", 100_000)
	wrongSum := bytes.Clone(packed)
	wrongSum[len(wrongSum)-6] ^= 0xff
	for _, test := range []struct {
		name, coding string
		body         []byte
		length       int
		want         Reason
	}{
		{"whole", "", []byte("hello"), 5, ""},
		{"half of what was announced", "", []byte("hello"), 10, ReasonTruncated},
		{"gzip breaks off", "gzip", packed[:len(packed)/2], len(packed) / 2, ReasonTruncated},
		{"gzip checksum wrong", "gzip", wrongSum, len(wrongSum), ReasonEncoding},
		{"brotli that is none", "br", []byte("hello hello hello"), 17, ReasonEncoding},
		{"unknown coding", "compress", []byte("hello"), 5, ReasonEncoding},
		{"five codings", "gzip, gzip, gzip, gzip, gzip", packed, len(packed), ReasonEncoding},
		{"gzip announced, plain sent", "gzip", []byte("hello"), 5, ""},
		{"over the limit", "", make([]byte, 2<<20), 2 << 20, ReasonTooLarge},
		{"just under the limit", "", make([]byte, 1<<20), 1 << 20, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRig(t, "", func(o *Options) { o.MaxBody = 1 << 20 })
			r.web.Handle("http://a.example/page", func(out http.ResponseWriter, _ *http.Request) {
				if test.coding != "" {
					out.Header().Set("Content-Encoding", test.coding)
				}
				out.Header().Set("Content-Length", strconv.Itoa(test.length))
				_, _ = out.Write(test.body)
			})
			got, err := r.fetch(t.Context(), request{url: "http://a.example/page"})
			if reasonOf(err) != test.want || (err == nil) != (test.want == "") {
				t.Errorf("error %v, want %q", err, test.want)
			}
			if err == nil && test.coding == "" && !bytes.Equal(got.body, test.body) {
				t.Errorf("%d bytes", len(got.body))
			}
		})
	}
	t.Run("chunks without an end", func(t *testing.T) {
		r := newRig(t, "", nil)
		r.web.Handle("http://a.example/page", func(out http.ResponseWriter, _ *http.Request) {
			_, _ = out.Write([]byte("hello"))
			_ = http.NewResponseController(out).Flush()
			panic(http.ErrAbortHandler)
		})
		if _, err := r.fetch(t.Context(), request{url: "http://a.example/page"}); reasonOf(err) != ReasonTruncated {
			t.Errorf("error %v", err)
		}
	})
	t.Run("longer than max_body, without a length", func(t *testing.T) {
		r := newRig(t, "", func(o *Options) { o.MaxBody = 1 << 20 })
		var sent atomic.Int64
		r.web.Handle("http://a.example/page", func(out http.ResponseWriter, in *http.Request) {
			for in.Context().Err() == nil && sent.Load() < 1<<30 {
				n, err := out.Write(make([]byte, 1<<16))
				sent.Add(int64(n))
				if err != nil {
					return
				}
			}
		})
		if _, err := r.fetch(t.Context(), request{url: "http://a.example/page"}); reasonOf(err) != ReasonTooLarge {
			t.Errorf("error %v", err)
		}
		if sent.Load() > 64<<20 {
			t.Errorf("%d bytes were sent", sent.Load())
		}
	})
}

// Slow servers hold nobody longer than Options.Timeout (C7), and odd headers cost little (C8).
func TestSlowAndOdd(t *testing.T) {
	raw := func(t *testing.T, serve func(net.Conn)) string {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				if _, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
					serve(c)
				}
				_ = c.Close()
			}
		}()
		t.Cleanup(func() { _ = l.Close(); <-done })
		return l.Addr().String()
	}
	drip := func(first, each string) func(net.Conn) {
		return func(c net.Conn) {
			_, err := io.WriteString(c, first)
			for err == nil {
				_, err = io.WriteString(c, each)
				time.Sleep(5 * time.Millisecond) // a drip is what is tested
			}
		}
	}
	answer := func(head string) func(net.Conn) {
		raw := []byte(head)
		return func(c net.Conn) {
			_, _ = c.Write(raw)
			_, _ = io.CopyN(io.Discard, c, 1)
		}
	}
	for _, test := range []struct {
		name  string
		serve func(net.Conn)
		want  Reason
	}{
		{"headers drip", drip("HTTP/1.1 200 OK\r\n", "X"), ReasonTimeout},
		{"body drips", drip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", "x"), ReasonTimeout},
		{"silence", func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }, ReasonTimeout},
		{"hangs up", func(net.Conn) {}, ReasonUnreachable},
		{"12 MiB of headers", answer("HTTP/1.1 200 OK\r\n" + strings.Repeat("X-A: "+strings.Repeat("a", 1000)+"\r\n", 12_000) + "\r\n"), ReasonHeader},
		{"no HTTP", answer("220 smtp.example ESMTP\r\n\r\n"), ReasonHeader},
		{"300 early hints", answer(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 300) + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRig(t, "", func(o *Options) {
				at := raw(t, test.serve)
				o.Resolve = func(context.Context, string) (string, error) { return at, nil }
				o.Timeout = 200 * time.Millisecond
			})
			before := allocated()
			_, err := r.fetch(t.Context(), request{url: "http://a.example/page", free: true})
			if test.want != "" && reasonOf(err) != test.want {
				t.Errorf("error %v, want %q", err, test.want)
			}
			if used := allocated() - before; used > 8<<20 {
				t.Errorf("%d KiB allocated", used>>10)
			}
		})
	}
}

func TestRedirects(t *testing.T) {
	chain := ""
	for i := range 12 {
		chain += fmt.Sprintf("-- http://a.example/hop%d --\nHTTP/1.1 302 Found\nLocation: /hop%d\n\n", i, i+1)
	}
	for _, test := range []struct {
		name, location string
		want           Reason
	}{
		{"in a circle", "/start", ReasonRedirects},
		{"too long a chain", "/hop0", ReasonRedirects},
		{"ten hops", "/hop3", ReasonNotFound},
		{"to a file", "file:///etc/passwd", ReasonBadRedirect},
		{"to gopher", "gopher://a.example/", ReasonBadRedirect},
		{"to a script", "javascript:alert(1)", ReasonBadRedirect},
		{"to data", "data:text/html,hello", ReasonBadRedirect},
		{"to nowhere", "http://", ReasonBadRedirect},
		{"malformed", "http://a b.example/%zz", ReasonBadRedirect},
		{"very long", "/" + strings.Repeat("a", 20_000), ReasonBadRedirect},
		{"without scheme", "//b.example/", ReasonNotFound},
		{"up the path", "../../x", ReasonNotFound},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRig(t, chain, nil)
			r.web.Handle("http://a.example/start", func(out http.ResponseWriter, _ *http.Request) {
				out.Header().Set("Location", test.location)
				out.WriteHeader(http.StatusFound)
			})
			_, err := r.fetch(t.Context(), request{url: "http://a.example/start"})
			if reasonOf(err) != test.want {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
	t.Run("a token stays with its host", func(t *testing.T) {
		r := newRig(t, "-- http://a.example/start --\nHTTP/1.1 302 Found\nLocation: http://b.example/\n\n-- http://b.example/ --\nHTTP/1.1 200 OK\n\nx\n", nil)
		if _, err := r.fetch(t.Context(), request{url: "http://a.example/start", header: http.Header{"Authorization": {"Bearer secret"}}}); err != nil {
			t.Fatal(err)
		}
		for _, req := range r.web.Requests() {
			if got := req.Header.Get("Authorization"); strings.HasPrefix(req.URL, "http://b.") && got != "" {
				t.Errorf("%s was sent %q", req.URL, got)
			}
		}
	})
}

// What an error quotes of a server's answer is short and of one line's length.
func TestLongErrors(t *testing.T) {
	f := fail(ReasonStatus, "http://a.example/"+strings.Repeat("a", 5000), errors.New(strings.Repeat("b", 100_000)))
	if n := len(f.Error()); n > 1200 {
		t.Errorf("%d bytes", n)
	}
}
