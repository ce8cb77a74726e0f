package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"

	"tallywire/claims"
	"tallywire/store"
)

// maxFindings is how many findings Check returns: what is wrong with a file is plain long before.
const maxFindings = 1000

// Check implements store.Store. It reads the pages of the file (bbolt's own check), every record (checksum
// and content), and compares every index with what it is derived from, both ways: each entry that a record
// asks for is there, and none is there besides. Findings are in the order of the file. It holds one read
// transaction for as long as it takes, about 2 s a gigabyte, so that writes beside it cannot look like damage.
func (d *DB) Check(ctx context.Context) ([]string, error) {
	c := &checker{db: d, ctx: ctx}
	err := d.view(ctx, func(tx *bolt.Tx) error {
		for err := range tx.Check() {
			c.report("file: %v", err)
		}
		c.tx = tx
		for _, part := range []func() error{c.records, c.mentions, c.claims, c.pages, c.decisions, c.rest} {
			if err := part(); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, store.ErrDamaged) {
		c.report("%v", err) // a page that cannot be read ends the check; what was found so far counts
		err = nil
	}
	return c.found, err
}

// A checker is one run of Check.
type checker struct {
	db    *DB
	ctx   context.Context // of the one Check call that made it
	tx    *bolt.Tx
	found []string
}

func (c *checker) report(format string, args ...any) {
	if len(c.found) < maxFindings {
		c.found = append(c.found, fmt.Sprintf(format, args...))
	}
}

// each calls fn with every entry of a bucket until ctx is done.
func (c *checker) each(bucket []byte, fn func(k, v []byte)) error {
	return c.tx.Bucket(bucket).ForEach(func(k, v []byte) error {
		fn(k, v)
		return c.ctx.Err()
	})
}

// record unpacks one record and checks that it stands under its own name.
func (c *checker) record(bucket, k, v []byte, into any, name func() string) bool {
	if err := c.db.codec.unpack(bucket, k, v, into); err != nil {
		c.report("%v", err)
		return false
	}
	if got := name(); got != string(k) {
		c.report("%s %.60q: holds %.60q", bucket, k, got)
		return false
	}
	return true
}

// An expectation is what an index should hold. It counts, so that a whole index is compared without
// keeping it in memory.
type expectation struct {
	bucket []byte
	seen   int
}

// expect checks one entry that a record asks for. distinct is false where the record asks for it twice.
func (c *checker) expect(x *expectation, key, value []byte, distinct bool) {
	if distinct {
		x.seen++
	}
	got := c.tx.Bucket(x.bucket).Get(key)
	switch {
	case got == nil:
		c.report("index %s: %.80q is missing", x.bucket, key)
	case !bytes.Equal(got, value):
		c.report("index %s: %.80q says %x, not %x", x.bucket, key, got, value)
	}
}

// nothingElse checks that an index holds no more than was expected. right tells whether an entry is so.
func (c *checker) nothingElse(x *expectation, right func(k, v []byte) bool) error {
	entries := 0
	if err := c.each(x.bucket, func(_, _ []byte) { entries++ }); err != nil {
		return err
	}
	if entries == x.seen {
		return nil
	}
	return c.each(x.bucket, func(k, v []byte) {
		if !right(k, v) {
			c.report("index %s: %.80q leads to nothing", x.bucket, k)
		}
	})
}

// records checks documents and versions.
func (c *checker) records() error {
	x := &expectation{bucket: versionBucket}
	err := c.each(recordBucket, func(k, v []byte) {
		var doc claims.Document
		if c.record(recordBucket, k, v, &doc, func() string { return string(doc.ID) }) {
			c.expect(x, pair(doc.URL, string(k)), []byte{}, true)
		}
	})
	if err != nil {
		return err
	}
	return c.nothingElse(x, func(k, _ []byte) bool {
		url, id, _ := strings.Cut(string(k), "\x00")
		var doc claims.Document
		rec := c.tx.Bucket(recordBucket).Get([]byte(id))
		return rec != nil && (c.db.codec.unpack(recordBucket, []byte(id), rec, &doc) != nil || doc.URL == url)
	})
}

// mentions checks mentions and blocking keys.
func (c *checker) mentions() error {
	x := &expectation{bucket: blockBucket}
	owner, next := "", 0       // the document whose mentions are being read, and the order of the next one
	asked := map[string]bool{} // block keys that it has asked for
	err := c.each(mentionBucket, func(k, v []byte) {
		doc, _, ok := strings.Cut(string(k), "\x00")
		if !ok {
			c.report("mention %.60q: no such key", k)
			return
		}
		if doc != owner {
			owner, next = doc, 0
			clear(asked)
			if c.tx.Bucket(recordBucket).Get([]byte(doc)) == nil {
				c.report("mention %.60q: its document is missing", k)
			}
		}
		if !bytes.Equal(k, mentionKey(claims.DocumentID(doc), next)) {
			c.report("mention %.60q: one before it is missing", k)
		}
		next++
		var m storedMention
		if err := c.db.codec.unpack(mentionBucket, k, v, &m); err != nil {
			c.report("%v", err)
			return
		}
		for _, b := range m.Blocks {
			key := blockKey(b, claims.DocumentID(doc), next-1)
			if !asked[string(key)] {
				asked[string(key)] = true
				c.expect(x, key, []byte{}, true)
			}
		}
	})
	if err != nil {
		return err
	}
	return c.nothingElse(x, func(k, v []byte) bool {
		if len(k) < 5 || len(v) != 0 {
			return false
		}
		n := 2 + int(binary.BigEndian.Uint16(k))
		if n >= len(k) {
			return false
		}
		at := k[n:]
		rec := c.tx.Bucket(mentionBucket).Get(at)
		if rec == nil {
			return false
		}
		var m storedMention
		if c.db.codec.unpack(mentionBucket, at, rec, &m) != nil {
			return true // reported as damaged
		}
		return slices.Contains(m.Blocks, string(k[2:n]))
	})
}

// claims checks claims and which claim holds a mention.
func (c *checker) claims() error {
	x := &expectation{bucket: claimOfBucket}
	err := c.each(claimBucket, func(k, v []byte) {
		var claim claims.Claim
		if !c.record(claimBucket, k, v, &claim, func() string { return string(claim.ID) }) {
			return
		}
		asked := map[claims.MentionID]bool{}
		for _, m := range claim.Mentions {
			c.expect(x, pair(string(m.ID), string(k)), []byte{}, !asked[m.ID])
			asked[m.ID] = true
		}
	})
	if err != nil {
		return err
	}
	return c.nothingElse(x, func(k, _ []byte) bool {
		mention, id, _ := strings.Cut(string(k), "\x00")
		var claim claims.Claim
		rec := c.tx.Bucket(claimBucket).Get([]byte(id))
		if rec == nil {
			return false
		}
		if c.db.codec.unpack(claimBucket, []byte(id), rec, &claim) != nil {
			return true // reported as damaged
		}
		for _, m := range claim.Mentions {
			if string(m.ID) == mention {
				return true
			}
		}
		return false
	})
}

// pages checks pages and whose they are.
func (c *checker) pages() error {
	x := &expectation{bucket: pageOfBucket}
	err := c.each(pageBucket, func(k, v []byte) {
		var p claims.Page
		if c.record(pageBucket, k, v, &p, func() string { return p.URL }) {
			c.expect(x, pair(string(p.Source), p.URL), []byte{}, true)
		}
	})
	if err != nil {
		return err
	}
	return c.nothingElse(x, func(k, _ []byte) bool {
		source, url, _ := strings.Cut(string(k), "\x00")
		var p claims.Page
		rec := c.tx.Bucket(pageBucket).Get([]byte(url))
		return rec != nil && (c.db.codec.unpack(pageBucket, []byte(url), rec, &p) != nil || string(p.Source) == source)
	})
}

// decisions checks decisions and their IDs.
func (c *checker) decisions() error {
	x := &expectation{bucket: decisionIDBucket}
	err := c.each(decisionBucket, func(k, v []byte) {
		var d claims.Decision
		if err := c.db.codec.unpack(decisionBucket, k, v, &d); err != nil {
			c.report("%v", err)
			return
		}
		c.expect(x, []byte(d.ID), k, true)
	})
	if err != nil {
		return err
	}
	return c.nothingElse(x, func(_, seq []byte) bool { return c.tx.Bucket(decisionBucket).Get(seq) != nil })
}

// rest checks what no index knows of.
func (c *checker) rest() error {
	err := c.each(sourceBucket, func(k, v []byte) {
		var s claims.SourceState
		c.record(sourceBucket, k, v, &s, func() string { return string(s.Source) })
	})
	if err != nil {
		return err
	}
	err = c.each(unjudgedBucket, func(k, v []byte) {
		if c.tx.Bucket(recordBucket).Get(v) == nil {
			c.report("unjudged %x: no document %.60q", k, v)
		}
	})
	if err != nil {
		return err
	}
	return c.each(settingBucket, func(k, v []byte) {
		var s string
		if err := c.db.codec.unpack(settingBucket, k, v, &s); err != nil {
			c.report("%v", err)
		}
	})
}
