package boltstore

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"

	"tallywire/claims"
	"tallywire/store"
)

// viewRecords is how many records are copied out of one read transaction (reliability.md 3.2).
const viewRecords = 200

// A packedRecord is a record as it goes into the file, packed outside the writer goroutine.
type packedRecord struct {
	store.Record
	document []byte   // envelope, right where the document is new
	mentions [][]byte // envelopes
}

// PutRecords implements store.Store.
func (d *DB) PutRecords(ctx context.Context, records ...store.Record) ([]bool, error) {
	packed := make([]packedRecord, len(records))
	for i, r := range records {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := store.ValidateRecord(r); err != nil {
			return nil, err
		}
		p, err := d.packRecord(r)
		if err != nil {
			return nil, err
		}
		packed[i] = p
	}
	fresh := make([]bool, len(records))
	err := d.update(ctx, func(tx *bolt.Tx) error {
		for i, p := range packed {
			var err error
			if fresh[i], err = d.putRecord(tx, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return fresh, nil
}

func (d *DB) packRecord(r store.Record) (packedRecord, error) {
	p := packedRecord{Record: r, mentions: make([][]byte, len(r.Mentions))}
	var err error
	if p.document, err = d.codec.pack(recordBucket, []byte(r.Document.ID), r.Document); err != nil {
		return p, err
	}
	for i, m := range r.Mentions {
		if p.mentions[i], err = d.codec.pack(mentionBucket, mentionKey(r.Document.ID, i), storedMention{m, r.Blocks[i]}); err != nil {
			return p, err
		}
	}
	return p, nil
}

// putRecord writes one record with its index entries and reports whether the document is new. What is in
// the file already is not written again.
func (d *DB) putRecord(tx *bolt.Tx, p packedRecord) (fresh bool, err error) {
	b, id := tx.Bucket(recordBucket), []byte(p.Document.ID)
	rec, url := p.document, p.Document.URL
	if old := clone(b.Get(id)); old != nil {
		var known claims.Document
		if err := d.codec.unpack(recordBucket, id, old, &known); err == nil {
			if rec, err = d.codec.pack(recordBucket, id, store.Keep(known, p.Document)); err != nil {
				return false, err
			}
			if known.URL != url {
				if err := tx.Bucket(versionBucket).Delete(pair(known.URL, string(id))); err != nil {
					return false, err
				}
			}
		} // a damaged one is written anew
		if bytes.Equal(old, rec) {
			changed, err := d.putMentions(tx, p)
			if changed && err == nil {
				err = noteUnjudged(tx, id)
			}
			return false, err
		}
	} else {
		fresh = true
	}
	if err := b.Put(id, rec); err != nil {
		return false, err
	}
	if err := tx.Bucket(versionBucket).Put(pair(url, string(id)), nil); err != nil {
		return false, err
	}
	if err := noteUnjudged(tx, id); err != nil {
		return false, err
	}
	_, err = d.putMentions(tx, p)
	return fresh, err
}

// noteUnjudged puts a document on the list of those to be judged.
func noteUnjudged(tx *bolt.Tx, doc []byte) error {
	b := tx.Bucket(unjudgedBucket)
	seq, err := b.NextSequence()
	if err != nil {
		return err
	}
	return b.Put(seqKey(seq), doc)
}

// Unjudged implements store.Store.
func (d *DB) Unjudged(ctx context.Context) (docs []claims.DocumentID, upTo uint64, err error) {
	err = d.view(ctx, func(tx *bolt.Tx) error {
		seen := map[claims.DocumentID]bool{}
		b := tx.Bucket(unjudgedBucket)
		upTo = b.Sequence()
		return b.ForEach(func(_, v []byte) error {
			if id := claims.DocumentID(v); !seen[id] {
				seen[id] = true
				docs = append(docs, id)
			}
			return nil
		})
	})
	return docs, upTo, err
}

// Judged implements store.Store.
func (d *DB) Judged(ctx context.Context, upTo uint64) error {
	return d.update(ctx, func(tx *bolt.Tx) error {
		b := tx.Bucket(unjudgedBucket)
		var done [][]byte
		c := b.Cursor()
		for k, _ := c.First(); k != nil && binary.BigEndian.Uint64(k) <= upTo; k, _ = c.Next() {
			done = append(done, clone(k))
		}
		for _, k := range done { // a cursor may skip a key after Delete
			if err := b.Delete(k); err != nil {
				return err
			}
		}
		return nil
	})
}

// putMentions replaces the mentions of a document and their blocking keys, where they differ, and reports whether they did.
func (d *DB) putMentions(tx *bolt.Tx, p packedRecord) (changed bool, err error) {
	doc := p.Document.ID
	b, blocks := tx.Bucket(mentionBucket), tx.Bucket(blockBucket)
	old := mentionsOf(tx, doc)
	if slices.EqualFunc(old, p.mentions, func(r raw, rec []byte) bool { return bytes.Equal(r.value, rec) }) {
		return false, nil
	}
	for i, r := range old {
		var m storedMention
		if err := d.codec.unpack(mentionBucket, r.key, r.value, &m); err != nil {
			if err := dropBlocks(tx, doc); err != nil { // its keys cannot be told any more
				return false, err
			}
		}
		for _, k := range m.Blocks {
			if err := blocks.Delete(blockKey(k, doc, i)); err != nil {
				return false, err
			}
		}
		if err := b.Delete(r.key); err != nil {
			return false, err
		}
	}
	for i, rec := range p.mentions {
		if err := b.Put(mentionKey(doc, i), rec); err != nil {
			return false, err
		}
	}
	for i, keys := range p.Blocks {
		for _, k := range keys {
			if err := blocks.Put(blockKey(k, doc, i), nil); err != nil {
				return false, err
			}
		}
	}
	return true, nil
}

// mentionsOf copies out a document's mentions, in their order.
func mentionsOf(tx *bolt.Tx, doc claims.DocumentID) []raw {
	return scan(tx.Bucket(mentionBucket), pair(string(doc), ""))
}

// scan copies out all that begins with prefix, in the order of the keys.
func scan(b *bolt.Bucket, prefix []byte) []raw {
	var list []raw
	c := b.Cursor()
	for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
		list = append(list, raw{clone(k), clone(v)})
	}
	return list
}

// dropBlocks removes every blocking key of a document by reading them all.
func dropBlocks(tx *bolt.Tx, doc claims.DocumentID) error {
	b := tx.Bucket(blockBucket)
	var drop [][]byte
	c := b.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		if len(k) > 2 && bytes.HasSuffix(k[:len(k)-2], pair(string(doc), "")) {
			drop = append(drop, clone(k))
		}
	}
	for _, k := range drop { // a cursor may skip a key after Delete
		if err := b.Delete(k); err != nil {
			return err
		}
	}
	return nil
}

// Record implements store.Store.
func (d *DB) Record(ctx context.Context, id claims.DocumentID) (store.Record, error) {
	var r rawRecord
	err := d.view(ctx, func(tx *bolt.Tx) error {
		r = rawRecord{document: raw{[]byte(id), clone(tx.Bucket(recordBucket).Get([]byte(id)))}, mentions: mentionsOf(tx, id)}
		return nil
	})
	if err != nil {
		return store.Record{}, err
	}
	if r.document.value == nil {
		return store.Record{}, notFound(recordBucket, string(id))
	}
	return d.unpackRecord(r)
}

// A rawRecord is a record copied out of a transaction.
type rawRecord struct {
	document raw
	mentions []raw
}

func (d *DB) unpackRecord(r rawRecord) (store.Record, error) {
	var rec store.Record
	if err := d.codec.unpack(recordBucket, r.document.key, r.document.value, &rec.Document); err != nil {
		return store.Record{}, err
	}
	for _, m := range r.mentions {
		var s storedMention
		if err := d.codec.unpack(mentionBucket, m.key, m.value, &s); err != nil {
			return store.Record{}, err
		}
		rec.Mentions = append(rec.Mentions, s.Mention)
		rec.Blocks = append(rec.Blocks, s.Blocks)
	}
	return rec, nil
}

// Versions implements store.Store.
func (d *DB) Versions(ctx context.Context, url string) ([]claims.Document, error) {
	var found []raw
	err := d.view(ctx, func(tx *bolt.Tx) error {
		prefix := pair(url, "")
		for _, e := range scan(tx.Bucket(versionBucket), prefix) {
			id := e.key[len(prefix):]
			found = append(found, raw{id, clone(tx.Bucket(recordBucket).Get(id))})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var list []claims.Document
	for _, r := range found {
		var doc claims.Document
		if err := d.codec.unpack(recordBucket, r.key, r.value, &doc); err != nil {
			return nil, err
		}
		list = append(list, doc)
	}
	slices.SortFunc(list, func(a, b claims.Document) int {
		return cmp.Or(a.Fetched.Compare(b.Fetched), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// Records implements store.Store.
func (d *DB) Records(ctx context.Context, after claims.DocumentID, limit int) ([]store.Record, claims.DocumentID, error) {
	var list []store.Record
	next, err := d.pages(ctx, recordBucket, nil, string(after), limit, func(tx *bolt.Tx, key []byte) func() error {
		r := rawRecord{document: raw{key, clone(tx.Bucket(recordBucket).Get(key))}, mentions: mentionsOf(tx, claims.DocumentID(key))}
		return func() error {
			rec, err := d.unpackRecord(r)
			list = append(list, rec)
			return err
		}
	})
	if err != nil {
		return nil, "", err
	}
	return list, claims.DocumentID(next), nil
}

// Block implements store.Store.
func (d *DB) Block(ctx context.Context, keys ...string) ([]claims.Ref, error) {
	found := map[claims.Ref]bool{}
	err := d.view(ctx, func(tx *bolt.Tx) error {
		c := tx.Bucket(blockBucket).Cursor()
		for _, key := range keys {
			if err := ctx.Err(); err != nil {
				return err
			}
			prefix := blockPrefix(key)
			for k, _ := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, _ = c.Next() {
				if doc, ord, ok := bytes.Cut(k[len(prefix):], []byte{0}); ok && len(ord) == 2 {
					found[claims.Ref{Document: claims.DocumentID(doc), Ord: int(binary.BigEndian.Uint16(ord))}] = true
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return slices.SortedFunc(maps.Keys(found), claims.Ref.Compare), nil
}
