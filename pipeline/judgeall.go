package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tallywire/claims"
	"tallywire/store"
)

// Judging everything: a board that was never judged, or was by other rules, settings or sources. Of a board of up to
// judgedAtOnce mentions all is judged in memory. A larger one is judged by passes, as if its pages came in anew, and what each comes to is
// written to a scratch board: that takes longer and a bounded memory. Either way the stored board is then made the same,
// claim by claim, and until then stays as it was.

const (
	judgedAtOnce  = 200_000 // mentions; about 15 kB of memory each
	mentionsAPage = 400     // a pass has one page for each so many of them: 500
	writtenAtOnce = 5_000   // claims in one transaction, which holds them in memory
)

// judgeAll judges every stored mention.
func (p *Pipeline) judgeAll(ctx context.Context, decisions []claims.Decision) (Changes, error) {
	p.bench = nil
	mentions, err := p.reindex(ctx)
	if err != nil {
		return Changes{}, err
	}
	_, upTo, err := p.Store.Unjudged(ctx)
	if err != nil {
		return Changes{}, fmt.Errorf("read what is to be judged: %w", err)
	}
	most := judgedAtOnce
	if p.AtOnce > 0 {
		most = p.AtOnce
	}
	var changes Changes
	var state judgement
	if mentions > most && p.Scratch != nil {
		changes, state, err = p.judgePasses(ctx, decisions, most/mentionsAPage+1)
	} else {
		changes, state, err = p.judgeAtOnce(ctx, decisions)
	}
	if err != nil {
		return changes, err
	}
	state.Rules, state.Decisions, p.inherited = p.rules(), len(decisions), false
	return changes, p.note(ctx, state, upTo)
}

// reindex keeps every record under the keys of today's settings, and counts the mentions.
func (p *Pipeline) reindex(ctx context.Context) (mentions int, err error) {
	bench := p.keys()
	return mentions, p.rewrite(ctx, func(r store.Record) *store.Record {
		mentions += len(r.Mentions)
		blocks := bench.Blocks(r.Mentions)
		if slices.EqualFunc(blocks, r.Blocks, slices.Equal[[]string]) {
			return nil
		}
		r.Blocks = blocks
		return &r
	})
}

// judgeAtOnce judges every stored mention in memory and writes the board.
func (p *Pipeline) judgeAtOnce(ctx context.Context, decisions []claims.Decision) (Changes, judgement, error) {
	mentions, err := p.mentions(ctx)
	if err != nil {
		return Changes{}, judgement{}, err
	}
	v := claims.NewBench(p.house()).Judge(mentions, decisions)
	return p.reconcile(ctx, inMemory(v.Claims), judgement{Newest: v.Newest, Due: v.Due}, p.Store.PutClaims)
}

// wouldChange says what judging some mentions would change on the stored board.
func (p *Pipeline) wouldChange(ctx context.Context, mentions []claims.Mention, decisions []claims.Decision) (Changes, error) {
	v := claims.NewBench(p.house()).Judge(mentions, decisions)
	changes, _, err := p.reconcile(ctx, inMemory(v.Claims), judgement{}, func(context.Context, []claims.Claim, []claims.ClaimID) error { return nil })
	return changes, err
}

// judgePasses judges every stored mention by passes over so many pages at once, the earliest first, and writes the board.
func (p *Pipeline) judgePasses(ctx context.Context, decisions []claims.Decision, atOnce int) (Changes, judgement, error) {
	scratch, remove, err := p.Scratch()
	if err != nil {
		return Changes{}, judgement{}, fmt.Errorf("make a scratch board: %w", err)
	}
	defer remove()
	pages, err := p.pages(ctx)
	if err != nil {
		return Changes{}, judgement{}, err
	}
	bench, state := claims.NewBench(p.house()), judgement{Due: map[claims.ClaimID]time.Time{}}
	so := soFar{docket: docket{ctx, p.Store}, board: docket{ctx, scratch}, taken: map[claims.DocumentID]bool{}}
	for done := 0; done < len(pages); done += atOnce {
		if err := ctx.Err(); err != nil {
			return Changes{}, judgement{}, err
		}
		changed := claims.Changed{Newest: state.Newest, Due: state.Due}
		for _, page := range pages[done:min(done+atOnce, len(pages))] {
			for _, doc := range page.versions {
				so.taken[doc] = true
			}
			changed.Documents = append(changed.Documents, page.versions...)
		}
		v, err := bench.Update(so, decisions, changed)
		if err != nil {
			return Changes{}, judgement{}, err
		}
		if err := scratch.PutClaims(ctx, v.Claims, v.Remove); err != nil {
			return Changes{}, judgement{}, fmt.Errorf("keep claims on the scratch board: %w", err)
		}
		state.Newest = v.Newest
		state.dues(v)
		if done/atOnce%20 == 19 {
			p.Log.Info("everything is being judged", "pages", done+atOnce, "of", len(pages))
		}
	}
	return p.reconcile(ctx, stored(ctx, scratch), state, p.Store.PutClaims)
}

// A pageVersions is a page with the documents that are its versions.
type pageVersions struct {
	at       time.Time // when its first version came out
	url      string
	versions []claims.DocumentID
}

// pages lists the stored pages, the earliest first.
func (p *Pipeline) pages(ctx context.Context) ([]*pageVersions, error) {
	by := map[string]*pageVersions{}
	var out []*pageVersions
	err := p.each(ctx, func(r store.Record) error {
		at := r.Document.Published
		if at.IsZero() {
			at = r.Document.Fetched
		}
		page := by[r.Document.URL]
		if page == nil {
			page = &pageVersions{at: at, url: r.Document.URL}
			by[page.url], out = page, append(out, page)
		}
		if at.Before(page.at) {
			page.at = at
		}
		page.versions = append(page.versions, r.Document.ID)
		return nil
	})
	slices.SortFunc(out, func(a, b *pageVersions) int { return cmp.Or(a.at.Compare(b.at), strings.Compare(a.url, b.url)) })
	return out, err
}

// soFar is a docket of the documents taken so far, with a board of their own.
type soFar struct {
	docket
	board docket
	taken map[claims.DocumentID]bool
}

// Page implements claims.Docket.
func (s soFar) Page(doc claims.DocumentID) ([]claims.Mention, error) {
	list, err := s.docket.Page(doc)
	return slices.DeleteFunc(list, func(m claims.Mention) bool { return !s.taken[m.Document] }), err
}

// Near implements claims.Docket.
func (s soFar) Near(key string) ([]claims.Ref, error) {
	list, err := s.docket.Near(key)
	return slices.DeleteFunc(list, func(r claims.Ref) bool { return !s.taken[r.Document] }), err
}

// ClaimOf implements claims.Docket.
func (s soFar) ClaimOf(m claims.MentionID) (claims.ClaimID, error) { return s.board.ClaimOf(m) }

// Claim implements claims.Docket.
func (s soFar) Claim(id claims.ClaimID) (*claims.Claim, error) { return s.board.Claim(id) }
