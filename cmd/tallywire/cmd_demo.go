package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"tallywire/demo"
	"tallywire/internal/config"
	"tallywire/pipeline"
	"tallywire/store"
)

func newDemo(e *env) *cobra.Command {
	var once bool
	var listen string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "A bundled sample newsroom: crawl it, show the board, serve it",
		Long: `Needs no configuration and no network. Serves a sample newsroom of nine hosts on loopback, three days of the prisoner
exchange of May 2025, crawls it for real day by day into a temporary store, prints the board, and serves it until interrupted.`,
		Example: "  tallywire demo\n  tallywire demo --once",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.demo(cmd.Context(), once, listen)
		},
	}
	cmd.Flags().BoolVar(&once, "once", false, "end after the board")
	cmd.Flags().StringVar(&listen, "listen", config.Default().Server.Listen, "`ADDRESS` to serve on")
	return cmd
}

func (e *env) demo(ctx context.Context, once bool, listen string) (err error) {
	began := time.Now()
	dir, err := os.MkdirTemp("", "tallywire-demo-")
	if err != nil {
		return fmt.Errorf("make a temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	room, err := demo.Start(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, room.Close()) }()
	conf, err := demoConfig(room, dir)
	if err != nil {
		return err
	}
	s, err := e.open(conf)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	fmt.Fprintf(e.out, "A sample newsroom on loopback: %d sources, three days of May 2025.\n", len(conf.Sources))
	if err := e.demoDays(ctx, conf, s, room); err != nil {
		return err
	}
	all, err := pipeline.All(ctx, s)
	if err != nil {
		return err
	}
	fmt.Fprintln(e.out)
	if err := board(e.out, demoOrder(all), colourful(e)); err != nil {
		return err
	}
	fmt.Fprintf(e.err, "done in %.1f s\n", time.Since(began).Seconds())
	if once {
		return nil
	}
	return e.serveDemo(ctx, listen, conf, s)
}

// serveDemo serves the sample with all that a desk has: its sources can be crawled again.
func (e *env) serveDemo(ctx context.Context, listen string, conf config.Config, s store.Store) (err error) {
	own := *e
	own.getenv = func(string) string { return "demo" }
	if _, port, err := net.SplitHostPort(listen); err == nil && port != "0" {
		conf.Publish.Base, conf.Publish.URL = "http://"+listen, "http://"+listen+"/" // so that every export can be tried
	}
	now := pipeline.NewNow(ctx)
	job, err := own.crawling(conf, s, now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, job.close()) }()
	defer now.Wait()
	pages, err := own.newDesk(ctx, conf, s, job, now)
	if err != nil {
		return err
	}
	pages.example = demo.Draft
	return own.serve(ctx, listen, conf, pages)
}

// demoDays crawls the sample day by day and prints what each day brought.
func (e *env) demoDays(ctx context.Context, conf config.Config, s store.Store, room *demo.Newsroom) (err error) {
	own := *e
	own.getenv = func(string) string { return "demo" } // the sample's platforms take any token; no real one is sent to them
	job, err := own.crawling(conf, s, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, job.close()) }()
	sources, err := named(conf, nil)
	if err != nil {
		return err
	}
	for i, day := range demo.Days {
		if err := room.Day(day); err != nil {
			return err
		}
		r, err := job.pipeline.Crawl(ctx, job.crawler, sources)
		if err != nil {
			return err
		}
		fetched, fresh, unchanged := 0, 0, 0
		for _, src := range r.Sources {
			fetched, fresh, unchanged = fetched+src.Fetched, fresh+src.New, unchanged+src.Unchanged
		}
		fmt.Fprintf(e.out, "%d May: %d documents fetched, %d new, %d unchanged; %s on the board\n", 23+i, fetched, fresh, unchanged, plural(r.Board.Claims, "claim"))
	}
	return nil
}

// demoConfig is the sample's configuration, with the addresses at which it is served.
func demoConfig(room *demo.Newsroom, dir string) (config.Config, error) {
	c, err := config.Parse("demo", demo.Config(room))
	if err != nil {
		return c, err
	}
	c.Store.Path, c.Archive.Dir = filepath.Join(dir, "tallywire.db"), filepath.Join(dir, "archive")
	return c, nil
}
