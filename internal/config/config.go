package config

import (
	"regexp"
	"time"
)

// A Config is the whole of config.yaml. The yaml tags are the keys of the file; a key that the file
// leaves out has its value of Default.
type Config struct {
	Store   Store    `yaml:"store"`
	Archive Archive  `yaml:"archive"`
	Server  Server   `yaml:"server"`
	Crawler Crawler  `yaml:"crawler"`
	Claims  Claims   `yaml:"claims"`
	Publish Publish  `yaml:"publish"`
	Topics  []Topic  `yaml:"topics"`
	Sources []Source `yaml:"sources"`

	// File is the path that the configuration was read from, as given to Load; "" for Default.
	File string `yaml:"-"`
}

// Store says where documents, claims and decisions are kept: in one file, or in PostgreSQL for several machines.
type Store struct {
	Path     string `yaml:"path"`     // file; "" where Postgres is set
	Postgres string `yaml:"postgres"` // connection string "postgres://..."; "" for the file
}

// Archive says where the WARC files of what was fetched are kept.
type Archive struct {
	Dir       string        `yaml:"dir"`       // folder; "" keeps nothing
	Retention time.Duration `yaml:"retention"` // how long files are kept that no claim rests on; 0: for good
}

// Server says where the web pages and the API are served.
type Server struct {
	Listen string `yaml:"listen"` // "host:port"; port 0 takes a free one
}

// Crawler holds the limits of fetching.
type Crawler struct {
	UserAgent   string          `yaml:"user_agent"`
	Delay       time.Duration   `yaml:"delay"`       // least time between two requests to one host
	Concurrency int             `yaml:"concurrency"` // requests in flight over all hosts
	MaxAge      time.Duration   `yaml:"max_age"`     // older articles are passed over; 0 takes all
	MaxBody     Size            `yaml:"max_body"`    // of one answer, after decompression
	Revisit     []time.Duration `yaml:"revisit"`     // ages at which a known article is asked again; [0]: at every pass; empty: never
	// AllowPrivateNetworks lets the crawler reach loopback and private addresses.
	AllowPrivateNetworks bool `yaml:"allow_private_networks"`
}

// Claims holds the house's settings of the judge.
type Claims struct {
	MinIndependent int           `yaml:"min_independent"` // voices that verify (rule V1)
	DisputeWindow  time.Duration `yaml:"dispute_window"`  // silence after which a dispute ends, by document time
}

// Publish says who answers for what leaves the house: reports, feeds, ClaimReview markup.
type Publish struct {
	Name string `yaml:"name"` // of the newsroom
	URL  string `yaml:"url"`  // of its site
	Base string `yaml:"base"` // address under which the board is served, for links; without a slash at its end
}

// A Topic is something the newsroom watches.
type Topic struct {
	ID    string   `yaml:"id"`    // unique, [a-z0-9-]
	Name  string   `yaml:"name"`  // the ID where the file gives none
	Terms []string `yaml:"terms"` // words, in any language, of which a text holds at least one
}

// A Source is somebody whose articles or posts are read.
type Source struct {
	ID       string           `yaml:"id"`       // unique, [a-z0-9-]
	Name     string           `yaml:"name"`     // the ID where the file gives none
	Type     string           `yaml:"type"`     // one of Types
	URL      string           `yaml:"url"`      // feed, sitemap, page, or the social platform's server
	Account  string           `yaml:"account"`  // social: whose posts
	Search   string           `yaml:"search"`   // social: or the words to search for
	Class    string           `yaml:"class"`    // one of Classes; social for a social type, else outlet, where the file gives none
	Owner    string           `yaml:"owner"`    // one owner's outlets are one voice; "" if unknown
	Party    string           `yaml:"party"`    // the side it speaks for; "" for none
	Register bool             `yaml:"register"` // the body that keeps the count itself (rule V4)
	Language string           `yaml:"language"` // BCP 47; "" if mixed or unknown
	Schedule string           `yaml:"schedule"` // see ParseSchedule
	Include  []*regexp.Regexp `yaml:"include"`  // found anywhere in the absolute address; empty takes all of the door's
	Exclude  []*regexp.Regexp `yaml:"exclude"`
}

// Social reports whether the source is read from a social platform.
func (s Source) Social() bool { return platforms[s.Type] != "" }

// Types lists the types of source in the order of the contract.
var Types = []string{"feed", "sitemap", "page", "mastodon", "bluesky", "telegram", "x"}

// Classes lists the classes of source: those of package claims, in its order.
var Classes = []string{"outlet", "wire", "official", "party", "ngo", "social"}

// platforms gives each social type the server that is meant where the file names none.
var platforms = map[string]string{
	"mastodon": "https://mastodon.social",
	"bluesky":  "https://public.api.bsky.app", // the public AppView: reads without an account
	"telegram": "https://t.me",                // the web preview t.me/s/NAME
	"x":        "https://api.x.com",           // API v2; needs X_BEARER_TOKEN
}

// defaultSchedule is how often a source is visited that has no schedule of its own.
const defaultSchedule = "@every 15m"

// Default returns the settings that hold where the file says nothing. It has no topics and no sources.
func Default() Config {
	return Config{
		Store:   Store{Path: "data/tallywire.db"},
		Archive: Archive{Dir: "data/archive"},
		Server:  Server{Listen: "127.0.0.1:8787"},
		Crawler: Crawler{
			UserAgent:   "tallywire/1 (+https://example.org/bot)",
			Delay:       time.Second,
			Concurrency: 16,
			MaxAge:      720 * time.Hour, // 30 days
			MaxBody:     10 << 20,
			Revisit:     []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 168 * time.Hour},
		},
		Claims: Claims{
			MinIndependent: 2,                   // verdicts.md, V1
			DisputeWindow:  14 * 24 * time.Hour, // verdicts.md 3
		},
	}
}
