package crawler

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"tallywire/claims"
)

// telegram reads the public web preview of a channel, which needs no account: about twenty posts a page,
// oldest first.
type telegram struct {
	base string
}

func (t *telegram) open(_ context.Context, p *pass) error {
	t.base = p.server("https://t.me")
	if p.account() == "" {
		return fail(ReasonBadURL, t.base, errors.New("Telegram's preview has no search; name an account"))
	}
	return nil
}

func (t *telegram) list(ctx context.Context, p *pass, from, _ string) (listing, error) {
	at := t.base + "/s/" + url.PathEscape(p.account())
	if from != "" {
		at += "?before=" + url.QueryEscape(from)
	}
	got, err := p.c.fetch(ctx, request{url: at, header: p.conditional(claims.Page{}), limit: maxAPI, keep: true, known: p.state.Cursor["digest"]})
	if err != nil {
		if r := reasonOf(err); r == ReasonNotFound {
			return listing{}, fail(ReasonAccount, at, errors.New("no such channel"))
		}
		return listing{}, err
	}
	out, err := t.read(toUTF8(got.body, got.header.Get("Content-Type")), from)
	var f *Failure
	if errors.As(err, &f) {
		f.URL = at
		return listing{}, f
	}
	out.archive, out.digest = got.archive, digest(got.body)
	return out, err
}

// read reads a page of the preview. from is what it was asked to be older than.
func (t *telegram) read(text []byte, from string) (listing, error) {
	doc, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return listing{}, fail(ReasonNotAPI, t.base, short(err))
	}
	var out listing
	preview := false // the page is one at all
	walk(doc, func(n *html.Node) bool {
		switch {
		case hasClass(n, "tme_messages_more"):
			if before := attr(n, "data-before"); before != "" && before != from {
				out.next = before
			}
		case hasClass(n, "tgme_channel_history"), hasClass(n, "tgme_channel_info_header_title"), hasClass(n, "tme_no_messages_found"):
			preview = true
		case hasClass(n, "tgme_widget_message") && attr(n, "data-post") != "":
			preview = true
			if one, ok := t.post(n); ok {
				out.posts = append(out.posts, one)
			}
			return false
		}
		return true
	})
	slices.Reverse(out.posts)
	if !preview {
		return listing{}, fail(ReasonAccount, t.base, errors.New("no public preview"))
	}
	return out, nil
}

// post reads one message. Service messages are none.
func (t *telegram) post(n *html.Node) (post, bool) {
	if hasClass(n, "service_message") {
		return post{}, false
	}
	channel, id, ok := strings.Cut(attr(n, "data-post"), "/")
	if !ok {
		return post{}, false
	}
	doc := claims.Document{URL: t.base + "/" + channel + "/" + id, Poster: "@" + channel}
	var texts []string
	walk(n, func(n *html.Node) bool {
		switch {
		case hasClass(n, "tgme_widget_message_reply"), hasClass(n, "tgme_widget_message_link_preview"):
			return false // somebody else's words
		case hasClass(n, "tgme_widget_message_owner_name") && doc.Author == "":
			doc.Author = plain(nodeText(n))
		case hasClass(n, "tgme_widget_message_forwarded_from_name"):
			doc.Poster = forwardedFrom(n)
			doc.Author = plain(nodeText(n))
		case hasClass(n, "js-message_text"):
			texts = append(texts, htmlText(innerHTML(n)))
			return false
		case n.DataAtom == atom.Time && inside(n, "tgme_widget_message_date"):
			if at, err := time.Parse(time.RFC3339, attr(n, "datetime")); err == nil {
				doc.Published = at.UTC()
			}
		}
		return true
	})
	doc.Text = paragraphs(strings.Join(texts, "\n\n"))
	return post{id: id, at: doc.Published, doc: doc}, true
}

// forwardedFrom names the account that a forwarded message is from: by its address, else by its name.
func forwardedFrom(n *html.Node) string {
	if u, err := url.Parse(attr(n, "href")); err == nil {
		if name, _, _ := strings.Cut(strings.Trim(u.Path, "/"), "/"); name != "" {
			return "@" + name
		}
	}
	return "@" + plain(nodeText(n))
}

// walk visits n and what is in it, in document order; do says whether to go inside.
func walk(n *html.Node, do func(*html.Node) bool) {
	if n.Type == html.ElementNode && !do(n) {
		return
	}
	for child := range n.ChildNodes() {
		walk(child, do)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasClass(n *html.Node, class string) bool {
	return n.Type == html.ElementNode && strings.Contains(" "+attr(n, "class")+" ", " "+class+" ")
}

// inside reports whether n stands in an element of the class.
func inside(n *html.Node, class string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if hasClass(p, class) {
			return true
		}
	}
	return false
}

func nodeText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func innerHTML(n *html.Node) string {
	var b strings.Builder
	for child := range n.ChildNodes() {
		if html.Render(&b, child) != nil {
			break // a Builder does not fail
		}
	}
	return b.String()
}
