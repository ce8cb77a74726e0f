// Package judge measures what one more document costs on boards of different sizes.
package judge

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"tallywire/claims"
	"tallywire/store"
)

// perDay is how many documents of ten mentions each come out a day, whatever the size of the board: a larger one is of a
// longer time.
const perDay = 100

// began is the first day of the news.
var began = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// house is a newsroom of nine sources.
func house() claims.Settings {
	s := claims.DefaultSettings()
	s.Sources = []claims.Source{
		{ID: "wire", Name: "Wireline", Class: claims.ClassWire}, {ID: "post", Name: "Harbor Post", Class: claims.ClassOutlet}, {ID: "lantern", Name: "Evening Lantern", Class: claims.ClassOutlet},
		{ID: "morning", Name: "Morning Quay", Class: claims.ClassOutlet, Owner: "Quay Media"}, {ID: "night", Name: "Night Quay", Class: claims.ClassOutlet, Owner: "Quay Media"},
		{ID: "north", Name: "Northern Staff", Class: claims.ClassParty, Party: "North"}, {ID: "south", Name: "Southern Defence Ministry", Class: claims.ClassParty, Party: "South"},
		{ID: "aid", Name: "Border Aid", Class: claims.ClassNGO}, {ID: "mill", Name: "Rumour mill", Class: claims.ClassSocial, Social: true},
	}
	return s
}

// document is the one of a number: every fourth day or so another event, told by about four documents that lie within two days. The
// same number gives the same document.
func document(n int, s claims.Settings) store.Record {
	rng := rand.New(rand.NewPCG(uint64(n), 11))
	day := n / perDay
	event := max(0, n-rng.IntN(2*perDay)) / 4 // of the last two days
	of := rand.New(rand.NewPCG(uint64(event), 7))
	heads := []string{"person", "soldier", "civilian", "captive", "house", "drone", "missile", "truck", "job", "child", "school", "vote", "bus", "flat", "bridge", "ship", "tent", "patient"}
	verbs := []string{"kill", "injure", "release", "arrest", "destroy", "launch", "enter", "cut", "evacuate", "build", ""}
	place := fmt.Sprintf("Town%d", of.IntN(2000))
	at := began.AddDate(0, 0, day).Add(time.Duration(rng.IntN(24*60)) * time.Minute)
	source := s.Sources[rng.IntN(len(s.Sources))].ID
	doc := claims.Document{Source: source, URL: fmt.Sprintf("https://%s.example/%d", source, n), Title: "News from " + place, Text: fmt.Sprint(n), Lang: "en", Published: at, Fetched: at}
	doc.ID = claims.NewDocumentID(doc.URL, doc.Text)
	r := store.Record{Document: doc}
	for i := range 10 {
		head, verb := heads[of.IntN(len(heads))], verbs[of.IntN(len(verbs))]
		figure := int64(math.Exp(of.Float64() * math.Log(20000))) // one digit as often as four
		if rng.IntN(10) == 0 {
			figure += int64(rng.IntN(40))
		}
		today := at.Format(time.DateOnly)
		m := claims.Mention{
			Text: fmt.Sprintf("%d %ss", figure, head), Sentence: fmt.Sprintf("%s tells of %d %ss in %s, %s, in story %d.", source, figure, head, place, verb, rng.IntN(1e6)), Value: claims.Exactly(claims.Int(figure)),
			Compare: claims.Equal, Unit: claims.Unit{Class: claims.UnitCount, Name: head}, Head: head, Predicate: verb, Modality: claims.Asserted, Checkworthy: true, Date: claims.Period{From: today, To: today},
			Lang: "en", Names: []string{place}, Source: source, Title: doc.Title, Published: at, Retrieved: at, Start: i * 100, End: i*100 + 10, Paragraph: i, Document: doc.ID, URL: doc.URL,
		}
		m.ID = claims.NewMentionID(doc.ID, m.Start, m.End, "bench/1")
		r.Mentions = append(r.Mentions, m)
	}
	return r
}
