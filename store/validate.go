package store

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"tallywire/claims"
)

// Limits on what a Store takes, the same in every backend.
const (
	// MaxKeyBytes is the longest ID, URL, blocking key or name, in bytes. bbolt takes keys of 32,768
	// bytes; a key here holds up to two of these parts.
	MaxKeyBytes = 8 << 10
	// MaxMentions is the greatest number of mentions in one document: their order is kept in two bytes.
	MaxMentions = 1<<16 - 1
)

// ValidateRecord returns an error that wraps claims.ErrInvalid where a record cannot be kept and found again.
func ValidateRecord(r Record) error {
	if err := validateKeys("document", string(r.Document.ID), r.Document.URL); err != nil {
		return err
	}
	if len(r.Blocks) != len(r.Mentions) || len(r.Mentions) > MaxMentions {
		return fmt.Errorf("document %s: %d mentions with %d lists of blocking keys: %w", r.Document.ID, len(r.Mentions), len(r.Blocks), claims.ErrInvalid)
	}
	for i, m := range r.Mentions {
		if err := validateMention(m); err != nil {
			return fmt.Errorf("document %s: %w", r.Document.ID, err)
		}
		if err := validateKeys("blocking key", r.Blocks[i]...); err != nil {
			return fmt.Errorf("mention %s: %w", m.ID, err)
		}
	}
	return nil
}

// ValidateClaim is ValidateRecord for a claim.
func ValidateClaim(c claims.Claim) error {
	if err := validateKeys("claim", string(c.ID)); err != nil {
		return err
	}
	if err := validateValue(c.Value); err != nil {
		return fmt.Errorf("claim %s: %w", c.ID, err)
	}
	for _, m := range c.Mentions {
		if err := validateMention(m); err != nil {
			return fmt.Errorf("claim %s: %w", c.ID, err)
		}
	}
	return nil
}

// ValidateDecision is ValidateRecord for a decision.
func ValidateDecision(d claims.Decision) error { return validateKeys("decision", d.ID) }

// ValidatePage is ValidateRecord for a page. A page's source may not be empty: Pages finds it by source.
func ValidatePage(p claims.Page) error {
	return validateKeys("page", p.URL, string(p.Source))
}

// ValidateName is ValidateRecord for the name of a setting or the ID of a source.
func ValidateName(kind, name string) error { return validateKeys(kind, name) }

// ValidateLimit refuses a page size below one.
func ValidateLimit(limit int) error {
	if limit < 1 {
		return fmt.Errorf("limit %d is below 1: %w", limit, claims.ErrInvalid)
	}
	return nil
}

func validateMention(m claims.Mention) error {
	if err := validateKeys("mention", string(m.ID)); err != nil {
		return err
	}
	if err := validateValue(m.Value); err != nil {
		return fmt.Errorf("mention %s: %w", m.ID, err)
	}
	return nil
}

// validateValue refuses numerals that claims would write but not read again.
func validateValue(v claims.Value) error {
	for _, n := range []claims.Number{v.Low, v.Best, v.High} {
		if s := n.String(); len(s) > claims.MaxNumeralLength {
			return fmt.Errorf("number %.20s... of %d characters: %w", s, len(s), claims.ErrInvalid)
		}
	}
	return nil
}

// validateKeys refuses empty and overlong keys, those with a zero byte, which parts keys in a backend, and
// those that are not UTF-8, which JSON would change.
func validateKeys(kind string, keys ...string) error {
	for _, k := range keys {
		if k == "" || len(k) > MaxKeyBytes || strings.IndexByte(k, 0) >= 0 || !utf8.ValidString(k) {
			return fmt.Errorf("%s key %.40q of %d bytes: %w", kind, k, len(k), claims.ErrInvalid)
		}
	}
	return nil
}
