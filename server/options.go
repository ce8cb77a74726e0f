package server

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"tallywire/board"
	"tallywire/claims"
	"tallywire/store"
)

// Store is what the pages read beside the board.
type Store interface {
	Claim(ctx context.Context, id claims.ClaimID) (claims.Claim, error)
	Claims(ctx context.Context, after claims.ClaimID, limit int) ([]claims.Claim, claims.ClaimID, error)
	Versions(ctx context.Context, url string) ([]claims.Document, error)
	Decisions(ctx context.Context) ([]claims.Decision, error)
	SourceState(ctx context.Context, id claims.SourceID) (claims.SourceState, error)
	Block(ctx context.Context, keys ...string) ([]claims.Ref, error)
	Record(ctx context.Context, id claims.DocumentID) (store.Record, error)
	ClaimsOf(ctx context.Context, ids ...claims.MentionID) ([]claims.ClaimID, error)
	Setting(ctx context.Context, name string) (string, error)
	PutSetting(ctx context.Context, name, value string) error
}

// An Editor keeps an editor's decision and judges again. It sets ID and At, and returns the decision as kept. The error
// wraps claims.ErrNotFound or claims.ErrInvalid where the decision cannot be meant.
type Editor interface {
	Decide(ctx context.Context, d claims.Decision) (claims.Decision, error)
}

// Evidence reads archived pages. The error wraps claims.ErrNotFound where nothing is kept.
type Evidence interface {
	Page(ctx context.Context, at claims.Archive) (Archived, error)
}

// Archived is one answer as it was archived, unpacked and in UTF-8.
type Archived struct {
	URL         string
	At          time.Time // of the fetch
	Status      int
	ContentType string
	Body        []byte
}

// Crawls makes passes over sources on demand. All methods are safe for concurrent use.
type Crawls interface {
	// Start begins passes and returns at once; no sources: all. The error wraps claims.ErrConflict where one of them is being crawled.
	Start(sources ...claims.SourceID) error
	// Passes are the passes under way and the last ones that ended, in the order of the sources.
	Passes() []Pass
	// Test looks at an address as a person would paste it.
	Test(ctx context.Context, address string) (Finding, error)
	// Add writes a source to the configuration. The error wraps claims.ErrInvalid with the reason where it cannot.
	Add(ctx context.Context, s NewSource) error
}

// A Pass is one pass over a source that was asked for on the page.
type Pass struct {
	Source      claims.SourceID `json:"source"`
	Running     bool            `json:"running"`
	Found, Done int             // addresses
	New, Failed int             // after it ended
	Error       string          `json:"error,omitempty"`
}

// A Finding is what an address would give as a source.
type Finding struct {
	Type, URL, Account, Name, Lang string
	Count                          int
	Items                          []FoundItem
	Tried                          []string // other doors looked at, in words
}

// A FoundItem is one article or post behind a door.
type FoundItem struct {
	URL, Title string
	Published  time.Time
}

// A NewSource is what the page asks for when a source is added: the keys of config.yaml.
type NewSource struct {
	ID, Name, Type, URL, Account, Class, Owner, Party, Language string
}

// A Source is a configured source as the pages show it.
type Source struct {
	claims.Source
	Type     string
	URL      string
	Schedule string
}

// Options are what a Server is made of. Store, Board and Log are needed; what else is missing leaves its pages out.
type Options struct {
	Store    Store
	Board    *board.Board
	Log      *slog.Logger
	Now      func() time.Time // time.Now
	Settings claims.Settings  // of the judge: topics, widths
	Sources  func() []Source  // as configured now, in their order; it only grows
	// Extract finds the numbers of a draft, as Checker's does.
	Extract  func(text, lang string, at time.Time) []claims.Mention
	Editor   Editor
	Evidence Evidence
	Crawls   Crawls
	// Hosts are names, beside addresses and localhost, under which the desk may be asked: a page of another name that was
	// pointed at this machine must not read it.
	Hosts []string
	// Writable says whether a request may change anything. nil: requests from this machine may.
	Writable func(*http.Request) bool
	// Exports are the formats in which a view leaves the desk, as the API's export names them, in the order of the links.
	Exports []string
	// Example is a draft that stands ready on the check page; "" leaves it empty.
	Example string
	// Routes are added beside the pages and get the same headers and protection: the API's.
	Routes func(*http.ServeMux)
}
