package pipeline_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"tallywire/crawler"
)

// TestHeaderCharset holds that the charset of the answer's header reaches the reader of the page: the meta element of this one lies.
func TestHeaderCharset(t *testing.T) {
	t.Parallel()
	const at, sentence = "https://lantern.example/most", "Паводок снёс два моста в среду, и спасатели вывезли из трёх деревень сорок семь человек на лодках."
	page, err := charmap.KOI8R.NewEncoder().Bytes([]byte(`<html><head><meta charset="windows-1251"><title>Мост</title></head><body><article><h1>Мост</h1><p>` +
		sentence + "</p><p>" + sentence + " Ещё двое ранены.</p></article></body></html>"))
	if err != nil {
		t.Fatal(err)
	}
	p := desk()
	if _, err := p.Sink(t.Context(), crawler.Fetched{Source: "lantern", URL: at, Final: at, Status: 200, ContentType: "text/html; charset=KOI8-R", Body: page, At: noon}); err != nil {
		t.Fatal(err)
	}
	docs, err := p.Store.Versions(t.Context(), at)
	if err != nil || len(docs) != 1 || !strings.Contains(docs[0].Text, sentence) {
		t.Errorf("%v, %+v", err, docs)
	}
}
