package pipeline

import (
	"context"
	"fmt"
	"slices"

	"tallywire/claims"
)

// Judge brings the stored claims up to date with what was digested and decided since it was last called; all of them
// where that cannot be told. dry judges everything and leaves the claims as they are. Calls wait for each other.
func (p *Pipeline) Judge(ctx context.Context, dry bool) (Changes, error) {
	if err := p.begin(ctx); err != nil {
		return Changes{}, err
	}
	p.judging.Lock()
	defer p.judging.Unlock()
	decisions, err := p.Store.Decisions(ctx)
	if err != nil {
		return Changes{}, fmt.Errorf("read decisions: %w", err)
	}
	if dry {
		mentions, err := p.mentions(ctx)
		if err != nil {
			return Changes{}, err
		}
		return p.wouldChange(ctx, mentions, decisions)
	}
	last, err := p.lastJudgement(ctx)
	if err != nil {
		return Changes{}, err
	}
	var changes Changes
	if last == nil {
		changes, err = p.judgeAll(ctx, decisions)
	} else {
		changes, err = p.judgeSome(ctx, *last, decisions)
	}
	if err == nil && len(changes.Written) > 0 && p.Changed != nil {
		p.Changed(changes)
	}
	return changes, err
}

// judgeSome judges what was digested and decided since a judgement, and all that it touches.
func (p *Pipeline) judgeSome(ctx context.Context, state judgement, decisions []claims.Decision) (Changes, error) {
	out := Changes{Claims: state.Claims, Flips: []Flip{}}
	docs, upTo, err := p.Store.Unjudged(ctx)
	if err != nil {
		return out, fmt.Errorf("read what is to be judged: %w", err)
	}
	c := claims.Changed{Documents: docs, Newest: state.Newest, Due: state.Due}
	for _, d := range decisions[min(state.Decisions, len(decisions)):] {
		for range decisions { // what an undo, or an undo of one, speaks of
			i := slices.IndexFunc(decisions, func(o claims.Decision) bool { return d.Kind == claims.DecideUndo && o.ID == d.Undoes })
			if i < 0 {
				break
			}
			d = decisions[i]
		}
		for _, id := range []claims.ClaimID{d.Claim, d.Other} {
			if id != "" {
				c.Claims = append(c.Claims, id)
			}
		}
		c.Mentions = append(c.Mentions, d.Mentions...)
	}
	if len(c.Documents)+len(c.Mentions)+len(c.Claims) == 0 {
		return out, nil
	}
	if p.bench == nil {
		p.bench = claims.NewBench(p.house())
	}
	v, err := p.bench.Update(docket{ctx, p.Store}, decisions, c)
	if err == nil {
		err = p.write(ctx, &out, &state, v)
	}
	if err != nil {
		p.bench.Forget()
		return out, err
	}
	state.Newest, state.Decisions, state.Claims = v.Newest, len(decisions), out.Claims
	if p.inherited && err == nil { // perhaps of a process that had written claims and ended before it noted it
		if err := p.recount(ctx, &state); err != nil {
			return out, err
		}
		out.Claims = state.Claims
	}
	p.inherited = false
	return out, p.note(ctx, state, upTo)
}

// recount counts the claims of the board anew.
func (p *Pipeline) recount(ctx context.Context, state *judgement) error {
	state.Claims, state.Sources = 0, map[claims.SourceID]int{}
	var after claims.ClaimID
	for {
		page, next, err := p.Store.Claims(ctx, after, pageSize)
		if err != nil {
			return fmt.Errorf("read claims: %w", err)
		}
		for i := range page {
			state.Claims++
			state.count(&page[i], 1)
		}
		if after = next; next == "" {
			return nil
		}
	}
}

// write writes what an update came to, as far as it is not as it was.
func (p *Pipeline) write(ctx context.Context, out *Changes, state *judgement, v claims.Verdicts) error {
	read := docket{ctx, p.Store}
	var put []claims.Claim
	for i := range v.Claims {
		c := &v.Claims[i]
		was, err := read.Claim(c.ID)
		if err != nil {
			return err
		}
		switch {
		case was == nil:
			out.New++
		case equal(was, c):
			continue
		default:
			out.Changed++
			state.count(was, -1)
			if was.Status != c.Status {
				out.Flips = append(out.Flips, Flip{c.ID, c.Statement, was.Status, c.Status})
			}
		}
		state.count(c, 1)
		put = append(put, *c)
		out.Written = append(out.Written, c.ID)
	}
	for _, id := range v.Remove {
		was, err := read.Claim(id)
		if err != nil {
			return err
		}
		if was != nil {
			out.Removed++
			state.count(was, -1)
		}
	}
	state.dues(v)
	out.Claims += out.New - out.Removed
	out.Written = append(out.Written, v.Remove...)
	slices.Sort(out.Written)
	if len(put)+len(v.Remove) == 0 {
		return nil
	}
	if err := p.Store.PutClaims(ctx, put, v.Remove); err != nil {
		return fmt.Errorf("keep claims: %w", err)
	}
	return nil
}
