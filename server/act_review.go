package server

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tallywire/claims"
)

// Lengths of what an editor types, in characters.
const (
	maxName = 80
	maxNote = 2000
)

const editorCookie = "tallywire_editor"

// signed reads who decides and why, and keeps the name for the next form.
func signed(w http.ResponseWriter, v *view) (by, note string, err error) {
	by, note = strings.TrimSpace(v.r.PostFormValue("by")), strings.TrimSpace(v.r.PostFormValue("note"))
	switch {
	case by == "":
		return "", "", fmt.Errorf("%w: %s", claims.ErrInvalid, v.T("review.noname"))
	case !utf8.ValidString(by+note) || utf8.RuneCountInString(by) > maxName || utf8.RuneCountInString(note) > maxNote:
		return "", "", fmt.Errorf("%w: %s", claims.ErrInvalid, v.T("review.long", maxName, maxNote))
	}
	http.SetCookie(w, &http.Cookie{Name: editorCookie, Value: url.QueryEscape(by), Path: "/", MaxAge: 90 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: v.r.TLS != nil})
	return by, note, nil
}

// editor is the name that the last form was signed with.
func editor(r *http.Request) string {
	c, err := r.Cookie(editorCookie)
	if err != nil {
		return ""
	}
	name, err := url.QueryUnescape(c.Value)
	if err != nil || utf8.RuneCountInString(name) > maxName {
		return ""
	}
	return plain(name)
}

// decide hands a decision on and goes to the claim that holds the mention anchor now: grouping may have renamed it.
func (s *Server) decide(w http.ResponseWriter, v *view, d claims.Decision, anchor []claims.MentionID, done string) error {
	if s.Editor == nil {
		return fmt.Errorf("%w: %s", errForbidden, v.T("review.readonly"))
	}
	if _, err := s.Editor.Decide(v.r.Context(), d); err != nil {
		return err
	}
	id := d.Claim
	if now, err := s.Store.ClaimsOf(v.r.Context(), anchor...); err == nil && len(now) > 0 && !slices.Contains(now, id) {
		id = now[0]
	}
	http.Redirect(w, v.r, "/claims/"+string(id)+"?done="+done+"#decisions", http.StatusSeeOther)
	return nil
}

func (s *Server) claimOf(v *view) (claims.Claim, error) {
	return s.Store.Claim(v.r.Context(), claims.ClaimID(v.r.PathValue("id")))
}

func (s *Server) review(w http.ResponseWriter, v *view) error {
	c, err := s.claimOf(v)
	if err != nil {
		return err
	}
	by, note, err := signed(w, v)
	if err != nil {
		return err
	}
	status := claims.Status(v.r.PostFormValue("status"))
	if status == "clear" {
		status = ""
	} else if !slices.Contains([]claims.Status{claims.Verified, claims.Disputed, claims.Unverified}, status) {
		return fmt.Errorf("%w: %s", claims.ErrInvalid, v.T("review.nostatus"))
	}
	if changed := v.r.PostFormValue("seen"); changed != "" && changed != seenOf(&c) {
		return fmt.Errorf("%w: %s", claims.ErrConflict, v.T("review.changed"))
	}
	return s.decide(w, v, claims.Decision{Kind: claims.DecideReview, Claim: c.ID, Mentions: firstMention(&c), Status: status, Note: note, By: by}, firstMention(&c), "review")
}

// seenOf names the claim as the form showed it, so that nobody decides over what they did not see.
func seenOf(c *claims.Claim) string {
	out := string(c.Status) + " " + c.Value.Best.String() + " " + c.LastChanged.UTC().Format(time.RFC3339Nano)
	if c.Review != nil {
		out += " " + c.Review.At.UTC().Format(time.RFC3339Nano)
	}
	return out
}

func firstMention(c *claims.Claim) []claims.MentionID {
	if len(c.Mentions) == 0 {
		return nil
	}
	return []claims.MentionID{c.Mentions[0].ID}
}

func (s *Server) merge(w http.ResponseWriter, v *view) error {
	c, err := s.claimOf(v)
	if err != nil {
		return err
	}
	by, note, err := signed(w, v)
	if err != nil {
		return err
	}
	typed := strings.TrimSpace(v.r.PostFormValue("other"))
	if typed == "" {
		typed = v.r.PostFormValue("pick")
	}
	other, err := s.Store.Claim(v.r.Context(), claims.ClaimID(claimIDIn(typed)))
	if err != nil {
		return fmt.Errorf("%w: %s", claims.ErrInvalid, v.T("merge.unknown", cut(plain(typed), 80)))
	}
	if other.ID == c.ID {
		return fmt.Errorf("%w: %s", claims.ErrInvalid, v.T("merge.same"))
	}
	d := claims.Decision{Kind: claims.DecideMerge, Claim: c.ID, Other: other.ID, Mentions: append(firstMention(&c), firstMention(&other)...), Note: note, By: by}
	return s.decide(w, v, d, firstMention(&c), "merge")
}

// claimIDIn takes the ID out of what people paste: an ID, or the address of a claim's page.
func claimIDIn(typed string) string {
	if u, err := url.Parse(typed); err == nil && strings.Contains(typed, "/") {
		return path.Base(u.Path)
	}
	return typed
}

func (s *Server) split(w http.ResponseWriter, v *view) error {
	c, err := s.claimOf(v)
	if err != nil {
		return err
	}
	by, note, err := signed(w, v)
	if err != nil {
		return err
	}
	d := claims.Decision{Kind: claims.DecideSplit, Claim: c.ID, Note: note, By: by}
	for _, id := range v.r.PostForm["mention"] {
		if !slices.ContainsFunc(c.Mentions, func(m claims.Mention) bool { return string(m.ID) == id }) {
			return fmt.Errorf("%w: %s", claims.ErrInvalid, v.T("split.unknown"))
		}
		d.Mentions = append(d.Mentions, claims.MentionID(id))
	}
	var stay []claims.MentionID
	for _, m := range c.Mentions {
		if !slices.Contains(d.Mentions, m.ID) {
			stay = []claims.MentionID{m.ID}
			break
		}
	}
	switch len(d.Mentions) {
	case 0:
		return fmt.Errorf("%w: %s", claims.ErrInvalid, v.T("split.none"))
	case len(c.Mentions):
		return fmt.Errorf("%w: %s", claims.ErrInvalid, v.T("split.all"))
	}
	return s.decide(w, v, d, stay, "split")
}

func (s *Server) undo(w http.ResponseWriter, v *view) error {
	by, note, err := signed(w, v)
	if err != nil {
		return err
	}
	made, err := s.Store.Decisions(v.r.Context())
	if err != nil {
		return err
	}
	id := v.r.PostFormValue("decision")
	at := slices.IndexFunc(made, func(d claims.Decision) bool { return d.ID == id })
	if at < 0 || made[at].Kind == claims.DecideUndo {
		return fmt.Errorf("decision %s: %w", cut(plain(id), 40), claims.ErrNotFound)
	}
	return s.decide(w, v, claims.Decision{Kind: claims.DecideUndo, Claim: claims.ClaimID(v.r.PathValue("id")), Undoes: id, Note: note, By: by}, made[at].Mentions, "undo")
}
