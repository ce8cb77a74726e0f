package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tallywire/claims"
	"tallywire/store"
	"tallywire/store/boltstore"
)

// began is the first day of the generated news.
var began = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

// The vocabulary of the generated news: enough words that searches differ, few enough that they hit.
var (
	nouns = strings.Fields("captives soldiers drones homes households workers pupils voters tonnes hectares megawatts crowns patients vessels wagons bridges shelters refugees miners farmers engines turbines reservists teachers nurses trucks barrels tents wells clinics")
	acts  = strings.Fields("released killed built destroyed evacuated counted delivered exported repaired opened closed hired trained treated seized flooded planted restored moved registered")
	towns = strings.Fields("Halm Orla Weir Tarn Brisk Loden Varr Kest Mirel Osten Pell Quay Rusk Sarn Tolm Ulva Vent Wick Yarrow Zell Ardo Bexa Corv Dreva Elmo Ferro Garn Hesk Ivra Joss")
)

const (
	outlets = 120
	topics  = 24
)

// generate fills a new store: claims of mentions each, in documents that hold three mentions.
func generate(ctx context.Context, dir string, n, mentions int, seed uint64) (err error) {
	s, err := boltstore.Open(filepath.Join(dir, "tallywire.db"), boltstore.Options{})
	if err != nil {
		return err
	}
	defer func() {
		if closed := s.Close(); err == nil {
			err = closed
		}
	}()
	// The program sets this with every change of the board; a search index knows by it that it has all of it.
	if err := s.PutSetting(ctx, "board_version", "1@0"); err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(seed, 1))
	const batch = 500
	for from := 0; from < n; from += batch {
		var put []claims.Claim
		var records []store.Record
		for i := from; i < min(from+batch, n); i++ {
			c, docs := claimOf(r, i, mentions)
			put, records = append(put, c), append(records, docs...)
		}
		if err := s.PutClaims(ctx, put, nil); err != nil {
			return err
		}
		if _, err := s.PutRecords(ctx, records...); err != nil {
			return err
		}
		if from%10_000 == 0 {
			fmt.Fprintf(os.Stderr, "%d claims\n", from)
		}
	}
	return nil
}

// claimOf makes claim i with its mentions and the documents that hold them.
func claimOf(r *rand.Rand, i, mentions int) (claims.Claim, []store.Record) {
	noun, act, town := nouns[r.IntN(len(nouns))], acts[r.IntN(len(acts))], towns[r.IntN(len(towns))]
	at := began.Add(time.Duration(r.IntN(330*24*60)) * time.Minute)
	figure := claims.Int(int64(1 + r.IntN(20_000)))
	value := claims.Exactly(figure)
	day := at.Format(time.DateOnly)
	sum := sha256.Sum256(fmt.Appendf(nil, "claim %d", i))
	c := claims.Claim{
		ID: claims.ClaimID("c_" + hex.EncodeToString(sum[:8])), Statement: fmt.Sprintf("%s %s %s, %s, %s", figure, noun, act, town, at.Format("2 January 2006")),
		Status: []claims.Status{claims.Verified, claims.Disputed, claims.Unverified, claims.Unverified}[r.IntN(4)], Confidence: claims.Int(1), Lifecycle: claims.Current,
		Value: value, Unit: claims.Unit{Class: claims.UnitCount, Name: strings.TrimSuffix(noun, "s")}, Measure: noun + " " + act, Basis: claims.BasisPeriod, Date: claims.Period{From: day, To: day}, Place: town,
		Parties: []string{}, Topics: []string{fmt.Sprintf("topic-%d", r.IntN(topics))}, FirstSeen: at, LastChanged: at.Add(time.Hour), Supporting: []claims.SourceID{}, Disputing: []claims.SourceID{},
		Reasons: []string{"V1: 3 independent voices say so, at least one of them without a stake"},
	}
	var docs []store.Record
	for j := range mentions {
		source := claims.SourceID(fmt.Sprintf("outlet-%d", r.IntN(outlets)))
		sentence := fmt.Sprintf("Officials in %s said that %s %s had been %s by %s %d, a figure that %s %d could confirm.", town, figure, noun, act, acts[r.IntN(len(acts))], r.IntN(400), towns[r.IntN(len(towns))], r.IntN(400))
		if j%3 == 0 {
			u := fmt.Sprintf("https://%s.example/%d/%d", source, i, j)
			text := sentence + "\n\n" + strings.Repeat("More was said about it in the course of the day, and nothing of it was a number. ", 6)
			docs = append(docs, store.Record{Document: claims.Document{ID: claims.NewDocumentID(u, text), Source: source, URL: u, Title: fmt.Sprintf("%s in %s: what is known", noun, town), Lang: []string{"en", "uk", "de"}[r.IntN(3)], Published: at, Fetched: at, Text: text}})
		}
		doc := docs[len(docs)-1].Document
		text := figure.String() + " " + noun
		m := claims.Mention{
			ID: claims.MentionID(fmt.Sprintf("m_%012x%08x", i, j)), Text: text, Sentence: sentence, Start: strings.Index(sentence, text), End: strings.Index(sentence, text) + len(text), Value: value, Compare: claims.Equal, Unit: c.Unit, Measure: c.Measure,
			Concept: []string{}, Parties: []string{}, Modality: claims.Asserted, Checkworthy: true, Date: c.Date, Lang: doc.Lang, Document: doc.ID, URL: doc.URL, Source: doc.Source, Class: claims.ClassOutlet, Title: doc.Title,
			Published: at.Add(time.Duration(j) * time.Minute), Retrieved: at.Add(time.Hour), Stance: claims.Supports, Origin: "outlet:" + string(doc.Source),
		}
		c.Mentions = append(c.Mentions, m)
		if j < 5 {
			c.Origins = append(c.Origins, claims.Voice{Name: string(doc.Source), Class: claims.ClassOutlet, Counts: true, Value: value, Stance: claims.Supports, Carriers: []claims.SourceID{doc.Source}})
		}
	}
	c.Voices = len(c.Origins)
	c.History = []claims.Change{{At: at, Kind: claims.First, Status: claims.Unverified, Value: value, Reasons: []string{"U1: one voice only"}}, {At: c.LastChanged, Kind: claims.Repeat, Status: c.Status, Previous: claims.Unverified, Value: value, Reasons: c.Reasons}}
	return c, docs
}
