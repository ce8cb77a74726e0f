package server

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"

	"tallywire/claims"
)

// An edit is one paragraph of a page that changed between two of its versions.
type edit struct {
	Source       claims.SourceID
	URL, Link    string
	Before       time.Time // when the older version was fetched
	After        time.Time
	Said         bool // the newer version owns up to a correction
	Note         string
	Pieces       []piece
	OldIn, NewIn string // language of each
}

// A piece is a run of words that stayed, went ("del") or came ("ins").
type piece struct {
	Op, Text string
}

// Bounds on what a claim's page compares.
const (
	maxEditedPages = 40
	maxEdits       = 10
	maxDiffChars   = 1500
)

// silentEdits compares the versions of a claim's pages and returns the paragraphs with a mention of it in which a number
// changed.
func (s *Server) silentEdits(ctx context.Context, c *claims.Claim) ([]edit, error) {
	var urls []string
	for i := range c.Mentions {
		if u := c.Mentions[i].URL; u != "" && !slices.Contains(urls, u) && len(urls) < maxEditedPages {
			urls = append(urls, u)
		}
	}
	var out []edit
	for _, u := range urls {
		versions, err := s.Store.Versions(ctx, u)
		if err != nil {
			return nil, err
		}
		for i := 1; i < len(versions) && len(out) < maxEdits; i++ {
			out = append(out, editsBetween(versions[i-1], versions[i], func(paragraph string) bool {
				return slices.ContainsFunc(c.Mentions, func(m claims.Mention) bool {
					return m.URL == u && m.Sentence != "" && strings.Contains(paragraph, m.Sentence)
				})
			})...)
		}
	}
	return out[:min(len(out), maxEdits)], nil
}

// editsBetween pairs the paragraphs of two versions that differ, one of which is about the claim, and whose difference
// holds a digit.
func editsBetween(a, b claims.Document, about func(paragraph string) bool) []edit {
	old, now := paragraphs(a), paragraphs(b)
	gone := slices.DeleteFunc(slices.Clone(old), func(p string) bool { return slices.Contains(now, p) })
	came := slices.DeleteFunc(slices.Clone(now), func(p string) bool { return slices.Contains(old, p) })
	var out []edit
	for _, p := range gone {
		best, most := -1, 0
		for j, q := range came {
			if n := shared(p, q); n > most {
				best, most = j, n
			}
		}
		if best < 0 || 2*most < len(strings.Fields(p)) {
			continue
		}
		if !about(p) && !about(came[best]) {
			continue
		}
		pieces := diffWords(cut(p, maxDiffChars), cut(came[best], maxDiffChars))
		if !slices.ContainsFunc(pieces, func(x piece) bool { return x.Op != "" && strings.ContainsFunc(x.Text, unicode.IsDigit) }) {
			continue
		}
		came = slices.Delete(came, best, best+1)
		out = append(out, edit{Source: b.Source, URL: b.URL, Link: link(b.URL), Before: a.Fetched, After: b.Fetched, Said: b.Correction != "" && b.Correction != a.Correction,
			Note: plain(cut(b.Correction, 400)), Pieces: pieces, OldIn: a.Lang, NewIn: b.Lang})
	}
	return out
}

func paragraphs(d claims.Document) []string {
	all := append([]string{d.Title}, strings.Split(d.Text, "\n\n")...)
	return slices.DeleteFunc(all[:min(len(all), 400)], func(p string) bool { return strings.TrimSpace(p) == "" })
}

// shared counts the words that two paragraphs have in common.
func shared(a, b string) int {
	words := map[string]int{}
	for _, w := range strings.Fields(a) {
		words[w]++
	}
	n := 0
	for _, w := range strings.Fields(b) {
		if words[w] > 0 {
			words[w]--
			n++
		}
	}
	return n
}

// diffWords compares two texts word by word.
func diffWords(a, b string) []piece {
	var words []string
	code := map[string]rune{}
	encode := func(text string) []rune {
		var out []rune
		for _, w := range strings.Fields(text) {
			c, ok := code[w]
			if !ok {
				c = rune(0x10000 + len(words)) // past the surrogates; a paragraph has few thousand words
				code[w] = c
				words = append(words, w)
			}
			out = append(out, c)
		}
		return out
	}
	d := diffmatchpatch.New()
	d.DiffTimeout = 0 // the same answer every time; the texts are short
	var out []piece
	for _, x := range d.DiffMainRunes(encode(a), encode(b), false) {
		var text []string
		for _, c := range x.Text {
			text = append(text, words[c-0x10000])
		}
		op := map[diffmatchpatch.Operation]string{diffmatchpatch.DiffDelete: "del", diffmatchpatch.DiffInsert: "ins"}[x.Type]
		out = append(out, piece{op, plain(strings.Join(text, " "))})
	}
	return out
}
