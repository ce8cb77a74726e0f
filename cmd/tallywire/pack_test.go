package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tallywire/verdict"
)

// TestVerdictPack exports the sample's board and each of its claims alone, and replays them elsewhere.
func TestVerdictPack(t *testing.T) {
	t.Parallel()
	conf := sampleNewsroom(t)
	mustRun(t, "crawl", "--config", conf)
	one, two := filepath.Join(t.TempDir(), "one.zip"), filepath.Join(t.TempDir(), "two.zip")
	mustRun(t, "export", "--config", conf, "--format", "pack", "--out", one)
	mustRun(t, "export", "--config", conf, "--format", "pack", "--out", two)
	a, b := mustRead(t, one), mustRead(t, two)
	if !bytes.Equal(a, b) {
		t.Error("two packs of the same claims differ")
	}
	code, out, errs := call(t, "verify", one)
	if code != exitOK || !strings.Contains(out, "replays to the same bytes") {
		t.Fatalf("exit code %d\n%s%s", code, out, errs)
	}
	var r verdict.Result
	if err := json.Unmarshal([]byte(mustRun(t, "verify", one, "--format", "json")), &r); err != nil {
		t.Fatal(err)
	}
	if r.Records == 0 || r.Reread == 0 || r.Quoted != r.Mentions || r.Missing != 0 {
		t.Errorf("%d records, %d read again, %d of %d figures found, %d missing", r.Records, r.Reread, r.Quoted, r.Mentions, r.Missing)
	}
	t.Logf("%d bytes: %s", len(a), r.Summary())
	smaller := 0
	for _, c := range r.Claims {
		path := filepath.Join(t.TempDir(), "claim.zip")
		mustRun(t, "export", "--config", conf, "--format", "pack", "--out", path, string(c.ID))
		if code, out, errs := call(t, "verify", path); code != exitOK {
			t.Errorf("%s: exit code %d\n%s%s", c.ID, code, out, errs)
		}
		if len(mustRead(t, path)) < len(a)*3/4 {
			smaller++
		}
	}
	if smaller == 0 {
		t.Error("a pack of one claim holds as much as one of all")
	}
}

func mustRead(t *testing.T, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestDamagedPacks refuses what is no whole pack, and finds what was changed in one.
func TestDamagedPacks(t *testing.T) {
	t.Parallel()
	conf := sampleNewsroom(t)
	mustRun(t, "crawl", "--config", conf)
	good := filepath.Join(t.TempDir(), "good.zip")
	mustRun(t, "export", "--config", conf, "--format", "pack", "--out", good, "captives")
	raw := mustRead(t, good)
	flipped := bytes.Clone(raw)
	flipped[bytes.Index(flipped, []byte("captives"))] ^= 1
	for name, test := range map[string]struct {
		pack []byte
		want string
	}{
		"empty":         {nil, "no zip file"},
		"text":          {[]byte("390 captives"), "no zip file"},
		"cut short":     {raw[:len(raw)/2], "no zip file"},
		"one bit":       {flipped, "checksum error"},
		"compressed":    {rezip(t, raw, zip.Deflate, func(_ string, b []byte) []byte { return b }), "is compressed"},
		"file left out": {rezip(t, raw, zip.Store, func(n string, b []byte) []byte { return map[bool][]byte{false: b}[n == "settings.json"] }), "are listed"},
		"text changed": {rezip(t, raw, zip.Store, func(n string, b []byte) []byte {
			return bytes.ReplaceAll(b, []byte("390 captives"), []byte("391 captives"))
		}), "is not what the pack's list says"},
		"other zip":    {rezip(t, raw, zip.Store, func(n string, b []byte) []byte { return map[bool][]byte{true: b}[n == "README.txt"] }), "pack.json"},
		"bytes before": {append([]byte("x"), raw...), "other bytes"},
		"bytes behind": {append(bytes.Clone(raw), 'x'), ""},
	} {
		path := filepath.Join(t.TempDir(), "bad.zip")
		if err := os.WriteFile(path, test.pack, 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, errs := call(t, "verify", path)
		if code != exitFailed || !strings.Contains(out+errs, test.want) || strings.Contains(errs, "panic") {
			t.Errorf("%s: exit code %d, want %d and %q\n%s%s", name, code, exitFailed, test.want, out, errs)
		}
	}
	if code, _, _ := call(t, "verify", filepath.Join(t.TempDir(), "none.zip")); code != exitNotFound {
		t.Errorf("no file: exit code %d", code)
	}
}

// rezip copies a pack, its files changed; those that become nil are left out.
func rezip(t *testing.T, raw []byte, method uint16, change func(name string, b []byte) []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if content = change(f.Name, content); content == nil {
			continue
		}
		w, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
