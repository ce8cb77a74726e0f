package crawler

import (
	"context"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

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
