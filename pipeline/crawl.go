package pipeline

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"tallywire/claims"
	"tallywire/crawler"
	"tallywire/extract/article"
)

// Sink is the crawler's way into the pipeline: it reads the article of a page, or takes a post as it is, and digests it.
func (p *Pipeline) Sink(ctx context.Context, f crawler.Fetched) (crawler.Result, error) {
	if f.Gone {
		return crawler.Result{Outcome: crawler.Unchanged, Canonical: f.URL}, p.Gone(ctx, f.URL, f.At)
	}
	var doc claims.Document
	if f.Post != nil {
		doc = *f.Post
	} else {
		var err error
		doc, err = p.read(ctx, article.Input{URL: f.Final, ContentType: f.ContentType, Body: f.Body})
		if ctx.Err() != nil {
			return crawler.Result{}, ctx.Err()
		}
		if err != nil {
			return crawler.Result{Outcome: crawler.Refused, Reason: crawler.Reason(article.Reason(err))}, nil
		}
		if doc.URL, err = crawler.Canonical(doc.URL); err != nil {
			doc.URL = f.Final
		}
	}
	if f.Item != nil {
		fill(&doc, f.Item)
	}
	doc.Source, doc.Fetched, doc.Archive = f.Source, f.At, f.Archive
	if doc.Lang == "" {
		doc.Lang = p.language(f.Source)
	}
	if !f.NotBefore.IsZero() && !doc.Published.IsZero() && doc.Published.Before(f.NotBefore) {
		return crawler.Result{Outcome: crawler.Refused, Reason: crawler.ReasonTooOld, Canonical: doc.URL, Published: doc.Published}, nil
	}
	fresh, err := p.Digest(ctx, doc)
	if err != nil {
		return crawler.Result{}, err
	}
	r := crawler.Result{Outcome: crawler.Unchanged, Canonical: doc.URL, Published: doc.Published}
	if fresh {
		r.Outcome = crawler.Added
	}
	return r, nil
}

// fill takes from the door what the page itself does not say.
func fill(doc *claims.Document, item *crawler.Item) {
	if doc.Title == "" {
		doc.Title = item.Title
	}
	if doc.Author == "" {
		doc.Author = item.Author
	}
	if doc.Lang == "" {
		doc.Lang = item.Language
	}
	if doc.Published.IsZero() {
		doc.Published = item.Published
	}
	if doc.Modified.IsZero() {
		doc.Modified = item.Updated
	}
}

func (p *Pipeline) language(id claims.SourceID) string {
	for _, s := range p.house().Sources {
		if s.ID == id {
			return s.Language
		}
	}
	return ""
}

// A Report is what a crawl came to, source by source in the order given, and what it did to the board.
type Report struct {
	Sources []SourceReport `json:"sources"`
	Board   Changes        `json:"board"`
}

// A SourceReport is one source's part of a crawl.
type SourceReport struct {
	Source    claims.SourceID `json:"source"`
	State     string          `json:"state"` // ok, rate_limited, auth_needed, blocked, gone, changed_format, failed
	Fetched   int             `json:"fetched"`
	Unchanged int             `json:"unchanged"`
	New       int             `json:"new"`
	Failed    int             `json:"failed"`
	Passed    int             `json:"passed"` // passed over: too old, closed by robots.txt
	Reasons   map[string]int  `json:"reasons,omitempty"`
	Claims    int             `json:"claims"` // on the board now that mention it
	Error     string          `json:"error,omitempty"`
}

// Crawl makes one pass over sources, all at once, and judges what they brought. The error joins those of sources that
// failed whole; the Report is complete either way.
//
//	source ─┐
//	source ─┼─ Crawler.Crawl ── Sink ── store      then, once: Judge
//	source ─┘
func (p *Pipeline) Crawl(ctx context.Context, c *crawler.Crawler, sources []crawler.Source) (Report, error) {
	report := Report{Sources: make([]SourceReport, len(sources))}
	errs := make([]error, len(sources))
	var wg sync.WaitGroup
	for i, s := range sources {
		wg.Go(func() {
			done, err := p.turn(ctx, s.ID)
			if err != nil {
				errs[i], report.Sources[i] = err, SourceReport{Source: s.ID, Error: err.Error()}
				return
			}
			sum, err := c.Crawl(ctx, s)
			done()
			errs[i] = err
			r := SourceReport{Source: s.ID, State: sum.State, Fetched: sum.Fetched, Unchanged: sum.Unchanged, New: sum.New, Failed: sum.Failed, Passed: sum.Passed}
			for reason, n := range sum.Reasons {
				if r.Reasons == nil {
					r.Reasons = map[string]int{}
				}
				r.Reasons[string(reason)] = n
			}
			if err != nil {
				r.Error = err.Error()
			}
			report.Sources[i] = r
		})
	}
	wg.Wait()
	board, err := p.Judge(context.WithoutCancel(ctx), false)
	if err != nil {
		return report, errors.Join(append(errs, fmt.Errorf("judge: %w", err))...)
	}
	report.Board = board
	last, err := p.lastJudgement(context.WithoutCancel(ctx))
	if err != nil {
		return report, errors.Join(append(errs, err)...)
	}
	for i := range report.Sources {
		if last != nil {
			report.Sources[i].Claims = last.Sources[report.Sources[i].Source]
		}
	}
	return report, errors.Join(errs...)
}
