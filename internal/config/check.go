package config

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	idShape       = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)
	languageShape = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`) // BCP 47 without extensions
)

// Bounds on what a file may ask for.
const (
	maxConcurrency = 1024    // sockets: half of the usual limit of 2,048 open files
	minBody        = 1 << 10 // less holds no page
	maxBody        = 1 << 30
)

// complete fills in what depends on other keys.
func (d *decoder) complete(c *Config) {
	if c.Store.Postgres != "" {
		if _, given := d.places["store.path"]; !given {
			c.Store.Path = ""
		}
	}
	c.Publish.Base = strings.TrimRight(c.Publish.Base, "/")
	for i := range c.Topics {
		t := &c.Topics[i]
		t.Name = or(t.Name, t.ID)
	}
	for i := range c.Sources {
		s := &c.Sources[i]
		s.Name = or(s.Name, s.ID)
		s.Type = or(s.Type, "feed")
		s.URL = or(s.URL, platforms[s.Type])
		s.Schedule = or(s.Schedule, defaultSchedule)
		if s.Class == "" {
			s.Class = "outlet"
			if s.Social() {
				s.Class = "social"
			}
		}
	}
}

// or is the first that is not "".
func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// at is where the value at path stands, or the nearest value around it that the file has.
func (d *decoder) at(path string) place {
	for {
		if p, ok := d.places[path]; ok {
			return p
		}
		i := strings.LastIndexAny(path, ".[")
		if i < 0 {
			return place{}
		}
		path = path[:i]
	}
}

// reject reports a problem of the value at path.
func (d *decoder) reject(path, format string, args ...any) {
	d.fail(path, d.at(path), format, args...)
}

// check reports everything wrong with what the keys say.
func (d *decoder) check(c *Config) {
	d.checkSettings(c)
	seen := map[string]place{}
	for i, t := range c.Topics {
		path := fmt.Sprintf("topics[%d]", i)
		d.checkID(seen, path, "topic", t.ID)
		if len(t.Terms) == 0 {
			d.reject(path+".terms", "topic %q has no terms; it would match nothing", t.ID)
		}
		for j, term := range t.Terms {
			if strings.TrimSpace(term) == "" {
				d.reject(fmt.Sprintf("%s.terms[%d]", path, j), "topic %q has an empty term", t.ID)
			}
		}
	}
	seen = map[string]place{}
	for i, s := range c.Sources {
		path := fmt.Sprintf("sources[%d]", i)
		d.checkID(seen, path, "source", s.ID)
		d.checkSource(path, s)
	}
}

// checkSettings checks all but topics and sources.
func (d *decoder) checkSettings(c *Config) {
	if c.Store.Path != "" && c.Store.Postgres != "" {
		d.reject("store.postgres", "store has both path and postgres; give one")
	}
	if c.Store.Path == "" && c.Store.Postgres == "" {
		d.reject("store.path", `store: path is empty; give a file such as data/tallywire.db`)
	}
	if p := c.Store.Postgres; p != "" && !strings.HasPrefix(p, "postgres://") && !strings.HasPrefix(p, "postgresql://") {
		d.reject("store.postgres", "postgres: expected an address that begins with postgres://")
	}
	if _, port, err := net.SplitHostPort(c.Server.Listen); err != nil {
		d.reject("server.listen", `listen: %q is no address; write host:port such as "127.0.0.1:8787"`, c.Server.Listen)
	} else if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		d.reject("server.listen", "listen: port %q is not between 0 and 65535", port)
	}
	w := c.Crawler
	if strings.TrimSpace(w.UserAgent) == "" || strings.ContainsAny(w.UserAgent, "\r\n") {
		d.reject("crawler.user_agent", "user_agent: expected one line that names the crawler and where to reach you")
	}
	if w.Concurrency < 1 || w.Concurrency > maxConcurrency {
		d.reject("crawler.concurrency", "concurrency: %d is not between 1 and %d", w.Concurrency, maxConcurrency)
	}
	if w.MaxBody < minBody || w.MaxBody > maxBody {
		d.reject("crawler.max_body", "max_body: %s is not between %s and %s", w.MaxBody, Size(minBody), Size(maxBody))
	}
	if len(w.Revisit) > 1 && slices.Contains(w.Revisit, time.Duration(0)) {
		d.reject("crawler.revisit", "revisit: 0s means at every pass and stands alone; write [0s], or ages above it")
	}
	for key, address := range map[string]string{"publish.url": c.Publish.URL, "publish.base": c.Publish.Base} {
		if u, err := url.Parse(address); address != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "") {
			d.reject(key, "%s: %q is no address of a site; write https://desk.example", lastKey(key), address)
		}
	}
	if c.Claims.MinIndependent < 1 {
		d.reject("claims.min_independent", "min_independent: %d is less than 1", c.Claims.MinIndependent)
	}
}

// checkID checks that an entry has an ID of the right shape that no entry before it has.
func (d *decoder) checkID(seen map[string]place, path, kind, id string) {
	path += ".id"
	if d.bad[path] {
		return
	}
	if id == "" {
		d.reject(path, "%s without id; give it one of a-z, 0-9 and -", kind)
		return
	}
	if !idShape.MatchString(id) {
		d.reject(path, "id %q: only a-z, 0-9 and - are allowed, 64 at most%s", id, betterID(id))
		return
	}
	if first, twice := seen[id]; twice {
		d.reject(path, "id %q is taken by the %s in line %d", id, kind, first.line)
		return
	}
	seen[id] = d.at(path)
}

// betterID suggests an ID of the right shape.
func betterID(id string) string {
	better := strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(id), "-"), "-")
	if !idShape.MatchString(better) {
		return ""
	}
	return fmt.Sprintf("; write %q", better)
}

// checkSource checks one source.
func (d *decoder) checkSource(path string, s Source) {
	if !slices.Contains(Types, s.Type) {
		d.reject(path+".type", "type %q is none of %s%s", s.Type, strings.Join(Types, ", "), suggest(s.Type, Types))
		return // what else it needs depends on the type
	}
	if !slices.Contains(Classes, s.Class) {
		d.reject(path+".class", "class %q is none of %s%s", s.Class, strings.Join(Classes, ", "), suggest(s.Class, Classes))
	}
	d.checkAddress(path+".url", s)
	switch has := s.Account != "" || s.Search != ""; {
	case s.Social() && !has:
		d.reject(path+".account", "source %q of type %s needs an account or a search", s.ID, s.Type)
	case s.Social() && s.Account != "" && s.Search != "":
		d.reject(path+".search", "source %q has both account and search; give one, and the other to a source of its own", s.ID)
	case s.Type == "telegram" && s.Search != "":
		d.reject(path+".search", "telegram has no public search; name an account")
	case !s.Social() && s.Account != "":
		d.reject(path+".account", "account is for social sources; source %q is of type %s", s.ID, s.Type)
	case !s.Social() && s.Search != "":
		d.reject(path+".search", "search is for social sources; source %q is of type %s", s.ID, s.Type)
	}
	if s.Class == "party" && s.Party == "" {
		d.reject(path+".party", "source %q of class party needs party: the side it speaks for", s.ID)
	}
	if s.Language != "" && !languageShape.MatchString(s.Language) {
		d.reject(path+".language", `language %q is no language tag; write "en", "uk" or "pt-BR"`, s.Language)
	}
	if _, err := ParseSchedule(s.Schedule); err != nil {
		d.reject(path+".schedule", "schedule: %v", err)
	}
}

// checkAddress checks a source's url.
func (d *decoder) checkAddress(path string, s Source) {
	if s.URL == "" {
		d.reject(path, "source %q of type %s needs a url", s.ID, s.Type)
		return
	}
	u, err := url.Parse(s.URL)
	switch {
	case err != nil:
		d.reject(path, "url %q is no address", s.URL)
	case u.Scheme == "" || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		d.reject(path, "url %q is not absolute; begin with https:// or http://", s.URL)
	case u.User != nil:
		d.reject(path, "url of source %q holds a user name or password; secrets come from the environment", s.ID)
	}
}
