package crawler

import (
	"net/url"
	"strings"

	"tallywire/claims"
)

// Owners knows which source an article or a post belongs to, whoever lists it: an article to the source
// whose door stands on its site, a post to the source of the account that wrote it. So the same words have
// the same source in whatever order the sources are read. A nil Owners knows none.
type Owners struct {
	sites    map[string]claims.SourceID // by site; "" where several sources share it
	accounts map[string]claims.SourceID // by type, server and account
}

// NewOwners takes all configured sources.
func NewOwners(sources []Source) *Owners {
	o := &Owners{sites: map[string]claims.SourceID{}, accounts: map[string]claims.SourceID{}}
	add := func(to map[string]claims.SourceID, key string, id claims.SourceID) {
		if other, taken := to[key]; taken && other != id {
			id = ""
		}
		to[key] = id
	}
	for _, s := range sources {
		switch s.Type {
		case Feed, Sitemap, Page:
			add(o.sites, siteOf(s.URL), s.ID)
		default:
			if s.Account != "" {
				add(o.accounts, accountKey(s, s.Account), s.ID)
			}
		}
	}
	return o
}

// site returns the source on whose site an address is, "" for none or several.
func (o *Owners) site(address string) claims.SourceID {
	if o == nil {
		return ""
	}
	return o.sites[siteOf(address)]
}

// poster returns the source of an account on the platform that s reads, "" for none or several.
func (o *Owners) poster(s Source, account string) claims.SourceID {
	if o == nil {
		return ""
	}
	return o.accounts[accountKey(s, account)]
}

// accountKey names an account on its platform and server.
func accountKey(s Source, account string) string {
	return string(s.Type) + " " + siteOf(s.URL) + " " + strings.ToLower(strings.TrimPrefix(strings.TrimSpace(account), "@"))
}

// siteOwner is the source that an article of this source's door belongs to: the door's own, where it
// stands on the same site, else the one whose site it is on.
func (p *pass) siteOwner(address string) claims.SourceID {
	if sameSite(p.source.URL, address) {
		return p.source.ID
	}
	if id := p.c.opts.Owners.site(address); id != "" {
		return id
	}
	return p.source.ID
}

// postOwner is the source that a post belongs to.
func (p *pass) postOwner(poster string) claims.SourceID {
	if id := p.c.opts.Owners.poster(p.source, poster); id != "" {
		return id
	}
	return p.source.ID
}

// isOwn reports whether a post's address is one of the source's own account, not of one it passes on.
func (p *pass) isOwn(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	for part := range strings.SplitSeq(u.Path, "/") {
		if part != "" && strings.EqualFold(strings.TrimPrefix(part, "@"), p.account()) {
			return true
		}
	}
	return false
}

// siteOf is the site of an address, "" where it has none.
func siteOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return site(u.Hostname())
}
