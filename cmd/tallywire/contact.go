package main

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

var contacts = regexp.MustCompile(`https?://[^\s()<>,;"]+|[^\s()<>,;:"@+]+@[^\s()<>,;"@]+`)

// placeholders are the names that reach nobody (RFC 2606).
var placeholders = []string{"example", "test", "invalid", "localhost", "example.org", "example.com", "example.net"}

// warnOfContact says on the log, once a run, that a User-Agent names nobody to write to, and what to put there. The crawl goes on: it is
// as polite as any.
func (e *env) warnOfContact(userAgent string) {
	if !hasContact(userAgent) {
		e.logger().Warn("no site can reach you: set crawler.user_agent of config.yaml to this name with a page or mail address of yours, as tallywire/1 (+https://your-newsroom/crawler)",
			"user_agent", honestAgent(userAgent))
	}
}

// honestAgent is the User-Agent that sites are told: where its only contact is an example of the documentation, it is left out,
// because the owner of that address is not who crawls.
func honestAgent(userAgent string) string {
	if hasContact(userAgent) {
		return userAgent
	}
	bare := strings.TrimSpace(comment.ReplaceAllStringFunc(userAgent, func(c string) string {
		if contacts.MatchString(c) {
			return ""
		}
		return c
	}))
	if bare == "" {
		return userAgent
	}
	return bare
}

var comment = regexp.MustCompile(`\s*\([^()]*\)`)

// hasContact tells whether a User-Agent says where its crawler's owner can be reached: an address on the web or of mail that is not
// one of the examples of the documentation.
func hasContact(userAgent string) bool {
	for _, found := range contacts.FindAllString(userAgent, -1) {
		_, host, isMail := strings.Cut(found, "@")
		if u, err := url.Parse(found); err == nil && u.Host != "" {
			host = u.Hostname()
		} else if !isMail {
			continue
		}
		host = strings.ToLower(strings.TrimRight(host, "./"))
		if strings.Contains(host, ".") && !slices.ContainsFunc(placeholders, func(p string) bool { return host == p || strings.HasSuffix(host, "."+p) }) {
			return true
		}
	}
	return false
}
