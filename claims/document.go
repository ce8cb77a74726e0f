package claims

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// A DocumentID is the first 32 hex digits of SHA-256 over URL, a zero byte and Text.
type DocumentID string

// A Document is the readable text of one article or post as it was on one fetch. Documents are never
// edited: when a page changes, the next fetch makes a new Document with the same URL. All times are
// UTC; a zero time is unknown.
type Document struct {
	ID        DocumentID `json:"id"`
	Source    SourceID   `json:"source"`
	URL       string     `json:"url"` // canonical URL, else the final one without tracking parameters
	Title     string     `json:"title"`
	Author    string     `json:"author,omitempty"`
	Site      string     `json:"site,omitempty"` // the publication's name as the page gives it
	Section   string     `json:"section,omitempty"`
	Lang      string     `json:"lang,omitempty"` // BCP 47 tag as the page states it; "" if unknown
	Published time.Time  `json:"published"`      // as the page states it, not as fetched
	Modified  time.Time  `json:"modified"`
	Fetched   time.Time  `json:"fetched"`
	// Text is valid UTF-8; paragraphs are parted by one blank line. The title is not part of it.
	Text string `json:"text"`
	// Blocks says what each paragraph of Text is, in order, one a paragraph. Empty: all are paragraphs.
	Blocks []Block `json:"blocks,omitempty"`
	// Credit is whom the page names as the text's true author ("Wireline", "AP"); "" for none.
	Credit string `json:"credit,omitempty"`
	// Correction is the page's own correction note; "" for none.
	Correction string `json:"correction,omitempty"`
	// Poster is, on a post, the account that wrote it: "@name". A repost or quote keeps its author here.
	Poster string `json:"poster,omitempty"`
	// Deleted is when the address was found gone (404, 410, a post taken down), on every version that it gave before;
	// zero while it stands. UTC.
	Deleted time.Time `json:"deleted,omitzero"`
	Archive Archive   `json:"archive"`
}

// A BlockKind is the part that a paragraph plays in its page.
type BlockKind string

// The kinds of block.
const (
	BlockParagraph BlockKind = "paragraph"
	BlockHeading   BlockKind = "heading"
	BlockList      BlockKind = "list"    // one item of a list
	BlockCaption   BlockKind = "caption" // of a picture
	BlockRow       BlockKind = "row"     // one table row, cells parted by " | "; the first row of a table holds its headings
	BlockQuote     BlockKind = "quote"
)

// A Block is one paragraph of a Document's Text.
type Block struct {
	Kind BlockKind `json:"kind"`
	// Time is a live-blog entry's own time, zero where the block has none of its own.
	Time time.Time `json:"time,omitzero"`
}

// An Archive says where the bytes that a Document was read from are kept.
type Archive struct {
	File     string `json:"file"`      // WARC file, relative to the archive's folder; "" where nothing is kept
	RecordID string `json:"record_id"` // "<urn:uuid:...>"
	Digest   string `json:"digest"`    // "sha256:" and hex, of the payload
	Offset   int64  `json:"offset,omitempty"`
}

// NewDocumentID names one version of the text at a URL.
func NewDocumentID(url, text string) DocumentID {
	h := sha256.New()
	h.Write([]byte(url))
	h.Write([]byte{0})
	h.Write([]byte(text))
	return DocumentID(hex.EncodeToString(h.Sum(nil))[:32])
}
