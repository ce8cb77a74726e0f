// Package verdict writes and replays verdict packs: one zip file that holds some claims with all that their
// verdicts rest on, so that another desk can judge them again, offline, to the same bytes.
//
// A pack is written by Write from what Collect gathers, and checked by Verify. Its files are stored
// unpacked, in order, without times: the same evidence gives the same bytes, whatever the machine and the
// compiler, and nothing in a pack can unfold to more than it weighs.
//
//	README.txt               what this is and how to check it
//	pack.json                what the pack holds: every other file with size and SHA-256
//	claims.json              the claims, as `export --format json` writes them
//	settings.json            the house's settings of the judge
//	decisions.json           editors' decisions, oldest first
//	documents/ID.json        a document's text with the mentions found in it
//	archive/SHA256.warc.gz   a WARC record: the page as it was fetched
package verdict

import (
	"archive/zip"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"tallywire/claims"
	"tallywire/report"
	"tallywire/store"
)

// format names the layout that this code writes and reads.
const format = "tallywire verdict pack 1"

const (
	manifestName  = "pack.json"
	readmeName    = "README.txt"
	claimsName    = "claims.json"
	settingsName  = "settings.json"
	decisionsName = "decisions.json"
	documentsDir  = "documents/"
	archiveDir    = "archive/"
)

// readme is for who finds a pack without knowing tallywire.
const readme = `This is a tallywire verdict pack: claims from the news with all that their verdicts rest on.

pack.json       lists every file with its SHA-256
claims.json     the claims with status, reasons, mentions and history
documents/      the text of each article or post, with the numbers found in it
archive/        the pages as they were fetched: WARC records, gzip
settings.json, decisions.json   the rules' settings and the editors' decisions

To check it:   tallywire verify FILE
It checks every hash, finds each quoted figure in the archived page, extracts and judges everything again,
and compares the result with claims.json, byte by byte. It needs no network.
`

// A Pack is the content of a verdict pack.
type Pack struct {
	Program   string // who made it: "tallywire/1.2.0"
	Claims    []claims.Claim
	Settings  claims.Settings
	Decisions []claims.Decision
	Records   []store.Record    // in ascending order of document; blocking keys are not kept
	Archive   map[string][]byte // record ID -> one gzip member
	Missing   []string          // documents without an archived record, ascending
}

// A manifest is pack.json.
type manifest struct {
	Format  string           `json:"format"`
	Program string           `json:"program"`
	Claims  []claims.ClaimID `json:"claims"`
	Missing []string         `json:"documents_without_archive"`
	Files   []listed         `json:"files"` // ascending by name
}

type listed struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// A kept is documents/ID.json.
type kept struct {
	Document claims.Document  `json:"document"`
	Mentions []claims.Mention `json:"mentions"`
}

// Write writes a pack. The same Pack gives the same bytes.
func Write(w io.Writer, p Pack) error {
	files, err := p.files()
	if err != nil {
		return fmt.Errorf("write verdict pack: %w", err)
	}
	out := zip.NewWriter(w)
	for _, f := range files {
		to, err := out.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Store})
		if err == nil {
			_, err = to.Write(f.content)
		}
		if err != nil {
			return fmt.Errorf("write verdict pack: %w", err)
		}
	}
	return out.Close()
}

// A file is one file of a pack.
type file struct {
	name    string
	content []byte
}

// files lays a pack out, README and manifest first, the rest by name.
func (p Pack) files() ([]file, error) {
	var files []file
	add := func(name string, v any) error {
		raw, err := json.MarshalIndent(v, "", " ")
		files = append(files, file{name, append(raw, '\n')})
		return err
	}
	var cs bytes.Buffer
	if err := report.JSON(&cs, p.Claims); err != nil {
		return nil, err
	}
	files = append(files, file{claimsName, cs.Bytes()})
	if p.Decisions == nil {
		p.Decisions = []claims.Decision{}
	}
	if err := add(settingsName, p.Settings); err != nil {
		return nil, err
	}
	if err := add(decisionsName, p.Decisions); err != nil {
		return nil, err
	}
	for _, r := range p.Records {
		if err := add(documentsDir+string(r.Document.ID)+".json", kept{r.Document, r.Mentions}); err != nil {
			return nil, err
		}
	}
	for id, raw := range p.Archive {
		files = append(files, file{archiveName(id), raw})
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	m := manifest{Format: format, Program: p.Program, Claims: []claims.ClaimID{}, Missing: p.Missing, Files: []listed{}}
	if m.Missing == nil {
		m.Missing = []string{}
	}
	for i := range p.Claims {
		m.Claims = append(m.Claims, p.Claims[i].ID)
	}
	for _, f := range files {
		m.Files = append(m.Files, listed{f.name, int64(len(f.content)), hash(f.content)})
	}
	head, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return nil, err
	}
	return append([]file{{readmeName, []byte(readme)}, {manifestName, append(head, '\n')}}, files...), nil
}

// archiveName is where the record of an ID stands.
func archiveName(id string) string { return archiveDir + hash([]byte(id)) + ".warc.gz" }

func hash(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// byDocument orders records.
func byDocument(a, b store.Record) int { return cmp.Compare(a.Document.ID, b.Document.ID) }
