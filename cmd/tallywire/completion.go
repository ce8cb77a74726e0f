package main

import (
	"context"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tallywire/claims"
	"tallywire/report"
	"tallywire/store/boltstore"
)

// maxOffered is how many claims the shell is offered at once.
const maxOffered = 40

// many is the number of arguments of a command that takes any.
const many = 1 << 20

// completeTopics are the configured topics' IDs with their names, for the shell.
func (e *env) completeTopics(context.Context) []string {
	c, err := e.config()
	if err != nil {
		return nil
	}
	var out []string
	for _, t := range c.Topics {
		out = append(out, t.ID+"\t"+t.Name)
	}
	return out
}

// completeChannels are the configured alert channels' IDs, for the shell.
func (e *env) completeChannels(context.Context) []string {
	c, err := e.config()
	if err != nil {
		return nil
	}
	var out []string
	for _, ch := range c.Alerts.Channels {
		out = append(out, ch.ID+"\t"+ch.Type)
	}
	return out
}

// completeClaims are the claims whose ID begins so, with their statements, for the shell; none while another process holds
// the store.
func (e *env) completeClaims(ctx context.Context, begun string) []string {
	c, err := e.config()
	if err != nil {
		return nil
	}
	if _, err := os.Stat(c.Store.Path); err != nil {
		return nil // none is made for the sake of a completion
	}
	s, err := boltstore.Open(c.Store.Path, boltstore.Options{})
	if err != nil {
		return nil
	}
	defer func() { _ = s.Close() }() // it was only read
	all, _, err := s.Claims(ctx, claims.ClaimID(begun), maxOffered)
	if err != nil {
		return nil
	}
	var out []string
	for i := range all {
		if strings.HasPrefix(string(all[i].ID), begun) {
			out = append(out, string(all[i].ID)+"\t"+report.Visible(all[i].Statement))
		}
	}
	return out
}

// offer completes a command's arguments with what list gives, up to most of them and none twice.
func offer(most int, list func(ctx context.Context, begun string) []string) func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return func(cmd *cobra.Command, given []string, begun string) ([]string, cobra.ShellCompDirective) {
		if len(given) >= most {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return slices.DeleteFunc(list(cmd.Context(), begun), func(s string) bool {
			id, _, _ := strings.Cut(s, "\t")
			return slices.Contains(given, id)
		}), cobra.ShellCompDirectiveNoFileComp
	}
}

// whole is offer's list from one that does not look at what is begun.
func whole(list func(context.Context) []string) func(context.Context, string) []string {
	return func(ctx context.Context, _ string) []string { return list(ctx) }
}
