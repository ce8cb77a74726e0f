// Package access says who may do what and keeps the record of who did it: tokens, hashed, with scope and end;
// and an audit log chained by hash, so that a change in it shows.
//
// Both live among a store's settings, so every backend keeps them. Start with NewTokens and NewLog.
package access

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"tallywire/claims"
)

// Settings is what tokens and log need of a store: small named values. A name that is not there is claims.ErrNotFound.
type Settings interface {
	Setting(ctx context.Context, name string) (string, error)
	PutSetting(ctx context.Context, name, value string) error
}

// A Scope is what a token may do. Each holds those before it.
type Scope string

// The scopes.
const (
	Read   Scope = "read"   // see everything
	Review Scope = "review" // set and take back editors' decisions
	Admin  Scope = "admin"  // make and revoke tokens, read the audit log, start crawls
)

// Scopes lists them, least first.
var Scopes = []Scope{Read, Review, Admin}

// Allows reports whether a scope holds another.
func (s Scope) Allows(need Scope) bool {
	rank := map[Scope]int{Read: 1, Review: 2, Admin: 3}
	return rank[s] > 0 && rank[need] > 0 && rank[s] >= rank[need]
}

// Validate reports a scope that is none, with what was expected.
func (s Scope) Validate() error {
	if s.Allows(Read) {
		return nil
	}
	return fmt.Errorf("%w: scope %q; want read, review or admin", claims.ErrInvalid, s)
}

// Errors of Tokens.Check. What is wrong with a token is for the log, not for who holds it.
var (
	ErrUnknown = errors.New("token unknown, revoked or at its end")
)

// get reads a setting, "" where it is not there.
func get(ctx context.Context, s Settings, name string) (string, error) {
	v, err := s.Setting(ctx, name)
	if errors.Is(err, claims.ErrNotFound) {
		return "", nil
	}
	return v, err
}

// line makes a text of a person into one line of at most n characters.
func line(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		s = string(r[:n])
	}
	return s
}

func utc(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }
