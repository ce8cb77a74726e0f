package demo

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// A post of the sample's posts.json.
type post struct {
	ID      string `json:"id"`
	Account string `json:"account"`
	Created string `json:"created_at"` // RFC 3339
	Text    string `json:"text"`       // blank lines part paragraphs
}

type book struct {
	Accounts map[string]struct {
		ID   string `json:"id"`
		Name string `json:"display_name"`
	} `json:"accounts"`
	Posts []post `json:"posts"` // oldest first
}

// social answers for a platform's API, newest post first; false where the path is none of it.
func (n *Newsroom) social(w http.ResponseWriter, r *http.Request, host, kind string) bool {
	raw, ok := n.file(host, "/posts.json")
	var b book
	if !ok || json.Unmarshal(raw, &b) != nil {
		return false
	}
	slices.Reverse(b.Posts)
	base, p, q := n.Base(host), r.URL.Path, r.URL.Query()
	var reply any
	switch kind {
	case "mastodon":
		reply = b.mastodon(base, p, q.Get("acct"), q.Get("min_id")+q.Get("since_id"))
	case "bluesky":
		reply = b.bluesky(p, q.Get("actor"), q.Get("handle"))
	case "x":
		reply = b.x(p)
	case "telegram":
		if name, ok := strings.CutPrefix(p, "/s/"); ok && b.Accounts[name].ID != "" {
			answer(w, r, "text/html; charset=utf-8", []byte(b.telegram(base, name)))
			return true
		}
	}
	if reply == nil {
		return false
	}
	body, err := json.Marshal(reply)
	if err != nil {
		return false
	}
	answer(w, r, "application/json; charset=utf-8", body)
	return true
}

type object = map[string]any

func (b *book) mastodon(base, path, acct, after string) any {
	if path == "/api/v1/accounts/lookup" {
		name := strings.Split(strings.TrimPrefix(acct, "@"), "@")[0]
		if a, ok := b.Accounts[name]; ok {
			return object{"id": a.ID, "username": name, "acct": name, "display_name": a.Name, "url": base + "/@" + name}
		}
	}
	id, ok := strings.CutPrefix(path, "/api/v1/accounts/")
	if !ok || !strings.HasSuffix(id, "/statuses") {
		return nil
	}
	out := []object{}
	for _, p := range b.Posts {
		a := b.Accounts[p.Account]
		if a.ID+"/statuses" != id || !newer(p.ID, after) {
			continue
		}
		url := base + "/@" + p.Account + "/" + p.ID
		text := "<p>" + strings.ReplaceAll(html.EscapeString(p.Text), "\n\n", "</p><p>") + "</p>"
		out = append(out, object{"id": p.ID, "created_at": p.Created, "content": text, "url": url, "uri": url, "language": "en", "visibility": "public",
			"account": object{"id": a.ID, "username": p.Account, "acct": p.Account, "display_name": a.Name, "url": base + "/@" + p.Account}})
	}
	return out
}

func newer(id, after string) bool {
	a, errA := strconv.ParseInt(id, 10, 64)
	b, errB := strconv.ParseInt(after, 10, 64)
	return errA != nil || errB != nil || a > b
}

func (b *book) bluesky(path, actor, handle string) any {
	switch path {
	case "/xrpc/com.atproto.identity.resolveHandle":
		if a, ok := b.Accounts[handle]; ok {
			return object{"did": "did:plc:" + a.ID}
		}
	case "/xrpc/app.bsky.feed.getAuthorFeed":
		feed := []object{}
		for _, p := range b.Posts {
			did := "did:plc:" + b.Accounts[p.Account].ID
			if actor != p.Account && actor != did {
				continue
			}
			feed = append(feed, object{"post": object{"uri": "at://" + did + "/app.bsky.feed.post/" + p.ID, "cid": "bafy" + p.ID, "indexedAt": p.Created,
				"author": object{"did": did, "handle": p.Account, "displayName": b.Accounts[p.Account].Name},
				"record": object{"$type": "app.bsky.feed.post", "text": p.Text, "createdAt": p.Created, "langs": []string{"en"}}}})
		}
		return object{"feed": feed}
	}
	return nil
}

func (b *book) x(path string) any {
	if name, ok := strings.CutPrefix(path, "/2/users/by/username/"); ok {
		if a, ok := b.Accounts[name]; ok {
			return object{"data": object{"id": a.ID, "name": a.Name, "username": name}}
		}
	}
	id, ok := strings.CutPrefix(path, "/2/users/")
	if !ok || !strings.HasSuffix(id, "/tweets") {
		return nil
	}
	data, users := []object{}, []object{}
	for name, a := range b.Accounts {
		users = append(users, object{"id": a.ID, "name": a.Name, "username": name})
	}
	for _, p := range b.Posts {
		if a := b.Accounts[p.Account]; a.ID+"/tweets" == id {
			data = append(data, object{"id": p.ID, "text": p.Text, "author_id": a.ID, "created_at": p.Created, "lang": "en", "edit_history_tweet_ids": []string{p.ID}})
		}
	}
	return object{"data": data, "includes": object{"users": users}, "meta": object{"result_count": len(data)}}
}

func (b *book) telegram(base, name string) string {
	var out strings.Builder
	fmt.Fprintf(&out, `<!DOCTYPE html><html><head><meta charset="utf-8"><title>%s – Telegram</title></head><body><main class="tgme_main"><div class="tgme_channel_info_header_title">%[1]s</div><section class="tgme_channel_history js-message_history">`, html.EscapeString(b.Accounts[name].Name))
	for i := len(b.Posts) - 1; i >= 0; i-- {
		p := b.Posts[i]
		text := strings.ReplaceAll(html.EscapeString(p.Text), "\n", "<br/>")
		fmt.Fprintf(&out, `<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="%[1]s/%[2]s">`+
			`<a class="tgme_widget_message_owner_name" href="%[3]s/%[1]s"><span>%[4]s</span></a>`+
			`<div class="tgme_widget_message_text js-message_text">%[5]s</div>`+
			`<a class="tgme_widget_message_date" href="%[3]s/%[1]s/%[2]s"><time datetime="%[6]s"></time></a></div></div>`,
			name, p.ID, base, html.EscapeString(b.Accounts[name].Name), text, p.Created)
	}
	out.WriteString(`</section></main></body></html>`)
	return out.String()
}
