package access

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"tallywire/claims"
)

// The names of settings: where the log ends, and its entries by number.
const (
	auditHead = "access/audit/head"
	auditName = "access/audit/"
)

// An Entry is one line of the audit log. Entries are appended and never changed.
type Entry struct {
	Seq    uint64    `json:"seq"` // from 1, without gaps
	At     time.Time `json:"at"`  // UTC
	Who    string    `json:"who"` // the token's name and ID, or the person that the command names
	What   string    `json:"what"`
	Object string    `json:"object,omitempty"` // of what: a claim, a token
	Before string    `json:"before,omitempty"`
	After  string    `json:"after,omitempty"`
	Reason string    `json:"reason,omitempty"`
	Prev   string    `json:"prev"` // the hash of the entry before; "" in the first
	Hash   string    `json:"hash"` // SHA-256 of the entry's JSON without Hash
}

// A Head is where a log ends. Kept elsewhere (in a report, a mail, on another machine) it shows what the
// chain alone cannot: a tail cut off, or a log written anew as a whole.
type Head struct {
	Seq  uint64 `json:"seq"`
	Hash string `json:"hash"`
}

func (h Head) String() string { return fmt.Sprintf("%d:%s", h.Seq, h.Hash) }

// ParseHead reads what String wrote. It returns claims.ErrInvalid for anything else.
func ParseHead(s string) (Head, error) {
	seq, sum, ok := strings.Cut(s, ":")
	n, err := strconv.ParseUint(seq, 10, 64)
	if raw, hexErr := hex.DecodeString(sum); !ok || err != nil || hexErr != nil || len(raw) != sha256.Size {
		return Head{}, fmt.Errorf("%w: head %.100q; want a number, a colon and 64 hex digits", claims.ErrInvalid, s)
	}
	return Head{n, sum}, nil
}

// A Log is the audit log of a store. One process writes to it at a time; its methods are safe for concurrent use.
type Log struct {
	settings Settings
	now      func() time.Time
	mu       sync.Mutex
}

// NewLog returns the log of a store.
func NewLog(s Settings, now func() time.Time) *Log { return &Log{settings: s, now: now} }

// Append adds an entry; Seq, At, Prev and Hash are filled in. It is on disk when Append returns. It is
// called before the act it tells of, so that no act goes untold: an act that then fails is told of too.
func (l *Log) Append(ctx context.Context, e Entry) (Entry, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	head, err := l.head(ctx)
	if err != nil {
		return Entry{}, fmt.Errorf("read audit log: %w", err)
	}
	e.Seq, e.At, e.Prev = head.Seq+1, l.now().UTC(), head.Hash
	e.Who, e.Reason, e.Object = line(e.Who, 200), line(e.Reason, 2000), line(e.Object, 200)
	if e.Hash, err = e.sum(); err != nil {
		return Entry{}, err
	}
	raw, err := json.Marshal(e)
	if err != nil {
		return Entry{}, err
	}
	if err := l.settings.PutSetting(ctx, entryName(e.Seq), string(raw)); err != nil {
		return Entry{}, fmt.Errorf("write audit log: %w", err)
	}
	if err := l.settings.PutSetting(ctx, auditHead, Head{e.Seq, e.Hash}.String()); err != nil {
		return Entry{}, fmt.Errorf("write audit log: %w", err)
	}
	return e, nil
}

// Head returns where the log ends, the zero Head of an empty one.
func (l *Log) Head(ctx context.Context) (Head, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.head(ctx)
}

// head reads the end, and goes on to an entry that was written while its head was not: the process ended between the two.
func (l *Log) head(ctx context.Context) (Head, error) {
	raw, err := get(ctx, l.settings, auditHead)
	if err != nil {
		return Head{}, err
	}
	var head Head
	if raw != "" {
		if head, err = ParseHead(raw); err != nil {
			return Head{}, err
		}
	}
	next, err := l.entry(ctx, head.Seq+1)
	if err != nil || next.Seq == 0 || next.Prev != head.Hash {
		return head, err
	}
	return Head{next.Seq, next.Hash}, nil
}

// Entries returns up to limit entries from seq on, in order.
func (l *Log) Entries(ctx context.Context, seq uint64, limit int) ([]Entry, error) {
	head, err := l.Head(ctx)
	if err != nil {
		return nil, err
	}
	out := []Entry{}
	for seq = max(seq, 1); seq <= head.Seq && len(out) < limit; seq++ {
		e, err := l.entry(ctx, seq)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// Verify reads the whole log and returns where it ends and what is wrong with it, nothing where all is well.
// anchor is a Head kept elsewhere; the zero Head asks for none.
func (l *Log) Verify(ctx context.Context, anchor Head) (Head, []string, error) {
	head, err := l.Head(ctx)
	if err != nil {
		return head, nil, err
	}
	var wrong []string
	prev := ""
	for seq := uint64(1); seq <= head.Seq; seq++ {
		e, err := l.entry(ctx, seq)
		if err != nil {
			return head, wrong, fmt.Errorf("entry %d: %w", seq, err)
		}
		sum, err := e.sum()
		switch {
		case err != nil:
			return head, wrong, err
		case e.Seq == 0:
			wrong = append(wrong, fmt.Sprintf("entry %d is missing", seq))
		case e.Seq != seq:
			wrong = append(wrong, fmt.Sprintf("entry %d stands in the place of %d", e.Seq, seq))
		case e.Hash != sum:
			wrong = append(wrong, fmt.Sprintf("entry %d was changed: its hash is %s, it says %s", seq, sum, e.Hash))
		case e.Prev != prev:
			wrong = append(wrong, fmt.Sprintf("entry %d does not follow the one before it", seq))
		}
		prev = e.Hash
		if seq == anchor.Seq && e.Hash != anchor.Hash {
			wrong = append(wrong, fmt.Sprintf("entry %d is not the one that was known: hash %s, known %s", seq, e.Hash, anchor.Hash))
		}
	}
	if prev != head.Hash {
		wrong = append(wrong, "the log does not end where it says")
	}
	if anchor.Seq > head.Seq {
		wrong = append(wrong, fmt.Sprintf("the log ends at entry %d; entry %d was known", head.Seq, anchor.Seq))
	}
	return head, wrong, nil
}

// entry reads one entry, the zero Entry where there is none or it cannot be read.
func (l *Log) entry(ctx context.Context, seq uint64) (Entry, error) {
	raw, err := get(ctx, l.settings, entryName(seq))
	if err != nil || raw == "" {
		return Entry{}, err
	}
	var e Entry
	d := json.NewDecoder(bytes.NewReader([]byte(raw)))
	d.DisallowUnknownFields() // what is added would be outside of the hash
	if d.Decode(&e) != nil {
		return Entry{}, nil
	}
	return e, nil
}

// sum is the hash that an entry should have.
func (e Entry) sum() (string, error) {
	e.Hash = ""
	raw, err := json.Marshal(e)
	if err != nil {
		return "", err
	}
	s := sha256.Sum256(raw)
	return hex.EncodeToString(s[:]), nil
}

func entryName(seq uint64) string { return fmt.Sprintf("%s%020d", auditName, seq) }
