package boltstore

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tallywire/claims"
	"tallywire/store"
	"tallywire/store/storetest"
)

var writeSchema = flag.Bool("write-schema", false, "write testdata of the present schema, before its first release only")

// everything is all that a store holds, as testdata keeps it.
type everything struct {
	Records   []store.Record
	Claims    []claims.Claim
	Decisions []claims.Decision
	Pages     []claims.Page
	Setting   string
}

// TestSchema1 opens a file that was written by schema 1's first version: it must be read for ever.
func TestSchema1(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.db")
	if *writeSchema {
		writeSchema1(t, path)
	}
	packed, err := os.Open("testdata/schema1.db.gz")
	must(t, err)
	defer packed.Close()
	zip, err := gzip.NewReader(packed)
	must(t, err)
	data, err := io.ReadAll(zip)
	must(t, err)
	must(t, os.WriteFile(path, data, 0o600))
	golden, err := os.ReadFile("testdata/schema1.json")
	must(t, err)
	var want everything
	must(t, json.Unmarshal(golden, &want))

	d, err := Open(path, Options{})
	must(t, err)
	defer d.Close()
	if diff := cmp.Diff(readAll(t, d), want); diff != "" {
		t.Errorf("contents of the file of schema 1 (-got +want):\n%s", diff)
	}
	wrong, err := d.Check(t.Context())
	if err != nil || len(wrong) > 0 {
		t.Errorf("Check = %q, %v; want nothing", wrong, err)
	}
}

// readAll reads what writeSchema1 wrote.
func readAll(t *testing.T, d *DB) (all everything) {
	t.Helper()
	var err error
	ctx := t.Context()
	all.Records, _, err = d.Records(ctx, "", 100)
	must(t, err)
	all.Claims, _, err = d.Claims(ctx, "", 100)
	must(t, err)
	all.Decisions, err = d.Decisions(ctx)
	must(t, err)
	all.Pages, _, err = d.Pages(ctx, "harbor-post", "", 100)
	must(t, err)
	all.Setting, err = d.Setting(ctx, "rules")
	must(t, err)
	return all
}

// writeSchema1 writes a small store and what is in it to testdata.
func writeSchema1(t *testing.T, path string) {
	t.Helper()
	d, err := Open(path, Options{})
	must(t, err)
	ctx := t.Context()
	r := storetest.NewRecord(390, 2)
	_, err = d.PutRecords(ctx, r, storetest.NewRecord(307, 0))
	must(t, err)
	must(t, d.PutClaims(ctx, []claims.Claim{storetest.NewClaim(390, r.Mentions...)}, nil))
	must(t, d.PutDecision(ctx, claims.Decision{ID: "d_1", Kind: claims.DecideReview, Claim: "c_1", By: "desk"}))
	must(t, d.PutPages(ctx, claims.Page{URL: r.Document.URL, Source: "harbor-post", Status: 200}))
	must(t, d.PutSetting(ctx, "rules", "1"))
	golden, err := json.MarshalIndent(readAll(t, d), "", " ")
	must(t, err)
	must(t, d.Close())
	_, _, err = Compact(ctx, path)
	must(t, err)
	data, err := os.ReadFile(path)
	must(t, err)
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, err = zip.Write(data)
	must(t, err)
	must(t, zip.Close())
	must(t, os.MkdirAll("testdata", 0o700))
	must(t, os.WriteFile("testdata/schema1.db.gz", packed.Bytes(), 0o600))
	must(t, os.WriteFile("testdata/schema1.json", append(golden, '\n'), 0o600))
	must(t, os.Remove(path))
	must(t, os.Remove(markerPath(path)))
}
