// Package webtest is a web for tests, kept in one text file: a txtar archive whose file names are
// addresses and whose contents are raw HTTP answers, status line first. Any number of hosts live on one
// listener; nothing leaves the process or loopback.
//
//	-- http://harbor.example/rss.xml --
//	HTTP/1.1 200 OK
//	Content-Type: application/rss+xml
//	ETag: "1"
//
//	<rss>...</rss>
//	-- http://harbor.example/rss.xml#2 --
//	HTTP/1.1 200 OK
//	...
//
// An address with #2, #3 ... is what it answers the second and third time; the last answer repeats. A
// request whose If-None-Match names the answer's ETag gets a 304. Where an address is not in the file
// its host answers 404. Lengths are added, LF in headers becomes CRLF.
//
// Start with Parse or New, then Web.Listen for real connections on loopback, or Web.Dial for
// connections in memory, which stand still with the clock of testing/synctest.
package webtest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"
)

// A Web is a set of hosts with their pages. It may be changed while it is asked.
type Web struct {
	mu       sync.Mutex
	answers  map[string][]answer // by address without fragment
	handlers map[string]http.Handler
	asked    map[string]int
	log      []Request
}

// A Request is one that a Web was asked.
type Request struct {
	URL    string // with the host of its Host header
	Header http.Header
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

// New makes a Web of a txtar text and ends the test where that is malformed.
func New(t testing.TB, text string) *Web {
	t.Helper()
	w := &Web{answers: map[string][]answer{}, handlers: map[string]http.Handler{}, asked: map[string]int{}}
	w.Add(t, text)
	return w
}

// Add lays further pages over a Web. The answers of an address that it names anew take the place of the
// old ones.
func (w *Web) Add(t testing.TB, text string) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	fresh := map[string]bool{}
	for _, file := range txtar.Parse([]byte(text)).Files {
		address, nth, numbered := strings.Cut(file.Name, "#")
		one, err := parseAnswer(file.Data)
		if err != nil {
			t.Fatalf("webtest: %s: %v", file.Name, err)
		}
		if !fresh[address] {
			fresh[address], w.answers[address], w.asked[address] = true, nil, 0
		}
		w.answers[address] = append(w.answers[address], one)
		if n, err := strconv.Atoi(nth); numbered && (err != nil || n != len(w.answers[address])) {
			t.Fatalf("webtest: %s: out of order", file.Name)
		}
	}
}

// Handle lets code answer for an address, or for a whole host where the address ends in "/*".
func (w *Web) Handle(address string, h http.HandlerFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.handlers[address] = h
}

// parseAnswer reads a raw HTTP answer with any line ends.
func parseAnswer(raw []byte) (answer, error) {
	head, body, _ := bytes.Cut(raw, []byte("\n\n"))
	if h, b, ok := bytes.Cut(raw, []byte("\r\n\r\n")); ok && len(h) < len(head) {
		head, body = h, b
	}
	line, fields, _ := strings.Cut(strings.ReplaceAll(string(head), "\r\n", "\n"), "\n")
	parts := strings.SplitN(line, " ", 3)
	if len(parts) < 2 || !strings.HasPrefix(parts[0], "HTTP/") {
		return answer{}, fmt.Errorf("no status line: %.80q", line)
	}
	status, err := strconv.Atoi(parts[1])
	if err != nil {
		return answer{}, fmt.Errorf("status: %w", err)
	}
	text := strings.ReplaceAll(strings.TrimRight(fields, "\n"), "\n", "\r\n") + "\r\n\r\n"
	header, err := textproto.NewReader(bufio.NewReader(strings.NewReader(text))).ReadMIMEHeader()
	if err != nil {
		return answer{}, fmt.Errorf("headers: %w", err)
	}
	return answer{status: status, header: http.Header(header), body: bytes.TrimSuffix(body, []byte("\n"))}, nil
}

// ServeHTTP implements http.Handler for all hosts.
func (w *Web) ServeHTTP(out http.ResponseWriter, in *http.Request) {
	address := "http://" + in.Host + in.URL.RequestURI()
	w.mu.Lock()
	w.log = append(w.log, Request{URL: address, Header: in.Header.Clone()})
	handler := w.handlers[address]
	if handler == nil {
		handler = w.handlers["http://"+in.Host+"/*"]
	}
	list := w.answers[address]
	n := w.asked[address]
	w.asked[address]++
	w.mu.Unlock()
	if len(list) == 0 {
		if handler == nil {
			handler = http.NotFoundHandler()
		}
		handler.ServeHTTP(out, in)
		return
	}
	one := list[min(n, len(list)-1)]
	for name, values := range one.header {
		out.Header()[name] = slices.Clone(values)
	}
	if tag := one.header.Get("ETag"); tag != "" && in.Header.Get("If-None-Match") == tag && one.status == http.StatusOK {
		out.WriteHeader(http.StatusNotModified)
		return
	}
	if one.header.Get("Content-Length") == "" {
		out.Header().Set("Content-Length", strconv.Itoa(len(one.body)))
	}
	out.WriteHeader(one.status)
	_, _ = out.Write(one.body) // the client may have gone, which is its business
}

// Requests lists what was asked, in order.
func (w *Web) Requests() []Request {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.log)
}

// Asked counts the requests for an address.
func (w *Web) Asked(address string) int {
	n := 0
	for _, r := range w.Requests() {
		if r.URL == address {
			n++
		}
	}
	return n
}

// Forget empties the list of requests.
func (w *Web) Forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.log = nil
}

// Listen serves the Web on loopback until the test ends and returns what tells a host:port's real
// address, in the form of crawler.Options.Resolve. Names that end in ".missing" do not resolve.
func (w *Web) Listen(t testing.TB) func(ctx context.Context, hostPort string) (string, error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("webtest: %v", err)
	}
	w.serve(t, listener)
	return func(_ context.Context, hostPort string) (string, error) {
		if host, _, _ := net.SplitHostPort(hostPort); strings.HasSuffix(host, ".missing") {
			return "", &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
		}
		return listener.Addr().String(), nil
	}
}

// Dial serves the Web in memory until the test ends and returns what connects to it, whatever the
// address. Inside a testing/synctest bubble both ends stand still with its clock.
func (w *Web) Dial(t testing.TB) func(ctx context.Context, network, address string) (net.Conn, error) {
	t.Helper()
	p := &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
	w.serve(t, p)
	return p.dial
}

func (w *Web) serve(t testing.TB, l net.Listener) {
	server := &http.Server{Handler: w}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l) // ends with ErrServerClosed
	}()
	t.Cleanup(func() {
		_ = server.Close()
		<-done
	})
}

// pipes is a net.Listener in memory.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case p.conns <- there:
		return here, nil
	case <-p.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "webtest", Net: "unix"} }
