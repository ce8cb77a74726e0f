package crawler

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// errTooLarge is a body over its cap. It is a whole failure and never a short success: a cut page is no
// evidence (reliability.md 1, finding 2).
var errTooLarge = errors.New("body over the limit")

// errEncoding is a content coding that is unknown or damaged.
var errEncoding = errors.New("content coding")

// acceptEncoding is what Decode can undo.
const acceptEncoding = "gzip, br, zstd, deflate"

// maxCodings bounds Content-Encoding lists: nobody sends two in earnest, and each is a bomb's next stage.
const maxCodings = 2

// Decode undoes the content codings of a body, outermost last as in the Content-Encoding header. The
// result is at most limit bytes; more is an error, however small the packed body is. The error of a
// packed body that ends early wraps io.ErrUnexpectedEOF. What could be unpacked comes beside the error.
func Decode(body []byte, contentEncoding string, limit int64) ([]byte, error) {
	var codings []string
	for coding := range strings.SplitSeq(strings.ToLower(contentEncoding), ",") {
		if coding = strings.TrimSpace(coding); coding != "" && coding != "identity" {
			codings = append(codings, coding)
		}
	}
	if len(codings) > maxCodings {
		return nil, fmt.Errorf("%w: %d codings", errEncoding, len(codings))
	}
	for i := len(codings) - 1; i >= 0; i-- {
		var err error
		if body, err = unpack(body, codings[i], limit); err != nil {
			return body, fmt.Errorf("%s: %w", codings[i], err)
		}
	}
	if int64(len(body)) > limit {
		return nil, errTooLarge
	}
	return body, nil
}

// unpack undoes one coding.
func unpack(body []byte, coding string, limit int64) ([]byte, error) {
	if len(body) == 0 {
		return body, nil
	}
	var r io.Reader
	switch coding {
	case "gzip", "x-gzip":
		if !isGzip(body) { // a server that names a coding and sends none, which is common
			return body, nil
		}
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errEncoding, err)
		}
		r = z
	case "br":
		r = brotli.NewReader(bytes.NewReader(body))
	case "zstd":
		// 8 MiB is the window every reader must take (RFC 9659).
		z, err := zstd.NewReader(bytes.NewReader(body), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errEncoding, err)
		}
		defer z.Close()
		r = z
	case "deflate": // zlib by the standard, bare deflate by some servers
		z, err := zlib.NewReader(bytes.NewReader(body))
		if err != nil {
			r = flate.NewReader(bufio.NewReader(bytes.NewReader(body)))
		} else {
			r = z
		}
	default:
		return nil, fmt.Errorf("%w: unknown", errEncoding)
	}
	out, err := readCapped(r, limit, -1)
	if err != nil && !errors.Is(err, errTooLarge) && !errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("%w: %w", errEncoding, err)
	}
	return out, err
}

// readCapped reads all of r, or fails with errTooLarge after limit bytes. What was read comes beside the
// error. hint is about how much there is, negative if unknown.
func readCapped(r io.Reader, limit, hint int64) ([]byte, error) {
	if hint < 0 {
		return readUnsized(r, limit)
	}
	var buf bytes.Buffer
	buf.Grow(int(min(hint, limit, 1<<20)) + bytes.MinRead) // no more on a server's word alone
	n, err := buf.ReadFrom(io.LimitReader(r, limit+1))
	if n > limit {
		return buf.Bytes()[:limit], errTooLarge
	}
	return buf.Bytes(), err
}

// readUnsized is readCapped for a body of a length that nobody knows, as most pages have that are packed or made on request. It
// reads into a buffer that has grown before and copies: growing a new one takes three times the memory of the page.
func readUnsized(r io.Reader, limit int64) ([]byte, error) {
	const keep = 4 << 20 // a buffer that has grown beyond is let go
	buf, _ := scratch.Get().(*bytes.Buffer)
	buf.Reset()
	defer func() {
		if buf.Cap() <= keep {
			scratch.Put(buf)
		}
	}()
	n, err := buf.ReadFrom(io.LimitReader(r, limit+1))
	if n > limit {
		return bytes.Clone(buf.Bytes()[:limit]), errTooLarge
	}
	return bytes.Clone(buf.Bytes()), err
}

var scratch = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// isGzip knows a gzip member by its first bytes (RFC 1952, 2.3.1).
func isGzip(b []byte) bool { return len(b) > 2 && b[0] == 0x1f && b[1] == 0x8b && b[2] == 8 }
