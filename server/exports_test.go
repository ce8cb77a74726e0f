package server

import (
	"net/url"
	"testing"

	"tallywire/server/locale"
)

func TestExportsKeepTheView(t *testing.T) {
	t.Parallel()
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Options: Options{Exports: []string{"json", "csv"}}}
	shown := url.Values{"q": {"captives & more"}, "language": {"uk"}, "sort": {"value"}}
	for accept, want := range map[string]string{
		"en": "/api/v1/export?excel=true&format=csv&language=uk&q=captives+%26+more&sort=value",
		"uk": "/api/v1/export?comma=true&excel=true&format=csv&language=uk&q=captives+%26+more&sort=value",
	} {
		got := s.exports(&view{Locale: words.For("", accept)}, shown)
		if len(got) != 2 || got[1].Href != want || got[0].Href != "/api/v1/export?format=json&language=uk&q=captives+%26+more&sort=value" {
			t.Errorf("%s: %+v, want the CSV at %s", accept, got, want)
		}
	}
	if len(shown) != 3 {
		t.Errorf("the view itself was changed: %v", shown)
	}
}
