package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"tallywire/claims"
	"tallywire/crawler"
	"tallywire/internal/config"
	"tallywire/pipeline"
	"tallywire/store"
	"tallywire/store/boltstore"
)

// An env is what a command gets from outside: streams, environment, clock, and the flags of the root.
type env struct {
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
	now      func() time.Time

	configFile string // --config
	logLevel   string // --log
	quiet      bool   // --quiet
}

// The exit codes of the contract.
const (
	exitOK       = 0
	exitFailed   = 1
	exitUsage    = 2
	exitNotFound = 3
)

// A usageError is a wrong call: unknown flags, arguments that do not fit.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// exitCode turns a kind of error into an exit code.
func exitCode(err error) int {
	var usage usageError
	var conf *config.Error
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &usage), errors.As(err, &conf), errors.Is(err, config.ErrNoFile), errors.Is(err, claims.ErrInvalid):
		return exitUsage
	case errors.Is(err, claims.ErrNotFound):
		return exitNotFound
	}
	return exitFailed
}

// hint says what to do about an error, "" where its text says it already.
func hint(err error) string {
	var address *net.OpError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return "another program listens there, perhaps another tallywire; stop it, or choose another address with --listen"
	case errors.As(err, &address) && address.Op == "listen":
		return "an address is HOST:PORT, such as 127.0.0.1:8787"
	case errors.Is(err, config.ErrNoFile):
		return "write a config.yaml here, or name one with --config FILE; `tallywire demo` runs without"
	case errors.Is(err, store.ErrInUse):
		return "another tallywire (run, crawl or serve) holds the store; wait for it to end, or stop it"
	case errors.Is(err, store.ErrNoStore):
		return "restore it from a backup with `tallywire db restore`, or move the file away to begin anew"
	case errors.Is(err, store.ErrDamaged):
		return "run `tallywire db check`, then `tallywire db restore FILE` with your last backup"
	case errors.Is(err, syscall.ENOSPC):
		return "the disk is full: make room on it and start again; what was stored is whole"
	}
	var door *crawler.Failure
	if errors.As(err, &door) {
		return doorHints[door.Reason]
	}
	return ""
}

// doorHints say what to do about a door that cannot be entered.
var doorHints = map[crawler.Reason]string{
	crawler.ReasonPrivate:   "the address is of this machine or a private network; if it is yours, set crawler.allow_private_networks: true in config.yaml",
	crawler.ReasonRobots:    "the site's robots.txt closes this address to crawlers: ask the publisher, or choose another door",
	crawler.ReasonForbidden: "the site refuses crawlers, or this one: ask the publisher to let crawler.user_agent in",
	crawler.ReasonChallenge: "the site checks for bots, which is not got round: ask the publisher to let crawler.user_agent in, or choose a feed",
	crawler.ReasonNotFound:  "open the address in a browser and copy it anew; `tallywire sources test` with the front page finds the feeds of a site",
	crawler.ReasonGone:      "open the address in a browser and copy it anew; `tallywire sources test` with the front page finds the feeds of a site",
	crawler.ReasonNotFeed:   "run `tallywire sources test` with the address: it finds the feeds that a page names",
	crawler.ReasonNotPage:   "name a feed, a sitemap or a page that links to articles",
	crawler.ReasonDNS:       "look for a typing mistake in the host's name, and whether this machine reaches the network",
	crawler.ReasonToken:     "set the platform's token in the environment: X_BEARER_TOKEN, MASTODON_TOKENS, or BLUESKY_HANDLE with BLUESKY_APP_PASSWORD",
}

func (e *env) logger() *slog.Logger {
	level := slog.LevelWarn
	if err := level.UnmarshalText([]byte(e.logLevel)); err != nil {
		level = slog.LevelWarn
	}
	return slog.New(slog.NewTextHandler(e.err, &slog.HandlerOptions{Level: level}))
}

// config reads the configuration that the root's flags name.
func (e *env) config() (config.Config, error) {
	path, err := config.Find(e.configFile)
	if err != nil {
		return config.Config{}, err
	}
	return config.Load(path)
}

// open opens the store of a configuration. The caller closes it.
func (e *env) open(c config.Config) (store.Store, error) {
	if c.Store.Postgres != "" {
		return nil, usagef("store.postgres: this build keeps its data in a file; set store.path")
	}
	if err := os.MkdirAll(filepath.Dir(c.Store.Path), 0o755); err != nil {
		return nil, fmt.Errorf("make the store's folder: %w", err)
	}
	s, err := boltstore.Open(c.Store.Path, boltstore.Options{})
	if err != nil {
		return nil, err
	}
	return &watched{Store: s, env: e, dir: searchDir(c)}, nil
}

// pipeline joins the stages for a configuration and an open store.
func (e *env) pipeline(c config.Config, s store.Store) *pipeline.Pipeline {
	return &pipeline.Pipeline{Store: s, Settings: settings(c), Now: e.now, Log: e.logger(), Scratch: func() (pipeline.Store, func(), error) { return scratch(c) }}
}

// scratch makes an empty store beside that of a configuration, on the same disk, and what removes it. It also removes those that
// processes left which were killed; the caller has the configuration's store open, so that nobody else is at work.
func scratch(c config.Config) (pipeline.Store, func(), error) {
	beside, name := filepath.Dir(c.Store.Path), "."+filepath.Base(c.Store.Path)+".judging-*"
	left, err := filepath.Glob(filepath.Join(beside, name))
	for _, dir := range left {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	if err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp(beside, name)
	if err != nil {
		return nil, nil, err
	}
	s, err := boltstore.Open(filepath.Join(dir, "board.db"), boltstore.Options{})
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, func() { _ = errors.Join(s.Close(), os.RemoveAll(dir)) }, nil
}

// settings gives the judge's settings of a configuration.
func settings(c config.Config) claims.Settings {
	s := claims.DefaultSettings()
	s.MinIndependent, s.DisputeWindow = c.Claims.MinIndependent, c.Claims.DisputeWindow
	for _, src := range c.Sources {
		s.Sources = append(s.Sources, claims.Source{ID: claims.SourceID(src.ID), Name: src.Name, Class: claims.Class(src.Class), Owner: src.Owner,
			Party: src.Party, Register: src.Register, Language: src.Language, Social: src.Social(), Account: src.Account})
	}
	for _, t := range c.Topics {
		s.Topics = append(s.Topics, claims.Topic{ID: t.ID, Name: t.Name, Terms: t.Terms})
	}
	return s
}

// withStore runs f with the configuration's store open.
func (e *env) withStore(ctx context.Context, f func(context.Context, config.Config, store.Store) error) (err error) {
	c, err := e.config()
	if err != nil {
		return err
	}
	s, err := e.open(c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	engine, err := e.listen(ctx, c, s)
	if err != nil {
		return err
	}
	if err := f(ctx, c, s); err != nil || engine == nil || ctx.Err() != nil {
		return err
	}
	return engine.FlushNew(ctx)
}
