package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"tallywire/alert"
	"tallywire/internal/config"
	"tallywire/search"
	"tallywire/store"
)

// listen has a configuration's alert rules look at whatever is written to the store, and at what was written
// while nobody looked. It returns nil where there are no rules.
func (e *env) listen(ctx context.Context, c config.Config, s store.Store) (*alert.Engine, error) {
	w, ok := s.(*watched)
	if !ok || len(c.Alerts.Rules) == 0 {
		return nil, nil
	}
	o := alert.Options{Settings: s, Board: s, Now: e.now, Log: e.logger()}
	for _, r := range c.Alerts.Rules {
		rule, err := alertRule(r)
		if err != nil {
			return nil, err
		}
		o.Rules = append(o.Rules, rule)
	}
	for _, ch := range c.Alerts.Channels {
		sender, err := e.sender(c, ch)
		if err != nil {
			sender = without{err} // commands that send nothing need no secrets; what is queued waits
		}
		o.Channels = append(o.Channels, alert.Channel{ID: ch.ID, Sender: sender, Digest: ch.Digest})
	}
	engine, err := alert.New(o)
	if err != nil {
		return nil, err
	}
	version, err := w.version(ctx)
	if err != nil {
		return nil, err
	}
	if err := engine.CatchUp(ctx, version); err != nil {
		return nil, err
	}
	w.listen, w.alerts = engine.Observe, engine
	return engine, nil
}

// without is the sender of a channel whose secret is not there.
type without struct{ err error }

// Send implements alert.Sender.
func (w without) Send(context.Context, alert.Delivery) error { return w.err }

// alertRule reads a rule; config has checked its shape.
func alertRule(r config.AlertRule) (alert.Rule, error) {
	out := alert.Rule{ID: r.ID, To: r.To}
	for _, k := range r.When {
		out.When = append(out.When, alert.Kind(k))
	}
	var err error
	if out.Query, err = search.Parse(r.Query); err != nil {
		return out, usagef("alerts: rule %s: query: %w", r.ID, err)
	}
	by, share := strings.CutSuffix(r.By, "%")
	if out.Share = share; by != "" {
		if out.By, err = decimal.NewFromString(by); err != nil {
			return out, usagef("alerts: rule %s: by %q: %w", r.ID, r.By, err)
		}
	}
	return out, nil
}

// sender makes the sender of a channel. Its error names the variable that is missing.
func (e *env) sender(c config.Config, ch config.AlertChannel) (alert.Sender, error) {
	secret := func(name string) (string, error) {
		if v := e.getenv(name); v != "" {
			return v, nil
		}
		return "", usagef("alert channel %s: the environment variable %s is not set", ch.ID, name)
	}
	if ch.Type == "mail" {
		m := c.Alerts.Mail
		out := &alert.Mail{Host: m.Host, Port: m.Port, TLS: m.TLS, From: m.From, To: ch.To, User: m.User, Base: c.Publish.Base, Title: c.Publish.Name}
		if m.User != "" {
			var err error
			if out.Password, err = secret("TALLYWIRE_SMTP_PASSWORD"); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	address := ch.URL
	if ch.URLEnv != "" {
		var err error
		if address, err = secret(ch.URLEnv); err != nil {
			return nil, err
		}
	}
	client := alert.Client(c.Alerts.AllowPrivateNetworks)
	if ch.Type != "webhook" {
		return &alert.Chat{URL: address, Mattermost: ch.Type == "mattermost", Base: c.Publish.Base, Client: client}, nil
	}
	out := &alert.Webhook{URL: address, Base: c.Publish.Base, Client: client}
	if ch.SecretEnv != "" {
		raw, err := secret(ch.SecretEnv)
		if err != nil {
			return nil, err
		}
		if out.Secret, err = alert.ParseSecret(raw); err != nil {
			return nil, fmt.Errorf("alert channel %s: %s: %w", ch.ID, ch.SecretEnv, err)
		}
	}
	return out, nil
}

// deliver sends alerts until ctx ends; stop waits for the one under way. A secret that is missing is an error at once.
func (e *env) deliver(ctx context.Context, c config.Config, s store.Store) (stop func(), err error) {
	w, ok := s.(*watched)
	if !ok || w.alerts == nil {
		return func() {}, nil
	}
	for _, ch := range c.Alerts.Channels {
		if _, err := e.sender(c, ch); err != nil {
			return nil, err
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.alerts.Run(ctx)
	}()
	return func() { cancel(); <-done }, nil
}
