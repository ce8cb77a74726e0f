package archive

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"tallywire/claims"
)

// ErrDamaged is a record that is there and does not hold what its digest says.
var ErrDamaged = errors.New("damaged record")

// Read returns the exchange that at names, with what the response record holds: address, time, status,
// header and body (packed as it came; crawler.Decode undoes that). A file or record that is not there is
// claims.ErrNotFound, one that is not what it was is ErrDamaged.
func (a *Archive) Read(ctx context.Context, at claims.Archive) (Exchange, error) {
	e, err := a.read(ctx, at)
	if err != nil {
		return e, fmt.Errorf("archive %s %s: %w", at.File, at.RecordID, err)
	}
	return e, nil
}

func (a *Archive) read(ctx context.Context, at claims.Archive) (Exchange, error) {
	file, err := a.open(at.File)
	if err != nil {
		return Exchange{}, err
	}
	defer file.Close()
	if at.Offset > 0 {
		if _, err := file.Seek(at.Offset, io.SeekStart); err != nil {
			return Exchange{}, err
		}
		record, _, err := nextRecord(bufio.NewReaderSize(file, 64<<10))
		if err != nil {
			return Exchange{}, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if record.id != at.RecordID {
			return Exchange{}, fmt.Errorf("another record is at %d: %w", at.Offset, ErrDamaged)
		}
		return record.exchange(at.Digest)
	}
	r := bufio.NewReaderSize(file, 64<<10)
	for ctx.Err() == nil {
		record, _, err := nextRecord(r)
		if errors.Is(err, io.EOF) {
			return Exchange{}, claims.ErrNotFound
		}
		if err != nil {
			return Exchange{}, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if record.id == at.RecordID {
			return record.exchange(at.Digest)
		}
	}
	return Exchange{}, ctx.Err()
}

// open opens a file by the name that claims.Archive holds, whether it is finished or still written. No
// name leads out of the folder.
func (a *Archive) open(name string) (*os.File, error) {
	if a.opts.Dir == "" || name == "" || name != filepath.Base(name) || !strings.HasSuffix(name, extension) {
		return nil, claims.ErrNotFound
	}
	for _, suffix := range []string{"", openSuffix, ""} { // it may be finished between two looks
		file, err := os.Open(filepath.Join(a.opts.Dir, name+suffix))
		if !errors.Is(err, os.ErrNotExist) {
			return file, err
		}
	}
	return nil, claims.ErrNotFound
}

// A record is one as read: its header fields and its block.
type record struct {
	id     string
	header textproto.MIMEHeader
	block  []byte
}

// nextRecord reads the gzip member that r stands at, whole, with all its checks: the member's CRC, the
// record's length and its block's digest. size is how many bytes of r it took. io.EOF means that there is
// none.
func nextRecord(r *bufio.Reader) (rec record, size int64, err error) {
	if _, err := r.Peek(1); err != nil {
		return rec, 0, err
	}
	counted := &counter{r: r}
	z, err := gzip.NewReader(counted)
	if err != nil {
		return rec, 0, unexpected(err)
	}
	z.Multistream(false)
	text, err := io.ReadAll(io.LimitReader(z, maxRecord))
	if err != nil {
		return rec, 0, unexpected(err)
	}
	rec, err = parseRecord(text)
	return rec, counted.n, unexpected(err)
}

// parseRecord reads one record that fills text.
func parseRecord(text []byte) (rec record, err error) {
	version, rest, ok := bytes.Cut(text, []byte("\r\n"))
	if !ok || string(version) != "WARC/1.1" && string(version) != "WARC/1.0" {
		return rec, fmt.Errorf("no WARC record: %.20q", version)
	}
	head, rest, ok := bytes.Cut(rest, []byte("\r\n\r\n"))
	if !ok {
		return rec, errors.New("no end of the record's header")
	}
	rec.header, err = textproto.NewReader(bufio.NewReader(bytes.NewReader(append(bytes.Clone(head), "\r\n\r\n"...)))).ReadMIMEHeader()
	if err != nil {
		return rec, err
	}
	length, err := strconv.Atoi(rec.header.Get(fieldLength))
	if err != nil || length < 0 || len(rest) != length+4 || string(rest[length:]) != "\r\n\r\n" {
		return rec, fmt.Errorf("%s is %.20q, the block has %d bytes", fieldLength, rec.header.Get(fieldLength), len(rest)-4)
	}
	rec.id, rec.block = rec.header.Get(fieldID), rest[:length]
	if want := rec.header.Get(fieldBlock); strings.HasPrefix(want, "sha256:") && sum(rec.block) != want {
		return rec, fmt.Errorf("the block is not %s", want)
	}
	return rec, nil
}

// exchange reads a response record.
func (r record) exchange(digest string) (Exchange, error) {
	if kind := r.header.Get(fieldType); kind != "response" {
		return Exchange{}, fmt.Errorf("a %.20s record, not a response: %w", kind, claims.ErrInvalid)
	}
	head, body, ok := bytes.Cut(r.block, []byte("\r\n\r\n"))
	if !ok {
		return Exchange{}, fmt.Errorf("no end of headers: %w", ErrDamaged)
	}
	if digest != "" && !strings.EqualFold(sum(body), digest) {
		return Exchange{}, fmt.Errorf("payload is not %s: %w", digest, ErrDamaged)
	}
	res, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(append(bytes.Clone(head), "\r\n\r\n"...))), nil)
	if err != nil {
		return Exchange{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	res.Body.Close()
	_, reason, _ := strings.Cut(res.Status, " ")
	e := Exchange{
		Method: http.MethodGet, URL: r.header.Get(fieldTarget), Proto: res.Proto, Status: res.StatusCode, Reason: reason,
		Header: res.Header, Body: body, IP: r.header.Get(fieldIP),
	}
	e.At, _ = time.Parse(time.RFC3339Nano, r.header.Get(fieldDate))
	return e, nil
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return "sha256:" + hex.EncodeToString(s[:])
}

// unexpected makes the end of a file inside a record tell from its end between two.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// counter counts the bytes that a gzip reader takes. Being a ByteReader, it is not read beyond the
// member's end.
type counter struct {
	r *bufio.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counter) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}
