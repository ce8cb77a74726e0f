package verdict

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"tallywire/archive"
	"tallywire/claims"
	"tallywire/report"
	"tallywire/store"
)

// Store is what Collect reads.
type Store interface {
	Record(ctx context.Context, id claims.DocumentID) (store.Record, error)
	Records(ctx context.Context, after claims.DocumentID, limit int) ([]store.Record, claims.DocumentID, error)
	Versions(ctx context.Context, url string) ([]claims.Document, error)
	Claim(ctx context.Context, id claims.ClaimID) (claims.Claim, error)
	Decisions(ctx context.Context) ([]claims.Decision, error)
}

// pageSize is how many records are read at a time.
const pageSize = 200

// Collect gathers all that the verdicts on some claims of a store rest on, and no more: first the documents
// that mention them, with their other versions; where these alone do not give the same verdicts, those of
// related claims too; at last everything. archiveDir "" takes no archived records.
//
// It returns an error that wraps claims.ErrConflict where even everything does not give them: then the board
// is not what today's rules and settings make of the evidence.
func Collect(ctx context.Context, s Store, archiveDir string, settings claims.Settings, program string, picked []claims.Claim) (Pack, error) {
	decisions, err := s.Decisions(ctx)
	if err != nil {
		return Pack{}, fmt.Errorf("read decisions: %w", err)
	}
	p := Pack{Program: program, Claims: picked, Settings: settings, Decisions: decisions}
	near, err := documentsOf(ctx, s, picked)
	if err != nil {
		return Pack{}, err
	}
	related, err := relatedTo(ctx, s, picked)
	if err != nil {
		return Pack{}, err
	}
	for _, gather := range []func() error{
		func() (err error) { p.Records, err = records(ctx, s, near); return err },
		func() error {
			more, err := documentsOf(ctx, s, related)
			if err == nil {
				p.Records, err = records(ctx, s, append(more, near...))
			}
			return err
		},
		func() (err error) {
			p.Records, err = everything(ctx, s)
			p.Decisions, p.Settings = decisions, settings
			return err
		},
	} {
		if err := gather(); err != nil {
			return Pack{}, err
		}
		p.Settings.Sources, p.Decisions = concerned(p.Records, settings.Sources, decisions, picked)
		if same, err := p.gives(picked); err != nil {
			return Pack{}, err
		} else if same {
			return p, p.takeArchive(archiveDir)
		}
		p.Settings.Sources, p.Decisions = settings.Sources, decisions // the voices of others may stand in the texts
		if same, err := p.gives(picked); err != nil {
			return Pack{}, err
		} else if same {
			return p, p.takeArchive(archiveDir)
		}
	}
	return Pack{}, fmt.Errorf("%w: the board is not what today's rules and settings make of the evidence; run `tallywire rejudge`, then export again", claims.ErrConflict)
}

// gives reports whether a pack's evidence leads to these claims.
func (p Pack) gives(picked []claims.Claim) (bool, error) {
	var want, got bytes.Buffer
	if err := report.JSON(&want, picked); err != nil {
		return false, err
	}
	judged, err := p.judge()
	if err != nil {
		return false, nil // a claim is missing: more evidence is needed
	}
	if err := report.JSON(&got, judged); err != nil {
		return false, err
	}
	return bytes.Equal(want.Bytes(), got.Bytes()), nil
}

// judge judges a pack's mentions and returns its claims anew, in its order. A claim that does not come out
// is claims.ErrNotFound.
func (p Pack) judge() ([]claims.Claim, error) {
	var mentions []claims.Mention
	for _, r := range p.Records {
		mentions = append(mentions, r.Mentions...)
	}
	all := claims.Judge(mentions, p.Decisions, p.Settings)
	out := make([]claims.Claim, 0, len(p.Claims))
	for i := range p.Claims {
		at, ok := slices.BinarySearchFunc(all, p.Claims[i].ID, func(c claims.Claim, id claims.ClaimID) int { return bytes.Compare([]byte(c.ID), []byte(id)) })
		if !ok {
			return nil, fmt.Errorf("claim %s: %w", p.Claims[i].ID, claims.ErrNotFound)
		}
		out = append(out, all[at])
	}
	return out, nil
}

// concerned leaves out sources and decisions that the records have nothing to do with: a pack goes out of
// the house.
func concerned(records []store.Record, sources []claims.Source, decisions []claims.Decision, picked []claims.Claim) ([]claims.Source, []claims.Decision) {
	from, mentions, ids := map[claims.SourceID]bool{}, map[claims.MentionID]bool{}, map[claims.ClaimID]bool{}
	for _, r := range records {
		from[r.Document.Source] = true
		for _, m := range r.Mentions {
			mentions[m.ID] = true
		}
	}
	for i := range picked {
		ids[picked[i].ID] = true
	}
	var s []claims.Source
	for _, x := range sources {
		if from[x.ID] {
			s = append(s, x)
		}
	}
	taken := map[string]bool{}
	var d []claims.Decision
	for _, x := range decisions {
		if ids[x.Claim] || ids[x.Other] || taken[x.Undoes] || slices.ContainsFunc(x.Mentions, func(m claims.MentionID) bool { return mentions[m] }) {
			d, taken[x.ID] = append(d, x), true
		}
	}
	return s, d
}

// documentsOf lists the documents that mention claims, with all versions at their addresses.
func documentsOf(ctx context.Context, s Store, cs []claims.Claim) ([]claims.DocumentID, error) {
	var ids []claims.DocumentID
	asked := map[string]bool{}
	for i := range cs {
		for _, m := range cs[i].Mentions {
			ids = append(ids, m.Document)
			if asked[m.URL] {
				continue
			}
			asked[m.URL] = true
			versions, err := s.Versions(ctx, m.URL)
			if err != nil {
				return nil, fmt.Errorf("read versions of %s: %w", m.URL, err)
			}
			for _, v := range versions {
				ids = append(ids, v.ID)
			}
		}
	}
	return ids, nil
}

// relatedTo reads the claims that are tied to the picked ones.
func relatedTo(ctx context.Context, s Store, picked []claims.Claim) ([]claims.Claim, error) {
	var out []claims.Claim
	for i := range picked {
		for _, r := range picked[i].Related {
			c, err := s.Claim(ctx, r.Claim)
			if errors.Is(err, claims.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("read claim %s: %w", r.Claim, err)
			}
			out = append(out, c)
		}
	}
	return out, nil
}

// records reads documents, each once, in ascending order.
func records(ctx context.Context, s Store, ids []claims.DocumentID) ([]store.Record, error) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	var out []store.Record
	for _, id := range slices.Compact(ids) {
		r, err := s.Record(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("read document %s: %w", id, err)
		}
		out = append(out, r)
	}
	return out, nil
}

func everything(ctx context.Context, s Store) ([]store.Record, error) {
	var out []store.Record
	var after claims.DocumentID
	for {
		page, next, err := s.Records(ctx, after, pageSize)
		if err != nil {
			return nil, fmt.Errorf("read documents: %w", err)
		}
		out = append(out, page...)
		if after = next; next == "" {
			slices.SortFunc(out, byDocument)
			return out, nil
		}
	}
}

// takeArchive adds the archived record of each document, or names the document as one without.
func (p *Pack) takeArchive(dir string) error {
	p.Archive = map[string][]byte{}
	for _, r := range p.Records {
		at := r.Document.Archive
		if _, ok := p.Archive[at.RecordID]; ok {
			continue
		}
		raw, err := archive.Raw(dir, at)
		switch {
		case err == nil:
			p.Archive[at.RecordID] = raw
		case errors.Is(err, claims.ErrNotFound):
			p.Missing = append(p.Missing, string(r.Document.ID))
		default:
			return fmt.Errorf("document %s: %w", r.Document.URL, err)
		}
	}
	return nil
}
