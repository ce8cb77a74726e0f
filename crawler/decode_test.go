package crawler

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"tallywire/claims"
)

// TestReadUnsized reads bodies of unknown length through one shared buffer: none may show through in another.
func TestReadUnsized(t *testing.T) {
	const limit = 1000
	var all [][]byte
	for n := range 20 {
		want := strings.Repeat(string(rune('a'+n)), 900-n)
		got, err := readCapped(strings.NewReader(want), limit, -1)
		if err != nil || string(got) != want {
			t.Fatalf("read %d bytes, %v, of %d", len(got), err, len(want))
		}
		all = append(all, got)
	}
	for n, got := range all {
		if !bytes.Equal(got, bytes.Repeat([]byte{byte('a' + n)}, 900-n)) {
			t.Errorf("body %d was written over: %.20q", n, got)
		}
	}
	if got, err := readCapped(strings.NewReader(strings.Repeat("x", limit+1)), limit, -1); !errors.Is(err, errTooLarge) || len(got) != limit {
		t.Errorf("over the limit: %d bytes, %v", len(got), err)
	}
	broken := io.MultiReader(strings.NewReader("half"), &failing{})
	if got, err := readCapped(broken, limit, -1); !errors.Is(err, io.ErrUnexpectedEOF) || string(got) != "half" {
		t.Errorf("broken off: %q, %v", got, err)
	}
}

type failing struct{}

func (*failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// TestAnswerDigest takes the archive's digest for the body's only where the body is what the archive digested.
func TestAnswerDigest(t *testing.T) {
	body := []byte("text")
	plain := answer{exchange: Exchange{Body: body}, body: body, archive: claims.Archive{Digest: "sha256:x"}}
	unpacked := answer{exchange: Exchange{Body: []byte("pack")}, body: body}
	empty := answer{exchange: Exchange{Body: []byte{}}, body: []byte{}}
	if !plain.wasPlain() || unpacked.wasPlain() || empty.wasPlain() {
		t.Errorf("plain: %t, unpacked %t, empty %t", plain.wasPlain(), unpacked.wasPlain(), empty.wasPlain())
	}
	if got := unpacked.digest(); got != digest(body) || unpacked.digest() != got {
		t.Errorf("digest %s", got)
	}
}
