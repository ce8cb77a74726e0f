package extract_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"tallywire/extract"
)

// BenchmarkText reads the labelled English sentences as one text of paragraphs, nearly every one with a figure: the
// dense case. It reports sentences a second.
func BenchmarkText(b *testing.B) { benchmarkText(b, "en") }

// BenchmarkTextUkrainian is the same for Ukrainian.
func BenchmarkTextUkrainian(b *testing.B) { benchmarkText(b, "uk") }

// BenchmarkPlain reads prose without any figure: what most of a page is.
func BenchmarkPlain(b *testing.B) {
	sentence := "The mayor said that the bridge would be closed for repairs until the river had fallen, and asked drivers to take the road along the coast. "
	text := strings.Repeat(sentence, 500)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		extract.Text(text, "en", time.Time{})
	}
	b.ReportMetric(float64(500*b.N)/b.Elapsed().Seconds(), "sentences/s")
}

func benchmarkText(b *testing.B, lang string) {
	var sentences []string
	for _, l := range readLabelled(b, "testdata/labelled/"+lang+".txt") {
		sentences = append(sentences, l.text)
	}
	text := strings.Repeat(strings.Join(sentences, "\n\n")+"\n\n", 4)
	day := time.Date(2025, 6, 11, 0, 0, 0, 0, time.UTC)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		extract.Text(text, lang, day)
	}
	b.ReportMetric(float64(4*len(sentences)*b.N)/b.Elapsed().Seconds(), "sentences/s")
}

// BenchmarkHostile reads a hundred kilobytes each of what a parser may stumble over.
func BenchmarkHostile(b *testing.B) {
	texts := hostile()
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(texts[name])))
			for b.Loop() {
				extract.Text(texts[name], "en", time.Time{})
			}
		})
	}
}
