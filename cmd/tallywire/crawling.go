package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tallywire/archive"
	"tallywire/claims"
	"tallywire/crawler"
	"tallywire/internal/config"
	"tallywire/internal/pacing"
	"tallywire/pipeline"
	"tallywire/store"
)

// A crawl is a configuration's crawler joined to its pipeline.
type crawl struct {
	pipeline *pipeline.Pipeline
	crawler  *crawler.Crawler
	archive  *archive.Archive // nil where nothing is kept
	pace     func()           // ends the pace of collecting garbage
}

// crawling opens archive and crawler over an open store. The caller closes it.
func (e *env) crawling(c config.Config, s store.Store, progress crawler.Progress) (*crawl, error) {
	p := e.pipeline(c, s)
	out := &crawl{pipeline: p, pace: pacing.Start(pacing.Size)}
	o := e.crawlerOptions(c, s)
	o.Sink, o.Progress = p.Sink, progress
	if c.Archive.Dir != "" {
		w, err := archive.Open(archive.Options{Dir: c.Archive.Dir, Now: e.now, Logger: e.logger(), Software: "tallywire/" + version, Agent: honestAgent(c.Crawler.UserAgent)})
		if err != nil {
			return nil, errors.Join(fmt.Errorf("open archive %s: %w", c.Archive.Dir, err), out.close())
		}
		out.archive, o.Archive = w, w
	}
	var err error
	if out.crawler, err = crawler.New(o); err != nil {
		return nil, errors.Join(err, out.close())
	}
	return out, nil
}

// crawlerOptions are the settings of a configuration and the secrets of the environment. The Sink refuses everything.
func (e *env) crawlerOptions(c config.Config, state crawler.State) crawler.Options {
	return crawler.Options{
		UserAgent: honestAgent(c.Crawler.UserAgent), Delay: c.Crawler.Delay, Concurrency: c.Crawler.Concurrency, MaxAge: c.Crawler.MaxAge,
		MaxBody: int64(c.Crawler.MaxBody), Revisit: c.Crawler.Revisit, AllowPrivateNetworks: c.Crawler.AllowPrivateNetworks,
		BearerToken: e.getenv("X_BEARER_TOKEN"), Tokens: tokens(e.getenv("MASTODON_TOKENS")),
		BlueskyHandle: e.getenv("BLUESKY_HANDLE"), BlueskyPassword: e.getenv("BLUESKY_APP_PASSWORD"),
		Owners: crawler.NewOwners(doors(c)), State: state, Now: e.now, Logger: e.logger(),
		Sink: func(context.Context, crawler.Fetched) (crawler.Result, error) {
			return crawler.Result{Outcome: crawler.Refused}, nil
		},
	}
}

func (c *crawl) close() error {
	defer c.pace()
	if c.crawler != nil {
		c.crawler.Close()
	}
	if c.archive != nil {
		return c.archive.Close()
	}
	return nil
}

// tokens reads "host=token,host=token", one access token for each Mastodon server.
func tokens(list string) map[string]string {
	out := map[string]string{}
	for pair := range strings.SplitSeq(list, ",") {
		if host, token, ok := strings.Cut(strings.TrimSpace(pair), "="); ok {
			out[host] = token
		}
	}
	return out
}

// doors are all sources as the crawler needs to know them.
func doors(c config.Config) []crawler.Source {
	var out []crawler.Source
	for _, s := range c.Sources {
		out = append(out, crawler.Source{ID: claims.SourceID(s.ID), Type: crawler.Type(s.Type), URL: s.URL, Account: s.Account, Search: s.Search,
			Include: s.Include, Exclude: s.Exclude, Language: s.Language})
	}
	return out
}

// named gives the crawler's sources for some IDs, all of them for none. An ID that config.yaml does not have is ErrNotFound.
func named(c config.Config, ids []string) ([]crawler.Source, error) {
	var out []crawler.Source
	for _, s := range doors(c) {
		if len(ids) == 0 || slices.Contains(ids, string(s.ID)) {
			out = append(out, s)
		}
	}
	for _, id := range ids {
		if !slices.ContainsFunc(c.Sources, func(s config.Source) bool { return s.ID == id }) {
			return nil, fmt.Errorf("source %q: config.yaml has %s: %w", id, knownSources(c), claims.ErrNotFound)
		}
	}
	if len(out) == 0 {
		return nil, usagef("%s names no sources; add some under `sources:`", c.File)
	}
	return out, nil
}

func knownSources(c config.Config) string {
	var ids []string
	for _, s := range c.Sources {
		ids = append(ids, s.ID)
	}
	if len(ids) == 0 {
		return "no sources"
	}
	return strings.Join(ids, ", ")
}

// completeSources offers the configuration's source IDs to the shell.
func (e *env) completeSources(context.Context) []string {
	c, err := e.config()
	if err != nil {
		return nil
	}
	var ids []string
	for _, s := range c.Sources {
		ids = append(ids, s.ID+"\t"+s.Name)
	}
	return ids
}
