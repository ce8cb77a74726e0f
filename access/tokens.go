package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"tallywire/claims"
)

// tokenPrefix begins every token, so that scanners of leaked secrets can know it.
const tokenPrefix = "tlw_"

// The names of settings: the index of all tokens, and a token by its hash.
const (
	tokenIndex = "access/tokens"
	tokenName  = "access/token/"
)

// useStep is how exactly the last use of a token is kept: a write for every request would be a write too many.
const useStep = time.Hour

// A Token is what is known of a token. The token itself is nowhere: only its SHA-256, which is enough for 32
// random bytes.
type Token struct {
	ID      string    `json:"id"` // "t_" and 12 hex digits of the hash
	Name    string    `json:"name"`
	Scope   Scope     `json:"scope"`
	Made    time.Time `json:"made"`
	Expires time.Time `json:"expires,omitzero"` // zero: never
	Revoked time.Time `json:"revoked,omitzero"` // zero: not revoked
	Used    time.Time `json:"used,omitzero"`    // last use, to the hour
}

// Tokens keeps the tokens of a store. All methods are safe for concurrent use within one process.
type Tokens struct {
	settings Settings
	now      func() time.Time
	mu       sync.Mutex // over read-change-write
}

// NewTokens returns the tokens of a store.
func NewTokens(s Settings, now func() time.Time) *Tokens { return &Tokens{settings: s, now: now} }

// Create makes a token and returns it with its secret, which is shown this once. life 0 never ends. It
// returns an error that wraps claims.ErrInvalid for a scope that is none, a missing name or a life below 0.
func (t *Tokens) Create(ctx context.Context, name string, scope Scope, life time.Duration) (Token, string, error) {
	if err := scope.Validate(); err != nil {
		return Token{}, "", err
	}
	if name = line(name, 100); name == "" {
		return Token{}, "", fmt.Errorf("%w: a token needs a name: who or what uses it", claims.ErrInvalid)
	}
	if life < 0 {
		return Token{}, "", fmt.Errorf("%w: a token cannot end before it begins", claims.ErrInvalid)
	}
	var raw [32]byte
	rand.Read(raw[:]) // never fails: crypto/rand
	secret := tokenPrefix + base64.RawURLEncoding.EncodeToString(raw[:])
	sum := digest(secret)
	made := Token{ID: "t_" + sum[:12], Name: name, Scope: scope, Made: utc(t.now())}
	if life > 0 {
		made.Expires = utc(t.now().Add(life))
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	index, err := t.index(ctx)
	if err != nil {
		return Token{}, "", err
	}
	if err := t.put(ctx, sum, made); err != nil { // the token before the index: what the index names is there
		return Token{}, "", err
	}
	if err := t.putIndex(ctx, append(index, sum)); err != nil {
		return Token{}, "", err
	}
	return made, secret, nil
}

// Check returns the token of a secret. It wraps ErrUnknown for one that is unknown, revoked or at its end:
// the store is asked each time, so a revoked token ends at once.
func (t *Tokens) Check(ctx context.Context, secret string) (Token, error) {
	if !strings.HasPrefix(secret, tokenPrefix) || len(secret) != len(tokenPrefix)+43 {
		return Token{}, ErrUnknown
	}
	sum := digest(secret)
	found, err := t.get(ctx, sum)
	if err != nil {
		return Token{}, err
	}
	now := t.now()
	if found.ID == "" || !found.Revoked.IsZero() || !found.Expires.IsZero() && !now.Before(found.Expires) {
		return Token{}, ErrUnknown
	}
	if now.Sub(found.Used) >= useStep {
		t.mu.Lock()
		defer t.mu.Unlock()
		if found, err = t.get(ctx, sum); err != nil || !found.Revoked.IsZero() {
			return Token{}, ErrUnknown
		}
		found.Used = now.UTC().Truncate(useStep)
		if err := t.put(ctx, sum, found); err != nil {
			return Token{}, err
		}
	}
	return found, nil
}

// List returns every token, revoked ones too, oldest first.
func (t *Tokens) List(ctx context.Context) ([]Token, error) {
	index, err := t.index(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Token, 0, len(index))
	for _, sum := range index {
		found, err := t.get(ctx, sum)
		if err != nil {
			return nil, err
		}
		out = append(out, found)
	}
	slices.SortStableFunc(out, func(a, b Token) int { return a.Made.Compare(b.Made) })
	return out, nil
}

// Revoke ends a token by its ID, at once; a second time changes nothing. One that is not there is claims.ErrNotFound.
func (t *Tokens) Revoke(ctx context.Context, id string) (Token, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	index, err := t.index(ctx)
	if err != nil {
		return Token{}, err
	}
	for _, sum := range index {
		found, err := t.get(ctx, sum)
		if err != nil {
			return Token{}, err
		}
		if found.ID != id {
			continue
		}
		if found.Revoked.IsZero() {
			found.Revoked = utc(t.now())
			err = t.put(ctx, sum, found)
		}
		return found, err
	}
	return Token{}, fmt.Errorf("token %s: %w", id, claims.ErrNotFound)
}

// digest is a secret's SHA-256 in hex.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

func (t *Tokens) get(ctx context.Context, sum string) (Token, error) {
	raw, err := get(ctx, t.settings, tokenName+sum)
	if err != nil || raw == "" {
		return Token{}, err
	}
	var out Token
	if err := json.Unmarshal([]byte(raw), &out); err != nil {
		return Token{}, fmt.Errorf("read token: %w", err)
	}
	return out, nil
}

func (t *Tokens) put(ctx context.Context, sum string, v Token) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return t.settings.PutSetting(ctx, tokenName+sum, string(raw))
}

func (t *Tokens) index(ctx context.Context) ([]string, error) {
	raw, err := get(ctx, t.settings, tokenIndex)
	if err != nil {
		return nil, err
	}
	return strings.Fields(raw), nil
}

func (t *Tokens) putIndex(ctx context.Context, sums []string) error {
	return t.settings.PutSetting(ctx, tokenIndex, strings.Join(sums, "\n"))
}
