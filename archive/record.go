package archive

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/nlnwa/gowarc/v2"

	"tallywire/crawler"
)

// maxInMemory is what a record may take in memory before gowarc would use a file: over every max_body.
const maxInMemory = 256 << 20

// recordOptions make and check records strictly, with SHA-256 in hex as their digests.
var recordOptions = []gowarc.WarcRecordOption{
	gowarc.WithVersion(gowarc.V1_1),
	gowarc.WithDefaultDigestAlgorithm("sha256"),
	gowarc.WithDefaultDigestEncoding(gowarc.Base16),
	gowarc.WithBufferMaxMemBytes(maxInMemory),
	gowarc.WithSyntaxErrorPolicy(gowarc.ErrFail),
	gowarc.WithSpecViolationPolicy(gowarc.ErrFail),
}

// packed are the records of one exchange, ready to be written, the response first.
type packed struct {
	bytes  []byte
	id     string // of the response record, with its angle brackets
	digest string // "sha256:" and hex, of its payload
}

// packExchange makes the response and the request record. The payload is the body as it came, codings and
// all.
func packExchange(e crawler.Exchange) (packed, error) {
	sum := sha256.Sum256(e.Body)
	digest := "sha256:" + hex.EncodeToString(sum[:])
	var out bytes.Buffer
	common := map[string]string{gowarc.WarcTargetURI: e.URL, gowarc.WarcDate: warcDate(e.At)}
	if e.IP != "" {
		common[gowarc.WarcIPAddress] = e.IP
	}
	response := map[string]string{gowarc.ContentType: "application/http;msgtype=response", gowarc.WarcPayloadDigest: digest}
	if strings.HasPrefix(e.Proto, "HTTP/2") {
		response["WARC-Protocol"] = "h2" // the status line below is HTTP/1.1's, which is what readers know
	}
	id, err := packRecord(&out, gowarc.Response, common, response, responseHead(e), e.Body)
	if err != nil {
		return packed{}, fmt.Errorf("response record: %w", err)
	}
	request := map[string]string{gowarc.ContentType: "application/http;msgtype=request", gowarc.WarcConcurrentTo: id}
	if _, err = packRecord(&out, gowarc.Request, common, request, requestHead(e), nil); err != nil {
		return packed{}, fmt.Errorf("request record: %w", err)
	}
	return packed{bytes: out.Bytes(), id: id, digest: digest}, nil
}

// packInfo makes the warcinfo record that begins a file.
func packInfo(name string, o Options, now time.Time) ([]byte, error) {
	var out bytes.Buffer
	fields := "software: " + o.Software + "\r\nformat: WARC File Format 1.1\r\nconformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\nrobots: obey\r\n"
	if o.Agent != "" {
		fields += "http-header-user-agent: " + o.Agent + "\r\n"
	}
	header := map[string]string{gowarc.WarcDate: warcDate(now), gowarc.WarcFilename: name, gowarc.ContentType: gowarc.ApplicationWarcFields}
	if _, err := packRecord(&out, gowarc.Warcinfo, header, nil, fields, nil); err != nil {
		return nil, fmt.Errorf("warcinfo record: %w", err)
	}
	return out.Bytes(), nil
}

// packRecord writes one record as a gzip member and returns its id.
func packRecord(out *bytes.Buffer, kind gowarc.RecordType, common, own map[string]string, head string, body []byte) (string, error) {
	b := gowarc.NewRecordBuilder(kind, recordOptions...)
	for _, header := range []map[string]string{common, own} {
		for _, name := range slices.Sorted(maps.Keys(header)) {
			b.AddWarcHeader(name, header[name])
		}
	}
	if _, err := b.WriteString(head); err != nil {
		return "", err
	}
	if _, err := b.Write(body); err != nil {
		return "", err
	}
	record, problems, err := b.Build()
	if err != nil {
		return "", err
	}
	defer record.Close()
	if problems != nil && !problems.Valid() {
		return "", problems
	}
	z := gzip.NewWriter(out)
	if _, _, err := gowarc.NewMarshaler().Marshal(z, record, 0); err != nil {
		return "", err
	}
	return "<" + strings.Trim(record.RecordId(), "<>") + ">", z.Close()
}

// responseHead is the status line and the headers, which come from a map and so are sorted.
func responseHead(e crawler.Exchange) string {
	var b strings.Builder
	proto := e.Proto
	if !strings.HasPrefix(proto, "HTTP/1.") {
		proto = "HTTP/1.1"
	}
	fmt.Fprintf(&b, "%s %03d %s\r\n", proto, e.Status, oneLine(e.Reason))
	writeHeader(&b, e.Header)
	return b.String()
}

func requestHead(e crawler.Exchange) string {
	target, host := "/", ""
	if u, err := url.Parse(e.URL); err == nil {
		target, host = u.RequestURI(), u.Host
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", e.Method, oneLine(target), oneLine(host))
	writeHeader(&b, e.RequestHeader)
	return b.String()
}

// writeHeader writes headers and the empty line after them.
func writeHeader(b *strings.Builder, h http.Header) {
	for _, name := range slices.Sorted(maps.Keys(h)) {
		for _, value := range h[name] {
			fmt.Fprintf(b, "%s: %s\r\n", oneLine(name), oneLine(value))
		}
	}
	b.WriteString("\r\n")
}

// oneLine keeps a value from ending its line.
func oneLine(s string) string { return strings.NewReplacer("\r", " ", "\n", " ").Replace(s) }

// warcDate is the standard's time format, to the microsecond that WARC/1.1 allows.
func warcDate(t time.Time) string { return t.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano) }
