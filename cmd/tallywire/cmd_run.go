package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"tallywire/internal/config"
	"tallywire/internal/pacing"
	"tallywire/pipeline"
	"tallywire/store"
)

func newRun(e *env) *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use:     "run",
		Short:   "The whole service: scheduler, crawler, judge, web pages and API",
		Long:    "Crawls every source on its schedule and serves the board until interrupted. Passes of one source never overlap; ticks missed while nothing ran are made up by one pass.",
		Example: "  tallywire run\n  tallywire run --listen 127.0.0.1:9000",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.withStore(cmd.Context(), func(ctx context.Context, c config.Config, s store.Store) (err error) {
				if listen != "" {
					c.Server.Listen = listen
				}
				ctx, stop := context.WithCancelCause(ctx)
				defer stop(nil)
				e.warnOfContact(c.Crawler.UserAgent)
				now := pipeline.NewNow(ctx)
				job, err := e.crawling(c, s, now)
				if err != nil {
					return err
				}
				defer func() { err = errors.Join(err, job.close()) }()
				defer now.Wait()
				timed, err := schedules(c)
				if err != nil {
					return err
				}
				if job.archive != nil {
					var tidy sync.WaitGroup
					tidy.Go(func() { job.pipeline.KeepTidy(ctx, job.archive, c.Archive.Retention) })
					defer func() { stop(nil); tidy.Wait() }()
				}
				pages, err := e.newDesk(ctx, c, s, job, now)
				if err != nil {
					return err
				}
				served := make(chan error, 1)
				go func() {
					err := e.serve(ctx, c.Server.Listen, c, pages)
					stop(err)
					served <- err
				}()
				ran := job.pipeline.Run(ctx, job.crawler, s, timed)
				stop(ran)
				return errors.Join(ran, <-served)
			})
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "", "`ADDRESS` to serve on (default: server.listen of config.yaml)")
	return cmd
}

func schedules(c config.Config) ([]pipeline.Timed, error) {
	sources, err := named(c, nil)
	if err != nil {
		return nil, err
	}
	out := make([]pipeline.Timed, len(sources))
	for i, s := range sources {
		when, err := config.ParseSchedule(c.Sources[i].Schedule)
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", s.ID, err)
		}
		out[i] = pipeline.Timed{Source: s, When: when}
	}
	return out, nil
}

func newServe(e *env) *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use: "serve", Short: "Web pages and API alone", Args: cobra.NoArgs, Example: "  tallywire serve --listen 127.0.0.1:9000",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.withStore(cmd.Context(), func(ctx context.Context, c config.Config, s store.Store) error {
				if listen == "" {
					listen = c.Server.Listen
				}
				pages, err := e.newDesk(ctx, c, s, nil, nil)
				if err != nil {
					return err
				}
				return e.serve(ctx, listen, c, pages)
			})
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "", "`ADDRESS` to serve on (default: server.listen of config.yaml)")
	return cmd
}

// patient is a server that waits for nobody for ever. The limits are those of reliability.md 5.3.
func patient(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: time.Minute, IdleTimeout: 90 * time.Second, MaxHeaderBytes: 64 << 10}
}

// serve shows the desk until ctx ends, then lets requests under way finish for up to ten seconds. Pages answer from
// the start; the board says that it is being read until it is.
func (e *env) serve(ctx context.Context, listen string, c config.Config, d *desk) error {
	pacing.Percent(50) // the board lies in memory: less of it again as garbage
	web, err := d.server(e.api(c, d).Register)
	if err != nil {
		return err
	}
	stopAlerts, err := e.deliver(ctx, c, d.store)
	if err != nil {
		return err
	}
	defer stopAlerts()
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", listen)
	if err != nil {
		return fmt.Errorf("serve on %s: %w", listen, err)
	}
	fmt.Fprintf(e.err, "the board is at http://%s/ (Ctrl-C ends)\n", l.Addr())
	hs := patient(web.Handler())
	hs.BaseContext = func(net.Listener) context.Context { return ctx } // streams of events end when ctx does, not when their readers leave
	done, read := make(chan error, 1), make(chan error, 1)             // serving, and the first reading of the board
	index, indexed := d.store.(*watched)
	if indexed {
		index.warming.Store(true)
	}
	go func() { done <- hs.Serve(l) }()
	ctx, stop := context.WithCancel(ctx)
	go func() {
		err := d.board.Load(ctx)
		if indexed {
			err = errors.Join(err, index.warm(ctx))
		}
		debug.FreeOSMemory() // reading a board decodes many times what is kept of it
		read <- err
	}()
	defer func() {
		stop()
		if err := <-read; err != nil && !errors.Is(err, context.Canceled) {
			e.logger().Error("the board was not read", "err", err)
		}
	}()
	select {
	case err := <-done:
		return fmt.Errorf("serve on %s: %w", listen, err)
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := hs.Shutdown(end); err != nil {
		return errors.Join(fmt.Errorf("stop serving: %w", err), hs.Close())
	}
	return nil
}
