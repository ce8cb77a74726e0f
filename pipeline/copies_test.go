package pipeline_test

import (
	"fmt"
	"testing"

	"tallywire/claims"
	"tallywire/crawler"
	"tallywire/pipeline"
)

const copied = "At least 240 people were killed when the dam above Marsa broke on Monday, rescue workers said. Boats took the people of the lower town to the school on the hill, where the army had put up tents."

// taken gives a pipeline a page as the crawler does.
func taken(t *testing.T, p *pipeline.Pipeline, source claims.SourceID, at, head, text string) crawler.Result {
	t.Helper()
	page := "<html lang=en><head><title>Dam breaks above Marsa</title>" + head + "</head><body><main><article><h1>Dam breaks above Marsa</h1><p>" + text +
		"</p><p>The road into the valley was cut in three places, and the bridge at the mill had gone, a driver who came down from the pass told our reporter in the evening.</p></article></main></body></html>"
	result, err := p.Sink(t.Context(), crawler.Fetched{Source: source, URL: at, Final: at, Status: 200, ContentType: "text/html", Body: []byte(page), At: noon})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// TestOneArticleOfManyAddresses holds that an article found under www, AMP, print and tracking addresses is one document and
// one voice (reliability.md, C14).
func TestOneArticleOfManyAddresses(t *testing.T) {
	t.Parallel()
	p := desk()
	const home = "https://www.lantern.example/2025/03/dam"
	fresh := 0
	for _, at := range []string{home, "https://lantern.example/2025/03/dam", "https://www.lantern.example/amp/2025/03/dam", "https://www.lantern.example/2025/03/dam?print=1", home + "?utm_source=feed&fbclid=1"} {
		r := taken(t, p, "lantern", at, `<link rel="canonical" href="`+home+`">`, copied)
		if r.Canonical != home {
			t.Errorf("%s is the document %s", at, r.Canonical)
		}
		if r.Outcome == crawler.Added {
			fresh++
		}
	}
	if fresh != 1 {
		t.Errorf("%d documents of one article", fresh)
	}
	c := boardOf(t, p)["240"]
	if len(c.Mentions) != 1 || c.Voices != 1 {
		t.Errorf("%d mentions, %d voices: %+v", len(c.Mentions), c.Voices, c)
	}
}

// TestAgencyTextOnTwentySites holds that twenty prints of one agency's text are one voice, however many sources carry it
// (reliability.md, C14).
func TestAgencyTextOnTwentySites(t *testing.T) {
	t.Parallel()
	p := desk()
	for i := range 20 {
		id := claims.SourceID(fmt.Sprintf("paper%d", i))
		p.AddSource(claims.Source{ID: id, Name: fmt.Sprintf("Paper %d", i), Class: claims.ClassOutlet})
		at := fmt.Sprintf("https://paper%d.example/dam", i)
		if r := taken(t, p, id, at, `<link rel="canonical" href="`+at+`">`, copied); r.Outcome != crawler.Added {
			t.Errorf("%s: %+v", at, r)
		}
	}
	c := boardOf(t, p)["240"]
	if len(c.Mentions) != 20 || c.Voices != 1 || c.Status != claims.Unverified {
		t.Errorf("%d mentions, %d voices, %s: %v", len(c.Mentions), c.Voices, c.Status, c.Reasons)
	}
}

// boardOf judges and gives the claims by their best value.
func boardOf(t *testing.T, p *pipeline.Pipeline) map[string]claims.Claim {
	t.Helper()
	if _, err := p.Judge(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	all, err := pipeline.All(t.Context(), p.Store)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]claims.Claim{}
	for _, c := range all {
		out[c.Value.Best.String()] = c
	}
	return out
}
