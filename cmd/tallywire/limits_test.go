package main

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"tallywire/internal/config"
)

// TestHalfRequestsAreDropped: a client that begins a request and never ends it is let go after ReadHeaderTimeout (F3).
func TestHalfRequestsAreDropped(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	hs := patient(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("half a request was answered") }))
	if hs.ReadTimeout == 0 || hs.WriteTimeout == 0 || hs.IdleTimeout == 0 || hs.MaxHeaderBytes == 0 {
		t.Errorf("a limit is missing: %+v", hs)
	}
	hs.ReadHeaderTimeout /= 50 // so that the test need not wait
	hs.ReadTimeout = 0         // the other limit that would end them
	go func() { _ = hs.Serve(l) }()
	t.Cleanup(func() { _ = hs.Close() })
	var all sync.WaitGroup
	for range 200 {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "); err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			_ = c.SetReadDeadline(time.Now().Add(time.Minute)) // far beyond the limit: only a server that waits for ever meets it
			if _, err := io.Copy(io.Discard, c); errors.Is(err, os.ErrDeadlineExceeded) {
				t.Error("a connection with half a request is still open")
			}
		})
	}
	all.Wait()
}

// TestTheDeskStaysOnThisMachine: nobody else reaches it unless somebody says so (F14).
func TestTheDeskStaysOnThisMachine(t *testing.T) {
	t.Parallel()
	if at := config.Default().Server.Listen; !strings.HasPrefix(at, "127.0.0.1:") {
		t.Errorf("the default address is %s", at)
	}
}
