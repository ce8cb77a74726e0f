package search

import (
	"context"
	"errors"
	"fmt"

	"github.com/blevesearch/bleve/v2"

	"tallywire/claims"
)

// Follow brings the index up to a store's board of a version: where the index is of that version already,
// nothing is read. version "" compares all.
func (x *Index) Follow(ctx context.Context, version string) error {
	x.mu.RLock()
	same := version != "" && x.version == version
	x.mu.RUnlock()
	if same {
		return nil
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.mend(ctx, func() error { return x.sync(ctx, version) })
}

// Apply takes over what a store was just told: claims put and removed, which lead to a board of a version.
func (x *Index) Apply(ctx context.Context, put []claims.Claim, remove []claims.ClaimID, version string) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.mend(ctx, func() error {
		w := x.writer()
		for i := range put {
			if err := w.put(&put[i]); err != nil {
				return err
			}
		}
		for _, id := range remove {
			if err := w.remove(id); err != nil {
				return err
			}
		}
		return w.end(version)
	})
}

// Rebuild makes the whole index anew and returns how many claims are in it.
func (x *Index) Rebuild(ctx context.Context, version string) (int, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	err := x.rebuild(ctx, version)
	return len(x.known), err
}

// mend does f, and where that fails builds the index anew. mu is held.
func (x *Index) mend(ctx context.Context, f func() error) error {
	err := guarded(f)
	if err == nil || ctx.Err() != nil {
		return err
	}
	x.log.Warn("search index is built anew", "dir", x.dir, "err", err)
	return x.rebuild(ctx, "")
}

func (x *Index) rebuild(ctx context.Context, version string) error {
	if x.bleve != nil {
		_ = guarded(x.bleve.Close) // it goes anyway
		x.bleve = nil
	}
	if err := x.create(); err != nil {
		return err
	}
	return guarded(func() error { return x.sync(ctx, version) })
}

// sync compares every claim of the store with what is indexed of it.
func (x *Index) sync(ctx context.Context, version string) error {
	w := x.writer()
	seen := make(map[claims.ClaimID]bool, len(x.known))
	var after claims.ClaimID
	for {
		page, next, err := x.store.Claims(ctx, after, pageSize)
		if err != nil {
			return fmt.Errorf("read claims: %w", err)
		}
		for i := range page {
			seen[page[i].ID] = true
			if err := w.put(&page[i]); err != nil {
				return err
			}
		}
		if after = next; next == "" {
			break
		}
	}
	var gone []claims.ClaimID
	for id := range x.known {
		if !seen[id] {
			gone = append(gone, id)
		}
	}
	for _, id := range gone {
		if err := w.remove(id); err != nil {
			return err
		}
	}
	return w.end(version)
}

// A writer collects changes into batches.
type writer struct {
	x     *Index
	batch *bleve.Batch
}

func (x *Index) writer() *writer { return &writer{x, x.bleve.NewBatch()} }

func (w *writer) put(c *claims.Claim) error {
	d := documentOf(c)
	hash := d.hash()
	old, known := w.x.known[c.ID]
	if known && old == hash {
		return nil
	}
	if known {
		w.batch.Delete(docID(c.ID, old))
	}
	if err := w.batch.Index(docID(c.ID, hash), d.fields()); err != nil {
		return err
	}
	w.x.known[c.ID] = hash
	return w.flush(batchSize)
}

func (w *writer) remove(id claims.ClaimID) error {
	old, known := w.x.known[id]
	if !known {
		return nil
	}
	w.batch.Delete(docID(id, old))
	delete(w.x.known, id)
	return w.flush(batchSize)
}

func (w *writer) flush(at int) error {
	if w.batch.Size() < at {
		return nil
	}
	if err := w.x.bleve.Batch(w.batch); err != nil {
		return err
	}
	w.batch = w.x.bleve.NewBatch() // the library may still read the old one
	return nil
}

// end writes what is left, and last the version: an index of a version has all of it.
func (w *writer) end(version string) error {
	if err := w.flush(1); err != nil {
		return err
	}
	if version == "" || version == w.x.version {
		return nil
	}
	w.x.version = version
	return w.x.bleve.SetInternal([]byte("version"), []byte(version))
}

// fields is a document as the library takes it.
func (d document) fields() map[string]any {
	keys := map[string]any{}
	for k, v := range d.Keys {
		keys[k] = v
	}
	out := map[string]any{"w": d.Text, "s": d.Stems, "k": keys, "n": d.Names, "c": d.Changed}
	if d.Value != nil {
		out["v"] = *d.Value
	}
	return out
}

var errClosed = errors.New("search index is closed")
