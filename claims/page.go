package claims

import "time"

// A Page is what the crawler knows of one address. All times are UTC.
type Page struct {
	URL          string    `json:"url"` // as requested
	Source       SourceID  `json:"source"`
	Kind         string    `json:"kind"`                // door or article
	Final        string    `json:"final,omitempty"`     // after redirects
	Canonical    string    `json:"canonical,omitempty"` // the document it holds
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"` // the header, as sent
	Digest       string    `json:"digest,omitempty"`        // of the last body
	Status       int       `json:"status,omitempty"`        // of the last answer
	Reason       string    `json:"reason,omitempty"`        // why it gave no document, "" where it did
	First        time.Time `json:"first"`                   // first seen
	Fetched      time.Time `json:"fetched"`                 // last answer
	Published    time.Time `json:"published,omitzero"`
	Due          time.Time `json:"due,omitzero"` // next visit; zero: none
	Fails        int       `json:"fails,omitempty"`
}

// A SourceState is what is known of a source between passes. All times are UTC.
type SourceState struct {
	Source   SourceID          `json:"source"`
	Cursor   map[string]string `json:"cursor,omitempty"` // per platform: last id seen, resolved account
	LastSlot time.Time         `json:"last_slot,omitzero"`
	LastPass time.Time         `json:"last_pass,omitzero"`
	LastOK   time.Time         `json:"last_ok,omitzero"`
	NextPass time.Time         `json:"next_pass,omitzero"`
	State    string            `json:"state,omitempty"` // ok, rate_limited, auth_needed, blocked, gone, changed_format, failed
	Error    string            `json:"error,omitempty"`
	Counts   map[string]int    `json:"counts,omitempty"` // of the last pass: fetched, unchanged, new, failed, failed by reason
	Fails    int               `json:"fails,omitempty"`
}
