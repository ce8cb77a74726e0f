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

// warnOfContact says on the log that a User-Agent names nobody to write to. The crawl goes on: it is as polite as any.
func (e *env) warnOfContact(userAgent string) {
	if !hasContact(userAgent) {
		e.logger().Warn("crawler.user_agent of config.yaml names nobody whom a site can write to: put an address of yours there", "user_agent", userAgent)
	}
}

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
