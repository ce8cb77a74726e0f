package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"tallywire/claims"
)

// inMemory gives claims one by one.
func inMemory(list []claims.Claim) iter.Seq2[*claims.Claim, error] {
	return func(yield func(*claims.Claim, error) bool) {
		for i := range list {
			if !yield(&list[i], nil) {
				return
			}
		}
	}
}

// stored gives every claim of a store, whole, in ascending order of ID, and ends after an error.
func stored(ctx context.Context, s interface {
	Claims(ctx context.Context, after claims.ClaimID, limit int) ([]claims.Claim, claims.ClaimID, error)
}) iter.Seq2[*claims.Claim, error] {
	return func(yield func(*claims.Claim, error) bool) {
		var after claims.ClaimID
		for more := true; more; more = after != "" {
			page, next, err := s.Claims(ctx, after, pageSize)
			if err != nil {
				yield(nil, fmt.Errorf("read claims: %w", err))
				return
			}
			for i := range page {
				if !yield(&page[i], nil) {
					return
				}
			}
			after = next
		}
	}
}

// reconcile makes the stored board the one that is given in ascending order of ID, by way of put, and says what that changes.
// The judgement returned is the one given with the board's counts. A process that ends in between leaves a part of each board and
// no judgement noted, and so everything to be judged again.
func (p *Pipeline) reconcile(ctx context.Context, board iter.Seq2[*claims.Claim, error], state judgement,
	put func(context.Context, []claims.Claim, []claims.ClaimID) error,
) (Changes, judgement, error) {
	state.Claims, state.Sources = 0, map[claims.SourceID]int{}
	out := Changes{Flips: []Flip{}}
	var change []claims.Claim
	var remove []claims.ClaimID
	write := func(least int) error {
		if len(change)+len(remove) < least {
			return nil
		}
		if err := put(ctx, change, remove); err != nil {
			return fmt.Errorf("keep claims: %w", err)
		}
		out.Removed += len(remove)
		out.Written = append(out.Written, remove...)
		change, remove = nil, nil
		return nil
	}
	for was, now := range pairs(stored(ctx, p.Store), board) {
		if err := errors.Join(was.err, now.err); err != nil {
			return out, state, err
		}
		if err := write(writtenAtOnce); err != nil {
			return out, state, err
		}
		if now.Claim == nil {
			remove = append(remove, was.ID)
			continue
		}
		state.Claims++
		state.count(now.Claim, 1)
		switch {
		case was.Claim == nil:
			out.New++
		case equal(was.Claim, now.Claim):
			continue
		default:
			out.Changed++
			if was.Status != now.Status {
				out.Flips = append(out.Flips, Flip{now.ID, now.Statement, was.Status, now.Status})
			}
		}
		change, out.Written = append(change, *now.Claim), append(out.Written, now.ID)
	}
	if err := write(1); err != nil {
		return out, state, err
	}
	out.Claims = state.Claims
	slices.Sort(out.Written)
	return out, state, nil
}

// A read is a claim, nil where there is none, or why it could not be read.
type read struct {
	*claims.Claim
	err error
}

// pairs gives the claims of two boards in ascending order of ID, those of one ID together. It ends after an error.
func pairs(a, b iter.Seq2[*claims.Claim, error]) iter.Seq2[read, read] {
	return func(yield func(read, read) bool) {
		nextA, stopA := iter.Pull2(a)
		defer stopA()
		nextB, stopB := iter.Pull2(b)
		defer stopB()
		pull := func(next func() (*claims.Claim, error, bool)) read {
			c, err, _ := next()
			return read{c, err}
		}
		x, y := pull(nextA), pull(nextB)
		for x.Claim != nil || y.Claim != nil {
			if x.err != nil || y.err != nil {
				break
			}
			switch {
			case y.Claim == nil || x.Claim != nil && x.ID < y.ID:
				old := x
				x = pull(nextA)
				if !yield(old, read{}) {
					return
				}
			case x.Claim == nil || y.ID < x.ID:
				now := y
				y = pull(nextB)
				if !yield(read{}, now) {
					return
				}
			default:
				old, now := x, y
				x, y = pull(nextA), pull(nextB)
				if !yield(old, now) {
					return
				}
			}
		}
		if x.err != nil || y.err != nil {
			yield(read{err: x.err}, read{err: y.err})
		}
	}
}
