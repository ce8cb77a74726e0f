package crawler

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// TestBlueskyNetwork reads accounts and searches of a real Bluesky network: the servers that run the public one, started on
// loopback by .ci/bluesky. TALLYWIRE_BLUESKY is the AppView's address, TALLYWIRE_BLUESKY_PDS that of the accounts' server.
func TestBlueskyNetwork(t *testing.T) {
	view, pds := os.Getenv("TALLYWIRE_BLUESKY"), os.Getenv("TALLYWIRE_BLUESKY_PDS")
	if view == "" || pds == "" {
		t.Skip("SKIPPED: no Bluesky network (.ci/bluesky starts one; it sets TALLYWIRE_BLUESKY and TALLYWIRE_BLUESKY_PDS)")
	}
	ministry, reporter := openAccount(t, pds, "ministry.test"), openAccount(t, pds, "reporter.test")
	mark := fmt.Sprintf("run%d", time.Now().UnixNano()) // tells this run's posts from earlier ones
	const many = 130                                    // more than one page of a listing
	var refs []map[string]any
	for i := range many {
		refs = append(refs, ministry.post(t, fmt.Sprintf("%s: bulletin %d of the day, %d people in shelters.\n\nMore in the evening — année 2026.", mark, i, 100+i), nil))
	}
	quote := reporter.post(t, mark+": is this the last figure?", map[string]any{"$type": "app.bsky.embed.record", "record": refs[many-1]})
	reporter.create(t, "app.bsky.feed.repost", map[string]any{"subject": refs[3]})

	r := newRig(t, "", func(o *Options) {
		o.Resolve = nil
		o.Revisit = []time.Duration{0}
	})
	r.clock = time.Now()
	office := Source{ID: "office", Type: Bluesky, URL: view, Account: "ministry.test"}
	until(t, "all posts are listed", func() bool {
		r.crawl(t, office)
		return len(r.withMark(mark)) == many
	})
	for _, f := range r.withMark(mark) {
		p := f.Post
		if !strings.HasPrefix(p.URL, view+"/profile/ministry.test/post/") || p.Poster != "@ministry.test" || p.Lang != "en" || !strings.Contains(p.Text, "\n\nMore in the evening — année 2026.") ||
			p.Published.IsZero() || time.Since(p.Published).Abs() > 24*time.Hour {
			t.Fatalf("a post reads %+v", p)
		}
	}

	t.Run("nothing twice", func(t *testing.T) {
		if sum := r.crawl(t, office); sum.New != 0 || sum.Unchanged < many {
			t.Errorf("%+v", sum)
		}
	})
	t.Run("reposts and quotes stand under their authors", func(t *testing.T) {
		r.shelf.forget()
		witness := newRig(t, "", func(o *Options) { o.Resolve = nil })
		witness.clock = r.clock
		until(t, "the reporter's list has the repost and the quote", func() bool {
			witness.crawl(t, Source{ID: "reporter", Type: Bluesky, URL: view, Account: "@reporter.test"})
			return len(witness.withMark(mark)) >= 3
		})
		by := map[string]int{}
		for _, f := range witness.withMark(mark) {
			by[f.Post.Poster]++
		}
		if by["@ministry.test"] != 2 || by["@reporter.test"] != 1 {
			t.Errorf("posts by author: %v", by)
		}
	})
	t.Run("a search, with a session of its own", func(t *testing.T) {
		s := newRig(t, "", func(o *Options) {
			o.Resolve = nil
			o.BlueskyHandle, o.BlueskyPassword = "reporter.test", blueskyPassword
		})
		s.clock = r.clock
		until(t, "the search finds the quote", func() bool {
			s.crawl(t, Source{ID: "words", Type: Bluesky, URL: pds, Search: mark + ": is this"})
			return len(s.withMark(mark+": is this")) == 1
		})
	})
	t.Run("a post that is deleted is told", func(t *testing.T) {
		r.shelf.forget()
		gone := blueskyAddress(view, "ministry.test", refs[5])
		ministry.call(t, "com.atproto.repo.deleteRecord", map[string]any{"repo": ministry.did, "collection": "app.bsky.feed.post", "rkey": keyOf(refs[5])}, nil)
		until(t, "the deletion arrives", func() bool {
			r.crawl(t, office)
			for _, f := range r.shelf.got {
				if f.Gone && f.URL == gone {
					return true
				}
			}
			return false
		})
	})
	t.Run("no such account", func(t *testing.T) {
		if sum, err := r.Crawl(t.Context(), Source{ID: "nobody", Type: Bluesky, URL: view, Account: "nobody.test"}); sum.State != "gone" || reasonOf(err) != ReasonAccount {
			t.Errorf("%+v, %v", sum, err)
		}
	})
	t.Run("a wrong password", func(t *testing.T) {
		s := newRig(t, "", func(o *Options) { o.Resolve, o.BlueskyHandle, o.BlueskyPassword = nil, "reporter.test", "wrong" })
		if sum, err := s.Crawl(t.Context(), Source{ID: "words", Type: Bluesky, URL: pds, Search: "x"}); sum.State != "auth_needed" {
			t.Errorf("%+v, %v", sum, err)
		}
	})
	t.Run("another account's posts are not the office's", func(t *testing.T) {
		if _, err := r.state.Page(t.Context(), blueskyAddress(view, "reporter.test", quote)); err == nil {
			t.Error("the office's list holds the reporter's post")
		}
	})
}

// blueskyPassword is what testnet.mjs gives its accounts.
const blueskyPassword = "hunter2-pass"

// withMark are the posts taken in whose text begins with a mark.
func (r *rig) withMark(mark string) []Fetched {
	r.shelf.mu.Lock()
	defer r.shelf.mu.Unlock()
	var out []Fetched
	for _, f := range r.shelf.got {
		if f.Post != nil && strings.HasPrefix(f.Post.Text, mark) {
			out = append(out, f)
		}
	}
	return out
}

// until waits for what the network does by itself: posts take a moment from the account's server to the AppView.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(3 * time.Minute); !done(); time.Sleep(500 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within three minutes", what)
		}
	}
}

// An atAccount writes to the network as its owner does.
type atAccount struct{ server, did, token string }

func openAccount(t *testing.T, pds, handle string) atAccount {
	t.Helper()
	a := atAccount{server: pds}
	var session struct{ DID, AccessJwt string }
	a.call(t, "com.atproto.server.createSession", map[string]any{"identifier": handle, "password": blueskyPassword}, &session)
	a.did, a.token = session.DID, session.AccessJwt
	return a
}

func (a atAccount) call(t *testing.T, method string, in, out any) {
	t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, a.server+"/xrpc/"+method, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if a.token != "" {
		req.Header.Set("Authorization", "Bearer "+a.token)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %s %v", method, res.StatusCode, text, err)
	}
	if out != nil {
		if err := json.Unmarshal(text, out); err != nil {
			t.Fatal(err)
		}
	}
}

// create writes a record and returns the reference by which others point to it.
func (a atAccount) create(t *testing.T, kind string, record map[string]any) map[string]any {
	t.Helper()
	record["$type"], record["createdAt"] = kind, time.Now().UTC().Format(time.RFC3339Nano)
	var ref map[string]any
	a.call(t, "com.atproto.repo.createRecord", map[string]any{"repo": a.did, "collection": kind, "record": record}, &ref)
	return map[string]any{"uri": ref["uri"], "cid": ref["cid"]}
}

func (a atAccount) post(t *testing.T, text string, embed map[string]any) map[string]any {
	t.Helper()
	record := map[string]any{"text": text, "langs": []string{"en"}}
	if embed != nil {
		record["embed"] = embed
	}
	return a.create(t, "app.bsky.feed.post", record)
}

func keyOf(ref map[string]any) string {
	uri, _ := ref["uri"].(string)
	return uri[strings.LastIndex(uri, "/")+1:]
}

func blueskyAddress(view, handle string, ref map[string]any) string {
	return view + "/profile/" + handle + "/post/" + keyOf(ref)
}
