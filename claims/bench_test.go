package claims

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// stream makes a day's news many times over: documents of ten mentions each over sixty days, of events that several
// sources tell of, with figures that repeat and move. The same seed gives the same stream.
func stream(documents int) []Mention {
	rng := rand.New(rand.NewPCG(7, 11))
	heads := []string{"person", "soldier", "civilian", "captive", "house", "drone", "missile", "truck", "job", "child", "school", "vote", "tonne", "bus", "flat"}
	verbs := []string{"kill", "injure", "release", "arrest", "destroy", "launch", "enter", "cut", "evacuate", "build", ""}
	sources := []SourceID{"wire", "post", "lantern", "morning", "night", "north-office", "south-office", "aid", "mill"}
	begin := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	var out []Mention
	for d := range documents {
		event := rng.IntN(documents/4 + 1)
		at := begin.Add(time.Duration(event*60*24*4/documents)*time.Hour + time.Duration(rng.IntN(48))*time.Hour)
		place := fmt.Sprintf("Town%d", event%997)
		source := sources[rng.IntN(len(sources))]
		for i := range 10 {
			head, verb := heads[(event+i)%len(heads)], verbs[(event*3+i)%len(verbs)]
			n := int64(2 + (event*31+i*17)%900)
			if rng.IntN(10) == 0 {
				n += int64(rng.IntN(40))
			}
			day := at.Format(time.DateOnly)
			m := Mention{Text: fmt.Sprintf("%d %ss", n, head), Sentence: fmt.Sprintf("%s tells of %d %ss in %s, %s.", source, n, head, place, verb), Value: Exactly(Int(n)), Compare: Equal,
				Unit: Unit{UnitCount, head}, Head: head, Predicate: verb, Modality: Asserted, Checkworthy: true, Date: Period{day, day}, Lang: "en", Names: []string{place},
				Source: source, Title: "News from " + place, Published: at, Retrieved: at, Start: i * 100, End: i*100 + 10, Paragraph: i}
			m.URL = fmt.Sprintf("https://%s.example/%d", source, d)
			m.Document = NewDocumentID(m.URL, m.Title)
			m.ID = NewMentionID(m.Document, m.Start, m.End, "bench/1")
			out = append(out, m)
		}
	}
	return out
}

// BenchmarkJudge judges boards from scratch: 5,000 documents of ten mentions are to take under 60 s on one core.
func BenchmarkJudge(b *testing.B) {
	for _, documents := range []int{500, 5000} {
		said := stream(documents)
		b.Run(fmt.Sprintf("documents=%d", documents), func(b *testing.B) {
			for b.Loop() {
				Judge(said, nil, house())
			}
		})
	}
}
