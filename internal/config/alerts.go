package config

import (
	"fmt"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Alerts says who is told of what changes on the board.
type Alerts struct {
	// AllowPrivateNetworks lets webhooks go to loopback and private addresses.
	AllowPrivateNetworks bool           `yaml:"allow_private_networks"`
	Mail                 Mail           `yaml:"mail"`
	Channels             []AlertChannel `yaml:"channels"`
	Rules                []AlertRule    `yaml:"rules"`
}

// Mail is the server that sends mail. Its password comes from TALLYWIRE_SMTP_PASSWORD.
type Mail struct {
	Host string `yaml:"host"`
	Port int    `yaml:"port"`
	TLS  string `yaml:"tls"` // mandatory, opportunistic or none
	From string `yaml:"from"`
	User string `yaml:"user"`
}

// An AlertChannel is where alerts go. Secrets are named, and come from the environment.
type AlertChannel struct {
	ID        string        `yaml:"id"`
	Type      string        `yaml:"type"`       // one of ChannelTypes
	URL       string        `yaml:"url"`        // webhook, where the address is no secret
	URLEnv    string        `yaml:"url_env"`    // or the environment variable that holds it
	SecretEnv string        `yaml:"secret_env"` // webhook: the environment variable with the signing secret
	To        []string      `yaml:"to"`         // mail: addresses
	Digest    time.Duration `yaml:"digest"`     // 0: each at once; else those of each such stretch of UTC together
}

// An AlertRule picks what is told.
type AlertRule struct {
	ID    string   `yaml:"id"`
	When  []string `yaml:"when"`  // of AlertKinds
	Query string   `yaml:"query"` // full-text query with fields; "" takes all claims
	By    string   `yaml:"by"`    // value: more than this, "10" or "5%"; "" any change
	To    []string `yaml:"to"`    // IDs of channels
}

// ChannelTypes lists the types of channel.
var ChannelTypes = []string{"webhook", "slack", "mattermost", "mail"}

// AlertKinds lists what a rule can wait for.
var AlertKinds = []string{"status", "value", "new", "stale"}

var (
	envShape = regexp.MustCompile(`^[A-Z][A-Z0-9_]{0,99}$`)
	byShape  = regexp.MustCompile(`^[0-9]{1,15}(\.[0-9]{1,6})?%?$`)
)

// maxDigest is the longest stretch of a digest: a week.
const maxDigest = 7 * 24 * time.Hour

// checkAlerts checks the section alerts.
func (d *decoder) checkAlerts(a Alerts) {
	seen := map[string]place{}
	for i, c := range a.Channels {
		path := fmt.Sprintf("alerts.channels[%d]", i)
		d.checkID(seen, path, "channel", c.ID)
		d.checkChannel(path, c, a.Mail)
	}
	rules := map[string]place{}
	for i, r := range a.Rules {
		path := fmt.Sprintf("alerts.rules[%d]", i)
		d.checkID(rules, path, "rule", r.ID)
		if len(r.When) == 0 {
			d.reject(path+".when", "rule %q waits for nothing; when is one or more of %s", r.ID, strings.Join(AlertKinds, ", "))
		}
		for j, k := range r.When {
			if !slices.Contains(AlertKinds, k) {
				d.reject(fmt.Sprintf("%s.when[%d]", path, j), "when: %q is none of %s%s", k, strings.Join(AlertKinds, ", "), suggest(k, AlertKinds))
			}
		}
		if r.By != "" && !byShape.MatchString(r.By) {
			d.reject(path+".by", `by: %q; write a number such as "10", or a share such as "5%%"`, r.By)
		}
		if r.By != "" && !slices.Contains(r.When, "value") {
			d.reject(path+".by", "by is for rules that wait for value; rule %q does not", r.ID)
		}
		if len(r.To) == 0 {
			d.reject(path+".to", "rule %q goes to no channel", r.ID)
		}
		for j, to := range r.To {
			if _, ok := seen[to]; !ok {
				d.reject(fmt.Sprintf("%s.to[%d]", path, j), "to: there is no channel %q under alerts.channels", to)
			}
		}
	}
	if m := a.Mail; m.Port < 1 || m.Port > 65535 {
		d.reject("alerts.mail.port", "port: %d is not between 1 and 65535", m.Port)
	} else if !slices.Contains([]string{"mandatory", "opportunistic", "none"}, m.TLS) {
		d.reject("alerts.mail.tls", "tls: %q is none of mandatory, opportunistic, none", m.TLS)
	}
	if a.Mail.From != "" {
		if _, err := mail.ParseAddress(a.Mail.From); err != nil {
			d.reject("alerts.mail.from", "from: %q is no mail address", a.Mail.From)
		}
	}
}

// checkChannel checks one channel.
func (d *decoder) checkChannel(path string, c AlertChannel, m Mail) {
	if !slices.Contains(ChannelTypes, c.Type) {
		d.reject(path+".type", "type %q is none of %s%s", c.Type, strings.Join(ChannelTypes, ", "), suggest(c.Type, ChannelTypes))
		return
	}
	if c.Digest < 0 || c.Digest > maxDigest || c.Digest > 0 && c.Digest < time.Minute {
		d.reject(path+".digest", "digest: %s is not between 1m and 168h; 0s sends each alert at once", c.Digest)
	}
	for key, name := range map[string]string{"url_env": c.URLEnv, "secret_env": c.SecretEnv} {
		if name != "" && !envShape.MatchString(name) {
			d.reject(path+"."+key, "%s: this is no name of an environment variable; secrets stand in the environment, only their names here", key) // it may be the secret
		}
	}
	if c.Type == "mail" {
		switch {
		case len(c.To) == 0:
			d.reject(path+".to", "channel %q of type mail needs to: one or more addresses", c.ID)
		case m.Host == "" || m.From == "":
			d.reject(path, "channel %q of type mail needs alerts.mail.host and alerts.mail.from", c.ID)
		}
		for i, to := range c.To {
			if _, err := mail.ParseAddress(to); err != nil {
				d.reject(fmt.Sprintf("%s.to[%d]", path, i), "to: %q is no mail address", to)
			}
		}
		return
	}
	switch u, err := url.Parse(c.URL); {
	case (c.URL == "") == (c.URLEnv == ""):
		d.reject(path+".url", "channel %q needs one of url and url_env", c.ID)
	case c.URL != "" && c.Type != "webhook":
		d.reject(path+".url", "the address of a %s webhook is a secret: put it into the environment and name the variable in url_env", c.Type)
	case c.URL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil):
		d.reject(path+".url", "url of channel %q is no absolute address without a user name; begin with https://", c.ID)
	}
	if len(c.To) > 0 {
		d.reject(path+".to", "to is for channels of type mail; %q is of type %s", c.ID, c.Type)
	}
	if c.SecretEnv != "" && c.Type != "webhook" {
		d.reject(path+".secret_env", "secret_env is for channels of type webhook; %q is of type %s", c.ID, c.Type)
	}
}
