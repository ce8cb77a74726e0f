package crawler

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"tallywire/claims"
)

// mastodon reads servers that speak Mastodon's client API: Mastodon, GoToSocial, Truth Social and others.
type mastodon struct {
	first string // the address of the newest page
	words []string
}

type mastodonAccount struct {
	ID          string
	Acct        string
	DisplayName string `json:"display_name"`
}

type mastodonStatus struct {
	ID          string
	CreatedAt   time.Time  `json:"created_at"`
	EditedAt    *time.Time `json:"edited_at"`
	Content     string
	SpoilerText string `json:"spoiler_text"`
	URL         string
	URI         string
	Language    string
	Visibility  string
	Pinned      bool
	Account     mastodonAccount
	Reblog      *mastodonStatus
	Quote       *struct {
		Status *mastodonStatus `json:"quoted_status"` // Mastodon 4.4 on
	}
}

// open looks the account up, or picks the way to search: a hashtag has its timeline, words go to the
// search, which most servers give only to their own users, and else through the public timeline.
func (m *mastodon) open(ctx context.Context, p *pass) error {
	base := p.server("https://mastodon.social")
	if name := p.account(); name != "" {
		id := p.state.Cursor["account_id"]
		if id == "" {
			var who mastodonAccount
			_, err := p.api(ctx, base+"/api/v1/accounts/lookup?acct="+url.QueryEscape(name), nil, false, &who)
			if reasonOf(err) == ReasonNotFound {
				return fail(ReasonAccount, base, errors.New("no account "+name))
			}
			if err != nil {
				return err
			}
			if id = who.ID; id == "" {
				return fail(ReasonNotAPI, base, errors.New("account without an id"))
			}
			p.state.Cursor["account_id"] = id
		}
		m.first = base + "/api/v1/accounts/" + url.PathEscape(id) + "/statuses?limit=40"
		return nil
	}
	if tag, ok := strings.CutPrefix(strings.TrimSpace(p.source.Search), "#"); ok && !strings.ContainsAny(tag, " \t") {
		m.first = base + "/api/v1/timelines/tag/" + url.PathEscape(tag) + "?limit=40"
		return nil
	}
	m.words = searchWords(p.source.Search)
	m.first = base + "/api/v2/search?type=statuses&limit=40&q=" + url.QueryEscape(p.source.Search)
	var found struct{ Statuses []mastodonStatus }
	if _, err := p.api(ctx, m.first, nil, false, &found); err != nil || len(found.Statuses) == 0 {
		if r := reasonOf(err); err != nil && r != ReasonNotFound && r != ReasonToken && r != ReasonForbidden && r != ReasonStatus && r != ReasonNotAPI {
			return err
		}
		m.first = base + "/api/v1/timelines/public?limit=40"
	}
	return nil
}

func (m *mastodon) list(ctx context.Context, p *pass, from, since string) (listing, error) {
	at := from
	if at == "" {
		at = m.first
		if since != "" && !strings.Contains(at, "/api/v2/search") {
			at += "&since_id=" + url.QueryEscape(since)
		}
	}
	var statuses []mastodonStatus
	var into any = &statuses
	var found struct{ Statuses []mastodonStatus }
	if strings.Contains(at, "/api/v2/search") {
		into = &found
	}
	got, err := p.api(ctx, at, nil, false, into)
	if err != nil {
		if reasonOf(err) == ReasonNotFound { // the account that we knew is no more
			delete(p.state.Cursor, "account_id")
		}
		return listing{}, err
	}
	out := listing{archive: got.archive, digest: digest(got.body), next: nextLink(got.header, at)}
	for _, status := range append(statuses, found.Statuses...) {
		out.posts = append(out.posts, m.posts(status)...)
	}
	return out, nil
}

// posts makes the posts of one status: itself, or the one it passes on, and the one it quotes.
func (m *mastodon) posts(s mastodonStatus) []post {
	entry := post{id: s.ID, at: s.CreatedAt, pinned: s.Pinned}
	if s.Reblog != nil {
		s = *s.Reblog
	}
	if s.Visibility != "" && s.Visibility != "public" && s.Visibility != "unlisted" {
		return nil
	}
	entry.doc = s.document()
	var out []post
	if m.words == nil || holdsAll(entry.doc.Text, m.words) {
		out = append(out, entry)
	}
	if s.Quote != nil && s.Quote.Status != nil {
		out = append(out, post{id: entry.id, at: entry.at, pinned: entry.pinned, doc: s.Quote.Status.document()})
	}
	return out
}

func (s *mastodonStatus) document() claims.Document {
	text := htmlText(s.Content)
	if s.SpoilerText != "" {
		text = s.SpoilerText + "\n\n" + text
	}
	at := s.URL
	if at == "" {
		at = s.URI
	}
	if spelt, err := Canonical(at); err == nil {
		at = spelt
	}
	doc := claims.Document{URL: at, Author: s.Account.DisplayName, Lang: s.Language, Published: s.CreatedAt.UTC(), Text: paragraphs(text), Poster: "@" + s.Account.Acct}
	if s.EditedAt != nil {
		doc.Modified = s.EditedAt.UTC()
	}
	return doc
}

var linkHeader = regexp.MustCompile(`<([^>]*)>\s*;[^,]*\brel="?next"?`)

// nextLink reads the next page's address from a Link header (RFC 8288), "" where there is none on the
// same host.
func nextLink(h http.Header, at string) string {
	here, err := url.Parse(at)
	if err != nil {
		return ""
	}
	for _, value := range h.Values("Link") {
		if m := linkHeader.FindStringSubmatch(value); m != nil {
			if to, err := here.Parse(m[1]); err == nil && to.Host == here.Host && to.String() != at {
				return to.String()
			}
		}
	}
	return ""
}

// htmlText is the text of a post's HTML: blocks parted by blank lines, <br> a new line. A link that is
// shown shortened (Mastodon's "invisible" and "ellipsis" spans) is given whole.
func htmlText(source string) string {
	var b strings.Builder
	z := html.NewTokenizer(bytes.NewReader([]byte(source)))
	var href string  // of the open link that is shown shortened
	var shown string // what b held when it began
	skip := 0        // open script and style elements
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if skip == 0 {
				b.Write(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			switch t.DataAtom {
			case atom.Br:
				b.WriteString("\n")
			case atom.P, atom.Div, atom.Blockquote, atom.Ul, atom.Ol, atom.Pre, atom.H1, atom.H2, atom.H3, atom.H4:
				b.WriteString("\n\n")
			case atom.Li:
				b.WriteString("\n")
			case atom.Script, atom.Style:
				skip++
			case atom.A:
				href, shown = attribute(t, "href"), b.String()
			case atom.Span:
				if class := attribute(t, "class"); href != "" && (strings.Contains(class, "invisible") || strings.Contains(class, "ellipsis")) {
					b.Reset()
					b.WriteString(shown)
					b.WriteString(href)
					skipLink(z)
					href = ""
				}
			}
		case html.EndTagToken:
			switch z.Token().DataAtom {
			case atom.P, atom.Div, atom.Blockquote, atom.Ul, atom.Ol, atom.Pre, atom.H1, atom.H2, atom.H3, atom.H4:
				b.WriteString("\n\n")
			case atom.Script, atom.Style:
				skip = max(0, skip-1)
			case atom.A:
				href = ""
			}
		}
	}
}

// skipLink reads on to the end of the open link.
func skipLink(z *html.Tokenizer) {
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.EndTagToken:
			if z.Token().DataAtom == atom.A {
				return
			}
		}
	}
}

// searchWords are the words of a search, in lower case and without quotes.
func searchWords(search string) []string {
	var out []string
	for word := range strings.FieldsSeq(strings.ToLower(search)) {
		if word = strings.Trim(word, `"'()`); word != "" && word != "or" && word != "and" {
			out = append(out, word)
		}
	}
	return out
}

func holdsAll(text string, words []string) bool {
	text = strings.ToLower(text)
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
