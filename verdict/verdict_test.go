package verdict

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"tallywire/claims"
	"tallywire/pipeline"
	"tallywire/store/memstore"
)

// ferry is a pack of one claim, made from two articles without archived pages.
func ferry(t testing.TB) Pack {
	t.Helper()
	s := memstore.New()
	settings := claims.DefaultSettings()
	settings.Sources = []claims.Source{{ID: "harbor-post", Name: "Harbor Post", Class: claims.ClassOutlet}, {ID: "port-radio", Name: "Port Radio", Class: claims.ClassOutlet}, {ID: "secret-source", Name: "Not in it", Class: claims.ClassOutlet}}
	at := time.Date(2025, 3, 1, 10, 0, 0, 0, time.UTC)
	p := &pipeline.Pipeline{Store: s, Settings: settings, Now: func() time.Time { return at }, Log: slog.New(slog.DiscardHandler)}
	for _, d := range []claims.Document{
		{Source: "harbor-post", URL: "https://harbor.example/a", Title: "Ferry fire", Lang: "en", Published: at, Text: "A fire on the ferry killed 41 people on Saturday, our reporter counted."},
		{Source: "port-radio", URL: "https://radio.example/b", Title: "Fire on a ferry", Lang: "en", Published: at.Add(time.Hour), Text: "At the quay we saw that 41 people were killed in the fire on the ferry on Saturday."},
	} {
		if _, err := p.Digest(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.Judge(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	all, err := pipeline.All(t.Context(), s)
	if err != nil || len(all) != 1 || all[0].Status != claims.Verified {
		t.Fatalf("%d claims, %v", len(all), err)
	}
	pack, err := Collect(t.Context(), s, "", settings, "tallywire/test", all)
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

func written(t testing.TB, p Pack) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReplay(t *testing.T) {
	t.Parallel()
	p := ferry(t)
	raw := written(t, p)
	r, err := Verify(bytes.NewReader(raw), int64(len(raw)))
	if err != nil || len(r.Problems) > 0 || r.Missing != 2 || len(r.Claims) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if bytes.Contains(raw, []byte("secret-source")) {
		t.Error("the pack names a source that has nothing to do with it")
	}
}

// TestForged changes packs so that every hash in them is right again: the replay itself finds it.
func TestForged(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		forge func(*Pack)
		want  string
	}{
		"status":      {func(p *Pack) { p.Claims[0].Status = claims.Disputed }, "judged again, is verified"},
		"value":       {func(p *Pack) { p.Claims[0].Value = claims.Exactly(claims.Int(14)) }, "judged again"},
		"text":        {func(p *Pack) { p.Records[0].Document.Text += " And 3 dogs." }, "address and text have the ID"},
		"mention":     {func(p *Pack) { p.Records[0].Mentions[0].Value = claims.Exactly(claims.Int(14)) }, "extracted again"},
		"mention out": {func(p *Pack) { p.Records[0].Mentions = nil }, "extracted again"},
		"settings":    {func(p *Pack) { p.Settings.MinIndependent = 3 }, "judged again, is unverified"},
		"document":    {func(p *Pack) { p.Records = p.Records[:1] }, "judged again"},
		"archive":     {func(p *Pack) { p.Missing = p.Missing[:1] }, "archived record is not in the pack"},
	} {
		p := ferry(t)
		test.forge(&p)
		raw := written(t, p)
		r, err := Verify(bytes.NewReader(raw), int64(len(raw)))
		if err != nil || !slices.ContainsFunc(r.Problems, func(s string) bool { return strings.Contains(s, test.want) }) {
			t.Errorf("%s: %v, problems %q; want %q", name, err, r.Problems, test.want)
		}
	}
}

// TestSettingsRoundTrip keeps every field that the judge reads.
func TestSettingsRoundTrip(t *testing.T) {
	t.Parallel()
	s := ferry(t).Settings
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back claims.Settings
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(back)
	if err != nil || !bytes.Equal(raw, again) || !back.Widths.About.Equal(s.Widths.About) {
		t.Errorf("%s\n%s\n%v", raw, again, err)
	}
}

func FuzzVerify(f *testing.F) {
	raw := written(f, ferry(f))
	f.Add(raw)
	f.Add(raw[:len(raw)/2])
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Verify(bytes.NewReader(b), int64(len(b)))
		if err != nil && !errors.Is(err, ErrPack) {
			t.Errorf("error of no kind: %v", err)
		}
		if err == nil && len(r.Problems) == 0 && !bytes.Equal(b, raw) {
			t.Errorf("%d bytes that are not the pack verify", len(b))
		}
	})
}
