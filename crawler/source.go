package crawler

import (
	"context"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"tallywire/claims"
)

// A Type says what a source's door is.
type Type string

// The types of config.yaml.
const (
	Feed     Type = "feed"
	Sitemap  Type = "sitemap"
	Page     Type = "page"
	Mastodon Type = "mastodon"
	Bluesky  Type = "bluesky"
	Telegram Type = "telegram"
	X        Type = "x"
)

// A Source is somebody's door, as far as a crawler needs to know it.
type Source struct {
	ID       claims.SourceID
	Type     Type
	URL      string           // the feed, sitemap or section page; social: the server, "" for the platform's own
	Account  string           // social: the account, with or without a leading @
	Search   string           // social: the words to search for, where there is no account
	Include  []*regexp.Regexp // found anywhere in the absolute address; none: all of the door's
	Exclude  []*regexp.Regexp // outweighs Include
	Language string           // BCP 47; sent as Accept-Language, "" for none
	// Every is the interval of the schedule that the pass is of: a quiet feed, sitemap or section page is then asked at fewer
	// of its slots (quiet.go). 0: somebody asked for the pass, and the door is asked.
	Every time.Duration
}

// Options are a Crawler's settings. The zero value of each field but State and Sink takes the default
// that stands beside it.
type Options struct {
	UserAgent            string          // with an address to complain to; "tallywire/1 (+https://example.org/bot)"
	Delay                time.Duration   // least pause between the end of one request to a host and the next; negative: 1 s
	Concurrency          int             // requests in flight over all hosts; 16
	MaxAge               time.Duration   // articles published longer ago are passed over; 0 takes all
	MaxBody              int64           // bytes of a body once unpacked; 10 MiB
	Revisit              []time.Duration // ages at which a known article is asked again; an age of 0: at every pass; none: never
	AllowPrivateNetworks bool            // loopback and private addresses are refused unless true
	Timeout              time.Duration   // for one whole exchange; 30 s, Media Cloud's
	BearerToken          string          // X: "Authorization: Bearer ..."
	// Tokens are users' access tokens for Mastodon servers, by host; each goes to its own host alone. A
	// search for words needs one on most servers. May be nil.
	Tokens map[string]string
	// BlueskyHandle and BlueskyPassword (an app password) open a session on the account's server, which a
	// search for words needs there. Empty: searches are asked without.
	BlueskyHandle, BlueskyPassword string

	// Owners sets right whose an article or post is that several sources list. nil: whoever lists it first.
	Owners *Owners

	State    State
	Archive  Archive // nil keeps nothing
	Sink     Sink
	Progress Progress         // nil shows nothing
	Now      func() time.Time // time.Now
	Logger   *slog.Logger     // discards

	// Resolve, where set, names the address that a host:port is dialled at. The guard against private
	// addresses looks at what is dialled, whatever Resolve says. For tests and split-horizon networks.
	Resolve func(ctx context.Context, hostPort string) (string, error)
}

// State is what a Crawler remembers between passes. The store implements it. A page or source that is
// not known is claims.ErrNotFound. Calls may come from several goroutines at once.
type State interface {
	Page(ctx context.Context, url string) (claims.Page, error)
	// PutPages stores all pages or none, and returns when they are safe.
	PutPages(ctx context.Context, pages ...claims.Page) error
	// Pages returns a source's pages in the order of their addresses, from the one after `after` on, at
	// most limit, and where to go on: "" at the end.
	Pages(ctx context.Context, source claims.SourceID, after string, limit int) ([]claims.Page, string, error)
	SourceState(ctx context.Context, id claims.SourceID) (claims.SourceState, error)
	PutSourceState(ctx context.Context, state claims.SourceState) error
}

// An Archive keeps exchanges as evidence. Write returns when the exchange is safe on disk. The crawler
// owns the Exchange again when Write returns. Calls may come from several goroutines at once.
type Archive interface {
	Write(ctx context.Context, e Exchange) (claims.Archive, error)
}

// An Exchange is one request and its answer as they went over the wire, but for chunking, which is
// undone, and for credentials, which are left out. It is an alias of an unnamed type, so that package
// archive, which knows nothing of crawlers, can name the same one.
type Exchange = struct {
	Method        string
	URL           string
	RequestHeader http.Header
	Proto         string // "HTTP/1.1"
	Status        int
	Reason        string // the words after the status: "Not Found"
	Header        http.Header
	Body          []byte    // as sent: still packed where Content-Encoding says so
	At            time.Time // when the request began, UTC
	IP            string    // of the server, "" if unknown
}

// A Sink takes what was fetched. It reads the text, extracts and stores, and says what it made of it.
// An error stops the pass: it is for a store that fails, not for a page that cannot be read, which is a
// Result with Refused set. A Sink must be safe for concurrent use; the crawler calls it for each address
// at most once at a time.
type Sink func(ctx context.Context, f Fetched) (Result, error)

// Fetched is one article page or one social post.
type Fetched struct {
	Source      claims.SourceID
	URL         string // as the door gives it, without fragment and tracking parameters
	Final       string // after redirects, likewise; the same as URL where there were none
	Status      int
	Header      http.Header
	ContentType string           // as sent
	Body        []byte           // unpacked, at most MaxBody; in the page's own charset. Owned by the Sink
	Item        *Item            // what the door says of the article; nil on a revisit
	Post        *claims.Document // social: the whole document but for its ID; Body and ContentType are empty then
	At          time.Time        // when it was asked for, UTC
	Archive     claims.Archive   // where the bytes are kept
	// NotBefore is the start of what is young enough; a document published before it should be refused
	// as too_old. Zero: everything is.
	NotBefore time.Time
	// Gone is set where an address that gave a document before is no more (404, 410, a post taken
	// down). There is no Body and no Post then: the document the Sink has is the last version.
	Gone bool
}

// An Item is what a door says of an article.
type Item struct {
	Title     string
	Author    string
	Language  string
	Summary   string    // plain text or HTML, as given
	Published time.Time // zero if unknown, as all times
	Updated   time.Time
}

// An Outcome is what a Sink made of a Fetched.
type Outcome string

// The outcomes.
const (
	Added     Outcome = "new"       // a document not seen before, or a new version of one
	Unchanged Outcome = "unchanged" // the text is known
	Refused   Outcome = "refused"   // no document, for Result.Reason
)

// A Result is a Sink's answer.
type Result struct {
	Outcome   Outcome
	Reason    Reason    // where Refused; ReasonTooOld is passed over, all others are failures
	Canonical string    // the document's address, "" where there is none
	Published time.Time // as the page states it, zero if unknown
}

// Progress is told how a pass goes on. Calls may come from several goroutines at once.
type Progress interface {
	Found(source claims.SourceID, n int) // n more addresses are to be asked
	Done(source claims.SourceID, n int)  // n of them are done with
}

// A Summary counts one pass over one source.
type Summary struct {
	Source    claims.SourceID
	Fetched   int            // articles and posts that came with a body
	Unchanged int            // answered 304, or with the text that is known
	New       int            // documents or versions not seen before
	Failed    int            // addresses that gave no document though they should have
	Passed    int            // passed over: too old, closed by robots.txt or a trap's budget, a post taken down
	Reasons   map[Reason]int // of Failed and Passed
	State     string         // ok, rate_limited, auth_needed, blocked, gone, changed_format, failed
}
