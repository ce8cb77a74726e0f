package verdict

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"tallywire/archive"
	"tallywire/claims"
	"tallywire/pipeline"
	"tallywire/report"
	"tallywire/store"
)

// Limits on what is read of a pack. Nothing in it is compressed, so a pack never unfolds to more than its size.
const (
	MaxSize  = 2 << 30 // of the whole pack
	maxFiles = 500_000
)

// A Result is what Verify found.
type Result struct {
	Program   string         `json:"program"` // who made the pack
	SHA256    string         `json:"sha256"`  // of the pack
	Claims    []claims.Claim `json:"claims"`
	Documents int            `json:"documents"`
	Mentions  int            `json:"mentions"`
	Records   int            `json:"records"`  // archived pages
	Reread    int            `json:"reread"`   // documents whose text was read again, the same, from the archived page
	Quoted    int            `json:"quoted"`   // figures found in the archived page
	Missing   int            `json:"missing"`  // documents without an archived page
	Problems  []string       `json:"problems"` // what does not hold; none: the pack replays to the same bytes
}

// ErrPack is a file that is no whole verdict pack.
var ErrPack = errors.New("not a whole verdict pack")

// Verify reads a pack and replays it: every hash, the figures in the archived pages, extraction, judgement,
// and at last the pack itself, byte by byte. An error, which wraps ErrPack, means that it cannot be replayed
// because it is damaged or no pack; what it claims and does not hold is in Result.Problems.
func Verify(r io.ReaderAt, size int64) (Result, error) {
	p, m, err := read(r, size)
	if err != nil {
		return Result{}, err
	}
	out := Result{Program: m.Program, Claims: p.Claims, Documents: len(p.Records), Records: len(p.Archive), Missing: len(p.Missing), Problems: []string{}}
	for _, rec := range p.Records {
		out.document(p, rec)
	}
	judged, err := p.judge()
	if err != nil {
		out.problem("judged again, %v", err)
	} else {
		for i := range judged {
			if a, b := jsonOf(judged[i]), jsonOf(p.Claims[i]); !bytes.Equal(a, b) {
				out.problem("claim %s, judged again, is %s; the pack says %s", p.Claims[i].ID, judged[i].Status, p.Claims[i].Status)
			}
		}
		p.Claims = judged
	}
	var again bytes.Buffer
	if err := Write(&again, p); err != nil {
		return out, err
	}
	whole, err := io.ReadAll(io.NewSectionReader(r, 0, size))
	if err != nil {
		return out, fmt.Errorf("%w: %w", ErrPack, err)
	}
	out.SHA256 = hash(whole)
	if len(out.Problems) == 0 && !bytes.Equal(again.Bytes(), whole) {
		out.problem("the pack, written again, has other bytes: something in it is not where tallywire puts it")
	}
	return out, nil
}

func (r *Result) problem(format string, args ...any) {
	r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
}

// document checks one document against its hash, its archived page and today's extractor.
func (r *Result) document(p Pack, rec store.Record) {
	doc := rec.Document
	r.Mentions += len(rec.Mentions)
	if want := claims.NewDocumentID(doc.URL, doc.Text); want != doc.ID {
		r.problem("document %s: address and text have the ID %s", doc.ID, want)
		return
	}
	again := pipeline.Record(doc, p.Settings)
	if !bytes.Equal(jsonOf(again.Mentions), jsonOf(rec.Mentions)) {
		r.problem("document %s (%s): extracted again, its mentions differ; the pack is by %s, and perhaps by other rules", doc.ID, doc.URL, p.Program)
	}
	if slices.Contains(p.Missing, string(doc.ID)) {
		return
	}
	raw, ok := p.Archive[doc.Archive.RecordID]
	if !ok {
		r.problem("document %s (%s): its archived record is not in the pack", doc.ID, doc.URL)
		return
	}
	exchange, err := archive.Parse(raw, doc.Archive)
	if err != nil {
		r.problem("document %s (%s): archived record: %v", doc.ID, doc.URL, err)
		return
	}
	page, err := readPage(exchange)
	if err != nil {
		r.problem("document %s (%s): archived page: %v", doc.ID, doc.URL, err)
		return
	}
	same := page.article == doc.Text && doc.Text != ""
	if same {
		r.Reread++
	}
	for _, m := range rec.Mentions {
		switch {
		case page.holds(m.Sentence), page.holds(m.Text), same:
			r.Quoted++
		default:
			r.problem("document %s (%s): %q is not in the archived page", doc.ID, doc.URL, m.Text)
		}
	}
}

func jsonOf(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic("verdict: " + err.Error()) // terms of package claims always have a JSON form
	}
	return raw
}

// read takes a pack apart and checks that it is whole: each file listed, there once, of the size and hash that it should have.
func read(r io.ReaderAt, size int64) (Pack, manifest, error) {
	p, m, err := take(r, size)
	if err != nil {
		return p, m, fmt.Errorf("%w: %w", ErrPack, err)
	}
	return p, m, nil
}

func take(r io.ReaderAt, size int64) (p Pack, m manifest, err error) {
	if size > MaxSize {
		return p, m, fmt.Errorf("%d bytes are more than the %d that are read", size, int64(MaxSize))
	}
	in, err := zip.NewReader(r, size)
	if err != nil {
		return p, m, fmt.Errorf("no zip file, or one that was cut short: %w", err)
	}
	if len(in.File) > maxFiles {
		return p, m, fmt.Errorf("%d files in it", len(in.File))
	}
	files := make(map[string]*zip.File, len(in.File))
	var total uint64
	for _, f := range in.File {
		switch total += f.UncompressedSize64; {
		case f.Method != zip.Store:
			return p, m, fmt.Errorf("%.100q is compressed; in a verdict pack nothing is", f.Name)
		case f.UncompressedSize64 != f.CompressedSize64 || total > uint64(size): // overlapping files would unfold to more than is there
			return p, m, fmt.Errorf("%.100q claims more bytes than the file has", f.Name)
		case files[f.Name] != nil:
			return p, m, fmt.Errorf("%.100q is in it twice", f.Name)
		}
		files[f.Name] = f
	}
	head, err := content(files, manifestName)
	if err != nil {
		return p, m, err
	}
	if err := strict(head, &m); err != nil {
		return p, m, fmt.Errorf("%s: %w", manifestName, err)
	}
	if m.Format != format {
		return p, m, fmt.Errorf("format %.60q; this tallywire reads %q", m.Format, format)
	}
	if len(m.Files) != len(files)-2 {
		return p, m, fmt.Errorf("%d files are listed, %d are in it", len(m.Files), len(files)-2)
	}
	p = Pack{Program: m.Program, Missing: m.Missing, Archive: map[string][]byte{}}
	byName := map[string][]byte{} // archived records, until their IDs are known
	for _, l := range m.Files {
		raw, err := content(files, l.Name)
		if err != nil {
			return p, m, err
		}
		if int64(len(raw)) != l.Size || hash(raw) != l.SHA256 {
			return p, m, fmt.Errorf("%s is not what the pack's list says: SHA-256 %s, listed %.64s", l.Name, hash(raw), l.SHA256)
		}
		if err := p.place(l.Name, raw, byName); err != nil {
			return p, m, fmt.Errorf("%s: %w", l.Name, err)
		}
	}
	slices.SortFunc(p.Records, byDocument)
	for _, rec := range p.Records {
		id := rec.Document.Archive.RecordID
		if raw, ok := byName[archiveName(id)]; ok {
			p.Archive[id] = raw
		}
	}
	for _, id := range m.Claims {
		if !slices.ContainsFunc(p.Claims, func(c claims.Claim) bool { return c.ID == id }) {
			return p, m, fmt.Errorf("claim %s is listed and not in %s", id, claimsName)
		}
	}
	return p, m, nil
}

// place reads one file into the pack.
func (p *Pack) place(name string, raw []byte, archived map[string][]byte) error {
	switch {
	case name == claimsName:
		var doc struct {
			Claims []claims.Claim `json:"claims"`
		}
		err := strict(raw, &doc)
		p.Claims = doc.Claims
		return err
	case name == settingsName:
		return strict(raw, &p.Settings)
	case name == decisionsName:
		return strict(raw, &p.Decisions)
	case strings.HasPrefix(name, documentsDir):
		var k kept
		err := strict(raw, &k)
		p.Records = append(p.Records, store.Record{Document: k.Document, Mentions: k.Mentions})
		return err
	case strings.HasPrefix(name, archiveDir):
		archived[name] = raw
		return nil
	}
	return errors.New("does not belong in a verdict pack")
}

func content(files map[string]*zip.File, name string) ([]byte, error) {
	f := files[name]
	if f == nil {
		return nil, fmt.Errorf("%.100q is missing", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, int64(f.UncompressedSize64)+1)) // Open checks the CRC at the end
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return raw, nil
}

// strict reads JSON that has no other fields than v.
func strict(raw []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	return d.Decode(v)
}

// Summary says in words what a Result is.
func (r Result) Summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s from %s, %s, %s; made by %s\n", report.Plural(len(r.Claims), "claim"), report.Plural(r.Documents, "document"), report.Plural(r.Mentions, "mention"), report.Plural(r.Records, "archived record"), report.Visible(r.Program))
	fmt.Fprintf(&b, "%d of the texts read again from the archived page, the same; %d of the figures found in it", r.Reread, r.Quoted)
	if r.Missing > 0 {
		fmt.Fprintf(&b, "; %s without an archived page", report.Plural(r.Missing, "document"))
	}
	b.WriteByte('\n')
	return b.String()
}
