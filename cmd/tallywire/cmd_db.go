package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tallywire/archive"
	"tallywire/claims"
	"tallywire/internal/config"
	"tallywire/store"
	"tallywire/store/boltstore"
)

func newDB(e *env) *cobra.Command {
	cmd := &cobra.Command{Use: "db", Short: "Care of the store", Example: "  tallywire db check\n  tallywire db backup /backup/tallywire-2025-05-23.db"}
	cmd.AddCommand(newDBCheck(e), newDBBackup(e), newDBRestore(e), newDBCompact(e), newDBMigrate(e))
	return cmd
}

func newDBCheck(e *env) *cobra.Command {
	var records bool
	cmd := &cobra.Command{
		Use: "check", Short: "Read everything in the store and say what is wrong with it", Args: cobra.NoArgs,
		Long:    "Reads every record of the store and checks it against its checksum and its indexes. With --archive it reads the WARC files of what was fetched too, and checks each record's digest.",
		Example: "  tallywire db check\n  tallywire db check --archive",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.withStore(cmd.Context(), func(ctx context.Context, c config.Config, s store.Store) error {
				problems, err := s.Check(ctx)
				if err != nil {
					return err
				}
				if records {
					bad, err := e.checkArchive(ctx, c)
					if err != nil {
						return err
					}
					problems = append(problems, bad...)
				}
				for _, p := range problems {
					fmt.Fprintln(e.out, p)
				}
				if len(problems) > 0 {
					return fmt.Errorf("%s in %s: %w", plural(len(problems), "problem"), c.Store.Path, store.ErrDamaged)
				}
				fmt.Fprintln(e.out, "the store is sound")
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&records, "archive", false, "read the archived records too; takes about 5 s a gigabyte")
	return cmd
}

// checkArchive reads all WARC files and returns what is wrong with them.
func (e *env) checkArchive(ctx context.Context, c config.Config) ([]string, error) {
	if _, err := os.Stat(c.Archive.Dir); c.Archive.Dir == "" || errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	a, err := archive.Open(archive.Options{Dir: c.Archive.Dir, Now: e.now, Logger: e.logger()})
	if err != nil {
		return nil, fmt.Errorf("open archive %s: %w", c.Archive.Dir, err)
	}
	var bad []string
	files, err := a.Files()
	for _, f := range files {
		n := 0
		if err := a.Check(ctx, f.Name, func(archive.Record) error { n++; return nil }); err != nil {
			bad = append(bad, err.Error())
		}
		fmt.Fprintf(e.err, "%s: %s\n", f.Name, plural(n, "record"))
	}
	return bad, errors.Join(err, a.Close())
}

func newDBBackup(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: "Copy the store into a file, with its checksum beside it", Args: cobra.ExactArgs(1),
		Long:    "Copies the store as it stands at one moment. The WARC files of the archive never change once closed: copy their folder with any tool.",
		Example: "  tallywire db backup /backup/tallywire-2025-05-23.db",
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.withStore(cmd.Context(), func(ctx context.Context, _ config.Config, s store.Store) error {
				if w, ok := s.(*watched); ok {
					s = w.Store
				}
				b, ok := s.(boltstore.Backuper)
				if !ok {
					return usagef("this store is not a file; use its own tools (pg_dump)")
				}
				if err := b.Backup(ctx, args[0]); err != nil {
					return err
				}
				size := int64(0)
				if info, err := os.Stat(args[0]); err == nil {
					size = info.Size()
				}
				fmt.Fprintf(e.out, "%s: %d bytes\n", args[0], size)
				return nil
			})
		},
	}
}

func newDBRestore(e *env) *cobra.Command {
	var replace bool
	cmd := &cobra.Command{
		Use: "restore FILE", Short: "Put a backup in the place of the store", Args: cobra.ExactArgs(1),
		Long:    "Checks the backup first, its checksum and everything in it. A store that is already there is refused unless --replace is given; its file is kept then, under NAME.old.",
		Example: "  tallywire db restore /backup/tallywire-2025-05-23.db",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := e.fileStore()
			if err != nil {
				return err
			}
			if err := os.MkdirAll(filepath.Dir(c.Store.Path), 0o755); err != nil {
				return fmt.Errorf("make the store's folder: %w", err)
			}
			err = boltstore.Restore(cmd.Context(), args[0], c.Store.Path, replace)
			if errors.Is(err, claims.ErrConflict) {
				err = fmt.Errorf("%w; --replace puts the backup in its place and keeps the old file as %s.old", err, c.Store.Path)
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(e.out, "%s is in place, from %s\n", c.Store.Path, args[0])
			return nil
		},
	}
	cmd.Flags().BoolVar(&replace, "replace", false, "also where a store is there; its file is kept as NAME.old")
	return cmd
}

func newDBCompact(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "compact", Short: "Give back the space that deleting left", Args: cobra.NoArgs, Example: "  tallywire db compact",
		Long: "Writes the store anew, checks the result and puts it in the old file's place. Nothing else may have the store open.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := e.fileStore()
			if err != nil {
				return err
			}
			before, after, err := boltstore.Compact(cmd.Context(), c.Store.Path)
			if err != nil {
				return err
			}
			fmt.Fprintf(e.out, "%s: %d bytes, before %d\n", c.Store.Path, after, before)
			return nil
		},
	}
}

func newDBMigrate(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "migrate", Short: "Bring the store to this version's layout", Args: cobra.NoArgs, Example: "  tallywire db migrate",
		Long: "A store of an older layout is also brought up to date by any command that opens it; this one does only that.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.withStore(cmd.Context(), func(_ context.Context, c config.Config, _ store.Store) error {
				fmt.Fprintf(e.out, "%s has this version's layout\n", c.Store.Path)
				return nil
			})
		},
	}
}

// fileStore is the configuration, where its store is a file.
func (e *env) fileStore() (config.Config, error) {
	c, err := e.config()
	if err == nil && c.Store.Postgres != "" {
		err = usagef("store.postgres: this command cares for a file; use the server's own tools (pg_dump, pg_restore)")
	}
	return c, err
}
