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
			begin := time.Now()
			_, err := r.fetch(t.Context(), request{url: "http://a.example/page", free: true})
			if test.want != "" && reasonOf(err) != test.want {
				t.Errorf("error %v, want %q", err, test.want)
			}
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("took %v", took)
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

// spellings are ways to write an address of this machine (reliability.md, D1).
var spellings = []string{
	"http://127.0.0.1/", "http://localhost/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://0/",
	"http://0.0.0.0/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/",
	"http://[2002:7f00:1::]/", "http://１２７.0.0.1/", "http://127。0。0。1/", "http://127.0.0.1./", "http://user@127.0.0.1/", "http://127.0.0.1.:80/", "http://%31%32%37.0.0.1/",
}

// No spelling of a private address is asked, nor one that a name hides (D1, D2).
func TestPrivateAddresses(t *testing.T) {
	victim, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer victim.Close()
	var hits atomic.Int64
	server := &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) })}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(victim) }()
	defer func() { _ = server.Close(); <-done }()
	_, port, _ := net.SplitHostPort(victim.Addr().String())

	ask := func(t *testing.T, address string, change func(*Options)) error {
		r := newRig(t, "", func(o *Options) {
			o.AllowPrivateNetworks, o.Resolve, o.Timeout = false, nil, 5*time.Second
			if change != nil {
				change(o)
			}
		})
		_, err := r.fetch(t.Context(), request{url: address, free: true})
		return err
	}
	for _, spelling := range spellings {
		address := strings.TrimSuffix(strings.TrimSuffix(spelling, "/"), ":80")
		address += ":" + port + "/"
		t.Run(address, func(t *testing.T) {
			if err := ask(t, address, nil); reasonOf(err) == "" {
				t.Errorf("error %v", err)
			}
		})
	}
	for _, ip := range []string{"10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.1", "198.18.0.1", "240.0.0.1", "255.255.255.255", "224.0.0.1",
		"0.1.2.3", "192.0.2.1", "198.51.100.1", "203.0.113.1", "fc00::1", "fe80::1", "fec0::1", "ff02::1", "64:ff9b::a00:1", "2002:a00:1::", "2001::1", "::1", "::ffff:10.0.0.1", "2001:db8::1"} {
		t.Run(ip, func(t *testing.T) {
			err := ask(t, "http://name.example/", func(o *Options) {
				o.Resolve = func(context.Context, string) (string, error) { return net.JoinHostPort(ip, "80"), nil }
			})
			if reasonOf(err) != ReasonPrivate {
				t.Errorf("error %v", err)
			}
		})
	}
	t.Run("a name that changes its address", func(t *testing.T) {
		var n atomic.Int64
		err := ask(t, "http://rebind.example/", func(o *Options) {
			o.Resolve = func(context.Context, string) (string, error) {
				if n.Add(1) > 1 {
					return victim.Addr().String(), nil
				}
				return "", &net.DNSError{Err: "try again", Name: "rebind.example", IsTemporary: true}
			}
		})
		if reasonOf(err) == "" {
			t.Error("no error")
		}
		if err := ask(t, "http://rebind.example/", func(o *Options) {
			o.Resolve = func(context.Context, string) (string, error) { return victim.Addr().String(), nil }
		}); reasonOf(err) != ReasonPrivate {
			t.Errorf("error %v", err)
		}
	})
	// The control: without the guard the victim is reached.
	t.Run("allowed", func(t *testing.T) {
		before := hits.Load()
		if err := ask(t, "http://127.0.0.1:"+port+"/", func(o *Options) { o.AllowPrivateNetworks = true }); err != nil || hits.Load() != before+1 {
			t.Errorf("error %v, %d hits", err, hits.Load()-before)
		}
		hits.Store(before)
	})
	if hits.Load() != 0 {
		t.Errorf("the victim was asked %d times", hits.Load())
	}
}

// Redirects, doors, articles and robots.txt all go past the guard (D3, D4).
func TestPrivateAddressesByAllPaths(t *testing.T) {
	r := newRig(t, `
-- http://a.example/feed --
HTTP/1.1 200 OK

<rss version="2.0"><channel><item><link>http://127.0.0.1:1/victim</link></item><item><link>http://a.example/redirect</link></item></channel></rss>
-- http://a.example/index.xml --
HTTP/1.1 200 OK

<sitemapindex><sitemap><loc>http://a.example/child</loc></sitemap></sitemapindex>
-- http://a.example/child --
HTTP/1.1 302 Found
Location: http://127.0.0.1:1/victim

-- http://a.example/redirect --
HTTP/1.1 302 Found
Location: http://127.0.0.1:1/victim

-- http://b.example/robots.txt --
HTTP/1.1 302 Found
Location: http://127.0.0.1:1/victim

-- http://127.0.0.1:1/victim --
HTTP/1.1 200 OK

the victim
`, nil)
	web := r.opts.Resolve
	r.opts.AllowPrivateNetworks = false
	guarded := newTransport(r.opts)
	inner := guarded.base.DialContext
	// The names of the test's web are dialled past the guard, everything else through it.
	guarded.base.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if strings.HasPrefix(address, "127.") {
			return inner(ctx, network, address)
		}
		to, err := web(ctx, address)
		if err != nil {
			return nil, err
		}
		return new(net.Dialer).DialContext(ctx, network, to)
	}
	r.Crawler.transport.base.CloseIdleConnections()
	r.Crawler.transport = guarded
	r.collector = newCollector(guarded, r.opts.UserAgent)

	sum := r.crawl(t, Source{ID: "a", Type: Feed, URL: "http://a.example/feed"})
	if sum.Reasons[ReasonPrivate] != 2 {
		t.Errorf("feed: %+v", sum)
	}
	if sum := r.crawl(t, Source{ID: "s", Type: Sitemap, URL: "http://a.example/index.xml"}); sum.Reasons[ReasonPrivate] != 1 {
		t.Errorf("sitemap: %+v", sum)
	}
	if _, err := r.fetch(t.Context(), request{url: "http://b.example/page"}); reasonOf(err) != ReasonPrivate {
		t.Errorf("robots.txt: %v", err)
	}
	for _, req := range r.web.Requests() {
		if strings.Contains(req.URL, "127.0.0.1") {
			t.Errorf("asked %s", req.URL)
		}
	}
}

// What an error quotes of a server's answer is short and of one line's length.
func TestLongErrors(t *testing.T) {
	f := fail(ReasonStatus, "http://a.example/"+strings.Repeat("a", 5000), errors.New(strings.Repeat("b", 100_000)))
	if n := len(f.Error()); n > 1200 {
		t.Errorf("%d bytes", n)
	}
}
