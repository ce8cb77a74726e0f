package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tallywire/claims"
)

// run calls one subcommand and returns its exit code.
func run(ctx context.Context, args []string, e *env) int {
	root := newRoot(e)
	root.SetArgs(args)
	root.SetIn(e.in)
	root.SetOut(e.out)
	root.SetErr(e.err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	// The kind of an error is for programs; to a person "invalid" says nothing that the rest does not.
	fmt.Fprintf(e.err, "error: %s\n", strings.TrimPrefix(strings.TrimSpace(err.Error()), claims.ErrInvalid.Error()+": "))
	if h := hint(err); h != "" {
		fmt.Fprintf(e.err, "hint: %s\n", h)
	}
	return exitCode(err)
}

func newRoot(e *env) *cobra.Command {
	root := &cobra.Command{
		Use:   "tallywire",
		Short: "Track the numbers in the news and what the sources make of them",
		Long: `tallywire crawls news sites and social posts, finds the numbers in them, groups the mentions of one claim over
sources and languages, and marks each claim verified, disputed or unverified against its sources, with reasons.

Exit codes: 0 done, 1 the work or a whole source failed, 2 wrong usage or configuration, 3 not found.`,
		Example: `  tallywire demo --once                a bundled newsroom, without network or configuration
  tallywire crawl                      one pass over all sources of config.yaml
  tallywire claims captives --status disputed
  tallywire export --format csv --out board.csv`,
		SilenceUsage: true, SilenceErrors: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				return usagef("unknown command %q; did you mean %q?", args[0], near[0])
			}
			return usagef("unknown command %q; `tallywire --help` lists them", args[0])
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SuggestionsMinimumDistance = 2
	root.PersistentFlags().StringVar(&e.configFile, "config", "", "configuration `FILE` (default: config.yaml here, then the user's config folder)")
	root.PersistentFlags().StringVar(&e.logLevel, "log", "warn", "least `LEVEL` to log: debug, info, warn, error")
	root.PersistentFlags().BoolVar(&e.quiet, "quiet", false, "no progress")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(
		newDemo(e), newRun(e), newCrawl(e), newIngest(e), newExtractCmd(), newArticle(e), newClaims(e), newShow(e), newExport(e),
		newVerify(e), newSources(e), newRejudge(e), newReindex(e), newReview(e), newAlerts(e), newToken(e), newAudit(e), newCheck(e), newServe(e), newDB(e), newVersion(e),
	)
	for _, c := range root.Commands() {
		asUsage(c)
	}
	return root
}

// asUsage makes a wrong number of arguments a usage error, in every subcommand.
func asUsage(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usagef("want `%s`, got %s; see `%s --help`", strings.TrimSuffix(cmd.UseLine(), " [flags]"), plural(len(args), "argument"), cmd.CommandPath())
			}
			return nil
		}
	}
	for _, sub := range c.Commands() {
		asUsage(sub)
	}
}
