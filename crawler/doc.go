// Package crawler visits the sources of a newsroom and hands what it finds to a Sink: one pass over one
// source's door (feed, sitemap, section page or social account) and over the articles behind it.
//
// It keeps the manners: robots.txt by RFC 9309 before every request and on every redirect hop, one
// request at a time and a pause for each host, conditional requests, Retry-After. It trusts nothing that
// a server sends: bodies are capped after decompression, a cut body is an error, private addresses are
// refused at the moment of dialling. What is worth keeping is written to an Archive before the Sink
// sees it.
//
// It leaves to others: reading an article's text (the Sink's), storing pages and states (State), and
// deciding when a source is due (the scheduler's). Nothing here reads a clock or a logger that was not
// given to it, but for the pauses between requests, which run on the process's own monotonic time.
//
// Start with New, then Crawler.Crawl for one pass over one Source, and Canonical for the one spelling
// of an address. Fetched and Result are what passes between a Crawler and its Sink; Reasons lists
// everything that can be wrong with a page.
//
// The way of one request:
//
//	Crawl -> door (feed.go, sitemap.go, page.go, social.go) -> frontier.go
//	      -> fetch.go: robots.go, hosts.go, then colly -> transport.go: guard.go, decode.go
//	      -> Archive -> Sink -> State
//
// colly carries the single request and its callbacks and nothing else: its own robots.txt reader, limit
// rules, redirect handling, decompression, charset repair and visited set are all switched off or
// shielded, each for a reason that a test holds (see colly_test.go).
package crawler
