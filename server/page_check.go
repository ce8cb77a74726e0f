package server

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
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
	Example bool     // the draft is the sample's
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
	Near      []claims.Summary // of a number that no claim clearly speaks of: claims of the same figure and thing
}

func (s *Server) checkPage(w http.ResponseWriter, v *view) error {
	v.Title, v.Here = v.T("nav.check"), "check"
	return s.show(w, v, "check.html", checkData{Langs: s.draftLanguages(v, ""), Draft: s.Example, Example: s.Example != ""})
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
	numbers, mentions, err := s.checker().check(v.r.Context(), draft, lang)
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
		if c.Kind == "unknown" && kinds[c.Kind] < maxNearFor {
			c.Near = s.checker().near(&n, mentions)
		}
		kinds[c.Kind]++
		d.Numbers = append(d.Numbers, c)
	}
	for _, k := range []string{"agrees", "differs", "open", "unknown"} {
		d.Counts = append(d.Counts, choice{Name: k, Label: v.T("check.count."+k, kinds[k]), N: kinds[k], Sign: kindSigns[k]})
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
