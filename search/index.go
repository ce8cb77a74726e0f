package search

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"

	"tallywire/claims"
)

// layout is the version of what stands in an index; one of another is built anew.
const layout = "1"

// Store is what an index is built from.
type Store interface {
	Claim(ctx context.Context, id claims.ClaimID) (claims.Claim, error)
	Claims(ctx context.Context, after claims.ClaimID, limit int) ([]claims.Claim, claims.ClaimID, error)
}

// batchSize is how many claims are written at once: large batches take memory out of proportion (bleve issues 1604, 1787).
const batchSize = 200

// An Index finds claims. One process at a time can have it open. All methods are safe for concurrent use.
type Index struct {
	dir   string
	store Store
	log   *slog.Logger

	mu      sync.RWMutex // over bleve and known: readers search, a writer changes or rebuilds
	bleve   bleve.Index
	known   map[claims.ClaimID]string // claim -> hash of what is indexed of it
	version string                    // of the board that is indexed, "" where that is not known

	mending sync.WaitGroup
	broken  bool // being rebuilt
}

// Open opens the index in a folder, or makes an empty one where there is none, or where what is there is old
// or damaged. Call Follow before searching.
func Open(dir string, s Store, log *slog.Logger) (*Index, error) {
	x := &Index{dir: dir, store: s, log: log}
	if err := x.open(); err == nil {
		return x, nil
	} else if !errors.Is(err, os.ErrNotExist) {
		log.Warn("search index is built anew", "dir", dir, "err", err)
	}
	return x, x.create()
}

// open opens what is there. Any error means that it is to be made anew.
func (x *Index) open() (err error) {
	defer rescue(&err)
	if err := checkSums(x.dir); err != nil {
		return err
	}
	b, err := bleve.OpenUsing(x.dir, map[string]any{"bolt_timeout": "2s"})
	if err != nil {
		if _, statErr := os.Stat(x.dir); statErr != nil {
			return statErr
		}
		return err
	}
	raw, err := b.GetInternal([]byte("layout"))
	if err == nil && string(raw) != layout {
		err = fmt.Errorf("layout %q, want %q", raw, layout)
	}
	if err != nil {
		return errors.Join(err, b.Close())
	}
	version, err := b.GetInternal([]byte("version"))
	if err == nil {
		x.known, err = knownIn(b)
	}
	if err != nil {
		return errors.Join(err, b.Close())
	}
	_ = os.Remove(sumsName(x.dir)) // it holds from Close to Open alone; without it the next Open trusts bleve's own care
	x.bleve, x.version = b, string(version)
	return nil
}

// create makes an empty index in place of whatever is there.
func (x *Index) create() error {
	if err := os.RemoveAll(x.dir); err != nil {
		return fmt.Errorf("remove search index: %w", err)
	}
	_ = os.Remove(sumsName(x.dir))
	if err := os.MkdirAll(filepath.Dir(x.dir), 0o755); err != nil {
		return fmt.Errorf("make search index: %w", err)
	}
	b, err := bleve.New(x.dir, fields())
	if err != nil {
		return fmt.Errorf("make search index: %w", err)
	}
	if err := b.SetInternal([]byte("layout"), []byte(layout)); err != nil {
		return errors.Join(err, b.Close())
	}
	x.bleve, x.known, x.version = b, map[claims.ClaimID]string{}, ""
	return nil
}

// fields says how a document is indexed: words at blanks with their places, keys whole, nothing stored.
func fields() *mapping.IndexMappingImpl {
	m := bleve.NewIndexMapping()
	if err := m.AddCustomAnalyzer("words", map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		panic("search: " + err.Error()) // a constant
	}
	text := func() *mapping.FieldMapping {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeTermVectors, f.IncludeInAll, f.DocValues = "words", false, true, false, false
		return f
	}
	key := func() *mapping.FieldMapping {
		f := text()
		f.Analyzer, f.IncludeTermVectors = keyword.Name, false
		return f
	}
	number := func() *mapping.FieldMapping {
		f := bleve.NewNumericFieldMapping()
		f.Store, f.IncludeInAll, f.DocValues = false, false, false
		return f
	}
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("w", text())
	doc.AddFieldMappingsAt("v", number())
	doc.AddFieldMappingsAt("c", number())
	stems, keys, names := bleve.NewDocumentStaticMapping(), bleve.NewDocumentStaticMapping(), bleve.NewDocumentStaticMapping()
	for _, l := range languages {
		stems.AddFieldMappingsAt(l, text())
	}
	for _, f := range Fields {
		keys.AddFieldMappingsAt(f, key())
		names.AddFieldMappingsAt(f, text())
	}
	doc.AddSubDocumentMapping("s", stems)
	doc.AddSubDocumentMapping("k", keys)
	doc.AddSubDocumentMapping("n", names)
	m.DefaultMapping = doc
	m.DefaultAnalyzer = keyword.Name
	return m
}

// A document's ID in the index is the claim's and the hash of its content, so that the IDs alone tell what is up to date.
func docID(id claims.ClaimID, hash string) string { return string(id) + "|" + hash }

func claimID(doc string) claims.ClaimID {
	id, _, _ := strings.Cut(doc, "|")
	return claims.ClaimID(id)
}

// knownIn lists what an index holds.
func knownIn(b bleve.Index) (known map[claims.ClaimID]string, err error) {
	defer rescue(&err)
	inner, err := b.Advanced()
	if err != nil {
		return nil, err
	}
	r, err := inner.Reader()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	all, err := r.DocIDReaderAll()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, all.Close()) }()
	known = map[claims.ClaimID]string{}
	for {
		internal, err := all.Next()
		if err != nil {
			return nil, err
		}
		if internal == nil {
			return known, nil
		}
		id, err := r.ExternalID(internal)
		if err != nil {
			return nil, err
		}
		_, hash, _ := strings.Cut(id, "|")
		known[claimID(id)] = hash
	}
}

// rescue turns a panic of the library on damaged files, and a fault on a file cut short, into an error.
// Callers have set PanicOnFault.
func rescue(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("search index: %v", p)
	}
}

// guarded runs f so that damage in the index's files becomes an error.
func guarded(f func() error) (err error) {
	defer rescue(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	return f()
}

// Close waits for a rebuild under way and gives the index back.
func (x *Index) Close() error {
	x.mending.Wait()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.bleve == nil {
		return nil
	}
	err := guarded(x.bleve.Close)
	x.bleve = nil
	if err == nil {
		err = writeSums(x.dir)
	}
	return err
}
