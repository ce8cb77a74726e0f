package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"tallywire/claims"
)

// maxDraft is the longest draft in bytes: 40,000 words.
const maxDraft = 256 << 10

// A checkData is what check.html shows.
type checkData struct {
	Draft   string
	Lang    string
	Langs   []choice
	Done    bool
	Pieces  []draftPiece
	Numbers []checked
	Counts  []choice // how many numbers of each kind
}

// A draftPiece is a run of the draft: plain text, or a number.
type draftPiece struct {
	Text  string
	N     int // of the number, counting from 1; 0: plain text
	Class string
	Sign  string
	Label string // what a reader of the underline hears
}

// A checked is one number of the draft beside what the board has.
type checked struct {
	claims.Checked
	N         int
	Kind      string // agrees, differs, open, unknown
	Statement string
	Shown     claims.Status
	Reason    string
}

func (s *Server) checkPage(w http.ResponseWriter, v *view) error {
	v.Title, v.Here = v.T("nav.check"), "check"
	return s.show(w, v, "check.html", checkData{Langs: s.draftLanguages(v, "")})
}

// draftLanguages are those that drafts may be said to be in.
func (s *Server) draftLanguages(v *view, chosen string) []choice {
	out := []choice{{Label: v.T("check.lang.auto"), On: chosen == ""}}
	for _, lang := range []string{"en", "uk", "ru", "de", "fr", "es"} {
		out = append(out, choice{Name: lang, Label: s.languageName(v, lang), On: lang == chosen})
	}
	return out
}

// checkDraft checks what was pasted or uploaded. Nothing of it is kept.
func (s *Server) checkDraft(w http.ResponseWriter, v *view) error {
	if s.Extract == nil {
		return fmt.Errorf("%w: this desk cannot read drafts", claims.ErrUnavailable)
	}
	if err := parseForm(v.r); err != nil {
		return err
	}
	lang := v.r.PostFormValue("lang")
	if len(lang) > 20 {
		lang = ""
	}
	draft, err := draftOf(v)
	if err != nil {
		return err
	}
	v.Title, v.Here = v.T("nav.check"), "check"
	d := checkData{Draft: draft, Lang: lang, Langs: s.draftLanguages(v, lang), Done: strings.TrimSpace(draft) != ""}
	if !d.Done {
		v.Notice = v.T("check.empty")
		return s.show(w, v, "check.html", d)
	}
	numbers, err := s.check(v.r.Context(), draft, lang)
	if err != nil {
		return err
	}
	kinds := map[string]int{}
	for i, n := range numbers {
		c := checked{Checked: n, N: i + 1, Kind: kindOf(n)}
		if n.Claim != nil {
			if row, ok := s.Board.Row(*n.Claim); ok {
				c.Statement, c.Shown = plain(row.Statement), row.Shown()
			}
		}
		if len(n.Reasons) > 0 {
			c.Reason = reasonOf(v, n.Reasons[0]).Words
		}
		kinds[c.Kind]++
		d.Numbers = append(d.Numbers, c)
	}
	for _, k := range []string{"agrees", "differs", "open", "unknown"} {
		d.Counts = append(d.Counts, choice{Name: k, Label: v.T("check.kind." + k), N: kinds[k], Sign: kindSigns[k]})
	}
	d.Pieces = underline(v, draft, d.Numbers)
	return s.show(w, v, "check.html", d)
}

var kindSigns = map[string]string{"agrees": "✔", "differs": "≠", "open": "?", "unknown": "·"}

// kindOf says in one word what a writer must do about a number: nothing, correct it, mind that it is open, look for it.
func kindOf(n claims.Checked) string {
	switch {
	case n.Claim == nil:
		return "unknown"
	case n.Agrees != nil && !*n.Agrees:
		return "differs"
	case n.Status == claims.CheckStatus(claims.Verified):
		return "agrees"
	}
	return "open"
}

// draftOf is the uploaded file, where there is one, else what was pasted.
func draftOf(v *view) (string, error) {
	text := v.r.PostFormValue("draft")
	if v.r.MultipartForm != nil {
		f, head, err := v.r.FormFile("file")
		switch {
		case err == nil:
			defer f.Close()
			raw, err := io.ReadAll(io.LimitReader(f, maxDraft+1))
			if err != nil {
				return "", fmt.Errorf("%w: the file cannot be read", claims.ErrInvalid)
			}
			if head.Size > 0 {
				text = string(bytes.TrimPrefix(raw, []byte("\ufeff")))
			}
		case !errors.Is(err, http.ErrMissingFile):
			return "", fmt.Errorf("%w: the file cannot be read", claims.ErrInvalid)
		}
	}
	switch {
	case len(text) > maxDraft:
		return "", fmt.Errorf("%w: %s", errTooLarge, v.T("check.large", maxDraft>>10))
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return "", fmt.Errorf("%w: %s", claims.ErrInvalid, v.T("check.notext"))
	}
	return strings.ReplaceAll(text, "\r\n", "\n"), nil
}

// wholeBoard is up to how many claims a draft is set against all of them. A larger board is asked for candidates.
const wholeBoard = 2000

// check sets a draft's numbers against the board.
func (s *Server) check(ctx context.Context, draft, lang string) ([]claims.Checked, error) {
	mentions := s.Extract(draft, lang)
	var against []claims.Claim
	if s.Board.Len() <= wholeBoard {
		var after claims.ClaimID
		for {
			page, next, err := s.Store.Claims(ctx, after, 200)
			if err != nil {
				return nil, err
			}
			against = append(against, page...)
			if after = next; next == "" {
				return claims.Check(mentions, against, s.Settings), nil
			}
		}
	}
	ids := map[claims.ClaimID]bool{}
	for i := range mentions {
		if m := &mentions[i]; m.Checkworthy && len(ids) < wholeBoard {
			if err := s.candidates(ctx, m, ids); err != nil {
				return nil, err
			}
		}
	}
	for id := range ids {
		c, err := s.Store.Claim(ctx, id)
		if errors.Is(err, claims.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		against = append(against, c)
	}
	slices.SortFunc(against, func(a, b claims.Claim) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return claims.Check(mentions, against, s.Settings), nil
}

// candidates adds the claims that a draft's number may speak of: those with a mention of the same figure, and the latest
// that count the same thing.
func (s *Server) candidates(ctx context.Context, m *claims.Mention, ids map[claims.ClaimID]bool) error {
	same, err := s.Store.Block(ctx, claims.FigureKey(m))
	if err != nil {
		return err
	}
	var mentions []claims.MentionID
	for _, at := range same[:min(len(same), 200)] {
		r, err := s.Store.Record(ctx, at.Document)
		if err != nil && !errors.Is(err, claims.ErrNotFound) {
			return err
		}
		if at.Ord < len(r.Mentions) {
			mentions = append(mentions, r.Mentions[at.Ord].ID)
		}
	}
	found, err := s.Store.ClaimsOf(ctx, mentions...)
	if err != nil {
		return err
	}
	for _, id := range found {
		ids[id] = true
	}
	if m.Unit.Name == "" {
		return nil
	}
	for _, r := range s.Board.First(claims.Filter{Unit: m.Unit.Name}, 100) {
		ids[r.ID] = true
	}
	return nil
}

// underline parts the draft at its numbers, in order; of two that overlap the first stands.
func underline(v *view, draft string, numbers []checked) []draftPiece {
	runes := []rune(draft)
	var out []draftPiece
	at := 0
	for _, n := range numbers {
		if n.Start < at || n.End > len(runes) || n.Start >= n.End {
			continue
		}
		if n.Start > at {
			out = append(out, draftPiece{Text: string(runes[at:n.Start])})
		}
		label := v.T("check.kind." + n.Kind)
		if n.Shown != "" {
			label += ", " + v.T("status."+string(n.Shown))
		}
		out = append(out, draftPiece{Text: string(runes[n.Start:n.End]), N: n.N, Class: n.Kind, Sign: kindSigns[n.Kind], Label: label})
		at = n.End
	}
	return append(out, draftPiece{Text: string(runes[at:])})
}
