package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"tallywire/claims"
)

// reviewed is a claim of the sample with an editor's word on it.
func reviewedClaim(t *testing.T) claims.Claim {
	t.Helper()
	for _, c := range board(t) {
		if c.ID == "c_e151243161075dcf" {
			c.Review = &claims.Review{Status: claims.Verified, Note: "Both ministries gave 390.", By: "A. Editor", At: time.Date(2025, 5, 26, 9, 0, 0, 0, time.UTC)}
			return c
		}
	}
	t.Fatal("the sample has no 390 captives")
	return claims.Claim{}
}

// markup writes claims and reads the graph back as any reader would.
func markup(t *testing.T, e Edition, cs ...claims.Claim) (graph []map[string]any, skipped []Skipped) {
	t.Helper()
	var b bytes.Buffer
	skipped, err := e.ClaimReview(&b, cs)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Context != "https://schema.org" {
		t.Errorf("context %q", doc.Context)
	}
	if bytes.ContainsAny(b.Bytes(), "<>&") {
		t.Error("the markup could leave a script element")
	}
	return doc.Graph, skipped
}

func at(v any, path ...string) any {
	for _, p := range path {
		m, _ := v.(map[string]any)
		v = m[p]
	}
	return v
}

// vocabulary is which properties schema.org gives the types that are written (schema.org, read 2026-08).
var vocabulary = map[string][]string{
	"ClaimReview":  {"url", "claimReviewed", "datePublished", "expires", "author", "itemReviewed", "reviewRating", "inLanguage"},
	"Claim":        {"author", "datePublished", "firstAppearance", "appearance"},
	"CreativeWork": {"url", "headline", "datePublished"},
	"Rating":       {"alternateName", "ratingExplanation", "ratingValue", "bestRating", "worstRating", "name"},
	"Organization": {"name", "url", "sameAs"},
	"Person":       {"name", "url", "sameAs"},
}

func TestClaimReviewVocabulary(t *testing.T) {
	t.Parallel()
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			kind, _ := v["@type"].(string)
			known, ok := vocabulary[kind]
			if !ok {
				t.Errorf("type %q is not of schema.org's", kind)
			}
			for k, x := range v {
				if !strings.HasPrefix(k, "@") && !slices.Contains(known, k) {
					t.Errorf("%s has no property %s", kind, k)
				}
				walk(x)
			}
		}
	}
	g, _ := markup(t, desk, append(board(t), reviewedClaim(t))...)
	for _, r := range g {
		walk(r)
	}
	if len(g) != len(board(t))+1 {
		t.Errorf("%d reviews of %d claims", len(g), len(board(t))+1)
	}
}

// TestClaimReviewRules holds the markup to Google's rules and ours (peers.md 4.1), each under its own name.
func TestClaimReviewRules(t *testing.T) {
	t.Parallel()
	long := reviewedClaim(t)
	long.ID, long.Statement = "c_1111111111111111", "1,027 soldiers and civilians of both armies were brought home in three days, Istanbul, 25 May 2025"
	g, _ := markup(t, desk, append(board(t), reviewedClaim(t), long)...)
	ids := map[string]bool{}
	for name, rule := range map[string]func(r map[string]any) bool{
		"claimReviewed is there and short": func(r map[string]any) bool {
			s, _ := r["claimReviewed"].(string)
			return s != "" && utf8.RuneCountInString(s) < 75
		},
		"claimReviewed holds no word of rating": func(r map[string]any) bool { return !ratingWords.MatchString(r["claimReviewed"].(string)) },
		"reviewRating with alternateName": func(r map[string]any) bool {
			s, _ := at(r, "reviewRating", "alternateName").(string)
			return strings.HasPrefix(s, "Verified") || strings.HasPrefix(s, "Disputed") || strings.HasPrefix(s, "Unverified")
		},
		"no number: a scale of truth has no place for unknown": func(r map[string]any) bool {
			return at(r, "reviewRating", "ratingValue") == nil && at(r, "reviewRating", "bestRating") == nil && at(r, "reviewRating", "worstRating") == nil
		},
		"ratingExplanation is there": func(r map[string]any) bool {
			s, _ := at(r, "reviewRating", "ratingExplanation").(string)
			return s != ""
		},
		"url is absolute and on the publisher's site": func(r map[string]any) bool {
			s, _ := r["url"].(string)
			u, err := url.Parse(s)
			return err == nil && u.IsAbs() && (u.Host == "desk.example" || strings.HasSuffix(u.Host, ".desk.example"))
		},
		"author is the checker, with name and url": func(r map[string]any) bool {
			return at(r, "author", "name") == "The Desk" && at(r, "author", "url") == "https://www.desk.example/"
		},
		"the claim's authors have names": func(r map[string]any) bool {
			list, ok := at(r, "itemReviewed", "author").([]any)
			for _, a := range list {
				if s, _ := at(a, "name").(string); s == "" {
					return false
				}
			}
			return !ok || len(list) > 0
		},
		"appearance with addresses": func(r map[string]any) bool {
			list, _ := at(r, "itemReviewed", "appearance").([]any)
			for _, a := range list {
				if s, _ := at(a, "url").(string); !strings.HasPrefix(s, "https://") {
					return false
				}
			}
			return len(list) > 0
		},
		"datePublished of the claim is when it entered discourse": func(r map[string]any) bool {
			claim, _ := at(r, "itemReviewed", "datePublished").(string)
			review, _ := r["datePublished"].(string)
			return claim != "" && claim <= review && claim == at(r, "itemReviewed", "firstAppearance", "datePublished")
		},
		"review and claim have an @id": func(r map[string]any) bool {
			return at(r, "@id") == r["url"].(string)+"#review" && at(r, "itemReviewed", "@id") == r["url"].(string)+"#claim"
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, r := range g {
				if !rule(r) {
					t.Errorf("broken by %v", r)
				}
			}
		})
	}
	for _, r := range g {
		ids[r["@id"].(string)] = true
	}
	if len(ids) != len(g)-1 { // the reviewed claim stands twice: once without its review
		t.Errorf("%d ids of %d reviews", len(ids), len(g))
	}
}

func TestClaimReviewOnlyWhatMayBePublished(t *testing.T) {
	t.Parallel()
	by := desk
	by.Automatic = false
	c := reviewedClaim(t)
	if g, skipped := markup(t, by, append(board(t), c)...); len(g) != 1 || len(skipped) != len(board(t)) {
		t.Errorf("%d reviews, %d left out; want only the one that a person reviewed", len(g), len(skipped))
	} else if at(g[0], "reviewRating", "alternateName") != "Verified" {
		t.Errorf("rating %v", at(g[0], "reviewRating"))
	}
	g, _ := markup(t, desk, board(t)...)
	for _, r := range g {
		if s, _ := at(r, "reviewRating", "alternateName").(string); !strings.Contains(s, "automatic") {
			t.Errorf("a machine's verdict does not say so: %q", s)
		}
	}
	for why, change := range map[string]func(*claims.Claim){
		"word of rating":  func(c *claims.Claim) { c.Statement = "390 captives verified as released" },
		"no name or time": func(c *claims.Claim) { c.Review = &claims.Review{Status: claims.Verified} },
		"nowhere but on the publisher's own site": func(c *claims.Claim) {
			c.Mentions = slices.Clone(c.Mentions)
			for i := range c.Mentions {
				c.Mentions[i].URL = "https://desk.example/own"
			}
		},
	} {
		c := reviewedClaim(t)
		change(&c)
		if g, skipped := markup(t, by, c); len(g) != 0 || len(skipped) != 1 || !strings.Contains(skipped[0].Why, why) {
			t.Errorf("%s: %d reviews, left out %v", why, len(g), skipped)
		}
	}
}

func TestClaimReviewNobodyClaimed(t *testing.T) {
	t.Parallel()
	for _, c := range board(t) {
		if c.ID != "c_8e3defbb43851f63" { // posts alone: no voice that counts
			continue
		}
		g, _ := markup(t, desk, c)
		if at(g[0], "itemReviewed", "author") != nil {
			t.Errorf("author %v, want none", at(g[0], "itemReviewed", "author"))
		}
	}
}

func TestClaimReviewExpires(t *testing.T) {
	t.Parallel()
	c := reviewedClaim(t)
	if g, _ := markup(t, desk, c); g[0]["expires"] != nil {
		t.Errorf("a review that holds expires on %v", g[0]["expires"])
	}
	moved := c
	moved.History = append(slices.Clone(c.History), claims.Change{At: c.Review.At.Add(24 * time.Hour), Kind: claims.Update, Status: c.Status, Value: claims.Exactly(claims.Int(391))})
	if g, _ := markup(t, desk, moved); g[0]["expires"] != "2025-05-27" {
		t.Errorf("the value moved on 27 May; expires %v", g[0]["expires"])
	}
	gone := c
	gone.Lifecycle, gone.LastChanged = claims.Withdrawn, time.Date(2025, 5, 28, 0, 0, 0, 0, time.UTC)
	if g, _ := markup(t, desk, gone); g[0]["expires"] != "2025-05-28" {
		t.Errorf("withdrawn on 28 May; expires %v", g[0]["expires"])
	}
}

func TestClaimReviewNeedsAPublisher(t *testing.T) {
	t.Parallel()
	for _, e := range []Edition{{}, {Base: "https://desk.example"}, {Base: "https://desk.example", Publisher: Publisher{"The Desk", "https://other.example"}}, {Base: "/x", Publisher: Publisher{"The Desk", "https://desk.example"}}} {
		if _, err := e.ClaimReview(&bytes.Buffer{}, nil); !errors.Is(err, claims.ErrInvalid) {
			t.Errorf("%+v: %v, want claims.ErrInvalid", e, err)
		}
	}
}
