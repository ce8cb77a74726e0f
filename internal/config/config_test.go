package config

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"tallywire/claims"
)

var update = flag.Bool("update", false, "rewrite the golden messages")

// Every refusal has a file NAME.bad.yaml and, beside it, the messages a person reads.
func TestBad(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.bad.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test files: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, err = Parse("config.yaml", data)
			var wrong *Error
			if !errors.As(err, &wrong) {
				t.Fatalf("Parse gave %v; want an *Error", err)
			}
			golden := strings.TrimSuffix(file, ".yaml") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(err.Error()+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(wrong.Error()+"\n", string(want)); diff != "" {
				t.Errorf("messages for %s (-got +want):\n%s", file, diff)
			}
		})
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "# nothing\n", "{}", "sources:\n", "crawler:\nsources: []"} {
		got, err := Parse("", []byte(text))
		if err != nil {
			t.Errorf("Parse(%q): %v", text, err)
			continue
		}
		got.Sources = nil
		if diff := cmp.Diff(got, Default()); diff != "" {
			t.Errorf("Parse(%q) (-got +want):\n%s", text, diff)
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	const yaml = `
store: {postgres: "postgres://db/tallywire"}
archive: {dir: ""}
crawler: {delay: 0s, max_age: 1h30m, max_body: 1.5MiB, revisit: [], allow_private_networks: true}
claims: {min_independent: 3, dispute_window: 48h}
topics: [{id: swap, terms: [captives, 1000, "обмін"]}]
sources:
  - &base {id: a, url: "https://a.example/rss", language: uk, schedule: "*/5 * * * *", include: /news/}
  - {<<: *base, id: b, name: B, class: wire}
  - {id: m, type: mastodon, account: "@x"}
  - {id: t, type: telegram, account: 12345, class: official}
`
	// The same as the evaluation tools write it, but indented with tabs.
	const json = "{\n\t\"store\": {\"postgres\": \"postgres://db/tallywire\"},\n\t\"archive\": {\"dir\": \"\"},\n" +
		"\t\"crawler\": {\"delay\": \"0s\", \"max_age\": \"1h30m\", \"max_body\": \"1.5MiB\", \"revisit\": [], \"allow_private_networks\": true},\n" +
		"\t\"claims\": {\"min_independent\": 3, \"dispute_window\": \"48h\"},\n" +
		"\t\"topics\": [{\"id\": \"swap\", \"terms\": [\"captives\", \"1000\", \"\\u043e\\u0431\\u043c\\u0456\\u043d\"]}],\n" +
		"\t\"sources\": [{\"id\": \"a\", \"url\": \"https:\\/\\/a.example/rss\", \"language\": \"uk\", \"schedule\": \"*/5 * * * *\", \"include\": [\"/news/\"]},\n" +
		"\t\t{\"id\": \"b\", \"name\": \"B\", \"class\": \"wire\", \"url\": \"https://a.example/rss\", \"language\": \"uk\", \"schedule\": \"*/5 * * * *\", \"include\": [\"/news/\"]},\n" +
		"\t\t{\"id\": \"m\", \"type\": \"mastodon\", \"account\": \"@x\"},\n" +
		"\t\t{\"id\": \"t\", \"type\": \"telegram\", \"account\": \"12345\", \"class\": \"official\"}]}"
	want := Default()
	want.Store = Store{Postgres: "postgres://db/tallywire"}
	want.Archive.Dir = ""
	want.Crawler.Delay, want.Crawler.MaxAge, want.Crawler.MaxBody = 0, 90*time.Minute, 3<<19
	want.Crawler.Revisit, want.Crawler.AllowPrivateNetworks = []time.Duration{}, true
	want.Claims = Claims{MinIndependent: 3, DisputeWindow: 48 * time.Hour}
	want.Topics = []Topic{{ID: "swap", Name: "swap", Terms: []string{"captives", "1000", "обмін"}}}
	a := Source{ID: "a", Name: "a", Type: "feed", URL: "https://a.example/rss", Class: "outlet", Language: "uk", Schedule: "*/5 * * * *"}
	b := a
	b.ID, b.Name, b.Class = "b", "B", "wire"
	want.Sources = []Source{a, b,
		{ID: "m", Name: "m", Type: "mastodon", URL: "https://mastodon.social", Account: "@x", Class: "social", Schedule: "@every 15m"},
		{ID: "t", Name: "t", Type: "telegram", URL: "https://t.me", Account: "12345", Class: "official", Schedule: "@every 15m"},
	}
	for name, text := range map[string]string{"yaml": yaml, "json": json} {
		got, err := Parse("", []byte(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i := range got.Sources[:2] {
			s := &got.Sources[i]
			if len(s.Include) != 1 || s.Include[0].String() != "/news/" {
				t.Errorf("%s: include of %s is %v; want [/news/]", name, s.ID, s.Include)
			}
			s.Include = nil
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}

func TestLoad(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "config.yaml")
	if _, err := Load(file); !errors.Is(err, ErrNoFile) {
		t.Errorf("Load of no file gave %v; want ErrNoFile", err)
	}
	if _, err := Find(file); !errors.Is(err, ErrNoFile) {
		t.Errorf("Find of no file gave %v; want ErrNoFile", err)
	}
	if err := os.WriteFile(file, []byte("archive: {dir: /var/a}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := Find(file); err != nil || got != file {
		t.Errorf("Find(%s) = %q, %v", file, got, err)
	}
	got, err := Load(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(dir, "data", "tallywire.db"); got.Store.Path != want {
		t.Errorf("store path is %q; want it under the file's folder: %q", got.Store.Path, want)
	}
	if got.Archive.Dir != "/var/a" {
		t.Errorf("archive folder is %q; want the absolute one unchanged", got.Archive.Dir)
	}
}

func TestFindHere(t *testing.T) {
	t.Chdir(t.TempDir())
	home := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", home)
	t.Setenv("HOME", home)
	if _, err := Find(""); !errors.Is(err, ErrNoFile) {
		t.Errorf("Find in an empty folder gave %v; want ErrNoFile", err)
	}
	base, err := os.UserConfigDir()
	if err != nil {
		t.Fatal(err)
	}
	user := filepath.Join(base, "tallywire", "config.yaml")
	for _, file := range []string{user, "config.yaml"} { // the one here goes before the user's
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := Find(""); err != nil || got != file {
			t.Errorf("Find = %q, %v; want %q", got, err, file)
		}
	}
}

// The classes stand here because this package imports none of ours.
func TestClasses(t *testing.T) {
	t.Parallel()
	var want []string
	for _, c := range claims.Classes {
		want = append(want, string(c))
	}
	if diff := cmp.Diff(Classes, want); diff != "" {
		t.Errorf("Classes (-got +want):\n%s", diff)
	}
}

func TestSize(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Size{"10MiB": 10 << 20, "0B": 0, "5 kB": 5000, "1.5MiB": 3 << 19, "2GiB": 2 << 30, "7B": 7} {
		got, err := ParseSize(text)
		if err != nil || got != want {
			t.Errorf("ParseSize(%q) = %d, %v; want %d", text, got, err, want)
		}
		if again, err := ParseSize(got.String()); err != nil || again != want {
			t.Errorf("ParseSize(%q) = %d, %v; want %d back", got.String(), again, err, want)
		}
	}
	for _, text := range []string{"", "MiB", "-1B", "10", "ten", "1e30MiB", "10 furlongs", "NaNB"} {
		if got, err := ParseSize(text); err == nil {
			t.Errorf("ParseSize(%q) = %d; want an error", text, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.bad.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := Parse("x", data)
		var wrong *Error
		if err != nil && (!errors.As(err, &wrong) || len(wrong.Problems) == 0) {
			t.Errorf("Parse(%q) gave %v; want an *Error with problems", data, err)
		}
	})
}
