package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/microcosm-cc/bluemonday"

	"tallywire/claims"
)

// archivePolicy locks an archived page in: no script, no form, no request, an origin of its own.
const archivePolicy = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// archivedElements is what an archived page may still be made of; everything else goes, with what it would load.
var archivedElements = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("article", "section", "header", "footer", "main", "aside", "nav", "div", "span", "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6",
		"b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "small", "mark", "code", "pre", "blockquote", "q", "cite", "abbr", "time", "address",
		"ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "details", "summary")
	p.SkipElementsContent("title", "noscript", "template", "iframe", "object", "svg", "math", "select", "textarea", "button", "form", "video", "audio")
	p.AllowAttrs("lang", "dir").Globally()
	p.AllowAttrs("datetime").OnElements("time", "del", "ins")
	p.AllowAttrs("colspan", "rowspan").Matching(bluemonday.Integer).OnElements("td", "th")
	return p
}()

// An archiveData is what archive.html shows: the text that was read, and where its bytes are kept.
type archiveData struct {
	Claim   claims.Claim
	Mention claims.Mention
	Doc     claims.Document
	Blocks  []marked // the text's paragraphs, the number marked where it stands
	Page    string   // address of the archived page as it looked; "" where nothing is kept
}

// A marked is a text with the part of it that is meant.
type marked struct {
	Before, Mark, After string
}

// evidence finds a mention of a claim and the version of the document that it stands in.
func (s *Server) evidence(ctx context.Context, claim, mention string) (claims.Claim, claims.Mention, claims.Document, error) {
	c, err := s.Store.Claim(ctx, claims.ClaimID(claim))
	if err != nil {
		return c, claims.Mention{}, claims.Document{}, err
	}
	for _, m := range c.Mentions {
		if string(m.ID) != mention {
			continue
		}
		versions, err := s.Store.Versions(ctx, m.URL)
		if err != nil {
			return c, m, claims.Document{}, err
		}
		for _, d := range versions {
			if d.ID == m.Document {
				return c, m, d, nil
			}
		}
		return c, m, claims.Document{URL: m.URL, Title: m.Title, Fetched: m.Retrieved, Published: m.Published, Source: m.Source}, nil
	}
	return c, claims.Mention{}, claims.Document{}, fmt.Errorf("mention %s of claim %s: %w", cut(mention, 40), c.ID, claims.ErrNotFound)
}

func (s *Server) archivePage(w http.ResponseWriter, v *view) error {
	c, m, doc, err := s.evidence(v.r.Context(), v.r.PathValue("claim"), v.r.PathValue("mention"))
	if err != nil {
		return err
	}
	d := archiveData{Claim: c, Mention: m, Doc: doc, Blocks: textBlocks(doc.Text, m)}
	if s.Evidence != nil && m.Archive != nil && m.Archive.File != "" {
		d.Page = fmt.Sprintf("/archive/%s/%s/page", c.ID, m.ID)
	}
	v.Title = v.T("archive.title")
	return s.show(w, v, "archive.html", d)
}

// textBlocks parts a document into paragraphs and marks a mention in it by its offsets, where they hold its text.
func textBlocks(text string, m claims.Mention) []marked {
	runes := []rune(text)
	start, end := m.Start, m.End
	if m.Part == claims.PartTitle || start < 0 || end > len(runes) || start > end || string(runes[start:end]) != m.Text {
		start, end = -1, -1
	}
	var out []marked
	at := 0
	for _, p := range strings.Split(text, "\n\n") {
		n := len([]rune(p))
		b := marked{Before: plain(p)}
		if start >= at && end <= at+n {
			b = marked{plain(string(runes[at:start])), plain(string(runes[start:end])), plain(string(runes[end : at+n]))}
		}
		if strings.TrimSpace(p) != "" {
			out = append(out, b)
		}
		at += n + 2
	}
	return out
}

// archivedHTML shows the archived page itself: cleaned to plain elements, and in a sandbox all the same.
func (s *Server) archivedHTML(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", archivePolicy)
	_, m, _, err := s.evidence(r.Context(), r.PathValue("claim"), r.PathValue("mention"))
	if err == nil && (s.Evidence == nil || m.Archive == nil) {
		err = claims.ErrNotFound
	}
	var page Archived
	if err == nil {
		page, err = s.Evidence.Page(r.Context(), *m.Archive)
	}
	if err != nil {
		if !errors.Is(err, claims.ErrNotFound) {
			s.log.Warn("archived page cannot be shown", "claim", r.PathValue("claim"), "err", err)
		}
		http.Error(w, "the archived page cannot be shown: the record is not here, or damaged; the text that was read from it is on the page before", statusOf(err))
		return
	}
	if !strings.Contains(strings.ToLower(page.ContentType), "html") {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write(page.Body)
		return
	}
	var b bytes.Buffer
	if err := s.pages.ExecuteTemplate(&b, "archived-head", page); err != nil {
		s.log.Error("page failed", "url", r.URL.Path, "err", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	b.Write(archivedElements.SanitizeBytes(page.Body))
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = b.WriteTo(w)
}
