package config

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/goccy/go-yaml/ast"
	"github.com/google/go-cmp/cmp"
)

// newsroom is the config.yaml that comes with the program.
var newsroom = filepath.Join("..", "..", "config.yaml")

// config.yaml lists every setting with its default, so that it is the reference as well as a start.
func TestNewsroomDefaults(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(newsroom)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Parse("", data)
	if err != nil {
		t.Fatal(err)
	}
	got.Topics, got.Sources = nil, nil
	if diff := cmp.Diff(got, Default()); diff != "" {
		t.Errorf("settings of config.yaml (-got +want):\n%s", diff)
	}
	d := &decoder{places: map[string]place{}, bad: map[string]bool{}, anchors: map[string]ast.Node{}}
	var c Config
	d.value(d.parse(data), reflect.ValueOf(&c).Elem(), "")
	for section := range fields(reflect.TypeFor[Config]()) {
		if section.Type.Kind() != reflect.Struct {
			continue
		}
		for _, key := range keys(section.Type) {
			path := section.Tag.Get("yaml") + "." + key
			if _, ok := d.places[path]; !ok && path != "store.postgres" {
				t.Errorf("config.yaml does not set %s", path)
			}
		}
	}
	for _, key := range append(keys(reflect.TypeFor[Source]()), "postgres") {
		if !bytes.Contains(data, []byte("# several machines: "+key)) && !bytes.Contains(data, []byte("#   "+key+" ")) &&
			!bytes.Contains(data, []byte(" "+key+" ")) {
			t.Errorf("config.yaml does not explain %s", key)
		}
	}
}

// config.yaml is enough to begin work with: sources of every kind, and both sides of its running example.
func TestNewsroomSources(t *testing.T) {
	t.Parallel()
	c, err := Load(newsroom)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Sources) < 24 {
		t.Errorf("%d sources; want at least 24", len(c.Sources))
	}
	count := map[string]int{}
	addresses := map[string]string{}
	for _, s := range c.Sources {
		count["class "+s.Class]++
		count["type "+s.Type]++
		count["language "+s.Language]++
		count["party "+s.Party]++
		if strings.Contains(s.URL, "example") {
			t.Errorf("source %s has the made-up address %s", s.ID, s.URL)
		}
		if s.Owner == "" && s.Party == "" {
			t.Errorf("source %s has neither owner nor party: nothing would tell its voice from a sister's", s.ID)
		}
		if twin := addresses[s.URL+s.Account]; twin != "" {
			t.Errorf("sources %s and %s are the same", twin, s.ID)
		}
		addresses[s.URL+s.Account] = s.ID
	}
	for kind, least := range map[string]int{
		"class wire": 3, "class outlet": 8, "class party": 6, "class ngo": 3, "class official": 1,
		"type feed": 20, "type sitemap": 1, "type page": 1, "type mastodon": 1, "type bluesky": 1, "type telegram": 3,
		"language en": 5, "language uk": 5, "language ru": 5, "language de": 1, "language fr": 1, "language es": 1,
		"party Ukraine": 3, "party Russia": 3,
	} {
		if count[kind] < least {
			t.Errorf("%d sources of %s; want at least %d", count[kind], kind, least)
		}
	}
	for _, script := range []string{"prisoner exchange", "обмін полоненими", "обмен пленными"} {
		found := false
		for _, term := range c.Topics[0].Terms {
			found = found || term == script
		}
		if !found {
			t.Errorf("topic %s lacks the term %q", c.Topics[0].ID, script)
		}
	}
}
